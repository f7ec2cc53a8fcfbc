"""Practice by weeks: minutes, days and sessions; and the minutes of a guided practice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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
