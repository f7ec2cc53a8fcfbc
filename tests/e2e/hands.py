"""A person's hands on the keyboard, and nothing else: fills in any worksheet, question by question.

They walk through a page with Tab, look where they are, and do what that kind of question wants. What Tab
never reaches stays unanswered, and the test that looks at the answers fails.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

from iopkit.worksheets import Worksheet
from iopkit.worksheets.drawing import COLOURS, HEIGHT, PENS, WIDTH, read_drawing
from iopkit.worksheets.elements import PracticeQuestion

PANELS = ".sd-paneldynamic__panel-wrapper"
ROW = f"""(at) => {{
  const panel = at.closest("{PANELS}");
  const rows = [...(panel?.parentElement.children ?? [])].filter((one) => one.matches("{PANELS}"));
  return panel ? rows.indexOf(panel) : null;
}}"""
LOOK = f"""() => {{
  const rowOf = {ROW};
  const at = document.activeElement;
  const asked = [];
  for (let up = at.closest("[data-name]"); up; up = up.parentElement.closest("[data-name]")) asked.push(up);
  const dialog = document.querySelector("dialog[open]");
  return {{
    dialog: Boolean(dialog),
    tag: at.tagName, type: at.type ?? "", role: at.getAttribute("role") ?? "", value: at.value ?? "",
    text: at.innerText ?? "", css: String(at.className), end: Boolean(at.closest(".work-end")),
    checked: Boolean(at.checked), min: at.min ?? "", max: at.max ?? "", step: at.step ?? "",
    names: asked.map((one) => one.dataset.name), row: rowOf(at),
    rows: asked.length ? asked[0].querySelectorAll("{PANELS}").length : 0,
    same: at === window.lastFocus, fresh: (window.lastFocus = at, true),
  }};
}}"""
CHOICES = """() => {
  const at = document.activeElement;
  const group = [...document.getElementsByName(at.name)];
  return group.filter((one) => one.type === "radio").map((one) => one.value);
}"""
OPTION = """() => {
  const at = document.activeElement;
  const box = at.closest("[role=combobox]") ?? at;
  const id = at.getAttribute("aria-activedescendant") || box.getAttribute("aria-activedescendant");
  return id ? (document.getElementById(id)?.innerText.trim() ?? "") : "";
}"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
MOVED = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() =>
  done(document.activeElement !== window.lastFocus))))"""
"""Whether the page led the focus on by itself, once what an answer shows or hides is drawn."""
KINDS = {"checkbox": "box", "text": "words", "number": "words", "textarea": "words"}
MOST_STOPS = 400
OTHER = "-Comment"


@dataclass(frozen=True)
class Stop:
    """Where the focus is: the element, and the item of the worksheet it belongs to."""

    at: Mapping[str, Any]
    item: str
    row: int | None
    part: str

    @property
    def place(self) -> str:
        """The item as people would write it, ``feelings[1].before``."""
        return self.item if self.row is None else f"{self.item}[{self.row}].{self.part}"


class Hands:
    """Two hands, a keyboard, and the answers that somebody wants to give."""

    def __init__(self, page: Page, sheet: Worksheet, answers: Mapping[str, Any]) -> None:
        self.page, self.keys, self.sheet, self.answers = page, page.keyboard, sheet, answers
        self.done: set[str] = set()
        self.by_name = {question.name: key for key, item in sheet.items.items() for question in item.asked_by}

    # Walking

    def fill_page(self) -> str:
        """Answer what stands on this page; stop on the button that goes on, and return what it says."""
        for _ in range(MOST_STOPS):
            stop = self.look()
            if stop.at["end"] and "primary" in stop.at["css"]:
                return str(stop.at["text"])
            acted = self.act(stop)
            if not (acted and self.page.evaluate(MOVED)):
                self.keys.press("Tab")
        raise AssertionError(f"Tab never came to the end of the page: {self.look().at}")

    def go_to_form(self) -> None:
        """Leave the head of the page behind with its skip link, unless the page led past it already."""
        self.keys.press("Tab")
        if self.page.evaluate("() => document.activeElement.matches('.skip')"):
            self.keys.press("Enter")

    def turn(self) -> None:
        """Go on to the next page, and wait until it is there."""
        before = self.page.locator(".steps > span").inner_text()
        self.keys.press("Enter")
        self.page.wait_for_function(
            "(before) => document.querySelector('.steps > span').innerText !== before", arg=before
        )

    def hand_in(self) -> None:
        """Press the button that hands in, and wait for the closing page."""
        self.keys.press("Enter")
        self.page.get_by_text("Done.").wait_for()

    def look(self) -> Stop:
        """Return where the focus is, after any help that is in the way has been read."""
        at = self.page.evaluate(LOOK)
        while at["dialog"]:
            self.read_help(at)
            at = self.page.evaluate(LOOK)
        names = [name for name in at["names"] if not name.endswith("__example_text")]
        outer = names[-1] if names else ""
        inner = names[0] if len(names) > 1 else ""
        return Stop(at, self.by_name.get(outer, outer), at["row"] if inner else None, inner)

    def read_help(self, at: Mapping[str, Any]) -> None:
        """Go to the button under the help of a flag and press it."""
        for _ in range(20):
            if at["tag"] == "BUTTON" and at["text"] == "I have read this":
                self.keys.press("Enter")
                return
            self.keys.press("Tab")
            at = self.page.evaluate(LOOK)
        raise AssertionError("The help of a flag could not be left with the keyboard.")

    def wanted(self, stop: Stop, *, beside: bool = False) -> Any:
        """Return the answer for the item in focus, None for none; ``beside``: the words beside *other*."""
        extra = OTHER if beside else ""
        if stop.row is None:
            return self.answers.get(stop.item + extra)
        rows = self.answers.get(stop.item, [])
        return rows[stop.row].get(stop.part + extra) if stop.row < len(rows) else None

    def act(self, stop: Stop) -> bool:
        """Do what the element in focus is for; return whether there was anything to do."""
        kind = self.kind(stop)
        if not kind:
            return False
        if kind == "add":
            return self.add_row(stop)
        if kind == "beside":
            return self.once(f"{stop.place}{OTHER}", self.wanted(stop, beside=True), self.write)
        answer = self.wanted(stop)
        if kind == "box":
            return self.tick(stop, answer or [])
        ways: dict[str, Callable[[Any], object]] = {
            "radio": lambda value: self.choose(stop, value),
            "switch": lambda yes: self.keys.press("ArrowRight" if yes else "ArrowLeft"),
            "range": lambda value: self.slide(stop, value),
            "list": self.pick,
            "tags": self.pick_all,
            "words": self.write,
            "date": self.write_date,
            "time": self.write_time,
            "datetime-local": self.write_moment,
            "practice": self.practise,
            "drawing": self.draw,
        }
        return self.once(stop.place, answer, ways[kind])

    def once(self, place: str, answer: Any, way: Callable[[Any], object]) -> bool:
        """Answer an item that has an answer and was not answered yet; return whether that was so."""
        if answer is None or place in self.done:
            return False
        self.done.add(place)
        way(answer)
        return True

    def kind(self, stop: Stop) -> str:
        """Return what kind of thing has the focus, empty for what needs no answer."""
        at = stop.at
        if not stop.item or (at["same"] and at["type"] in {"date", "time", "datetime-local"}):
            return ""
        asked = self.asked(stop).type
        if asked in {"practice", "drawing"}:
            return asked
        if at["tag"] == "BUTTON":
            return "add" if "sd-paneldynamic__add-btn" in at["css"] else ""
        if at["role"] == "combobox":
            return {"tagbox": "tags", "dropdown": "list"}[asked]
        if at["tag"] not in {"INPUT", "TEXTAREA"}:
            return ""
        if asked == "boolean":
            return "switch"
        if at["type"] in {"text", "textarea"} and asked not in {"text", "comment"}:
            return "beside"
        return KINDS.get(at["type"], at["type"])

    def asked(self, stop: Stop) -> Any:
        """Return the question in focus."""
        item = self.sheet.items[stop.item]
        for one in item.asked_by if stop.row is None else ():
            return one
        return item.inner[stop.part].question

    # Answering

    def add_row(self, stop: Stop) -> bool:
        """Add a row, if more are wanted than there are; the focus must then be in it."""
        if stop.at["rows"] >= len(self.answers.get(stop.item, [])):
            return False
        self.keys.press("Enter")
        moved = f"(row) => ({ROW})(document.activeElement) === row"
        self.page.wait_for_function(moved, arg=stop.at["rows"])
        return True

    def write(self, text: Any) -> None:
        """Type the first letters one by one, and let the rest follow at once."""
        words = str(text)
        self.keys.type(words[:5])
        if words[5:]:
            self.keys.insert_text(words[5:])

    def write_date(self, day: str) -> None:
        """Type a day as American browsers ask for it: month, day, year."""
        year, month, of_month = day.split("-")
        self.keys.type(f"{month}{of_month}{year}")

    def write_time(self, clock: str) -> None:
        """Type a clock time as American browsers ask for it, with AM or PM."""
        hour, minute = map(int, clock.split(":")[:2])
        self.keys.type(f"{(hour + 11) % 12 + 1:02}{minute:02}{'AM' if hour < 12 else 'PM'}")

    def write_moment(self, moment: str) -> None:
        """Type a day and a clock time."""
        day, _, clock = moment.partition("T")
        self.write_date(day)
        self.keys.press("Tab")
        self.write_time(clock)

    def choose(self, stop: Stop, value: Any) -> None:
        """Choose one of several: Space takes the first, arrows go on to the others."""
        choices = self.page.evaluate(CHOICES)
        steps = choices.index(as_text(value))
        if steps == 0:
            self.keys.press("Space")
        for _ in range(steps):
            self.keys.press("ArrowDown")
            self.look()
        self.be_led(stop, value)

    def be_led(self, stop: Stop, value: Any) -> None:
        """Wait until the page has led on to the words beside *other*."""
        if value == "other" and self.asked(stop).show_other_item:
            self.page.wait_for_function("() => document.activeElement.matches('textarea')")
            self.page.evaluate("() => (window.lastFocus = null)")  # it counts as moved, whenever that was

    def tick(self, stop: Stop, values: list[Any]) -> bool:
        """Tick a box that is wanted; return whether there was anything to change."""
        wanted = stop.at["value"] in {as_text(value) for value in values}
        if wanted != stop.at["checked"]:
            self.keys.press("Space")
            self.be_led(stop, stop.at["value"] if wanted else "")
        return bool(wanted != stop.at["checked"])

    def slide(self, stop: Stop, value: float) -> None:
        """Move a slider from the nearer end, in big steps and small ones."""
        low, high, step = (float(stop.at[name]) for name in ("min", "max", "step"))
        up = value - low <= high - value
        self.keys.press("Home" if up else "End")
        big = max(step, round((high - low) / 10 / step) * step)
        far = abs(value - (low if up else high))
        for _ in range(math.floor(far / big)):
            self.keys.press("PageUp" if up else "PageDown")
        for _ in range(round((far % big) / step)):
            self.keys.press("ArrowRight" if up else "ArrowLeft")

    def option(self, value: Any) -> str:
        """Return what a choice of the question in focus is called."""
        stop = self.look()
        item = self.sheet.items[stop.item]
        question = (item if stop.row is None else item.inner[stop.part]).question
        names = {as_text(one.value): one.label for one in question.options}  # type: ignore[attr-defined]
        names |= {"none": question.none_text or "None", "other": question.other_text or "Other"}  # type: ignore[attr-defined]
        return str(names.get(as_text(value), value))

    def pick(self, value: Any) -> None:
        """Take one choice of a list: open it, go down to the choice, Enter. *Other* leads on to its words."""
        self.go_to_option(self.option(value))
        self.keys.press("Enter")
        if value == "other":
            self.page.wait_for_function("() => document.activeElement.matches('textarea')")

    def pick_all(self, values: list[Any]) -> None:
        """Take several choices of a list, then close it."""
        for value in values:
            self.go_to_option(self.option(value))
            self.keys.press("Enter")
        self.keys.press("Escape")

    def go_to_option(self, name: str) -> None:
        """Go down a list until a choice is the one in focus; it closes when the page still has to scroll."""
        seen = []
        for _ in range(80):
            self.keys.press("ArrowDown")
            self.page.evaluate(DRAWN)
            seen.append(self.page.evaluate(OPTION))
            if seen[-1] == name:
                return
        raise AssertionError(f"The keys never came to {name!r}: {list(dict.fromkeys(seen))}")

    def practise(self, rounds: list[Mapping[str, Any]]) -> None:
        """Choose each practice, start it, and let it come to its end; the page's clock is the test's."""
        asked = self.sheet.items[self.look().item].question
        assert isinstance(asked, PracticeQuestion)
        for one in rounds:
            patterns = [pattern.value for pattern in asked.patterns]
            pattern = asked.patterns[patterns.index(one["pattern"])]
            if len(patterns) > 1:
                self.turn_to("[name$='-pattern']", patterns.index(one["pattern"]))
            if pattern.repeats and len(asked.minutes) > 1:
                self.turn_to("[name$='-minutes']", asked.minutes.index(one["minutes"]))
            self.reach(".pacer button.primary")
            self.keys.press("Enter")
            self.page.clock.run_for(round(one["minutes"] * 60_000) + 500)

    def draw(self, text: str) -> None:
        """Draw each line of a drawing with the arrow keys: its points lie as far apart as the keys go."""
        x, y = WIDTH // 2, HEIGHT // 2
        for stroke in read_drawing(text):
            self.reach("[name$='-pen']", "Shift+Tab")
            self.turn_to("[name$='-pen']", list(PENS).index(stroke.pen))
            self.turn_to("[name$='-colour']", list(COLOURS).index(stroke.colour))
            self.reach("canvas")
            first, *others = stroke.points
            self.move(first[0] - x, first[1] - y)
            self.keys.press("Space")
            for before, after in pairwise((first, *others)):
                self.move(after[0] - before[0], after[1] - before[1])
            self.keys.press("Space")
            x, y = stroke.points[-1]

    def move(self, right: int, down: int) -> None:
        """Move the pen with the arrow keys, with Shift five times as far."""
        for way, key, other in ((right, "ArrowRight", "ArrowLeft"), (down, "ArrowDown", "ArrowUp")):
            fast, slow = divmod(abs(way), 50)
            for press in ["Shift+"] * fast + [""] * (slow // 10):
                self.keys.press(press + (key if way > 0 else other))

    def turn_to(self, group: str, index: int) -> None:
        """Go to a group of radio buttons and on to the one with this number."""
        self.reach(group)
        group = "[...document.getElementsByName(document.activeElement.name)]"
        steps = index - self.page.evaluate(f"() => {group}.findIndex((one) => one.checked)")
        for _ in range(abs(steps)):
            self.keys.press("ArrowRight" if steps > 0 else "ArrowLeft")

    def reach(self, selector: str, key: str = "Tab") -> None:
        """Press Tab (or Shift+Tab) until what has focus fits a selector."""
        fits = "(selector) => document.activeElement.matches(selector)"
        for _ in range(40):
            if self.page.evaluate(fits, selector):
                return
            self.keys.press(key)
        raise AssertionError(f"{key} never reached {selector}")


def as_text(value: Any) -> str:
    """Return a value as the page's own attributes spell it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
