from datetime import date

from iopkit.measures.leisure import pleasant


def marked(**answers: object) -> float | None:
    return pleasant(answers, day=date(2026, 1, 12), zone="UTC").values["marked"]


def test_pleasant_things_are_counted_over_all_lists():
    assert marked(at_home=["music", "nap"], outside=["sun"], for_me=[]) == 3


def test_lists_that_nobody_answered_have_no_count():
    assert marked() is None
    assert marked(best="the sun") is None
    assert marked(outside=[]) == 0
