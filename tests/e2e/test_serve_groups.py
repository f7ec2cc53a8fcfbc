"""A group in real browsers: made, given something, taken back; a member finds their own work and no more."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from server_process import Running, running
from serving import PATIENCE, ROOT, add, axe, press

from iopkit.worksheets.place import content_folder

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server on which Gil treats Ann, Bea and Cid, and there is no group yet."""
    folder: Path = tmp_path_factory.mktemp("groups")
    built = ROOT / "iopkit" / "widgets" / "static"
    with running(folder, notebooks=content_folder("notebooks"), assets=built) as server:
        add(server, "clinician", "gil", "individual")
        for user in ("ann", "bea", "cid"):
            add(server, "client", user)
            client, since = server.store.person(user).id, datetime.now(UTC).date() - timedelta(7)
            server.store.treat(client, server.store.person("gil").id, "individual", since)
        yield server


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=1)).to_be_visible(timeout=PATIENCE)


def add_member(page: Page, name: str) -> None:
    """Add a client to the group that is open, and wait until they stand among its members."""
    page.get_by_text("Add a member", exact=True).click()
    page.locator("#joiner").select_option(label=name)
    press(page, "^Add to the group$")
    expect(page.locator("[aria-labelledby=members] h3", has_text=name)).to_be_visible()
    page.get_by_text("Add a member", exact=True).click()


def test_a_group_is_made_given_something_and_it_is_taken_back_from_all(
    server: Running, opened: Opened
) -> None:
    desk, phone = opened("gil"), opened("ann", 390)
    press(desk, "^Groups$")
    heading(desk, "Groups")
    assert axe(desk) == []

    press(desk, "^New group$")
    desk.locator("#group-name").fill("Monday mornings")
    assert axe(desk) == []
    press(desk, "^Make the group$")
    heading(desk, "Monday mornings")
    for name in ("Ann Made-Up", "Bea Made-Up"):
        add_member(desk, name.replace("Made-Up", server.store.person("ann").name.split()[1]))
    assert axe(desk) == []

    press(desk, "^Choose a worksheet for all members$")
    heading(desk, "Library – choosing for Monday mornings")
    press(desk, "^Assign: Body scan")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Nobody learns who else has it.")
    press(desk, "^Assign it$")
    expect(dialog).to_contain_text("2 members of “Monday mornings” have “Body scan” now")
    assert axe(desk) == []

    phone.reload()
    expect(phone.locator("main")).to_contain_text("Body scan")
    shown = phone.content()
    assert [word for word in ("Bea", "Monday mornings") if word in shown] == []

    press(desk, "^Undo$")
    expect(dialog).to_contain_text("Taken back. No member has it any more.")
    press(desk, "^Open the group's page$")
    heading(desk, "Monday mornings")
    expect(desk.locator("[aria-labelledby=homework] li")).to_contain_text("Ended")
    phone.reload()
    expect(phone.locator("h1")).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text("Body scan")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_joins_later_gets_what_runs_with_one_press_on_a_phone(
    server: Running, opened: Opened, scheme: str
) -> None:
    gil, today = server.store.desk_for("gil"), datetime.now(UTC).date() + timedelta(1)
    name = f"Evenings {scheme}"
    made = gil.make_group(name, "individual", [gil.person.id])
    clients = {user: server.store.person(user).id for user in ("ann", "bea", "cid")}
    for user in ("ann", "bea"):
        gil.join_group(made, clients[user], since=today - timedelta(3))
    worksheet = {"light": "five-senses-grounding", "dark": "poem"}[scheme]
    gil.assign_to_group(made, worksheet, note="", rrule="FREQ=DAILY", due=datetime.max.time(), starts=today)
    gil.join_group(made, clients["cid"], since=today - timedelta(2))

    phone = opened("gil", 390)
    phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
    press(phone, "^Groups$")
    heading(phone, "Groups")
    press(phone, f"^{name}$")
    heading(phone, name)
    expect(phone.locator("main")).to_contain_text("1 worksheet that runs here is not theirs yet")
    assert axe(phone) == []
    press(phone, "^Give what runs: Cid")

    expect(phone.locator("[aria-labelledby=homework] li")).to_contain_text("3 of 3 members have it")
    given = [one.worksheet_id for one in server.store.desk_for("cid").assignments(clients["cid"])]
    assert worksheet in given
