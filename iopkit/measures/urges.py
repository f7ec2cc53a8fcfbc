"""Urges in a log: how strong, how many were ridden out, what helped, and when in the week they come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from iopkit.measures.ratings import mean, rating
from iopkit.measures.shapes import Cell, Filled, Group, Groups, Hours, Overview
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.functions import Figures, Worked

Row = Mapping[str, object]

LOG = ("craving", "intention", "peak", "ridden_out", "ridden_share", "minutes")

USED = {"no": False, "some": True, "yes": True}
"""What counts as an answer to "did you use"; one held back is none."""

FEWEST = 3
"""Fewer urges than this say nothing about a way to cope."""


@dataclass(frozen=True)
class Way:
    """A way to cope: the share in percent ridden out of the ``n`` urges it was used in."""

    coping: str
    ridden_share: float
    n: int


@dataclass(frozen=True)
class Hour:
    """``n`` urges in one hour (0–23) of one weekday (Monday is 0), with their mean craving if rated."""

    weekday: int
    hour: int
    n: int
    craving: float | None


def log(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return mean craving, intention (0–10) and minutes, the strongest urge, and urges ridden out."""
    urges = rows(answers.get("urges"))
    known = [USED[str(row["used"])] for row in urges if row.get("used") in USED]
    peaks = [top for row in urges if (top := _peak(row)) is not None]
    ridden = known.count(False)
    return Worked(
        {
            "craving": _mean(urges, "craving"),
            "intention": _mean(urges, "intention"),
            "peak": max(peaks, default=None),
            "ridden_out": ridden if known else None,
            "ridden_share": 100 * ridden / len(known) if known else None,
            "minutes": _mean(urges, "minutes"),
        }
    )


def ways(entries: Iterable[Mapping[str, object]]) -> list[Way]:
    """Return the ways to cope used in three urges or more, the one with most ridden out first.

    An urge with several ways counts for each of them, so the shares do not say which one did it.
    """
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for row in (row for answers in entries for row in rows(answers.get("urges"))):
        chosen = row.get("coping")
        if row.get("used") in USED and isinstance(chosen, list):
            for way in chosen:
                outcomes[str(way)].append(USED[str(row["used"])])
    outcomes.pop("none", None)
    found = [
        Way(way, 100 * used.count(False) / len(used), len(used))
        for way, used in outcomes.items()
        if len(used) >= FEWEST
    ]
    return sorted(found, key=lambda way: (-way.ridden_share, -way.n, way.coping))


def hours(entries: Iterable[tuple[date, Mapping[str, object]]]) -> list[Hour]:
    """Return the hours of the week that have urges, Monday first; an urge without a time has none."""
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for day, answers in entries:
        for row in rows(answers.get("urges")):
            if isinstance(at := row.get("time"), str):
                found[day.weekday(), time.fromisoformat(at).hour].append(row)
    return [Hour(*at, len(urges), _mean(urges, "craving")) for at, urges in sorted(found.items())]


def trigger_map(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return mean strength and readiness (0–10) of the triggers named, and how many have a plan."""
    named = [row for row in rows(answers.get("triggers")) if row.get("trigger")]
    planned = [row for row in named if row.get("avoid_how") or row.get("meet_how")]
    return Worked(
        {
            "strength": _mean(named, "strength"),
            "ready": _mean(named, "ready"),
            "planned": len(planned) if named else None,
        }
    )


def card(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how much a coping card helped (0–10); None while it has not been used."""
    return Worked({"helped": rating(answers, "helped")})


def meeting(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return how welcome somebody felt and how useful a meeting was (0–10); None when they did not go."""
    return Worked({name: rating(answers, name) for name in ("welcome", "useful")})


def _peak(row: Row) -> float | None:
    found = rating(row, "peak")
    return rating(row, "craving") if found is None else found


def _mean(urges: Iterable[Row], item: str) -> float | None:
    return mean([number for row in urges if (number := rating(row, item)) is not None])


FIGURES: Mapping[str, Figures] = {
    "log": Figures(LOG, log),
    "trigger_map": Figures(("strength", "ready", "planned"), trigger_map),
    "card": Figures(("helped",), card),
    "meeting": Figures(("welcome", "useful"), meeting),
}

FEWEST_TIMED = 5
"""Fewer urges with a time than this make no pattern in a week (a convention of this project)."""


def hour_grid(entries: Sequence[Filled]) -> Hours:
    """Return when in the week urges come, with the mean craving of each hour."""
    found = hours((entry.day, entry.answers) for entry in entries)
    cells = [
        Cell(at.weekday, at.hour, at.n, "" if at.craving is None else f"mean craving {at.craving:.1f} of 10")
        for at in found
    ]
    return Hours(tuple(cells), "urge", "urges")


def best_ways(entries: Sequence[Filled]) -> Groups:
    """Return the share ridden out with each way to cope that was used often enough, with its n."""
    found = ways(entry.answers for entry in entries)
    groups = tuple(Group(way.coping, way.ridden_share, way.n) for way in found)
    return Groups(groups, ("urge", "urges"), "%", 100)


def _timed(entry: Filled) -> int:
    return sum(isinstance(row.get("time"), str) for row in rows(entry.answers.get("urges")))


def _coped(entry: Filled) -> int:
    found = rows(entry.answers.get("urges"))
    return sum(row.get("used") in USED and row.get("coping") not in (None, ["none"]) for row in found)


OVERVIEWS: Mapping[str, Overview] = {
    "hours": Overview("hours", hour_grid, _timed, ("urges.time",), "urges with a time", needs=FEWEST_TIMED),
    "ways": Overview(
        "groups",
        best_ways,
        _coped,
        ("urges.coping", "urges.used"),
        "urges with a way to cope",
        needs=FEWEST,
        labels="urges.coping",
    ),
}
