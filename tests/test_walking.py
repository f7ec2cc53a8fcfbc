"""Where somebody stands on a pathway is worked out from facts alone."""

from datetime import date, timedelta

import pytest

from iopkit.clinic.walking import Facts, stand
from iopkit.worksheets.pathway import Pathway, Way

START = date(2026, 3, 1)


def way(name: str, **more: object) -> Way:
    return Way(id=name, worksheet="phq-9", note="Why.", **more)


def pathway(*steps: Way) -> Pathway:
    return Pathway(
        id="p", version="1.0", status="draft", title="P", domain="individual", about="A.", steps=steps
    )


def states(path: Pathway, **facts: object) -> list[str]:
    return [one.state for one in stand(path, Facts(**{"today": START, "starts": START, **facts}))]


CHAIN = pathway(way("one"), way("two", after="one", delay=3), way("three", after="two", entries=2))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ["ready", "waits", "waits"]),
        ({"opened": frozenset({"one"})}, ["open", "waits", "waits"]),
        ({"opened": frozenset({"one"}), "sent": {"one": [START]}}, ["done", "waits", "waits"]),
        (
            {"opened": frozenset({"one"}), "sent": {"one": [START]}, "today": START + timedelta(3)},
            ["done", "ready", "waits"],
        ),
        (
            {"opened": frozenset({"one", "two"}), "sent": {"one": [START], "two": [START]}},
            ["done", "done", "waits"],
        ),
        (
            {"opened": frozenset({"one", "two"}), "sent": {"one": [START], "two": [START, START]}},
            ["done", "done", "ready"],
        ),
        ({"decided": {"one": ("skip", START)}, "today": START + timedelta(3)}, ["skipped", "ready", "waits"]),
    ],
)
def test_each_step_opens_after_the_one_before(facts: dict[str, object], expected: list[str]) -> None:
    assert states(CHAIN, **facts) == expected


def test_a_delay_without_a_step_before_counts_from_the_start() -> None:
    path = pathway(way("now"), way("later", delay=7))

    found = stand(path, Facts(today=START, starts=START))

    assert (found[1].state, found[1].since, found[1].waits_for) == ("waits", START + timedelta(7), "day")
    assert states(path, today=START + timedelta(7))[1] == "ready"


@pytest.mark.parametrize(
    ("score", "state"), [(None, "waits"), (9.0, "waits"), (10.0, "ready"), (27.0, "ready")]
)
def test_a_score_that_is_not_there_opens_nothing(score: float | None, state: str) -> None:
    path = pathway(way("one"), way("two", when="{phq-9.total} >= 10"))
    known = {} if score is None else {"phq-9__total": score}

    assert states(path, scores=known)[1] == state


def test_a_question_is_asked_only_once_everything_else_is_so() -> None:
    path = pathway(way("one"), way("two", after="one", when="{phq-9.total} >= 20", ask="Safe?"))
    done = {"opened": frozenset({"one"}), "sent": {"one": [START]}}

    assert states(path, **done)[1] == "waits"
    assert states(path, **done, scores={"phq-9__total": 20.0})[1] == "asks"
    assert states(path, **done, scores={"phq-9__total": 20.0}, decided={"two": ("yes", START)})[1] == "ready"


def test_a_rhythm_becomes_a_rule() -> None:
    rules = [
        way("a").rrule,
        way("b", often="daily", times=5).rrule,
        way("c", often="weekdays").rrule,
        way("d", often="weekly", days=("TU", "TH")).rrule,
        way("e", often="before").rrule,
    ]

    assert rules == [
        "",
        "FREQ=DAILY;COUNT=5",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;BYDAY=TU,TH",
        "BEFORE-APPOINTMENT",
    ]


def test_days_belong_to_a_weekly_step_and_to_no_other() -> None:
    for wrong in ({"often": "weekly"}, {"often": "daily", "days": ("MO",)}):
        with pytest.raises(ValueError, match="'days' with 'often: weekly'"):
            way("a", **wrong)
