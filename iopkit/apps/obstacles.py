"""What was in the way of homework: asked once and kindly, read by those who may read the assignment."""

from collections.abc import Sequence
from datetime import date

from iopkit.apps.place import key
from iopkit.apps.view_cycle import Question
from iopkit.apps.view_privacy import Choice
from iopkit.charts.labels import day_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, SetAside
from iopkit.clinic.setting_aside import OBSTACLES
from iopkit.errors import NotFoundError
from iopkit.reports.homework import Due
from iopkit.words import say

SKIPPED = 2
"""After so many occurrences in a row without an entry, what is in the way is asked."""
LINES = 8


def choices(language: str) -> list[Choice]:
    """Return what may be in the way, to choose from."""
    return [Choice(value=value, label=say(label, language)) for value, label in OBSTACLES.items()]


def question(desk: Desk, dues: Sequence[Due], aside: Sequence[SetAside], today: date) -> Question | None:
    """Return the one question about what is in the way, or None when there is nothing to ask."""
    skipped = [one for one in by_assignment(dues, today) if not is_answered(one, aside)]
    if not skipped:
        return None
    given = max(skipped, key=lambda one: (one[-1].occurrence.due, one[-1].assignment.id))[-1].assignment
    language = desk.person.language
    return Question(
        key=key(desk, "aside", given.id),
        text=say(
            "“{title}” did not fit in the last few times. That happens. {name} can change it to suit you: "
            "what is in the way?",
            language,
            title=desk.worksheet(given.worksheet_id).title,
            name=given.by.name,
        ),
        choices=choices(language),
    )


def by_assignment(dues: Sequence[Due], today: date) -> list[list[Due]]:
    """Return for each assignment that runs its last occurrences, where all of them went by undone."""
    passed: dict[str, list[Due]] = {}
    for one in dues:
        until = one.occurrence.until
        if until is not None and until < today and is_running(one.assignment, today):
            passed.setdefault(one.assignment.id, []).append(one)
    last = [found[-SKIPPED:] for found in passed.values()]
    return [one for one in last if len(one) == SKIPPED and all(due.entry is None for due in one)]


def is_running(given: Assignment, today: date) -> bool:
    """Return whether something may still become due from an assignment."""
    over = given.stopped_at is not None or (given.ends is not None and given.ends < today)
    return not over and given.resting(today) is None


def is_answered(skipped: Sequence[Due], aside: Sequence[SetAside]) -> bool:
    """Return whether the client was asked, or said by themself, since the first of what was skipped."""
    first, given = skipped[0].occurrence.day, skipped[0].assignment
    return any(
        one.assignment_id == given.id and one.day >= first and (one.kind == "asked" or one.obstacle)
        for one in aside
    )


def told(desk: Desk, client_id: str, given: Sequence[Assignment], since: date) -> list[str]:
    """Return what a client said was in the way since a day, newest first, a line each."""
    language, by_id = desk.person.language, {one.id: one for one in given}
    lines = []
    for one in desk.put_off(client_id, since):
        if one.assignment_id not in by_id or not (one.obstacle or one.words):
            continue
        why = say(OBSTACLES[one.obstacle], language) if one.obstacle else ""
        words = say("“{words}”", language, words=one.words) if one.words else ""
        values = {
            "day": day_label(one.day, language),
            "title": title(desk, by_id[one.assignment_id].worksheet_id),
            "why": " ".join(part for part in (why, words) if part),
        }
        lines.append(say("{day}, {title}: {why}", language, **values))
    return lines[:LINES]


def minutes_of(desk: Desk, worksheet_id: str) -> int:
    """Return how long a worksheet takes; 0 for one that was taken away since it was given."""
    try:
        return desk.worksheet(worksheet_id).minutes
    except NotFoundError:
        return 0


def title(desk: Desk, worksheet_id: str) -> str:
    """Return the title of a worksheet; its id when it was taken away since it was given."""
    try:
        return desk.worksheet(worksheet_id).title
    except NotFoundError:
        return worksheet_id
