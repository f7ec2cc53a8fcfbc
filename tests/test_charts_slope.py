"""Before and after: lines with their names and values at both ends."""

from drawing import parts, texts

from iopkit.charts.figure import Element
from iopkit.charts.slope import APART, renamed, slope, spread
from iopkit.measures.shapes import Pair, Pairs

FEELINGS = Pairs((Pair("sad", 80, 45, 6), Pair("angry", 60, 50, 2)), 0, 100, "ratings")


def lines(drawn: Element) -> list[Element]:
    return [part for part in parts(drawn, "path") if part[1]["class"] != "chart-axis"]


def test_each_pair_is_a_line_named_with_its_value_on_the_left_and_its_n_on_the_right() -> None:
    figure = slope("Feelings", FEELINGS)

    assert texts(figure.svg) == ["Before", "After", "Sad 80", "45, n 6", "Angry 60", "50, n 2"]
    assert len(lines(figure.svg)) == 2
    assert figure.summary == "On average, sad 80 → 45 (n 6), angry 60 → 50 (n 2)."
    assert figure.table.head == ["What", "Before", "After", "n (ratings)"]
    assert figure.table.rows == [["Sad", "80", "45", "6"], ["Angry", "60", "50", "2"]]


def test_pairs_differ_by_shape_and_dash_and_not_by_colour_alone() -> None:
    drawn = slope("Feelings", FEELINGS).svg

    assert [part[1]["class"] for part in lines(drawn)] == [
        "chart-line chart-line-1",
        "chart-line chart-line-2",
    ]
    assert (len(parts(drawn, "circle")), len(parts(drawn, "rect"))) == (4, 4)


def test_a_lone_pair_shows_each_entry_thin_behind_its_mean() -> None:
    belief = Pairs((Pair("Belief", 80, 40, 2),), 0, 100, "entries", each=((90, 50), (70, 30)))

    figure = slope("Belief", belief)

    assert [part[1]["class"] for part in lines(figure.svg)] == [
        "chart-thin",
        "chart-thin",
        "chart-line chart-line-1",
    ]
    assert texts(figure.svg) == ["Before", "After", "80", "40"]
    assert figure.summary == "Belief: on average before 80, after 40, n 2."


def test_the_ends_may_have_names_of_their_own() -> None:
    expected = Pairs((Pair("Expected and real", 8, 3, 4),), 0, 10, "entries", ("Expected", "Real"))

    figure = slope("Expected and real", expected)

    assert figure.summary == "Expected and real: on average expected 8, real 3, n 4."
    assert figure.table.head == ["What", "Expected", "Real", "n (entries)"]


def test_a_higher_value_stands_higher() -> None:
    (line, _) = lines(slope("Feelings", FEELINGS).svg)

    assert line[1]["d"] == "M152 62.4L236 119.1"


def test_labels_that_would_touch_are_moved_apart_around_their_middle() -> None:
    found = spread([100, 101, 102, 180], 220)

    assert found == [101 - APART, 101, 101 + APART, 180]


def test_labels_stay_inside_the_picture() -> None:
    found = spread([205, 206, 207], 210)

    assert found == [200 - 2 * APART, 200 - APART, 200]


def test_more_than_six_pairs_are_left_to_the_table() -> None:
    many = Pairs(tuple(Pair(f"feeling {n}", 50, 40, 9 - n) for n in range(8)), 0, 100, "ratings")

    figure = slope("Feelings", many)

    assert len(lines(figure.svg)) == 6
    assert len(figure.table.rows) == 8
    assert figure.summary.endswith("; 5 more in the numbers.")


def test_names_can_be_exchanged_for_the_texts_of_choices() -> None:
    assert [pair.name for pair in renamed(FEELINGS, ["Sad", "Angry"]).pairs] == ["Sad", "Angry"]


def test_nothing_rated_twice_is_said() -> None:
    assert slope("Feelings", Pairs((), 0, 100, "ratings")).summary == "Feelings: nothing was rated twice yet."
