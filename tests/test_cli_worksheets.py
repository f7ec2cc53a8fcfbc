import json
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from iopkit.cli import main

ROOT = Path(__file__).parent.parent
BROKEN = sorted((ROOT / "tests" / "broken").glob("*.yaml"))

NIGHT = {
    "into_bed": "22:45",
    "tried_to_sleep": "23:15",
    "final_awakening": "06:30",
    "out_of_bed": "07:00",
    "sleep_latency": 25,
    "awakenings": 3,
    "awake_minutes": 40,
}
WALK = (ROOT / "tests" / "broken" / "wrong-name.yaml").read_text().replace("morning-walk", "evening-walk")
DAY = ("--date", "2026-01-13", "--zone", "America/New_York")


class Done(NamedTuple):
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]
Write = Callable[[object], Path]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs ``iopkit worksheets …`` in this process."""
    monkeypatch.delenv("IOPKIT_WORKSHEETS", raising=False)

    def call(*words: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["iopkit", "worksheets", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return call


def start(*words: str | Path) -> Done:
    """Run ``iopkit worksheets …`` as a person does."""
    command = [sys.executable, "-m", "iopkit", "worksheets", *map(str, words)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def answered(tmp_path: Path) -> Write:
    """Return a function that writes answers to a file."""

    def write(answers: object) -> Path:
        path = tmp_path / "answers.json"
        path.write_text(answers if isinstance(answers, str) else json.dumps(answers))
        return path

    return write


def test_list_prints_every_worksheet_as_json_and_nothing_else():
    done = start("list", "--json")

    rows = {row["id"]: row for row in json.loads(done.stdout)}
    assert (done.returncode, done.stderr) == (0, "")
    assert {"thought-record", "sleep-diary", "nutrition-log", "phq-9", "speaker-listener"} <= set(rows)
    assert rows["phq-9"] == {
        "id": "phq-9",
        "version": "1.0",
        "title": "PHQ-9",
        "category": "measures",
        "domain": "individual",
        "audience": "client",
        "minutes": 3,
    }


def test_list_prints_a_line_for_each_worksheet(run: Run):
    done = run("list")

    assert done.returncode == 0
    assert "sleep-diary" in done.stdout
    assert "speaker-listener" in done.stdout


def test_check_finds_nothing_wrong_with_ours(run: Run):
    done = run("check")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" worksheets, no problems\n")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_check_exits_1_with_file_and_line_for_each_broken_sample(run: Run, path: Path):
    done = run("check", path)

    assert done.returncode == 1
    assert all(line.startswith(f"{path}:") for line in done.stdout.splitlines())
    assert done.stdout.removeprefix(f"{path}:").partition(":")[0].isdecimal()
    assert "Traceback" not in done.stderr


def test_check_takes_folders_and_files_and_tells_all_of_them():
    done = start("check", BROKEN[0].parent, ROOT / "worksheets" / "measures" / "phq-9.yaml")

    assert done.returncode == 1
    assert {line.partition(":")[0] for line in done.stdout.splitlines()} == set(map(str, BROKEN))


def test_check_of_a_path_that_is_not_there_says_so(run: Run, tmp_path: Path):
    done = run("check", tmp_path / "gone")

    assert done.returncode == 1
    assert done.stderr == f"{tmp_path / 'gone'}:1: file: expected a file or folder, got nothing there\n"


def test_check_reads_a_sites_own_folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IOPKIT_WORKSHEETS", str(tmp_path))
    (tmp_path / "evening-walk.yaml").write_text("id: evening-walk\n")

    done = run("check")

    assert done.returncode == 1
    assert f"{tmp_path}/evening-walk.yaml:1: title: expected a value, got nothing" in done.stdout


def test_watch_checks_again_on_each_save_and_ends_with_ctrl_c(tmp_path: Path):
    path = tmp_path / "evening-walk.yaml"
    path.write_text("id: [\n")
    command = [sys.executable, "-u", "-m", "iopkit", "worksheets", "check", str(path), "--watch"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        first = watcher.stdout.readline()
        told: list[str] = []
        for number in range(200):  # the watch begins a moment after the first line
            saved = tmp_path / "saved"
            saved.write_text(WALK + f"# {number}\n")
            saved.replace(path)
            if select.select([watcher.stdout], [], [], 0.5)[0]:
                told = [watcher.stdout.readline(), watcher.stdout.readline()]
                break
        watcher.send_signal(signal.SIGINT)
        try:
            watcher.communicate(timeout=60)
        finally:
            watcher.kill()

    assert first.startswith(f"{path}:2: file: expected YAML")
    assert told[0].startswith("-- ")
    assert told[1] == "1 worksheets, no problems\n"
    assert watcher.returncode == 0


DROPPED = """
import os, pathlib, signal, sys
from iopkit.cli.watch import check_on_save

class Leaving:
    def __del__(self):  # what is raised in here is dropped
        os.kill(os.getpid(), signal.SIGINT)

print("watching", flush=True)
check_on_save([pathlib.Path(sys.argv[1])], lambda: bool(Leaving()))
"""


def test_watch_ends_with_a_ctrl_c_that_comes_while_python_tidies_up(tmp_path: Path):
    command = [sys.executable, "-c", DROPPED, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdout is not None
        watcher.stdout.readline()
        for number in range(60):
            (tmp_path / "evening-walk.yaml").write_text(WALK + f"# {number}\n")
            with suppress(subprocess.TimeoutExpired):
                watcher.wait(0.5)
                break
        watcher.kill()

    assert watcher.returncode == 0


def test_check_tells_a_site_that_its_version_is_too_low(run: Run, tmp_path: Path):
    own = ROOT / "worksheets" / "sober-fun" / "pet-time.yaml"
    (tmp_path / "pet-time.yaml").write_text(own.read_text())

    done = run("check", str(tmp_path))

    assert done.returncode == 1
    assert done.stdout.startswith(f"{tmp_path}/pet-time.yaml:2: version: expected a version above ")
    assert f"that of {own}, whose place it takes" in done.stdout


def test_show_prints_a_worksheet_as_data(run: Run):
    shown = json.loads(run("show", "phq-9").stdout)

    assert list(shown)[:4] == ["id", "version", "status", "title"]
    assert shown["pages"][0]["elements"][0]["title"] == "Little interest or pleasure in doing things"


@pytest.mark.parametrize("command", [("show", "sleep-dairy"), ("score", "sleep-dairy", "answers.json")])
def test_an_unknown_worksheet_is_refused_with_a_hint(run: Run, command: tuple[str, ...]):
    done = run(*command)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no worksheet 'sleep-dairy'; did you mean 'sleep-diary'? See them")


def test_score_prints_one_json_document(answered: Write):
    done = start("score", "sleep-diary", answered(NIGHT), *DAY, "--json")

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "worksheet": "sleep-diary",
        "version": "1.0",
        "scores": {
            "tib": 495,
            "spt": 435,
            "tst": 370,
            "twak": 30,
            "se": 74.7,
            "se_dse": 85.1,
            "midsleep": 185,
        },
        "bands": {},
        "flags": [],
        "problems": [],
    }


def test_what_the_form_would_ask_is_told_with_exit_0(run: Run, answered: Write):
    done = run("score", "sleep-diary", answered(NIGHT | {"awakenings": 0}), *DAY, "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["problems"] == [
        "awakenings: No waking up, yet minutes awake in the night. Which of the two is right?"
    ]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (NIGHT | {"quality": 6}, "quality: Please give a whole number from 1 to 5."),
        (NIGHT | {"sleep_latency": "25"}, "sleep_latency: Please give a whole number from 0 to 1440."),
        (NIGHT | {"bedtime": "22:00"}, "bedtime: This worksheet has no such item."),
        (
            NIGHT | {"comment": "x" * 10**6},
            "comment: Please keep this to 4,000 characters; these are 1,000,000.",
        ),
        (
            NIGHT | {"tried_to_sleep": "22:40"},
            "tried_to_sleep: This is before you got into bed. "
            "Please put the four times of the night in order.",
        ),
    ],
)
def test_what_the_form_would_refuse_exits_1(run: Run, answered: Write, answers: object, told: str):
    done = run("score", "sleep-diary", answered(answers), *DAY, "--json")

    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{told}\n")


def test_the_day_comes_from_the_answers_where_no_date_is_given(run: Run, answered: Write):
    spring = NIGHT | {"day": "2026-03-08"}

    done = run("score", "sleep-diary", answered(spring), "--zone", "America/New_York", "--json")

    assert json.loads(done.stdout)["scores"]["tib"] == 435


def test_scores_bands_flags_and_problems_are_printed_for_people(run: Run, answered: Write):
    done = run("score", "phq-9", answered({f"phq9_{number}": 2 for number in range(1, 10)}))

    assert done.returncode == 0
    assert "PHQ-9 total" in done.stdout
    assert "18" in done.stdout
    assert "moderately severe" in done.stdout
    assert "flag: phq-9-item-9 (high priority)" in done.stdout


def test_a_missing_answer_is_told_for_people(run: Run, answered: Write):
    done = run("score", "phq-9", answered({}))

    assert done.returncode == 0
    assert "ask: total: needs at least 7 of 9 answers, 9 are missing" in done.stdout


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"a": ', '"text"', "[" * 100_000])
def test_a_file_that_is_no_json_object_is_refused(run: Run, answered: Write, text: str):
    path = answered(text)

    done = run("score", "sleep-diary", path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{path}: expected one JSON object of answers, got something else\n"


def test_a_file_of_answers_that_is_not_there_is_refused(run: Run, tmp_path: Path):
    done = run("score", "sleep-diary", tmp_path / "gone.json")

    assert done.returncode == 1
    assert (
        done.stderr
        == f"{tmp_path / 'gone.json'}: expected a file of answers, got: No such file or directory\n"
    )


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--date", "13.1.2026", "expected a date such as 2026-01-31"),
        ("--zone", "Mars/Base", "expected an IANA zone such as America/New_York"),
        ("--zone", "../../etc/passwd", "expected an IANA zone such as America/New_York"),
    ],
)
def test_wrong_usage_exits_2(run: Run, answered: Write, option: str, value: str, told: str):
    done = run("score", "sleep-diary", answered(NIGHT), option, value)

    assert done.returncode == 2
    assert told in done.stderr


def test_no_answer_appears_in_what_is_told(run: Run, answered: Write):
    answers = {"comment": 5, "into_bed": "canary", "canary text": "canary", "quality": "canary"}

    done = run("score", "sleep-diary", answered(answers))

    assert done.returncode == 1
    assert "canary" not in done.stderr
