"""What the page cuts out of a calendar file before it sends it: everything but when."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from surveyjs import ask

from iopkit.exchange.calendar_in import busy_times

FILES = Path(__file__).parent / "data" / "calendars"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONE = "America/New_York"
OLD = (
    "BEGIN:VEVENT\r\nDTSTART:20190303T150000Z\r\nDTEND:20190303T160000Z\r\n{more}SUMMARY:SECRET\r\n"
    "END:VEVENT\r\n"
)


def lean(text):
    return ask("lean.mjs", {"text": text, "year": 2026})


@pytest.mark.parametrize("name", ["google", "outlook", "apple", "cozi"])
def test_nothing_but_times_is_left_and_they_are_the_same(name):
    data = (FILES / f"{name}.ics").read_bytes()

    left = lean(data.decode())

    assert busy_times(left.encode(), zone=ZONE, now=NOW) == busy_times(data, zone=ZONE, now=NOW)
    for word in (
        "SECRET",
        "SUMMARY",
        "LOCATION",
        "DESCRIPTION",
        "VALARM",
        "Invented",
        "ann.invented",
        "Google",
    ):
        assert word not in left


def test_what_is_over_is_not_sent_but_what_repeats_is():
    head, tail = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "END:VCALENDAR\r\n"
    once, weekly = OLD.format(more=""), OLD.format(more="RRULE:FREQ=WEEKLY\r\n")

    left = lean(head + once + weekly + tail)

    assert left.count("BEGIN:VEVENT") == left.count("END:VEVENT") == 1
    assert "FREQ=WEEKLY" in left


@pytest.mark.parametrize("text", ["", "hello\nworld", "BEGIN:VEVENT\r\nUID:1", "END:VALARM\r\nEND:VEVENT"])
def test_what_is_no_calendar_is_cut_without_a_fault(text):
    assert isinstance(lean(text), str)
