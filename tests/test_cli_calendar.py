"""Calendar files, the letter and reminders, as an operator types them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import people_of
from icalendar import Calendar
from typer.testing import CliRunner, Result

from iopkit.cli import app
from iopkit.clinic import PasswordCost, Settings, open_store
from iopkit.clinic.record_calendar import Booking, ReminderChoice
from iopkit.measures.appointments import Span

FILES = Path(__file__).parent / "data" / "calendars"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Make a small clinic in which Ava was with Ina yesterday and is again tomorrow."""
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(tmp_path / "clinic.db"))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.delenv("IOPKIT_SMTP_URL", raising=False)
    cheap = Settings(password_cost=PasswordCost(passes=1, memory_kib=8, lanes=1))
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with open_store(settings=cheap) as store:
        people_of(store)
        ids = {one.user: one.id for one in store.people()}
        store.treat(ids["ava"], ids["ina"], "individual", now.date() - timedelta(9))
        desk = store.desk_for("ina")
        first = Span(now - timedelta(days=1), now - timedelta(hours=23))
        given = {"domain": "individual", "zone": "UTC", "first": first, "rrule": "FREQ=DAILY;COUNT=3"}
        made = desk.book(Booking("individual", (ids["ava"],), ids["ina"], **given))
        desk.mark_attendance(made, ids["ava"], first.start, "attended")
    return tmp_path


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_calendar_file_is_written(place):
    file = place / "a.ics"

    done = run("export", "ics", "--for", "ava", "--out", file)

    assert (done.exit_code, done.stdout) == (0, f"Wrote {file}\n")
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in events] == ["Appointment"] * 3


def test_a_clinicians_file_names_nobody_either(place):
    file = place / "a.ics"

    run("export", "ics", "--for", "ina", "--out", file)

    assert file.read_text().count("SUMMARY:Appointment") == 3
    assert "Ava" not in file.read_text()


def test_a_letter_is_written(place):
    file, today = place / "a.pdf", datetime.now(UTC).date()

    done = run(
        "export", "letter", "--for", "ava", "--from", today - timedelta(7), "--to", today, "--out", file
    )

    assert (done.exit_code, file.read_bytes()[:5]) == (0, b"%PDF-")


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("yesterday", "2026-03-01", "'yesterday' is not a day: write it as 2026-03-01."),
        ("2026-03-02", "2026-03-01", "Choose a period of at most a year that does not end before it begins."),
        ("2020-01-01", "2026-01-01", "Choose a period of at most a year that does not end before it begins."),
    ],
)
def test_a_period_that_is_none_is_refused(place, since, until, words):
    done = run("export", "letter", "--for", "ava", "--from", since, "--to", until, "--out", place / "a.pdf")

    assert str(done.exception) == words
    assert not (place / "a.pdf").exists()


def test_busy_times_come_in(place):
    text = (FILES / "apple.ics").read_text().replace("202603", f"{datetime.now(UTC) + timedelta(20):%Y%m}")
    file = place / "in.ics"
    file.write_text(text, newline="")

    done = run("import", "ics", file, "--for", "ava")

    assert done.exit_code == 0
    assert done.stdout.startswith("Took over ")
    assert "left out 1 events" in done.stdout
    with open_store() as store:
        kept = store.desk_for("ava").busy_times(store.person("ava").id)
    assert {one.kind for one in kept} <= {"file"}


@pytest.mark.parametrize("user", ["ina", "cora"])
def test_busy_times_are_a_clients_own(place, user):
    done = run("import", "ics", FILES / "apple.ics", "--for", user)

    assert done.exit_code == 1
    assert "Took over" not in done.stdout


def test_a_file_that_is_too_large_or_not_there_is_refused(place):
    large = place / "large.ics"
    large.write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X" * 10_000_000)

    assert "too large" in str(run("import", "ics", large, "--for", "ava").exception)
    missing = run("import", "ics", place / "none.ics", "--for", "ava")
    assert str(missing.exception) == "The file could not be read: No such file or directory."


def test_reminders_need_a_mail_server(place):
    done = run("remind")

    assert str(done.exception).startswith("IOPKIT_SMTP_URL is the mail server's address")


def test_reminders_tell_what_waits_without_saying_whose(place, monkeypatch):
    monkeypatch.setenv("IOPKIT_SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("IOPKIT_MAIL_FROM", "notes@example.org")
    assert run("remind").stdout == "Nothing to send now.\n"
    with open_store() as store:
        at = datetime.now(UTC).time()
        store.desk_for("ava").choose_reminders(ReminderChoice(True, "ava@example.org", at, at))

    done = run("remind")

    assert (done.exit_code, done.stdout) == (
        1,
        "1 waiting: the mail server could not take them now; the next run tries again.\n",
    )
