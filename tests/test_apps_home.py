"""The client's home: what is due today, the week, one picture, the last entries. No browser needed."""

from datetime import date, time, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, THOUGHT, catalog, send

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Home
from iopkit.clinic import Desk

TODAY = date(2026, 3, 13)
__all__ = ["catalog"]


def home(desk: Desk, clock: Clock) -> Home:
    body = make_view(desk, "", now=clock()).body
    assert isinstance(body, Home)
    return body


def test_a_client_without_assignments_is_told_what_will_be_here(clinic: Clinic, clock: Clock) -> None:
    body = home(clinic.desk(clinic.cam), clock)

    assert body.greeting == "Good evening, Cam"
    assert (body.today, body.week, body.recent, body.picture) == ([], [], [], None)
    assert body.quiet == "Your care team has not given you anything yet. When they do, it will be here."


def test_a_daily_worksheet_is_a_card_for_today_with_why_and_by_when(clinic: Clinic, clock: Clock) -> None:
    clinic.desk(clinic.ina).assign(
        clinic.ava.id,
        "sleep-diary",
        "individual",
        note="Let us look at your nights.",
        rrule="FREQ=DAILY",
        due=time(22),
        starts=TODAY - timedelta(3),
    )

    (card,) = home(clinic.desk(clinic.ava), clock).today

    assert (card.title, card.minutes, card.state, card.action) == ("Sleep diary", 4, "new", "Start")
    assert card.why == "From Ina Invented: Let us look at your nights."
    assert card.due == "By today, 10:00 pm"


def test_what_is_done_today_stays_as_a_card_to_read_and_nothing_waits(clinic: Clinic, clock: Clock) -> None:
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY
    )
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "sleep-diary", NIGHT, assignment_id=given.id)

    body = home(desk, clock)

    (card,) = body.today
    assert (card.state, card.action, card.due) == ("done", "Read it", "Done today, 8:00 pm")
    assert card.key == key(desk, "entry", entry_id)
    assert body.quiet == "That was everything for today. The rest can wait."
    assert body.week == []


def test_a_begun_worksheet_says_go_on(clinic: Clinic, clock: Clock) -> None:
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "thought-record", "individual", note="", starts=TODAY
    )
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("thought-record", assignment_id=given.id)
    desk.save(draft.id, message_id="m1", answers=THOUGHT, changed=["situation"], base=0)

    (card,) = home(desk, clock).today

    assert (card.state, card.action) == ("draft", "Go on")


def test_a_draft_nobody_asked_for_comes_first(clinic: Clinic, clock: Clock) -> None:
    clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY
    )
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("thought-record")

    cards = home(desk, clock).today

    assert [card.title for card in cards] == ["Thought record", "Sleep diary"]
    assert cards[0].key == key(desk, "entry", draft.id)
    assert cards[0].why == "You began this yourself."


def test_what_was_for_yesterday_is_still_open_and_said_without_reproach(clinic: Clinic, clock: Clock) -> None:
    clinic.desk(clinic.ina).assign(
        clinic.ava.id,
        "thought-record",
        "individual",
        note="",
        rrule="FREQ=WEEKLY;BYDAY=TH",
        starts=TODAY - timedelta(7),
    )

    (card,) = home(clinic.desk(clinic.ava), clock).today

    assert card.due == "Was for yesterday, still open"


def test_what_is_due_later_stands_under_this_week(clinic: Clinic, clock: Clock) -> None:
    assign = clinic.desk(clinic.ina).assign
    assign(clinic.ava.id, "thought-record", "individual", note="", starts=TODAY, ends=TODAY + timedelta(3))
    assign(clinic.ava.id, "phq-9", "individual", note="", rrule="FREQ=WEEKLY;BYDAY=SU", starts=TODAY)

    body = home(clinic.desk(clinic.ava), clock)

    assert body.today == []
    assert [(card.title, card.due) for card in body.week] == [
        ("PHQ-9", "For Sunday"),
        ("Thought record", "By Monday, 9:00 pm"),
    ]
    assert body.quiet == "Nothing is waiting for you today."


def test_today_holds_three_cards_and_the_rest_moves_to_the_week(clinic: Clinic, clock: Clock) -> None:
    assign = clinic.desk(clinic.ina).assign
    for worksheet_id in ("thought-record", "sleep-diary", "nutrition-log", "phq-9"):
        assign(clinic.ava.id, worksheet_id, "individual", note="", rrule="FREQ=DAILY", starts=TODAY)

    body = home(clinic.desk(clinic.ava), clock)

    assert (len(body.today), len(body.week)) == (3, 1)


def test_the_picture_is_the_sleep_of_two_weeks(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    send(desk, "sleep-diary", NIGHT)

    body = home(desk, clock)

    assert body.picture is not None
    assert body.picture.summary == "1 night: 6 h 10 min of sleep, efficiency (SE) 74.7%."
    assert body.recent[0].figures == [
        "Total sleep time 6 h 10 min",
        "Sleep efficiency (of time in bed) 74.7%",
    ]


def test_recent_entries_are_lines_with_words_and_figures(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    send(desk, "thought-record", THOUGHT)
    clock.pass_(hours=3)

    (line,) = home(clinic.desk(clinic.ava), clock).recent

    assert line.title == "Thought record"
    assert line.when == "Today, 8:00 pm"
    assert line.summary == "My brother did not write back."
    assert line.figures == ["Distress 80 → 45"]
    assert line.unread is False


def test_other_worksheets_can_be_begun_any_time_but_no_measure(clinic: Clinic, clock: Clock) -> None:
    clinic.desk(clinic.ina).assign(clinic.ava.id, "sleep-diary", "individual", note="", starts=TODAY)

    titles = [card.title for card in home(clinic.desk(clinic.ava), clock).more]

    assert "Thought record" in titles
    assert "Sleep diary" not in titles
    assert "PHQ-9" not in titles
    assert len(titles) == 5


def test_no_id_of_anything_stands_in_the_view(clinic: Clinic, clock: Clock) -> None:
    given = clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY
    )
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "sleep-diary", NIGHT, assignment_id=given.id)

    text = make_view(desk, "", now=clock()).model_dump_json()

    assert all(hidden not in text for hidden in (given.id, entry_id, clinic.ava.id, clinic.ina.id))


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "Good evening"), (10, "Good morning"), (17, "Good afternoon"), (23.9, "Good evening")],
)
def test_the_greeting_fits_the_hour(clinic: Clinic, clock: Clock, hours: float, words: str) -> None:
    clock.pass_(hours=hours)

    assert home(clinic.desk(clinic.cam), clock).greeting == f"{words}, Cam"
