"""The invented answers would be accepted from a person, whatever the dice say."""

from datetime import date, timedelta
from random import Random

import pytest

from iopkit.clinic import demo_answers as answers
from iopkit.clinic import demo_words as words
from iopkit.worksheets import load_worksheet, score, validate
from iopkit.worksheets.place import content_folder

DICE = range(60)
DAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def worksheet():
    files = {path.stem: path for path in content_folder("worksheets").rglob("*.yaml")}
    made = {}

    def find(name):
        return made.setdefault(name, load_worksheet(files[name]))

    return find


def rolls(make):
    """Give many sets of answers, from the mildest to the gravest."""
    return [make(Random(number), number % 25) for number in DICE]


def accepted(worksheet, given):
    """Return the refusals of all sets; scoring raises for what is refused."""
    refused = []
    for one in given:
        refused += validate(worksheet, one, final=True, day=DAY, zone="America/New_York").refused.items()
        score(worksheet, one, day=DAY, zone="America/New_York")
    return refused


def night(chance, severity):
    return answers.night(chance, answers.course(chance, 0), severity, DAY)


MAKERS = {
    "phq-9": lambda chance, severity: answers.phq_9(chance, severity),
    "sleep-diary": night,
    "thought-record": lambda chance, severity: answers.thought_record(chance, severity, DAY),
    "nutrition-log": lambda chance, severity: answers.meals(chance, severity, DAY),
    "speaker-listener": lambda chance, severity: answers.talk(chance, severity / 25, DAY, words.TOPICS[0]),
}


@pytest.mark.parametrize("name", MAKERS)
def test_a_person_could_have_given_these_answers(worksheet, name):
    assert accepted(worksheet(name), rolls(MAKERS[name])) == []


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_dice_give_the_same_answers(name):
    assert rolls(MAKERS[name]) == rolls(MAKERS[name])


def test_a_night_holds_on_the_days_when_the_clocks_change(worksheet):
    for day in (date(2026, 3, 8), date(2026, 11, 1)):
        for number in DICE:
            chance = Random(number)
            given = answers.night(chance, answers.course(chance, number), 10, day)
            assert (
                validate(
                    worksheet("sleep-diary"), given, final=True, day=day, zone="America/New_York"
                ).refused
                == {}
            )


def test_phq_9_comes_near_the_total_it_should(worksheet):
    for wanted in (4, 12, 20):
        totals = [
            score(worksheet("phq-9"), answers.phq_9(Random(number), wanted), day=DAY, zone="UTC").scores[
                "total"
            ]
            for number in DICE
        ]
        assert abs(sum(totals) / len(totals) - wanted) < 0.6


def test_item_9_is_zero_unless_asked_for_and_an_open_item_is_absent(worksheet):
    assert {answers.phq_9(Random(number), 20)["phq9_9"] for number in DICE} == {0}
    assert answers.phq_9(Random(1), 20, item_9=1)["phq9_9"] == 1
    assert "phq9_5" not in answers.phq_9(Random(1), 20, partly=True)


def test_most_courses_improve_and_some_do_not():
    courses = [answers.course(Random(number), number) for number in range(36)]
    changes = [one.last - one.first for one in courses]

    assert sum(change <= -5 for change in changes) > 20
    assert sum(abs(change) <= 1 for change in changes) >= 3
    assert sum(change >= 4 for change in changes) >= 2
    assert all(0.6 < one.diligence < 0.96 for one in courses)


def test_a_course_goes_from_its_first_to_its_last_figure():
    course = answers.Course(first=18, last=6, diligence=0.8, bedtime=30)

    assert [course.severity(share) for share in (-1, 0, 0.5, 1, 2)] == [18, 18, 12, 6, 6]


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "00:00"), (1439, "23:59"), (1440, "00:00"), (1510, "01:10")]
)
def test_minutes_after_midnight_are_a_clock_time(minutes, shown):
    assert answers.clock(minutes) == shown


def test_ratings_and_sliders_stay_within_their_ends():
    assert {answers.rating(Random(number), 99, 0, 10) for number in DICE} == {10}
    assert {answers.rating(Random(number), -99, 1, 5) for number in DICE} == {1}
    assert [answers.step_of(value) for value in (-3, 2, 3, 47.6, 130)] == [0, 0, 5, 50, 100]


def test_a_moment_after_another_may_fall_on_the_next_day():
    from datetime import time

    assert answers.after(DAY, time(23, 30), 45).date() == DAY + timedelta(days=1)
