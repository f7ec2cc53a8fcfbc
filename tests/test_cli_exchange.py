"""``iopkit export`` and ``iopkit import`` as an operator types them, on a small clinic."""

import csv
import json
from pathlib import Path

import pytest
from fhir.resources.R4B.bundle import Bundle
from typer.testing import CliRunner, Result

from iopkit.cli import app
from iopkit.clinic import open_store
from iopkit.worksheets import load_worksheet

REFERENCES = sorted((Path(__file__).parent / "reference").glob("questionnaire-*.json"))


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Make a clinic with a client, Ava, and her counselor, Sue."""
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(tmp_path / "data" / "clinic.db"))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "keys" / "key"))
    from datetime import date

    with open_store(create=True) as store:
        store.add_person("client", "ava", "Ava Example", zone="UTC", password="four green apples fly")
        store.add_person(
            "clinician",
            "sue",
            "Sue Invented",
            zone="UTC",
            domains=["substance-use"],
            password="four green apples fly",
        )
        store.treat("ava", "sue", "substance-use", date(2026, 1, 1))
    return tmp_path


def result(place: Path, **more: object) -> Path:
    told = {
        "format": "iopkit-answers",
        "worksheet": "meeting-log",
        "worksheet_version": None,
        "answered_at": "2026-10-01T20:00:00-04:00",
        "zone": "America/New_York",
        "answers": {"went": "yes"},
        **more,
    }
    file = place / "result.json"
    file.write_text(json.dumps(told))
    return file


@pytest.mark.parametrize("file", REFERENCES, ids=lambda file: file.stem)
def test_each_reference_questionnaire_becomes_a_worksheet_file(file, tmp_path):
    identifier = {"asq": "asq-screening-tool", "gad7": "cirg-gad7", "phq9": "cirg-phq9"}[
        file.stem.split("-")[1]
    ]
    out = tmp_path / f"{identifier}.yaml"

    done = run("import", "fhir", file, "--out", out)

    assert done.exit_code == 0
    assert load_worksheet(out).id == identifier
    assert "Not kept: " in done.stderr


def test_a_worksheet_goes_out_and_comes_in(tmp_path):
    out, back = tmp_path / "q.json", tmp_path / "gad-7.yaml"

    sent = run("export", "fhir", "gad-7", "--out", out)
    read = run("import", "fhir", out, "--out", back)

    assert (sent.exit_code, read.exit_code, sent.stderr, read.stderr) == (0, 0, "", "")
    assert load_worksheet(back).scores[0].name == "total"


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    out = tmp_path / "asq-screening-tool.yaml"
    out.write_text("mine")

    done = run("import", "fhir", REFERENCES[0], "--out", out)

    assert str(done.exception) == f"{out} is there already. Name another file."
    assert out.read_text() == "mine"


def test_a_result_file_is_entered_once(place):
    file = result(place)

    first, again = (run("import", "answers", file, "--for", "ava") for _ in range(2))

    assert (first.stdout, again.stdout) == ("Entered.\n", "It was entered before; nothing was changed.\n")


def test_a_record_leaves_as_a_bundle_with_the_notice_and_is_logged(place):
    run("import", "answers", result(place), "--for", "ava")
    out = place / "out" / "ava.json"

    done = run("export", "fhir", "--for", "sue", "--client", "ava", "--out", out)

    found = json.loads(out.read_text())
    Bundle.model_validate(found)
    assert done.stderr.startswith("42 CFR part 2 prohibits unauthorized use")
    assert out.stat().st_mode & 0o077 == 0
    with open_store(create=False) as store:
        log = [(one.who, one.what) for one in store.desk_for("ava").access_log()]
    assert ("Sue Invented", "exported the record") in log


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_record_leaves_as_tables_with_a_dictionary(place, form):
    run("import", "answers", result(place), "--for", "ava")

    done = run("export", form, "--for", "sue", "--client", "ava", "--out", place / "out")

    assert done.exit_code == 0
    assert sorted(one.name for one in (place / "out").iterdir()) == [
        f"answers.{form}",
        f"dictionary.{form}",
        f"entries.{form}",
        "notice.txt",
        f"scores.{form}",
    ]


def test_measures_come_in_from_csv_and_a_second_time_change_nothing(place):
    file = place / "measures.csv"
    rows = [
        ("client", "worksheet", "day", "item", "value"),
        ("ava", "outside-score", "2026-10-01", "form", "isi"),
    ]
    rows += [("ava", "outside-score", "2026-10-01", "isi_total", "14")]
    with file.open("w", newline="") as out:
        csv.writer(out).writerows(rows)

    first, again = (run("import", "csv", file) for _ in range(2))

    assert (first.stdout, again.stdout) == (
        "Entered 1; 0 were there already.\n",
        "Entered 0; 1 were there already.\n",
    )
    with open_store(create=False) as store:
        ava = store.person("ava")
        entry = store.desk_for("ava").entries(ava.id)[0]
    assert (entry.scores["isi"], entry.about.isoformat()) == (14, "2026-10-01")
    assert entry.answered_at is not None


def test_a_faulty_line_keeps_the_whole_file_out_and_is_named_without_its_value(place):
    file = place / "measures.csv"
    file.write_text(
        "client,worksheet,day,item,value\nava,outside-score,2026-10-01,isi_total,fourteen secrets\n"
    )

    done = run("import", "csv", file)

    assert str(done.exception) == "line 2: value: expected a number, got something else"


def test_a_client_who_is_not_here_keeps_the_whole_file_out(place):
    """The rows of the others are as good as ever, and none of them is entered."""
    file = place / "measures.csv"
    days = [f"2026-10-{day:02},went,yes" for day in range(1, 4)]
    lines = [f"{user},meeting-log,{day}" for user in ("ava", "nobody") for day in days]
    file.write_text("client,worksheet,day,item,value\n" + "\n".join(lines) + "\n")

    done = run("import", "csv", file)

    assert done.exit_code == 1
    with open_store(create=False) as store:
        desk = store.desk_for("ava")
        assert desk.entries(desk.person.id) == []


def test_a_month_of_one_measure_is_an_entry_for_each_day(place):
    file = place / "measures.csv"
    days = [f"ava,meeting-log,2026-09-{day:02},went,yes" for day in range(1, 31)]
    file.write_text("client,worksheet,day,item,value\n" + "\n".join(days) + "\n")

    done = run("import", "csv", file)

    assert done.stdout == "Entered 30; 0 were there already.\n"
    with open_store(create=False) as store:
        desk = store.desk_for("ava")
        found = sorted(entry.about.day for entry in desk.entries(desk.person.id))
    assert found == list(range(1, 31))


def test_wrong_usage_of_export_is_told():
    assert run("export", "fhir", "--out", "x.json").exit_code == 2
