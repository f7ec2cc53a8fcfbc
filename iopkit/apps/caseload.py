"""A clinician's clients, whoever needs them first at the top; in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from iopkit.apps.place import key
from iopkit.apps.view import Caseload, CaseloadRow
from iopkit.apps.words import DOMAINS, ago, listing, moment, upper
from iopkit.clinic.desk import Desk
from iopkit.clinic.overview import Overview, Wanted
from iopkit.clinic.record import Assignment, Person, SafetyAlert
from iopkit.measures.adherence import Adherence
from iopkit.measures.appointments import Span
from iopkit.measures.change import Change, change
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS
from iopkit.reports.homework import local_day, week_adherence
from iopkit.words import say, sentence, several
from iopkit.worksheets import Worksheet

MEASURE = "phq-9"
LOOK_BACK = timedelta(weeks=12)
WEEK = timedelta(days=8)
"""The week that homework is counted over, and a day for clients in earlier time zones."""
LONGEST_OPEN = timedelta(weeks=5)
"""So long before the week something may have been sent for an appointment in it."""
QUIET = timedelta(days=7)
"""Without an entry for so long a client is found by "quiet for a week"."""
EMPTY = sentence(
    "Nobody is on your caseload yet. The coordinator adds clients to care teams; they will appear here."
)


@dataclass(frozen=True)
class Standing:
    """Where one client stands: what a row of the caseload is made of and sorted by."""

    client: Person
    domains: tuple[str, ...]
    alerts: tuple[SafetyAlert, ...]
    homework: Adherence
    last: date | None
    change: Change | None
    latest: float | None
    measured: bool
    """Whether this clinician may read the measure at all: it belongs to a domain."""
    unread: int
    today: date
    ahead: Span | None = None
    """The next appointment with this clinician."""

    @property
    def rank(self) -> tuple[int, bool, int, float, int, str]:
        """Return what a client is sorted by, then by name.

        First come open alerts (high ones most), then who got reliably worse, what is unread, little homework,
        long silence.
        """
        done = self.homework.completion
        silent = (self.today - self.last).days if self.last else 999
        alerts = sum(2 if alert.priority == "high" else 1 for alert in self.alerts)
        unread, done = min(self.unread, 1), 1.0 if done is None else done
        return (-alerts, not self.worse, -unread, done, -silent, self.client.name)

    @property
    def worse(self) -> bool:
        """Whether the measure is reliably worse than twelve weeks ago, or than at its first answer since."""
        return self.change is not None and self.change.worse


def caseload(desk: Desk, *, now: datetime) -> Caseload:
    """Return one row a client, sorted by who needs this clinician first."""
    standings = sorted(standing_of_all(desk, now=now), key=lambda one: one.rank)
    return Caseload(
        rows=[row(desk, one, now=now) for one in standings],
        empty="" if standings else say(EMPTY, desk.person.language),
        emergency=key(desk, "reason"),
    )


def standing_of_all(desk: Desk, *, now: datetime) -> list[Standing]:
    """Return where each client stands, from a fixed number of reads."""
    clients = desk.clients()
    ids = [client.id for client in clients]
    assignments = desk.assignments_of(ids)
    domains = desk.domains_of(ids)
    alerts: dict[str, list[SafetyAlert]] = {}
    for alert in desk.alerts():
        if alert.done_at is None:
            alerts.setdefault(alert.client_id, []).append(alert)
    measure = desk.worksheet(MEASURE)
    found = desk.overview_of(ids, wanted(assignments, measure, now=now))
    ahead = desk.next_appointments(ids)
    return [
        standing(
            client,
            found[client.id],
            domains=tuple(sorted(domains.get(client.id, ()))),
            alerts=tuple(alerts.get(client.id, ())),
            assignments=assignments.get(client.id, []),
            measure=measure,
            now=now,
            ahead=ahead.get(client.id),
            language=desk.person.language,
        )
        for client in clients
    ]


def wanted(assignments: Mapping[str, Sequence[Assignment]], measure: Worksheet, *, now: datetime) -> Wanted:
    """Return what to ask of all clients: the last week's entries, and older ones for what is due once."""
    week = (now - WEEK).date()
    once = [
        (given.worksheet_id, rhythm.starts if not rhythm.rrule else max(rhythm.starts, week - LONGEST_OPEN))
        for listed in assignments.values()
        for given in listed
        for rhythm in (*given.former, given.rhythm)
        if rhythm.rrule == BEFORE_APPOINTMENTS
        or (not rhythm.rrule and (rhythm.ends or rhythm.starts) >= week)
    ]
    return Wanted(
        since=(now - LOOK_BACK).date(),
        week=week,
        measure=measure.id,
        score=measure.scores[0].name,
        once=frozenset(worksheet_id for worksheet_id, _starts in once),
        earliest=min((starts for _worksheet_id, starts in once), default=date.max),
    )


def standing(
    client: Person,
    found: Overview,
    *,
    domains: tuple[str, ...],
    alerts: tuple[SafetyAlert, ...],
    assignments: Sequence[Assignment],
    measure: Worksheet,
    now: datetime,
    ahead: Span | None = None,
    language: str = "en",
) -> Standing:
    """Return where one client stands."""
    scores = found.scores
    return Standing(
        client=client,
        domains=domains,
        alerts=alerts,
        homework=week_adherence(assignments, found.sent, now=now, zone=client.zone),
        last=local_day(found.last, client.zone) if found.last else None,
        change=change(measure.id, scores[0], scores[-1], language) if len(scores) > 1 else None,
        latest=scores[-1] if scores else None,
        measured=measure.domain in domains,
        unread=found.unread,
        today=local_day(now, client.zone),
        ahead=ahead,
    )


def row(desk: Desk, one: Standing, *, now: datetime) -> CaseloadRow:
    """Return one client's row in words."""
    language = desk.person.language
    domains = [say(DOMAINS[domain], language) for domain in one.domains]
    return CaseloadRow(
        key=key(desk, "client", one.client.id),
        name=one.client.name,
        domain=upper(listing(domains, language)),
        alert=alert_words(one.alerts, now, one.client.zone, language),
        worse=say("PHQ-9 reliably worse", language) if one.worse else "",
        week=homework_words(one.homework, language),
        last=upper(ago(one.last, one.today, language)) if one.last else say("No entry yet", language),
        measure=measure_words(one, language),
        unread=one.unread,
        timing=timing_words(one.homework, language),
        appointment=upper(moment(one.ahead.start, now, desk.person.zone, language)) if one.ahead else "",
        quiet=one.last is None or one.today - one.last >= QUIET,
    )


def timing_words(homework: Adherence, language: str = "en") -> str:
    """Return how much of what is done came on time and how much was back-filled; "" when nothing is done."""
    if not homework.submitted:
        return ""
    on_time = say("{count} on time", language, count=homework.on_time)
    if not homework.back_filled:
        return on_time
    late = say("{count} filled in long after", language, count=homework.back_filled)
    return f"{on_time}, {late}"


def homework_words(homework: Adherence, language: str = "en") -> str:
    """Return how much of what was due is done, or that nothing was due."""
    if not homework.assigned:
        return say("Nothing was due", language)
    return say("{done} of {due}", language, done=homework.submitted, due=homework.assigned)


def alert_words(alerts: Sequence[SafetyAlert], now: datetime, zone: str, language: str = "en") -> str:
    """Return how many alerts nobody has acknowledged, and since when; "" when there is none."""
    if not alerts:
        return ""
    first = min(alert.at for alert in alerts)
    return several(
        "{count} open alert, since {when}",
        "{count} open alerts, since {when}",
        language,
        len(alerts),
        when=moment(first, now, zone, language),
    )


def measure_words(one: Standing, language: str = "en") -> str:
    """Return the PHQ-9 change with its rule, the one score there is, or that there is none."""
    if one.change is not None:
        return f"PHQ-9 {one.change.short}"
    if one.latest is not None:
        return say("PHQ-9 {score}, one so far", language, score=f"{one.latest:g}")
    return say("No PHQ-9 yet", language) if one.measured else ""
