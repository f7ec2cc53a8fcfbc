"""The example for JupyterHub, under a real one: it starts the clinic, watches it, and leads nobody to it.

JupyterHub and its proxy are fetched once into ``.venv``, in an environment of their own.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path

import psutil
import pytest
from server_process import CHEAP, PASSWORD, ROOT, Browser, Line, Running, caches, free_port, page_data, stop
from two_servers import Proxy

from iopkit.clinic import Store, open_store

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1200)]
HUB, PROXY = "6.1.1", "5.3.0"
FOLDER = ROOT / ".venv" / f"hub-{HUB}"
EXAMPLE = ROOT / "deploy" / "jupyterhub" / "jupyterhub_config.py"
CONFIG = """
exec(compile(open({example!r}).read(), "jupyterhub_config.py", "exec"))
(service,) = c.JupyterHub.services
words = service["command"][1:]
words[words.index("--port") + 1] = "{port}"
service["command"] = [{python!r}, "-m", "iopkit", *words]
service["user"], service["cwd"] = {user!r}, {folder!r}
service["environment"] |= {environment!r}
c.JupyterHub.bind_url = "http://127.0.0.1:{public}/"
c.JupyterHub.hub_port = {inner}
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
"""
"""What a throw-away Hub has instead of a machine of its own; all else is as the example says."""


def fetch() -> tuple[Path, Path]:
    """Return the commands of JupyterHub and of its proxy, fetched from the registries if need be."""
    hub = FOLDER / "bin" / "jupyterhub"
    proxy = FOLDER / "node_modules" / ".bin" / "configurable-http-proxy"
    if not (hub.exists() and proxy.exists()):
        npm = shutil.which("npm", path=f"{ROOT / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}")
        assert npm, "npm comes with Node.js; make test installs both"
        python = str(FOLDER / "bin" / "python")
        for command in (
            [sys.executable, "-m", "venv", str(FOLDER)],
            [python, "-m", "pip", "install", "-q", f"jupyterhub=={HUB}"],
            [npm, "install", "--prefix", str(FOLDER), "--silent", f"configurable-http-proxy@{PROXY}"],
        ):
            subprocess.run(command, check=True, timeout=600, capture_output=True)
    return hub, proxy


@dataclass
class Hub:
    """A Hub that runs, where it is, and the clinic that it started."""

    process: "subprocess.Popen[str]"
    address: str
    port: int
    """Where the clinic listens."""

    def clinic(self) -> psutil.Process:
        """Return the server of the clinic, as soon as it answers."""
        end = time.monotonic() + 120
        while True:
            assert self.process.poll() is None, "the Hub has ended"
            assert time.monotonic() < end, "the clinic does not run"
            children = psutil.Process(self.process.pid).children(recursive=True)
            found = [one for one in children if {"iopkit", "serve"} <= set(words(one))]
            if found and status(f"http://127.0.0.1:{self.port}/sign-in") == 200:
                return found[0]
            time.sleep(0.1)


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def status(address: str) -> int:
    """Return the status of an answer, 0 when there is none."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=60) as reply:
            return int(reply.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code
    except OSError:
        return 0


@contextmanager
def hub_with(store: Store, folder: Path) -> Iterator[Hub]:
    """Yield a Hub that runs the example over a store; it has ended when this returns."""
    hub, proxy = fetch()
    port, public, inner, api = (free_port() for _ in range(4))
    place = {"IOPKIT_DATABASE_URL": str(folder / "clinic.db"), "IOPKIT_KEY_FILE": str(store.key_file)}
    given = {
        "example": str(EXAMPLE),
        "python": sys.executable,
        "user": psutil.Process().username(),
        "folder": str(folder),
        "environment": {"HOME": str(folder), "XDG_CACHE_HOME": caches(), "PYTHONPATH": str(ROOT), **place},
        "proxy": str(proxy),
    }
    config = folder / "config.py"
    config.write_text(CONFIG.format(port=port, public=public, inner=inner, api=api, **given))
    path = f"{ROOT / '.venv' / 'bin'}{os.pathsep}{FOLDER / 'bin'}{os.pathsep}{os.environ['PATH']}"
    with (folder / "hub.log").open("a") as log:
        process = subprocess.Popen(
            [hub, "-f", config],
            cwd=folder,
            env=os.environ | {"PATH": path},
            stdout=log,
            stderr=log,
            text=True,
        )
    try:
        yield Hub(process, f"http://127.0.0.1:{public}/", port)
    finally:
        stop(process)


def told(browser: Browser) -> dict:
    """Open somebody's page and return what its kernel answers."""
    page = page_data(browser.get("/client").text)
    with browser.socket(page["kernel"]) as opened:
        return Line(opened, page["model"]).ask({"kind": "ping"}, seconds=60)


def test_the_hub_starts_the_clinic_watches_it_and_leads_nobody_to_it(tmp_path: Path):
    with open_store(str(tmp_path / "clinic.db"), tmp_path / "key", settings=CHEAP) as store:
        store.add_person("client", "ann", "Ann Example", zone="UTC", password=PASSWORD)
        with hub_with(store, tmp_path) as hub, closing(Proxy()) as front:
            first = hub.clinic()
            front.servers["clinic"] = hub.port
            jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
            ann = Browser(Running(front.address, hub.process, store, tmp_path / "hub.log"), jar)
            ann.sign_in("ann")

            assert told(ann)["kind"] == "pong"
            assert status(f"{hub.address}hub/login") == 200
            assert status(f"{hub.address}services/iopkit/") == 404

            first.send_signal(signal.SIGKILL)
            psutil.wait_procs([first], timeout=60)
            second = hub.clinic()

            assert second.pid != first.pid
            assert told(ann)["kind"] == "pong"

        assert psutil.wait_procs([second], timeout=60)[1] == []
        assert store.prove().fault == ""
