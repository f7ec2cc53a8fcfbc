from datetime import date

import pytest

from iopkit.measures.medicine import MedicineWeek, day_figures, medicine_weeks

DAY = date(2026, 1, 14)


def taken(*answers: str) -> dict[str, object]:
    return {"medicines": [{"medicine": "a", "taken": answer} for answer in answers]}


def test_a_day_counts_medicines_taken_as_prescribed_of_those_due():
    found = day_figures({**taken("yes", "no", "not_due", "yes"), "bother": 3}, day=DAY, zone="UTC").values

    assert found == {"due": 3, "taken": 2, "adherence": pytest.approx(66.67, abs=0.01), "bother": 3}


@pytest.mark.parametrize("other", ["part", "more", "no"])
def test_less_or_more_than_prescribed_is_not_as_prescribed(other: str):
    assert day_figures(taken(other), day=DAY, zone="UTC").values["adherence"] == 0


@pytest.mark.parametrize("answers", [{}, taken("not_due"), {"medicines": [{"medicine": "a"}]}])
def test_nothing_due_has_no_share(answers: dict[str, object]):
    found = day_figures(answers, day=DAY, zone="UTC").values

    assert found == {"due": None, "taken": None, "adherence": None, "bother": None}


def test_a_week_is_worked_out_over_its_doses_and_not_over_its_days():
    entries = [
        (date(2026, 1, 13), taken("no")),
        (date(2026, 1, 12), taken("yes", "yes", "yes")),
        (date(2026, 1, 14), taken("not_due")),
        (date(2026, 1, 19), taken("yes")),
    ]

    assert medicine_weeks(entries) == [
        MedicineWeek(date(2026, 1, 12), 2, 4, 75),
        MedicineWeek(date(2026, 1, 19), 1, 1, 100),
    ]
