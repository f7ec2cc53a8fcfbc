"""What remains of drills on the page of the two and of their therapist: pictures, goals, nobody's secret."""

from datetime import timedelta

import pytest
from couple_room import Three, apart, goal, play_all, store, thanks, whole

from iopkit.apps.couple import couple
from iopkit.clinic import remains
from iopkit.clinic.remains import Span

__all__ = ["store", "whole"]

ZONE = "America/New_York"


def page(store, user):
    client = store.person("ava").id if user == "cole" else ""
    return couple(store.desk_for(user), client, now=store.office.now())


def picture(store, user, title):
    shown = page(store, user).pictures
    found = [one for one in shown.figures if one.title == title] if shown else []
    return found[0] if found else None


HEARD = "How well each felt heard"


def test_each_has_a_picture_of_their_own_number_and_nobody_of_another(store):
    Three(store).to_statement().to_end((9, 2))
    tables = {user: picture(store, user, HEARD) for user in ("ava", "ben", "cole")}

    assert tables["ava"].table.head == ["Day", "Ava Example"]
    assert [row[1] for row in tables["ava"].table.rows] == ["9"]
    assert tables["ben"].table.head == ["Day", "Ben Example"]
    assert [row[1] for row in tables["ben"].table.rows] == ["2"]
    assert tables["cole"] is None


def test_numbers_that_both_showed_are_in_the_picture_of_all_three(store):
    Three(store).to_statement().to_end((9, 2), ("yes", "yes"))

    for user in ("ava", "ben", "cole"):
        assert picture(store, user, HEARD).table.rows[0][1:] == ["9", "2"]


def test_one_who_says_yes_alone_shows_nothing(store):
    Three(store).to_statement().to_end((9, 2), ("yes", "no"))

    assert picture(store, "cole", HEARD) is None
    assert picture(store, "ben", HEARD).table.head == ["Day", "Ben Example"]


def test_a_shared_talk_opens_no_other_talk(store, clock):
    Three(store).to_statement().to_end((9, 2), ("yes", "yes"))
    clock.pass_(days=7)
    Three(store).to_statement().to_end((5, 4), ("yes", "no"))

    assert [row[1:] for row in picture(store, "cole", HEARD).table.rows] == [["9", "2"]]
    assert "4" not in picture(store, "ava", HEARD).table.rows[1][1:]


def test_turns_are_minutes_with_the_floor_of_each(store, clock):
    room = Three(store).to_statement()
    clock.pass_(seconds=120)
    room.do("ava", value="I feel alone")
    clock.pass_(seconds=61)
    room.do("ben", value="You feel alone")
    room.do("ava")
    room.do("ava", way=2)
    for value in (9, 2, "no", "no"):
        room.do(("ava", "ben")[len(room.room().passed)], value=value)

    figure = picture(store, "cole", "Turns in talking")

    assert figure.table.head == ["Week of", "Ava Example", "Ben Example"]
    assert figure.table.rows[0][1:] == ["2", "1"]


@pytest.mark.parametrize(("late", "row"), [(0, ["1", "0"]), (6, ["1", "0"]), (8, ["0", "1"])])
def test_a_time_out_counts_as_on_time_within_five_minutes_of_what_was_agreed(store, late, row):
    apart(store, late)

    assert picture(store, "ava", "Back from time-outs").table.rows[0][1:] == row


def test_an_exercise_that_somebody_stopped_is_in_no_picture(store):
    Three(store).to_statement().do("ben", "stop")

    assert page(store, "ava").pictures is None
    assert page(store, "cole").pictures is None


def test_goals_have_the_step_and_the_check_in_of_both(store):
    goal(store)

    for user in ("ava", "ben", "cole"):
        (one,) = page(store, user).goals
        assert one.goal == "Eat together twice"
        assert one.lines == [
            "Ava Example: I cook on Monday (how near: 4 of 10)",
            "Ben Example: I am home by six (how near: 6 of 10)",
        ]


def test_thanks_are_counted_for_who_gave_them_with_the_warning_to_watch_how_they_arrive(store):
    thanks(store)

    notes = page(store, "cole").pictures.waiting

    assert notes == [
        "Thanks given: Ava Example 1 and Ben Example 1",
        "Watch how thanks are received: hearing them can be harder than saying them.",
    ]
    assert picture(store, "cole", "How well thanks could be received") is None
    assert picture(store, "ava", "How well thanks could be received").table.rows[0][1:] == ["7"]


def test_no_page_holds_what_the_other_keeps_to_themself(store):
    play_all(store)
    pages = {user: page(store, user).model_dump_json() for user in ("ava", "ben", "cole")}

    assert "ben chops wood alone" not in pages["ava"] + pages["cole"]
    assert "ava walks by the river alone" not in pages["ben"] + pages["cole"]
    assert "ava walks by the river alone" in pages["ava"]


def test_every_picture_has_words_and_a_table(store):
    play_all(store, show=("yes", "yes"))

    for user in ("ava", "ben", "cole"):
        for one in page(store, user).pictures.figures:
            assert one.summary.endswith(".")
            assert one.table.rows
            assert one.svg[0] == "svg"


def test_a_pause_takes_all_of_it_from_every_page_of_the_two(store):
    play_all(store)
    store.desk_for("cole").pause_couple(store.person("ava").id)

    for user in ("ava", "ben"):
        shown = page(store, user)
        assert (shown.pictures, shown.goals, shown.past, shown.figures) == (None, [], [], [])


def test_days_outside_a_span_are_left_out(store, clock):
    thanks(store)
    clock.pass_(days=20)
    found = store.desk_for("ava").together(store.person("ava").id)
    today = clock.instant.date()
    near = Span(today - timedelta(7), today, ZONE, "en")

    assert near.within(found.past) == []
    assert remains.figures(found.past, near) == []
    assert remains.thanks(found.past, near) == []
