"""Tidy tables out: CSV that no spreadsheet runs, Parquet with the same rows, a dictionary of every column."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pyarrow.parquet
import pytest

from iopkit.exchange.redcap import HEADER, redcap
from iopkit.exchange.tables import COLUMNS, as_csv, cell, dictionary, tables, write_parquet
from iopkit.worksheets import load_catalog

WHEN = datetime(2026, 3, 12, 21, tzinfo=UTC)
CATALOG = load_catalog()


@pytest.fixture
def found(clinic):
    desk = clinic.desk(clinic.ava)
    answers = {"mood": 3, "hopeless": 1, "why": "=HYPERLINK(0)"}
    desk.transcribe("mood-check", answers, answered_at=WHEN, message_id="x")
    return tables(desk.leaving(clinic.ava.id).entries, desk.worksheet_of)


def read(text):
    return list(csv.DictReader(StringIO(text, newline="")))


def test_each_answer_is_a_row_with_its_label(found):
    rows = [(one["item"], one["number"], one["text"], one["label"]) for one in found["answers"]]

    assert rows == [
        ("mood", 3, None, None),
        ("hopeless", 1, None, "Sometimes"),
        ("why", None, "=HYPERLINK(0)", None),
    ]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_quoted(begins):
    assert cell(f"{begins}1") == f"'{begins}1"


def test_csv_keeps_every_column_and_quotes_formulas(found):
    rows = read(as_csv("answers", found["answers"]))

    assert tuple(rows[0]) == COLUMNS["answers"]
    assert rows[2]["text"] == "'=HYPERLINK(0)"
    assert rows[0]["answered_at"] == "2026-03-12T21:00:00+00:00"


def test_parquet_holds_the_same_rows_with_numbers_as_numbers(found, tmp_path):
    write_parquet("answers", found["answers"], tmp_path / "a.parquet")

    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert table.column("number").to_pylist() == [3.0, 1.0, None]
    assert table.column_names == list(COLUMNS["answers"])


@pytest.mark.parametrize("worksheet_id", list(CATALOG))
def test_the_dictionary_names_every_item_and_score(worksheet_id):
    sheet = CATALOG[worksheet_id]

    columns = [one["column"] for one in dictionary(sheet)]

    inner = [f"{key}.{name}" for key, item in sheet.items.items() for name in item.inner]
    assert sorted(columns) == sorted([*sheet.items, *inner, *(score.name for score in sheet.scores)])


def test_no_name_stands_in_any_table(found):
    text = "".join(as_csv(name, rows) for name, rows in found.items())

    assert "Ava" not in text
    assert text.count("mood-check") > 4


@pytest.mark.parametrize("worksheet_id", list(CATALOG))
def test_a_redcap_dictionary_has_each_field_once_or_says_why_not(worksheet_id):
    text, lost = redcap(CATALOG[worksheet_id])

    rows = read(text)
    fields = [one["Variable / Field Name"] for one in rows]
    assert tuple(rows[0]) == HEADER
    assert len(set(fields)) == len(fields)
    told = {line.partition(":")[0] for line in lost}
    asked = {question.name for item in CATALOG[worksheet_id].items.values() for question in item.asked_by}
    assert asked <= set(fields) | told


def test_redcap_branches_as_the_worksheet_does():
    rows = {one["Variable / Field Name"]: one for one in read(redcap(CATALOG["phq-9"])[0])}

    logic = rows["phq9_difficulty"]["Branching Logic (Show field only if...)"]
    assert "([phq9_9] <> '' and [phq9_9] > 0)" in logic
    assert rows["phq9_1"]["Choices, Calculations, OR Slider Labels"].startswith(
        "0, Not at all | 1, Several days"
    )
