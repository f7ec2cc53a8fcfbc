"""The wheel alone gives a working iopkit: built from the tracked files, installed far from the checkout."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from locked_place import environment

ROOT = Path(__file__).parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def run(*command: str | Path, **options) -> str:
    """Run a command that must succeed; return what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr

    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build the wheel in a copy of the tracked files, with packages of here: nothing built slips in."""
    copy = tmp_path_factory.mktemp("source")
    for name in run("git", "ls-files", cwd=ROOT).splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    (copy / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")
    folder = tmp_path_factory.mktemp("wheel")
    here = ["--no-deps", "--no-build-isolation", "--no-index"]

    run(sys.executable, "-m", "pip", "wheel", "--quiet", *here, "--wheel-dir", folder, copy)

    return next(folder.glob("iopkit-*.whl"))


@pytest.fixture(scope="module")
def iopkit(wheel, tmp_path_factory) -> Path:
    """Install the wheel into an environment that holds what the lock names alone; return its command."""
    place = tmp_path_factory.mktemp("installed")
    python = environment(place, ROOT / "requirements/serve.lock")

    pip = [sys.executable, "-m", "pip", "--python", python, "install"]
    run(*pip, "--quiet", "--no-deps", "--no-index", wheel)

    return place / "bin/iopkit"


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory) -> dict:
    """Describe an empty home outside the checkout, as keywords for a command."""
    home = tmp_path_factory.mktemp("home")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("IOPKIT_", "XDG_", "PYTHON"))
    }

    return {"cwd": home, "env": {**kept, "HOME": str(home)}}


@pytest.fixture(scope="module")
def people(iopkit, surroundings) -> dict[str, str]:
    """Invent a small clinic in the default database; return who is of which kind."""
    invented = json.loads(run(iopkit, "demo", "--clients", "2", "--weeks", "2", "--json", **surroundings))

    return {person["kind"]: person["user"] for person in reversed(invented["people"])}


@pytest.fixture(scope="module")
def address(iopkit, people, surroundings) -> Iterator[str]:
    """Serve that clinic on a free port; yield the address that is printed."""
    command = [iopkit, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **surroundings) as server:
        try:
            said = server.stdout.readline()
            while said and not said.startswith("Open "):
                said = server.stdout.readline()
            yield said.removeprefix("Open ").strip()
        finally:
            server.terminate()


def test_the_wheel_carries_content_and_front_end_and_no_tests(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {
        "iopkit/_share/worksheets/cognitive/thought-record.yaml",
        "iopkit/_share/notebooks/apps/client.ipynb",
        "iopkit/_share/notebooks/reports/progress.ipynb",
        "iopkit/widgets/static/manifest.json",
    } - names == set()
    assert [
        name for name in names if name.startswith(("tests/", "frontend/")) or "node_modules" in name
    ] == []


def test_it_lists_the_worksheets(iopkit, surroundings):
    listed = json.loads(run(iopkit, "worksheets", "list", "--json", **surroundings))

    first = {"thought-record", "sleep-diary", "nutrition-log", "phq-9", "speaker-listener"}
    assert first - {sheet["id"] for sheet in listed} == set()


def test_it_finds_no_fault_in_the_worksheets_it_brought(iopkit, surroundings):
    assert run(iopkit, "worksheets", "check", **surroundings).endswith("worksheets, no problems\n")


def test_it_renders_a_report(iopkit, people, surroundings, tmp_path):
    reader, client = people["clinician"], people["client"]
    order = ["report", "progress", "--for", reader, "--client", client, "--out", tmp_path]

    run(iopkit, *order, **surroundings)

    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert [report["status"] for report in manifest["reports"]] == ["done"]
    assert [(tmp_path / name).is_file() for name in manifest["reports"][0]["files"]] == [True]


def test_it_serves_a_sign_in_page_with_its_styles_and_scripts(address):
    with urllib.request.urlopen(address) as reply:
        page = reply.read().decode()
    assets = re.findall(r"""(?:href|src)=["'](/assets/[^"']+)""", page)

    assert "<h1>Sign in</h1>" in page
    assert {Path(name).suffix for name in assets} >= {".css", ".js"}
    for name in assets:
        with urllib.request.urlopen(urljoin(address, name)) as reply:
            assert reply.status == 200
