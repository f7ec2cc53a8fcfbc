"""The frame all charts share: one size, one time axis, one set of class names. No colour stands here.

Charts of one page get the same ``start`` and ``end`` and so share their time axis to the pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iopkit.charts.figure import Element
from iopkit.charts.labels import short_day

WIDTH = 320
"""Charts are drawn for a phone: at 390 pixels a picture is 320 wide and more, so text of 12 is 12 and more.

On a wider screen the picture grows and chart.css makes its text smaller again, by the width of its place.
"""

LEFT = 46
RIGHT = 12
TOP = 16
FOOT = 26
LETTER = 6.3
"""About the width of a letter of 12."""


def size(value: float) -> str:
    """Return a coordinate with at most two decimals: small, and the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(tag: str, children: Sequence[Element | str] = (), /, **attributes: object) -> Element:
    """Return one element; ``class_`` becomes ``class``, underscores become dashes, numbers are made small."""
    return [
        tag,
        {
            name.rstrip("_").replace("_", "-"): size(value) if isinstance(value, float | int) else str(value)
            for name, value in attributes.items()
        },
        list(children),
    ]


@dataclass(frozen=True)
class Frame:
    """Where a chart draws: days from left to right, values ``low`` to ``high`` from bottom to top.

    With ``low`` above ``high`` the axis runs downwards (clock times of a night).
    """

    start: date
    end: date
    low: float
    high: float
    height: int = 200
    top: float = TOP
    language: str = "en"

    @property
    def days(self) -> int:
        """The number of days the time axis spans, at least one."""
        return max((self.end - self.start).days + 1, 1)

    @property
    def day_width(self) -> float:
        """The width of one day."""
        return (WIDTH - LEFT - RIGHT) / self.days

    def x(self, day: date) -> float:
        """Return the middle of a day."""
        return LEFT + ((day - self.start).days + 0.5) * self.day_width

    def y(self, value: float) -> float:
        """Return the height of a value, kept inside the frame."""
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        bottom = self.height - FOOT
        return bottom - share * (bottom - self.top)

    def holds(self, day: date) -> bool:
        """Return whether a day is on the time axis."""
        return self.start <= day <= self.end

    def time_ticks(self) -> list[date]:
        """Return at most five days, whole weeks apart where the span allows, that get a label."""
        step = 1 if self.days <= 5 else 7 * max(1, -(-self.days // 35))
        return [self.start + timedelta(n) for n in range(0, self.days, step)]


def draw_axes(frame: Frame, ticks: Sequence[tuple[float, str]]) -> list[Element]:
    """Return grid lines, value labels on the left, and day labels below."""
    bottom = frame.height - FOOT
    drawn: list[Element] = []
    for value, label in ticks:
        y = frame.y(value)
        drawn.append(element("path", d=f"M{LEFT} {size(y)}H{WIDTH - RIGHT}", class_="chart-grid"))
        drawn.append(element("text", [label], x=LEFT - 5, y=y + 4, class_="chart-text", text_anchor="end"))
    drawn.append(element("path", d=f"M{LEFT} {bottom}H{WIDTH - RIGHT}", class_="chart-axis"))
    for day in frame.time_ticks():
        x = frame.x(day)
        drawn.append(element("path", d=f"M{size(x)} {bottom}v4", class_="chart-axis"))
        anchor = "end" if x > WIDTH - RIGHT - 16 else "middle"
        drawn.append(
            element(
                "text",
                [short_day(day, frame.language)],
                x=x,
                y=bottom + 17,
                class_="chart-text",
                text_anchor=anchor,
            )
        )
    return drawn


def draw_figure(title: str, summary: str, height: int, drawn: Sequence[Element]) -> Element:
    """Return the whole picture, named and described for a reader who does not see it."""
    words = [element("title", [title]), element("desc", [summary])]
    return element(
        "svg",
        [*words, *drawn],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        class_="chart",
        font_size=12,
    )


def shorten(text: str, width: float) -> str:
    """Return a text that fits into a width, with an ellipsis where it was cut.

    >>> shorten("Talked with somebody", 60)
    'Talked w…'
    """
    room = int(width / LETTER)
    return text if len(text) <= room else text[: max(room - 1, 1)].rstrip() + "…"


def label(text: str, x: float, y: float, anchor: str = "start", name: str = "chart-text") -> Element:
    """Return a text at a place."""
    return element("text", [text], x=x, y=y, class_=name, text_anchor=anchor)
