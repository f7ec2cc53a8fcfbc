"""Change means what a published rule says, and nothing where none is published."""

import doctest
import json
from pathlib import Path
from statistics import mean, stdev

import pytest

from iopkit.measures import change as module
from iopkit.measures.change import RULES, change, classify, cutoffs, reliable_change

JACOBSON = json.loads((Path(__file__).parent / "data" / "jacobson-1989.json").read_text())


def test_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(module).failed == 0


def test_the_worked_example_of_jacobson_and_truax() -> None:
    result = reliable_change(32.5, 47.5, sd=7.5, reliability=0.80)

    assert result.se == pytest.approx(3.3541, abs=5e-5)
    assert result.s_diff == pytest.approx(4.7434, abs=5e-5)
    assert result.rci == pytest.approx(3.162, abs=5e-4)


def test_the_three_cutoffs_of_the_worked_example() -> None:
    result = cutoffs((40, 7.5), (60, 7.5))

    assert (result.a, result.b, result.c) == (55, 45, 50)


def test_published_couples_come_out_as_published() -> None:
    pairs = [
        (pre, post)
        for pre, post in zip(JACOBSON["gds"]["pre"], JACOBSON["gds"]["post"], strict=True)
        if pre is not None and post is not None
    ]
    m, s = mean(pre for pre, _ in pairs), stdev(pre for pre, _ in pairs)
    # Lower is better: the comparison group lies below, its numbers do not enter cut-off a.
    cut = cutoffs((m, s), (m - 1, s)).a

    verdicts = [
        classify(reliable_change(pre, post, sd=s, reliability=0.80), post, cut=cut, higher_is_better=False)
        for pre, post in pairs
    ]

    assert (len(pairs), round(m, 4), round(s, 4), round(cut, 3)) == (26, 69.1538, 6.1021, 56.95)
    assert reliable_change(0, 0, sd=s, reliability=0.80).s_diff == pytest.approx(3.8593, abs=5e-5)
    assert {verdict: verdicts.count(verdict) for verdict in ("recovered", "improved", "unchanged")} == {
        "recovered": 10,
        "improved": 4,
        "unchanged": 12,
    }
    assert verdicts.count("deteriorated") == 0


def test_a_reliable_fall_on_a_scale_where_higher_is_better_is_deterioration() -> None:
    fall = reliable_change(47.5, 32.5, sd=7.5, reliability=0.80)

    assert classify(fall, 32.5, cut=50, higher_is_better=True) == "deteriorated"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (18, 13, "18 → 13: 5 points down, no reliable change (needs ≥ 6: NHS Talking Therapies manual)."),
        (
            18,
            12,
            "18 → 12: 6 points down, a reliable improvement (change ≥ 6: NHS Talking Therapies manual).",
        ),
        (
            18,
            9,
            "18 → 9: 9 points down, a reliable improvement (change ≥ 6: NHS Talking Therapies manual); "
            "response (at least 50% lower): NCQA HEDIS DRR-E.",
        ),
        (
            18,
            4,
            "18 → 4: 14 points down, a reliable improvement (change ≥ 6: NHS Talking Therapies manual); "
            "response (at least 50% lower) and remission (below 5): NCQA HEDIS DRR-E.",
        ),
        (9, 15, "9 → 15: 6 points up, a reliable worsening (change ≥ 6: NHS Talking Therapies manual)."),
        (9, 10, "9 → 10: 1 point up, no reliable change (needs ≥ 6: NHS Talking Therapies manual)."),
        (4, 4, "4 → 4: no change, no reliable change (needs ≥ 6: NHS Talking Therapies manual)."),
        (0, 0, "0 → 0: no change, no reliable change (needs ≥ 6: NHS Talking Therapies manual)."),
    ],
)
def test_phq9_change_is_said_with_its_rule_and_source(first: float, last: float, text: str) -> None:
    assert change("phq-9", first, last).text == text


@pytest.mark.parametrize(("measure", "below", "at"), [("phq-9", 5, 6), ("gad-7", 3, 4), ("pcl-5", 14, 15)])
def test_reliable_begins_exactly_at_the_published_figure(measure: str, below: float, at: float) -> None:
    assert change(measure, 20, 20 - below).reliable is False
    assert change(measure, 20, 20 - at).reliable is True


def test_a_measure_without_a_published_figure_says_so() -> None:
    result = change("csi-4", 10, 14)

    assert result.text == "10 → 14: 4 points up. No published figure says what change counts."
    assert result.short == "10 → 14, no published rule"
    assert result.reliable is None


def test_every_rule_names_its_source() -> None:
    assert all(rule.source for rule in RULES.values())
    assert all(rule.end_source for rule in RULES.values() if rule.response or rule.remission)
