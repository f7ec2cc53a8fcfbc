"""Figures over many entries, as charts name them: one shape each, with n, nothing imputed."""

from datetime import date, timedelta

import pytest

from iopkit.measures import (
    activation,
    couple,
    diary_card,
    emotion,
    medicine,
    mindfulness,
    routine,
    thought,
    urges,
)
from iopkit.measures.shapes import Bar, Cell, Filled, Group, Pair, Stacked
from iopkit.measures.weeks import monday, stacked
from iopkit.worksheets.functions import overview

MONDAY = date(2026, 3, 2)


def entry(after: int, answers: dict[str, object] | None = None, **scores: float | None) -> Filled:
    return Filled(MONDAY + timedelta(after), answers or {}, scores)


def test_urges_lie_at_their_weekday_and_hour_with_their_mean_craving() -> None:
    rows = [{"time": "21:10", "craving": 6}, {"time": "21:50", "craving": 8}, {"craving": 9}]

    found = urges.hour_grid([entry(0, {"urges": rows}), entry(5, {"urges": [{"time": "07:00"}]})])

    assert found.cells == (Cell(0, 21, 2, "mean craving 7.0 of 10"), Cell(5, 7, 1))
    assert urges.OVERVIEWS["hours"].counts(entry(0, {"urges": rows})) == 2


def test_ways_to_cope_need_three_urges_each() -> None:
    rows = [{"used": "no", "coping": ["called"]}, {"used": "some", "coping": ["called", "left"]}]

    found = urges.best_ways([entry(0, {"urges": rows}), entry(1, {"urges": rows})])

    assert found.groups == (Group("called", 50, 4),)
    assert (
        urges.OVERVIEWS["ways"].counts(entry(0, {"urges": [*rows, {"used": "no", "coping": ["none"]}]})) == 2
    )


def test_feelings_are_means_over_the_times_they_were_rated_twice() -> None:
    first = {"feelings": [{"feeling": "sad", "before": 80, "after": 40}, {"feeling": "angry", "before": 90}]}
    second = {"feelings": [{"feeling": "sad", "before": 60, "after": 20}]}

    found = emotion.feelings([entry(0, first), entry(1, second)])

    assert found.pairs == (Pair("sad", 70, 30, 2),)
    assert [emotion.RATED_TWICE.counts(entry(0, answers)) for answers in (first, {})] == [1, 0]


def test_parts_of_the_day_count_entries() -> None:
    felt = {"time": "08:00", "feelings": [{"feeling": "sad", "before": 80}]}

    assert emotion.parts([entry(0, felt), entry(1, felt)]).groups == (Group("morning", 80, 2),)
    assert emotion.OVERVIEWS["parts"].counts(entry(0, {**felt, "time": None})) == 0


def test_thinking_styles_are_counted_once_a_record_commonest_first() -> None:
    records = [entry(0, {"styles": ["should", "labeling"]}), entry(1, {"styles": ["labeling"]}), entry(2)]

    found = thought.styles(records)

    assert found.groups == (Group("labeling", 2, 2), Group("should", 1, 2))
    assert (found.top, found.counts) == (2, True)


def test_evidence_against_is_a_share_of_records_with_a_thought() -> None:
    some = {"thoughts": [{"thought": "x"}]}

    found = thought.evidence([entry(0, {**some, "evidence_against": "y"}), entry(1, some), entry(2)])

    assert found.groups == (Group("something against the thought", 50, 2),)


def test_medicine_weeks_say_doses_and_days() -> None:
    days = [
        entry(0, {"medicines": [{"taken": "yes"}, {"taken": "no"}]}),
        entry(1, {"medicines": [{"taken": "yes"}]}),
    ]

    found = medicine.weeks(days)

    assert found.bars == (Bar(MONDAY, pytest.approx(66.667, abs=0.001), "3 due on 2 of 7 days"),)
    assert (found.unit, found.top) == ("%", 100)


def test_practice_weeks_say_days_and_leave_out_weeks_without_minutes() -> None:
    found = mindfulness.weeks([entry(0, minutes=10), entry(0, minutes=5), entry(7, minutes=None)])

    assert found.bars == (Bar(MONDAY, 15, "practised on 1 day of 7"),)
    assert [mindfulness.OVERVIEWS["weeks"].counts(entry(0, minutes=m)) for m in (None, 0, 5)] == [0, 0, 1]


def test_routine_weeks_need_three_mornings_for_a_deviation() -> None:
    def morning(after: int, at: str) -> Filled:
        return entry(after, {"anchors": [{"anchor": "wake", "done": "yes", "actual": at}]})

    two = [morning(0, "07:00"), morning(1, "08:00")]

    assert routine.weeks(two).bars == (Bar(MONDAY, 100, "2 of 7 days"),)
    assert routine.regularity(two).bars == ()
    (bar,) = routine.regularity([*two, morning(2, "09:00")]).bars
    assert (round(bar.value, 1), bar.stands_on) == (49.1, "3 mornings")


def test_what_became_of_a_plan_counts_each_activity_once() -> None:
    plan = {
        "activities": [
            {"activity": "a", "done": "partly"},
            {"activity": "b", "done": "no"},
            {"activity": "c"},
        ]
    }

    found = activation.weeks([entry(0, plan), entry(9, plan)])

    assert found.weeks == (Stacked(MONDAY, (1, 1, 1)), Stacked(MONDAY + timedelta(7), (1, 1, 1)))
    assert activation.OVERVIEWS["weeks"].counts(entry(0, {"activities": [{}]})) == 0


def test_time_outs_without_an_answer_about_coming_back_do_not_count() -> None:
    found = couple.returns([entry(0, on_time=1), entry(1, on_time=0), entry(2, on_time=None)])

    assert found.weeks == (Stacked(MONDAY, (1, 1)),)


def test_a_diary_week_is_the_last_with_a_card_and_marks_acts() -> None:
    def card(after: int, urge: int | None, acted: str) -> Filled:
        row = {"behavior": "Gambling ", "urge": urge, "acted": acted}
        return entry(after, {"behaviors": [row], "skills_distress": [{"skill": "cold", "helped": "some"}]})

    found = diary_card.week_card([card(-3, 5, "yes"), card(0, 4, "no"), card(2, None, "yes")])

    assert (found.start, found.days) == (MONDAY, 2)
    gambling, skills = found.lines
    assert gambling.words == "mean urge 4.0, highest 4, n 1; urge not acted on 1 ×, acted on 1 ×"
    assert [(mark.day.day, mark.value, mark.marked) for mark in gambling.marks] == [
        (2, 4.0, False),
        (4, None, True),
    ]
    assert (skills.name, skills.words) == ("Skills used", "skills on 2 of 7 days")


def test_urges_and_acts_are_counted_by_week() -> None:
    rows = [{"behavior": "a", "urge": 3, "acted": "no"}, {"behavior": "b", "urge": 0, "acted": "no"}]
    acted = [{"behavior": "a", "urge": 3, "acted": "yes"}]

    found = diary_card.acts([entry(0, {"behaviors": rows}), entry(1, {"behaviors": acted})])

    assert found.weeks == (Stacked(MONDAY, (1, 1)),)


def test_days_with_a_skill_come_with_the_days_that_have_a_card() -> None:
    plain = {"behaviors": [{"behavior": "a"}]}

    found = diary_card.skills_days(
        [entry(0, plain), entry(1, {**plain, "skills_people": [{"skill": "ask"}]})]
    )

    assert found.bars == (Bar(MONDAY, 1, "2 of 7 days with a card"),)


def test_weeks_begin_on_monday_and_empty_ones_are_left_out() -> None:
    assert [monday(MONDAY + timedelta(after)) for after in (-1, 0, 6)] == [
        MONDAY - timedelta(7),
        MONDAY,
        MONDAY,
    ]
    assert stacked([(MONDAY, (0, 0)), (MONDAY + timedelta(7), (1, 0))]) == (
        Stacked(MONDAY + timedelta(7), (1, 0)),
    )


@pytest.mark.parametrize("name", ["urges.hour", "urge.hours", "trend.weeks"])
def test_an_unknown_function_is_not_found(name: str) -> None:
    with pytest.raises(LookupError):
        overview(name)
