"""What a ``Desk`` gives back about privacy: consents, shares, notes, reviews, logs. Plain and immutable."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The short notice of 42 CFR 2.32, word for word."""


@dataclass(frozen=True)
class Consent:
    """A consent as it was signed (42 CFR 2.31), and whether it holds."""

    id: str
    client_id: str
    patient: str = field(repr=False)
    discloser: str
    domains: tuple[str, ...]
    counseling_notes: bool
    entry_id: str | None
    couple_id: str | None
    recipient_id: str | None
    recipient: str = field(repr=False)
    purpose: str = field(repr=False)
    until: date
    rights: str
    signature: str = field(repr=False)
    signed_at: datetime
    revoked_at: datetime | None
    live: bool


@dataclass(frozen=True)
class Release:
    """One partner's signature to let the couple's record go to a recipient; ``both``: it may go now."""

    consent: Consent
    both: bool


@dataclass(frozen=True)
class Blank:
    """What stands in every consent of a client before they fill it in."""

    patient: str = field(repr=False)
    discloser: str
    rights: str
    today: date


@dataclass(frozen=True)
class Share:
    """One entry that a client opened to one person, and whether it is open still."""

    id: str
    client_id: str
    entry_id: str
    worksheet_id: str
    about: date
    recipient_id: str
    recipient: str = field(repr=False)
    consent_id: str | None
    at: datetime
    until: date | None
    revoked_at: datetime | None
    live: bool


@dataclass(frozen=True)
class Note:
    """A clinician's note, on ``item`` of an entry if named. ``counseling`` marks counseling notes."""

    id: str
    client_id: str
    domain: str
    by: str = field(repr=False)
    at: datetime
    text: str = field(repr=False)
    entry_id: str | None = None
    counseling: bool = False
    item: str = ""


@dataclass(frozen=True)
class Review:
    """What a clinician thought of an entry: quality 0 to 4, with a note."""

    id: str
    entry_id: str
    client_id: str
    domain: str
    by: str = field(repr=False)
    at: datetime
    quality: int = field(repr=False)
    note: str = field(repr=False)


@dataclass(frozen=True)
class StatedReason:
    """Why somebody read a record they have no part in, from when to when."""

    id: str
    kind: Literal["supervision", "break-glass"]
    client_id: str
    by: str = field(repr=False)
    reason: str = field(repr=False)
    at: datetime
    until: datetime
    seen_at: datetime | None = None
    seen_by: str | None = field(repr=False, default=None)


@dataclass(frozen=True)
class Sight:
    """One line of "who can see what": a person, what they can see, why, and until when."""

    person: str = field(repr=False)
    person_id: str
    domain: str
    thing: str
    why: str
    until: date | datetime | None


@dataclass(frozen=True)
class Access:
    """One line of a record's access log, in plain words."""

    at: datetime
    who: str = field(repr=False)
    what: str
    why: str = field(repr=False)


@dataclass(frozen=True)
class Told:
    """One line of the accounting of disclosures: what left to whom, when, for what purpose."""

    at: datetime
    recipient: str = field(repr=False)
    what: str
    purpose: str = field(repr=False)
    consent_id: str | None


@dataclass(frozen=True)
class Disclosure:
    """What travels with substance-use records that leave: the notice, the consents, or why there are none."""

    notice: str
    consent_ids: tuple[str, ...]
    scope: str

    @property
    def text(self) -> str:
        """Return the notice and what it rests on, as one line to print."""
        return f"{self.notice} {self.scope}"


@dataclass(frozen=True)
class SecretsPolicy:
    """How the program handles what one partner tells alone. ``seen``: the reader was shown it."""

    value: Literal["none", "limited", "full"]
    text: str
    seen: bool


@dataclass(frozen=True)
class JointWork:
    """How far a couple's joint work is, for their couples therapist: names and yes or no, no answers."""

    couple_id: str
    partners: tuple[str, str] = field(repr=False)
    policy: str
    seen_by: tuple[str, ...] = field(repr=False)
    checked_in: tuple[str, ...] = field(repr=False)
    paused_at: datetime | None
    paused_by: str | None = field(repr=False)
    open: bool


@dataclass(frozen=True)
class Preparation:
    """What one partner still has to do alone before joint work. It says nothing of the other."""

    policy: SecretsPolicy
    checked_in: bool
