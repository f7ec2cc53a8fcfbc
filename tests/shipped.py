"""The worksheets that ship, and entries in them, for tests of what people see."""

from functools import cache

import pytest

from iopkit.clinic import Desk
from iopkit.worksheets import Catalog, load_catalog

THOUGHT = {
    "situation": "My brother did not write back.",
    "feelings": [{"feeling": "hurt", "before": 80, "after": 45}],
    "thoughts": [{"thought": "He is sick of me.", "belief": 90}],
    "balanced_thought": "He works until eight.",
}
NIGHT = {
    "into_bed": "22:45",
    "tried_to_sleep": "23:15",
    "sleep_latency": 25,
    "awakenings": 3,
    "awake_minutes": 40,
    "final_awakening": "06:30",
    "out_of_bed": "07:00",
}
"""The worked night of 12–13 January 2026: TIB 495, TST 370, SE 74.7, SE(DSE) 85.1."""


@cache
def load() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Give stores of this module the worksheets that ship."""
    return load()


def phq9(total: int, *, item9: int = 0) -> dict[str, int]:
    """Return PHQ-9 answers with this total, item 9 as given."""
    left = total - item9
    answers = {}
    for number in range(1, 9):
        answers[f"phq9_{number}"] = min(3, left)
        left -= answers[f"phq9_{number}"]
    return {**answers, "phq9_9": item9}


def send(desk: Desk, worksheet_id: str, answers: dict[str, object], **draft: object) -> str:
    """Fill in and submit a worksheet; return the entry's id."""
    entry = desk.draft(worksheet_id, **draft)
    message = f"send-{entry.id}"
    desk.save(entry.id, message_id=message, answers=answers, changed=list(answers), base=0, submit=True)
    return entry.id
