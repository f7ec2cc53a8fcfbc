from datetime import date

import pytest

from iopkit.measures.talk import balance


@pytest.mark.parametrize(
    ("turns", "mine", "right"),
    [
        ([], None, None),
        ([{}], None, None),
        ([{"speaker": "me"}, {"speaker": "partner"}], 50, None),
        ([{"speaker": "me"}, {"said": "…"}], 100, None),
        ([{"speaker": "partner", "confirmed": "yes"}], 0, 100),
        ([{"confirmed": "yes"}, {"confirmed": "partly"}, {"confirmed": "no"}, {}], None, 100 / 3),
    ],
)
def test_turns_are_counted_where_they_were_answered(
    turns: list[dict[str, str]], mine: float | None, right: float | None
):
    found = balance({"turns": turns}, day=date(2026, 1, 13), zone="UTC")

    assert found.values == {"my_turns": mine, "confirmed": right}


def test_without_turns_there_is_nothing_to_balance():
    assert balance({}, day=date(2026, 1, 13), zone="UTC").values == {"my_turns": None, "confirmed": None}
