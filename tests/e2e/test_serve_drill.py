"""Drills through the real server: two partners and their therapist, each in a browser of their own."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from server_process import Running, running
from serving import PATIENCE, ROOT, add, axe, sign_in

from iopkit.worksheets.drill_check import own_drills
from iopkit.worksheets.place import content_folder

pytestmark = pytest.mark.timeout(600)
SEALED = "marmalade by the canal"


@pytest.fixture
def server(tmp_path):
    """Run a server for a couple whose joint work is open, and their couples therapist."""
    with serving(tmp_path) as made:
        prepare(made)
        yield made


def serving(folder: Path, **options):
    """Serve what a folder holds, with the front end as it was built."""
    given = {"notebooks": content_folder("notebooks"), "assets": ROOT / "iopkit" / "widgets" / "static"}
    return running(folder, settings={"idle_seconds": 3600}, **given, **options)


def prepare(server: Running) -> None:
    for user in ("ann", "ben"):
        add(server, "client", user)
    add(server, "clinician", "cole", "couples")
    store, since = server.store, datetime.now(UTC).date() - timedelta(days=7)
    ann, ben, cole = (store.person(user).id for user in ("ann", "ben", "cole"))
    store.couple(ann, ben)
    for client in (ann, ben):
        store.treat(client, cole, "couples", since)
    for user in ("ann", "ben"):
        desk = store.desk_for(user)
        desk.see_secrets_policy()
        draft = desk.draft("private-check-in")
        answers = {"alone": "yes", "afraid": "never"}
        desk.save(draft.id, message_id="c", answers=answers, changed=answers, base=0, submit=True)
    for worksheet in ("speaker-listener", "co-reflection"):
        store.desk_for("cole").assign(ann, worksheet, "couples", note="", starts=since)


class Screen:
    """One browser of one person; everything that reaches it over a websocket is kept."""

    def __init__(self, browser: Browser, server: Running, user: str) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.wire: list[str] = []
        self.looked: set[str] = set()
        self.page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda frame: self.wire.append(text(frame))),
        )
        sign_in(self.page, server.address, user)

    def into(self, title: str) -> "Screen":
        self.page.get_by_role("link", name="The two of you").click()
        self.page.get_by_role("button", name=f"Open: {title}").click()
        expect(self.page.locator(".drill h1")).to_be_visible(timeout=PATIENCE)
        return self

    def watch(self, title: str) -> "Screen":
        self.page.get_by_role("link", name=re.compile("Ann Invented")).first.click()
        self.page.get_by_role("link", name="Their exercises").click()
        self.page.get_by_role("button", name=f"Open: {title}").click()
        expect(self.page.locator(".drill h1")).to_be_visible(timeout=PATIENCE)
        return self

    def at(self, title: str) -> "Screen":
        expect(self.page.locator(".drill h1")).to_have_text(title, timeout=PATIENCE)
        if title not in self.looked:
            self.looked.add(title)
            self.page.emulate_media(color_scheme="dark" if len(self.looked) % 2 else "light")
            assert axe(self.page) == []
        return self

    def write(self, words: str) -> "Screen":
        self.page.locator("#drill-answer").fill(words)
        return self

    def number(self, value: int) -> "Screen":
        self.page.get_by_role("radio", name=str(value), exact=True).check()
        return self

    def press(self, label: str) -> "Screen":
        self.page.get_by_role("button", name=label, exact=True).click(timeout=PATIENCE)
        return self


def text(frame) -> str:
    return frame.decode("utf-8", "replace") if isinstance(frame, bytes) else frame


def test_speaker_and_listener_go_on_through_a_reload_and_a_killed_server(browser, server, tmp_path):
    ann, ben = Screen(browser, server, "ann"), Screen(browser, server, "ben")
    ann.into("Speaker and listener")
    ben.into("Speaker and listener")
    cole = Screen(browser, server, "cole").watch("Speaker and listener")
    for one in (ann, ben):
        expect(one.page.locator(".observer")).to_contain_text("your therapist, is here", timeout=PATIENCE)

    ann.write("Saturdays").press("This is our topic")
    ann.at("How heated are you?").number(3).press("That is my number")
    ben.at("How heated are you?").number(4).press("That is my number")
    ben.at("Say one or two sentences")
    expect(ben.page.locator(".turn")).to_have_text("Ann Invented's turn")
    cole.at("Say one or two sentences").press("Slow down a little.")
    expect(ann.page.locator(".room .notice")).to_have_text("Slow down a little.", timeout=PATIENCE)
    ann.page.reload()
    ann.at("Say one or two sentences").write("I feel alone").press("I have said it")
    ben.at("Say it back")
    left = seconds(ben.page)
    server.process.kill()
    server.process.wait()
    with serving(tmp_path, port=urlparse(server.address).port):
        ann.at("Say it back")
        ben.write("You feel alone").press("I have said it back")
        ann.at("Was that it?").press("Yes, that was it")
        assert left <= 90
        finish(ann, ben, cole)


def seconds(page: Page) -> int:
    """Return what stands on the clock."""
    minutes, rest = page.locator(".timer").inner_text().split(":")
    return 60 * int(minutes) + int(rest)


def finish(ann, ben, cole):
    ann.at("More, or trade places?").press("We have both spoken")
    ann.at("How well did you feel heard?").number(9).press("That is my number")
    ben.at("How well did you feel heard?").number(2).press("That is my number")
    for one in (ann, ben):
        one.at("Show each other the numbers?")
        one.page.get_by_role("radio", name="I keep it to myself").check()
        one.press("Done")

    for one in (ann, ben, cole):
        one.at("That was the exercise")
        one.context.close()


def test_nothing_sealed_reaches_another_browser_before_both_have_sealed(browser, server):
    ann, ben = Screen(browser, server, "ann"), Screen(browser, server, "ben")
    for one in (ann, ben):
        one.into("Think about the same thing, apart")
    cole = Screen(browser, server, "cole").watch("Think about the same thing, apart")
    ann.write(SEALED).press("Seal it")
    expect(ann.page.get_by_role("button", name="Take it back")).to_be_visible(timeout=PATIENCE)
    sealed_at = len(ben.wire)
    ben.write("soup").press("Seal it")
    ben.at("Read it together")

    opened = [frame for frame in ben.wire if SEALED in frame]
    assert opened
    assert not any(SEALED in frame for frame in ben.wire[:sealed_at])
    assert all("Read it together" in frame for frame in opened)
    cole.at("Read it together")
    assert all("Read it together" in frame for frame in cole.wire if SEALED in frame)
    for one in (ann, ben, cole):
        one.context.close()


@pytest.mark.soak
@pytest.mark.timeout(3600)  # partners who part in a time-out stay apart for twenty minutes
@pytest.mark.parametrize("drill", own_drills().values(), ids=lambda one: one.id)
def test_each_drill_is_played_to_its_end_in_three_browsers(browser, server, tmp_path, drill):
    """With a reload of each page and a killed server in the middle; what is sealed is on no other wire."""
    ann_id, store = server.store.person("ann").id, server.store
    since = datetime.now(UTC).date() - timedelta(days=7)
    store.desk_for("cole").assign(ann_id, drill.worksheet, "couples", note="", starts=since)
    both = [Screen(browser, server, user).into(drill.title) for user in ("ann", "ben")]
    cole = Screen(browser, server, "cole").watch(drill.title)
    sealed = play(both, drill, turns=1)
    for one in (*both, cole):
        one.page.reload()
        expect(one.page.locator(".drill h1")).to_be_visible(timeout=PATIENCE)
    sealed += play(both, drill, turns=1, first=1)
    server.process.kill()
    server.process.wait()
    with serving(tmp_path, port=urlparse(server.address).port):
        sealed += play(both, drill, turns=60, first=2)
        for one in (*both, cole):
            expect(one.page.get_by_text("This exercise is done.")).to_be_visible(timeout=PATIENCE)
            one.context.close()

    assert bool(sealed) == any(ask.kept == "sealed" and ask.kind == "text" for ask in drill.asks.values())
    for words, title, writer in sealed:
        for one in (*both, cole):
            early = [frame for frame in one.wire if words in frame and f'"{title}"' in frame]
            assert one is writer or early == []


def play(both, drill, turns, first=0):
    """Answer what is asked, so many times; return what was sealed, in which step and on whose screen."""
    sealed = []
    for turn in range(first, first + turns):
        if both[0].page.get_by_text("This exercise is done.").is_visible():
            break
        sealed += step(both, drill, turn)
    return sealed


def step(both, drill, turn):
    """Answer on one of the screens, as soon as one of them asks; return what was sealed by it."""
    while True:
        titles = {one.page.locator(".drill h1").inner_text() for one in both}
        for one in both if len(titles) == 1 else ():  # a screen that is behind shows what is over
            go, page = one.page.locator(".room .button.primary"), one.page
            if page.get_by_text("This exercise is done.").is_visible():
                return []
            if go.is_visible():
                with suppress(PlaywrightTimeout):  # it went on under our hands: look again
                    return answer(one, drill, next(iter(titles)), f"words of turn {turn}")
        both[0].page.wait_for_timeout(100)


def answer(one, drill, title, words):
    """Answer what one screen asks; return what was sealed by it."""
    page, sealed = one.page, []
    shown = page.locator(".room").inner_text()
    if page.locator("#drill-answer").is_visible():
        asked = [step.ask for step in drill.steps if step.title == title and step.ask]
        in_minutes = any(ask.kind == "minutes" for ask in asked)
        page.locator("#drill-answer").fill("20" if in_minutes else words, timeout=5_000)
        sealed = [(words, title, one)] if any(ask.kept == "sealed" for ask in asked) else []
    elif page.get_by_role("radio").count():
        page.get_by_role("radio").nth(1).check(timeout=5_000)
    page.locator(".room .button.primary").click(timeout=5_000)
    page.wait_for_function("was => document.querySelector('.room')?.innerText !== was", arg=shown)
    return sealed
