"""The sites of the page bench: plain Voilà, our server, and our page as a file, each in its own process."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlunsplit

import nbformat
import psutil  # type: ignore[import-untyped]  # ipykernel brings it, without types

from iopkit.bench.browser import Site
from iopkit.bench.form import plain_code, served_code
from iopkit.clinic import PasswordCost, Settings, Store, open_store
from iopkit.errors import ServeError
from iopkit.server.assets import AssetHandler, Assets
from iopkit.server.headers import response_headers
from iopkit.server.options import Options

_ROOT = str(Path(__file__).resolve().parents[2])
PASSWORD = "nobody signs in with this"  # noqa: S105  (of nobody, in a throw-away store)
"""What everybody in a throw-away store signs in with."""
_CHEAP = Settings(
    password_cost=PasswordCost(passes=1, memory_kib=8192, lanes=1),
    idle_seconds=86_400,
    second_factor=frozenset(),
)
_OURSELVES = [sys.executable, "-m", "iopkit.bench.sites"]
_FORMAT = {"nbformat": 4, "nbformat_minor": 5}
SETTLED_SECONDS, LOOK_SECONDS = 2.0, 0.1
_READY = re.compile(r"Open (\S+)")


@dataclass
class Running:
    """A site that answers, and its process."""

    site: Site
    process: "subprocess.Popen[str]"

    def megabytes(self) -> float:
        """Return the memory of all processes below the site's own, each shared page counted once.

        It is read once none of them has come or gone for a while: the kernel that waits for the next page
        belongs to each reading alike.
        """
        settled = self._children()
        until = time.monotonic() + SETTLED_SECONDS
        while time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
            if (now := self._children()) != settled:
                settled, until = now, time.monotonic() + SETTLED_SECONDS
        return sum(_share(child) for child in settled) / 2**20

    def _children(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))


def _share(process: psutil.Process) -> float:
    try:
        memory = process.memory_full_info()
    except psutil.NoSuchProcess:
        return 0.0
    return float(getattr(memory, "pss", memory.uss))


@contextmanager
def plain_site(folder: Path) -> Iterator[Running]:
    """Yield plain Voilà with its own template, its start not counted."""
    notebook = _write(folder / "plain.ipynb", plain_code())
    command = ["-m", "voila", str(notebook), "--no-browser", "--port=0", "--Voila.ip=127.0.0.1"]
    command += ["--Voila.port_retries=0", f"--Voila.config_file_paths={folder}"]
    port = free_port()
    command[command.index("--port=0")] = f"--port={port}"
    with started([sys.executable, *command], folder) as process:
        yield Running(Site("plain Voilà", local(port)), process)


@contextmanager
def our_site(folder: Path) -> Iterator[Running]:
    """Yield our server with the form of the bench as its page, and somebody who is signed in."""
    _write(folder / "notebooks" / "apps" / "client.ipynb", served_code())
    with a_site(folder) as (running, _):
        yield running


@contextmanager
def a_site(folder: Path, database: str = "") -> Iterator[tuple[Running, Store]]:
    """Yield our server over the notebooks in a folder and a store with one client, who is signed in.

    The store is a file in the folder, or an empty database of PostgreSQL by its address.
    """
    database = database or str(folder / "clinic.db")
    with open_store(database, folder / "key", settings=_CHEAP) as store:
        store.add_person("client", "nobody", "Nobody", zone="UTC", password=PASSWORD)
        token = store.sign_in("nobody", PASSWORD, address="127.0.0.1")
        with started([*_OURSELVES, "ours", str(folder), database], folder) as process:
            address = _address(process)
            port = int(address.rsplit(":", 1)[1].rstrip("/"))
            site = Site("our page", f"{address}client", (f"iopkit-{port}", token))
            yield Running(site, process), store


@contextmanager
def still_site(folder: Path, html: str) -> Iterator[Running]:
    """Yield a site that holds our finished page as a file, with the same headers: nothing can be faster."""
    (folder / "still.html").write_text(html, "utf-8")
    with started([*_OURSELVES, "still", str(folder)], folder) as process:
        yield Running(Site("our page as a file", _address(process)), process)


def _write(file: Path, code: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    cell = nbformat.v4.new_code_cell(code)  # type: ignore[no-untyped-call]  # nbformat ships no types
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    file.write_text(json.dumps({"cells": [cell], "metadata": {"kernelspec": kernel}} | _FORMAT))
    return file


@contextmanager
def started(command: Sequence[str], folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a site's program, its errors in a file of its folder; it has ended when this returns."""
    environment = os.environ | {"PYTHONPATH": _ROOT}
    log = folder / "site.log"
    with log.open("a") as errors:
        process = subprocess.Popen(  # noqa: S603  # our own modules, voila, and the peers' own commands
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        with process:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _address(process: "subprocess.Popen[str]") -> str:
    """Return the address that a site prints when it is ready."""
    assert process.stdout is not None  # noqa: S101  # it was asked for
    for line in process.stdout:
        if found := _READY.search(line):
            return found[1]
    raise ServeError("A site of the bench did not start: see what `iopkit serve` says.")


def local(port: int) -> str:
    """Return the address of a port of this machine."""
    return urlunsplit(("http", f"127.0.0.1:{port}", "/", "", ""))


def free_port() -> int:
    """Return a port that nobody listens on now."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _serve_ours(folder: Path, database: str) -> None:
    from iopkit.server.app import serve

    options = Options(
        database=database,
        key_file=str(folder / "key"),
        notebooks=folder / "notebooks",
        port=0,
        kernels_each=1000,
        kernels_overall=1000,
        pages_a_minute=1_000_000,
    )
    with open_store(options.database, options.key_file, settings=_CHEAP) as store:
        serve(options, store, options.bind())


def _serve_still(folder: Path, _database: str) -> None:
    import asyncio

    from tornado.web import Application, RequestHandler

    html = (folder / "still.html").read_bytes()
    headers = response_headers(secure=False)

    class Still(RequestHandler):
        def get(self) -> None:
            for name, value in headers.items():
                self.set_header(name, value)
            self.finish(html)

    async def serve() -> None:
        assets = Assets(Options(database="", key_file="", notebooks=folder).assets)
        routes: list[Any] = [(r"/", Still), (r"/assets/([^/]+)", AssetHandler, {"assets": assets})]
        port = free_port()
        Application(routes, compress_response=True, headers=headers).listen(port, "127.0.0.1")
        print(f"Open {local(port)}", flush=True)  # noqa: T201  # what the bench waits for
        await asyncio.Event().wait()

    asyncio.run(serve())


if __name__ == "__main__":
    {"ours": _serve_ours, "still": _serve_still}[sys.argv[1]](Path(sys.argv[2]), (*sys.argv, "")[3])
