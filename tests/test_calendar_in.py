"""Calendar files of other programs: what is busy is taken, no word of them is, bad ones do no harm."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopkit.errors import AnswerError
from iopkit.exchange.calendar_in import busy_times

FILES = Path(__file__).parent / "data" / "calendars"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONE = "America/New_York"
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\n"


def taken(text, zone=ZONE):
    return busy_times(text.encode(), zone=zone, now=NOW)


def event(*lines, start="DTSTART:20260303T150000Z", end="DTEND:20260303T160000Z"):
    inner = "\r\n".join(("BEGIN:VEVENT", "UID:1", start, end, *lines, "END:VEVENT"))
    return f"{HEAD}{inner}\r\nEND:VCALENDAR\r\n"


def words(found):
    return [f"{one.start:%m-%d %H:%M}-{one.end:%H:%M}" for one in found.spans]


def test_a_zone_with_a_name_that_no_file_can_have_is_a_file_that_cannot_be_read():
    long = f"DTSTART;TZID=Ea{'(' * 400}stern:20260303T150000"

    with pytest.raises(AnswerError, match="not a calendar file that can be read"):
        taken(event(start=long))


@pytest.mark.parametrize(
    ("name", "expected", "left_out"),
    [
        (  # the clocks change on 8 March: nine in the morning is 14:00 and then 13:00 in UTC
            "google",
            [
                "03-02 14:00-17:00",
                "03-05 22:30-23:30",
                "03-09 13:00-16:00",
                "03-11 13:00-16:00",
                "03-16 13:00-16:00",
                "03-18 13:00-16:00",
            ],
            (1, 0, 0),
        ),
        ("outlook", ["03-03 15:00-16:00", "03-10 18:00-19:00", "03-17 14:00-15:00"], (0, 1, 0)),
        ("apple", ["03-07 15:00-16:30", "03-14 14:00-15:30"], (1, 0, 0)),
        ("cozi", ["03-03 20:30-21:30", "03-04 23:00-00:00", "03-10 19:30-20:30"], (1, 0, 0)),
    ],
)
def test_a_file_in_each_producers_style_gives_its_busy_times(name, expected, left_out):
    data = (FILES / f"{name}.ics").read_bytes()

    found = busy_times(data, zone=ZONE, now=NOW)

    assert words(found) == expected
    assert (found.all_day, found.free, found.unknown) == left_out
    assert b"SECRET" in data
    assert "SECRET" not in repr(found)


def test_times_without_a_zone_are_read_where_the_client_is():
    floating = event(start="DTSTART:20260303T090000", end="DTEND:20260303T100000")

    assert words(taken(floating, "America/Los_Angeles")) == ["03-03 17:00-18:00"]


def test_an_occurrence_that_was_cancelled_is_not_busy():
    again = "BEGIN:VEVENT\r\nUID:1\r\nRECURRENCE-ID:20260304T150000Z\r\nDTSTART:20260304T150000Z\r\n"
    again += "DTEND:20260304T160000Z\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
    text = event("RRULE:FREQ=DAILY;COUNT=3").replace("END:VCALENDAR", again + "END:VCALENDAR")

    assert words(taken(text)) == ["03-03 15:00-16:00", "03-05 15:00-16:00"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=1",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=DAILY;BYHOUR=1,2,3",
    ],
)
def test_a_rule_that_explodes_or_never_happens_is_left_out(rule):
    found = taken(event(f"RRULE:{rule}"))

    assert (found.spans, found.unknown) == ([], 1)


def test_a_rule_without_an_end_stops_after_half_a_year():
    found = taken(event("RRULE:FREQ=DAILY"))

    assert len(found.spans) == 180
    assert found.spans[-1].start < datetime(2026, 8, 31, tzinfo=UTC)


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read():
    with pytest.raises(AnswerError, match="too large"):
        busy_times(HEAD.encode() + b"X" * 10_000_000, zone=ZONE, now=NOW)


def test_too_many_events_are_refused():
    one = "BEGIN:VEVENT\r\nDTSTART:20260303T150000Z\r\nDTEND:20260303T160000Z\r\nEND:VEVENT\r\n"

    with pytest.raises(AnswerError, match="too large"):
        taken(HEAD + one * 5001 + "END:VCALENDAR")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "<html></html>",
        HEAD,
        HEAD + "END:VEVENT\r\n",
        HEAD + "BEGIN:VEVENT\r\n" * 5000,
        HEAD + "BEGIN:VEVENT\r\n" * 500 + "END:VEVENT\r\n" * 500 + "END:VCALENDAR\r\n",
        "BEGIN:VEVENT\r\nDTSTART:20260303T150000Z\r\nEND:VEVENT\r\n",
    ],
)
def test_what_is_no_calendar_is_refused_in_words(text):
    with pytest.raises(AnswerError, match="not a calendar file"):
        taken(text)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(AnswerError, match="not a calendar file"):
        busy_times(b"\xff\xfe\x00B", zone=ZONE, now=NOW)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("DTSTART:nonsense",), 0),
        (("DTEND:20260302T150000Z",), 0),
        (("RRULE:nonsense",), 0),
        (("RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY"), 0),
    ],
)
def test_an_event_that_is_wrong_is_left_out_or_refused_and_never_a_fault(lines, kept):
    names = {line.split(":")[0] for line in lines}
    start = "X-A:1" if "DTSTART" in names else "DTSTART:20260303T150000Z"
    end = "X-B:1" if "DTEND" in names else "DTEND:20260303T160000Z"
    try:
        found = taken(event(*lines, start=start, end=end))
    except AnswerError:
        return

    assert len(found.spans) == kept


PIECES = ["BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "END:VTIMEZONE"]
PIECES += ["DTSTART:20260303T150000Z", "DTSTART;TZID=Nowhere/Land:20260303T150000", "DTEND:20260303T160000Z"]
PIECES += [
    "DTSTART;VALUE=DATE:20260303",
    "DURATION:P1D",
    "DURATION:-PT5H",
    "RRULE:FREQ=DAILY",
    "RRULE:COUNT=0",
]
PIECES += [
    "EXDATE:20260304T150000Z,x",
    "RECURRENCE-ID:1",
    "UID:1",
    "TZID:Nowhere/Land",
    "TZOFFSETTO:+9999",
    ":",
]
PIECES += ["RDATE;VALUE=PERIOD:20260303T150000Z/PT1H", "DTSTART:00000000T000000Z", "DTEND:99991231T235959Z"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_mixture_of_lines_is_a_fault(lines):
    text = HEAD + "BEGIN:VEVENT\r\n" + "\r\n".join(lines) + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    try:
        found = taken(text)
    except AnswerError:
        return

    assert all(one.start < one.end for one in found.spans)
