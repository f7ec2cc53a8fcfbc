"""The cycle of homework in two browsers: given, done, read and reviewed, changed; and put off kindly."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from server_process import Running, running
from serving import PATIENCE, ROOT, add, axe, next_step, open_worksheet, press, saved, tab_to, write

from iopkit.worksheets.place import content_folder

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server: Gil treats Ann, who put nothing off yet; she skipped her sleep diary for two days."""
    folder: Path = tmp_path_factory.mktemp("clinic")
    built = ROOT / "iopkit" / "widgets" / "static"
    with running(folder, notebooks=content_folder("notebooks"), assets=built) as server:
        add(server, "client", "ann")
        add(server, "clinician", "gil", "individual", "substance-use")
        today = datetime.now(UTC).date()
        ann, gil = server.store.person("ann").id, server.store.person("gil").id
        for domain in ("individual", "substance-use"):
            server.store.treat(ann, gil, domain, today - timedelta(days=7))
        give = server.store.desk_for("gil").assign
        daily = {"note": "", "rrule": "FREQ=DAILY", "due": time(23, 59)}
        give(ann, "sleep-diary", "individual", **daily, starts=today - timedelta(days=3))
        give(ann, "thought-record", "individual", **daily, starts=today)
        yield server


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible(timeout=PATIENCE)


def unread(page: Page) -> Locator:
    """Return the names on the caseload of whose entries one has not read."""
    press(page, "^Caseload$")
    heading(page, "Caseload")
    page.select_option("#only", value="unread")
    return page.locator(".caseload a.name")


def test_given_here_it_appears_there_and_done_there_it_waits_here_until_it_is_reviewed(server, opened):
    desk, phone = opened("gil"), opened("ann", 390)
    expect(unread(desk)).to_have_count(0)
    expect(phone.locator("main")).not_to_contain_text("Urge log")

    press(desk, "^Library$")
    heading(desk, "Library")
    write(desk, "What is it for", "urges at night")
    expect(desk.locator(".shelf .card").first).to_contain_text("Urge log")
    press(desk, "^Assign: Urge log")
    expect(desk.get_by_role("dialog")).to_contain_text("Assign “Urge log”")
    desk.locator("#to").select_option(label="Ann Invented")
    press(desk, "^Assign it$")
    expect(desk.get_by_role("dialog")).to_contain_text("Ann Invented has “Urge log” now: once, by today")
    press(desk, "^Close$")

    phone.reload()
    expect(phone.locator("main")).to_contain_text("Urge log")
    expect(phone.locator("main")).to_contain_text("Gil Made-Up will see it.")
    open_worksheet(phone, "Urge log")
    tab_to(phone, "About what time")
    phone.keyboard.type("0930PM")
    next_step(phone)
    next_step(phone)
    write(phone, "What did you learn about your urges", "They pass.")
    saved(phone)
    press(phone, "^Finish$")
    expect(phone.locator("main")).to_contain_text("Done.")

    expect(unread(desk)).to_have_text(["Ann Invented"])
    press(desk, "^Ann Invented$")
    heading(desk, "Ann Invented")
    line = desk.locator("[aria-labelledby=entries] .line", has_text="Urge log")
    expect(line.locator(".tag")).to_have_text("New")
    line.press("Enter")
    expect(desk.get_by_role("heading", name="For clinicians only")).to_be_visible()
    desk.get_by_role("radio", name="3 – done well").check()
    press(desk, "^Save the review$")
    expect(desk.locator(".team-work")).to_contain_text("3 – done well")

    expect(unread(desk)).to_have_count(0)
    ann = server.store.person("ann").id
    (review,) = server.store.desk_for("gil").reviews(ann)
    assert review.quality == 3
    phone.reload()
    expect(phone.locator("main")).not_to_contain_text("done well")


def test_what_does_not_fit_is_put_off_and_why_is_asked_once(server, opened):
    phone = opened("ann", 390)
    expect(phone.get_by_role("heading", name="One question")).to_be_visible()
    assert axe(phone) == []
    phone.locator(".question select").select_option(label="No privacy")
    press(phone, "^Tell them$")
    expect(phone.get_by_role("heading", name="One question")).to_have_count(0)

    press(phone, "^I can't do this now: Thought record")
    dialog = phone.get_by_role("dialog", name=re.compile("does not fit now"))
    expect(
        dialog.get_by_role("link", name=re.compile("^Do the short form: Thought record, short"))
    ).to_be_visible()
    assert axe(phone) == []
    press(phone, "^Not this time$")
    write(phone, "In your own words", "The children are up.")
    press(phone, "^Put it off$")
    expect(phone.get_by_role("heading", name="Put off")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("Put off. Still open, if you want it")

    phone.reload()
    expect(phone.get_by_role("heading", name="Put off")).to_be_visible()
    desk = opened("gil")
    press(desk, "^Ann Invented$")
    heading(desk, "Ann Invented")
    told = desk.get_by_role("region", name="What got in the way")
    expect(told.locator("li")).to_contain_text(["“The children are up.”", "Sleep diary: No privacy"])


def test_a_rhythm_is_changed_paused_and_goes_on_where_the_clinician_reads(server, opened):
    desk = opened("gil")
    press(desk, "^Ann Invented$")
    heading(desk, "Ann Invented")
    card = desk.locator(".plan-card", has_text="Sleep diary")
    expect(card).to_contain_text("Every day, by 11:59 pm")

    press(desk, "^Change: Sleep diary")
    dialog = desk.get_by_role("dialog", name="Change “Sleep diary”")
    expect(dialog).to_contain_text("The new rhythm holds from today on.")
    dialog.get_by_role("radio", name="On some days of the week").check()
    for day in ("Tuesday", "Thursday"):
        dialog.get_by_role("checkbox", name=day).check()
    press(desk, "^More about the rhythm$")
    dialog.locator("#every").select_option(label="Every second week")
    assert axe(desk) == []
    press(desk, "^Change the rhythm$")
    expect(card).to_contain_text("Every second week on Tuesday and Thursday, by 11:59 pm")

    press(desk, "^Change: Sleep diary")
    dialog.get_by_role("radio", name="Pause it").check()
    press(desk, "^Pause it$")
    expect(card).to_contain_text("Paused; every second week")
    assert axe(desk) == []
    press(desk, "^Go on: Sleep diary")
    expect(card).not_to_contain_text("Paused")


def test_a_pathway_is_started_here_and_its_first_steps_are_there(server, opened):
    desk, phone = opened("gil"), opened("ann", 390)
    press(desk, "^Ann Invented$")
    heading(desk, "Ann Invented")
    desk.locator("#path-template").select_option(label="A start with worry and fear")
    press(desk, "^Start$")
    paths = desk.get_by_role("region", name="Pathways")
    expect(paths.locator("li", has_text="GAD-7").first).to_contain_text("Open now")
    expect(paths).to_contain_text("Opens after “Guided breathing”, 4 times")
    assert axe(desk) == []

    press(desk, "^Leave it out: Worry time")
    expect(paths.locator("li[data-state=skipped]")).to_contain_text("Left out")

    phone.reload()
    mine = phone.get_by_role("region", name="A start with worry and fear")
    expect(mine).to_contain_text("Open now")
    expect(mine).not_to_contain_text("Step by step")
    assert axe(phone) == []
