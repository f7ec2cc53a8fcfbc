"""The client's first view: today, this week, one picture, what came before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.line import entry_lines
from iopkit.apps.place import key
from iopkit.apps.privacy import before_joint_work
from iopkit.apps.view import Card, Figure, Home
from iopkit.apps.words import day_words, greeting, local, moment
from iopkit.charts import sleep_raster
from iopkit.charts.labels import clock_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry
from iopkit.reports.course import night_bars, weeks_before
from iopkit.reports.homework import Due, due, local_day
from iopkit.words import say, sentence
from iopkit.worksheets import Worksheet

TODAY_CARDS = 3
RECENT = 5
MORE = 5
MAIN = ("thought-record", "sleep-diary", "nutrition-log", "speaker-listener")
"""The worksheets that have a notebook of their own."""
PICTURE_WEEKS = 2
LOOK_BACK = timedelta(70)
START = sentence("Start")
GO_ON = sentence("Go on")
NOTHING_YET = sentence("Your care team has not given you anything yet. When they do, it will be here.")
ALL_DONE = sentence("That was everything for today. The rest can wait.")
QUIET = sentence("Nothing is waiting for you today.")


def home(desk: Desk, *, now: datetime) -> Home:
    """Return what is due today (three cards at most), the week, one picture and the newest entries."""
    person = desk.person
    today = local_day(now, person.zone)
    entries = desk.entries(person.id, since=today - LOOK_BACK)
    assignments = desk.assignments(person.id)
    dues = [one for given in assignments for one in due(given, entries, today=today, zone=person.zone)]
    drafts = desk.drafts()
    shelf = Shelf(desk, drafts, now)
    first = shelf.today(dues)
    week = [*first[TODAY_CARDS:], *shelf.week(dues)]
    return Home(
        greeting=greeting(now, person.zone, person.name, person.language),
        today=first[:TODAY_CARDS],
        week=week,
        more=shelf.more({given.worksheet_id for given in assignments}, entries),
        alone=before_joint_work(desk, now=now),
        quiet=say(quiet(first, bool(assignments)), person.language),
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


class Shelf:
    """The cards of one client at one moment."""

    def __init__(self, desk: Desk, drafts: Sequence[Entry], now: datetime) -> None:
        self.desk = desk
        self.zone = desk.person.zone
        self.language = desk.person.language
        self.now = now
        self.day = local_day(now, self.zone)
        self.drafts = {(draft.worksheet_id, draft.assignment_id): draft for draft in drafts}

    def today(self, dues: Sequence[Due]) -> list[Card]:
        """Return the cards for today: drafts nobody asked for, what is due or open, then what is done."""
        own = [self.draft_card(draft) for (_, given), draft in self.drafts.items() if given is None]
        here = [one for one in dues if one.occurrence.holds(self.day) and self.is_for_today(one)]
        here.sort(key=lambda one: (one.entry is not None, one.occurrence.due, one.assignment.id))
        return [*own, *(self.card(one) for one in here)]

    def week(self, dues: Sequence[Due]) -> list[Card]:
        """Return what can be done later this week, soonest first; nothing that has a card for today."""
        shown = {
            one.assignment.id for one in dues if one.occurrence.holds(self.day) and self.is_for_today(one)
        }
        later = [
            one
            for one in dues
            if one.assignment.id not in shown and one.entry is None and self.due_day(one) > self.day
        ]
        later.sort(key=lambda one: (one.occurrence.due, one.assignment.id))
        soonest = {one.assignment.id: one for one in reversed(later)}
        return [self.card(one) for one in later if soonest[one.assignment.id] is one]

    def more(self, given: set[str], entries: Sequence[Entry]) -> list[Card]:
        """Return a few worksheets to take up without being asked: the main ones, then those used before."""
        used = list(dict.fromkeys(entry.worksheet_id for entry in entries))
        first = {name: place for place, name in enumerate(dict.fromkeys([*MAIN, *used]))}
        free = [
            worksheet
            for worksheet in self.desk.worksheets()
            if worksheet.audience == "client"
            and worksheet.category != "measures"
            and worksheet.id not in given
        ]
        free.sort(key=lambda one: (first.get(one.id, len(first)), one.minutes, one.title))
        return [self.free_card(worksheet) for worksheet in free[:MORE]]

    def is_for_today(self, one: Due) -> bool:
        """Return whether an occurrence belongs to today: due by now or today, or done today."""
        if one.entry is not None and one.entry.submitted_at is not None:
            return local_day(one.entry.submitted_at, self.zone) == self.day or self.due_day(one) == self.day
        return self.due_day(one) <= self.day

    def due_day(self, one: Due) -> date:
        """Return the client's day on which an occurrence is due."""
        return local(one.occurrence.due, self.zone).date()

    def card(self, one: Due) -> Card:
        """Return the card of one occurrence: to start, to go on with, or done."""
        given = one.assignment
        worksheet = self.desk.worksheet(given.worksheet_id)
        draft = self.drafts.get((given.worksheet_id, given.id))
        if one.entry is not None:
            return done_card(self, worksheet, given, one.entry)
        return Card(
            key=key(self.desk, "worksheet", given.worksheet_id, given.id),
            title=worksheet.title,
            minutes=worksheet.minutes,
            why=why(given, self.language),
            due=self.due_words(one),
            state="draft" if draft else "new",
            action=self.say(GO_ON if draft else START),
        )

    def draft_card(self, draft: Entry) -> Card:
        """Return the card of a draft the client began without being asked."""
        worksheet = self.desk.worksheet(draft.worksheet_id, draft.version)
        return Card(
            key=key(self.desk, "entry", draft.id),
            title=worksheet.title,
            minutes=worksheet.minutes,
            why=say("You began this yourself.", self.language),
            due=say("Last saved {when}", self.language, when=self.moment(draft.saved_at)),
            state="draft",
            action=self.say(GO_ON),
        )

    def free_card(self, worksheet: Worksheet) -> Card:
        """Return the card of a worksheet that waits for nobody."""
        return Card(
            key=key(self.desk, "worksheet", worksheet.id),
            title=worksheet.title,
            minutes=worksheet.minutes,
            why=say("For whenever it would help.", self.language),
            due="",
            state="new",
            action=self.say(START),
        )

    def due_words(self, one: Due) -> str:
        """Return until when, in words without reproach."""
        at = local(one.occurrence.due, self.zone)
        if at.date() < self.day or one.occurrence.due < self.now:
            return say("Was for {day}, still open", self.language, day=self.day_words(at.date()))
        if one.occurrence.day > self.day:
            return say("For {day}", self.language, day=self.day_words(one.occurrence.day))
        clock = clock_label(at.time(), self.language)
        return say("By {day}, {clock}", self.language, day=self.day_words(at.date()), clock=clock)

    def say(self, text: str) -> str:
        """Return a text in the client's language."""
        return say(text, self.language)

    def day_words(self, day: date) -> str:
        """Return a day as the client says it."""
        return day_words(day, self.day, self.language)

    def moment(self, at: datetime) -> str:
        """Return an instant as the client says it."""
        return moment(at, self.now, self.zone, self.language)


def done_card(shelf: Shelf, worksheet: Worksheet, given: Assignment, entry: Entry) -> Card:
    """Return the card of something done: when, and a way to read it again."""
    at = entry.submitted_at or entry.saved_at
    return Card(
        key=key(shelf.desk, "entry", entry.id),
        title=worksheet.title,
        minutes=worksheet.minutes,
        why=why(given, shelf.language),
        due=say("Done {when}", shelf.language, when=shelf.moment(at)),
        state="done",
        action=say("Read it", shelf.language),
    )


def why(given: Assignment, language: str = "en") -> str:
    """Return who gave it, and their note."""
    if not given.note:
        return say("From {name}", language, name=given.by.name)
    return say("From {name}: {note}", language, name=given.by.name, note=given.note)
