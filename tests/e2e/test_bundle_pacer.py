"""A guided practice in a real browser: keys are enough, it may stop at any time, and its minutes are kept."""

from typing import Any

from playwright.sync_api import Page, expect
from stage import look
from test_bundle_axe import faults
from test_bundle_form import saved, sheet, tab_to

IN = {"text": "Breathe in", "seconds": 2, "breath": "in"}
OUT = {"text": "Breathe out", "seconds": 2, "breath": "out"}
ONCE = {"value": "once", "text": "Once", "steps": [IN, OUT]}
BREATH = {"value": "2-2", "text": "Two and two", "repeats": True, "steps": [IN, OUT]}
QUICK = {"value": "1-1", "text": "One and one", "repeats": True}
QUICK |= {"steps": [{**IN, "seconds": 1}, {**OUT, "seconds": 1}]}
WALK = {
    "value": "walk",
    "text": "Step by step",
    "steps": [{"text": f"Place {number}", "seconds": 60} for number in (1, 2, 3)],
}
HEARD = """() => {
  const region = document.querySelector('.pacer [role=status]');
  window.heard = [];
  new MutationObserver(() => window.heard.push(region.textContent)).observe(region, {
    characterData: true, childList: true, subtree: true,
  });
}"""
ON_TOP = """(words) => {
  const { x, y, width, height } = words.getBoundingClientRect();
  return document.elementFromPoint(x + width / 2, y + height / 2) === words;
}"""
WIDTHS = """async () => {
  const widths = [];
  const breath = document.querySelector('.pacer-breath');
  while (breath.isConnected) {
    widths.push(new DOMMatrix(getComputedStyle(breath).transform).a);
    await new Promise(requestAnimationFrame);
  }
  return widths;
}"""
BELL = """() => {
  window.rung = [];
  window.OscillatorNode = class extends OscillatorNode {
    constructor(context, options) { super(context, options); window.rung.push(options.frequency); }
  };
}"""
VOICE = """(localService) => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  speechSynthesis.getVoices = () => [{ lang: 'en-US', localService }];
  speechSynthesis.speak = (words) => window.spoken.push(words.text);
  speechSynthesis.dispatchEvent(new Event('voiceschanged'));
}"""


def practice(*patterns: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Return a view with a practice in it."""
    asked = {"type": "practice", "name": "p", "title": "Your practice", "minutes": [0.1, 5]}
    return sheet({**asked, "patterns": list(patterns)}, **body)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def test_a_round_is_practised_with_keys_alone_and_kept(show):
    shown = show(practice(WALK, ONCE))
    page, keys = shown.page, shown.page.keyboard

    tab_to(page, page.get_by_role("radio", name="Step by step"))
    keys.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Start"))
    keys.press("Enter")
    expect(page.get_by_text("Breathe in").first).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    expect(page.locator(".pacer-words")).to_have_text("Breathe out")
    expect(page.get_by_role("button", name="Start again")).to_be_focused()

    saved(page)
    expect(page.get_by_text("Once: 6 seconds")).to_be_visible()
    assert shown.stage.store["w1"] == {"p": [{"pattern": "once", "minutes": 0.1, "ended_early": False}]}


def test_a_repeating_pattern_ends_after_whole_rounds(show):
    shown = show(practice(BREATH))

    press(shown.page, "Start")
    expect(shown.page.get_by_role("button", name="Start again")).to_be_visible(timeout=20_000)

    saved(shown.page)
    assert shown.stage.store["w1"] == {"p": [{"pattern": "2-2", "minutes": 0.1, "ended_early": False}]}


def test_stopping_early_is_kept_as_what_it_was(show):
    shown = show(practice(WALK, answers={"p": [{"pattern": "walk", "minutes": 3, "ended_early": False}]}))
    page = shown.page

    press(page, "Start")
    expect(page.locator(".pacer-count")).to_have_text("56")
    press(page, "Stop here")

    expect(page.get_by_role("button", name="Start again")).to_be_focused()
    saved(page)
    assert shown.stage.store["w1"]["p"] == [
        {"pattern": "walk", "minutes": 3, "ended_early": False},
        {"pattern": "walk", "minutes": 0.1, "ended_early": True},
    ]


def test_a_slip_of_the_finger_is_not_noted(show):
    shown = show(practice(WALK))

    press(shown.page, "Start")
    press(shown.page, "Stop here")

    expect(shown.page.get_by_role("status").filter(has_text="Nothing is noted")).to_have_text(
        "Stopped before it began. Nothing is noted."
    )
    assert shown.stage.store == {}


def test_a_pause_stands_still_and_goes_on(show):
    shown = show(practice(WALK))
    page, count = shown.page, shown.page.locator(".pacer-count")

    press(page, "Start")
    expect(count).to_have_text("56")
    press(page, "Pause")
    expect(count).to_have_text("Paused")
    saved(page)
    press(page, "Go on")
    expect(count).to_have_text("55")
    press(page, "Stop here")

    assert shown.stage.await_action("save")["answers"]["p"][0]["ended_early"] is True


def test_who_is_ready_goes_on_to_the_next_step(show):
    page = show(practice(WALK)).page

    press(page, "Start")
    press(page, "Next step")
    expect(page.locator(".pacer-words")).to_have_text("Place 2")
    expect(page.get_by_text("Step 2 of 3")).to_be_visible()
    press(page, "Next step")

    expect(page.locator(".pacer-words")).to_have_text("Place 3")
    expect(page.get_by_role("button", name="Next step")).to_have_count(0)


def test_a_page_that_is_turned_ends_the_round_and_keeps_it(show):
    view = practice(WALK)
    view["body"]["survey"]["pages"].append(
        {"name": "q", "elements": [{"type": "text", "name": "t", "title": "A line"}]}
    )
    shown = show(view)

    press(shown.page, "Start")
    expect(shown.page.locator(".pacer-count")).to_have_text("56")
    press(shown.page, "Next")

    saved(shown.page)
    expect(shown.page.get_by_label("A line")).to_be_visible()
    assert shown.stage.store["w1"]["p"] == [{"pattern": "walk", "minutes": 0.1, "ended_early": True}]


def test_a_round_can_be_taken_out(show):
    rounds = [{"pattern": "walk", "minutes": 3, "ended_early": False}] * 2
    shown = show(practice(WALK, answers={"p": rounds}, base=1))
    shown.stage.store["w1"] = {"p": rounds}

    shown.page.get_by_role("button", name="Take out: Step by step: 3 minutes").first.click()

    saved(shown.page)
    assert shown.stage.store["w1"] == {"p": rounds[:1]}


def test_twenty_rounds_are_enough_for_one_entry(show):
    rounds = [{"pattern": "walk", "minutes": 1, "ended_early": False}] * 20
    page = show(practice(WALK, answers={"p": rounds})).page

    expect(page.get_by_text("This entry holds 20 rounds.")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_a_running_practice_keeps_the_page_from_locking(show):
    view = practice(BREATH)
    view["idle_seconds"] = 3
    page = show(view).page
    page.evaluate(
        "() => { window.asked = false; setInterval(() => {"
        " if (document.querySelector('dialog[open]')) window.asked = true; }, 50); }"
    )

    press(page, "Start")
    expect(page.get_by_role("button", name="Start again")).to_be_visible(timeout=20_000)

    assert page.evaluate("window.asked") is False
    page.get_by_role("dialog", name="Still there?").wait_for()


def test_a_screen_reader_hears_the_rhythm_once_and_is_then_left_in_peace(show):
    page = show(practice(QUICK)).page
    page.get_by_role("button", name="Start").wait_for()
    page.evaluate(HEARD)

    press(page, "Start")
    expect(page.get_by_role("button", name="Start again")).to_be_visible(timeout=20_000)

    assert page.evaluate("window.heard") == ["Breathe in", "Breathe out", "That was 6 seconds."]


def test_the_circle_breathes_only_where_motion_is_welcome(show):
    page = show(practice(BREATH)).page
    breath = page.locator(".pacer-breath")

    press(page, "Start")
    expect(page.locator(".pacer-words")).to_have_text("Breathe in")
    expect(breath).to_be_hidden()
    page.emulate_media(reduced_motion="no-preference")
    expect(breath).to_be_visible()
    expect(page.locator(".pacer-words")).to_have_text("Breathe out")

    expect(breath).to_have_css("transition-property", "transform")
    assert page.locator(".pacer-words").evaluate(ON_TOP)
    widths = page.evaluate(WIDTHS)
    assert min(widths) < 0.5
    assert max(widths) > 0.9


def test_the_bell_is_silent_until_it_is_switched_on(show):
    page = show(practice(ONCE)).page
    page.evaluate(BELL)

    press(page, "Start")
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    assert page.evaluate("window.rung") == []
    page.get_by_label("A soft bell at each step").check()
    press(page, "Start again")
    expect(page.get_by_role("button", name="Start again")).to_be_visible()

    assert page.evaluate("window.rung") == [528, 1056, 396, 792, 352, 704]


def test_the_words_are_read_aloud_only_when_one_wants_it(show):
    page = show(practice(ONCE)).page
    page.evaluate(VOICE, True)
    page.get_by_role("button", name="Start").wait_for()
    page.evaluate(HEARD)

    page.get_by_label("Read the words aloud").check()
    press(page, "Start")
    expect(page.get_by_role("button", name="Start again")).to_be_visible()

    assert page.evaluate("window.spoken") == ["Breathe in", "Breathe out"]
    assert page.evaluate("window.heard") == ["That was 6 seconds."]


def test_a_voice_that_lives_on_somebody_elses_server_is_not_offered(show):
    page = show(practice(ONCE)).page

    page.evaluate(VOICE, False)
    page.get_by_label("A soft bell at each step").wait_for()

    expect(page.get_by_label("Read the words aloud")).to_have_count(0)


def test_a_practice_under_way_has_no_fault(show):
    for name in ("practice-breath", "practice-steps"):
        page = show(look(name)).page
        press(page, "Start")
        page.get_by_role("button", name="Pause").wait_for()

        assert faults(page) == []


def test_rounds_are_there_to_read(show):
    reading = show(look("doing-read")).page.locator(".reading")

    expect(reading.get_by_text("In for 4, out for 6: 5 minutes")).to_be_visible()
    expect(reading.get_by_text("Box: 4 in, 4 hold, 4 out, 4 hold: 42 seconds, ended early")).to_be_visible()
