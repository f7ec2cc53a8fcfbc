"""Answers from elsewhere: what a result file, a response and rows of CSV must hold, told without values."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from iopkit.errors import AnswerError
from iopkit.exchange.fhir.answers import response
from iopkit.exchange.transcript import as_answer, read_csv, read_result
from iopkit.worksheets import load_catalog

CATALOG = load_catalog()
SECRET = "the very secret words"


def told(**more: Any) -> bytes:
    whole = {
        "format": "iopkit-answers",
        "worksheet": "meeting-log",
        "worksheet_version": "1.0",
        "assignment": None,
        "answered_at": "2026-03-12T23:30:00-05:00",
        "zone": "America/New_York",
        "answers": {"went": "yes"},
    }
    return json.dumps({**whole, **more}).encode()


def rows(*lines: str) -> bytes:
    return "\n".join(("client,worksheet,day,item,value", *lines)).encode()


def test_a_result_file_says_what_was_answered_when_and_about_which_day():
    found = read_result(told(), CATALOG)

    assert (found.worksheet_id, found.version, found.assignment_id) == ("meeting-log", "1.0", None)
    assert found.answered_at == datetime(2026, 3, 13, 4, 30, tzinfo=UTC)
    assert (found.answers, found.day) == ({"went": "yes"}, date(2026, 3, 13))


def test_the_day_is_the_one_the_person_says_or_the_one_where_they_were():
    said = read_result(told(answers={"went": "yes", "day": "2026-03-10"}), CATALOG)
    unknown = read_result(told(zone="Nowhere/Else"), CATALOG)

    assert said.day == date(2026, 3, 10)
    assert unknown.day == date(2026, 3, 13)


def test_the_same_answers_have_the_same_message_and_others_have_another():
    first, again = read_result(told(), CATALOG), read_result(told(), CATALOG)
    other = read_result(told(answers={"went": "no"}), CATALOG)

    assert first.message_id == again.message_id
    assert first.message_id != other.message_id


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"format": "else"}, "format: expected iopkit-answers, got something else"),
        ({"answers": [SECRET]}, "expected a worksheet and its answers, got something else"),
        ({"worksheet": 3}, "expected a worksheet and its answers, got something else"),
        ({"worksheet": "x" * 65}, "expected a worksheet and its answers, got something else"),
        ({"answered_at": SECRET}, "answered_at: expected a time with its zone, got something else"),
        ({"answered_at": "2026-03-12T21:30:00"}, "answered_at: expected a time with its zone"),
        ({"answered_at": None}, "answered_at: expected a time with its zone, got something else"),
        ({"answers": {"day": SECRET}}, "day: expected a day such as 2026-01-31, got something else"),
    ],
)
def test_a_faulty_result_file_is_refused_without_a_word_of_it(more: dict[str, Any], line: str):
    with pytest.raises(AnswerError) as caught:
        read_result(told(**more), CATALOG)

    assert str(caught.value).startswith(line)
    assert SECRET not in str(caught.value)


def test_a_response_is_read_by_the_worksheet_it_names():
    sent = {**response(CATALOG["gad-7"], {"gad7_1": 2}), "authored": "2026-03-12T21:30:00Z"}

    found = read_result(json.dumps(sent).encode(), CATALOG)

    assert (found.worksheet_id, found.answers) == ("gad-7", {"gad7_1": 2})
    assert (found.version, found.day) == (CATALOG["gad-7"].version, date(2026, 3, 12))


def test_a_response_to_nothing_here_is_refused():
    sent = {"resourceType": "QuestionnaireResponse", "questionnaire": "http://else/where|1"}

    with pytest.raises(AnswerError, match="questionnaire: expected one of the worksheets here"):
        read_result(json.dumps(sent).encode(), CATALOG)


def test_rows_of_one_day_are_one_entry():
    raw = rows(
        "ava,gad-7,2026-10-01,gad7_1,2",
        "ava,gad-7,2026-10-01,gad7_2,3",
        "ava,gad-7,2026-10-02,gad7_1,0",
        "ben,gad-7,2026-10-01,gad7_1,1",
    )

    found = [(one.client, one.day, one.answers) for one in read_csv(raw, CATALOG)]

    assert found == [
        ("ava", date(2026, 10, 1), {"gad7_1": 2, "gad7_2": 3}),
        ("ava", date(2026, 10, 2), {"gad7_1": 0}),
        ("ben", date(2026, 10, 1), {"gad7_1": 1}),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (f"ava,nothing,2026-10-01,x,{SECRET}", "worksheet: expected the id of a worksheet"),
        (f",gad-7,2026-10-01,gad7_1,{SECRET}", "client: expected a user name or id"),
        (f"ava,gad-7,yesterday,gad7_1,{SECRET}", "day: expected a day such as 2026-01-31"),
        (f"ava,gad-7,2026-10-01,nothing,{SECRET}", "item: expected an item of this worksheet"),
        (
            f"ava,urge-log,2026-10-01,urges,{SECRET}",
            "item: expected an item of this worksheet that is not in",
        ),
        (f"ava,gad-7,2026-10-01,gad7_1,{SECRET}", "value: expected a choice of this item"),
        ("ava,gad-7,2026-10-01,gad7_1,", "value: expected a value, got nothing or too much"),
        ("ava,gad-7", "item: expected an item of this worksheet"),
    ],
)
def test_a_faulty_row_is_told_by_its_line_and_never_by_its_value(line: str, problem: str):
    with pytest.raises(AnswerError) as caught:
        read_csv(rows("ava,gad-7,2026-10-01,gad7_7,1", line), CATALOG)

    assert str(caught.value).startswith(f"line 3: {problem}")
    assert SECRET not in str(caught.value)


def test_the_same_item_twice_a_day_is_refused():
    with pytest.raises(AnswerError, match="line 3: item: expected each item once a day, got it again"):
        read_csv(rows("a,gad-7,2026-10-01,gad7_1,1", "a,gad-7,2026-10-01,gad7_1,2"), CATALOG)


def test_a_missing_column_is_named():
    with pytest.raises(AnswerError, match=r"line 1: expected the columns .*; value is missing"):
        read_csv(b"client,worksheet,day,item\n", CATALOG)


def test_a_file_full_of_faults_is_not_read_to_its_end():
    with pytest.raises(AnswerError) as caught:
        read_csv(rows(*["ava,nothing,2026-10-01,x,1"] * 500), CATALOG)

    assert len(caught.value.problems) == 52


@pytest.mark.parametrize(
    ("worksheet", "item", "text", "answer"),
    [
        ("gad-7", "gad7_1", "2", 2),
        ("meeting-log", "went", "yes", "yes"),
        ("sleep-diary", "medication", "yes", True),
        ("sleep-diary", "medication", "0", False),
        ("sleep-diary", "naps", "2", 2),
        ("sleep-diary", "final_awakening", "06:45", "06:45"),
        ("thought-record", "situation", "'=no formula", "=no formula"),
        ("thought-record", "situation", "plain words", "plain words"),
        ("exposure-ladder", "tried", "Stand outside", "Stand outside"),
    ],
)
def test_a_cell_becomes_the_answer_that_its_item_takes(worksheet: str, item: str, text: str, answer: object):
    assert as_answer(CATALOG[worksheet].items[item], text) == answer
