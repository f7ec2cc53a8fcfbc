"""Who sits at a desk: their login, the policy asked for them, and the audit rows left by them."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from iopkit.clinic import audit, login, one_view
from iopkit.clinic.access import Decision, decide
from iopkit.clinic.badge import PROGRAM, Who
from iopkit.clinic.office import Office
from iopkit.clinic.one_view import Look
from iopkit.clinic.record import Person
from iopkit.clinic.tables import AssignmentRow, LoginRow, PersonRow
from iopkit.clinic.tables_paths import PathwayRow
from iopkit.clinic.ties import Ties, ties
from iopkit.errors import AccessError, NotFoundError, SignInError
from iopkit.words import sentence

Given = TypeVar("Given", AssignmentRow, PathwayRow)
"""What a clinician gives a client, in one of the client's domains."""

ONE_VIEW = timedelta(seconds=2)
"""Reads of the same thing within this time are one view and leave one audit row."""

JOINT = frozenset({"conjoint-entry"})
"""What a login that a PIN opened may ask for."""
NOT_JOINT = sentence("On a device that you two share, only what is of both of you is open.")


@dataclass
class Seat:
    """One signed-in person at one desk. ``login_id`` is None for the operator's own commands."""

    office: Office
    person: Person
    login_id: str | None
    purpose: audit.Action = "view"
    joint: bool = False
    """Whether a PIN opened the login on a shared device: then only what both partners own is there."""
    scores: dict[str, tuple[object, tuple[float, ...]]] = field(default_factory=dict, repr=False)
    """Scores that this person was shown, by client, with what tells whether they still hold."""
    _viewed: dict[Look, datetime] = field(default_factory=dict, repr=False)
    _refused: list[tuple[str | None, str, str | None]] = field(default_factory=list, repr=False)
    _missed: list[tuple[type[Any], str, str]] = field(default_factory=list, repr=False)

    @property
    def through(self) -> str:
        """Return how the person came to the desk, as the audit trail says it."""
        return "login" if self.login_id else "operator"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a read for a login that still holds; those of one view are one read."""
        view = one_view.current(self.office.database)
        with self._refusals():
            if view is not None:
                with view.reading(self._who(), self._alive) as session:
                    yield session
                return
            with self.office.database.read(self._who()) as session:
                self._alive(session)
                yield session

    def one_view(self) -> AbstractContextManager[None]:
        """Make one view of all reads inside: of one moment, allowed by the same ties, audited at the end."""
        return one_view.begun(self.office.database, self._store_looks)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a write for a login that still holds, and count it as use of the login."""
        with self._refusals(), self.office.database.write(self._who()) as session:
            self._alive(session)
            if self.login_id:
                login.touch_in(self.office, session, self.login_id)
            yield session

    def ties(self, session: Session, *client_ids: str) -> Ties:
        """Return the person's relations to these clients, or to all."""
        view = one_view.current(self.office.database)
        if view is None:
            return self._ask_ties(session, client_ids)
        return view.ties(session, client_ids, lambda: self._ask_ties(session, client_ids))

    def ask(
        self,
        tied: Ties,
        client_id: str,
        *,
        action: str,
        thing: str,
        domain: str | None = None,
        thing_id: str | None = None,
    ) -> Decision:
        """Return what the policy says; without a domain the closest relation counts."""
        if self.joint and thing not in JOINT:
            return Decision(False, NOT_JOINT)
        if domain is None:
            own = tied.strongest(client_id)[1]
            relation, why = tied.tie(client_id, own, thing="person")
        else:
            own, (relation, why) = domain, tied.tie(client_id, domain, thing=thing, thing_id=thing_id)
        return decide(self.person.kind, relation, domain=own, action=action, thing=thing, why=why)

    def require(
        self,
        tied: Ties,
        client_id: str,
        *,
        action: str,
        thing: str,
        domain: str | None = None,
        thing_id: str | None = None,
    ) -> str:
        """Return what an allowance rests on; raise AccessError with the reason, and audit that, when not."""
        decision = self.ask(tied, client_id, action=action, thing=thing, domain=domain, thing_id=thing_id)
        if not decision.allowed:
            self._refused.append((client_id, thing, thing_id))
            raise AccessError(decision.reason)
        return decision.why

    def own(self) -> None:
        """Return for a login that a password opened; AccessError on a shared device, by a PIN."""
        if self.joint:
            raise AccessError(NOT_JOINT)

    def missed(self, kind: type[Any], row_id: str, thing: str) -> None:
        """Note that no row of that id is there for this person: if it is for others, that is a refusal too.

        PostgreSQL hides what the person may not see before the policy is asked (``wall.py``).
        """
        self._missed.append((kind, row_id, thing))

    def given(self, session: Session, kind: type[Given], row_id: str, *, missing: str) -> Given:
        """Return what this clinician may change of what a client was given, locked.

        NotFoundError with ``missing`` when it is not there or not theirs: the two look the same.
        """
        row = session.get(kind, row_id, with_for_update=True)
        if row is None:
            self.missed(kind, row_id, "assignment")
            raise NotFoundError(missing)
        try:
            tied = self.ties(session, row.client_id)
            self.require(tied, row.client_id, action="write", thing="assignment", domain=row.domain)
        except AccessError as error:
            raise NotFoundError(missing) from error
        return row

    def audit(
        self,
        session: Session,
        action: audit.Action,
        *,
        client_id: str | None,
        thing: str,
        thing_id: str | None = None,
        why: str = "",
    ) -> None:
        """Leave an audit row in the transaction of what it tells about; ``why`` names what allowed it."""
        self.office.audit.add(
            session,
            action,
            actor_id=self.person.id,
            through=self.through,
            client_id=client_id,
            thing=thing,
            thing_id=thing_id,
            login_id=self.login_id,
            why=why,
        )

    def viewed(
        self, client_id: str | None, thing: str, thing_id: str | None = None, *, whys: Iterable[str] = ()
    ) -> None:
        """Leave one audit row for a view, however many reads it took, and what the view rested on."""
        what = (client_id, thing, thing_id, ",".join(sorted(set(whys) - {""})))
        view = one_view.current(self.office.database)
        if view is not None:
            view.looks[what] = None
        else:
            self._store_looks([what])

    def today(self, session: Session, client_id: str) -> tuple[date, str]:
        """Return the client's day now, and their zone."""
        zone = session.get_one(PersonRow, client_id).zone
        return self.office.now().astimezone(ZoneInfo(zone)).date(), zone

    def _store_looks(self, looks: Iterable[Look]) -> None:
        now = self.office.now()
        new = [one for one in looks if one not in self._viewed or now - self._viewed[one] >= ONE_VIEW]
        if not new:
            return
        with self.writing() as session:
            for client_id, thing, thing_id, why in new:
                self.audit(
                    session, self.purpose, client_id=client_id, thing=thing, thing_id=thing_id, why=why
                )
        self._viewed.update(dict.fromkeys(new, now))

    def _ask_ties(self, session: Session, client_ids: tuple[str, ...]) -> Ties:
        return ties(session, self.person, self.office.now(), client_ids or None)

    def _who(self) -> Who:
        return Who(self.person.id, self.office.now())

    def _alive(self, session: Session) -> None:
        if self.login_id is not None:
            login.live(self.office, session, session.get(LoginRow, self.login_id))
        elif session.get_one(PersonRow, self.person.id).locked:
            raise SignInError(login.ENDED)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except (AccessError, NotFoundError):
            refused, self._refused[:] = list(self._refused), []
            missed, self._missed[:] = list(self._missed), []
            if missed:
                refused += self._hidden(missed)
            if refused:
                with self.office.database.write() as session:
                    for client_id, thing, thing_id in refused:
                        self.audit(session, "refuse", client_id=client_id, thing=thing, thing_id=thing_id)
            raise

    def _hidden(self, missed: list[tuple[type[Any], str, str]]) -> list[tuple[str | None, str, str | None]]:
        """Return whose things were asked for in vain, of those that are there for somebody else."""
        with self.office.database.read(PROGRAM) as session:
            found = [(session.get(kind, row_id), thing) for kind, row_id, thing in missed]
        return [
            (row.client_id, "draft" if getattr(row, "status", "") == "draft" else thing, row.id)
            for row, thing in found
            if row is not None
        ]
