"""Safety alerts: raised in the transaction of the answer, kept whatever happens to the answer."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people
from iopkit.clinic.cipher import Place
from iopkit.clinic.record import Person, SafetyAlert
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AlertRow, CareTeamRow, EntryRow, PersonRow
from iopkit.clinic.ties import Ties, is_current
from iopkit.errors import AccessError, NotFoundError
from iopkit.worksheets import Worksheet

NO_ALERT = "There is no alert here that you can open."


def raise_alerts(
    seat: Seat, session: Session, row: EntryRow, worksheet: Worksheet, flags: Mapping[str, str]
) -> None:
    """Store an alert for each flag, with its priority, that fires on this entry for the first time.

    One that turns from normal to high is told again.
    """
    mine = session.scalars(select(AlertRow).where(AlertRow.entry_id == row.id)).all()
    known = {(_detail(seat, session, alert)["rule"], alert.priority) for alert in mine}
    for rule, priority in flags.items():
        if {(rule, priority), (rule, "high")} & known:
            continue
        alert = AlertRow(id=seat.office.new_id(), client_id=row.client_id, entry_id=row.id, domain=row.domain)
        alert.priority, alert.at = priority, row.saved_at
        alert.told, alert.done_at = _who_is_told(seat, session, row.client_id), None
        detail = {"rule": rule, "worksheet": worksheet.id, "version": worksheet.version}
        alert.sealed = seat.office.seal(session, _place(alert, "sealed"), detail)
        session.add(alert)
        session.flush()


def alerts(seat: Seat, client_id: str | None) -> list[SafetyAlert]:
    """Return the alerts of one client, or of all the reader is told about, newest first."""
    chosen = select(AlertRow).order_by(AlertRow.at.desc(), AlertRow.id)
    with seat.reading() as session:
        tied = seat.ties(session, *([client_id] if client_id else []))
        if client_id is not None:
            seat.require(tied, client_id, action="read", thing="alert")
            chosen = chosen.where(AlertRow.client_id == client_id)
        elif seat.person.kind != "coordinator":
            chosen = chosen.where(AlertRow.client_id.in_(set(tied.domains)))
        rows = [
            row
            for row in session.scalars(chosen)
            if seat.ask(tied, row.client_id, action="read", thing="alert").allowed
        ]
        found = _as_alerts(seat, session, rows, tied)
    for one in {alert.client_id for alert in found}:
        seat.viewed(one, "record")
    return found


def acknowledge(seat: Seat, alert_id: str, note: str) -> SafetyAlert:
    """Note that the reader has seen the alert and what was done; what was noted first stands."""
    with seat.writing() as session:
        row = session.get(AlertRow, alert_id, with_for_update=True)
        if row is None:
            raise NotFoundError(NO_ALERT)
        tied = seat.ties(session, row.client_id)
        try:
            seat.require(tied, row.client_id, action="acknowledge", thing="alert", thing_id=row.id)
        except AccessError as error:
            raise NotFoundError(NO_ALERT) from error
        if row.done_at is None:
            row.done_at, row.done_by_id = seat.office.now(), seat.person.id
            row.note_sealed = seat.office.seal(session, _place(row, "note_sealed"), {"note": note})
            seat.audit(session, "acknowledge", client_id=row.client_id, thing="alert", thing_id=row.id)
        return _as_alerts(seat, session, [row], tied)[0]


def _who_is_told(seat: Seat, session: Session, client_id: str) -> list[str]:
    today, _zone = seat.today(session, client_id)
    team = session.scalars(select(CareTeamRow).where(CareTeamRow.client_id == client_id)).all()
    now = {row.clinician_id for row in team if is_current(row, today)}
    run = select(PersonRow.id).where(PersonRow.kind == "coordinator", PersonRow.locked.is_(False))
    return sorted(now | set(session.scalars(run)))


def _as_alerts(seat: Seat, session: Session, rows: Sequence[AlertRow], tied: Ties) -> list[SafetyAlert]:
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    ids = {one for row in rows for one in (*row.told, *([row.done_by_id] if row.done_by_id else []))}
    who = people.by_ids(seat.office, session, ids)
    sent = select(EntryRow.id).where(EntryRow.id.in_([row.entry_id for row in rows]))
    open_entries = set(session.scalars(sent.where(EntryRow.status == "submitted")))
    return [_as_alert(seat, session, row, tied, who, open_entries) for row in rows]


def _as_alert(
    seat: Seat, session: Session, row: AlertRow, tied: Ties, who: dict[str, Person], sent: set[str]
) -> SafetyAlert:
    open_to_me = seat.ask(tied, row.client_id, action="read", thing="entry", domain=row.domain).allowed
    note = ""
    if row.note_sealed is not None:
        note = seat.office.unseal(session, _place(row, "note_sealed"), row.note_sealed)["note"]
    return SafetyAlert(
        row.id,
        row.client_id,
        row.entry_id if open_to_me and row.entry_id in sent else None,
        _detail(seat, session, row)["rule"] if open_to_me else "",
        "high" if row.priority == "high" else "normal",
        row.at,
        tuple(who[one].name for one in row.told),
        row.done_at,
        who[row.done_by_id].name if row.done_by_id else None,
        note,
    )


def _detail(seat: Seat, session: Session, row: AlertRow) -> dict[str, str]:
    return seat.office.unseal(session, _place(row, "sealed"), row.sealed)


def _place(row: AlertRow, column: str) -> Place:
    return Place("alert", row.client_id, row.id, column)
