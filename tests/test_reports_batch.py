"""Reports through the command line: whole files, one failure stops no other, the same bytes twice."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from shipped import NIGHT, THOUGHT, phq9, send

from iopkit.clinic import PasswordCost, Settings, Store, open_store
from iopkit.reports.order import file_name
from iopkit.reports.whole import write_whole

ROOT = Path(__file__).parent.parent
HOSTILE = "<script>alert(1)</script> & 'quotes' \u202e"
FIRST = date(2026, 1, 12)
SPAN = ("--from", "2026-01-12", "--to", "2026-03-08")


class Clinic:
    """A store on disk with one client who has eight weeks of entries, and the environment to reach it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "IOPKIT_DATABASE_URL": str(folder / "data" / "iopkit.db"),
            "IOPKIT_KEY_FILE": str(folder / "keys" / "iopkit.key"),
            "PYTHONPATH": str(ROOT),
        }

    def open(self, clock: list[datetime]) -> Store:
        settings = Settings(password_cost=PasswordCost(passes=1, memory_kib=8, lanes=1))
        return open_store(
            self.environment["IOPKIT_DATABASE_URL"],
            self.environment["IOPKIT_KEY_FILE"],
            settings=settings,
            now=lambda: clock[0],
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from iopkit.cli import main; main()", "report", *arguments]
        return subprocess.run(
            command,
            env=os.environ | self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=200,
        )


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    made = Clinic(tmp_path_factory.mktemp("clinic"))
    clock = [datetime(2026, 1, 12, 13, tzinfo=UTC)]
    with made.open(clock) as store:
        zone = "America/New_York"
        ava = store.add_person("client", "ava", f"Ava {HOSTILE}", zone=zone)
        ben = store.add_person("client", "ben", "Ben Example", zone=zone)
        store.add_person("client", "cam", "Cam Sample", zone=zone)
        ina = store.add_person("clinician", "ina", "Ina Invented", zone=zone, domains=["individual"])
        for client in (ava, ben):
            store.treat(client.id, ina.id, "individual", FIRST)
        therapist = store.desk_for("ina")
        given = therapist.assign(
            ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", due=time(11), starts=FIRST
        )
        desk = store.desk_for("ava")
        for week, total in enumerate([19, 18, 16, 14, 13, 11, 9, 8]):
            clock[0] = datetime(2026, 1, 12, 13, tzinfo=UTC) + timedelta(weeks=week)
            send(desk, "phq-9", phq9(total))
            send(desk, "thought-record", {**THOUGHT, "next_action": HOSTILE})
            for _ in range(5):
                send(desk, "sleep-diary", NIGHT, assignment_id=given.id)
                clock[0] += timedelta(days=1)
    return made


@pytest.fixture(scope="module")
def progress(clinic: Clinic) -> str:
    result = clinic.run("progress", "--for", "ina", "--client", "ava", "--out", "one", *SPAN)
    assert (result.returncode, result.stdout) == (0, "1 of 1 reports in one\n"), result.stderr
    return (clinic.folder / "one" / "progress-ava.html").read_text()


def test_the_report_says_who_when_what_changed_and_by_which_rule(progress: str) -> None:
    assert "<dd>12 January 2026 to 8 March 2026</dd>" in progress
    assert "<dd>Ina Invented</dd>" in progress
    assert (
        "<p>PHQ-9: 19 → 8: 11 points down, a reliable improvement "
        "(change ≥ 6: NHS Talking Therapies manual); response (at least 50% lower): NCQA HEDIS DRR-E. "
        '<a href="#phq-9">8 entries</a></p>'
    ) in progress
    assert '<p>Homework: 40 of 56 done. <a href="#phq-9">56 entries</a></p>' in progress


def test_the_report_shows_its_evidence_and_the_versions_and_hash_behind_it(progress: str) -> None:
    assert progress.count("<svg") == 6
    assert "<h2>Pictures</h2>" in progress
    assert "<h3>Feelings before and after</h3>" in progress
    assert "PHQ-9 version 1.0; look-back past 2 weeks; n 8" in progress
    assert "about 1.7 down each week (Theil–Sen)" in progress
    assert (
        '<th scope="row"><a href="#sleep-diary">Mon 12 January</a></th>'
        "<td>5 of 7</td><td>6 h 10 min</td><td>74.7%</td>"
    ) in progress
    assert (
        "Worksheet versions: phq-9 1.0, sleep-diary 1.0, thought-record 1.0. Entries: 56. Data " in progress
    )


def test_the_report_shows_hostile_text_as_text(progress: str) -> None:
    assert "<script" not in progress
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#x27;quotes&#x27; \u202e" in progress


def test_the_report_names_no_other_host_and_no_id(clinic: Clinic, progress: str) -> None:
    with clinic.open([datetime(2026, 3, 8, tzinfo=UTC)]) as store:
        hidden = [store.person(user).id for user in ("ava", "ina")]

    assert "http" not in progress.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    assert [one for one in hidden if one in progress] == []


def test_the_same_input_gives_the_same_bytes(clinic: Clinic, progress: str) -> None:
    result = clinic.run("progress", "--for", "ina", "--client", "ava", "--out", "again", *SPAN)

    assert result.returncode == 0
    assert (clinic.folder / "again" / "progress-ava.html").read_text() == progress


def test_one_failure_stops_no_other_and_the_manifest_tells(clinic: Clinic) -> None:
    clients = [part for one in ("ava", "cam", "nobody", "ben") for part in ("--client", one)]

    result = clinic.run("progress", "--for", "ina", *clients, "--out", "many", "--workers", "2", *SPAN)

    assert result.returncode == 1
    assert result.stdout == "2 of 4 reports in many\n"
    lines = [line for line in result.stderr.splitlines() if ": " in line]
    assert sorted(lines) == [
        "cam: You do not treat this client.",
        "nobody: There is nobody by that user name or id.",
    ]
    manifest = json.loads((clinic.folder / "many" / "manifest.json").read_text())
    assert {name: manifest[name] for name in ("template", "reader", "from", "to")} == {
        "template": "progress",
        "reader": "ina",
        "from": "2026-01-12",
        "to": "2026-03-08",
    }
    assert [(one["client"], one["status"], one["files"]) for one in manifest["reports"]] == [
        ("ava", "done", ["progress-ava.html"]),
        ("cam", "failed", []),
        ("nobody", "failed", []),
        ("ben", "done", ["progress-ben.html"]),
    ]
    assert manifest["reports"][0].keys() == {"client", "status", "files", "seconds", "error"}
    assert sorted(path.name for path in (clinic.folder / "many").glob("[!.]*")) == [
        "manifest.json",
        "progress-ava.html",
        "progress-ben.html",
    ]


def test_a_client_without_entries_gets_a_report_that_says_so(clinic: Clinic) -> None:
    result = clinic.run("progress", "--for", "ina", "--client", "ben", "--out", "empty", *SPAN)

    assert result.returncode == 0
    html = (clinic.folder / "empty" / "progress-ben.html").read_text()
    for text in (
        "Nothing was due in this period.",
        "No night was written down.",
        "No measure was filled in.",
    ):
        assert text in html


def test_a_worksheet_notebook_renders_the_entries_of_a_client(clinic: Clinic) -> None:
    result = clinic.run("thought-record", "--for", "ina", "--client", "ava", "--out", "records", *SPAN)

    assert (result.returncode, result.stderr.strip()) == (0, "")
    html = (clinic.folder / "records" / "thought-record-ava.html").read_text()
    assert html.count("<h1>") == 1
    assert html.count("<dt>What happened?</dt><dd>My brother did not write back.</dd>") == 8
    assert "iopkit serve" not in html


def test_what_is_not_in_the_readers_domain_is_not_in_the_report(clinic: Clinic) -> None:
    with clinic.open([datetime(2026, 3, 8, tzinfo=UTC)]) as store:
        sue = store.add_person("clinician", "sue", "Sue Invented", zone="UTC", domains=["substance-use"])
        store.treat(store.person("ava").id, sue.id, "substance-use", FIRST)

    result = clinic.run("progress", "--for", "sue", "--client", "ava", "--out", "sue", *SPAN)

    assert result.returncode == 0
    html = (clinic.folder / "sue" / "progress-ava.html").read_text()
    assert "brother" not in html
    assert "<svg" not in html


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["progres", "--for", "ina", "--client", "ava"],
            "There is no report template of that name. Did you mean 'progress'?",
        ),
        (["progress", "--for", "zoe", "--client", "ava"], "There is nobody by that user name or id."),
        (
            ["progress", "--for", "ina", "--client", "ava", "--to", "soon"],
            "--to is not a day such as 2026-03-13.",
        ),
    ],
)
def test_what_cannot_start_is_one_line_and_exit_1(clinic: Clinic, arguments: list[str], line: str) -> None:
    result = clinic.run(*arguments, "--out", "nothing")

    assert (result.returncode, result.stderr, result.stdout) == (1, f"{line}\n", "")
    assert not (clinic.folder / "nothing").exists()


def test_a_missing_option_is_wrong_usage(clinic: Clinic) -> None:
    assert clinic.run("progress", "--client", "ava", "--out", "nothing").returncode == 2


def test_a_notebook_that_fails_is_told_without_any_value(clinic: Clinic) -> None:
    import nbformat

    cells = [
        nbformat.v4.new_code_cell('client = ""', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell('raise ValueError("zebra-canary-4711")'),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), clinic.folder / "broken.ipynb")

    result = clinic.run("broken.ipynb", "--for", "ina", "--client", "ava", "--out", "broken", *SPAN)

    assert result.returncode == 1
    assert result.stdout == "0 of 1 reports in broken\n"
    assert "ava: The notebook stopped in cell" in result.stderr
    assert "(ValueError)" in result.stderr
    manifest = (clinic.folder / "broken" / "manifest.json").read_text()
    assert "zebra-canary" not in result.stderr + manifest


def test_each_report_leaves_a_report_row_in_the_audit_trail(clinic: Clinic, progress: str) -> None:
    from sqlalchemy import text

    with clinic.open([datetime(2026, 3, 8, tzinfo=UTC)]) as store:
        assert store.verify() is None
        with store.office.database.read() as session:
            actions = session.execute(text("SELECT DISTINCT action FROM audit")).scalars().all()

    assert "report" in actions


def test_files_are_for_nobody_else_and_whole_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    write_whole(path, "a report")

    assert path.read_text() == "a report"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["report.html"]


def test_a_client_written_as_a_path_leads_nowhere() -> None:
    assert file_name("../../etc/passwd") == ".._.._etc_passwd"
    assert file_name("x" * 200) == "x" * 64
