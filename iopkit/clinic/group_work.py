"""Worksheets given to a group: each member gets an assignment of their own, and learns of no other.

An assignment does not say that it came of a group; only the group's leaders know. What cannot be given to one
member is told with its reason and stops nobody else's. One action gives, one takes all of it back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import assignments, groups, people, shelf
from iopkit.clinic.assignments import Plan
from iopkit.clinic.audit import Action
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record_groups import GroupWork
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow
from iopkit.clinic.tables_groups import GroupAssignmentRow, GroupMemberRow, GroupRow, GroupWorkRow
from iopkit.errors import AnswerError, NotFoundError
from iopkit.measures.occurrences import BEFORE_APPOINTMENTS, last_day, next_day
from iopkit.words import sentence
from iopkit.worksheets import Worksheet

NO_WORK = sentence("There is no homework of this group here that you can change.")
NOBODY = sentence("Nobody is in this group at that time whom you treat in its domain.")
LEAVES = sentence("leaves the group before the first day")
TEAM_ENDS = sentence("your time on their care team ends before the first day")
HAS_IT = sentence("already has this worksheet in this domain")


@again
def assign(seat: Seat, group_id: str, worksheet_id: str, plan: Plan, message_id: str = "") -> GroupWork:
    """Return what was given to whom; ``refused`` says who did not get it and why.

    AnswerError when it cannot be given to anybody: the worksheet is retired, the rhythm never comes. The same
    message gives once, however often it comes. Nothing is stored when every member is refused.
    """
    with seat.reading() as session:
        domain = groups.led(seat, session, group_id).domain
    plan = assignments.from_now(plan, seat.office.now(), seat.person.zone)
    worksheet = assignments.checked(seat, worksheet_id, domain, plan)
    with seat.writing() as session:
        group = groups.led(seat, session, group_id, lock=True)
        row = GroupWorkRow(id=assignments.id_of(seat, group_id, message_id), group_id=group.id)
        known = session.get(GroupWorkRow, row.id)
        members = _members(seat, session, group, plan.starts)
        if not members:
            raise AnswerError([NOBODY])
        mine = _given(session, [row.id]).get(row.id, {})
        refused = _refusals(seat, session, members, worksheet, plan, but=mine.values())
        fit = [one.client_id for one in members if one.client_id not in refused]
        if known is None and fit:
            known = _keep(seat, session, row, worksheet, plan)
            _give(seat, session, known, fit, worksheet=worksheet, domain=group.domain, plan=plan)
        if known is None:
            return GroupWork("", group.id, worksheet.id, seat.person, plan, {}, refused)
        return replace(_as_works(seat, session, [known])[0], refused=refused)


@again
def give_running(seat: Seat, group_id: str, client_id: str) -> int:
    """Return how many things that run in a group a member of it got now, who joined after they were given.

    The first day is the next one that the group's rhythm names, so that its weeks stay the same; of a number
    of times those that are left. A worksheet that the client has already is not given twice.
    """
    with seat.writing() as session:
        group = groups.led(seat, session, group_id, lock=True)
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="write", thing="assignment", domain=group.domain)
        today, _zone = seat.today(session, client_id)
        member = next((one for one in _of_group(session, group) if _now(one, client_id, today)), None)
        if member is None:
            raise NotFoundError(groups.NO_MEMBER)
        rows = _rows(session, [group.id])
        have = _given(session, [row.id for row in rows])
        given = 0
        for row in rows:
            plan = remaining(_plan(seat, session, row), max(today, member.since))
            worksheet = shelf.newest(seat.office, row.worksheet_id)
            if row.stopped_at or plan is None or worksheet.status == "retired" or client_id in have[row.id]:
                continue
            if not _refusals(seat, session, [member], worksheet, plan):
                _give(seat, session, row, [client_id], worksheet=worksheet, domain=group.domain, plan=plan)
                given += 1
        return given


def stop(seat: Seat, work_id: str) -> None:
    """End for every member what was given to a group, as of now; what was done stays."""
    _mark(seat, work_id, stopped=True)


def resume(seat: Seat, work_id: str) -> None:
    """Let what was ended for a group run again, for those for whom it was ended together."""
    _mark(seat, work_id, stopped=False)


def works(seat: Seat, group_id: str) -> list[GroupWork]:
    """Return what was given to a group, the newest first; nothing for whoever only runs the program."""
    with seat.reading() as session:
        groups.find(seat, session, group_id, ended=True)
        if seat.person.kind != "clinician":
            return []
        return _as_works(seat, session, _rows(session, [group_id]))


def remaining(plan: Plan, day: date) -> Plan | None:
    """Return what is left of a plan from a day on, in the same rhythm; None when it is over."""
    if not plan.rrule:
        return plan if (plan.ends or plan.starts) >= day else None
    if plan.rrule == BEFORE_APPOINTMENTS:
        over = plan.ends is not None and plan.ends < day
        return None if over else replace(plan, starts=max(plan.starts, day))
    last = last_day(plan.rrule, plan.starts)
    ends = min((one for one in (last, plan.ends) if one is not None), default=None)
    first = next_day(plan.rrule, plan.starts, ends, day)
    if first is None:
        return None
    rule = ";".join(part for part in plan.rrule.split(";") if not part.startswith("COUNT="))
    return replace(plan, rrule=rule, starts=first, ends=ends)


@again
def _mark(seat: Seat, work_id: str, *, stopped: bool) -> None:
    with seat.writing() as session:
        work = session.get(GroupWorkRow, work_id, with_for_update=True)
        if work is None:
            raise NotFoundError(NO_WORK)
        groups.led(seat, session, work.group_id)
        at = work.stopped_at
        if (at is not None) == stopped:
            return
        work.stopped_at = seat.office.now() if stopped else None
        ids = _given(session, [work.id]).get(work.id, {}).values()
        rows = session.scalars(select(AssignmentRow).where(AssignmentRow.id.in_(ids)).with_for_update())
        tied = seat.ties(session)
        for row in rows.all():
            asked = {"action": "write", "thing": "assignment", "domain": row.domain}
            if row.stopped_at == (None if stopped else at) and seat.ask(tied, row.client_id, **asked).allowed:
                row.stopped_at = work.stopped_at
                action: Action = "stop" if stopped else "resume"
                seat.audit(session, action, client_id=row.client_id, thing="assignment", thing_id=row.id)


def _members(seat: Seat, session: Session, group: GroupRow, starts: date) -> list[GroupMemberRow]:
    """Return who is in a group now or on the first day, of those whom this clinician may give anything."""
    tied, found = seat.ties(session), {}
    for one in _of_group(session, group):
        asked = {"action": "write", "thing": "assignment", "domain": group.domain}
        today, _zone = seat.today(session, one.client_id)
        there = one.since <= max(starts, today) and (one.until is None or one.until >= today)
        if there and seat.ask(tied, one.client_id, **asked).allowed:
            found[one.client_id] = one
    return list(found.values())


def _refusals(
    seat: Seat,
    session: Session,
    members: Sequence[GroupMemberRow],
    worksheet: Worksheet,
    plan: Plan,
    *,
    but: Iterable[str] = (),
) -> dict[str, str]:
    """Return by client why a worksheet cannot be given; ``but``: assignments that do not count as doubles."""
    found = {}
    for one in members:
        if one.until is not None and one.until < plan.starts:
            found[one.client_id] = LEAVES
        elif _team_ends(seat, session, one, plan):
            found[one.client_id] = TEAM_ENDS
        elif _has(seat, session, one, worksheet, set(but)):
            found[one.client_id] = HAS_IT
    return found


def _team_ends(seat: Seat, session: Session, one: GroupMemberRow, plan: Plan) -> bool:
    try:
        assignments.check_team(session, seat, one.client_id, one.domain, plan)
    except AnswerError:
        return True
    return False


def _has(seat: Seat, session: Session, one: GroupMemberRow, worksheet: Worksheet, but: set[str]) -> bool:
    """Return whether something of the same worksheet can still become due for a client in the domain."""
    mine = select(AssignmentRow).where(
        AssignmentRow.client_id == one.client_id,
        AssignmentRow.worksheet_id == worksheet.id,
        AssignmentRow.domain == one.domain,
        AssignmentRow.stopped_at.is_(None),
    )
    today, _zone = seat.today(session, one.client_id)
    return any(
        row.id not in but and remaining(Plan("", row.rrule, row.due, row.starts, row.ends), today) is not None
        for row in session.scalars(mine)
    )


def _keep(seat: Seat, session: Session, row: GroupWorkRow, worksheet: Worksheet, plan: Plan) -> GroupWorkRow:
    row.by_id, row.worksheet_id, row.made_at = seat.person.id, worksheet.id, seat.office.now()
    row.rrule, row.due, row.starts, row.ends = plan.rrule, plan.due, plan.starts, plan.ends
    row.grace = plan.grace
    row.note_sealed = seat.office.seal(session, _place(row), {"note": plan.note})
    if plan.settings:
        row.settings_sealed = seat.office.seal(session, _place(row, "settings_sealed"), plan.settings)
    session.add(row)
    session.flush()
    seat.audit(session, "assign", client_id=None, thing="group", thing_id=row.group_id)
    return row


def _give(
    seat: Seat,
    session: Session,
    work: GroupWorkRow,
    client_ids: Iterable[str],
    *,
    worksheet: Worksheet,
    domain: str,
    plan: Plan,
) -> None:
    for client_id in client_ids:
        row_id = seat.office.new_id()
        assignments.give(
            seat, session, row_id, client_id=client_id, worksheet=worksheet, domain=domain, plan=plan
        )
        session.flush()
        session.add(
            GroupAssignmentRow(assignment_id=row_id, work_id=work.id, client_id=client_id, domain=domain)
        )
    session.flush()


def _as_works(seat: Seat, session: Session, rows: Sequence[GroupWorkRow]) -> list[GroupWork]:
    who = people.by_ids(seat.office, session, [row.by_id for row in rows])
    seat.office.load_envelopes(session, who)
    given, tied = _given(session, [row.id for row in rows]), seat.ties(session)
    asked = {"action": "read", "thing": "assignment"}
    domain = {row.id: session.get_one(GroupRow, row.group_id).domain for row in rows}
    return [
        GroupWork(
            row.id,
            row.group_id,
            row.worksheet_id,
            who[row.by_id],
            _plan(seat, session, row),
            {
                client_id: assignment
                for client_id, assignment in given[row.id].items()
                if seat.ask(tied, client_id, domain=domain[row.id], **asked).allowed
            },
            stopped_at=row.stopped_at,
        )
        for row in rows
    ]


def _given(session: Session, work_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the assignments that came of each work, by client."""
    found: dict[str, dict[str, str]] = {one: {} for one in work_ids}
    chosen = select(GroupAssignmentRow).where(GroupAssignmentRow.work_id.in_(found))
    for row in session.scalars(chosen.order_by(GroupAssignmentRow.assignment_id)):
        found[row.work_id][row.client_id] = row.assignment_id
    return found


def _rows(session: Session, group_ids: Iterable[str]) -> Sequence[GroupWorkRow]:
    chosen = select(GroupWorkRow).where(GroupWorkRow.group_id.in_(list(group_ids)))
    return session.scalars(chosen.order_by(GroupWorkRow.made_at.desc(), GroupWorkRow.id)).all()


def _of_group(session: Session, group: GroupRow) -> Sequence[GroupMemberRow]:
    chosen = select(GroupMemberRow).where(GroupMemberRow.group_id == group.id)
    return session.scalars(chosen.order_by(GroupMemberRow.since, GroupMemberRow.id)).all()


def _now(one: GroupMemberRow, client_id: str, today: date) -> bool:
    return one.client_id == client_id and (one.until is None or one.until >= today)


def _plan(seat: Seat, session: Session, row: GroupWorkRow) -> Plan:
    settings = {}
    if row.settings_sealed is not None:
        settings = seat.office.unseal(session, _place(row, "settings_sealed"), row.settings_sealed)
    note = seat.office.unseal(session, _place(row), row.note_sealed)["note"]
    return Plan(note, row.rrule, row.due, row.starts, row.ends, settings, row.grace)


def _place(row: GroupWorkRow, column: str = "note_sealed") -> Place:
    return Place("group_work", row.by_id, row.id, column)
