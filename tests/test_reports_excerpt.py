"""One entry in a line and two figures, and all of it to read."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from shipped import NIGHT, THOUGHT, load

from iopkit.clinic.record import Entry
from iopkit.reports.block import Facts, Rows
from iopkit.reports.excerpt import figures, summary
from iopkit.reports.reading import reading
from iopkit.worksheets import score

DAY = date(2026, 3, 13)
NOW = datetime(2026, 3, 14, tzinfo=UTC)


def entry(worksheet_id: str, answers: dict[str, Any]) -> Entry:
    worksheet = load()[worksheet_id]
    scored = score(worksheet, answers, day=DAY, zone="UTC")
    return Entry(
        id="e1",
        client_id="c1",
        worksheet_id=worksheet_id,
        version=worksheet.version,
        domain=worksheet.domain,
        assignment_id=None,
        status="submitted",
        about=DAY,
        zone="UTC",
        started_at=NOW,
        saved_at=NOW,
        submitted_at=NOW,
        revision=1,
        base=1,
        answers=answers,
        scores=scored.scores,
        bands=scored.bands,
        flags=tuple(scored.flags),
    )


def test_the_summary_is_the_first_thing_somebody_wrote() -> None:
    assert summary(entry("thought-record", THOUGHT), load()["thought-record"]) == THOUGHT["situation"]


def test_a_long_text_is_cut_at_a_word_and_line_breaks_are_joined() -> None:
    text = "We had a talk\nabout money " + "and then about more money " * 10

    line = summary(entry("thought-record", {"situation": text}), load()["thought-record"])

    assert line.startswith("We had a talk about money and")
    assert len(line) <= 120
    assert line.endswith("…")


def test_an_entry_without_words_has_no_summary() -> None:
    assert summary(entry("sleep-diary", NIGHT), load()["sleep-diary"]) == ""


def test_what_moved_is_shown_from_before_to_after() -> None:
    answers = {**THOUGHT, "hot_belief_after": 50}

    assert figures(entry("thought-record", answers), load()["thought-record"]) == [
        "Distress 80 → 45",
        "Belief in the hot thought 90 → 50",
    ]


def test_a_feeling_rated_only_once_moved_nothing() -> None:
    answers = {**THOUGHT, "feelings": [{"feeling": "hurt", "before": 80}]}

    assert figures(entry("thought-record", answers), load()["thought-record"]) == []


def test_a_rated_zero_is_a_figure_like_any_other() -> None:
    answers = {**THOUGHT, "feelings": [{"feeling": "hurt", "before": 80, "after": 0}]}

    assert figures(entry("thought-record", answers), load()["thought-record"]) == ["Distress 80 → 0"]


def test_a_night_shows_sleep_and_names_its_efficiency() -> None:
    assert figures(entry("sleep-diary", NIGHT), load()["sleep-diary"]) == [
        "Total sleep time 6 h 10 min",
        "Sleep efficiency (of time in bed) 74.7%",
    ]


def test_an_entry_reads_in_the_order_of_its_worksheet() -> None:
    blocks = reading(entry("thought-record", THOUGHT), load()["thought-record"])

    assert [block.kind for block in blocks] == ["facts", "table", "table", "facts"]
    assert isinstance(blocks[0], Facts)
    assert blocks[0].pairs == [("What happened?", THOUGHT["situation"])]
    assert isinstance(blocks[1], Rows)
    assert blocks[1].caption == "Feelings"
    assert blocks[1].table.rows == [["hurt", "80 of 100", "45 of 100"]]


def test_choices_read_as_their_texts_and_other_with_its_words() -> None:
    answers = {**THOUGHT, "styles": ["mind_reading", "other"], "styles-Comment": "rushing"}

    pairs = [
        pair
        for block in reading(entry("thought-record", answers), load()["thought-record"])
        if isinstance(block, Facts)
        for pair in block.pairs
    ]

    assert (
        "Do you see a habit of thought in it?",
        "Mind reading. I know what they think of me; Something else: rushing",
    ) in pairs


def test_times_dates_and_yes_read_as_words() -> None:
    answers = {**NIGHT, "day": "2026-03-13", "medication": True, "medications": []}

    (facts,) = reading(entry("sleep-diary", answers), load()["sleep-diary"])

    assert isinstance(facts, Facts)
    shown = dict(facts.pairs)
    assert shown["Which morning did you wake up?"] == "Fri 13 March"
    assert shown["When did you get into bed?"] == "10:45 pm"
    assert shown["Did you take anything to help you sleep?"] == "Yes"
    assert shown["How many minutes did it take to fall asleep?"] == "25"


@pytest.mark.parametrize("answer", ["not a date", "2026-13-40"])
def test_a_date_that_is_none_is_shown_as_it_is(answer: str) -> None:
    one = replace(entry("sleep-diary", NIGHT), answers={"day": answer})

    (facts,) = reading(one, load()["sleep-diary"])

    assert isinstance(facts, Facts)
    assert facts.pairs == [("Which morning did you wake up?", answer)]
