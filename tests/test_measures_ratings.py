from iopkit.measures.ratings import BeforeAfter, before_after, mean, rating


def test_before_and_after_compare_the_same_rows():
    rows = [{"before": 80, "after": 40}, {"before": 20}, {"after": 100}, {"before": 60, "after": 60}]

    assert before_after(rows, "before", "after") == BeforeAfter(70, 50, -20)


def test_nothing_rated_twice_has_no_change():
    assert before_after([{"before": 80}], "before", "after") == BeforeAfter(None, None, None)
    assert before_after([], "before", "after") == BeforeAfter(None, None, None)


def test_a_rated_zero_is_data():
    assert before_after([{"before": 0, "after": 0}], "before", "after") == BeforeAfter(0, 0, 0)


def test_only_a_number_is_a_rating():
    assert rating({"x": 0}, "x") == 0
    assert rating({"x": True}, "x") is None
    assert rating({"x": "7"}, "x") is None
    assert rating({}, "x") is None


def test_the_mean_of_nothing_is_nothing():
    assert mean([1, 2, 6]) == 3
    assert mean([]) is None
