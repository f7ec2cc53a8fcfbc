"""How two series go together: against scipy, a worked example, and on simulated days without any link."""

import random
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap, permutation_test, rankdata, spearmanr

from iopkit.measures import association as engine
from iopkit.measures.association import FEWEST, Association, association, drifts, mid_ranks, spearman

IQ = (106, 100, 86, 101, 99, 103, 97, 113, 112, 110)
HOURS = (7, 27, 2, 50, 28, 29, 20, 12, 6, 17)
"""The worked example of the article on Spearman's coefficient: rho is −29/165."""

ratings = st.lists(st.integers(0, 10), min_size=FEWEST, max_size=40)
pairs_of_ratings = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=FEWEST, max_size=40)


def moved(seed: int, n: int, together: float) -> tuple[list[float], list[float]]:
    chance = random.Random(seed)
    one = [chance.gauss(0, 1) for _ in range(n)]
    return one, [together * value + chance.gauss(0, 1) for value in one]


def shown(said: Association) -> tuple[float, float, float, float]:
    assert said.kind == "shown"
    assert None not in (said.rho, said.low, said.high, said.p)
    return said.rho, said.low, said.high, said.p  # type: ignore[return-value]  # asserted above


def test_rho_is_that_of_the_worked_example() -> None:
    assert spearman(mid_ranks(IQ), mid_ranks(HOURS)) == pytest.approx(-29 / 165)


def test_mid_ranks_are_those_of_scipy_with_ties() -> None:
    values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]

    assert mid_ranks(values) == [2 * rank - len(values) - 1 for rank in rankdata(values)]


@settings(max_examples=60, deadline=None)
@given(pairs_of_ratings)
def test_rho_is_that_of_scipy_also_with_ties(found: list[tuple[int, int]]) -> None:
    one, two = ([pair[at] for pair in found] for at in (0, 1))
    said = association(one, two)

    if len(set(one)) == 1 or len(set(two)) == 1:
        assert said.kind == "still"
    elif said.kind == "shown":
        assert said.rho == pytest.approx(spearmanr(one, two).statistic)


@settings(max_examples=25, deadline=None)
@given(pairs_of_ratings)
def test_it_makes_no_odds_which_series_comes_first(found: list[tuple[int, int]]) -> None:
    one, two = ([pair[at] for pair in found] for at in (0, 1))

    assert association(one, two) == association(two, one)


@settings(max_examples=25, deadline=None)
@given(ratings, st.randoms(use_true_random=False))
def test_a_change_of_scale_that_keeps_the_order_changes_no_figure(
    one: list[int], chance: random.Random
) -> None:
    two = [chance.randint(0, 10) for _ in one]

    said = association([value**3 - 1000 for value in one], [2.0**value for value in two])

    assert said == association(one, two)


@settings(max_examples=25, deadline=None)
@given(ratings, st.randoms(use_true_random=False))
def test_a_turned_scale_turns_rho(one: list[int], chance: random.Random) -> None:
    two = [chance.randint(0, 10) for _ in one]
    said, turned = association(one, two), association([-value for value in one], two)

    assert said.kind == turned.kind
    if said.kind == "shown":
        assert shown(turned)[0] == pytest.approx(-shown(said)[0])


@settings(max_examples=25, deadline=None)
@given(pairs_of_ratings)
def test_what_is_shown_lies_where_it_can(found: list[tuple[int, int]]) -> None:
    said = association([pair[0] for pair in found], [pair[1] for pair in found])

    if said.kind == "shown":
        rho, low, high, p = shown(said)
        assert -1 - 1e-9 <= low <= high <= 1 + 1e-9
        assert -1 - 1e-9 <= rho <= 1 + 1e-9
        assert 1 / (1 + engine.DRAWS) <= p <= 1
    else:
        assert (said.rho, said.low, said.high, said.p) == (None, None, None, None)


def test_the_same_days_give_the_same_figures_for_ever() -> None:
    """The generator's stream is frozen (NEP 19): a new numpy moves no figure that somebody wrote down."""
    one = [74.7, 85.1, 79.7, 84.5, 90.2, 66.0, 71.3, 88.8, 92.4, 80.0, 77.7, 69.9, 83.3, 81.1, 75.0, 86.4]
    two = [6, 3, 5, 4, 2, 8, 6, 3, 1, 5, 4, 7, 4, 3, 6, 2]

    rho, low, high, p = shown(association(one, two))

    assert (round(rho, 6), round(low, 6), round(high, 6), p) == (-0.949531, -0.992543, -0.828884, 0.0005)


def test_the_interval_is_the_percentile_bootstrap_of_scipy() -> None:
    one, two = moved(3, 30, 0.8)

    _, low, high, _ = shown(association(one, two))
    other = bootstrap(
        (one, two),
        lambda x, y: spearmanr(x, y).statistic,
        n_resamples=1999,
        paired=True,
        vectorized=False,
        method="percentile",
        rng=np.random.default_rng(5),
    ).confidence_interval

    assert (low, high) == (pytest.approx(other.low, abs=0.04), pytest.approx(other.high, abs=0.04))


def test_p_is_that_of_scipys_permutation_test() -> None:
    one, two = moved(8, 20, 0.4)

    p = shown(association(one, two))[3]
    other = permutation_test(
        (one,),
        lambda x: spearmanr(x, two).statistic,
        permutation_type="pairings",
        vectorized=False,
        n_resamples=1999,
        rng=np.random.default_rng(5),
    ).pvalue

    assert p == pytest.approx(other, abs=0.035)


def test_p_is_that_of_all_orders_of_a_small_series() -> None:
    one, two = mid_ranks([1, 2, 3, 4, 5, 6]), mid_ranks([2, 1, 4, 3, 6, 5])
    far = [abs(sum(a * b for a, b in zip(one, order, strict=True))) for order in permutations(two)]
    exact = sum(value >= far[0] for value in far) / len(far)

    assert engine.shuffled(np.random.RandomState(1), one, two, 1) == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize("n", [0, 1, FEWEST - 1])
def test_under_fourteen_pairs_no_figure_is_given(n: int) -> None:
    assert association(range(n), range(n)) == Association("few", n)


def test_fourteen_pairs_are_enough() -> None:
    assert association(range(FEWEST), range(FEWEST)).kind == "shown"


@pytest.mark.parametrize("two", [[5.0] * 20, [5.0] * 19 + [6.0]])
def test_a_series_that_hardly_moves_has_no_figure(two: list[float]) -> None:
    assert association(list(range(20)), two) == Association("still", 20)


def test_two_values_are_enough_when_both_come_often() -> None:
    assert association(list(range(20)), [0.0, 1.0] * 10).kind == "shown"


def test_a_perfect_order_has_rho_one_and_the_smallest_p() -> None:
    one = [day * 11 % 30 for day in range(30)]

    assert shown(association(one, one)) == (1.0, 1.0, 1.0, 0.0005)


def test_where_neighbouring_days_resemble_each_other_they_are_drawn_in_runs() -> None:
    slow = [round(day / 4) for day in range(28)]
    other = [(day * 7) % 5 for day in range(28)]

    assert association(slow, [value + 0.1 * day for day, value in enumerate(slow)]).runs == 4
    assert association(slow, other).runs == 1


def test_the_first_of_two_pairs_is_drawn_as_often_as_any() -> None:
    counts = engine.draws(np.random.RandomState(1), 14, 3)

    assert counts.sum(1).tolist() == [14.0] * engine.DRAWS
    assert counts.mean(0).tolist() == [pytest.approx(1, abs=0.1)] * 14


@pytest.mark.parametrize("n", [14, 15, 16, 28])
@pytest.mark.parametrize("runs", [1, 4, 5])
def test_a_shuffle_in_runs_holds_every_pair_once(n: int, runs: int) -> None:
    """With a series against itself no shuffle can go further, and only those that change nothing as far."""
    ranks = mid_ranks(range(n))

    assert engine.shuffled(np.random.RandomState(3), ranks, ranks, runs) < 0.1


def test_what_rises_or_falls_over_the_weeks_drifts() -> None:
    rising = [day + (day * 7) % 5 for day in range(20)]

    assert drifts(rising)
    assert drifts([-value for value in rising])
    assert not drifts([(day * 7) % 5 for day in range(20)])
    assert not drifts([5.0] * 20)
    assert not drifts([])


def leaning(said: Association) -> str:
    return said.leans


def test_which_way_it_leans_is_said_only_where_the_interval_leaves_out_nought() -> None:
    assert leaning(Association("shown", 20, 0.5, 0.1, 0.8, 0.01)) == "up"
    assert leaning(Association("shown", 20, -0.5, -0.8, -0.1, 0.01)) == "down"
    assert leaning(Association("shown", 20, 0.2, -0.1, 0.5, 0.2)) == "neither"
    assert leaning(Association("shown", 20, 0.2, 0.0, 0.5, 0.04)) == "neither"
    assert leaning(Association("few", 3)) == "neither"


def null_days(chance: np.random.Generator, n: int, stay: float) -> tuple[list[float], list[float]]:
    """Two ratings that have nothing to do with each other; ``stay`` is how much a day keeps of the last."""
    noise = chance.standard_normal((n + 30, 2))
    walk = np.zeros((n + 30, 2))
    for day in range(1, n + 30):
        walk[day] = stay * walk[day - 1] + np.sqrt(1 - stay**2) * noise[day]
    one, two = np.round(walk[30:, 0] * 2).clip(-5, 5), np.round(walk[30:, 1] * 2).clip(-5, 5)
    return one.tolist(), two.tolist()


def covers(n: int, stay: float, rounds: int) -> tuple[float, float]:
    """Return how often the interval of unlinked days holds 0, and how often p is at most 0.05."""
    chance = np.random.default_rng(20261130)
    said = [association(*null_days(chance, n, stay)) for _ in range(rounds)]
    figures = [shown(one) for one in said if one.kind == "shown"]
    assert len(figures) > 0.95 * rounds
    inside = sum(low <= 0 <= high for _, low, high, _ in figures) / len(figures)
    return inside, sum(p <= 0.05 for *_, p in figures) / len(figures)


def test_on_days_without_a_link_the_interval_holds_nought_as_often_as_it_says() -> None:
    """With 250 rounds the rate lies within ±0.041 of the nominal one (three standard errors)."""
    inside, wrong = covers(21, 0.0, 250)

    assert inside == pytest.approx(0.95, abs=0.041)
    assert wrong == pytest.approx(0.05, abs=0.041)


@pytest.mark.soak
@pytest.mark.parametrize("n", [14, 28, 84])
@pytest.mark.parametrize(("stay", "least", "most"), [(0.0, 0.93, 0.07), (0.3, 0.9, 0.08), (0.6, 0.86, 0.1)])
def test_where_days_resemble_each_other_it_is_not_far_off(
    n: int, stay: float, least: float, most: float
) -> None:
    inside, wrong = covers(n, stay, 1000)

    assert inside >= least
    assert wrong <= most


def test_twelve_weeks_are_cheap() -> None:
    """Measured in processor time, which a busy machine does not stretch as much; about 30 ms here."""
    from time import process_time

    one, two = moved(1, 84, 0.5)
    association(one, two)
    began = process_time()

    association([*one[1:], 9.0], two)

    assert process_time() - began < 0.2
