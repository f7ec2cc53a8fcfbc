"""The appointments of a group follow its members: who joins comes from that day on, who leaves no more."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import CareTeamRow
from iopkit.clinic.tables_calendar import AppointmentMemberRow, AppointmentRow
from iopkit.clinic.tables_groups import GroupMemberRow
from iopkit.clinic.ties import is_current


def join(seat: Seat, session: Session, member: GroupMemberRow, zone: str) -> None:
    """Let a member come to what runs of the group's appointments with clinicians who treat them.

    Who was there before and comes back has one row of an appointment: it is open again.
    """
    for row in running(seat, session, member.group_id):
        known = session.get(AppointmentMemberRow, (row.id, member.client_id))
        if known is None and _is_treated(session, row, member):
            known = AppointmentMemberRow(appointment_id=row.id, client_id=member.client_id)
            known.domain, known.since, known.until = row.domain, _begins(member.since, zone), None
            session.add(known)
    session.flush()
    settle(seat, session, member, zone)


def settle(seat: Seat, session: Session, member: GroupMemberRow, zone: str) -> None:
    """Let a member come to the group's appointments until their last day in it, of all their times there."""
    until = last_of(session, member)
    for row in running(seat, session, member.group_id):
        known = session.get(AppointmentMemberRow, (row.id, member.client_id), with_for_update=True)
        if known is not None:
            known.until = _begins(until + timedelta(1), zone) if until else None
            seat.audit(session, "book", client_id=member.client_id, thing="schedule", thing_id=row.id)
    session.flush()


def last_of(session: Session, member: GroupMemberRow) -> date | None:
    """Return the last day of all times that a client has in a group; None when one of them is open."""
    mine = select(GroupMemberRow.until).where(GroupMemberRow.group_id == member.group_id)
    days = list(session.scalars(mine.where(GroupMemberRow.client_id == member.client_id)))
    return None if None in days else max(day for day in days if day is not None)


def running(seat: Seat, session: Session, group_id: str) -> list[AppointmentRow]:
    """Return the appointments of a group that were not ended."""
    chosen = select(AppointmentRow).where(AppointmentRow.group_id == group_id).order_by(AppointmentRow.id)
    now = seat.office.now()
    return [row for row in session.scalars(chosen) if row.stopped_at is None or row.stopped_at > now]


def _is_treated(session: Session, row: AppointmentRow, member: GroupMemberRow) -> bool:
    team = select(CareTeamRow).where(
        CareTeamRow.client_id == member.client_id, CareTeamRow.domain == row.domain
    )
    found = session.scalars(team.where(CareTeamRow.clinician_id == row.clinician_id))
    return any(is_current(one, member.since) for one in found)


def _begins(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
