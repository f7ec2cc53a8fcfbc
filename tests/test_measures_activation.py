from datetime import date

from iopkit.measures.activation import plan

DAY = date(2026, 1, 12)


def figures(*activities: dict[str, object]) -> dict[str, float | None]:
    return dict(plan({"activities": list(activities)}, day=DAY, zone="UTC").values)


def test_a_plan_that_nobody_looked_back_at_has_no_share():
    assert figures({"activity": "walk", "mood_before": 3}, {"activity": "shower"}) == {
        "done": None,
        "done_share": None,
        "mood_before": None,
        "mood_after": None,
        "mood_change": None,
    }


def test_in_part_and_at_another_time_count_as_done():
    found = figures(
        {"activity": "walk", "done": "yes"},
        {"activity": "call", "done": "partly"},
        {"activity": "cook", "done": "other_time"},
        {"activity": "swim", "done": "no"},
    )

    assert (found["done"], found["done_share"]) == (3, 75)


def test_the_share_counts_only_what_was_looked_back_at():
    found = figures({"activity": "walk", "done": "no"}, {"activity": "call"})

    assert (found["done"], found["done_share"]) == (0, 0)


def test_mood_compares_activities_rated_both_times():
    found = figures(
        {"activity": "walk", "mood_before": 2, "mood_after": 5},
        {"activity": "call", "mood_before": 4, "mood_after": 5},
        {"activity": "cook", "mood_before": 9},
    )

    assert (found["mood_before"], found["mood_after"], found["mood_change"]) == (3, 5, 2)


def test_a_row_without_an_activity_has_no_part_in_it():
    found = figures({"done": "no", "mood_before": 4, "mood_after": 9}, {"activity": "walk", "done": "yes"})

    assert (found["done_share"], found["mood_change"]) == (100, None)
