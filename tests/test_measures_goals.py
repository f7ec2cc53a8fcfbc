from datetime import date

from iopkit.measures.goals import one, progress

DAY = date(2026, 1, 14)


def figures(*goals: dict[str, object]) -> dict[str, float | None]:
    return dict(progress({"goals": list(goals)}, day=DAY, zone="UTC").values)


def test_goals_have_a_mean_confidence_and_progress_and_count_steps_also_in_part():
    found = figures(
        {"goal": "Sleep", "confidence": 7, "progress": 4, "step_done": "yes"},
        {"goal": "Work", "confidence": 4, "progress": 0, "step_done": "partly"},
        {"goal": "Fun", "step_done": "not_yet"},
    )

    assert found == {"confidence": 5.5, "progress": 2, "steps_done": 2}


def test_goals_just_written_have_no_steps_taken_or_left_out():
    assert figures({"goal": "Sleep", "confidence": 7}) == {
        "confidence": 7,
        "progress": None,
        "steps_done": None,
    }


def test_a_row_without_a_goal_does_not_count():
    assert figures({"confidence": 9, "progress": 9, "step_done": "yes"}) == {
        "confidence": None,
        "progress": None,
        "steps_done": None,
    }


def test_a_single_goal_counts_its_steps_and_a_step_without_an_answer_counts_neither_way():
    steps = [{"step": "a", "done": "yes"}, {"step": "b", "done": "partly"}, {"step": "c"}, {"done": "yes"}]

    found = one({"steps": steps, "confidence": 0, "progress": 4}, day=DAY, zone="UTC").values

    assert found == {"confidence": 0, "progress": 4, "steps_done": 2}
    assert set(one({}, day=DAY, zone="UTC").values.values()) == {None}
