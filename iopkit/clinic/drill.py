"""The engine of drills: a room and an event give the next room. It knows no clock, no store and no browser.

Two seats, 0 and 1; one of them is the ``speaker``. Whoever sends an event says which step it was meant for
(``at``), so that two who press in the same instant move the room once. Stopping is possible in every step
until the end, for both partners and for a therapist who is there, whatever else is going on.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from iopkit.errors import AccessError
from iopkit.words import sentence
from iopkit.worksheets.drill import Ask, Drill, Exit, Step, When

KEPT_IDS = 200
"""So many message ids are remembered: one that comes again changes nothing."""
LONGEST = 2000
SHORTEST_APART, LONGEST_APART = 20, 24 * 60
"""Minutes of a time-out: a body needs twenty to calm; nobody is left for more than a day."""

MOVED = sentence("This has just moved on. Look at what is there now.")
NOT_YOURS = sentence("It is not your turn at the moment. You can stop at any time.")
WAITING = sentence("Your therapist has paused this. You can stop at any time.")
EARLY = sentence("Not yet. Give it the time that stands on the clock.")
UNFIT = sentence("Something is missing here, or does not fit. Please look at it once more.")
OVER = sentence("This has ended.")

Verb = Literal[
    "go", "withdraw", "stop", "time-out", "hold", "give", "pause", "resume", "nudge", "end", "gone"
]
PARTNERS: frozenset[Verb] = frozenset({"go", "withdraw", "stop", "time-out"})
"""What partners do; the other verbs are the therapist's, ``gone`` the room's own."""


@dataclass(frozen=True)
class Event:
    """What somebody does: ``seat`` 0 or 1, None for the therapist. ``at`` is the step it was meant for."""

    verb: Verb
    id: str
    seat: int | None = None
    at: int = 0
    way: int = 0
    value: str | int | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Said:
    """One thing recorded: in which step and when, by which seat, under which name."""

    at: int
    seat: int
    name: str
    value: str | int = field(repr=False)
    moment: float = 0.0


@dataclass(frozen=True)
class Room:
    """How a drill stands. ``since`` and ``paused`` are seconds of the server's clock."""

    drill: str
    step: str
    at: int
    since: float
    speaker: int = 0
    held: bool = False
    paused: float | None = None
    done: tuple[Said, ...] = ()
    passed: tuple[int, ...] = ()
    """Seats that are through with a step that both do, each alone."""
    said: tuple[Said, ...] = ()
    used: Mapping[str, int] = field(default_factory=dict)
    spoke: tuple[float, float] = (0.0, 0.0)
    floor_since: float = 0.0
    nudge: str = ""
    ended: Literal["", "done", "stopped", "time-out"] = ""
    seen: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the room as plain data, for the store."""
        return asdict(self)


def from_data(data: Mapping[str, Any]) -> Room:
    """Return the room that ``as_data`` took apart."""
    plain = dict(data)
    for name in ("done", "said"):
        plain[name] = tuple(Said(**one) for one in plain[name])
    for name in ("passed", "spoke", "seen"):
        plain[name] = tuple(plain[name])
    return Room(**plain)


def begin(drill: Drill, now: float, speaker: int = 0) -> Room:
    """Return a new room in the first step."""
    return Room(drill.id, drill.start, at=1, since=now, floor_since=now, speaker=speaker)


def holder(drill: Drill, room: Room) -> int | Literal["therapist"] | None:
    """Return who alone has the floor: a seat, the therapist, or None while nobody has it alone."""
    if room.ended:
        return None
    if room.held:
        return "therapist"
    floor = drill.by_id[room.step].floor
    if floor in ("either", "each"):
        return None
    return room.speaker if floor == "speaker" else 1 - room.speaker


def may_go(drill: Drill, room: Room, seat: int) -> bool:
    """Return whether a partner has something to do in this step now."""
    if room.ended or room.held or room.paused is not None or seat in room.passed:
        return False
    return holder(drill, room) in (None, seat)


def apply(drill: Drill, room: Room, event: Event, now: float) -> Room:
    """Return the room after an event; AccessError when it may not be done now. Done twice is done once."""
    room = tick(drill, room, now)
    if event.id in room.seen:
        return room
    if room.ended:
        raise AccessError(OVER)
    if (event.seat is not None) != (event.verb in PARTNERS) and event.verb != "stop":
        raise AccessError(NOT_YOURS)
    after = _done(drill, room, event, now)
    return replace(after, seen=(*after.seen, event.id)[-KEPT_IDS:])


def tick(drill: Drill, room: Room, now: float) -> Room:
    """Return the room as time alone has moved it: each timer ends at its second, however late one looks."""
    while not room.ended and room.paused is None and not room.held:
        step, end = drill.by_id[room.step], ends_at(drill, room)
        if step.lapse is None or end is None or now < end:
            break
        room = _enter(drill, room, step.lapse, end)
    return room


def ends_at(drill: Drill, room: Room) -> float | None:
    """Return when the timer of this step is at zero; None without a timer."""
    step = drill.by_id[room.step]
    if step.until:
        minutes = latest(room, step.until)  # an agreed time is a time of day: nothing moves it
        return minutes[-1].moment + 60 * int(minutes[-1].value) if minutes else None
    return None if step.seconds is None else room.since + step.seconds


def opens_at(drill: Drill, room: Room) -> float:
    """Return from when on one may go on in this step."""
    return room.since + (drill.by_id[room.step].not_before or 0)


def latest(room: Room, name: str) -> list[Said]:
    """Return what was last recorded under a name, at most one of each seat, the newest last."""
    newest = {one.seat: one for one in room.said if one.name == name}
    return sorted(newest.values(), key=lambda one: one.at)


def shown(drill: Drill, room: Room) -> list[Said]:
    """Return what both see in this step: never what is private, nor sealed before both have sealed it."""
    step = drill.by_id[room.step]
    if step.if_both:
        agreed = latest(room, step.if_both)
        if len(agreed) < 2 or any(one.value != "yes" for one in agreed):
            return []
    found = []
    for name in step.shows:
        newest = latest(room, name)
        if drill.asks[name].kept == "both":
            newest = newest[-1:] if _by_one(drill, name) else newest
        elif len(newest) < 2:
            newest = []
        found += newest
    return found


def ways(drill: Drill, room: Room, step: Step) -> list[tuple[int, Exit]]:
    """Return the ways on that are open now, with their numbers."""
    return [(number, way) for number, way in enumerate(step.go) if way.when is None or holds(room, way.when)]


def holds(room: Room, when: When) -> bool:
    """Return whether a condition holds for what either partner last answered."""
    values = [one.value for one in latest(room, when.name)]
    if when.at_least is not None:
        return any(isinstance(value, int) and value >= when.at_least for value in values)
    return when.equals in values


def _by_one(drill: Drill, name: str) -> bool:
    """Return whether a thing is said by one at a time, so that only the newest counts."""
    return all(step.floor != "each" for step in drill.steps if step.ask and step.ask.name == name)


def _done(drill: Drill, room: Room, event: Event, now: float) -> Room:
    match event.verb:
        case "stop" | "end":
            return _end(drill, room, "stopped", now)
        case "time-out":
            return _end(drill, room, "time-out", now)
        case "go":
            return _go(drill, room, event, now)
        case "withdraw":
            return _withdraw(room, event)
        case "nudge":
            return replace(room, nudge=str(event.value or ""))
        case "hold":
            return (
                room if room.held else replace(_count(drill, room, now), held=True, paused=room.paused or now)
            )
        case "give":
            return _give(drill, room, event.way, now)
        case "pause":
            return room if room.paused is not None else replace(_count(drill, room, now), paused=now)
        case "resume" | "gone":
            return _resume(room, now)


def _go(drill: Drill, room: Room, event: Event, now: float) -> Room:
    seat, step = _seat(event), drill.by_id[room.step]
    if event.at != room.at:
        raise AccessError(MOVED)
    if room.held or room.paused is not None:
        raise AccessError(WAITING)
    if not may_go(drill, room, seat):
        raise AccessError(NOT_YOURS)
    if now < opens_at(drill, room):
        raise AccessError(EARLY)
    mine: tuple[Said, ...] = ()
    if step.ask is not None and (event.value is not None or not step.ask.optional):
        mine = (Said(room.at, seat, step.ask.name, _fit(step.ask, event.value), now),)
    if step.floor == "each":
        room = replace(room, done=(*room.done, *mine), passed=(*room.passed, seat))
        if len(room.passed) < 2:
            return room
        room = replace(room, said=(*room.said, *room.done))
        return _take(drill, room, ways(drill, room, step)[0], now)
    room = replace(room, said=(*room.said, *mine))
    open_ways = dict(ways(drill, room, step))
    if event.way not in open_ways:
        raise AccessError(UNFIT)
    return _take(drill, room, (event.way, open_ways[event.way]), now)


def _take(drill: Drill, room: Room, way: tuple[int, Exit], now: float) -> Room:
    number, taken = way
    place, target = f"{room.step}:{number}", taken.to
    count = room.used.get(place, 0) + 1
    if taken.times is not None and taken.then and count > taken.times:
        target, count = taken.then, 0
    after = _enter(drill, replace(room, used={**room.used, place: count}), target, now)
    swap = taken.swap and target == taken.to
    return replace(after, speaker=1 - after.speaker) if swap else after


def _enter(drill: Drill, room: Room, target: str, now: float) -> Room:
    room = _count(drill, room, now)
    room = replace(room, step=target, at=room.at + 1, since=now, done=(), passed=(), nudge="")
    step = drill.by_id[target]
    return replace(room, ended="done") if not step.go and not step.lapse else room


def _end(drill: Drill, room: Room, how: Literal["stopped", "time-out"], now: float) -> Room:
    room = _count(drill, room, now)
    return replace(room, ended=how, held=False, paused=None, done=(), passed=(), nudge="")


def _count(drill: Drill, room: Room, now: float) -> Room:
    """Add the time that the one with the floor has had it."""
    had = holder(drill, room)
    spoke = list(room.spoke)
    if isinstance(had, int) and room.paused is None:
        spoke[had] += max(0.0, now - room.floor_since)
    return replace(room, spoke=(spoke[0], spoke[1]), floor_since=now)


def _give(drill: Drill, room: Room, seat: int, now: float) -> Room:
    floor = drill.by_id[room.step].floor
    if seat not in (0, 1):
        raise AccessError(UNFIT)
    room = _resume(_count(drill, room, now), now)
    if floor == "speaker":
        return replace(room, speaker=seat)
    return replace(room, speaker=1 - seat) if floor == "listener" else room


def _resume(room: Room, now: float) -> Room:
    """Let the room go on: the clock stood still meanwhile."""
    if room.paused is None:
        return replace(room, held=False)
    stood = max(0.0, now - room.paused)
    return replace(room, held=False, paused=None, since=room.since + stood, floor_since=now)


def _withdraw(room: Room, event: Event) -> Room:
    """Take back what one has sealed, as long as it is."""
    seat = _seat(event)
    if event.at != room.at or seat not in room.passed:
        raise AccessError(MOVED)
    left = tuple(one for one in room.done if one.seat != seat)
    return replace(room, done=left, passed=tuple(one for one in room.passed if one != seat))


def _seat(event: Event) -> int:
    if event.seat not in (0, 1):
        raise AccessError(NOT_YOURS)
    return event.seat


def _fit(ask: Ask, value: object) -> str | int:
    """Return an answer that fits what is asked; AccessError when it does not."""
    if ask.kind == "text" and isinstance(value, str) and value.strip() and len(value) <= LONGEST:
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = (0, 10) if ask.kind == "rating" else (SHORTEST_APART, LONGEST_APART)
        if ask.kind in ("rating", "minutes") and low <= value <= high:
            return value
    if ask.kind == "choice" and isinstance(value, str) and value in {one.value for one in ask.choices}:
        return value
    raise AccessError(UNFIT)
