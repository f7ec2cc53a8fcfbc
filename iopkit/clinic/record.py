"""What a ``Desk`` gives back: plain immutable records, decrypted, free of the database.

Instants are timezone-aware UTC; ``about`` and care-team dates are days in the client's zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

Kind = Literal["client", "clinician", "coordinator", "supervisor"]
Domain = Literal["individual", "couples", "substance-use", "medical"]


@dataclass(frozen=True)
class Person:
    """Somebody with a user name. ``domains`` is empty for all but clinicians. ``zone`` is an IANA name.

    ``language`` is one of ``iopkit.words.LANGUAGES``.
    """

    id: str
    kind: Kind
    user: str
    name: str = field(repr=False)
    zone: str
    domains: frozenset[str] = frozenset()
    locked: bool = False
    language: str = "en"


@dataclass(frozen=True)
class CareTeamMember:
    """A clinician who treats a client in a domain, from ``since`` to ``until`` (open when None)."""

    client_id: str
    clinician: Person
    domain: str
    since: date
    until: date | None
    id: str = ""


@dataclass(frozen=True)
class Rhythm:
    """When a worksheet is due: ``rrule`` as in ``Assignment``, ``grace`` in minutes after it is due.

    ``until`` is when another rhythm took its place; None for the one that holds.
    """

    rrule: str
    due: time
    starts: date
    ends: date | None
    grace: int = 0
    until: datetime | None = None


@dataclass(frozen=True)
class Rest:
    """Days on which nothing is due from an assignment; open until it goes on when ``until`` is None."""

    at: datetime
    since: date
    until: date | None


@dataclass(frozen=True)
class SetAside:
    """What a client put off for a day: for later, or not for now, with what was in the way.

    ``obstacle`` is one of ``OBSTACLES`` or "", ``words`` are the client's own.
    """

    assignment_id: str
    day: date
    at: datetime
    kind: Literal["later", "not-now", "asked"]
    obstacle: str = field(repr=False, default="")
    words: str = field(repr=False, default="")


@dataclass(frozen=True)
class Assignment:
    """A worksheet given to a client. ``rrule`` is an RFC 5545 rule without DTSTART ("" means once).

    ``stopped_at``: ended before its time; what was done stays, and nothing is due from then on.
    ``settings``: what it sets in the worksheet, for this client.
    """

    id: str
    client_id: str
    worksheet_id: str
    domain: str
    by: Person
    note: str = field(repr=False)
    rrule: str
    due: time
    starts: date
    ends: date | None
    stopped_at: datetime | None = None
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    grace: int = 0
    former: tuple[Rhythm, ...] = ()
    pauses: tuple[Rest, ...] = ()
    appointments: tuple[datetime, ...] = ()
    """When the client's appointments in this domain begin, where it is due before each of them."""

    @property
    def rhythm(self) -> Rhythm:
        """The rhythm that holds now."""
        return Rhythm(self.rrule, self.due, self.starts, self.ends, self.grace)

    def resting(self, day: date) -> Rest | None:
        """Return the pause in which a day lies, if it lies in one."""
        found = (one for one in self.pauses if one.since <= day and (one.until is None or day <= one.until))
        return next(found, None)


@dataclass(frozen=True)
class Entry:
    """One filled-in worksheet at its newest revision. A draft has revision 0; ``base`` counts the saves.

    ``settings`` are those of the assignment when it was begun: the worksheet is read with them.
    ``answered_at`` is there for a transcribed entry alone: filled in elsewhere then, entered here later.
    """

    id: str
    client_id: str
    worksheet_id: str
    version: str
    domain: str
    assignment_id: str | None
    status: Literal["draft", "submitted"]
    about: date
    zone: str
    started_at: datetime
    saved_at: datetime
    submitted_at: datetime | None
    revision: int
    base: int
    answers: Mapping[str, Any] = field(repr=False)
    scores: Mapping[str, float | None] = field(repr=False)
    bands: Mapping[str, str] = field(repr=False)
    flags: tuple[str, ...] = field(repr=False)
    read_by_me: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    private: bool = False
    couple_id: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class SafetyAlert:
    """A safety rule that fired on an entry: who was told, and what was done about it, by names.

    ``entry_id`` and ``rule`` are empty for a reader who may not open the entry.
    """

    id: str
    client_id: str
    entry_id: str | None
    rule: str
    priority: Literal["normal", "high"]
    at: datetime
    told: tuple[str, ...] = field(repr=False)
    done_at: datetime | None
    done_by: str | None = field(repr=False)
    note: str = field(repr=False, default="")


@dataclass(frozen=True)
class Saved:
    """The store's answer after COMMIT: the merged answers, the new base, and what needs saying.

    ``conflicts`` are items that two people changed since ``base`` (the newer value stands, both are kept);
    ``asks`` maps item → question about a doubtful answer; ``refused`` maps item → why this one answer of a
    draft was not stored with the rest. ``repeated``: this message was stored before.
    """

    entry: Entry
    at: datetime
    conflicts: tuple[str, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    repeated: bool = False
