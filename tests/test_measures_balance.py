from datetime import date

from iopkit.measures.balance import tasks, week

DAY = date(2026, 1, 12)
FULL = {"sleep": 49, "work": 40, "program": 9, "family": 20, "home": 15, "self": 5, "other": 20}


def hours(**roles: float) -> dict[str, object]:
    return {f"{role}_hours": count for role, count in roles.items()}


def test_a_full_week_says_what_is_left_of_168_hours():
    assert week(hours(**FULL), day=DAY, zone="UTC").values == {"total": 158, "left": 10}


def test_a_week_with_a_role_left_out_has_a_total_and_nothing_left():
    found = week(hours(sleep=49, work=40), day=DAY, zone="UTC")

    assert found.values == {"total": 89, "left": None}


def test_no_hours_are_no_figure_and_zero_hours_are():
    assert week({}, day=DAY, zone="UTC").values == {"total": None, "left": None}
    assert week(hours(work=0), day=DAY, zone="UTC").values["total"] == 0


def test_more_hours_than_a_week_has_are_asked_about():
    over = week(hours(**{**FULL, "work": 60}), day=DAY, zone="UTC")
    exact = week(hours(**{**FULL, "work": 50}), day=DAY, zone="UTC")

    assert over.values == {"total": 178, "left": None}
    assert over.asks == {
        "other_hours": "These hours add up to more than the 168 of a week. Is something counted twice?"
    }
    assert (exact.values["left"], exact.asks) == (0, {})


def test_tasks_that_became_lighter_are_counted():
    decided = ["must", "less", "wait", "hand_over", "drop"]
    answers = {"tasks": [{"task": "mow", "decision": decision} for decision in decided]}

    assert tasks(answers, day=DAY, zone="UTC").values == {"relieved": 4}
    assert tasks({"tasks": [{"task": "mow"}]}, day=DAY, zone="UTC").values == {"relieved": None}
