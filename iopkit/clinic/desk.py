"""The desk: the store opened for one person. Every call asks the access policy and leaves an audit row."""

import base64
import binascii
import os
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, time
from types import MappingProxyType
from typing import Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from sqlalchemy import select

from iopkit.clinic import alerts, assignments, entries, keeping, login, people, saving, shelf, versions
from iopkit.clinic.assignments import Plan
from iopkit.clinic.database import Database
from iopkit.clinic.desk_calendar import DeskCalendar
from iopkit.clinic.desk_exchange import DeskExchange
from iopkit.clinic.desk_groups import DeskGroups
from iopkit.clinic.desk_homework import DeskHomework
from iopkit.clinic.desk_privacy import DeskPrivacy
from iopkit.clinic.desk_program import DeskProgram
from iopkit.clinic.desk_rooms import DeskRooms
from iopkit.clinic.desk_together import DeskTogether
from iopkit.clinic.office import Office, utc_now
from iopkit.clinic.opening import open_office
from iopkit.clinic.record import Assignment, CareTeamMember, Entry, Person, SafetyAlert, Saved
from iopkit.clinic.saving import Message
from iopkit.clinic.seat import Seat
from iopkit.clinic.settings import Settings, idle_seconds
from iopkit.clinic.tables import PersonRow
from iopkit.clinic.versions import Versions
from iopkit.errors import NotFoundError, SignInError
from iopkit.words import sentence
from iopkit.worksheets import Worksheet
from iopkit.worksheets.search import Match

BEHIND = sentence("There is nothing behind this address for you.")
NOBODY = "Nobody is signed in here. Open the page through iopkit serve, or name a user with IOPKIT_FOR."
EVENING = time(21)
SAFETY_PLAN = "safety-plan"


class Desk(
    DeskCalendar,
    DeskExchange,
    DeskGroups,
    DeskHomework,
    DeskPrivacy,
    DeskProgram,
    DeskRooms,
    DeskTogether,
):
    """What one person may read and do. ``Store.redeem`` makes it for a login, ``desk_for`` without."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        secret = seat.office.keys.file.oldest.derive(f"view {seat.person.id}")
        self._siv = AESSIV(secret)
        self._filled_in: dict[tuple[str, str, str], Worksheet] = {}

    @property
    def person(self) -> Person:
        """Return who sits here."""
        return self._seat.person

    @property
    def database(self) -> Database:
        """Return the database behind this desk, to be told when it changes."""
        return self._seat.office.database

    @property
    def idle_seconds(self) -> int:
        """Return after how many seconds without a touch a page locks itself."""
        return self._seat.office.settings.idle_seconds

    def speak(self, language: str) -> None:
        """Write this person's pages in another language from now on."""
        self._seat.own()
        with self._seat.writing() as session:
            people.set_language(self._seat.office, session, self.person.id, language)
        self._seat.person = replace(self.person, language=language)

    def outbox_secret(self) -> bytes:
        """Return the 32 bytes with which this person's browsers seal what they could not send."""
        return keeping.outbox_secret(self._seat)

    def one_view(self) -> AbstractContextManager[None]:
        """Make one view of all reads inside: of one moment, allowed by the same ties, audited at its end."""
        return self._seat.one_view()

    def alive(self) -> None:
        """Return while the login holds; SignInError when it has ended."""
        with self._seat.reading():
            pass

    def seal(self, text: str) -> str:
        """Return an opaque key for an address: the same text gives the same key, for this person only."""
        return base64.urlsafe_b64encode(self._siv.encrypt(text.encode(), None)).decode().rstrip("=")

    def unseal(self, key: str) -> str:
        """Return the text of a key; NotFoundError when it was not sealed for this person."""
        try:
            value = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
            return self._siv.decrypt(value, None).decode()
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise NotFoundError(BEHIND) from error

    def clients(self) -> list[Person]:
        """Return the clients this person may know, by user name: a caseload, or a client themself."""
        chosen = select(PersonRow).where(PersonRow.kind == "client").order_by(PersonRow.user)
        with self._seat.reading() as session:
            tied = self._seat.ties(session)
            rows = [
                row
                for row in session.scalars(chosen)
                if self._seat.ask(tied, row.id, action="read", thing="person").allowed
            ]
            return people.as_people(self._seat.office, session, rows)

    def client(self, client_id: str) -> Person:
        """Return one client."""
        with self._seat.reading() as session:
            self._seat.require(self._seat.ties(session, client_id), client_id, action="read", thing="person")
            return people.as_person(self._seat.office, session, people.find(session, client_id))

    def domains_of(self, client_ids: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the domains in which this person treats each of these clients today."""
        ids = list(client_ids)
        with self._seat.reading() as session:
            tied = self._seat.ties(session, *ids)
            return {client_id: tied.domains.get(client_id, frozenset()) for client_id in ids}

    def care_team(self, client_id: str) -> list[CareTeamMember]:
        """Return everyone who treats or treated a client."""
        with self._seat.reading() as session:
            tied = self._seat.ties(session, client_id)
            self._seat.require(tied, client_id, action="read", thing="care-team")
            return people.care_team(self._seat.office, session, client_id)

    def partner(self, client_id: str) -> Person | None:
        """Return the other client of a couple, if there is one and this person may know it."""
        with self._seat.reading() as session:
            tied = self._seat.ties(session, client_id)
            own = self._seat.ask(tied, client_id, action="read", thing="partner")
            couples = self._seat.ask(tied, client_id, action="read", thing="partner", domain="couples")
            found = people.partner_id(session, client_id)
            if found is None or not (own.allowed or couples.allowed):
                return None
            return people.as_person(self._seat.office, session, people.find(session, found))

    def assign(
        self,
        client_id: str,
        worksheet_id: str,
        domain: str,
        *,
        note: str,
        rrule: str = "",
        due: time = EVENING,
        starts: date,
        ends: date | None = None,
        message_id: str = "",
        settings: Mapping[str, Any] = MappingProxyType({}),
        grace: int = 0,
    ) -> Assignment:
        """Return the assignment of a worksheet to a client, once or by an RFC 5545 rule."""
        plan = Plan(note, rrule, due, starts, ends, dict(settings), grace)
        return assignments.assign(self._seat, client_id, worksheet_id, domain, plan, message_id)

    def stop(self, assignment_id: str) -> Assignment:
        """Return the assignment, ended as of now."""
        return assignments.stop(self._seat, assignment_id)

    def resume(self, assignment_id: str) -> Assignment:
        """Return the assignment, running again as before it was ended."""
        return assignments.resume(self._seat, assignment_id)

    def assignments(self, client_id: str) -> list[Assignment]:
        """Return a client's assignments, the newest first."""
        return assignments.assignments(self._seat, client_id)

    def assignments_of(self, client_ids: Iterable[str]) -> dict[str, list[Assignment]]:
        """Return assignments by client in a constant number of queries."""
        return assignments.assignments_of(self._seat, client_ids)

    def worksheets(self) -> list[Worksheet]:
        """Return the worksheets that can be given, in the order of the catalog and this person's language."""
        return [self._said(worksheet) for worksheet in shelf.catalog(self._seat.office).values()]

    def find_worksheets(self, text: str) -> list[Match]:
        """Return the worksheets that fit some words, best first."""
        return shelf.index(self._seat.office, self.person.language, self.worksheets()).find(text)

    def worksheet(self, worksheet_id: str, version: str | None = None) -> Worksheet:
        """Return a worksheet: the newest of the catalog, or a version as it was filled in."""
        if version is None:
            return self._said(shelf.newest(self._seat.office, worksheet_id))
        with self._seat.reading() as session:
            return self._said(shelf.kept(self._seat.office, session, worksheet_id, version))

    def languages(self, worksheet_id: str) -> dict[str, str]:
        """Return the languages of a worksheet, and what each text is: draft, reviewed or retired."""
        return shelf.catalog(self._seat.office).languages(worksheet_id)

    def _said(self, worksheet: Worksheet) -> Worksheet:
        """Return a worksheet in the language of this person, where it has one."""
        return shelf.said(self._seat.office, worksheet, self.person.language)

    def worksheet_of(self, entry: Entry) -> Worksheet:
        """Return the worksheet of an entry as it was filled in: its version, asked with its settings."""
        which = (entry.worksheet_id, entry.version)
        sheet = self._filled_in.get((*which, self.person.language)) or self.worksheet(*which)
        if entry.status == "submitted":  # from then on this version of the worksheet never changes
            self._filled_in[*which, self.person.language] = sheet
        return shelf.as_asked(sheet, entry.settings)

    def versions(self, entry_id: str) -> Versions:
        """Return the earlier versions of one's own entry, and the answers in it that did not stand."""
        return versions.versions(self._seat, entry_id)

    def entries(
        self,
        client_id: str,
        *,
        worksheet_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Entry]:
        """Return a client's submitted entries about these days, newest first."""
        return entries.entries(self._seat, client_id, worksheet_id=worksheet_id, since=since, until=until)

    def entries_of(self, client_ids: Iterable[str], since: date | None = None) -> dict[str, list[Entry]]:
        """Return submitted entries by client in a constant number of queries."""
        return entries.entries_of(self._seat, client_ids, since)

    def entry(self, entry_id: str) -> Entry:
        """Return one entry; NotFoundError when there is none that this person may open."""
        return entries.entry(self._seat, entry_id)

    def safety_plan(self) -> Entry | None:
        """Return one's own newest safety plan as it was sent; None for who has none."""
        return entries.newest(self._seat, SAFETY_PLAN)

    def mark_read(self, entry_id: str) -> None:
        """Note that this person has read an entry as it stands."""
        entries.mark_read(self._seat, entry_id)

    def draft(self, worksheet_id: str, *, assignment_id: str | None = None, day: date | None = None) -> Entry:
        """Return one's own open draft (of an assignment, about a day), or a new one."""
        return entries.draft(self._seat, worksheet_id, assignment_id=assignment_id, day=day)

    def drafts(self) -> list[Entry]:
        """Return one's own open drafts, the one saved last at the top."""
        return entries.drafts(self._seat)

    def save(
        self,
        entry_id: str,
        *,
        message_id: str,
        answers: Mapping[str, Any],
        changed: Iterable[str],
        base: int,
        submit: bool = False,
        page: str = "",
        draft: bool = False,
    ) -> Saved:
        """Return what is stored, after COMMIT; AnswerError or StoreError when nothing was."""
        message = Message(message_id, answers, frozenset(changed), base, submit, page=page, draft=draft)
        return saving.save(self._seat, entry_id, message)

    def alerts(self, client_id: str | None = None) -> list[SafetyAlert]:
        """Return safety alerts of one client, or of all this person is told about, newest first."""
        return alerts.alerts(self._seat, client_id)

    def acknowledge(self, alert_id: str, note: str) -> SafetyAlert:
        """Return the alert with the note of who has seen it and what was done."""
        return alerts.acknowledge(self._seat, alert_id, note)


def from_environment() -> Desk:
    """Return the desk of this process, by ``IOPKIT_TICKET`` (used up and forgotten) or ``IOPKIT_FOR``.

    The server hands a ticket to each kernel. ``IOPKIT_FOR`` names a user for the operator's own commands; the
    server never passes it on. Without either, SignInError.
    """
    ticket, user = os.environ.pop("IOPKIT_TICKET", None), os.environ.get("IOPKIT_FOR")
    if not ticket and not user:
        raise SignInError(NOBODY)
    settings = Settings(idle_seconds=idle_seconds())
    office, _made = open_office(None, None, create=False, settings=settings, now=utc_now)
    try:
        return _seated(office, ticket, str(user))
    except BaseException:
        office.database.close()
        raise


def _seated(office: Office, ticket: str | None, user: str) -> Desk:
    if ticket:
        found = login.redeem(office, ticket)
        return Desk(Seat(office, found.person, found.id, joint=found.joint))
    purpose: Literal["view", "report"] = "report" if os.environ.get("IOPKIT_PURPOSE") == "report" else "view"
    return Desk(Seat(office, people.person(office, user), None, purpose))
