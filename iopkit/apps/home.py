"""The client's first view: today, this week, one picture, what came before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.cards import Shelf
from iopkit.apps.line import entry_lines
from iopkit.apps.obstacles import choices, question
from iopkit.apps.paths import own_paths
from iopkit.apps.place import key
from iopkit.apps.privacy import before_joint_work
from iopkit.apps.view import Card, Figure, Home
from iopkit.apps.wins import wins
from iopkit.apps.words import greeting, moment
from iopkit.charts import sleep_raster
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.course import night_bars, weeks_before
from iopkit.reports.homework import due, local_day
from iopkit.words import say, sentence

TODAY_CARDS = 3
RECENT = 5
PICTURE_WEEKS = 2
LOOK_BACK = timedelta(70)
NOTHING_YET = sentence("Your care team has not given you anything yet. When they do, it will be here.")
ALL_DONE = sentence("That was everything for today. The rest can wait.")
QUIET = sentence("Nothing is waiting for you today.")


def home(desk: Desk, *, now: datetime) -> Home:
    """Return what is due today (three cards at most), the week, one picture and the newest entries."""
    person = desk.person
    today = local_day(now, person.zone)
    entries = desk.entries(person.id, since=today - LOOK_BACK)
    walks = desk.pathways(person.id)
    assignments = desk.assignments(person.id)
    shelf = Shelf(desk, assignments, now)
    dues = [one for given in shelf.given for one in due(given, entries, today=today, zone=person.zone)]
    first = shelf.today(dues)
    week = [*first[TODAY_CARDS:], *shelf.week(dues)]
    aside = shelf.put_off(dues)
    return Home(
        greeting=greeting(now, person.zone, person.name, person.language),
        today=first[:TODAY_CARDS],
        week=week,
        more=shelf.more({given.worksheet_id for given in assignments}, entries),
        alone=before_joint_work(desk, now=now),
        quiet=say(quiet(first, bool(assignments)), person.language),
        aside=aside,
        wins=wins(entries, today, person.language),
        paths=own_paths(desk, walks, now=now),
        question=question(desk, dues, shelf.aside, today),
        obstacles=choices(person.language),
        appointment=next_appointment(desk, now),
        calendar=key(desk, "calendar"),
        picture=picture(entries, today, person.language),
        recent=entry_lines(desk, entries[:RECENT], now=now),
    )


def next_appointment(desk: Desk, now: datetime) -> str:
    """Return when the next appointment is, in words, or "" when none is near."""
    me = desk.person
    found = desk.next_appointments([me.id]).get(me.id)
    if found is None:
        return ""
    return say("Next appointment: {when}", me.language, when=moment(found.start, now, me.zone, me.language))


def quiet(cards: Sequence[Card], given: bool) -> str:
    """Return the sentence shown when nothing is to do."""
    if not given and not cards:
        return NOTHING_YET
    return ALL_DONE if cards and all(card.state == "done" for card in cards) else QUIET


def picture(entries: Sequence[Entry], today: date, language: str = "en") -> Figure | None:
    """Return the sleep of the last two weeks, or None when there is no night in them."""
    span = weeks_before(today, PICTURE_WEEKS)
    bars = [bar for bar in night_bars(entries) if span["start"] <= bar.day]
    return sleep_raster(bars, **span, language=language) if bars else None
