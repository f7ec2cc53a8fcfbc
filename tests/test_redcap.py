"""REDCap's branching logic for each shape of a condition, and what it cannot say."""

import csv
from io import StringIO

import pytest

from iopkit.exchange.redcap import UnbranchedError, branching, redcap
from iopkit.worksheets import load_catalog
from iopkit.worksheets.conditions import parse

CATALOG = load_catalog()


@pytest.mark.parametrize(
    ("worksheet", "written", "logic"),
    [
        ("meeting-log", "{went} = 'no'", "[went] = 'no'"),
        ("meeting-log", "{went} != 'no'", "[went] <> 'no'"),
        ("dbt-diary-card", "{substances} contains 'none'", "[substances(none)] = '1'"),
        ("dbt-diary-card", "{substances} notcontains 'none'", "[substances(none)] = '0'"),
        ("sleep-diary", "{naps} > 0", "([naps] <> '' and [naps] > 0)"),
        ("sleep-diary", "{naps} notempty", "[naps] <> ''"),
        ("sleep-diary", "{naps} empty", "[naps] = ''"),
        ("sleep-diary", "{medication} = true", "[medication] = '1'"),
        ("time-out-log", "{kept} anyof ['mostly', 'no']", "([kept] = 'mostly' or [kept] = 'no')"),
        ("time-out-log", "{kept} noneof ['mostly', 'no']", "([kept] <> 'mostly' and [kept] <> 'no')"),
        ("time-out-log", "!({kept} = 'no')", "!([kept] = 'no')"),
        (
            "sleep-diary",
            "{naps} > 0 or {medication} = true",
            "(([naps] <> '' and [naps] > 0) or [medication] = '1')",
        ),
    ],
)
def test_a_condition_is_branching_logic(worksheet: str, written: str, logic: str):
    assert branching(parse(written), CATALOG[worksheet].items) == logic


@pytest.mark.parametrize(
    ("worksheet", "written", "reason"),
    [
        ("urge-log", "{urges[0].used} = 'yes'", "an item of a row"),
        ("urge-log", "{urges.length} > 1", "an item of a row"),
        ("guided-breathing", "{practice} notempty", "a practice or a drawing"),
        ("sleep-diary", "{final_awakening} != {out_of_bed}", "a comparison that REDCap does not know"),
    ],
)
def test_what_redcap_cannot_branch_on_is_told(worksheet: str, written: str, reason: str):
    with pytest.raises(UnbranchedError, match=reason):
        branching(parse(written), CATALOG[worksheet].items)


def test_rows_and_drawings_are_listed_with_the_reason():
    assert redcap(CATALOG["urge-log"])[1][0] == (
        "urges: rows need a repeating instrument of their own in REDCap"
    )
    assert redcap(CATALOG["drawing-prompt"])[1] == [
        "drawing: REDCap has no field to draw on or to practise with"
    ]


def test_words_beside_other_have_a_field_of_their_own():
    rows = {row[0]: row for row in csv.reader(StringIO(redcap(CATALOG["meeting-log"])[0], newline=""))}

    assert rows["kind_other"][11] == "[kind] = 'other'"
    assert rows["record_id"][1] == "meeting_log"


@pytest.mark.parametrize(
    ("worksheet", "field", "kind", "check"),
    [
        ("sleep-diary", "naps", "text", "integer"),
        ("sleep-diary", "medication", "yesno", ""),
        ("sleep-diary", "final_awakening", "text", "time"),
        ("thought-record", "situation", "notes", ""),
        ("dbt-diary-card", "substances", "checkbox", ""),
        ("gad-7", "gad7_1", "radio", ""),
    ],
)
def test_each_kind_of_question_has_its_kind_of_field(worksheet: str, field: str, kind: str, check: str):
    rows = {row[0]: row for row in csv.reader(StringIO(redcap(CATALOG[worksheet])[0], newline=""))}

    assert (rows[field][3], rows[field][7]) == (kind, check)
