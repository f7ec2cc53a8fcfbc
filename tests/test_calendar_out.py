"""What leaves the house: a file that says "Appointment", read alike by two libraries, and a letter."""

import io
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar
from pypdf import PdfReader
from surveyjs import ask
from tagged import faults

from iopkit.clinic.record_calendar import Booking, Meeting
from iopkit.exchange.calendar_out import as_calendar, calendar_file, uid
from iopkit.exchange.letter import attended, letter
from iopkit.measures.appointments import Span, happens, instant

ZONE = "America/New_York"
MADE = datetime(2026, 2, 1, 12, tzinfo=UTC)


def weekly(day, hour):
    """Return a whole 2026 of an appointment at one wall time."""
    start = instant(datetime.combine(day, time(hour)), ZONE)
    first = Span(start, start + timedelta(hours=1))
    until = datetime(2027, 1, 1, tzinfo=UTC)
    return [
        Meeting("a1", span, ZONE, "group", "substance-use", "c", "Dr. Marked", "", MADE, {"p": "Marked"}, {})
        for span in happens(first, "FREQ=WEEKLY", ZONE, since=start, until=until)
    ]


def iso(at):
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def test_two_libraries_read_the_same_instants_across_both_changes_of_the_clocks():
    meetings = weekly(date(2026, 1, 4), 1) + weekly(date(2026, 1, 5), 18)
    data = as_calendar(meetings)

    ours = [
        [str(one["UID"]), iso(one.start), iso(one.end), str(one["SUMMARY"]), -1800]
        for one in Calendar.from_ical(data).walk("VEVENT")
    ]
    theirs = ask("calendar.mjs", data.decode())

    expected = [[uid(one), iso(one.span.start), iso(one.span.end), "Appointment", -1800] for one in meetings]
    assert ours == theirs == expected
    starts = {start for _, start, *_ in theirs}
    # Sundays at one and Mondays at six in New York, around 8 March and 1 November 2026
    assert {"2026-03-08T06:00:00.000Z", "2026-03-15T05:00:00.000Z"} <= starts
    assert {"2026-03-02T23:00:00.000Z", "2026-03-09T22:00:00.000Z"} <= starts
    assert {"2026-11-01T05:00:00.000Z", "2026-11-08T06:00:00.000Z"} <= starts
    assert {"2026-10-26T22:00:00.000Z", "2026-11-02T23:00:00.000Z"} <= starts


def test_the_file_says_appointment_and_nothing_clinical():
    text = as_calendar(weekly(date(2026, 12, 7), 18)).decode()

    for word in ("Marked", "group", "substance", "clinic", "therap", "iop", "program", "DESCRIPTION:M"):
        assert word.lower() not in text.lower().replace("description:appointment", "")
    assert text.count("BEGIN:VALARM") == text.count("BEGIN:VEVENT") == 4
    assert "TRIGGER:-PT30M" in text


def test_the_same_appointments_make_the_same_file_and_in_the_clients_language():
    meetings = weekly(date(2026, 12, 7), 18)

    assert as_calendar(meetings) == as_calendar(meetings)
    assert "SUMMARY:Cita\r\n" in as_calendar(meetings, "es").decode()


def test_what_was_called_off_is_left_out_and_the_rest_keep_their_names(clinic, clock):
    ina = clinic.desk(clinic.ina)
    start = instant(datetime(2026, 3, 16, 9), ZONE)
    first = Span(start, start + timedelta(hours=1))
    given = {"domain": "individual", "zone": ZONE, "first": first, "rrule": "FREQ=WEEKLY;COUNT=3"}
    made = ina.book(Booking("individual", (clinic.ava.id,), clinic.ina.id, **given))
    ava = clinic.desk(clinic.ava)
    before = [str(one["UID"]) for one in events(calendar_file(ava, clock()))]

    ina.call_off(made, start + timedelta(weeks=1))

    after = [str(one["UID"]) for one in events(calendar_file(ava, clock()))]
    assert after == [before[0], before[2]]
    assert events(calendar_file(clinic.desk(clinic.ben), clock())) == []


def events(data):
    return Calendar.from_ical(data).walk("VEVENT")


def test_the_letter_names_the_days_and_nothing_else(tmp_path):
    kept = [Meeting(**vars(one) | {"states": {"p": "attended"}}) for one in weekly(date(2026, 12, 7), 18)[:2]]
    missed = [Meeting(**vars(one) | {"states": {"p": "missed"}}) for one in weekly(date(2026, 12, 21), 18)]
    spans = attended([*kept, *missed], "p")
    file = tmp_path / "letter.pdf"
    file.write_bytes(
        letter(
            "Ava Example", spans, since=date(2026, 12, 1), until=date(2026, 12, 31), zone=ZONE, language="en"
        )
    )

    reader = PdfReader(file)
    text = " ".join(reader.pages[0].extract_text().split())

    assert "Ava Example was present on the following dates from 1 December 2026 to 31 December 2026." in text
    assert "7 December 2026 6:00 pm – 7:00 pm 1 h" in text
    assert "14 December 2026" in text
    assert "21 December 2026" not in text
    assert "In all: 2 h." in text
    for word in ("marked", "group", "substance", "intensive", "outpatient", "diagnos", "score", "therap"):
        assert word not in text.lower()
    assert faults(file) == []


def test_a_letter_without_attendance_says_so():
    made = letter("Ava", [], since=date(2026, 3, 1), until=date(2026, 3, 2), zone=ZONE, language="es")

    text = PdfReader(io.BytesIO(made)).pages[0].extract_text()

    assert "Ava" in text
    assert "2 de marzo de 2026" in text
