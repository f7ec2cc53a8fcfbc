"""The pages of groups, for those who lead or run them: who belongs from when to when, what all were given."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from iopkit.apps.client import said_plan
from iopkit.apps.library import DOMAINS
from iopkit.apps.obstacles import title
from iopkit.apps.place import key
from iopkit.apps.view_groups import GroupPage, GroupRow, Groups, Leader, MemberRow, WorkRow
from iopkit.apps.view_privacy import Choice, Way
from iopkit.apps.words import listing, local, moment, upper
from iopkit.charts.labels import full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.group_work import remaining
from iopkit.clinic.record import Person
from iopkit.clinic.record_groups import Group, GroupMember, GroupWork
from iopkit.errors import NotFoundError
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence, several

EMPTY = {
    "clinician": sentence("You lead no group yet. Make one, and give a worksheet to all of it at once."),
    "coordinator": sentence("There is no group yet. Make one and say who leads it."),
}
NO_MEMBERS = sentence("Nobody is in this group yet. Add the first client below.")
NO_WORK = sentence("Nothing has been given to this group yet.")
ENDED = sentence("This group has ended. What its members were given stays with them.")
AHEAD = timedelta(weeks=4)
SHOWN_MEETINGS = 4


def groups(desk: Desk, *, now: datetime) -> Groups:
    """Return the groups that one leads or runs, those that ended apart."""
    found = desk.groups()
    rows = [(one.ended_at is not None, group_row(desk, one, now=now)) for one in found]
    running = [row for ended, row in rows if not ended]
    language, kind = desk.person.language, desk.person.kind
    mine = sorted(desk.person.domains) if kind == "clinician" else list(DOMAINS)
    return Groups(
        rows=running,
        ended=[row for ended, row in rows if ended],
        empty="" if running else say(EMPTY[kind], language),
        domains=[Choice(value=one, label=say(DOMAINS[one], language)) for one in mine],
        leaders=leaders(desk, None),
    )


def group_row(desk: Desk, one: Group, *, now: datetime) -> GroupRow:
    """Return one group of the list."""
    language = desk.person.language
    count = len({member.client.id for member in one.members if member.holds(today_of(member, now))})
    ended = full_day(local(one.ended_at, desk.person.zone).date(), language) if one.ended_at else ""
    return GroupRow(
        key=key(desk, "group", one.id),
        name=one.name,
        domain=say(DOMAINS[one.domain], language),
        leaders=led_by(one, language),
        members=several("{count} member", "{count} members", language, count),
        ended=say("Ended {day}", language, day=ended) if ended else "",
    )


def led_by(one: Group, language: str) -> str:
    """Return who leads a group."""
    return say("Led by {names}", language, names=listing([who.name for who in one.leaders], language))


def leaders(desk: Desk, one: Group | None) -> list[Leader]:
    """Return who may lead a group (of the same domain, when there is one): for whoever runs the program."""
    if desk.person.kind != "coordinator":
        return []
    led = {who.id for who in one.leaders} if one else set()
    staff = sorted(
        (who for who in desk.everybody().people if who.kind == "clinician" and not who.locked),
        key=lambda who: who.name,
    )
    return [
        Leader(value=key(desk, "clinician", who.id), label=who.name, domain=domain, chosen=who.id in led)
        for who in staff
        for domain in sorted(who.domains)
        if one is None or domain == one.domain
    ]


def group(desk: Desk, group_id: str, *, now: datetime, told: str = "") -> GroupPage:
    """Return one group: members with their days, what was given to all, when it meets."""
    one, language = desk.group(group_id), desk.person.language
    works = desk.group_works(group_id)
    over = {member.id for member in one.members if is_over(member, now)}
    may_give = desk.person.id in {who.id for who in one.leaders} and one.ended_at is None
    members = [member_row(desk, one, member, works, now=now) for member in one.members]
    now_in = [row for row, member in zip(members, one.members, strict=True) if member.id not in over]
    given = [work_row(desk, one, work, now=now) for work in works]
    return GroupPage(
        key=key(desk, "group", one.id),
        heading=one.name,
        facts=[say(DOMAINS[one.domain], language), led_by(one, language)],
        ended=say(ENDED, language) if one.ended_at else "",
        members=now_in,
        members_empty="" if now_in else say(NO_MEMBERS, language),
        past=[row for row, member in zip(members, one.members, strict=True) if member.id in over],
        candidates=[] if one.ended_at else candidates(desk, one, now=now),
        leaders=leaders(desk, one),
        today=local_day(now, desk.person.zone).isoformat(),
        may_give=may_give,
        library=key(desk, "library", "", one.id) if may_give else "",
        works=given,
        works_empty="" if given or not may_give else say(NO_WORK, language),
        calendar=key(desk, "calendar"),
        appointments=meets(desk, one, now=now),
        told=told,
        way=Way(key=key(desk, "groups"), label=say("Groups", language)),
    )


def today_of(member: GroupMember, now: datetime) -> date:
    """Return the day it is for a member."""
    return local_day(now, member.client.zone)


def is_over(member: GroupMember, now: datetime) -> bool:
    """Return whether a client's time in a group lies behind them."""
    return member.until is not None and member.until < today_of(member, now)


def candidates(desk: Desk, one: Group, *, now: datetime) -> list[Choice]:
    """Return who may be added: for a clinician whom they treat in the group's domain."""
    there = {member.client.id for member in one.members if not is_over(member, now)}
    people = [who for who in desk.clients() if who.id not in there]
    return [
        Choice(value=key(desk, "client", who.id), label=who.name)
        for who in sorted(fitting(desk, one, people), key=lambda who: who.name)
    ]


def fitting(desk: Desk, one: Group, people: Sequence[Person]) -> list[Person]:
    """Return those of some clients whom a leader of the group treats in its domain today."""
    if desk.person.kind == "clinician":
        treated = desk.domains_of([who.id for who in people])
        return [who for who in people if one.domain in treated[who.id]]
    led = {who.id for who in one.leaders}
    team = [row for row in desk.everybody().team if row.domain == one.domain and row.clinician.id in led]
    known = {row.client_id for row in team}
    return [who for who in people if who.id in known]


def member_row(
    desk: Desk, one: Group, member: GroupMember, works: Sequence[GroupWork], *, now: datetime
) -> MemberRow:
    """Return one client's time in a group, and how much of what runs is not theirs yet."""
    language, today = desk.person.language, today_of(member, now)
    over = is_over(member, now) or one.ended_at is not None
    clinician = desk.person.kind == "clinician"
    lacking = 0 if over else sum(lacks(work, member, today) for work in works)
    return MemberRow(
        key="" if over else key(desk, "group-member", member.id, one.id),
        name=member.client.name,
        client=key(desk, "client", member.client.id) if clinician else "",
        when=stay_words(member, language),
        last=max(member.since, member.until or today).isoformat(),
        give=key(desk, "group-joiner", one.id, member.client.id) if lacking else "",
        lacks=several(
            "{count} worksheet that runs here is not theirs yet",
            "{count} worksheets that run here are not theirs yet",
            language,
            lacking,
        )
        if lacking
        else "",
    )


def lacks(work: GroupWork, member: GroupMember, today: date) -> bool:
    """Return whether something that runs in a group is not a member's yet."""
    if work.stopped_at is not None or member.client.id in work.given:
        return False
    return remaining(work.plan, max(today, member.since)) is not None


def stay_words(member: GroupMember, language: str) -> str:
    """Return from when to when somebody belongs to a group."""
    since = full_day(member.since, language)
    if member.until is None:
        return say("Since {since}", language, since=since)
    return say("From {since} to {until}", language, since=since, until=full_day(member.until, language))


def work_row(desk: Desk, one: Group, work: GroupWork, *, now: datetime) -> WorkRow:
    """Return what was given to a group: in what rhythm, why, and how many of its members have it."""
    language, today = desk.person.language, local_day(now, desk.person.zone)
    there = {member.client.id for member in one.members if not is_over(member, now)}
    counts = {"count": len(there & work.given.keys()), "of": len(there)}
    return WorkRow(
        key=key(desk, "group-work", work.id),
        title=title(desk, work.worksheet_id),
        plan=upper(said_plan(work.plan, today, language=language)),
        note=work.plan.note,
        who=say("{count} of {of} members have it", language, **counts),
        ended=work.stopped_at is not None,
    )


def meets(desk: Desk, one: Group, *, now: datetime) -> list[str]:
    """Return when a group meets next, in words."""
    zone, language = desk.person.zone, desk.person.language
    meetings = desk.meetings(now, now + AHEAD)
    found = [meeting for meeting in meetings if meeting.group_id == one.id and not meeting.is_off]
    return [upper(moment(meeting.span.start, now, zone, language)) for meeting in found[:SHOWN_MEETINGS]]


def led_group(desk: Desk, group_id: str) -> Group:
    """Return a group by its id; NotFoundError when one neither leads nor runs it."""
    found = next((one for one in desk.groups() if one.id == group_id), None)
    if found is None:
        raise NotFoundError(sentence("There is no group here that you can see or change."))
    return found
