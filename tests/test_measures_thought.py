from datetime import date

import pytest

from iopkit.measures.thought import NAMES, change

DAY = date(2026, 1, 13)


def figures(**answers: object) -> dict[str, float]:
    """Return the figures of a thought record that are known."""
    values = change(answers, day=DAY, zone="UTC").values
    return {name: value for name, value in values.items() if value is not None}


def test_an_empty_record_has_no_figures():
    assert figures() == {}


def test_every_name_is_given_even_without_a_figure():
    assert tuple(change({}, day=DAY, zone="UTC").values) == NAMES


def test_distress_is_the_mean_of_the_feelings_rated_both_times():
    feelings = [{"before": 80, "after": 45}, {"before": 60, "after": 50}, {"before": 100}, {"after": 0}]

    assert figures(feelings=feelings) == {
        "distress_before": 70,
        "distress_after": 47.5,
        "distress_change": -22.5,
        "change_1": -35,
        "change_2": -10,
    }


def test_relief_is_below_zero_and_a_feeling_that_grew_above():
    assert figures(feelings=[{"before": 30, "after": 20}])["change_1"] == -10
    assert figures(feelings=[{"before": 20, "after": 30}])["change_1"] == 10


def test_a_rated_zero_is_an_answer():
    assert figures(feelings=[{"before": 0, "after": 0}]) == {
        "distress_before": 0,
        "distress_after": 0,
        "distress_change": 0,
        "change_1": 0,
    }


def test_the_only_thought_is_the_hot_one():
    assert figures(thoughts=[{"thought": "a", "belief": 90}], hot_belief_after=40) == {
        "belief_before": 90,
        "belief_after": 40,
        "belief_change": -50,
    }


@pytest.mark.parametrize(
    ("chosen", "before"),
    [("a", 90), ("b", 20), (None, None), ("a thought that was changed since", None)],
)
def test_of_several_thoughts_the_chosen_one_counts(chosen: str | None, before: float | None):
    thoughts = [{"thought": "a", "belief": 90}, {"thought": "b", "belief": 20}]

    assert figures(thoughts=thoughts, hot_thought=chosen).get("belief_before") == before


def test_a_row_without_words_is_no_thought():
    thoughts = [{"belief": 10}, {"thought": "", "belief": 20}, {"thought": "b", "belief": 30}]

    assert figures(thoughts=thoughts) == {"belief_before": 30}


def test_a_thought_whose_belief_was_not_rated_has_no_figure():
    assert figures(thoughts=[{"thought": "a"}]) == {}
