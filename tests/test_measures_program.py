from datetime import date

import pytest

from iopkit.measures.program import aftercare, attendance, check_in, cost, homework, hours, readiness

DAY = date(2026, 1, 14)
PLAN = {"days_week": 3, "weeks": 8, "copay": 0, "deductible_left": 0, "coinsurance": 0}


def costs(**answers: float) -> dict[str, float | None]:
    return dict(cost({**PLAN, **answers}, day=DAY, zone="UTC").values)


@pytest.mark.parametrize(("sessions", "each", "week"), [(3, 3, 9), (3, 2, 6), (5, 4, 20), (3, 0.5, 1.5)])
def test_hours_a_week_are_sessions_times_hours(sessions: float, each: float, week: float):
    found = hours({"sessions_week": sessions, "session_hours": each}, day=DAY, zone="UTC")

    assert found.values == {"hours_week": week}


def test_hours_need_both_numbers():
    assert hours({"sessions_week": 3}, day=DAY, zone="UTC").values == {"hours_week": None}


def test_copays_are_paid_each_day():
    assert costs(copay=40) == {"days": 24, "plan_share": 960, "extra": None, "total": 960}


def test_the_deductible_comes_first_and_the_percentage_is_of_the_rest():
    """24 days at $250 are $6,000: $1,500, then 20 % of $4,500."""
    assert costs(price_day=250, deductible_left=1500, coinsurance=20)["plan_share"] == 2400


def test_a_deductible_above_the_price_costs_no_more_than_the_price():
    assert costs(price_day=10, deductible_left=1500)["plan_share"] == 240


def test_the_yearly_limit_caps_the_share_and_not_the_other_costs():
    found = costs(
        price_day=250, deductible_left=1500, coinsurance=20, limit_left=2000, travel_day=5, care_day=20
    )

    assert found == {"days": 24, "plan_share": 2000, "extra": 600, "total": 2600}


def test_what_is_missing_is_a_gap_and_never_taken_for_0():
    found = cost({"days_week": 3, "weeks": 8, "copay": 40, "travel_day": 5}, day=DAY, zone="UTC")

    assert found.values == {"days": 24, "plan_share": None, "extra": 120, "total": None}
    assert set(found.gaps) == {"deductible_left", "coinsurance"}


def test_a_deductible_needs_the_price_of_a_day():
    found = cost({**PLAN, "deductible_left": 500}, day=DAY, zone="UTC")

    assert found.values["total"] is None
    assert list(found.gaps) == ["price_day"]


def test_readiness_counts_what_is_in_place_and_needs_all_three_rulers():
    answers = {"safe_home": "yes", "ride": "no", "time": "not_sure", "importance": 9, "confidence": 6}

    assert readiness(answers, day=DAY, zone="UTC").values == {"in_place": 1, "readiness": None}
    assert readiness({**answers, "ready_now": 6}, day=DAY, zone="UTC").values["readiness"] == 7
    assert readiness({}, day=DAY, zone="UTC").values == {"in_place": None, "readiness": None}


def test_homework_has_a_mean_quality_and_counts_what_was_done_also_in_part():
    done = [
        {"what": "Urge log", "done": "all", "quality": 4, "useful": 8},
        {"what": "Sleep diary", "done": "part", "quality": 2, "useful": 4},
        {"what": "Thought record", "done": "none"},
        {"quality": 0},
    ]

    found = homework({"homework": done}, day=DAY, zone="UTC").values

    assert found == {"quality": 3, "useful": 6, "done": 2}
    assert set(homework({}, day=DAY, zone="UTC").values.values()) == {None}


def test_a_plan_for_afterwards_counts_its_settled_parts():
    assert aftercare({"therapist": "yes", "prescriber": "no"}, day=DAY, zone="UTC").values == {"settled": 1}
    assert aftercare({}, day=DAY, zone="UTC").values == {"settled": None}


def test_a_week_without_use_has_0_days_and_no_answer_has_none():
    found = check_in({"use_days": 0}, day=DAY, zone="UTC")

    assert found.values == {"use_days": 0, "medicine_days": None}


@pytest.mark.parametrize(
    ("planned", "attended", "share"), [(24, 18, 75), (24, 0, 0), (24, 24, 100), (0, 0, None)]
)
def test_attendance_is_a_share_of_what_was_planned(planned: int, attended: int, share: float | None):
    found = attendance({"planned_sessions": planned, "attended": attended}, day=DAY, zone="UTC")

    assert found.values == {"attended_share": share}
    assert found.asks == {}


def test_more_attended_than_planned_is_asked_about():
    found = attendance({"planned_sessions": 24, "attended": 25}, day=DAY, zone="UTC")

    assert found.values == {"attended_share": None}
    assert list(found.asks) == ["attended"]
