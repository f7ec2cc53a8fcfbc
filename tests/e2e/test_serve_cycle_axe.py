"""Every screen of the cycle of homework, on a phone and wide, light and dark: nothing that axe objects to."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from server_process import Running
from serving import AXE, PATIENCE, add, served, sign_in

from iopkit.clinic import Desk
from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span

NIGHT = {
    "into_bed": "22:45",
    "tried_to_sleep": "23:15",
    "sleep_latency": 25,
    "final_awakening": "06:30",
    "out_of_bed": "07:00",
}
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""What a dark picture can have that the same light one has not."""


def send(desk: Desk, worksheet: str, answers: dict[str, object], day: date) -> None:
    entry = desk.draft(worksheet, day=day)
    desk.save(entry.id, message_id="m", answers=answers, changed=list(answers), base=0, submit=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server: Ann has homework, a pathway, appointments, an alert, and sixteen nights behind her."""
    with served(tmp_path_factory.mktemp("screens")) as server:
        store, today = server.store, datetime.now(UTC).date()
        for kind, user, *domains in (
            ("client", "ann"),
            ("clinician", "gil", "individual"),
            ("coordinator", "cor"),
        ):
            add(server, kind, user, *domains)
        ann, gil = store.person("ann").id, store.person("gil").id
        store.treat(ann, gil, "individual", today - timedelta(20))
        desk = store.desk_for("gil")
        daily = {"note": "It is short.", "rrule": "FREQ=DAILY", "due": time(23, 59)}
        for worksheet in ("sleep-diary", "thought-record"):
            desk.assign(ann, worksheet, "individual", **daily, starts=today - timedelta(3))
        desk.start_pathway(ann, "anxiety", starts=today)
        for hour in (9, 11, 13):
            start = datetime.combine(today + timedelta(1), time(hour), UTC)
            span = Span(start, start + timedelta(minutes=50))
            desk.book(Booking("individual", (ann,), gil, "individual", "UTC", span, "FREQ=WEEKLY"))
        own = store.desk_for("ann")
        for number in range(16):
            day = today - timedelta(number + 4)
            night = NIGHT | {"awakenings": 1, "awake_minutes": 10 + number * 5 % 16}
            send(own, "sleep-diary", {"day": day.isoformat(), **night}, day)
        send(own, "phq-9", {f"phq9_{number}": 1 for number in range(1, 10)}, today)
        yield server


@pytest.fixture
def screens(server: Running, browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open somebody's page; one page serves all widths and colours, which costs no second sign-in."""
    pages: list[Page] = []

    def open_for(user: str) -> Page:
        page = browser.new_context(
            viewport={"width": 1280, "height": 844}, reduced_motion="reduce"
        ).new_page()
        pages.append(page)
        page.set_default_timeout(PATIENCE)
        sign_in(page, server.address, user)
        return page

    yield open_for
    for page in pages:
        page.context.close()


def faults(page: Page) -> list[str]:
    """Return what axe finds at both widths, and of colours in the dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            rules = {"runOnly": OF_COLOUR} if scheme == "dark" else {"resultTypes": ["violations"]}
            for each in page.evaluate("async (rules) => (await axe.run(document, rules)).violations", rules):
                found += [f"{width} {scheme} {each['id']}: {node['html'][:160]}" for node in each["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: wider than the window")
    page.emulate_media(color_scheme="light")
    return found


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible(timeout=PATIENCE)


def kept(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: faults for name, faults in found.items() if faults}


def test_the_screens_of_a_client_have_no_fault(screens):
    page, found = screens("ann"), {}
    expect(page.get_by_role("heading", name="Today")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("region", name="A start with worry and fear")).to_be_visible(timeout=PATIENCE)
    found["home"] = faults(page)
    page.get_by_role("button", name=re.compile("^I can't do this now: Thought record")).click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=PATIENCE)
    found["not now"] = faults(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Calendar", exact=True).click()
    expect(page.locator("ol.week")).to_be_visible(timeout=PATIENCE)
    found["calendar"] = faults(page)
    page.locator("details.who summary").click()
    page.get_by_role("link", name="Your calendar and reminders").click()
    heading(page, "Your calendar and reminders")
    found["your calendar"] = faults(page)

    assert kept(found) == {}


def test_the_screens_of_a_clinician_have_no_fault(screens):
    page, found = screens("gil"), {}
    heading(page, "Caseload")
    found["caseload"] = faults(page)
    page.get_by_role("link", name="Ann Invented").first.click()
    heading(page, "Ann Invented")
    expect(page.locator(".review-row").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("region", name="Pathways")).to_be_visible(timeout=PATIENCE)
    found["client: agenda, review, pathway"] = faults(page)
    page.get_by_role("button", name=re.compile("^Change: Sleep diary")).click()
    expect(page.get_by_role("dialog", name="Change “Sleep diary”")).to_be_visible(timeout=PATIENCE)
    found["change homework"] = faults(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Assign: ")).first.click()
    expect(page.locator("dialog #to, dialog [type=submit], dialog .load").first).to_be_visible(
        timeout=PATIENCE
    )
    found["assign"] = faults(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Two figures, day by day").click()
    heading(page, "Patterns: Ann Invented")
    page.locator("#first").select_option(label="Sleep diary: Sleep efficiency (of time in bed), 16 days")
    page.locator("#second").select_option(label="Sleep diary: Total sleep time, 16 days")
    page.get_by_role("button", name="Show them together").click()
    expect(page.locator(".patterns svg")).to_have_count(2, timeout=PATIENCE)
    found["patterns"] = faults(page)
    page.get_by_role("link", name="Back to Ann Invented").click()
    page.get_by_role("link", name="Make this screen safe to share").click()
    expect(page.get_by_text("This screen is safe to share")).to_be_visible(timeout=PATIENCE)
    found["safe to share"] = faults(page)

    assert kept(found) == {}


@pytest.mark.parametrize("user", ["gil", "cor"])
def test_the_calendar_of_those_who_book_has_no_fault(screens, user):
    page, found = screens(user), {}
    page.get_by_role("link", name="Calendar", exact=True).click()
    expect(page.locator("ol.week")).to_be_visible(timeout=PATIENCE)
    found["calendar"] = faults(page)
    page.get_by_text("New appointment", exact=True).click()
    expect(page.get_by_label("First day", exact=True)).to_be_visible(timeout=PATIENCE)
    found["booking"] = faults(page)
    page.get_by_role("link", name="Later").click()
    expect(page.get_by_role("link", name="This week", exact=True)).to_be_visible(timeout=PATIENCE)
    found["another week"] = faults(page)
    if user == "cor":
        expect(page.get_by_role("heading", name="Hours of this week, client by client")).to_be_visible()

    assert kept(found) == {}
