"""Every case of every worksheet, entered from an offline form and taken out as tables: nothing is lost."""

import csv
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from test_cases import EACH

from iopkit.clinic.record import Entry
from iopkit.exchange.offline import inert
from iopkit.exchange.tables import answers, as_csv, scores
from iopkit.exchange.transcript import FORMAT, as_answer, read_result
from iopkit.worksheets import Worksheet, score
from iopkit.worksheets.elements import ManyQuestion, PracticeQuestion

WHEN = datetime(2026, 1, 13, 20, tzinfo=UTC)
CASES = [param for param in EACH if "refused" not in param.values[2]]


def entry_of(worksheet: Worksheet, zone: str, case: dict[str, Any]) -> Entry:
    """Return a case as an entry that was handed in."""
    day = date.fromisoformat(case.get("day", "2026-01-13"))
    scored = score(worksheet, case["answers"], day=day, zone=zone)
    return Entry(
        id="e" * 32,
        client_id="c" * 32,
        worksheet_id=worksheet.id,
        version=worksheet.version,
        domain=worksheet.domain,
        status="submitted",
        about=day,
        zone=zone,
        started_at=WHEN,
        saved_at=WHEN,
        submitted_at=WHEN,
        assignment_id=None,
        revision=1,
        base=1,
        answers=case["answers"],
        scores=scored.scores,
        bands=scored.bands,
        flags=tuple(scored.flags),
    )


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def again(worksheet: Worksheet, found: Iterable[dict[str, str]]) -> dict[str, Any]:
    """Return the answers that rows of a CSV file tell, read with the worksheet as any program would."""
    told: dict[str, Any] = {}
    for row in found:
        name, _, inner = row["item"].partition(".")
        here = told
        if row["row"]:
            panel = told.setdefault(name, [])
            while len(panel) < int(row["row"]):
                panel.append({})
            here, name = panel[int(row["row"]) - 1], inner
        text = row["number"] or row["text"]
        if name.endswith("-Comment"):
            here[name] = text
            continue
        item = worksheet.items[row["item"].partition(".")[0]]
        item = item.inner[name] if row["row"] else item
        value = json.loads(text) if isinstance(item.question, PracticeQuestion) else as_answer(item, text)
        if isinstance(item.question, ManyQuestion | PracticeQuestion):
            here.setdefault(name, []).append(value)
        else:
            here[name] = value
    return told


def spoken(given: dict[str, Any]) -> dict[str, Any]:
    """Return what of the answers is anything: no empty list, text or last row."""
    whole = {name: list(value) if isinstance(value, list) else value for name, value in given.items()}
    for value in whole.values():
        while isinstance(value, list) and value and value[-1] == {}:
            value.pop()
    return {name: value for name, value in whole.items() if value not in (None, "", [], {})}


@pytest.mark.parametrize(("worksheet", "zone", "case"), CASES)
def test_rows_of_csv_hold_each_answer_of_a_case(worksheet, zone, case):
    entry = entry_of(worksheet, zone, case)

    found = read(as_csv("answers", list(answers(entry, worksheet))))

    assert again(worksheet, found) == spoken(case["answers"])


@pytest.mark.parametrize(("worksheet", "zone", "case"), CASES)
def test_rows_of_csv_hold_each_score_of_a_case_and_its_band(worksheet, zone, case):
    entry = entry_of(worksheet, zone, case)

    found = read(as_csv("scores", list(scores(entry))))

    assert {row["score"]: float(row["value"]) for row in found} == {
        name: value for name, value in case["scores"].items() if value is not None
    }
    assert {row["score"]: row["band"] for row in found if row["band"]} == case.get("bands", {})


def result_file(worksheet: Worksheet, zone: str, given: dict[str, Any]) -> bytes:
    """Return the file that an offline form saves."""
    told = {
        "format": FORMAT,
        "worksheet": worksheet.id,
        "worksheet_version": worksheet.version,
        "answered_at": "2026-03-12T20:00:00+00:00",
        "zone": zone,
        "answers": given,
    }
    return inert(told).encode()


@pytest.mark.parametrize(("worksheet", "zone", "case"), CASES)
def test_a_result_file_tells_each_answer_of_a_case(worksheet, zone, case):
    told = read_result(result_file(worksheet, zone, case["answers"]), {worksheet.id: worksheet})

    assert told.answers == case["answers"]
    assert (told.worksheet_id, told.version) == (worksheet.id, worksheet.version)
    assert told.answered_at - datetime(2026, 3, 12, 20, tzinfo=UTC) == timedelta(0)
