from datetime import date

from iopkit.measures.social import support


def figures(*people: dict[str, object]) -> dict[str, float | None]:
    return dict(support({"people": list(people)}, day=date(2026, 1, 12), zone="UTC").values)


def test_a_map_counts_kinds_of_support_and_those_that_hang_on_one_person():
    found = figures(
        {"name": "June", "good_for": ["craving", "crisis"]},
        {"name": "Ray", "good_for": ["craving", "fun"]},
        {"name": "Ma"},
    )

    assert found == {"kinds": 3, "thin": 2}


def test_a_kind_marked_twice_for_one_person_is_one():
    assert figures({"name": "June", "good_for": ["fun", "fun"]}) == {"kinds": 1, "thin": 1}


def test_a_map_without_kinds_has_no_figure():
    assert figures({"name": "June"}) == {"kinds": None, "thin": None}
    assert figures() == {"kinds": None, "thin": None}
