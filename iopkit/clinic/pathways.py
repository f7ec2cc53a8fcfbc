"""Pathways in the store: started by a clinician, opened step by step, stopped. Only decisions are kept.

A step that is ready gets its assignment when somebody next looks: made by the program in the name of the
clinician who started the pathway, as long as they still treat the client, and once however many look.
"""

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from iopkit.clinic import people, shelf
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.cipher import Place
from iopkit.clinic.database import again
from iopkit.clinic.entries import entry_place
from iopkit.clinic.office import Office
from iopkit.clinic.record import Person
from iopkit.clinic.seat import Seat
from iopkit.clinic.tables import AssignmentRow, CareTeamRow, EntryRow, PersonRow
from iopkit.clinic.tables_paths import PathwayRow, PathwayStepRow
from iopkit.clinic.ties import is_current
from iopkit.clinic.walking import Facts, Standing, stand
from iopkit.errors import AnswerError, NotFoundError
from iopkit.measures.occurrences import Plan, given_now
from iopkit.words import sentence
from iopkit.worksheets.pathway import Pathway, name, scores_in
from iopkit.worksheets.pathway_check import load_pathways

Decision = Literal["yes", "skip"]
EVENING = time(21)
UNKNOWN = sentence("There is no pathway by that name.")
NO_PATHWAY = sentence("There is no pathway here that you can change.")
RUNS_ALREADY = sentence("This pathway already runs for this client.")
STOPPED = sentence("This pathway has been stopped.")
NOT_ASKED = sentence("This step does not wait for your yes.")
NOTHING_TO_SKIP = sentence("This step is already open or done. End its assignment in the plan instead.")


@dataclass(frozen=True)
class Walk:
    """A pathway that was started for a client, and where they stand on it today."""

    id: str
    client_id: str
    domain: str
    by: Person
    pathway: Pathway = field(repr=False)
    starts: date
    stopped_at: datetime | None
    steps: tuple[Standing, ...]

    @property
    def is_over(self) -> bool:
        """Return whether nothing more can open: stopped, or every step done or skipped."""
        return self.stopped_at is not None or all(one.state in ("done", "skipped") for one in self.steps)


def templates(office: Office, language: str = "en") -> dict[str, Pathway]:
    """Return the pathways that can be started, ours and a site's own, read once for each store."""
    made: dict[str, dict[str, Pathway]] = office.memory.setdefault("pathways", {})
    if language not in made:
        own = os.environ.get("IOPKIT_WORKSHEETS")
        extra = [Path(own)] if own else []
        made[language] = load_pathways(shelf.catalog(office), *extra, language=language)
    return made[language]


@again
def start(seat: Seat, client_id: str, template: str, *, starts: date, message_id: str = "") -> str:
    """Return the id of a pathway begun for a client in its domain; its first steps open at once."""
    with seat.writing() as session:
        pathway = templates(seat.office).get(template)
        if pathway is None or pathway.status == "retired":
            raise NotFoundError(UNKNOWN)
        tied = seat.ties(session, client_id)
        seat.require(tied, client_id, action="write", thing="assignment", domain=pathway.domain)
        told = hashlib.sha256(f"{seat.person.id} {client_id} {message_id}".encode()).hexdigest()[:32]
        row_id = told if message_id else seat.office.new_id()
        if session.get(PathwayRow, row_id) is not None:
            return row_id
        same = select(PathwayRow).where(PathwayRow.client_id == client_id, PathwayRow.template == template)
        if session.scalars(same.where(PathwayRow.stopped_at.is_(None))).first() is not None:
            raise AnswerError([RUNS_ALREADY])
        row = PathwayRow(id=row_id, client_id=client_id, domain=pathway.domain, by_id=seat.person.id)
        row.template, row.content = template, pathway.model_dump_json(exclude_defaults=True)
        row.starts, row.made_at, row.stopped_at = starts, seat.office.now(), None
        session.add(row)
        seat.audit(session, "assign", client_id=client_id, thing="pathway", thing_id=row.id)
    advance(seat.office, [client_id])
    return row_id


@again
def stop(seat: Seat, pathway_id: str) -> None:
    """Let no further step of a pathway open; what is open or done stays as it is."""
    with seat.writing() as session:
        row = seat.given(session, PathwayRow, pathway_id, missing=NO_PATHWAY)
        if row.stopped_at is None:
            row.stopped_at = seat.office.now()
            seat.audit(session, "stop", client_id=row.client_id, thing="pathway", thing_id=row.id)


@again
def decide(seat: Seat, pathway_id: str, step: str, decided: Decision) -> None:
    """Say yes to what a step asks, or skip a step that is not open yet; what follows may open then."""
    with seat.writing() as session:
        row = seat.given(session, PathwayRow, pathway_id, missing=NO_PATHWAY)
        if row.stopped_at is not None:
            raise AnswerError([STOPPED])
        if session.get(PathwayStepRow, (row.id, step)) is not None:
            return
        (walk,) = _walks(seat.office, session, [row], seat.person.language)
        one = next((one for one in walk.steps if one.step.id == step), None)
        if decided == "yes" and (one is None or one.state != "asks"):
            raise AnswerError([NOT_ASKED])
        if one is None or one.state in ("open", "done"):
            raise AnswerError([NOTHING_TO_SKIP])
        today, _zone = seat.today(session, row.client_id)
        made = PathwayStepRow(pathway_id=row.id, step=step, client_id=row.client_id, domain=row.domain)
        made.by_id, made.decided, made.day, made.at = seat.person.id, decided, today, seat.office.now()
        session.add(made)
        seat.audit(session, "assign", client_id=row.client_id, thing="pathway", thing_id=row.id)
        client_id = row.client_id
    advance(seat.office, [client_id])


def walks(seat: Seat, client_id: str) -> list[Walk]:
    """Return a client's pathways of the domains the reader may read, the newest first."""
    chosen = select(PathwayRow).where(PathwayRow.client_id == client_id)
    with seat.reading() as session:
        seat.require(seat.ties(session, client_id), client_id, action="read", thing="assignment")
    advance(seat.office, [client_id])
    with seat.reading() as session:
        tied = seat.ties(session, client_id)
        rows = [
            row
            for row in session.scalars(chosen.order_by(PathwayRow.made_at.desc(), PathwayRow.id))
            if seat.ask(tied, client_id, action="read", thing="assignment", domain=row.domain).allowed
        ]
    with seat.office.database.read(PROGRAM) as session:  # the same for each reader, whatever they may open
        return _walks(seat.office, session, rows, seat.person.language)


def advance(office: Office, client_ids: Iterable[str]) -> int:
    """Return how many steps were opened: each that is ready, with an assignment of its own."""
    ids = list(client_ids)
    running = select(PathwayRow).where(PathwayRow.client_id.in_(ids), PathwayRow.stopped_at.is_(None))
    with office.database.read(PROGRAM) as session:
        rows = session.scalars(running).all()
        if not any(_ready(office, session, row) for row in rows):
            return 0
    return _open(office, ids)


@again
def _open(office: Office, client_ids: Sequence[str]) -> int:
    running = select(PathwayRow).where(PathwayRow.client_id.in_(client_ids), PathwayRow.stopped_at.is_(None))
    opened = 0
    with office.database.write(PROGRAM) as session:
        for row in session.scalars(running.order_by(PathwayRow.id).with_for_update()).all():
            for one in _ready(office, session, row):
                _give(office, session, row, one)
                opened += 1
    return opened


def _ready(office: Office, session: Session, row: PathwayRow) -> list[Standing]:
    """Return the steps that may open now: none when who started it no longer treats the client."""
    team = select(CareTeamRow).where(
        CareTeamRow.client_id == row.client_id,
        CareTeamRow.clinician_id == row.by_id,
        CareTeamRow.domain == row.domain,
    )
    today = _today(office, session, row.client_id)
    if not any(is_current(one, today) for one in session.scalars(team)):
        return []
    (walk,) = _walks(office, session, [row], "en")
    return [one for one in walk.steps if one.state == "ready"]


def _give(office: Office, session: Session, row: PathwayRow, one: Standing) -> None:
    """Make the assignment of a step, in the name of who started the pathway."""
    step, person = one.step, session.get_one(PersonRow, row.client_id)
    today = _today(office, session, row.client_id)
    begins = given_now(Plan(step.rrule, EVENING, today, None, person.zone), office.now())
    made = AssignmentRow(id=step_id(row.id, step.id), client_id=row.client_id, by_id=row.by_id)
    made.worksheet_id, made.domain, made.made_at = step.worksheet, row.domain, office.now()
    made.rrule, made.due, made.starts, made.grace = step.rrule, EVENING, begins.starts, 0
    lasts = step.lasts or (7 if step.often == "once" else None)
    made.ends = (begins.ends or begins.starts) + timedelta(lasts - 1) if lasts else None
    said = next(way.note for way in _pathway(office, row, person.language).steps if way.id == step.id)
    place = Place("assignment", row.client_id, made.id, "note_sealed")
    made.note_sealed = office.seal(session, place, {"note": said})
    session.add(made)
    session.flush()
    told = {"client_id": row.client_id, "thing": "assignment", "thing_id": made.id}
    office.audit.add(
        session, "assign", actor_id=row.by_id, through="pathway", why=f"pathway:{row.id}", **told
    )


def step_id(pathway_id: str, step: str) -> str:
    """Return the id of a step's assignment: always the same, so that it is made once."""
    return hashlib.sha256(f"{pathway_id} {step}".encode()).hexdigest()[:32]


def _walks(office: Office, session: Session, rows: Sequence[PathwayRow], language: str) -> list[Walk]:
    if not rows:
        return []
    who = people.by_ids(office, session, [row.by_id for row in rows])
    return [
        Walk(
            row.id,
            row.client_id,
            row.domain,
            who[row.by_id],
            (pathway := _pathway(office, row, language)),
            row.starts,
            row.stopped_at,
            tuple(stand(pathway, _facts(office, session, row, pathway))),
        )
        for row in rows
    ]


def _pathway(office: Office, row: PathwayRow, language: str) -> Pathway:
    """Return a pathway as it was started; in a language where its template still has the same texts."""
    kept = Pathway.model_validate_json(row.content)
    now = templates(office).get(row.template)
    return templates(office, language)[row.template] if now == kept else kept


def _facts(office: Office, session: Session, row: PathwayRow, pathway: Pathway) -> Facts:
    """Return what is known: of this client's entries, those of the pathway's own domain alone."""
    mine = {step_id(row.id, step.id): step.id for step in pathway.steps}
    given = select(AssignmentRow.id).where(AssignmentRow.id.in_(mine))
    decided = select(PathwayStepRow).where(PathwayStepRow.pathway_id == row.id)
    chosen = select(EntryRow).where(
        EntryRow.client_id == row.client_id,
        EntryRow.domain == row.domain,
        EntryRow.status == "submitted",
        EntryRow.about >= row.starts,
    )
    entries = session.scalars(chosen.order_by(EntryRow.submitted_at, EntryRow.id)).all()
    sent: dict[str, list[date]] = {}
    for entry in entries:
        if entry.assignment_id in mine:
            sent.setdefault(mine[entry.assignment_id], []).append(entry.about)
    return Facts(
        today=_today(office, session, row.client_id),
        starts=row.starts,
        sent=sent,
        opened=frozenset(mine[one] for one in session.scalars(given)),
        decided={one.step: (one.decided, one.day) for one in session.scalars(decided)},  # type: ignore[misc]  # written by decide alone
        scores=_scores(office, session, pathway, entries),
    )


def _scores(
    office: Office, session: Session, pathway: Pathway, entries: Sequence[EntryRow]
) -> dict[str, float]:
    """Return the newest of each score that a condition of the pathway reads."""
    wanted = {score for step in pathway.steps if step.when for score in scores_in(step.when)}
    found: dict[str, float] = {}
    for entry in entries:
        for worksheet, score in wanted:
            if worksheet == entry.worksheet_id:
                value = office.unseal(session, entry_place(entry), entry.sealed)["scores"].get(score)
                if value is not None:
                    found[name(worksheet, score)] = value
    return found


def _today(office: Office, session: Session, client_id: str) -> date:
    zone = session.get_one(PersonRow, client_id).zone
    return office.now().astimezone(ZoneInfo(zone)).date()
