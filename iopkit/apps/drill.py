"""A couple's room as one of the three in it sees it: whose turn, what to do with it, how long."""

import hashlib
from datetime import UTC, datetime

from iopkit.apps.live import LOOKS
from iopkit.apps.message_live import Changed
from iopkit.apps.place import Place, key
from iopkit.apps.view_drill import Button, Drill, Line, Option, Person, Question
from iopkit.apps.view_privacy import Way
from iopkit.apps.words import moment
from iopkit.clinic import drill as engine
from iopkit.clinic.desk import Desk
from iopkit.clinic.returns import agreed
from iopkit.clinic.rooms import Sitting
from iopkit.words import say, sentence
from iopkit.worksheets.drill import Ask

NUDGES = {
    "slow": sentence("Slow down a little."),
    "paraphrase": sentence("Say back first what you heard."),
    "begin_with_i": sentence("Begin with I."),
    "breathe": sentence("Take a breath together."),
}
"""What a therapist can say into a room with one press."""
ENDED = {
    "done": sentence("This exercise is done."),
    "stopped": sentence("This has ended here. Anybody may end it at any time, and no reason is needed."),
    "time-out": sentence("A time-out ended this."),
}
MINUTES = (20, 30, 45, 60, 120, 240, 720, 1440)


def drill(desk: Desk, room_id: str, *, now: datetime) -> Drill:
    """Return a room, with its reader in it; a room that a time-out ended leads into the time-out."""
    sitting = desk.join_room(room_id)
    if sitting.room.ended == "time-out":
        later = desk.after_room(sitting)
        sitting = desk.join_room(later) if later else sitting
    return shown(desk, sitting)


def look(desk: Desk, where: Place, now: datetime) -> Changed:
    """Return how the room stands, with what tells the page whether it shows that already."""
    found = shown(desk, desk.look_into(where.part(0)))
    body = None if found.ended else found  # what is over is asked for: it may lead into another room
    return Changed(key=found.key, stamp=found.stamp, body=body)


LOOKS["drill"] = look


def shown(desk: Desk, sitting: Sitting) -> Drill:
    """Return a sitting as plain view data. Nothing sealed or kept by the other is read for it."""
    language, room = desk.person.language, sitting.room
    step = sitting.drill.by_id[room.step]
    mine = sitting.seat is not None and engine.may_go(sitting.drill, room, sitting.seat)
    alone = engine.holder(sitting.drill, room)
    has_floor = sitting.seat is not None and alone == sitting.seat
    sealed_key = key(desk, "drill", sitting.id)
    ends = None if room.ended or room.paused is not None else engine.ends_at(sitting.drill, room)
    made = Drill(
        key=sealed_key,
        live=sealed_key,
        stamp="",
        at=room.at,
        now=0,
        heading=sitting.drill.title,
        title=step.title,
        turn=turn(sitting, alone, mine=mine, language=language),
        colour=alone if isinstance(alone, int) else -1,
        text=instruction(sitting, alone, mine=mine or has_floor, language=language),
        mine=mine,
        people=people(sitting, language, beside=is_beside(desk, sitting)),
        therapist=therapist(sitting, language),
        nudge=say(NUDGES[room.nudge], language) if room.nudge in NUDGES else "",
        lines=lines(sitting),
        question=question(step.ask, language) if mine and step.ask else None,
        buttons=buttons(sitting, mine=mine, language=language),
        may_stop=sitting.seat is not None and not room.ended,
        ends=ends,
        opens=engine.opens_at(sitting.drill, room) if mine and step.not_before else None,
        agreed=back_at(sitting, desk.person.zone, language),
        waiting=waiting(sitting, language),
        ended=say(ENDED[room.ended], language) if room.ended else "",
        way=way(desk, sitting, language),
    )
    stamp = hashlib.sha256(made.model_dump_json().encode()).hexdigest()[:16]
    return made.model_copy(update={"stamp": stamp, "now": sitting.now})


def turn(sitting: Sitting, alone: int | str | None, *, mine: bool, language: str) -> str:
    """Return whose turn it is, as the largest words of the screen."""
    if sitting.room.ended:
        return ""
    if alone == "therapist":
        return say("{name} speaks", language, name=sitting.therapist or say("Your therapist", language))
    if isinstance(alone, int):
        if alone == sitting.seat:
            return say("Your turn", language)
        return say("{name}'s turn", language, name=sitting.names[alone])
    each = sitting.drill.by_id[sitting.room.step].floor == "each"
    return say("Both of you, each alone" if each else "The two of you", language)


def instruction(sitting: Sitting, alone: int | str | None, *, mine: bool, language: str) -> str:
    """Return what to do now, in words for who acts or who waits; a therapist reads whom they speak to."""
    step = sitting.drill.by_id[sitting.room.step]
    if sitting.seat is None and not sitting.room.ended:
        if isinstance(alone, int):
            return say("To {name}: {text}", language, name=sitting.names[alone], text=step.say)
        return say("To both: {text}", language, text=step.say)
    return step.say if mine or sitting.room.ended or not step.wait else step.wait


def is_beside(desk: Desk, sitting: Sitting) -> bool:
    """Return whether the partner sits at the same device, which the two hand to each other."""
    away = sitting.seat is not None and not sitting.here[1 - sitting.seat]
    return away and desk.shared_device() is not None


def people(sitting: Sitting, language: str, *, beside: bool = False) -> list[Person]:
    """Return the two, in their order and colours, and whether their pages are there."""
    gone = say("at this device", language) if beside else say("away", language)
    words = {True: say("here", language), False: gone}
    return [
        Person(name=name, here=words[here], is_here=here, colour=colour)
        for colour, (name, here) in enumerate(zip(sitting.names, sitting.here, strict=True))
    ]


def therapist(sitting: Sitting, language: str) -> str:
    """Return that a therapist is there: both partners are always told."""
    if not sitting.therapist:
        return ""
    if sitting.seat is None:
        return say("Both of them see that you are here.", language)
    return say("{name}, your therapist, is here and sees this.", language, name=sitting.therapist)


def lines(sitting: Sitting) -> list[Line]:
    """Return what both see in this step."""
    return [
        Line(
            who=sitting.names[one.seat],
            colour=0 if one.seat == 0 else 1,
            label=sitting.drill.asks[one.name].label,
            text=answer_text(sitting.drill.asks[one.name], one.value),
        )
        for one in engine.shown(sitting.drill, sitting.room)
    ]


def answer_text(ask: Ask, value: str | int) -> str:
    """Return an answer in words."""
    texts = {one.value: one.text for one in ask.choices}
    return texts.get(str(value), str(value))


def question(ask: Ask, language: str) -> Question:
    """Return what is asked of the reader."""
    options = [Option(value=one.value, text=one.text) for one in ask.choices]
    if ask.kind == "minutes":
        options = [Option(value=str(one), text=span(one, language)) for one in MINUTES]
    return Question(
        kind=ask.kind,
        label=ask.label,
        low=ask.low or "",
        high=ask.high or "",
        options=options,
        optional=ask.optional,
    )


def span(minutes: int, language: str) -> str:
    """Return a length of time in words."""
    if minutes < 60:
        return say("{count} minutes", language, count=minutes)
    return say("1 hour", language) if minutes == 60 else say("{count} hours", language, count=minutes // 60)


def buttons(sitting: Sitting, *, mine: bool, language: str) -> list[Button]:
    """Return what the reader can do beside stopping."""
    room, step = sitting.room, sitting.drill.by_id[sitting.room.step]
    if room.ended:
        return []
    if sitting.seat is None:
        return for_therapist(sitting, language)
    if sitting.seat in room.passed:
        sealed = step.ask is not None and step.ask.kept != "both"
        return [Button(verb="withdraw", label=say("Take it back", language))] if sealed else []
    if not mine:
        return []
    open_ways = engine.ways(sitting.drill, room, step)
    if step.floor == "each":  # one button: which way it leads is nobody's secret to tell
        return [Button(verb="go", label=step.go[-1].label)]
    return [Button(verb="go", label=one.label, way=number) for number, one in open_ways]


def for_therapist(sitting: Sitting, language: str) -> list[Button]:
    """Return what a therapist can do in a room."""
    room, step = sitting.room, sitting.drill.by_id[sitting.room.step]
    made = [Button(verb="nudge", label=say(text, language), value=value) for value, text in NUDGES.items()]
    if room.held or room.paused is not None:
        made.append(Button(verb="resume", label=say("Let them go on", language)))
    else:
        made.append(Button(verb="pause", label=say("Pause", language)))
        made.append(Button(verb="hold", label=say("Take the floor", language)))
    if step.floor in ("speaker", "listener"):
        give = [say("Give the floor to {name}", language, name=name) for name in sitting.names]
        made += [Button(verb="give", label=label, way=seat) for seat, label in enumerate(give)]
    return [*made, Button(verb="end", label=say("End the exercise", language))]


def waiting(sitting: Sitting, language: str) -> str:
    """Return what one waits for, if anything stands still; never whether the other has sealed."""
    room, step = sitting.room, sitting.drill.by_id[sitting.room.step]
    if room.ended:
        return ""
    if room.held or room.paused is not None:
        if sitting.seat is None:
            return say("Paused. The clock stands still.", language)
        return say("Paused by your therapist. The clock stands still.", language)
    if sitting.seat is not None and sitting.seat in room.passed:
        private = step.ask is not None and step.ask.kept != "both"
        return say("Yours is in. Only you know it until then." if private else "You are there.", language)
    return ""


def back_at(sitting: Sitting, zone: str, language: str) -> str:
    """Return when the two are back, on the reader's own clock, while they are apart."""
    at = agreed(sitting) if sitting.drill.by_id[sitting.room.step].until else None
    if at is None or sitting.room.ended:
        return ""
    when = moment(at, datetime.fromtimestamp(sitting.now, UTC), zone, language)
    if sitting.seat is None:
        return say("They agreed to be back: {when}.", language, when=when)
    return say("Back again: {when}. It stands in both your calendars.", language, when=when)


def way(desk: Desk, sitting: Sitting, language: str) -> Way:
    """Return the way out of a room."""
    if sitting.seat is None:
        return Way(key=key(desk, "couple", sitting.client_ids[0]), label=say("The two of them", language))
    return Way(key=key(desk, "couple"), label=say("The two of you", language))
