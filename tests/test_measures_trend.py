"""The slope is Theil–Sen and needs five points."""

import pytest

from iopkit.measures.trend import theil_sen


def test_the_worked_example_gives_minus_one_and_a_half() -> None:
    points = list(enumerate([18.0, 17, 15, 15, 12, 11]))

    assert theil_sen(points) == -1.5


def test_four_points_have_no_slope() -> None:
    assert theil_sen([(0, 18), (1, 17), (2, 15), (3, 15)]) is None


def test_one_wild_value_hardly_moves_the_slope() -> None:
    calm = [(x, 2.0 * x) for x in range(9)]
    wild = [*calm[:4], (4, 500.0), *calm[5:]]

    assert theil_sen(wild) == pytest.approx(2.0)


def test_points_of_one_day_give_no_slope() -> None:
    assert theil_sen([(3, 1), (3, 2), (3, 3), (3, 4), (3, 5)]) is None


def test_two_entries_on_one_day_do_not_divide_by_zero() -> None:
    assert theil_sen([(0, 1), (0, 1), (1, 2), (2, 3), (3, 4)]) == pytest.approx(1.0)
