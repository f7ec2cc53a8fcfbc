"""Rounds of a guided practice: what the page may say about them, and how they read."""

from datetime import date

import pytest

from iopkit.measures.mindfulness import guided
from iopkit.worksheets.practice import check_rounds, rounds_in_words, total_minutes
from iopkit.worksheets.unfit import UnfitError

KNOWN = ["4-6", "box"]
MISFIT = "Please use Start and Stop on this page, so that the minutes are counted."


def round_(pattern: object = "4-6", minutes: object = 2.5, ended_early: object = False) -> dict[str, object]:
    return {"pattern": pattern, "minutes": minutes, "ended_early": ended_early}


def test_rounds_are_kept_with_minutes_in_tenths():
    answer = [round_(), round_("box", 1.04, True), round_(minutes=5.0), round_(minutes=0.1)]

    assert check_rounds(KNOWN, answer) == [
        {"pattern": "4-6", "minutes": 2.5, "ended_early": False},
        {"pattern": "box", "minutes": 1, "ended_early": True},
        {"pattern": "4-6", "minutes": 5, "ended_early": False},
        {"pattern": "4-6", "minutes": 0.1, "ended_early": False},
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "5 minutes",
        5,
        {},
        ["4-6"],
        [[]],
        [{}],
        [{"pattern": "4-6", "minutes": 5}],
        [{**round_(), "note": "more"}],
        [round_("4-7")],
        [round_(pattern=["4-6"])],
        [round_(pattern=None)],
        [round_(ended_early=1)],
        [round_(ended_early="no")],
    ],
)
def test_what_the_page_does_not_say_is_refused(answer: object):
    with pytest.raises(UnfitError) as caught:
        check_rounds(KNOWN, answer)

    assert str(caught.value) == MISFIT


@pytest.mark.parametrize(
    "minutes", [0, 0.04, -1, 180.1, 1e9, float("nan"), float("inf"), True, "5", None, [5]]
)
def test_minutes_beyond_a_practice_are_refused(minutes: object):
    with pytest.raises(UnfitError) as caught:
        check_rounds(KNOWN, [round_(minutes=minutes)])

    assert str(caught.value) == "Please keep a round between 0.1 and 180 minutes."


def test_twenty_rounds_are_enough():
    assert len(check_rounds(KNOWN, [round_()] * 20)) == 20
    with pytest.raises(UnfitError) as caught:
        check_rounds(KNOWN, [round_()] * 21)

    assert str(caught.value) == "Please keep this to 20 rounds; these are 21."


def test_minutes_of_all_rounds_are_added():
    assert total_minutes([round_(minutes=2.5), round_(minutes=0.1), round_(minutes=0.2)]) == 2.8
    assert total_minutes([]) is None
    assert total_minutes(None) is None


def test_the_figure_of_a_worksheet_is_the_minutes_of_its_item_practice():
    day = date(2026, 1, 13)

    assert guided({"practice": [round_(minutes=4), round_(minutes=1)]}, day=day, zone="UTC").values == {
        "minutes": 5.0
    }
    assert guided({}, day=day, zone="UTC").values == {"minutes": None}


def test_rounds_read_as_people_say_them():
    names = {"4-6": "In for 4, out for 6", "box": "Box"}
    answer = [round_(minutes=5), round_("box", 1, True), round_("gone", 0.5)]

    assert rounds_in_words(names, answer) == (
        "In for 4, out for 6: 5 minutes; Box: 1 minute, ended early; gone: 0.5 minutes"
    )
