"""What a client's page holds for the hour with them: agenda, what to review, two weeks, what is next."""

from typing import Literal

from iopkit.apps.shown import Shown


class Topic(Shown):
    """One part of the agenda, in the order in which an hour takes them: what stands in it, in sentences."""

    kind: Literal["safety", "interferes", "life", "rest"]
    title: str
    lines: list[str]


class ToReview(Shown):
    """One entry that this clinician has not reviewed: what it is, when it came, what stands in it."""

    key: str
    title: str
    when: str
    summary: str
    figures: list[str]


class Week(Shown):
    """What one week had of a worksheet: how many entries, and the newest one."""

    key: str = ""
    count: str
    when: str = ""
    summary: str = ""
    figures: list[str] = []


class Side(Shown):
    """One worksheet in the last seven days beside the seven before."""

    title: str
    now: Week
    before: Week


class Kept(Shown):
    """Homework kept in one domain, in sentences."""

    title: str
    lines: list[str]


class Preset(Shown):
    """How the form for assigning begins: how often, on which days."""

    often: Literal["once", "daily", "weekdays", "weekly"]
    days: list[str] = []


class NextThing(Shown):
    """A proposal of what to give next: why, which worksheet, and how it would be given."""

    text: str
    title: str
    assign: str
    preset: Preset


class Hour(Shown):
    """All that a clinician has at hand while they meet a client; not on a screen that is safe to share."""

    since: str
    agenda: list[Topic]
    review: list[ToReview]
    kept: list[Kept]
    published: list[str]
    next: list[NextThing]
