"""Which changes of a page can be taken back, and what then stands there again."""

import pytest
from surveyjs import ask

ROWS = [{"thought": "one"}, {"thought": "two"}]


def play(answers, *steps):
    return ask("undo.mjs", {"answers": answers, "steps": list(steps)})


def step(item, kind="radiogroup", after=2000, **answers):
    return {"id": item, "kind": kind, "after": after, "answers": answers}


POP = {"pop": True}


def test_a_choice_is_taken_back_to_what_was_chosen_before():
    assert play({"mood": 1}, step("mood", mood=3), POP) == ["mood", {"id": "mood", "before": 1, "at": 2000}]


def test_a_first_choice_is_taken_back_to_none():
    _, back = play({}, step("mood", mood=3), POP)

    assert "before" not in back


def test_changes_are_taken_back_the_last_one_first():
    steps = [step("mood", mood=3), step("mood", mood=4), step("sleep", mood=4, sleep=1), POP, POP, POP, POP]

    said = play({"mood": 1}, *steps)

    assert [one and (one["id"], one.get("before")) for one in said[3:]] == [
        ("sleep", None),
        ("mood", 3),
        ("mood", 1),
        None,
    ]


def test_a_slider_on_its_way_is_one_change():
    moves = [step("mood", "slider", 2000 if at == 4 else 50, mood=at) for at in (4, 5, 6, 7)]

    said = play({"mood": 3}, *moves, POP, POP)

    assert said[-2]["before"] == 3
    assert said[-1] is None


@pytest.mark.parametrize("kind", ["text", "comment"])
def test_typing_is_left_to_the_keyboard(kind):
    assert play({"note": "a"}, step("note", kind, note="ab"), POP) == ["", None]


def test_a_removed_row_comes_back_whole():
    _, back = play({"rows": ROWS}, step("rows", "paneldynamic", rows=ROWS[:1]), POP)

    assert back["before"] == ROWS


def test_writing_into_a_row_is_no_change_to_take_back():
    more = [*ROWS[:1], {"thought": "two, and more"}]

    assert play({"rows": ROWS}, step("rows", "paneldynamic", rows=more), POP) == ["", None]


def test_after_writing_into_a_row_a_removal_before_it_is_not_taken_back():
    """It would take away what was written since."""
    more = [{"thought": "one, and more"}]
    steps = [step("rows", "paneldynamic", rows=ROWS[:1]), step("rows", "paneldynamic", rows=more), POP]

    assert play({"rows": ROWS}, *steps) == ["rows", "", None]


def test_what_others_changed_since_is_not_taken_back():
    said = play(
        {"mood": 1},
        step("mood", mood=3),
        step("sleep", mood=3, sleep=2),
        {"merged": {"mood": 9, "sleep": 2}},
        POP,
        POP,
    )

    assert (said[2], said[3]["id"], said[4]) == ("sleep", "sleep", None)


def test_at_most_twenty_are_remembered():
    said = play({}, *[step("mood", mood=number) for number in range(30)], *[POP] * 21)

    assert said[-2]["before"] == 9
    assert said[-1] is None
