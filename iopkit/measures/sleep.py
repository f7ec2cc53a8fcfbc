"""One night out of a sleep diary: times in bed and asleep, and both sleep efficiencies.

The variables are those of the Consensus Sleep Diary (Carney 2012). The night belongs to the date of the final
awakening. Times are subtracted in UTC, so that an hour lost or won by a clock change is counted.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from iopkit.words import sentence
from iopkit.worksheets.functions import Figures, Worked

TIMES = ("into_bed", "tried_to_sleep", "final_awakening", "out_of_bed")
"""The four clock times of a night, in their order."""

ORDER = {
    "into_bed": sentence("This is before you got into bed. Please put the four times of the night in order."),
    "tried_to_sleep": sentence(
        "This is before you tried to go to sleep. Please put the four times of the night in order."
    ),
    "final_awakening": sentence(
        "This is before you woke up for the last time. Please put the four times of the night in order."
    ),
}
"""What to say of a time that cannot follow the one before it."""

SHORT, LONG = 3 * 60, 14 * 60
"""Minutes in bed below and above which a night is asked about again (not refused)."""

HALF_DAY, WHOLE_DAY = 12 * 60, 24 * 60


@dataclass(frozen=True)
class Night:
    """Figures of one night: minutes, percent with one decimal, ``midsleep`` in minutes after midnight.

    ``se`` is sleep time / time in bed; ``se_dse`` is sleep time / duration of the sleep episode (Reed & Sacco
    2016). They differ by up to 10 points, so always say which one is shown.
    """

    tib: float
    spt: float
    tst: float
    twak: float
    se: float
    se_dse: float
    midsleep: float


def night(answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
    """Return the figures of the night that ended on ``day``, with what to ask again and what to refuse.

    Without all four times, or minutes of falling asleep, there is no figure that needs them. ``awakenings`` 0
    means no minutes awake; ``terminal_minutes`` left empty counts as none.
    """
    clock = {name: time.fromisoformat(str(answers[name])) for name in TIMES if answers.get(name) is not None}
    if len(clock) < len(TIMES):
        missing = [name for name in TIMES if name not in clock]
        return Worked(
            {}, gaps=dict.fromkeys(missing, sentence("No time, so the night cannot be worked out."))
        )
    if broken := _order_problem(clock):
        return Worked({}, refused=broken)
    walls = _walls(clock, day)
    place = ZoneInfo(zone)
    asks, skipped = _clock_changes(walls, place)
    if skipped:
        return Worked({}, asks)
    return _worked(answers, {name: _instant(wall, place) for name, wall in walls.items()}, place, asks)


def _worked(
    answers: Mapping[str, object], at: Mapping[str, datetime], place: ZoneInfo, asks: dict[str, str]
) -> Worked:
    """Return figures, questions and refusals of a night whose four instants are known."""
    tib = _minutes(at["out_of_bed"] - at["into_bed"])
    spt = _minutes(at["final_awakening"] - at["tried_to_sleep"])
    twak = _minutes(at["out_of_bed"] - at["final_awakening"])
    asks |= _doubts(answers, at, place, tib=tib, twak=twak)
    spans: dict[str, float | None] = {"tib": tib, "spt": spt, "twak": twak}
    latency, awake = _number(answers, "sleep_latency"), _awake(answers)
    if latency is None or awake is None:
        return Worked(spans, asks, gaps=_unanswered(latency, awake))
    if latency + awake > spt:
        longer = sentence(
            "These minutes awake are longer than from lights out to waking up. Please check them."
        )
        return Worked({}, asks, {"awake_minutes" if awake else "sleep_latency": longer})
    tst = spt - latency - awake
    episode = latency + tst + awake + (_number(answers, "terminal_minutes") or 0)
    middle = at["tried_to_sleep"] + timedelta(minutes=latency + (spt - latency) / 2)
    wall = middle.astimezone(place)
    figures = Night(
        tib=tib,
        spt=spt,
        tst=tst,
        twak=twak,
        se=_percent(tst, tib),
        se_dse=_percent(tst, episode),
        midsleep=wall.hour * 60 + wall.minute + wall.second / 60,
    )
    return Worked(asdict(figures), asks)


def _order_problem(clock: Mapping[str, time]) -> dict[str, str]:
    """Return what to refuse when the four times cannot follow one another within a day."""
    points = [clock[name].hour * 60 + clock[name].minute for name in TIMES]
    gaps = _gaps(points)
    if sum(gaps) < WHOLE_DAY:
        return {}
    for index, name in enumerate(TIMES):
        moved = [*points[:index], (points[index] + HALF_DAY) % WHOLE_DAY, *points[index + 1 :]]
        if sum(_gaps(moved)) <= LONG:
            slip = _slip(moved[index])
            return {name: sentence("{slip} These times cannot follow one another in one night.", slip=slip)}
    at = max(range(len(gaps)), key=gaps.__getitem__) + 1
    return {TIMES[at]: ORDER[TIMES[at - 1]]}


def _gaps(points: list[int]) -> list[int]:
    """Return the minutes from each clock time forward to the next."""
    return [(after - before) % WHOLE_DAY for before, after in pairwise(points)]


def _slip(minutes: int) -> str:
    hour, half = minutes // 60, "am" if minutes < HALF_DAY else "pm"
    clock = f"{hour % 12 or 12}:{minutes % 60:02} {half}"
    return sentence("Is this {clock}, with morning and evening mixed up?", clock=clock)


def _walls(clock: Mapping[str, time], day: date) -> dict[str, datetime]:
    """Return the four times with their dates: the final awakening lies on ``day``, the others around it."""
    final = datetime.combine(day, clock["final_awakening"])
    tried = _before(final, clock["tried_to_sleep"])
    into = _before(tried, clock["into_bed"])
    out = datetime.combine(day, clock["out_of_bed"])
    if out < final:
        out += timedelta(days=1)
    return {"into_bed": into, "tried_to_sleep": tried, "final_awakening": final, "out_of_bed": out}


def _before(later: datetime, clock: time) -> datetime:
    earlier = datetime.combine(later.date(), clock)
    return earlier if earlier <= later else earlier - timedelta(days=1)


def _clock_changes(walls: Mapping[str, datetime], place: ZoneInfo) -> tuple[dict[str, str], bool]:
    """Return a question for each time that a clock change skips or doubles, and whether one was skipped."""
    asks, skipped = {}, False
    for name, wall in walls.items():
        first, second = (wall.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1))
        if first == second:
            continue
        if _instant(wall, place).astimezone(place).replace(tzinfo=None) != wall:
            skipped = True
            asks[name] = sentence(
                "The clocks went forward that night and this time did not exist. When was it?"
            )
        else:
            asks[name] = sentence(
                "The clocks went back and this time came twice. The first is used here. Is it right?"
            )
    return asks, skipped


def _doubts(
    answers: Mapping[str, object], at: Mapping[str, datetime], place: ZoneInfo, *, tib: float, twak: float
) -> dict[str, str]:
    """Return questions about a night that is possible but unlikely."""
    asks = {}
    if tib < SHORT or tib > LONG:
        hours, minutes = divmod(round(tib), 60)
        asks["out_of_bed"] = sentence(
            "This makes {hours} h {minutes} min in bed. Is that right?", hours=hours, minutes=minutes
        )
    if tib > LONG and (slip := _likely_slip({name: moment.astimezone(place) for name, moment in at.items()})):
        name, at_minute = slip
        asks[name] = _slip(at_minute)
    if _number(answers, "awakenings") == 0 and (_number(answers, "awake_minutes") or 0) > 0:
        asks["awakenings"] = sentence(
            "No waking up, yet minutes awake in the night. Which of the two is right?"
        )
    if (_number(answers, "terminal_minutes") or 0) > twak:
        asks["terminal_minutes"] = sentence(
            "This is longer than from the last waking to getting up. Is that right?"
        )
    return asks


def _likely_slip(walls: Mapping[str, datetime]) -> tuple[str, int] | None:
    """Return the time that half a day later or earlier would make an ordinary night, and those minutes."""
    points = [walls[name].hour * 60 + walls[name].minute for name in TIMES]
    for index, name in enumerate(TIMES):
        moved = [*points[:index], (points[index] + HALF_DAY) % WHOLE_DAY, *points[index + 1 :]]
        if SHORT <= sum(_gaps(moved)) <= LONG:
            return name, moved[index]
    return None


def _unanswered(latency: float | None, awake: float | None) -> dict[str, str]:
    missing = {"sleep_latency": latency, "awake_minutes": awake}
    text = sentence("No minutes, so sleep time cannot be worked out.")
    return {name: text for name, minutes in missing.items() if minutes is None}


def _awake(answers: Mapping[str, object]) -> float | None:
    """Return the minutes awake in the night; nobody who never woke up is asked for them."""
    minutes = _number(answers, "awake_minutes")
    return 0 if minutes is None and _number(answers, "awakenings") == 0 else minutes


def _number(answers: Mapping[str, object], name: str) -> float | None:
    found = answers.get(name)
    return found if isinstance(found, int | float) else None


def _instant(wall: datetime, place: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=place).astimezone(UTC)


def _minutes(span: timedelta) -> float:
    return span.total_seconds() / 60


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


FIGURES: Mapping[str, Figures] = {"night": Figures(tuple(Night.__dataclass_fields__), night)}
