"""Privacy through the real server: shares, consents, notes, care teams, a safety plan without a network."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect
from server_process import PASSWORD, Running, running
from serving import PATIENCE, ROOT, add, axe, press, sign_in, tab_to, write

from iopkit.worksheets.place import content_folder

PLAN = {"warning_signs": [{"sign": "I stop opening mail."}], "alone": [{"what": "Walk the dog."}]}


@pytest.fixture(scope="module")
def number() -> Iterator[None]:
    """Give the program a number to call."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("IOPKIT_PROGRAM_NUMBER", "202-555-0101")
        yield


@pytest.fixture(scope="module")
def server(number: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Yield a server: Ann and Ben are a couple; Dee, Gil and Cole treat Ann; Eve treats nobody."""
    built = ROOT / "iopkit" / "widgets" / "static"
    folder: Path = tmp_path_factory.mktemp("clinic")
    with running(folder, notebooks=content_folder("notebooks"), assets=built) as server:
        for kind, user, *domains in [
            ("client", "ann"),
            ("client", "ben"),
            ("clinician", "dee", "individual"),
            ("clinician", "gil", "substance-use"),
            ("clinician", "cole", "couples"),
            ("clinician", "eve", "individual"),
            ("coordinator", "cor"),
            ("supervisor", "vera"),
        ]:
            add(server, kind, user, *domains)
        store, since = server.store, datetime.now(UTC).date() - timedelta(days=7)
        ids = {user: store.person(user).id for user in ("ann", "ben", "dee", "gil", "cole")}
        store.couple(ids["ann"], ids["ben"])
        store.treat(ids["ann"], ids["dee"], "individual", since)
        store.treat(ids["ann"], ids["gil"], "substance-use", since)
        for one in ("ann", "ben"):
            store.treat(ids[one], ids["cole"], "couples", since)
        desk = store.desk_for("ann")
        send(desk, "safety-plan", PLAN)
        send(desk, "phq-9", {f"phq9_{number}": 1 for number in range(1, 10)})
        yield server


def send(desk, worksheet, answers):
    draft = desk.draft(worksheet)
    desk.save(draft.id, message_id=worksheet, answers=answers, changed=answers, base=0, submit=True)


@pytest.fixture
def opened(browser: Browser, server: Running):
    """Open pages of people, each with a browser of their own."""
    contexts = []

    def open_page(user: str, *, width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        sign_in(page, server.address, user)
        return page

    yield open_page
    for context in contexts:
        context.close()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, level=1)).to_be_visible()


def own_consent(server):
    """Return the consent that ann alone signs; with her partner she signs another."""
    made = server.store.desk_for("ann").consents(server.store.person("ann").id)
    (signed,) = (one for one in made if one.purpose == "So that my care fits together.")
    return signed


def test_a_client_reads_who_sees_what_signs_a_consent_and_takes_it_back(server, opened):
    page = opened("ann", width=390)
    press(page, "^My record$")
    press(page, "^Who can see what$")
    heading(page, "Who can see what")
    expect(page.locator("main")).to_contain_text("What is sent in individual therapy")
    expect(page.locator("main")).to_contain_text("Dee Made-Up")
    assert axe(page) == []

    press(page, "^Back to My record$")
    press(page, "^My consents$")
    heading(page, "My consents")
    press(page, "^Sign a new consent$")
    tab_to(page, "Who may read it")
    page.keyboard.press("ArrowDown")
    tab_to(page, "^Individual")
    page.keyboard.press("Space")
    write(page, "What for", "So that my care fits together.")
    press(page, "^Read it before you sign$")
    dialog = page.get_by_role("dialog")
    for element in ("Client", "Who opens it", "What", "Who may read it", "What for", "Until", "Your rights"):
        expect(dialog.locator("dt", has_text=re.compile(f"^{element}$"))).to_be_visible()
    assert axe(page) == []
    write(page, "Sign by typing your full name", "Ann Invented")
    press(page, "^Sign$")
    expect(page.locator("main")).to_contain_text("may read: individual therapy")
    signed = own_consent(server)
    assert (signed.live, signed.signature) == (True, "Ann Invented")

    press(page, "^Take back: ")
    press(page, "^Take it back$")
    expect(page.locator("main")).to_contain_text("Taken back on")
    assert not own_consent(server).live
    press(page, "^Back to My record$")
    press(page, "^Who looked when$")
    heading(page, "Who looked when")
    assert axe(page) == []


def test_both_partners_sign_on_their_own_pages_and_one_downloads_it_to_hand_on(server, opened):
    for user, width, scheme in (("ann", 390, "dark"), ("ben", 1280, "light")):
        page = opened(user, width=width, scheme=scheme)
        press(page, "^The two of you$")
        press(page, "^Who may have this$")
        heading(page, "My consents")
        press(page, "^Sign that it may leave$")
        page.select_option("#recipient", label="Somebody outside the program")
        write(page, "Their name", "Dr. Elsewhere")
        write(page, "What for", "Our next therapist.")
        press(page, "^Read it before you sign$")
        write(page, "Sign by typing your full name", f"{user.title()} Invented")
        press(page, "^Sign$")
        told = "You have signed. It may go once" if user == "ann" else "Both of you have signed"
        expect(page.locator("main")).to_contain_text(told)
        assert axe(page) == []

    with page.expect_download() as made:
        press(page, "^Download it to hand on$")
    assert made.value.suggested_filename == "together.zip"
    assert "together.html" in ZipFile(made.value.path()).namelist()


def test_an_entry_is_shared_with_the_partner_read_by_them_and_taken_back(server, opened):
    page = opened("ann")
    press(page, "^My record$")
    heading(page, "My record")
    press(page, r"^PHQ-9\s+Today")
    expect(page.get_by_role("heading", name="Who else will see this")).to_be_visible()
    page.select_option("#share-with", label="Ben Invented (your partner)")
    press(page, "^Share$")
    expect(page.locator(".sharing")).to_contain_text("Ben Invented, since")
    assert axe(page) == []

    partner = opened("ben")
    press(partner, "^My record$")
    heading(partner, "My record")
    press(partner, r"^PHQ-9\s+Today")
    expect(partner.locator("main")).to_contain_text("Ann Invented shared this with you, to read.")

    press(page, "^Take back: Ben")
    press(page, "^Take it back$")
    expect(page.locator(".sharing")).not_to_contain_text("since")
    partner.reload()
    expect(partner.locator("main")).not_to_contain_text("Ann Invented shared this")


def test_a_clinician_acknowledges_reviews_and_notes(server, opened):
    page = opened("dee")
    press(page, "^Ann Invented$")
    heading(page, "Ann Invented")
    write(page, "What was done", "Called her, she is safe at home.")
    press(page, "^I have seen this$")
    expect(page.locator("main")).to_contain_text(re.compile("Seen by Dee Made-Up, today, .*: Called her"))

    page.locator("[aria-labelledby=entries] .line", has_text="PHQ-9").press("Enter")
    expect(page.get_by_role("heading", name="For clinicians only")).to_be_visible()
    page.get_by_role("radio", name="3 – done well").check()
    press(page, "^Save the review$")
    expect(page.locator(".team-work")).to_contain_text("3 – done well")
    write(page, "A note on this entry", "Ask about sleep.")
    press(page, "^Save the note$")
    expect(page.locator(".team-work .written").last).to_have_text("Ask about sleep.")
    assert axe(page) == []


def test_the_couples_therapist_pauses_and_neither_partner_sees_a_word_of_it(server, opened):
    page = opened("cole")
    press(page, "^Ann Invented$")
    heading(page, "Ann Invented")
    press(page, "^Pause joint work$")
    expect(page.locator("main")).to_contain_text("Paused by Cole Made-Up")
    assert axe(page) == []

    partner = opened("ben", width=390)
    expect(partner.locator("main")).to_contain_text("Before you two work together")
    expect(partner.locator("main")).not_to_contain_text(re.compile("pause", re.IGNORECASE))
    press(partner, "^Read: What stays between you")
    heading(partner, "What stays between you and your couples therapist")
    assert axe(partner) == []
    press(partner, "^I have read this$")
    expect(partner.locator("main")).not_to_contain_text("What stays between you")
    assert server.store.desk_for("ben").secrets_policy().seen
    press(page, "^Let joint work go on$")
    expect(page.locator("main")).not_to_contain_text("Paused by")


def test_a_safety_plan_is_one_tap_from_every_page_without_a_network(server, opened):
    page = opened("ann", width=390)
    page.get_by_role("link", name="My record").click()
    heading(page, "My record")
    page.context.set_offline(True)

    page.get_by_role("button", name="Help now").press("Enter")

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="My safety plan")).to_be_visible()
    expect(dialog).to_contain_text(
        re.compile("Call 988.*I stop opening mail.*Walk the dog.*Call the program")
    )
    assert axe(page) == []
    page.context.set_offline(False)
    press(page, "^Open my safety plan$")
    heading(page, "My safety plan")


def test_an_emergency_is_stated_from_the_refusal_and_the_coordinator_sees_it(server, opened):
    page = opened("eve")
    press(page, "^Emergency access to somebody")
    heading(page, "Emergency access")
    assert axe(page) == []
    write(page, "user name", "ann")
    write(page, "Your reason", "She called and then hung up.")
    press(page, "^Open the record$")
    heading(page, "Ann Invented")
    expect(page.locator("main")).to_contain_text("You read this for the reason you stated.")

    coordinator = opened("cor")
    expect(coordinator.locator("main")).to_contain_text(re.compile("stated reasons? you have not seen"))
    press(coordinator, "^Alerts$")
    expect(coordinator.locator("main")).to_contain_text("Eve Made-Up read the record of Ann Invented")
    press(coordinator, "^I have seen this$")
    expect(coordinator.locator("main")).to_contain_text("Seen by Cor Made-Up")


def test_a_supervisor_lands_where_the_reason_is_stated(server, opened):
    page = opened("vera")
    heading(page, "Read with a reason")
    write(page, "user name", "ann")
    write(page, "Your reason", "Quarterly review.")
    press(page, "^Open the record$")

    heading(page, "Ann Invented")
    assert page.get_by_role("link", name="Assign something").count() == 0


def test_a_coordinator_adds_invites_and_puts_on_a_care_team_and_the_invited_signs_in(server, opened, browser):
    page = opened("cor")
    heading(page, "People")
    press(page, "^Add a person$")
    write(page, "Full name", "Fay Invented")
    write(page, "User name", "fay")
    press(page, "^Add$")
    heading(page, "Fay Invented")
    press(page, "^Add a clinician$")
    page.select_option("#clinician", label="Dee Made-Up (individual therapist)")
    press(page, "^Add to the care team$")
    expect(page.locator("main li.card")).to_contain_text("Dee Made-Up")
    press(page, "^Make an invitation link$")
    link = page.locator(".key").inner_text()
    assert axe(page) == []

    (member,) = server.store.desk_for("cor").care_team(server.store.person("fay").id)
    assert (member.clinician.user, member.domain, member.until) == ("dee", "individual", None)
    page.locator("summary", has_text="Set the last day").click()
    press(page, "^Save the last day: Dee")
    expect(page.locator("main li.card")).to_contain_text("From ")
    guest = browser.new_context().new_page()
    guest.set_default_timeout(PATIENCE)
    guest.goto(link)
    guest.locator("input[type=password]").first.wait_for()
    for field in guest.locator("input[type=password]").all():
        field.fill(PASSWORD)
    guest.locator("input[type=password]").last.press("Enter")
    expect(guest.locator("#user")).to_be_visible()
    assert server.store.sign_in("fay", PASSWORD, address="here")
    guest.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_coordinators_pages_are_accessible_at_each_width_and_in_each_scheme(opened, width, scheme):
    page = opened("cor", width=width, scheme=scheme)
    found = {}
    for name, title in (
        ("^Ann Invented$", "Ann Invented"),
        ("^Alerts$", "Alerts"),
        ("^Consents$", "Consents"),
    ):
        found["before " + title] = axe(page)
        press(page, name)
        heading(page, title)
        found[title] = axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), title

    assert found == {name: [] for name in found}
