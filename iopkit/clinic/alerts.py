"""Safety alerts: raised in the transaction of the answer, kept whatever happens to the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import entries, people, program
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.record import SafetyAlert
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AlertRow, CareTeamRow, EntryRow, PersonRow
from iopkit.clinic.ties import Ties, is_current
from iopkit.errors import AccessError, NotFoundError
from iopkit.words import sentence
from iopkit.worksheets import Worksheet

ON_CALL = "on-call"
"""Stands among those who are told when nobody treats the client: the program's contact, no person here."""
NO_ALERT = sentence("There is no alert here that you can open.")


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


@again
def acknowledge(seat: Seat, alert_id: str, note: str) -> SafetyAlert:
    """Note that the reader has seen the alert and what was done; what was noted first stands."""
    with seat.writing() as session:
        row = session.get(AlertRow, alert_id, with_for_update=True)
        if row is None:
            seat.missed(AlertRow, alert_id, "alert")
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
    told = sorted(now | set(session.scalars(run)))
    return told if now else [*told, ON_CALL]


def _as_alerts(seat: Seat, session: Session, rows: Sequence[AlertRow], tied: Ties) -> list[SafetyAlert]:
    seat.office.load_envelopes(session, {row.client_id for row in rows})
    ids = {one for row in rows for one in (*row.told, *([row.done_by_id] if row.done_by_id else []))}
    who = {one: found.name for one, found in people.by_ids(seat.office, session, ids).items()}
    rules = program.settings(session)
    who[ON_CALL] = rules["on-call"]
    raised = select(EntryRow).where(EntryRow.id.in_([row.entry_id for row in rows]))
    of = {row.id: row for row in session.scalars(raised)} if rows else {}
    board = _Board(who, of, seat.office.now(), timedelta(minutes=int(rules["alert-minutes"])))
    return [_as_alert(seat, session, row, tied, board) for row in rows]


@dataclass(frozen=True)
class _Board:
    """What all alerts of a list need: names by id, the entries, and how long one may wait."""

    who: Mapping[str, str]
    entries: Mapping[str, EntryRow]
    now: datetime
    patience: timedelta

    def told(self, row: AlertRow) -> tuple[str, ...]:
        """Return who was told; what nobody acknowledged in time went to the on-call contact too."""
        late = (row.done_at or self.now) - row.at > self.patience
        ids = [*row.told, *([ON_CALL] if late and ON_CALL not in row.told else [])]
        return tuple(self.who[one] for one in ids)


def _as_alert(seat: Seat, session: Session, row: AlertRow, tied: Ties, board: _Board) -> SafetyAlert:
    entry = board.entries.get(row.entry_id)  # it may be hidden from the reader already (wall.py)
    thing = "entry" if entry is None or entry.status == "draft" else entries.thing_of(entry)
    open_to_me = seat.ask(
        tied, row.client_id, action="read", thing=thing, domain=row.domain, thing_id=row.entry_id
    ).allowed
    note = ""
    if row.note_sealed is not None:
        note = seat.office.unseal(session, _place(row, "note_sealed"), row.note_sealed)["note"]
    return SafetyAlert(
        row.id,
        row.client_id,
        row.entry_id if open_to_me and entry is not None and entry.status == "submitted" else None,
        _detail(seat, session, row)["rule"] if open_to_me else "",
        "high" if row.priority == "high" else "normal",
        row.at,
        board.told(row),
        row.done_at,
        board.who[row.done_by_id] if row.done_by_id else None,
        note,
    )


def _detail(seat: Seat, session: Session, row: AlertRow) -> dict[str, str]:
    return seat.office.unseal(session, _place(row, "sealed"), row.sealed)


def _place(row: AlertRow, column: str) -> Place:
    return Place("alert", row.client_id, row.id, column)
