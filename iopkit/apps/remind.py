"""Reminders by e-mail: to whom something is still open today, once a day, in words that tell nothing."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from iopkit.clinic import Store, reminders
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import ReminderChoice
from iopkit.clinic.waiting import waits
from iopkit.exchange.mail import Line, Mailer
from iopkit.words import say, sentence

SUBJECT = sentence("A note for you")
TEXT = sentence(
    "You asked for a short note when something is waiting for you. Something is.\n\n"
    "Have a look when it suits you. You can turn these notes off in your settings at any time.\n"
)


@dataclass(frozen=True)
class Round:
    """What one round came to, by outcome: sent, queued, refused, unsure, given-up."""

    counts: Counter[str]

    @property
    def lines(self) -> list[str]:
        """Return what to tell whoever runs it; no names, no addresses."""
        told = {
            "sent": "sent",
            "queued": "waiting: the mail server could not take them now; the next run tries again",
            "given-up": "given up after several tries",
            "refused": "refused by the mail server: the address may be wrong",
            "unsure": "not known to have arrived, and not sent again",
        }
        return [f"{self.counts[name]} {words}." for name, words in told.items() if self.counts[name]]

    @property
    def is_well(self) -> bool:
        """Return whether everything that was to be sent was sent."""
        return not any(self.counts[name] for name in ("queued", "refused", "unsure", "given-up"))


def remind(store: Store, mailer: Mailer) -> Round:
    """Send what is to be sent now; two programs that do this at once send each note once."""
    counts: Counter[str] = Counter()
    office = store.office
    waiting = [
        (person, choice)
        for person, choice in reminders.wanting(office)
        if is_time(choice, person, office.now())
    ]
    if not waiting:
        return Round(counts)
    with mailer.open() as line:
        for person, choice in waiting:
            outcome = _remind(store, line, person, choice)
            if outcome:
                counts[outcome] += 1
    return Round(counts)


def is_time(choice: ReminderChoice, person: Person, now: datetime) -> bool:
    """Return whether it is not quiet where the person lives."""
    here = now.astimezone(ZoneInfo(person.zone)).time()
    return not reminders.is_quiet(here, choice.quiet_from, choice.quiet_until)


def _remind(store: Store, line: Line, person: Person, choice: ReminderChoice) -> str:
    office, now = store.office, store.office.now()
    if not waits(office, person):
        return ""
    today = now.astimezone(ZoneInfo(person.zone)).date()
    claimed = reminders.claim(office, person.id, f"day {today.isoformat()}")
    if claimed is None:
        return ""
    if not waits(office, person):  # it was done a moment ago
        reminders.release(office, claimed)
        return ""
    sent = line.send(choice.email, say(SUBJECT, person.language), say(TEXT, person.language), now)
    return reminders.settle(office, claimed, sent)
