"""A pathway as data: worksheets in an order, each opening after another, after some days, or on a score.

Nothing here knows a client. ``pathway_check`` finds what is wrong in a file, ``clinic/pathways.py`` works out
where somebody stands on one.
"""

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from iopkit.worksheets.elements import Text
from iopkit.worksheets.model import Domain, Header, WorksheetId

Often = Literal["once", "daily", "weekdays", "weekly", "before"]
Weekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
BEFORE = "BEFORE-APPOINTMENT"
"""Stands in the place of a rule for what is due before each appointment, as in ``measures.occurrences``."""
_SCORE = re.compile(r"\{([a-z][a-z0-9-]*)\.([a-z][a-z0-9_]*)\}")


class Way(Header):
    """One step: a worksheet with its rhythm, and what has to be so before it opens.

    It opens ``delay`` days after the pathway began, or after the step ``after`` was done ``entries`` times;
    with ``when``, only once that is true of the newest scores; with ``ask``, only after a clinician said yes
    to what stands there. ``lasts`` is for how many days it runs.
    """

    id: WorksheetId
    worksheet: WorksheetId
    note: Text
    often: Often = "once"
    days: tuple[Weekday, ...] = ()
    times: Annotated[int, Field(ge=1, le=100)] | None = None
    lasts: Annotated[int, Field(ge=1, le=366)] | None = None
    after: WorksheetId | None = None
    entries: Annotated[int, Field(ge=1, le=100)] = 1
    delay: Annotated[int, Field(ge=0, le=366)] = 0
    when: Text | None = None
    ask: Text | None = None

    @model_validator(mode="after")
    def _days_fit(self) -> "Way":
        if (self.often == "weekly") != bool(self.days):
            raise ValueError("'days' with 'often: weekly', and only there")
        return self

    @property
    def rrule(self) -> str:
        """The rule of its rhythm, "" for once.

        >>> Way(id="a", worksheet="b", note="c", often="weekly", days=("TU", "TH"), times=4).rrule
        'FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4'
        """
        if self.often == "once":
            return ""
        if self.often == "before":
            return BEFORE
        days = ("MO", "TU", "WE", "TH", "FR") if self.often == "weekdays" else self.days
        rule = f"FREQ=WEEKLY;BYDAY={','.join(days)}" if days else "FREQ=DAILY"
        return f"{rule};COUNT={self.times}" if self.times else rule


class Pathway(Header):
    """A template: a clinician starts it for a client, in its domain."""

    id: WorksheetId
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")]
    status: Literal["draft", "reviewed", "retired"]
    title: Text
    domain: Domain
    about: Text
    sources: tuple[Text, ...] = ()
    steps: Annotated[tuple[Way, ...], Field(min_length=2, max_length=20)]


def scores_in(condition: str) -> list[tuple[str, str]]:
    """Return the scores a condition reads, as worksheet and score.

    >>> scores_in("{phq-9.total} >= 10 or {gad-7.total} >= 10")
    [('phq-9', 'total'), ('gad-7', 'total')]
    """
    return [(found[1], found[2]) for found in _SCORE.finditer(condition)]


def flat(condition: str) -> str:
    """Return a condition with each score as one name, as conditions of worksheets are written.

    >>> flat("{phq-9.total} >= 10")
    '{phq-9__total} >= 10'
    """
    return _SCORE.sub(lambda found: f"{{{name(found[1], found[2])}}}", condition)


def name(worksheet: str, score: str) -> str:
    """Return the one name of a score of a worksheet."""
    return f"{worksheet}__{score}"
