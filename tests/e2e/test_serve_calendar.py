"""The calendar through the real server: booked, seen, noted; a file in, files out; settings."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from server_process import Running, running
from serving import PATIENCE, ROOT, add, axe, press, sign_in, tab_to, write

from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span
from iopkit.worksheets.place import content_folder

SECRET = "SECRET-CANARY"


def monday() -> date:
    today = datetime.now(UTC).date()
    return today - timedelta(today.weekday())


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server: Ann and Ben are clients of Dee; Ann was with Dee last week and is again next week."""
    built = ROOT / "iopkit" / "widgets" / "static"
    folder: Path = tmp_path_factory.mktemp("calendar")
    with running(folder, notebooks=content_folder("notebooks"), assets=built) as server:
        store = server.store
        for kind, user, *domains in [
            ("client", "ann"),
            ("client", "ben"),
            ("clinician", "dee", "individual"),
            ("coordinator", "cor"),
        ]:
            add(server, kind, user, *domains)
        ids = {one.user: one.id for one in store.people()}
        for client in ("ann", "ben"):
            store.treat(ids[client], ids["dee"], "individual", monday() - timedelta(14))
        first = Span(at(monday() - timedelta(7), 9), at(monday() - timedelta(7), 12))
        store.desk_for("dee").book(
            Booking("individual", (ids["ann"],), ids["dee"], "individual", "UTC", first, "FREQ=WEEKLY")
        )
        yield server


@pytest.fixture
def opened(browser: Browser, server: Running):
    """Open pages of people, each with a browser of their own; what a page sends is kept beside it."""
    contexts = []

    def open_page(user: str, *, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page, sent = context.new_page(), []
        page.set_default_timeout(PATIENCE)
        page.on(
            "websocket",
            lambda socket: socket.on(
                "framesent",
                lambda data: sent.append(data if isinstance(data, str) else data.decode("latin-1")),
            ),
        )
        sign_in(page, server.address, user)
        return page, sent

    yield open_page
    for context in contexts:
        context.close()


def calendar(page: Page) -> None:
    press(page, "^Calendar$")
    expect(page.get_by_role("heading", name=re.compile("^Calendar"), level=1)).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).select_option(label=option)


def next_week(page: Page, way: str = "Later") -> None:
    heading = page.locator(".weeks h2")
    before = heading.inner_text()
    press(page, f"^{way}$")
    expect(heading).not_to_have_text(before)


def test_a_coordinator_books_what_collides_only_when_they_say_so(server, opened):
    page, _ = opened("cor")
    calendar(page)
    assert axe(page) == []
    page.get_by_text("New appointment", exact=True).click()
    choose(page, "With", "Dee Made-Up (individual therapist)")
    choose(page, "Client", "Ben Invented")
    page.get_by_label("First day", exact=True).fill((monday() + timedelta(7)).isoformat())
    page.get_by_label("Begins", exact=True).fill("11:30")
    assert axe(page) == []
    press(page, "^Book it$")
    told = page.locator("main [role=alert]")
    expect(told).to_contain_text("Nothing is booked yet. This is in the way:")
    expect(told).to_contain_text("Dee Made-Up, another appointment")
    assert axe(page) == []

    press(page, "^Book it all the same$")
    expect(page.get_by_role("status").filter(has_text="The appointment is booked.")).to_be_visible()
    next_week(page)

    expect(page.locator(".slot", has_text="Ben Invented")).to_contain_text("11:30 am – 12:20 pm")
    assert [
        one.span.start.hour
        for one in server.store.desk_for("ben").meetings(at(monday(), 0), at(monday() + timedelta(14), 0))
    ] == [11]


def test_a_clinician_notes_who_came_and_the_client_reads_it_on_a_phone(server, opened):
    dee, _ = opened("dee")
    calendar(dee)
    next_week(dee, "Earlier")
    box = dee.get_by_label(re.compile("^Ann Invented"))
    expect(box).to_be_visible()
    box.select_option(label="Was there")
    expect(box).to_have_value("attended")
    expect(box).to_be_enabled()
    assert axe(dee) == []

    ann, _ = opened("ann", width=390, scheme="dark")
    expect(ann.locator(".next")).to_contain_text("Next appointment:")
    calendar(ann)
    next_week(ann, "Earlier")
    expect(ann.locator(".slot", has_text="with Dee Made-Up")).to_contain_text("You were there.")
    assert axe(ann) == []
    assert ann.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with ann.expect_download() as letter:
        ann.get_by_text("A letter that says when I was there").click()
        press(ann, "^Make the letter$")
    assert Path(letter.value.path()).read_bytes().startswith(b"%PDF")


def test_no_word_of_a_calendar_file_leaves_the_browser(server, opened, tmp_path):
    page, sent = opened("ann", width=390)
    file = tmp_path / "mine.ics"
    start = at(datetime.now(UTC).date() + timedelta(1), 8)
    file.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//{SECRET}//EN\r\nX-WR-CALNAME:{SECRET}\r\nBEGIN:VEVENT\r\n"
        f"UID:1\r\nDTSTART:{start:%Y%m%dT%H%M%SZ}\r\nDTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}\r\n"
        f"SUMMARY:{SECRET}\r\nLOCATION:{SECRET}\r\nDESCRIPTION:a\r\n {SECRET}\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        newline="",
    )
    calendar(page)

    page.get_by_label("Calendar file").set_input_files(file)

    expect(page.get_by_role("status").filter(has_text="1 busy time was taken over.")).to_be_visible()
    (kept,) = server.store.desk_for("ann").busy_times(server.store.person("ann").id)
    assert (kept.kind, kept.first.start) == ("file", start)
    assert any("take-calendar" in frame for frame in sent)
    assert not any(SECRET in frame for frame in sent)

    file.write_bytes(b"X" * 10_000_001)
    page.get_by_label("Calendar file").set_input_files(file)
    expect(page.locator("main [role=alert]")).to_contain_text("This file is too large")
    file.write_text("hello")
    page.get_by_label("Calendar file").set_input_files(file)
    expect(page.locator("main [role=alert]")).to_contain_text("This is not a calendar file that can be read.")
    assert axe(page) == []


def test_a_client_keeps_time_free_with_the_keyboard_and_takes_a_file_along(server, opened):
    page, _ = opened("ann")
    calendar(page)
    press(page, "^Add work, family or other time$")
    tab_to(page, "^Monday$")
    page.keyboard.press("Space")
    press(page, "^Add it$")
    expect(page.locator("main")).to_contain_text("Work: every Monday, 9:00 am – 5:00 pm")
    assert axe(page) == []
    with page.expect_download() as file:
        press(page, "^Save my appointments as a file$")
    events = Calendar.from_ical(Path(file.value.path()).read_bytes()).walk("VEVENT")
    assert {str(one["SUMMARY"]) for one in events} == {"Appointment"}
    press(page, "^Remove: Work")
    expect(page.locator("main")).not_to_contain_text("Work: every Monday")


def test_address_and_reminders_are_behind_the_name(server, opened):
    page, _ = opened("ann", width=390)
    press(page, "Ann Invented")
    press(page, "^Your calendar and reminders$")
    expect(page.get_by_role("heading", name="Your calendar and reminders", level=1)).to_be_visible()
    assert axe(page) == []
    press(page, "^Make an address$")
    expect(page.locator("#address")).to_contain_text("/calendar/")
    assert axe(page) == []
    address = page.locator("#address").inner_text().strip()
    assert server.browser().get(address.removeprefix(server.address)).text.count("SUMMARY:Appointment") > 3

    tab_to(page, "Send me reminders$")
    page.keyboard.press("Space")
    write(page, "^E-mail address$", "ann@example.org")
    press(page, "^Save$")
    expect(page.get_by_role("status").filter(has_text="Reminders are on.")).to_be_visible()
    choice = server.store.desk_for("ann").reminder_choice()
    assert (choice.wanted, choice.email) == (True, "ann@example.org")
    press(page, "^End the address$")
    expect(page.get_by_role("status").filter(has_text="leads nowhere")).to_be_visible()
    assert server.browser().get(address.removeprefix(server.address)).status == 404
