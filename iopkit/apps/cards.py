"""The cards of a client: what is due today and this week, what is put off, what may be taken up unasked."""

from collections.abc import Sequence
from datetime import date, datetime

from iopkit.apps.audience import will_see
from iopkit.apps.place import key
from iopkit.apps.view import Card
from iopkit.apps.words import day_words, local, moment
from iopkit.charts.labels import clock_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry, SetAside
from iopkit.errors import NotFoundError
from iopkit.reports.homework import LOOK_BACK, Due, local_day
from iopkit.words import say, sentence, several
from iopkit.worksheets import Worksheet

MORE = 5
MAIN = ("thought-record", "sleep-diary", "nutrition-log", "speaker-listener")
"""The worksheets that have a notebook of their own."""
START = sentence("Start")
GO_ON = sentence("Go on")
LATER = sentence("Later today, as you said")
PUT_OFF = sentence("Put off. Still open, if you want it")
RETIRED = sentence("This worksheet is not used any more. {name} will choose another with you.")


class Shelf:
    """The cards of one client at one moment."""

    def __init__(self, desk: Desk, given: Sequence[Assignment], now: datetime) -> None:
        self.desk = desk
        self.zone = desk.person.zone
        self.language = desk.person.language
        self.now = now
        self.day = local_day(now, self.zone)
        self.drafts = {(draft.worksheet_id, draft.assignment_id): draft for draft in desk.drafts()}
        self.given = [one for one in given if self.sheet(one) is not None]
        self.aside: list[SetAside] = desk.put_off(desk.person.id, self.day - LOOK_BACK) if given else []
        self._team = desk.care_team(desk.person.id) if given else []

    def sheet(self, given: Assignment) -> Worksheet | None:
        """Return the worksheet of an assignment; None when it was taken away since it was given."""
        try:
            return self.desk.worksheet(given.worksheet_id)
        except NotFoundError:
            return None

    def today(self, dues: Sequence[Due]) -> list[Card]:
        """Return the cards for today: drafts nobody asked for, what is due or open, then what is done."""
        own = [self.draft_card(draft) for (_, given), draft in self.drafts.items() if given is None]
        here = [one for one in dues if self.is_here(one) and self.set_aside(one) != "not-now"]
        here.sort(
            key=lambda one: (
                one.entry is not None,
                self.set_aside(one) == "later",
                one.occurrence.due,
                one.assignment.id,
            )
        )
        return [*own, *(self.card(one) for one in here)]

    def put_off(self, dues: Sequence[Due]) -> list[Card]:
        """Return what was put off and is still open, to take up again."""
        found = [one for one in dues if self.is_here(one) and self.set_aside(one) == "not-now"]
        return [
            self.card(one) for one in sorted(found, key=lambda one: (one.occurrence.due, one.assignment.id))
        ]

    def is_here(self, one: Due) -> bool:
        """Return whether an occurrence has a card for today.

        Nothing open has one in a pause, or after the assignment was ended, but for what was begun before.
        """
        if one.entry is None and (one.assignment.resting(self.day) or self.is_over(one.assignment)):
            return False
        return one.occurrence.holds(self.day) and self.is_for_today(one)

    def is_over(self, given: Assignment) -> bool:
        """Return whether an assignment was ended and no draft of it is left to go on with."""
        ended = given.stopped_at is not None and given.stopped_at <= self.now
        return ended and all(assignment_id != given.id for _, assignment_id in self.drafts)

    def set_aside(self, one: Due) -> str:
        """Return how an open occurrence was put off: for later today, not this time, or ""."""
        if one.entry is not None:
            return ""
        kinds = [
            aside.kind
            for aside in self.aside
            if aside.assignment_id == one.assignment.id
            and one.occurrence.holds(aside.day)
            and (aside.kind == "not-now" or (aside.kind == "later" and aside.day == self.day))
        ]
        return kinds[0] if kinds else ""

    def week(self, dues: Sequence[Due]) -> list[Card]:
        """Return what can be done later this week, soonest first; nothing that has a card for today."""
        shown = {one.assignment.id for one in dues if self.is_here(one)}
        later = [
            one
            for one in dues
            if one.assignment.id not in shown and one.entry is None and self.due_day(one) > self.day
            if not (one.occurrence.day <= self.day and one.assignment.resting(self.day))
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
        if one.entry is not None:
            return done_card(self, worksheet, given, one.entry)
        begun = [
            self.drafts[name, given.id] for name in self.forms(worksheet) if (name, given.id) in self.drafts
        ]
        draft = begun[0] if begun else None
        if worksheet.status == "retired" and draft is None:
            return self.retired_card(worksheet, given)
        card = Card(
            key=key(self.desk, "worksheet", draft.worksheet_id if draft else given.worksheet_id, given.id),
            title=worksheet.title,
            minutes=worksheet.minutes,
            why=self.why(given),
            due=self.due_words(one),
            state="draft" if draft else "new",
            action=self.say(GO_ON if draft else START),
            seen=will_see(
                self._team, given.domain, self.day, private=worksheet.private, language=self.language
            ),
            later=key(self.desk, "aside", given.id) if one.occurrence.day <= self.day else "",
        )
        begun_short = draft is not None and draft.worksheet_id == worksheet.short
        return card if begun_short else card.model_copy(update=self.short_form(worksheet, given))

    def forms(self, worksheet: Worksheet) -> tuple[str, ...]:
        """Return the ids under which an assignment may be filled in: the worksheet and its short form."""
        return (worksheet.id, *([worksheet.short] if worksheet.short else []))

    def short_form(self, worksheet: Worksheet, given: Assignment) -> dict[str, str]:
        """Return the key of the short form and what it is; nothing where there is none."""
        if worksheet.short is None:
            return {}
        short = self.desk.worksheet(worksheet.short)
        label = several(
            "{title}, about {count} minute",
            "{title}, about {count} minutes",
            self.language,
            short.minutes,
            title=short.title,
        )
        return {"short": key(self.desk, "worksheet", short.id, given.id), "short_label": label}

    def retired_card(self, worksheet: Worksheet, given: Assignment) -> Card:
        """Return the card of a worksheet that was taken out of use while it was assigned: nothing to do."""
        return Card(
            key=key(self.desk, "worksheet", worksheet.id, given.id),
            title=worksheet.title,
            minutes=0,
            why=say(RETIRED, self.language, name=given.by.name),
            due="",
            state="new",
            action="",
        )

    def why(self, given: Assignment) -> str:
        """Return who gave it and why; and, where two people gave the same, that each gets their own."""
        text = why(given, self.language)
        others = {
            one.by.name
            for one in self.given
            if one.worksheet_id == given.worksheet_id
            and one.domain != given.domain
            and one.stopped_at is None
        }
        if not others:
            return text
        also = say(
            "{name} gave you this one too. Each sees only what you send them.",
            self.language,
            name=min(others),
        )
        return f"{text}{'' if text.endswith(('.', '?', '!', '…')) else '.'} {also}"

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
        aside = self.set_aside(one)
        if aside:
            return self.say(LATER if aside == "later" else PUT_OFF)
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
