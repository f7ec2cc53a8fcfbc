"""Named bars: each with its value and its n, in the order given."""

from drawing import parts, texts

from iopkit.charts.groups import groups, named
from iopkit.measures.shapes import Group, Groups

WAYS = Groups((Group("called", 75, 8), Group("left", 50, 4)), ("urge", "urges"), "%", 100)


def test_each_bar_has_its_name_above_and_value_and_n_beside_it() -> None:
    figure = groups("Ridden out", WAYS)

    assert texts(figure.svg) == ["Called", "75%, n 8", "Left", "50%, n 4"]
    assert figure.summary == "Ridden out: highest for “called”, 75%, n 8, lowest for “left”, 50%, n 4."
    assert figure.table.head == ["What", "Ridden out", "n (urges)"]
    assert figure.table.rows == [["Called", "75%", "8"], ["Left", "50%", "4"]]


def test_a_bar_is_as_long_as_its_share_of_the_track() -> None:
    rects = parts(groups("Ridden out", WAYS).svg, "rect")

    track, bar = (float(part[1]["width"]) for part in rects[2:])

    assert (track, bar) == (312, 156)


def test_a_count_is_said_out_of_its_n() -> None:
    styles = Groups((Group("mind reading", 3, 5),), ("record", "records"), top=5, counts=True)

    figure = groups("Thinking styles", styles)

    assert figure.summary == "Thinking styles: “mind reading”, 3 of 5 records."
    assert texts(figure.svg) == ["Mind reading", "3 of 5 records"]


def test_more_than_eight_are_left_to_the_table() -> None:
    many = Groups(tuple(Group(f"way {n}", n, 3) for n in range(1, 12)), ("urge", "urges"))

    figure = groups("Ways", many)

    assert "3 more in the numbers below" in texts(figure.svg)
    assert len(figure.table.rows) == 11


def test_a_long_name_is_cut_in_the_picture_and_whole_for_readers_of_the_table() -> None:
    name = "Talked about it with somebody from my evening group at the church"

    figure = groups("Ways", named(WAYS, [name, "left"]))

    assert texts(figure.svg)[0] == "Talked about it with somebody from my…"
    assert figure.table.rows[0][0] == name


def test_nothing_is_said_to_be_nothing() -> None:
    empty = Groups((), ("urge", "urges"))

    assert groups("Ways", empty).summary == "Ways: nothing to show yet."


def test_values_that_are_all_the_same_are_not_ranked() -> None:
    even = Groups((Group("called", 50, 4), Group("left", 50, 6)), ("urge", "urges"), "%", 100)

    assert groups("Ridden out", even).summary == "Ridden out: the same for all, 50%."
