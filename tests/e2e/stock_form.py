"""What somebody would build without us: a form of ipywidgets under plain Voilà that saves into SQLite.

It is written with care: one transaction a save, committed before the page says "saved", and it waits for a
lock. What it cannot help is when the kernel learns what was typed.
"""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server_process import ROOT, Running, free_port, stop

CODE = """
import sqlite3
import ipywidgets as widgets

store = sqlite3.connect({file!r}, timeout=5)
store.execute("PRAGMA journal_mode=WAL")
store.execute("PRAGMA synchronous=FULL")
store.execute("CREATE TABLE IF NOT EXISTS answer (number INTEGER PRIMARY KEY, text TEXT)")
words, save, told = widgets.Textarea(), widgets.Button(description="Save"), widgets.Label("")

def keep(_button):
    told.value = ""
    with store:
        store.execute("INSERT INTO answer (text) VALUES (?)", (words.value,))
    told.value = "saved " + str(store.execute("SELECT count(*) FROM answer").fetchone()[0])

save.on_click(keep)
widgets.VBox([words, save, told])
"""


def write(folder: Path) -> tuple[Path, Path]:
    """Write the form's notebook; return it, and the file that it saves into."""
    folder.mkdir(parents=True)
    notebook, file = folder / "form.ipynb", folder / "answers.db"
    cell = {"cell_type": "code", "id": "form", "metadata": {}, "outputs": [], "execution_count": None}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}}
    cells = [{**cell, "source": CODE.format(file=str(file))}]
    notebook.write_text(json.dumps({**whole, "cells": cells}))
    return notebook, file


@contextmanager
def stock_site(notebook: Path, cull_seconds: int, port: int | None = None) -> Iterator[Running]:
    """Yield plain Voilà with a notebook; it has ended when this returns."""
    port = port or free_port()
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}"]
    command += ["--Voila.ip=127.0.0.1", "--Voila.port_retries=0"]
    command += [f"--Voila.config_file_paths={notebook.parent}"]
    command += [f"--MappingKernelManager.cull_idle_timeout={cull_seconds}"]
    command += ["--MappingKernelManager.cull_interval=1"]
    log = notebook.parent / "voila.log"
    with log.open("a+") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said, text=True)
        try:
            _wait(process, port, log)
            yield Running(f"http://127.0.0.1:{port}/", process, None, log)  # type: ignore[arg-type]  # no store
        finally:
            stop(process)


def _wait(process: "subprocess.Popen[str]", port: int, log: Path) -> None:
    """Return when the port answers."""
    import socket
    import time

    end = time.monotonic() + 120
    while True:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < end, "plain Voilà did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return


def kept(file: Path) -> list[str]:
    """Return all texts that were saved, in order."""
    connection = sqlite3.connect(file)
    try:
        return [text for (text,) in connection.execute("SELECT text FROM answer ORDER BY number")]
    except sqlite3.OperationalError:  # nobody opened the form yet
        return []
    finally:
        connection.close()
