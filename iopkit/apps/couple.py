"""The page of the two: drills that were given, drills that were done; for them and for their therapist."""

from datetime import datetime, timedelta

from iopkit.apps.drill import answer_text
from iopkit.apps.place import key
from iopkit.apps.view_drill import Couple, DrillCard, PastDrill, SharedGoal
from iopkit.apps.view_privacy import Way
from iopkit.apps.words import listing, local, moment, upper
from iopkit.charts.figure import Pictures
from iopkit.charts.labels import day_label
from iopkit.clinic import remains
from iopkit.clinic.desk import Desk
from iopkit.clinic.remains import Span
from iopkit.clinic.rooms import Sitting, Together
from iopkit.words import say, sentence, several

QUIET = sentence("There is nothing for the two of you this week.")
LEAD = sentence(
    "You two do these at the same time, each on a device of your own or on one that you hand to each other. "
    "Either of you can stop at any moment, without a reason."
)
STAFF = sentence(
    "Drills are not for couples where one is afraid of the other. Both answer the check-in alone first; a "
    "worrying answer closes all joint work without a word to either."
)
RECEIVED = sentence("Watch how thanks are received: hearing them can be harder than saying them.")
PAST, GOALS = 30, 5
MOST_DAYS = timedelta(weeks=26)


def couple(desk: Desk, client_id: str, *, now: datetime) -> Couple:
    """Return what is there for a couple: their own page, or with a client's id the therapist's."""
    language, own = desk.person.language, not client_id
    found = desk.together(client_id or desk.person.id)
    if desk.is_joint:
        found = remains.of_both(found)
    span = span_of(desk, found, now)
    return Couple(
        heading=say("The two of you", language) if own else listing(list(found.names), language),
        lead=say(LEAD if own else STAFF, language),
        quiet="" if found.drills else say(QUIET, language),
        cards=cards(desk, found, own=own),
        figures=figures(found, language),
        pictures=drawn(found, span),
        goals=[goal_card(one, language) for one in remains.goals(found.past, span)[:GOALS]],
        past=[past(desk, one, now=now) for one in found.past[:PAST]],
        door=Way(key=key(desk, "consents"), label=say("Who may have this", language))
        if own and not desk.is_joint
        else None,
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


def figures(found: Together, language: str) -> list[str]:
    """Return counts over time: nothing in them compares the two or says who stopped."""
    done = [one for one in found.past if one.room.ended == "done"]
    apart = [one for one in done if one.drill.id == "time-out"]
    made = []
    if done:
        made.append(
            several("{count} exercise done together", "{count} exercises done together", language, len(done))
        )
    if apart:
        back = sum(remains.on_time(one) for one in apart)
        made.append(
            say("Back on time from {back} of {count} time-outs", language, back=back, count=len(apart))
        )
    return made


def span_of(desk: Desk, found: Together, now: datetime) -> Span:
    """Return the days from the first drill to today, on the reader's clock."""
    zone, today = desk.person.zone, local(now, desk.person.zone).date()
    first = remains.first_day(found.past, zone, now)
    return Span(max(first, today - MOST_DAYS), today, zone, desk.person.language)


def drawn(found: Together, span: Span) -> Pictures | None:
    """Return the pictures over time, with what to keep in mind about them."""
    made = remains.figures(found.past, span)
    if not made:
        return None
    given = remains.thanks(found.past, span)
    notes = []
    if given:
        each = [say("{name} {count}", span.language, name=name, count=count) for name, count in given]
        notes = [
            say("Thanks given: {each}", span.language, each=listing(each, span.language)),
            say(RECEIVED, span.language),
        ]
    return Pictures(title=say("Over time", span.language), figures=made, waiting=notes)


def goal_card(goal: remains.Goal, language: str) -> SharedGoal:
    """Return one goal of both in words: each one's step, and how near it felt to each."""
    lines = [
        say("{name}: {step} (how near: {near} of 10)", language, name=name, step=step, near=near or "–")
        for name, step, near in goal.steps
    ]
    return SharedGoal(goal=goal.goal, when=upper(day_label(goal.day, language)), lines=lines)


def past(desk: Desk, sitting: Sitting, *, now: datetime) -> PastDrill:
    """Return a drill that was: what both may see, and what the reader kept for themself."""
    language = desk.person.language
    said = []
    for one in sitting.room.said:
        ask = sitting.drill.asks[one.name]
        if not remains.may_read(sitting, one):
            continue
        agreed = remains.agreed_to_show(sitting, one.name)
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
