"""The slope is Theil–Sen and needs five points."""

import pytest

from iopkit.errors import ReportError
from iopkit.measures.change import RULES
from iopkit.measures.trend import one_look_back, theil_sen
from iopkit.worksheets import load_worksheet
from iopkit.worksheets.place import content_folder


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


def test_entries_of_one_look_back_join_a_trend() -> None:
    assert one_look_back("PHQ-9", ["past 2 weeks", "past 2 weeks"]) == "past 2 weeks"
    assert one_look_back("Own measure", [None, None]) is None
    assert one_look_back("PHQ-9", []) is None


def test_a_measure_with_another_look_back_refuses_to_join_a_trend() -> None:
    with pytest.raises(ReportError) as caught:
        one_look_back("PHQ-9", ["past 2 weeks", "past day", "past 2 weeks"])

    assert str(caught.value) == (
        "Entries of PHQ-9 look back over 'past 2 weeks' and 'past day', so they do not join one trend. "
        "Choose a period in which they look back over the same."
    )


def test_a_measure_without_a_stated_look_back_does_not_join_one_that_states_it() -> None:
    with pytest.raises(ReportError, match="look back over no stated period and 'past month'"):
        one_look_back("PCL-5", [None, "past month"])


@pytest.mark.parametrize("measure", ["phq-9", "gad-7", "pcl-5"])
def test_the_look_back_of_a_worksheet_is_that_of_its_published_rule(measure: str) -> None:
    worksheet = load_worksheet(content_folder("worksheets") / "measures" / f"{measure}.yaml")

    assert (worksheet.scores[0].look_back or "").removeprefix("past ") == RULES[
        measure
    ].look_back.removeprefix("past ")
