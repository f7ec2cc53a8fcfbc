"""Practice by weeks: minutes, days and sessions; and the minutes of a guided practice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iopkit.measures.shapes import Bar, Bars, Filled, Overview
from iopkit.worksheets.functions import Figures, Worked
from iopkit.worksheets.practice import total_minutes


@dataclass(frozen=True)
class PracticeWeek:
    """One week from Monday ``start``: days with practice (of 7), sessions, and minutes.

    ``minutes`` is the sum over the ``timed`` sessions, those that have minutes; None when none has.
    """

    start: date
    days: int
    sessions: int
    timed: int
    minutes: float | None


def practice_weeks(sessions: Iterable[tuple[date, float | None]]) -> list[PracticeWeek]:
    """Return one week for each that has a session, oldest first; each session is its day and its minutes.

    A session of zero minutes was written down and not practised: it makes no day. One without minutes was
    practised and adds none.
    """
    weeks: dict[date, list[tuple[date, float | None]]] = {}
    for day, minutes in sorted(sessions, key=lambda session: session[0]):
        if minutes != 0:
            weeks.setdefault(day - timedelta(day.weekday()), []).append((day, minutes))
    return [_week(start, present) for start, present in weeks.items()]


def _week(start: date, sessions: list[tuple[date, float | None]]) -> PracticeWeek:
    known = [minutes for _, minutes in sessions if minutes is not None]
    return PracticeWeek(
        start=start,
        days=len({day for day, _ in sessions}),
        sessions=len(sessions),
        timed=len(known),
        minutes=sum(known) if known else None,
    )


def guided(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the minutes of all rounds of the item ``practice``; None when it was not started."""
    return Worked({"minutes": total_minutes(answers.get("practice"))})


FIGURES: Mapping[str, Figures] = {"guided": Figures(("minutes",), guided)}


def weeks(entries: Sequence[Filled]) -> Bars:
    """Return the minutes practised, week by week, with the days of practice."""
    found = practice_weeks((entry.day, entry.scores.get("minutes")) for entry in entries)
    bars = [Bar(week.start, week.minutes, days(week)) for week in found if week.minutes is not None]
    return Bars(tuple(bars), "minutes")


def days(week: PracticeWeek) -> str:
    """Return in words how many days of a week held practice.

    >>> days(PracticeWeek(date(2026, 3, 2), days=1, sessions=2, timed=2, minutes=20))
    'practised on 1 day of 7'
    """
    return f"practised on {week.days} {'day' if week.days == 1 else 'days'} of 7"


def _timed(entry: Filled) -> int:
    return bool(entry.scores.get("minutes"))


OVERVIEWS: Mapping[str, Overview] = {
    "weeks": Overview("bars", weeks, _timed, (), "practices with minutes", needs=2)
}
