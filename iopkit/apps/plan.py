"""The client's own safety plan, as it travels with each of their pages: steps and words, to read offline."""

from collections.abc import Mapping

from iopkit.apps.place import key
from iopkit.apps.view_privacy import PlanPart, SafetyPlan
from iopkit.clinic.desk import Desk
from iopkit.worksheets import Item, Worksheet
from iopkit.worksheets.elements import questions

LEFT_OUT = frozenset({"built_with", "copies", "review_on", "sober_plan", "means"})
"""About the plan itself; and the one list that a bad hour does not need before the eyes."""
INSIDE = frozenset({"knows", "done"})


def safety_plan(desk: Desk) -> SafetyPlan | None:
    """Return the steps of a client's newest safety plan in their own words; None for who has none."""
    if desk.person.kind != "client":
        return None
    entry = desk.safety_plan()
    if entry is None:
        return None
    parts = plan_parts(desk.worksheet_of(entry), entry.answers)
    return SafetyPlan(key=key(desk, "entry", entry.id), parts=parts)


def plan_parts(sheet: Worksheet, answers: Mapping[str, object]) -> list[PlanPart]:
    """Return one part for each page of the plan on which something stands."""
    found = []
    for page in sheet.pages:
        names = dict.fromkeys(question.name for question in questions(page.elements))
        items = [sheet.items[name] for name in names if name in sheet.items and name not in LEFT_OUT]
        lines = [line for item in items for line in item_lines(item, answers.get(item.id))]
        if lines:
            found.append(PlanPart(title=page.title or "", lines=lines))
    return found


def item_lines(item: Item, answer: object) -> list[str]:
    """Return what somebody wrote for one item, a line for each row of a list."""
    if isinstance(answer, str):
        return [answer] if answer.strip() else []
    if not isinstance(answer, list):
        return []
    rows = (row for row in answer if isinstance(row, Mapping))
    texts = (
        ", ".join(str(row[name]) for name in item.inner if name not in INSIDE and row.get(name))
        for row in rows
    )
    return [text for text in texts if text]
