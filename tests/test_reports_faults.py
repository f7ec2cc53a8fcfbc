"""What may go wrong with a batch: bad notebooks, interruptions, two at once, a consent taken back."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import nbformat
import pytest
from shipped import phq9, send

from iopkit.clinic import PasswordCost, Settings, Store, open_store
from iopkit.reports.making import make_one
from iopkit.reports.order import Order
from iopkit.reports.readers import batch_for
from iopkit.reports.template import find_template, own_folders, subject, templates
from iopkit.reports.whole import held, write_whole

ROOT = Path(__file__).parent.parent
SPAN = ("--from", "2026-01-12", "--to", "2026-03-08")
HEED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # also in a background job
COMMAND = [sys.executable, "-c", f"{HEED}; from iopkit.cli import main; main()", "report"]
PATIENCE = 120


class Place:
    """A clinic on disk with four clients, and a way to run the command in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "IOPKIT_DATABASE_URL": str(folder / "clinic.db"),
            "IOPKIT_KEY_FILE": str(folder / "keys" / "key"),
            "PYTHONPATH": str(ROOT),
        }

    def open(self, day: date = date(2026, 3, 8)) -> Store:
        return open_store(
            self.environment["IOPKIT_DATABASE_URL"],
            self.environment["IOPKIT_KEY_FILE"],
            settings=Settings(password_cost=PasswordCost(passes=1, memory_kib=8, lanes=1)),
            now=lambda: datetime(day.year, day.month, day.day, 15, tzinfo=UTC),
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=2 * PATIENCE,
        )

    def notebook(self, name: str, *sources: str) -> str:
        parameters = 'client: str = ""\nsince: str = ""\nuntil: str = ""'
        cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
        cells += [nbformat.v4.new_code_cell(source) for source in sources]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), self.folder / f"{name}.ipynb")
        return f"{name}.ipynb"

    def manifest(self, out: str) -> list[dict[str, object]]:
        return json.loads((self.folder / out / "manifest.json").read_text())["reports"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    made = Place(tmp_path_factory.mktemp("faults"))
    with made.open() as store:
        ina = store.add_person("clinician", "ina", "Ina Invented", zone="UTC", domains=["individual"])
        sue = store.add_person("clinician", "sue", "Sue Supposed", zone="UTC", domains=["substance-use"])
        for user in ("ava", "ben", "cam", "dee"):
            client = store.add_person("client", user, f"{user.title()} Example", zone="UTC")
            store.treat(client.id, ina.id, "individual", date(2026, 1, 12))
            send(store.desk_for(user), "phq-9", phq9(9))
        store.treat(store.person("ava").id, sue.id, "substance-use", date(2026, 1, 12))
    return made


@pytest.fixture
def here(place: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name in ("IOPKIT_DATABASE_URL", "IOPKIT_KEY_FILE"):
        monkeypatch.setenv(name, place.environment[name])
    with place.open() as store:
        yield store


def order(place: Place, store: Store, template: str, **options: object) -> Order:
    wanted = {
        "template": place.folder / template,
        "reader": "ina",
        "client": "ava",
        "client_id": store.person("ava").id,
        "since": "2026-01-12",
        "until": "2026-03-08",
        "file": place.folder / f"{Path(template).stem}.html",
    }
    return Order(**(wanted | options))  # type: ignore[arg-type]


MISBEHAVES = {
    "hangs": (
        "import time; time.sleep(600)",
        "A cell of the notebook took longer than 2 seconds.",
    ),
    "exits": ("import os; os._exit(3)", "The notebook ended its own process."),
    "fills-the-disk": (
        "open('/dev/full', 'wb', buffering=0).write(b'x')",
        "The notebook stopped in cell 3 (OSError).",
    ),
    "prints": (
        "for _ in range(100): print('x' * 1_000_000)",
        "The notebook printed more than 20 million characters.",
    ),
}


@pytest.mark.parametrize("name", MISBEHAVES)
def test_a_notebook_that_misbehaves_fails_alone_and_is_told(place: Place, here: Store, name: str) -> None:
    source, words = MISBEHAVES[name]
    made = place.notebook(name, source)

    outcome = make_one(order(place, here, made, seconds=2 if name == "hangs" else PATIENCE))

    assert (outcome.status, outcome.error) == ("failed", words)
    assert not (place.folder / f"{name}.html").exists()


def test_what_a_notebook_writes_beside_itself_is_gone_with_it(place: Place, here: Store) -> None:
    made = place.notebook("fills", "import os; open('big', 'wb').write(b'x' * 1000); print(os.getcwd())")

    outcome = make_one(order(place, here, made))

    assert outcome.status == "done"
    folder = Path((place.folder / "fills.html").read_text().split("<pre>")[1].split("<")[0].strip())
    assert folder.name.startswith("iopkit-report-")
    assert not folder.exists()


def test_a_disk_that_is_full_fails_the_report_and_leaves_no_part_of_it(place: Place) -> None:
    made = place.notebook("full", "for _ in range(50): print('x' * 100_000)")
    program = f"{sys.executable} -c '{COMMAND[2]}'"
    command = f"ulimit -f 3000; exec {program} report {made} --for ina --client ava --out full"

    result = subprocess.run(
        ["bash", "-c", command], env=place.environment, cwd=place.folder, capture_output=True, text=True
    )

    assert result.returncode == 1
    assert "ava: The report could not be made: File too large." in result.stderr
    assert [path.name for path in (place.folder / "full").glob("*full*")] == []
    assert [one["status"] for one in place.manifest("full")] == ["failed"]


def test_two_batches_do_not_write_into_one_folder(place: Place) -> None:
    with held(place.folder / "held"):
        result = place.run("progress", "--for", "ina", "--client", "ava", "--out", "held", *SPAN)

    assert result.returncode == 1
    assert result.stderr.strip() == (
        "Another batch is writing into this folder. Wait for it to end, or choose another --out."
    )


def test_a_second_run_changes_nothing_and_a_change_of_data_makes_that_report_anew(place: Place) -> None:
    arguments = ("progress", "--for", "ina", "--all", "--out", "night", "--workers", "1", *SPAN)
    assert place.run(*arguments).stdout == "4 of 4 reports in night\n"
    before = snapshot(place.folder / "night")

    second = place.run(*arguments)

    assert (second.returncode, second.stdout) == (
        0,
        "4 of 4 reports in night (4 of them were there already)\n",
    )
    assert snapshot(place.folder / "night") == before
    with place.open(date(2026, 3, 7)) as store:
        send(store.desk_for("dee"), "phq-9", phq9(12))
    assert place.run(*arguments).stdout == "4 of 4 reports in night (3 of them were there already)\n"
    changed = {name for name, at in snapshot(place.folder / "night").items() if before.get(name) != at}
    assert {name for name in changed if not name.startswith(".")} == {"progress-dee.html", "manifest.json"}


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


def slow(place: Place) -> str:
    """Return a notebook whose second client waits until a file is there."""
    return place.notebook(
        "slow",
        "import os, time\n"
        f"first = {str(place.folder / 'first')!r}\n"
        "mine = os.path.exists(first)\n"
        "open(first, 'a').close()\n"
        f"while mine and not os.path.exists({str(place.folder / 'go')!r}): time.sleep(0.05)\n"
        "print('made')",
    )


@pytest.mark.parametrize(
    ("how", "workers"),
    [(signal.SIGINT, "1"), (signal.SIGINT, "2"), (signal.SIGKILL, "1")],
    ids=["Ctrl-C", "Ctrl-C of two workers", "kill -9"],  # of two workers: tests/test_reports_soak.py
)
def test_an_interrupted_batch_goes_on_where_it_was(place: Place, how: signal.Signals, workers: str) -> None:
    for name in ("first", "go"):
        (place.folder / name).unlink(missing_ok=True)
    out = f"cut-{how.name}-{workers}"
    arguments = (slow(place), "--for", "ina", "--all", "--out", out, "--workers", workers, *SPAN)
    with place.start(*arguments) as batch:
        await_file(place.folder / out, "slow-*.html")
        os.kill(batch.pid, how)
        _, errors = batch.communicate(timeout=PATIENCE)
    if how == signal.SIGINT:
        assert batch.returncode == 130, errors
        assert "The same command goes on from here" in errors
        assert sorted(str(one["status"]) for one in place.manifest(out)) == ["done", *["skipped"] * 3]
    (place.folder / "go").touch()

    result = place.run(*arguments)

    assert result.stdout == f"4 of 4 reports in {out} (1 of them were there already)\n", result.stderr
    assert [one["status"] for one in place.manifest(out)] == ["done"] * 4
    assert [path.name for path in (place.folder / out).glob(".*.part")] == []


def await_file(folder: Path, pattern: str) -> None:
    """Wait until a report is there and noted as done."""
    end = time.monotonic() + PATIENCE
    while not (list(folder.glob(pattern)) and (folder / ".iopkit-report.jsonl").exists()):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_notebook_that_kills_its_worker_fails_alone(place: Place) -> None:
    made = place.notebook(
        "killer",
        "import os, signal\n"
        "lines = open(f'/proc/{os.getppid()}/status').read().splitlines()\n"
        "worker = next(int(line.split()[1]) for line in lines if line.startswith('PPid'))\n"
        f"mine = client == {person(place, 'ben')!r}\n"
        "os.kill(worker, signal.SIGKILL) if mine else print('made')",
    )

    result = place.run(made, "--for", "ina", "--all", "--out", "killed", "--workers", "2", *SPAN)

    assert result.returncode == 1
    statuses = {one["client"]: (one["status"], one["error"]) for one in place.manifest("killed")}
    assert statuses == {
        "ava": ("done", ""),
        "ben": ("failed", "The process that made the report ended twice."),
        "cam": ("done", ""),
        "dee": ("done", ""),
    }


def person(place: Place, user: str) -> str:
    with place.open() as store:
        return store.person(user).id


def test_a_consent_taken_back_during_the_batch_refuses_that_report(place: Place, here: Store) -> None:
    ava = here.desk_for("ava")
    signed = ava.consent(
        ["individual"],
        here.person("sue").id,
        purpose="treatment",
        until=date(2026, 12, 31),
        signature="Ava Example",
    )
    batch = batch_for(
        here, find_template("progress"), "sue", clients=["ava"], out=place.folder / "c", until="2026-03-08"
    )
    (planned,) = batch.plan()
    assert isinstance(planned, Order)
    assert f"consent:{signed.id}" in planned.rests

    ava.revoke(signed.id)

    outcome = make_one(planned)
    assert (outcome.status, outcome.error) == (
        "failed",
        "What this report rests on was taken back while the batch ran.",
    )


def test_a_consent_taken_back_while_its_report_is_made_leaves_no_file(place: Place, here: Store) -> None:
    ben, sue = here.desk_for("ben"), here.person("sue")
    here.treat(ben.person.id, sue.id, "substance-use", date(2026, 1, 12))
    signed = ben.consent(
        ["individual"], sue.id, purpose="treatment", until=date(2026, 12, 31), signature="Ben Example"
    )
    takes_back = place.notebook(
        "takes-back",
        "from iopkit.clinic import open_store\n"
        f"with open_store(create=False) as store: store.desk_for('ben').revoke({signed.id!r})",
    )
    rests = here.desk_for("sue").standing([ben.person.id])[ben.person.id]

    outcome = make_one(
        order(place, here, takes_back, reader="sue", client="ben", client_id=ben.person.id, rests=rests)
    )

    assert (outcome.status, outcome.error) == (
        "failed",
        "What this report rests on was taken back while the batch ran.",
    )
    assert not (place.folder / "takes-back.html").exists()


def test_a_care_team_gets_a_report_for_each_clinician_and_a_client_their_own(place: Place) -> None:
    team = place.run("progress", "--for", "care-team", "--client", "ava", "--out", "team", *SPAN)
    own = place.run("progress", "--for", "client", "--client", "ava", "--out", "own", *SPAN)

    assert (team.stdout, own.stdout) == ("2 of 2 reports in team\n", "1 of 1 reports in own\n")
    rows = [(one["client"], one["reader"], one["files"]) for one in place.manifest("team")]
    assert rows == [
        ("ava", "ina", ["progress-ava-ina.html"]),
        ("ava", "sue", ["progress-ava-sue.html"]),
    ]
    assert "<dd>Ava Example</dd>" in (place.folder / "own" / "progress-ava-ava.html").read_text()


@pytest.mark.parametrize("arguments", [(), ("--all", "--client", "ava")])
def test_either_some_clients_or_all_are_named(place: Place, arguments: tuple[str, ...]) -> None:
    result = place.run("progress", "--for", "ina", "--out", "usage", *arguments)

    assert result.returncode == 2


def test_a_site_adds_templates_of_its_own(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "reports").mkdir()
    made = place.folder / place.notebook("ward-round", "print(client)")
    shutil.copy(made, tmp_path / "reports")
    monkeypatch.setenv("IOPKIT_WORKSHEETS", str(tmp_path / "worksheets"))

    assert list(own_folders()) == [tmp_path / "reports"]
    assert templates()["ward-round"] == tmp_path / "reports" / "ward-round.ipynb"
    assert subject(templates()["ward-round"]) == "client"
    monkeypatch.delenv("IOPKIT_WORKSHEETS")
    monkeypatch.setenv("IOPKIT_REPORTS", str(tmp_path / "reports"))
    assert find_template("ward-round").parent == tmp_path / "reports"


def test_a_part_of_a_file_that_a_kill_left_is_removed_by_the_next_batch(tmp_path: Path) -> None:
    (tmp_path / ".progress-ava.html.123.part").touch()

    with held(tmp_path):
        write_whole(tmp_path / "a", b"whole")

    assert sorted(path.name for path in tmp_path.glob("[!.]*")) == ["a"]
    assert list(tmp_path.glob(".*.part")) == []
