"""The page of the two: drills that were given, drills that were done; for them and for their therapist."""

from datetime import datetime

from iopkit.apps.drill import answer_text
from iopkit.apps.place import key
from iopkit.apps.view_drill import Couple, DrillCard, PastDrill
from iopkit.apps.view_privacy import Way
from iopkit.apps.words import listing, moment, upper
from iopkit.clinic import drill as engine
from iopkit.clinic.desk import Desk
from iopkit.clinic.rooms import Sitting, Together
from iopkit.words import say, sentence, several

QUIET = sentence("There is nothing for the two of you this week.")
LEAD = sentence(
    "You two do these at the same time, each on a device of your own. Either of you can stop at any moment, "
    "without a reason."
)
STAFF = sentence(
    "Drills are not for couples where one is afraid of the other. Both answer the check-in alone first; a "
    "worrying answer closes all joint work without a word to either."
)
RECEIVED = sentence("Watch how thanks are received: hearing them can be harder than saying them.")
PAST = 30
GRACE = 300
"""Seconds after the agreed time within which the sentence to begin again counts as on time."""


def couple(desk: Desk, client_id: str, *, now: datetime) -> Couple:
    """Return what is there for a couple: their own page, or with a client's id the therapist's."""
    language, own = desk.person.language, not client_id
    found = desk.together(client_id or desk.person.id)
    return Couple(
        heading=say("The two of you", language) if own else listing(list(found.names), language),
        lead=say(LEAD if own else STAFF, language),
        quiet="" if found.drills else say(QUIET, language),
        cards=cards(desk, found, own=own),
        figures=figures(found, language, own=own),
        past=[past(desk, one, now=now) for one in found.past[:PAST]],
        way=None if own else Way(key=key(desk, "client", client_id), label=say("Client", language)),
    )


def cards(desk: Desk, found: Together, *, own: bool) -> list[DrillCard]:
    """Return a card for each drill given; a therapist has those whose room is open."""
    made = []
    for one in found.drills:
        room = found.open.get(one.id, "")
        where = key(desk, "begin", one.id) if own else key(desk, "drill", room)
        if own or room:
            made.append(DrillCard(key=where, title=one.title, about=one.about, minutes=one.minutes))
    open_time_out = found.open.get("time-out", "")
    if open_time_out and all(one.id != "time-out" for one in found.drills):
        made.insert(
            0, DrillCard(key=key(desk, "drill", open_time_out), title="Time-out", about="", minutes=0)
        )
    return made


def figures(found: Together, language: str, *, own: bool) -> list[str]:
    """Return counts over time: nothing in them compares the two or says who stopped."""
    done = [one for one in found.past if one.room.ended == "done"]
    apart = [one for one in done if one.drill.id == "time-out"]
    made = []
    if done:
        made.append(
            several("{count} exercise done together", "{count} exercises done together", language, len(done))
        )
    if apart:
        back = sum(on_time(one) for one in apart)
        made.append(
            say("Back on time from {back} of {count} time-outs", language, back=back, count=len(apart))
        )
    if not own and any(one.drill.id == "gratitude-exchange" for one in done):
        made.append(say(RECEIVED, language))
    return made


def on_time(sitting: Sitting) -> bool:
    """Return whether both were back from a time-out when it was agreed."""
    asked = engine.latest(sitting.room, "back_in")
    again = engine.latest(sitting.room, "reentry")
    if not asked or not again:
        return False
    return again[-1].moment <= asked[-1].moment + 60 * int(asked[-1].value) + GRACE


def past(desk: Desk, sitting: Sitting, *, now: datetime) -> PastDrill:
    """Return a drill that was: what both may see, and what the reader kept for themself."""
    language = desk.person.language
    said = []
    for one in sitting.room.said:
        ask = sitting.drill.asks[one.name]
        agreed = shared(sitting, one.name)
        if ask.kept == "own" and one.seat != sitting.seat and not agreed:
            continue
        who = say("You alone", language) if ask.kept == "own" and not agreed else sitting.names[one.seat]
        said.append(
            say(
                "{who}, {label}: {text}", language, who=who, label=ask.label, text=answer_text(ask, one.value)
            )
        )
    minutes = [round(seconds / 60) for seconds in sitting.room.spoke]
    if any(minutes):
        each = [
            several("{name} {count} minute", "{name} {count} minutes", language, count, name=name)
            for name, count in zip(sitting.names, minutes, strict=True)
        ]
        said.append(say("With the floor: {each}", language, each=listing(each, language)))
    when = upper(moment(sitting.ended_at or sitting.began_at, now, desk.person.zone, language))
    return PastDrill(title=sitting.drill.title, when=when, lines=said)


def shared(sitting: Sitting, name: str) -> bool:
    """Return whether both agreed to show what each kept under a name."""
    for step in sitting.drill.steps:
        if name in step.shows and step.if_both:
            said = engine.latest(sitting.room, step.if_both)
            return len(said) == 2 and all(one.value == "yes" for one in said)
    return False
