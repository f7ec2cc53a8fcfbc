"""Sleep as it was lived: one bar a night across the weeks, and sleep efficiency on the same time axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from iopkit.charts.axis import LEFT, LETTER, TOP, Frame, draw_axes, draw_figure, element
from iopkit.charts.figure import Element, Figure, Table
from iopkit.charts.labels import clock_label, day_label, number_label, span_label
from iopkit.charts.trend import Point, Scale, trend
from iopkit.words import say, sentence, several

HEAD = (
    sentence("Night to"),
    sentence("In bed"),
    sentence("Asleep"),
    sentence("Total sleep (TST)"),
    sentence("SE"),
)
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


def night_bar(day: date, answers: Mapping[str, Any], scores: Mapping[str, float | None]) -> NightBar:
    """Return one night in minutes after midnight of the day it ended on, counted back from out of bed."""
    out = minutes(answers["out_of_bed"])
    awake = before(minutes(answers["final_awakening"]), out)
    tried = before(minutes(answers["tried_to_sleep"]), awake)
    return NightBar(
        day=day,
        into_bed=before(minutes(answers["into_bed"]), tried),
        asleep=tried + float(answers.get("sleep_latency") or 0),
        awake=awake,
        out_of_bed=out,
        tst=scores["tst"] or 0.0,
        se=scores["se"] or 0.0,
    )


def minutes(clock: str) -> float:
    """Return minutes after midnight of "HH:MM"."""
    at = time.fromisoformat(clock)
    return at.hour * 60 + at.minute


def before(at: float, later: float) -> float:
    """Return the last time of this clock reading at or before ``later``."""
    return later - (later - at) % (24 * 60)


def sleep_raster(
    nights: Sequence[NightBar], title: str = "", *, start: date, end: date, language: str = "en"
) -> Figure:
    """Return one bar a night: pale while in bed, narrow and dark from falling asleep to awakening."""
    low, high = night_range(nights)
    frame = Frame(start, end, high, low, height=240, language=language)
    title = title or say("Sleep, night by night", language)
    shown = sorted((night for night in nights if frame.holds(night.day)), key=lambda night: night.day)
    summary = describe(shown, frame.days, language)
    ticks = [(at, clock_label(at, language)) for at in range(int(low), int(high) + 1, 180)]
    drawn = draw_legend(language)
    drawn += draw_axes(frame, [(at, label.replace(":00", "")) for at, label in ticks])
    drawn += [draw_night(frame, night) for night in shown]
    rows = [
        [
            day_label(night.day, language),
            between(night.into_bed, night.out_of_bed, language),
            between(night.asleep, night.awake, language),
            span_label(night.tst, language),
            f"{number_label(night.se, language=language)}%",
        ]
        for night in shown
    ]
    return Figure(
        title=title,
        summary=summary,
        svg=draw_figure(title, summary, frame.height, drawn),
        table=Table(head=[say(text, language) for text in HEAD], rows=rows),
    )


def between(first: float, last: float, language: str) -> str:
    """Return two clock times as a stretch of time."""
    return say(
        "{first} to {last}", language, first=clock_label(first, language), last=clock_label(last, language)
    )


def sleep_efficiency(nights: Sequence[NightBar], *, start: date, end: date, language: str = "en") -> Figure:
    """Return sleep efficiency over time: SE, total sleep as a share of the time in bed."""
    points = [Point(night.day, night.se) for night in nights]
    scale = Scale(low=min([50.0, *(night.se // 10 * 10 for night in nights)]), high=100, unit="%", gap=1)
    title = say("Sleep efficiency (SE, sleep / time in bed)", language)
    return trend(title, points, scale=scale, start=start, end=end, language=language)


def night_range(nights: Sequence[NightBar]) -> tuple[float, float]:
    """Return the clock range to draw: 9 pm to 9 am, more where a night needs it, in steps of three hours."""
    first = min([-180.0, *(night.into_bed for night in nights)])
    last = max([540.0, *(night.out_of_bed for night in nights)])
    return max(first // 180 * 180, EARLIEST), min(-(-last // 180) * 180, LATEST + 60)


def describe(nights: Sequence[NightBar], days: int, language: str = "en") -> str:
    """Return one sentence: how many nights, mean sleep and mean efficiency, and which efficiency that is."""
    if not nights:
        return say("No nights in this time.", language)
    count = len(nights)
    sleep = span_label(sum(night.tst for night in nights) / count, language)
    share = number_label(sum(night.se for night in nights) / count, language=language)
    return several(
        "{count} night: {sleep} of sleep, efficiency (SE) {share}%.",
        "{count} of {days} nights: on average {sleep} of sleep, efficiency (SE) {share}%.",
        language,
        count,
        days=days,
        sleep=sleep,
        share=share,
    )


def draw_legend(language: str = "en") -> list[Element]:
    """Return the two marks with their names, above the chart."""
    y = TOP - 11
    first = say("in bed", language)
    second = LEFT + 16 + LETTER * len(first) + 28
    return [
        element("rect", x=LEFT, y=y, width=12, height=8, rx=2, class_="chart-bed"),
        element("text", [first], x=LEFT + 16, y=y + 8, class_="chart-text"),
        element("rect", x=second, y=y, width=12, height=8, rx=2, class_="chart-sleep"),
        element(
            "text", [say("asleep, with awakenings", language)], x=second + 16, y=y + 8, class_="chart-text"
        ),
    ]


def draw_night(frame: Frame, night: NightBar) -> Element:
    """Return the wide pale bar of the time in bed and the narrow dark bar of the sleep in it."""
    words = say(
        "Night to {day}: in bed {times}, {sleep} of sleep, SE {share}%",
        frame.language,
        day=day_label(night.day, frame.language),
        times=between(night.into_bed, night.out_of_bed, frame.language),
        sleep=span_label(night.tst, frame.language),
        share=number_label(night.se, language=frame.language),
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
