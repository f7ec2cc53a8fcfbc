"""Groups: who leads one and who belongs to it, from when to when. Its members never learn of each other.

A coordinator keeps all of them, a clinician those that they lead, and of these only the members whom they
treat in the group's domain. To everybody else a group is not there.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import group_calendar, people
from iopkit.clinic.access import DOMAINS
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record_groups import Group, GroupMember
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CareTeamRow, PersonRow
from iopkit.clinic.tables_groups import GroupMemberRow, GroupRow
from iopkit.clinic.ties import is_current
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.words import sentence

LARGEST, LONGEST_NAME = 30, 80
NO_GROUP = sentence("There is no group here that you can see or change.")
NO_MEMBER = sentence("There is no such member of this group. Reload the page.")
NAME = sentence("Give the group a name of at most 80 letters.")
LEADERS = sentence("A group is led by at least one clinician who works in its domain.")
OWN_GROUP = sentence("You can make a group that you lead yourself, in a domain you work in.")
ENDED = sentence("This group has ended. Make a new one.")
TEAM = sentence("Nobody who leads this group is on the client's care team in its domain on that day.")
TWICE = sentence("This client is in the group already.")
FULL = sentence("A group has at most 30 members at a time.")
BACKWARDS = sentence("The last day lies before the first.")


@again
def make(seat: Seat, name: str, domain: str, leader_ids: Sequence[str]) -> str:
    """Return the id of a new group; a clinician makes those that they lead, in a domain of theirs."""
    name, leaders = _named(name), sorted(set(leader_ids))
    with seat.writing() as session:
        if seat.person.kind == "clinician":
            if seat.person.id not in leaders or domain not in seat.person.domains:
                raise AnswerError([OWN_GROUP])
        else:
            _require_running(seat, session, "write")
        _check_leaders(session, domain, leaders)
        row = GroupRow(id=seat.office.new_id(), domain=domain, leaders=leaders, by_id=seat.person.id)
        row.made_at, row.ended_at = seat.office.now(), None
        row.name_sealed = seat.office.seal(session, _place(row), {"name": name})
        session.add(row)
        seat.audit(session, "people", client_id=None, thing="group", thing_id=row.id)
        return row.id


@again
def change(seat: Seat, group_id: str, name: str, leader_ids: Sequence[str]) -> None:
    """Give a group another name; whoever runs the program also says who leads it."""
    name, leaders = _named(name), sorted(set(leader_ids))
    with seat.writing() as session:
        row = find(seat, session, group_id)
        if seat.person.kind != "clinician":
            _check_leaders(session, row.domain, leaders)
            row.leaders = leaders
        row.name_sealed = seat.office.seal(session, _place(row), {"name": name})
        seat.audit(session, "people", client_id=None, thing="group", thing_id=row.id)


@again
def end(seat: Seat, group_id: str) -> None:
    """End a group: nobody belongs to it or comes to its appointments any more. What was given stays."""
    with seat.writing() as session:
        row = find(seat, session, group_id)
        row.ended_at = seat.office.now()
        for member in _open_rows(session, row.id):
            today, zone = seat.today(session, member.client_id)
            if member.until is None or member.until > today:
                member.until = max(today, member.since)
                group_calendar.settle(seat, session, member, zone)
                _audit(seat, session, member)
        seat.audit(session, "people", client_id=None, thing="group", thing_id=row.id)


@again
def join(seat: Seat, group_id: str, client_id: str, *, since: date, until: date | None) -> str:
    """Return the id of a client's new time in a group; they come to its appointments from that day on."""
    with seat.writing() as session:
        row = find(seat, session, group_id, lock=True)
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="write", thing="group", domain=row.domain)
        _check_days(since, until)
        _check_team(session, row, client_id, since)
        _check_room(session, row.id, client_id, since=since, until=until)
        made = GroupMemberRow(id=seat.office.new_id(), group_id=row.id, client_id=client_id)
        made.domain, made.by_id, made.since, made.until = row.domain, seat.person.id, since, until
        session.add(made)
        session.flush()
        group_calendar.join(seat, session, made, seat.today(session, client_id)[1])
        _audit(seat, session, made)
        return made.id


@again
def leave(seat: Seat, member_id: str, until: date) -> None:
    """Let a client's time in a group end with a day; what they were given stays with them."""
    with seat.writing() as session:
        row = session.get(GroupMemberRow, member_id, with_for_update=True)
        if row is None:
            seat.missed(GroupMemberRow, member_id, "group")
            raise NotFoundError(NO_MEMBER)
        find(seat, session, row.group_id)
        tied = seat.ties(session, row.client_id)
        seat.require(tied, row.client_id, action="write", thing="group", domain=row.domain)
        _check_days(row.since, until)
        row.until = until
        group_calendar.settle(seat, session, row, seat.today(session, row.client_id)[1])
        _audit(seat, session, row)


def groups(seat: Seat) -> list[Group]:
    """Return the groups that this person leads or runs, by name; those that ended come last."""
    with seat.reading() as session:
        if seat.person.kind != "clinician":
            _require_running(seat, session, "read")
        rows = session.scalars(select(GroupRow).order_by(GroupRow.made_at, GroupRow.id)).all()
        found = as_groups(seat, session, [row for row in rows if _may(seat, row)])
    return sorted(found, key=lambda one: (one.ended_at is not None, one.name.casefold(), one.id))


def group(seat: Seat, group_id: str) -> Group:
    """Return one group; NotFoundError for whoever neither leads nor runs it."""
    with seat.reading() as session:
        found = as_groups(seat, session, [find(seat, session, group_id, ended=True)])[0]
    seat.viewed(None, "group", group_id)
    return found


def find(seat: Seat, session: Session, group_id: str, *, ended: bool = False, lock: bool = False) -> GroupRow:
    """Return a group that this person leads or runs; AnswerError when it has ended, unless that is meant.

    ``lock``: nobody else adds or gives anything to it at the same moment.
    """
    row = session.get(GroupRow, group_id, with_for_update=lock or None)
    try:
        if seat.person.kind != "clinician":
            _require_running(seat, session, "write")
        if row is None or not _may(seat, row):
            raise NotFoundError(NO_GROUP)
    except AccessError as error:
        raise NotFoundError(NO_GROUP) from error
    if row.ended_at is not None and not ended:
        raise AnswerError([ENDED])
    return row


def led(seat: Seat, session: Session, group_id: str, *, lock: bool = False) -> GroupRow:
    """Return a running group that this clinician leads."""
    row = find(seat, session, group_id, lock=lock)
    if seat.person.id not in row.leaders:
        raise NotFoundError(NO_GROUP)
    return row


def as_groups(seat: Seat, session: Session, rows: Sequence[GroupRow]) -> list[Group]:
    """Return groups with the members whom the reader may know, in a constant number of queries."""
    ids = [row.id for row in rows]
    chosen = select(GroupMemberRow).where(GroupMemberRow.group_id.in_(ids))
    members = session.scalars(chosen.order_by(GroupMemberRow.since, GroupMemberRow.id)).all()
    tied = seat.ties(session)
    known: dict[str, list[GroupMemberRow]] = {group_id: [] for group_id in ids}
    for one in members:
        if seat.ask(tied, one.client_id, action="read", thing="group", domain=one.domain).allowed:
            known[one.group_id].append(one)
    wanted = {one.client_id for listed in known.values() for one in listed} | {
        one for row in rows for one in row.leaders
    }
    who = people.by_ids(seat.office, session, wanted)
    seat.office.load_envelopes(session, {row.by_id for row in rows})
    return [
        Group(
            row.id,
            seat.office.unseal(session, _place(row), row.name_sealed)["name"],
            row.domain,
            tuple(sorted((who[one] for one in row.leaders), key=lambda one: one.name)),
            _by_name(GroupMember(one.id, who[one.client_id], one.since, one.until) for one in known[row.id]),
            row.ended_at,
        )
        for row in rows
    ]


def _by_name(members: Iterable[GroupMember]) -> tuple[GroupMember, ...]:
    return tuple(sorted(members, key=lambda one: (one.client.name, one.since, one.id)))


def _may(seat: Seat, row: GroupRow) -> bool:
    """Return whether a group is there for this person at all."""
    if seat.person.kind == "clinician":
        return seat.person.id in row.leaders and row.domain in seat.person.domains
    return seat.person.kind == "coordinator"


def _require_running(seat: Seat, session: Session, action: str) -> None:
    tied = seat.ties(session)
    for thing in ("program", "group"):
        seat.require(tied, seat.person.id, action=action, thing=thing)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise AnswerError([NAME])
    return name


def _check_leaders(session: Session, domain: str, leader_ids: Iterable[str]) -> None:
    ids = list(leader_ids)
    rows = session.scalars(select(PersonRow).where(PersonRow.id.in_(ids))).all()
    fit = [row for row in rows if row.kind == "clinician" and domain in row.domains and not row.locked]
    if not ids or len(fit) != len(ids) or domain not in DOMAINS:
        raise AnswerError([LEADERS])


def _check_days(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise AnswerError([BACKWARDS])


def _check_team(session: Session, row: GroupRow, client_id: str, since: date) -> None:
    chosen = select(CareTeamRow).where(CareTeamRow.client_id == client_id, CareTeamRow.domain == row.domain)
    team = session.scalars(chosen.where(CareTeamRow.clinician_id.in_(row.leaders))).all()
    if not any(is_current(one, since) for one in team):
        raise AnswerError([TEAM])


def _check_room(session: Session, group_id: str, client_id: str, *, since: date, until: date | None) -> None:
    last = until or date.max
    there = [
        one
        for one in session.scalars(select(GroupMemberRow).where(GroupMemberRow.group_id == group_id))
        if one.since <= last and (one.until is None or since <= one.until)
    ]
    if any(one.client_id == client_id for one in there):
        raise AnswerError([TWICE])
    if len({one.client_id for one in there}) >= LARGEST:
        raise AnswerError([FULL])


def _open_rows(session: Session, group_id: str) -> list[GroupMemberRow]:
    return list(session.scalars(select(GroupMemberRow).where(GroupMemberRow.group_id == group_id)))


def _audit(seat: Seat, session: Session, row: GroupMemberRow) -> None:
    seat.audit(session, "people", client_id=row.client_id, thing="group", thing_id=row.group_id)


def _place(row: GroupRow) -> Place:
    return Place("client_group", row.by_id, row.id, "name_sealed")
