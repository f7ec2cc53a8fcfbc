"""What is due when: from the history of a rule, pauses and zones to occurrences, and what fills each.

Nothing is stored ahead. A rule that never ends is expanded inside the window that is asked for and one step
beyond it, never further. Days are counted on the client's wall calendar; a due time that a change of the
clocks skips is the instant it would have been before the change (2:30 becomes 3:30), a doubled one is the
first of the two: RFC 5545, 3.3.5. A month without the named day has no occurrence (RFC 5545, 3.3.10).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule as Rule  # noqa: N812  (a class with the name of a function)
from dateutil.rrule import rrulestr

BEFORE_APPOINTMENTS = "BEFORE-APPOINTMENT"
"""Stands in the place of an RFC 5545 rule: due at each appointment, open from the day after the last one."""
HORIZON = timedelta(8 * 366)
"""A rule that does not come within this time never comes: 29 February comes every eighth year at least."""
PAUSES_PASSED = 400
"""So many occurrences after a day are looked at for one outside every pause."""
PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]?",
    "COUNT": "[1-9][0-9]{0,2}",
    "UNTIL": "[0-9]{8}",
    "BYDAY": r"[-+0-9A-Z,]+",
    "BYMONTHDAY": r"[-+0-9,]+",
    "BYMONTH": "[0-9,]+",
    "BYSETPOS": r"[-+0-9,]+",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
}
"""What may stand in a rule: parts that name days, at most a few hundred of them by number."""
State = Literal["ahead", "open", "late", "passed", "done"]


@dataclass(frozen=True)
class Plan:
    """The rhythm of an assignment: ``rrule`` is RFC 5545 without DTSTART, "" means once."""

    rrule: str
    due: time
    starts: date
    ends: date | None
    zone: str
    grace: timedelta = timedelta(0)


@dataclass(frozen=True)
class Change:
    """Another rhythm from a day on: ``plan`` holds from the client's day of ``at``, and its zone too."""

    at: datetime
    plan: Plan

    @property
    def day(self) -> date:
        """The client's day on which it was changed."""
        return self.at.astimezone(ZoneInfo(self.plan.zone)).date()


@dataclass(frozen=True)
class Pause:
    """Days on which nothing is due, both included; None: until it is ended. ``at``: when it was set."""

    at: datetime
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Return whether a day lies in it."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Story:
    """How an assignment came to be as it is: its first rhythm, each change, each pause."""

    first: Plan
    changes: tuple[Change, ...] = ()
    pauses: tuple[Pause, ...] = ()
    appointments: tuple[datetime, ...] = ()

    def at(self, moment: datetime) -> "Story":
        """Return the story as far as it was known at a moment."""
        changes = tuple(one for one in self.changes if one.at <= moment)
        pauses = tuple(one for one in self.pauses if one.at <= moment)
        return Story(self.first, changes, pauses, self.appointments)

    def rests_on(self, day: date) -> bool:
        """Return whether a day lies in a pause."""
        return any(pause.holds(day) for pause in self.pauses)


@dataclass(frozen=True)
class Occurrence:
    """One due instance. It is open from ``day`` to the day before the next one (``until``, None: no end)."""

    day: date
    due: datetime
    until: date | None
    grace: timedelta = timedelta(0)

    def holds(self, day: date) -> bool:
        """Return whether an entry about this day belongs to this occurrence."""
        return self.day <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Done:
    """One submitted entry: the day it is about, when it came in, and when the event was, where known."""

    about: date
    submitted_at: datetime
    event_at: datetime | None = None


def given_now(plan: Plan, now: datetime) -> Plan:
    """Return a rhythm that is given now: where today's time is over, the first is tomorrow's.

    Nobody can do by nine what they were given at ten. What is due once is there at once and due tomorrow.

    >>> late = datetime(2026, 3, 13, 22, tzinfo=UTC)
    >>> given_now(Plan("FREQ=DAILY", time(21), date(2026, 3, 13), None, "UTC"), late).starts
    datetime.date(2026, 3, 14)
    >>> given_now(Plan("", time(21), date(2026, 3, 13), None, "UTC"), late).ends
    datetime.date(2026, 3, 14)
    """
    here, tomorrow = now.astimezone(ZoneInfo(plan.zone)).replace(tzinfo=None), plan.starts + timedelta(1)
    is_over = plan.starts == here.date() and datetime.combine(plan.starts, plan.due) + plan.grace <= here
    if not is_over or plan.rrule == BEFORE_APPOINTMENTS:
        return plan
    if not plan.rrule:
        return replace(plan, ends=max(plan.ends or tomorrow, tomorrow))
    return plan if plan.ends == plan.starts else replace(plan, starts=tomorrow)


def occurrences(plan: Plan, since: date, until: date) -> list[Occurrence]:
    """Return the due instances of one unchanged rhythm with a day between two days, both included."""
    return expand(Story(plan), since, until)


def expand(story: Story, since: date, until: date) -> list[Occurrence]:
    """Return the due instances with a day between ``since`` and ``until``, both included.

    A single assignment (no rule) is due at its end day and open from its start; it is there as long as any
    of these days lies in the window, unless it was changed before it was due.
    """
    return list(_expanded(story, since, until))


@lru_cache(maxsize=4096)
def _expanded(story: Story, since: date, until: date) -> tuple[Occurrence, ...]:
    """Return what ``expand`` does: a caseload asks for the same rhythms and the same week again and again."""
    found = []
    for plan, first, last in _stretches(story):
        for day, due in _days(plan, story, since, until, first=first, last=last):
            if not story.rests_on(day):
                found.append((day, due, plan.grace))
    if not found:
        return ()
    found.sort(key=lambda one: one[:2])
    days = [day for day, _, _ in found]
    ends = [*(_eve(later) for later in days[1:]), _last_day(story, days[-1])]
    return tuple(Occurrence(day, due, end, grace) for (day, due, grace), end in zip(found, ends, strict=True))


def state(occurrence: Occurrence, one: Done | None, now: datetime, zone: str) -> State:
    """Return how an occurrence stands at a moment, on the wall calendar of a zone."""
    if one is not None:
        return "done"
    today = now.astimezone(ZoneInfo(zone)).date()
    if today < occurrence.day:
        return "ahead"
    if occurrence.until is not None and today > occurrence.until:
        return "passed"
    return "late" if now > occurrence.due + occurrence.grace else "open"


def fill(due: Sequence[Occurrence], done: Sequence[Done]) -> list[Done | None]:
    """Return for each occurrence the first entry that belongs to it, or None; an entry fills one only."""
    rest = sorted(done, key=lambda one: one.submitted_at)
    filled: list[Done | None] = []
    for occurrence in due:
        match = next((one for one in rest if occurrence.holds(one.about)), None)
        if match is not None:
            rest.remove(match)
        filled.append(match)
    return filled


def history(
    story: Story, done: Sequence[Done], since: date, until: date
) -> list[tuple[Occurrence, Done | None]]:
    """Return the occurrences of a window with what fills each, by day.

    What was done stays, whatever was changed after it: an entry keeps the occurrence it filled when it came
    in, also when the newest rhythm would not name that day any more.
    """
    kept: dict[date, tuple[Occurrence, Done | None]] = {}
    moments = sorted({one.at for one in story.changes} | {one.at for one in story.pauses})
    rest = sorted(done, key=lambda one: one.submitted_at)
    for moment in moments:
        then = [one for one in rest if one.submitted_at < moment]
        if then:
            before = story.at(moment - timedelta(microseconds=1))
            known = [one for one in expand(before, since, until) if one.day not in kept]
            pairs = zip(known, fill(known, then), strict=True)
            kept |= {occurrence.day: (occurrence, one) for occurrence, one in pairs if one is not None}
        used = [one for _, one in kept.values()]
        rest = [one for one in rest if one not in used]
    now = [one for one in expand(story, since, until) if one.day not in kept]
    pairs = zip(now, fill(now, rest), strict=True)
    kept |= {occurrence.day: (occurrence, one) for occurrence, one in pairs}
    return [kept[day] for day in sorted(kept)]


def check_rule(rrule: str, starts: date) -> None:
    """Return when a rule names days and nothing finer; ValueError when it is not one of those."""
    parts = dict(part.partition("=")[::2] for part in rrule.split(";"))
    known = all(re.fullmatch(PARTS[name], value) for name, value in parts.items() if name in PARTS)
    if parts.get("FREQ") is None or parts.keys() - PARTS.keys() or not known:
        raise ValueError(rrule)
    _bounded(rrule, starts, starts)


def comes(rrule: str, starts: date, ends: date | None = None) -> bool:
    """Return whether a rule names a day from a first to a last day (None: within the horizon)."""
    last = min(ends, starts + HORIZON) if ends else starts + HORIZON
    endless = ";".join(part for part in rrule.split(";") if not part.startswith("COUNT="))
    return _bounded(endless, starts, last).after(_midnight(starts), inc=True) is not None


def next_day(rrule: str, starts: date, ends: date | None, after: date) -> date | None:
    """Return the first day from ``after`` on that a rule names, within its last day; None when it is over."""
    begin = max(after, starts)
    last = min(ends or date.max, begin + HORIZON)
    found = _bounded(rrule, _later(rrule, starts, begin), last).after(_midnight(begin), inc=True)
    return found.date() if found is not None and found.date() <= last else None


def last_day(rrule: str, starts: date) -> date | None:
    """Return the last day that a rule with a number of times names; None for one without."""
    if "COUNT=" not in rrule:
        return None
    return max((at.date() for at in _bounded(rrule, starts, starts)), default=None)


def _stretches(story: Story) -> list[tuple[Plan, date, date]]:
    """Return each rhythm with the first and last day on which it is the one that holds."""
    firsts = [(story.first, date.min)]
    for one in story.changes:
        firsts.append((one.plan, max(one.day, firsts[-1][1])))
    ends = [*(_eve(first) for _, first in firsts[1:]), date.max]
    return [(plan, first, last) for (plan, first), last in zip(firsts, ends, strict=True)]


def _days(
    plan: Plan, story: Story, since: date, until: date, *, first: date, last: date
) -> list[tuple[date, datetime]]:
    """Return days with due instants of one rhythm while it holds; none outside its first and last day."""
    if not plan.rrule:
        day, end = max(plan.starts, first), plan.ends or plan.starts
        over = day > min(until, end, last) or end < since or (end > last and last < date.max)
        return [] if over else [(day, _instant(end, plan))]
    begin, stop = max(since, first), min(until, last, plan.ends or until)
    if plan.rrule == BEFORE_APPOINTMENTS:
        return [one for one in _before(plan, story.appointments) if begin <= one[0] <= stop]
    if stop < begin:
        return []
    rule = _bounded(plan.rrule, _later(plan.rrule, plan.starts, begin), stop)
    found = rule.between(_midnight(begin), _midnight(stop), inc=True)
    return [(at.date(), _instant(at.date(), plan)) for at in found]


def _before(plan: Plan, appointments: Sequence[datetime]) -> list[tuple[date, datetime]]:
    """Return for each appointment the day from which its worksheet is open, and the appointment."""
    opens, found = plan.starts, []
    for at in sorted(appointments):
        day = at.astimezone(ZoneInfo(plan.zone)).date()
        if day >= opens:
            found.append((opens, at))
            opens = day + timedelta(1)
    return found


def _last_day(story: Story, after: date) -> date | None:
    """Return the day before the next occurrence after a day, or None when there is none."""
    nexts = []
    for plan, first, last in _stretches(story):
        if last <= after or not plan.rrule:
            continue
        if plan.rrule == BEFORE_APPOINTMENTS:
            days = iter([day for day, _ in _before(plan, story.appointments) if day > after])
        else:
            days = _rule_days(plan, max(after, _eve(first)))
        day = next((day for day in days if not story.rests_on(day)), None)
        if day is not None and day <= last:
            nexts.append(day)
    return _eve(min(nexts)) if nexts else None


def _rule_days(plan: Plan, after: date) -> Iterator[date]:
    """Yield the next day of a rule after a day, and those that follow it while they may be paused."""
    begin = max(after, _eve(plan.starts))
    starts = _later(plan.rrule, plan.starts, begin)
    rule = _bounded(plan.rrule, starts, begin + HORIZON)
    return (at.date() for at in rule.xafter(_midnight(begin), count=PAUSES_PASSED))


def _later(rrule: str, starts: date, before: date) -> date:
    """Return a later start from which a rule names the same days from ``before`` on: fewer to count through.

    Only a rule by days or weeks without a number of times goes on alike from any of its steps.
    """
    parts = dict(part.partition("=")[::2] for part in rrule.split(";"))
    if parts.get("FREQ") not in ("DAILY", "WEEKLY") or "COUNT" in parts:
        return starts
    step = int(parts.get("INTERVAL", "1")) * (7 if parts["FREQ"] == "WEEKLY" else 1)
    steps = (before - starts).days // step - 1
    return starts + timedelta(steps * step) if steps > 0 else starts


@lru_cache(maxsize=4096)
def _bounded(rrule: str, starts: date, last: date) -> Rule:
    """Return a rule that ends with a day, so that none is ever followed to the end of time."""
    until = re.search(r";?UNTIL=(\d{8})", rrule)
    if until is not None:
        last = min(last, datetime.strptime(until[1], "%Y%m%d").date())
        rrule = rrule.replace(until[0], "").removeprefix(";")
    rule = rrulestr(rrule, dtstart=_midnight(starts))
    if not isinstance(rule, Rule):
        raise ValueError(rrule)
    return rule if "COUNT=" in rrule else rule.replace(until=_midnight(last))


def _instant(day: date, plan: Plan) -> datetime:
    return datetime.combine(day, plan.due, ZoneInfo(plan.zone)).astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _eve(day: date) -> date:
    return day if day == date.min else day - timedelta(1)
