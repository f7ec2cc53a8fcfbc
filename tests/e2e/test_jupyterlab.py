"""JupyterLab itself: the first notebook of the tutorial shows a form that can be filled in."""

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from server_process import caches

from iopkit.worksheets.place import content_folder

START = 60
"""Seconds JupyterLab may take to listen."""


@contextmanager
def laboratory(folder: Path) -> Iterator[str]:
    """Yield the address of a JupyterLab whose files are a copy of the tutorial."""
    shutil.copy(content_folder("notebooks") / "start-here.ipynb", folder)
    token = secrets.token_hex(16)
    home = {name: str(folder / "home") for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR")}
    home["XDG_CACHE_HOME"] = caches()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *("--port=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"),
        "--LabApp.news_url=None",  # nothing but the tutorial
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **home})
        try:
            yield f"{address(folder / 'lab.log', process)}/tree/start-here.ipynb?token={token}"
        finally:
            process.terminate()
            process.wait(20)


def address(log: Path, process: "subprocess.Popen[bytes]") -> str:
    """Return where JupyterLab listens, once its log says so."""
    end = time.monotonic() + START
    while (
        found := re.search(r"http://127\.0\.0\.1:[1-9]\d*/lab", written := log.read_text("utf-8", "replace"))
    ) is None:
        assert process.poll() is None, written
        assert time.monotonic() < end, written
        time.sleep(0.1)
    return found[0]


@pytest.mark.slow
def test_the_tutorial_shows_a_form_that_takes_an_answer(browser: Browser, tmp_path: Path) -> None:
    with laboratory(tmp_path) as place:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(request.url.split("/")[2]))
        page.goto(place)
        expect(page.get_by_text(re.compile(r"\| Idle$"))).to_be_visible(timeout=60_000)

        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

        field = page.locator(".jp-OutputArea-output textarea").first
        field.wait_for(timeout=60_000)
        field.fill("The bus was late")
        expect(field).to_have_value("The bus was late")
        expect(page.locator(".jp-OutputArea-output").last).to_contain_text("'tib': 495", timeout=60_000)
        assert asked == {place.split("/")[2]}
        page.close()
