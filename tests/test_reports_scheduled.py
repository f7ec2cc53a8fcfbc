"""The examples of docs/reports.md run: the cron line, the systemd units, a Dask cluster on this machine."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from server_process import caches
from shipped import phq9, send

from iopkit.clinic import open_store
from iopkit.reports.order import Order
from iopkit.reports.workers import NO_SCHEDULER, on_cluster

ROOT = Path(__file__).parent.parent
DOCS = (ROOT / "docs" / "reports.md").read_text()
PATIENCE = 120
CLI = "from iopkit.cli import main; main()"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("scheduled")
    place = {"IOPKIT_DATABASE_URL": str(folder / "clinic.db"), "IOPKIT_KEY_FILE": str(folder / "key")}
    with open_store(*place.values()) as store:
        ina = store.add_person("clinician", "ina", "Ina Invented", zone="UTC", domains=["individual"])
        for user in ("ava", "ben", "cam", "dee"):
            client = store.add_person("client", user, f"{user.title()} Example", zone="UTC")
            store.treat(client.id, ina.id, "individual", date(2026, 1, 12))
            send(store.desk_for(user), "phq-9", phq9(9))
    program = folder / "iopkit"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(CLI)} "$@"\n')
    program.chmod(0o755)
    return place | {"PYTHONPATH": str(ROOT), "FOLDER": str(folder)}


def here(command: str, home: dict[str, str]) -> str:
    """Return a command of the docs with the places of this test."""
    folder = home["FOLDER"]
    for place, own in (
        ("/srv/iopkit/clinic.db", home["IOPKIT_DATABASE_URL"]),
        ("/etc/iopkit/key", home["IOPKIT_KEY_FILE"]),
        ("/opt/iopkit/bin/iopkit", f"{folder}/iopkit"),
        ("/srv/reports/", f"{folder}/{{}}/"),
    ):
        command = command.replace(place, own)
    return command


def run_twice(command: str, home: dict[str, str], out: str) -> None:
    folder = Path(home["FOLDER"]) / out
    command = command.replace("{}", out)
    before: dict[str, tuple[int, bytes]] = {}
    for turn in range(2):
        result = subprocess.run(
            ["/bin/sh", "-c", command],
            env={"PATH": os.environ["PATH"], "HOME": home["FOLDER"], "PYTHONPATH": str(ROOT)}
            | {"XDG_CACHE_HOME": caches()},
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
        )
        assert result.returncode == 0, result.stderr
        (night,) = folder.iterdir()
        found = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in night.iterdir()}
        assert len([name for name in found if name.endswith(".html")]) == 4
        assert not turn or found == before
        before = found


def test_the_cron_line_runs_and_a_second_run_of_the_night_changes_nothing(home: dict[str, str]) -> None:
    (line,) = re.findall(r"^    (30 2 \* \* \* .*)$", DOCS, re.MULTILINE)

    run_twice(here(line.split(" ", 5)[5].replace(r"\%", "%"), home), home, "cron")


def test_the_systemd_units_are_read_and_their_command_runs(home: dict[str, str]) -> None:
    blocks = [re.sub(r"^    ", "", one, flags=re.M) for one in re.findall(r"((?:    .*\n|\n)+)", DOCS)]
    units = [one for one in blocks if one.strip().startswith("[Unit]")]
    service, timer = (parse(one) for one in units)

    assert timer["Timer"]["OnCalendar"] == ["*-*-* 02:30:00"]
    assert timer["Install"]["WantedBy"] == ["timers.target"]
    assert service["Service"]["Type"] == ["oneshot"]
    (start,) = service["Service"]["ExecStart"]
    shell, flag, command = shlex.split(start.replace("$$", "$").replace("%%", "%"))
    assert (shell, flag) == ("/bin/sh", "-c")
    settings = " ".join(service["Service"]["Environment"])
    if analyze := shutil.which("systemd-analyze"):
        subprocess.run([analyze, "calendar", "*-*-* 02:30:00"], check=True, capture_output=True)
    run_twice(here(f"export {settings}; {command}", home), home, "systemd")


def parse(text: str) -> dict[str, dict[str, list[str]]]:
    """Return a unit by section and key; a key may be there more than once."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in text.strip().splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line:
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


class Cluster:
    """A Dask scheduler and its workers as processes of this machine."""

    def __init__(self, home: dict[str, str]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.home = home
        host, port = "127.0.0.1", self.address.rpartition(":")[2]
        own = {"IOPKIT_DATABASE_URL": "", "IOPKIT_KEY_FILE": "/nowhere"}
        self.processes = [self.start(own, "scheduler", "--host", host, "--port", port, "--no-dashboard")]

    def start(self, environment: dict[str, str], *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        return subprocess.Popen(
            command,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.home["FOLDER"],
        )

    def worker(self) -> subprocess.Popen[bytes]:
        own = {name: self.home[name] for name in ("IOPKIT_DATABASE_URL", "IOPKIT_KEY_FILE")}
        options = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
        made = self.start(own, "worker", self.address, *options)
        self.processes.append(made)
        return made

    def end(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def cluster(home: dict[str, str]) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    made = Cluster(home)
    yield made
    made.end()


def test_a_cluster_makes_the_reports_and_those_of_a_killed_worker_again(
    cluster: Cluster, home: dict[str, str]
) -> None:
    import nbformat

    folder = Path(home["FOLDER"])
    source = (
        "import os, time\n"
        f"folder = {str(folder)!r}\n"
        "if client and not os.path.exists(folder + '/go'):\n"
        "    open(folder + '/worker-busy', 'a').close()\n"
        "    time.sleep(600)\n"
        "print('made')"
    )
    cells = [
        nbformat.v4.new_code_cell(
            'client: str = ""\nsince: str = ""\nuntil: str = ""', metadata={"tags": ["parameters"]}
        ),
        nbformat.v4.new_code_cell(source),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "waits.ipynb")
    first = cluster.worker()
    command = [
        "report",
        str(folder / "waits.ipynb"),
        "--for",
        "ina",
        "--all",
        "--out",
        str(folder / "cluster"),
    ]
    batch = subprocess.Popen(
        [sys.executable, "-c", CLI, *command, "--scheduler", cluster.address, "--to", "2026-03-08"],
        env=os.environ | home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    await_path(folder / "worker-busy", batch)
    first.send_signal(signal.SIGKILL)
    first.wait()
    (folder / "go").touch()
    cluster.worker()

    said, errors = batch.communicate(timeout=2 * PATIENCE)

    assert said == f"4 of 4 reports in {folder / 'cluster'}\n", errors
    rows = json.loads((folder / "cluster" / "manifest.json").read_text())["reports"]
    assert [one["status"] for one in rows] == ["done"] * 4
    assert len(list((folder / "cluster").glob("*.html"))) == 4


def await_path(path: Path, batch: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not path.exists():
        assert batch.poll() is None, batch.communicate()
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_travels_to_a_worker_holds_no_key_and_no_address_of_the_database(home: dict[str, str]) -> None:
    import pickle

    order = Order(Path("t.ipynb"), "ina", "ava", "c1", "2026-01-12", "2026-03-08", Path("/out/t-ava.html"))

    sent = pickle.dumps((order, ""))

    assert home["IOPKIT_KEY_FILE"].encode() not in sent
    assert home["IOPKIT_DATABASE_URL"].encode() not in sent
    assert Path(home["IOPKIT_KEY_FILE"]).read_bytes()[-40:-8] not in sent


def test_an_address_without_a_scheduler_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    from iopkit.errors import ReportError

    monkeypatch.setattr("iopkit.reports.workers.CONNECT", "1s")

    with pytest.raises(ReportError, match=NO_SCHEDULER):
        list(on_cluster([], "tcp://127.0.0.1:9"))
