"""Sleep as it was lived: one bar a night across the weeks, and sleep efficiency on the same time axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from iopkit.charts.axis import LEFT, TOP, Frame, draw_axes, draw_figure, element
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import clock_label, day_label, number_label, span_label
from iopkit.charts.trend import Point, Scale, trend

EARLIEST = -6 * 60
LATEST = 14 * 60


@dataclass(frozen=True)
class NightBar:
    """One night, in minutes after midnight of the day it ended on (before midnight: below 0).

    ``asleep`` to ``awake`` runs from falling asleep to the final awakening; ``tst`` is the sleep in it.
    """

    day: date
    into_bed: float
    asleep: float
    awake: float
    out_of_bed: float
    tst: float
    se: float


def sleep_raster(nights: Sequence[NightBar], *, start: date, end: date) -> Figure:
    """Return one bar a night: pale while in bed, narrow and dark from falling asleep to awakening."""
    low, high = night_range(nights)
    frame = Frame(start, end, high, low, height=240)
    shown = sorted((night for night in nights if frame.holds(night.day)), key=lambda night: night.day)
    title = "Sleep, night by night"
    summary = describe(shown, frame.days)
    ticks = [(at, clock_label(at)) for at in range(int(low), int(high) + 1, 180)]
    drawn = draw_legend()
    drawn += draw_axes(frame, [(at, label.replace(":00", "")) for at, label in ticks])
    drawn += [draw_night(frame, night) for night in shown]
    rows = [
        [
            day_label(night.day),
            f"{clock_label(night.into_bed)} to {clock_label(night.out_of_bed)}",
            f"{clock_label(night.asleep)} to {clock_label(night.awake)}",
            span_label(night.tst),
            f"{number_label(night.se)}%",
        ]
        for night in shown
    ]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, frame.height, drawn),
        table=Table(head=["Night to", "In bed", "Asleep between", "Total sleep (TST)", "SE"], rows=rows),
    )


def sleep_efficiency(nights: Sequence[NightBar], *, start: date, end: date) -> Figure:
    """Return sleep efficiency over time: SE, total sleep as a share of the time in bed."""
    points = [Point(night.day, night.se) for night in nights]
    scale = Scale(low=min([50.0, *(night.se // 10 * 10 for night in nights)]), high=100, unit="%", gap=1)
    return trend("Sleep efficiency (SE, sleep / time in bed)", points, scale=scale, start=start, end=end)


def night_range(nights: Sequence[NightBar]) -> tuple[float, float]:
    """Return the clock range to draw: 9 pm to 9 am, more where a night needs it, in steps of three hours."""
    first = min([-180.0, *(night.into_bed for night in nights)])
    last = max([540.0, *(night.out_of_bed for night in nights)])
    return max(first // 180 * 180, EARLIEST), min(-(-last // 180) * 180, LATEST + 60)


def describe(nights: Sequence[NightBar], days: int) -> str:
    """Return one sentence: how many nights, mean sleep and mean efficiency, and which efficiency that is."""
    if not nights:
        return "No nights in this time."
    count = len(nights)
    sleep = span_label(sum(night.tst for night in nights) / count)
    share = number_label(sum(night.se for night in nights) / count)
    if count == 1:
        return f"1 night: {sleep} of sleep, efficiency (SE) {share}%."
    return f"{count} of {days} nights: on average {sleep} of sleep, efficiency (SE) {share}%."


def draw_legend() -> list[Element]:
    """Return the two marks with their names, above the chart."""
    y = TOP - 11
    second = LEFT + 84
    return [
        element("rect", x=LEFT, y=y, width=12, height=8, rx=2, class_="chart-bed"),
        element("text", ["in bed"], x=LEFT + 16, y=y + 8, class_="chart-text"),
        element("rect", x=second, y=y, width=12, height=8, rx=2, class_="chart-sleep"),
        element("text", ["asleep, with awakenings"], x=second + 16, y=y + 8, class_="chart-text"),
    ]


def draw_night(frame: Frame, night: NightBar) -> Element:
    """Return the wide pale bar of the time in bed and the narrow dark bar of the sleep in it."""
    words = (
        f"Night to {day_label(night.day)}: in bed {clock_label(night.into_bed)} to "
        f"{clock_label(night.out_of_bed)}, {span_label(night.tst)} of sleep, SE {number_label(night.se)}%"
    )
    wide = min(frame.day_width * 0.84, 22)
    bed = draw_bar(frame, night.day, (night.into_bed, night.out_of_bed), wide, "chart-bed")
    sleep = draw_bar(frame, night.day, (night.asleep, night.awake), wide * 0.55, "chart-sleep")
    return element("g", [element("title", [words]), bed, sleep])


def draw_bar(frame: Frame, day: date, span: tuple[float, float], width: float, name: str) -> Element:
    """Return one bar of a night."""
    top, foot = frame.y(span[0]), frame.y(span[1])
    return element(
        "rect",
        x=frame.x(day) - width / 2,
        y=top,
        width=width,
        height=max(foot - top, 1),
        rx=min(width / 2, 2),
        class_=name,
    )
