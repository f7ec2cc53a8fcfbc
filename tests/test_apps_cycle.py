"""Homework under way on the screens: changed, paused and ended in words; put off kindly; asked once."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, THOUGHT, catalog, send

from iopkit.apps.handle import handle
from iopkit.apps.message import Refused, Shown
from iopkit.apps.message_cycle import (
    Adjust,
    Adjustable,
    ChangeRhythm,
    GoOn,
    PutOff,
    Rest,
)
from iopkit.apps.message_library import Assign, Assigned, Rhythm, Weigh, Weighed
from iopkit.apps.place import key
from iopkit.apps.rhythm import chosen, in_words, rule
from iopkit.apps.router import make_view
from iopkit.apps.view import Card, Client, Home
from iopkit.apps.words import rhythm
from iopkit.clinic import Desk
from iopkit.clinic.record import Assignment, Person
from iopkit.clinic.record_calendar import Booking
from iopkit.errors import AnswerError
from iopkit.measures.appointments import Span
from iopkit.worksheets import Catalog

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
ZONE = "America/New_York"


def desk_of(clinic: Clinic, person: Person) -> Desk:
    """Return a desk that days may pass at: no login that ends."""
    return clinic.store.desk_for(person.user)


def give(clinic: Clinic, worksheet: str = "thought-record", **changed: Any) -> Assignment:
    plan = {"note": "", "rrule": "FREQ=DAILY", "starts": TODAY - timedelta(2), **changed}
    return desk_of(clinic, clinic.ina).assign(clinic.ava.id, worksheet, "individual", **plan)


def home(desk: Desk, clock: Clock) -> Home:
    body = make_view(desk, "", now=clock()).body
    assert isinstance(body, Home)
    return body


def page(desk: Desk, client_id: str, clock: Clock) -> Client:
    body = make_view(desk, key(desk, "client", client_id), now=clock()).body
    assert isinstance(body, Client)
    return body


def plan_key(desk: Desk, given: Assignment) -> str:
    return key(desk, "assignment", given.id, given.client_id)


def do(desk: Desk, clock: Clock, action: Any) -> Any:
    return handle(desk, action, now=clock())


def change(desk: Desk, given: Assignment, **rhythm: Any) -> ChangeRhythm:
    made = Rhythm(**{"often": "daily", "starts": TODAY, "due": time(21), **rhythm})
    back = key(desk, "client", given.client_id)
    return ChangeRhythm(id="c1", key=plan_key(desk, given), back=back, rhythm=made)


def test_what_a_change_a_pause_and_an_end_do_is_said_before(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic, "sleep-diary", due=time(22))
    send(desk_of(clinic, clinic.ava), "sleep-diary", NIGHT, assignment_id=given.id)
    desk = desk_of(clinic, clinic.ina)

    found = do(desk, clock, Adjust(id="a1", key=plan_key(desk, given)))

    assert isinstance(found, Adjustable)
    assert found.now == "Every day, by 10:00 pm"
    assert found.rhythm == Rhythm(often="daily", starts=given.starts, due=time(22))
    assert found.change == (
        "The new rhythm holds from today on. The 1 entry sent from it stays in the record."
    )
    assert found.pause.startswith("Nothing becomes due in a pause, and nothing counts as not done.")
    assert found.end == ("It leaves the client's list at once. The 1 entry sent from it stays in the record.")


def test_an_end_says_what_becomes_of_what_is_open(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    desk = desk_of(clinic, clinic.ina)

    found = do(desk, clock, Adjust(id="a1", key=plan_key(desk, given)))

    assert found.end == (
        "It leaves the client's list at once. Nothing has been sent from it so far. "
        "What is open today is not asked for any more; a draft of it is kept."
    )


def test_another_rhythm_stands_on_the_plan_at_once(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    desk = desk_of(clinic, clinic.ina)

    reply = do(desk, clock, change(desk, given, often="weekly", days=["TU", "TH"], every=2, grace=120))

    assert isinstance(reply, Shown)
    (card,) = reply.view.body.plan
    assert card.due == "Every second week on Tuesday and Thursday, by 9:00 pm"
    (now,) = desk.assignments(clinic.ava.id)
    assert (now.rrule, now.grace) == ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", 120)


def test_a_rhythm_that_never_comes_is_refused_in_words_and_changes_nothing(
    clinic: Clinic, clock: Clock
) -> None:
    given = give(clinic)
    desk = desk_of(clinic, clinic.ina)

    reply = do(desk, clock, change(desk, given, often="weekly", days=["MO"], ends=TODAY + timedelta(1)))

    assert isinstance(reply, Refused)
    assert reply.text == (
        "There is no such day between the first and the last one. Choose another day or a later end."
    )
    assert desk.assignments(clinic.ava.id)[0].former == ()


def test_a_pause_shows_on_the_plan_and_empties_the_clients_day(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    desk, back = desk_of(clinic, clinic.ina), key(desk_of(clinic, clinic.ina), "client", clinic.ava.id)

    paused = do(desk, clock, Rest(id="r1", key=plan_key(desk, given), back=back, until=TODAY + timedelta(2)))

    (card,) = paused.view.body.plan
    assert (card.due, card.paused) == ("Paused until Sunday; every day, by 9:00 pm", True)
    assert home(desk_of(clinic, clinic.ava), clock).today == []

    going = do(desk, clock, GoOn(id="g1", key=plan_key(desk, given), back=back))

    assert (going.view.body.plan[0].due, going.view.body.plan[0].paused) == ("Every day, by 9:00 pm", False)
    assert [one.title for one in home(desk_of(clinic, clinic.ava), clock).today] == ["Thought record"]


def test_what_is_taken_back_after_its_hour_has_passed_is_not_asked_for_any_more(
    clinic: Clinic, clock: Clock
) -> None:
    first, second = (give(clinic, sheet, rrule="", starts=TODAY) for sheet in ("thought-record", "urge-log"))
    clock.pass_(hours=1, minutes=7)
    ava, ina = desk_of(clinic, clinic.ava), desk_of(clinic, clinic.ina)
    ava.draft("urge-log", assignment_id=second.id)
    assert len(home(ava, clock).today) == 2

    for one in (first, second):
        ina.stop(one.id)

    (begun,) = home(ava, clock).today
    assert (begun.title, begun.action) == ("Urge log", "Go on")


def test_a_pause_that_ends_before_it_begins_is_refused(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    desk = desk_of(clinic, clinic.ina)
    action = Rest(id="r1", key=plan_key(desk, given), back="", until=TODAY - timedelta(1))

    reply = do(desk, clock, action)

    assert (reply.kind, reply.text) == ("refused", "The last day lies before the first.")


def test_who_does_not_treat_in_the_domain_changes_nothing(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    sue = desk_of(clinic, clinic.sue)

    for action in (
        change(sue, given, often="once"),
        Rest(id="r1", key=plan_key(sue, given), back=""),
        GoOn(id="g1", key=plan_key(sue, given), back=""),
        Adjust(id="a1", key=plan_key(sue, given)),
    ):
        assert isinstance(do(sue, clock, action), Refused)
    assert desk_of(clinic, clinic.ina).assignments(clinic.ava.id)[0].former == ()


@pytest.mark.parametrize(
    ("said", "made", "words"),
    [
        ({"often": "daily", "times": 5}, "FREQ=DAILY;COUNT=5", "every day, 5 times"),
        ({"often": "weekly", "days": ["MO"], "every": 3}, "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", None),
        ({"often": "weekdays"}, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ({"often": "before"}, "BEFORE-APPOINTMENT", "before each appointment"),
        ({"often": "once"}, "", "once"),
    ],
)
def test_each_rhythm_becomes_a_rule_and_comes_back_from_it(
    said: dict[str, Any], made: str, words: str | None
) -> None:
    form = Rhythm(starts=TODAY, due=time(21), **said)
    given = Assignment("a", "c", "w", "individual", None, "", made, time(21), TODAY, None)  # type: ignore[arg-type]  # by nobody

    assert rule(form) == made
    assert chosen(given) == form
    assert words is None or rhythm(made) == words


def test_grace_is_said_with_the_rhythm() -> None:
    form = Rhythm(often="daily", starts=TODAY, due=time(21), grace=1440)

    assert in_words(form, TODAY) == ("every day from today, by 9:00 pm; 1 day later still counts as on time")


def book(clinic: Clinic, day: date, *, hour: int = 15, rrule: str = "", who: str = "ina") -> str:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    span = Span(start, start + timedelta(minutes=50))
    holder = getattr(clinic, who)
    domain = min(holder.domains)
    booking = Booking("individual", (clinic.ava.id,), holder.id, domain, ZONE, span, rrule)
    return desk_of(clinic, clinic.cora).book(booking)


def test_before_each_appointment_is_due_when_it_begins_and_follows_the_calendar(
    clinic: Clinic, clock: Clock
) -> None:
    made = book(clinic, date(2026, 3, 16), rrule="FREQ=WEEKLY")
    give(clinic, "phq-9", rrule="BEFORE-APPOINTMENT", starts=TODAY)
    ava = desk_of(clinic, clinic.ava)

    (card,) = home(ava, clock).week
    assert (card.title, card.due) == ("PHQ-9", "By Monday, 11:00 am")

    desk_of(clinic, clinic.cora).call_off(made, datetime(2026, 3, 16, 15, tzinfo=UTC))

    assert [one.due for one in home(ava, clock).week] == ["By Mon 23 March, 11:00 am"]
    clock.pass_(days=4)
    assert [one.due for one in home(ava, clock).week] == ["By Monday, 11:00 am"]


def test_the_appointments_of_another_domain_ask_for_nothing(clinic: Clinic, clock: Clock) -> None:
    book(clinic, date(2026, 3, 16), who="sue")
    give(clinic, "phq-9", rrule="BEFORE-APPOINTMENT", starts=TODAY)

    body = home(desk_of(clinic, clinic.ava), clock)

    assert (body.today, body.week) == ([], [])


def test_before_appointments_without_one_is_given_and_says_so(clinic: Clinic, clock: Clock) -> None:
    desk = desk_of(clinic, clinic.ina)
    before = Rhythm(often="before", starts=TODAY, due=time(21))
    to = {"key": key(desk, "assign", "phq-9"), "client": key(desk, "client", clinic.ava.id)}

    weighed = do(desk, clock, Weigh(id="w1", domain="individual", rhythm=before, **to))
    given = do(desk, clock, Assign(id="a1", domain="individual", rhythm=before, **to))

    assert isinstance(weighed, Weighed)
    assert weighed.already == (
        "No appointment is booked yet in which you meet. It is asked for once one is in the calendar."
    )
    assert isinstance(given, Assigned)
    assert given.text == "Ava Example has “PHQ-9” now: before each appointment from today."


def only(cards: list[Card]) -> Card:
    (card,) = cards
    return card


def test_a_card_says_who_will_see_it_and_offers_the_short_form(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic)
    ava = desk_of(clinic, clinic.ava)

    card = only(home(ava, clock).today)

    assert card.seen == "Ina Invented will see it."
    assert card.short == key(ava, "worksheet", "thought-record-short", given.id)
    assert card.short_label == "Thought record, short form, about 5 minutes"


def test_the_short_form_counts_as_done(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic, starts=TODAY)
    ava = desk_of(clinic, clinic.ava)

    short = ava.draft("thought-record-short", assignment_id=given.id)
    begun = only(home(ava, clock).today)
    ava.save(
        short.id,
        message_id="s1",
        answers={"situation": "The bus was late."},
        changed=["situation"],
        base=0,
        submit=True,
    )

    assert (begun.state, begun.key) == ("draft", key(ava, "worksheet", "thought-record-short", given.id))
    assert only(home(ava, clock).today).state == "done"


def test_a_worksheet_that_is_no_short_form_does_not_fill_an_assignment(clinic: Clinic) -> None:
    given = give(clinic)

    with pytest.raises(Exception, match="no assignment here that you can open"):
        desk_of(clinic, clinic.ava).draft("emotion-log", assignment_id=given.id)


def later(desk: Desk, given: Assignment, how: str, **more: str) -> PutOff:
    return PutOff(id=f"p-{how}", key=key(desk, "aside", given.id), how=how, **more)  # type: ignore[arg-type]  # one of three words


def test_later_today_moves_a_card_to_the_end_and_says_so(clinic: Clinic, clock: Clock) -> None:
    given, ava = give(clinic, due=time(20, 30)), desk_of(clinic, clinic.ava)
    give(clinic, "sleep-diary", due=time(23))

    reply = do(ava, clock, later(ava, given, "later"))

    assert [one.title for one in reply.view.body.today] == ["Sleep diary", "Thought record"]
    assert reply.view.body.today[1].due == "Later today, as you said"
    clock.pass_(days=1)
    assert only([one for one in home(ava, clock).today if one.title == "Thought record"]).due == (
        "By today, 8:30 pm"
    )


def test_not_this_time_takes_a_card_out_of_the_day_and_keeps_it_open(clinic: Clinic, clock: Clock) -> None:
    given, ava = give(clinic), desk_of(clinic, clinic.ava)

    reply = do(ava, clock, later(ava, given, "not-now", obstacle="no-privacy", words="My sister is here."))

    body = reply.view.body
    assert body.today == []
    assert only(body.aside).due == "Put off. Still open, if you want it"
    assert page(desk_of(clinic, clinic.ina), clinic.ava.id, clock).obstacles == [
        "Fri 13 March, Thought record: No privacy “My sister is here.”"
    ]
    clock.pass_(days=1)
    assert only(home(ava, clock).today).due == "By today, 9:00 pm"


def test_what_is_in_the_way_is_read_by_nobody_of_another_domain(clinic: Clinic, clock: Clock) -> None:
    given, ava = give(clinic), desk_of(clinic, clinic.ava)
    do(ava, clock, later(ava, given, "not-now", obstacle="partner", words="He was shouting."))

    assert page(desk_of(clinic, clinic.sue), clinic.ava.id, clock).obstacles == []
    assert page(desk_of(clinic, clinic.cole), clinic.ava.id, clock).obstacles == []


def test_an_unknown_obstacle_and_somebody_elses_card_are_refused(clinic: Clinic, clock: Clock) -> None:
    given, ava, ben = give(clinic), desk_of(clinic, clinic.ava), desk_of(clinic, clinic.ben)

    assert do(ava, clock, later(ava, given, "not-now", obstacle="lazy")).text == "Choose one of the list."
    assert isinstance(do(ben, clock, later(ben, given, "later")), Refused)


def test_after_two_skipped_times_what_is_in_the_way_is_asked_once(clinic: Clinic, clock: Clock) -> None:
    given, ava = give(clinic, starts=TODAY - timedelta(1)), desk_of(clinic, clinic.ava)
    assert home(ava, clock).question is None
    clock.pass_(days=1)

    question = home(ava, clock).question

    assert question is not None
    assert question.text == (
        "“Thought record” did not fit in the last few times. That happens. "
        "Ina Invented can change it to suit you: what is in the way?"
    )
    assert (question.choices[0].value, len(question.choices)) == ("forgot", 10)

    reply = do(ava, clock, later(ava, given, "asked"))

    assert reply.view.body.question is None
    clock.pass_(days=1)
    assert home(ava, clock).question is None


def test_who_did_the_last_one_is_not_asked(clinic: Clinic, clock: Clock) -> None:
    given, ava = give(clinic, starts=TODAY - timedelta(1)), desk_of(clinic, clinic.ava)
    send(ava, "thought-record", THOUGHT, assignment_id=given.id)
    clock.pass_(days=1)

    assert home(ava, clock).question is None


def test_nothing_is_asked_about_what_is_paused_or_ended(clinic: Clinic, clock: Clock) -> None:
    first, second = give(clinic), give(clinic, "sleep-diary")
    desk_of(clinic, clinic.ina).pause_assignment(first.id)
    desk_of(clinic, clinic.ina).stop(second.id)

    assert home(desk_of(clinic, clinic.ava), clock).question is None


def test_wins_are_entries_practice_and_the_clients_own_words(clinic: Clinic, clock: Clock) -> None:
    ava = desk_of(clinic, clinic.ava)
    assert home(ava, clock).wins == []
    practice = {"practice": "breathing", "minutes": 12}
    send(ava, "small-wins", {"wins": [{"win": "I called back."}]})
    send(ava, "mindfulness-practice", practice)

    assert home(ava, clock).wins == [
        "2 worksheets in the last 7 days",
        "12 minutes of practice",
        "A win you noted: I called back.",
    ]
    clock.pass_(days=8)
    assert home(ava, clock).wins == []


def test_the_same_worksheet_from_two_people_is_two_cards_that_say_so(clinic: Clinic, clock: Clock) -> None:
    give(clinic, starts=TODAY)
    second = desk_of(clinic, clinic.sue).assign(
        clinic.ava.id, "thought-record", "substance-use", note="", starts=TODAY
    )
    ava = desk_of(clinic, clinic.ava)

    whys = sorted(one.why for one in home(ava, clock).today)
    send(ava, "thought-record", THOUGHT, assignment_id=second.id)

    assert whys == [
        "From Ina Invented. Sue Invented gave you this one too. Each sees only what you send them.",
        "From Sue Invented. Ina Invented gave you this one too. Each sees only what you send them.",
    ]
    states = [(one.seen, one.state) for one in home(ava, clock).today]
    assert states == [("Ina Invented will see it.", "new"), ("", "done")]


@pytest.fixture
def retired(clinic: Clinic, catalog: Catalog) -> None:
    """Take the thought record out of use in this store alone."""
    sheets = dict(catalog)
    sheets["thought-record"] = sheets["thought-record"].model_copy(update={"status": "retired"})
    clinic.store.office.memory["catalog"] = Catalog(sheets)


def test_a_worksheet_retired_while_assigned_asks_for_nothing_and_says_why(
    clinic: Clinic, clock: Clock, request: pytest.FixtureRequest
) -> None:
    give(clinic)
    request.getfixturevalue("retired")

    card = only(home(desk_of(clinic, clinic.ava), clock).today)

    assert (card.action, card.later, card.due) == ("", "", "")
    assert card.why == "This worksheet is not used any more. Ina Invented will choose another with you."


def test_what_was_begun_before_it_was_retired_can_be_finished(
    clinic: Clinic, clock: Clock, request: pytest.FixtureRequest
) -> None:
    given = give(clinic)
    desk_of(clinic, clinic.ava).draft("thought-record", assignment_id=given.id)
    request.getfixturevalue("retired")

    assert only(home(desk_of(clinic, clinic.ava), clock).today).action == "Go on"


@pytest.mark.usefixtures("retired")
def test_a_retired_worksheet_is_given_to_nobody(clinic: Clinic) -> None:
    with pytest.raises(AnswerError, match="not used any more"):
        give(clinic)


def test_a_worksheet_that_was_taken_away_breaks_no_page(
    clinic: Clinic, clock: Clock, catalog: Catalog
) -> None:
    give(clinic)
    clinic.store.office.memory["catalog"] = Catalog(
        {name: one for name, one in catalog.items() if name != "thought-record"}
    )

    body = home(desk_of(clinic, clinic.ava), clock)
    plan = page(desk_of(clinic, clinic.ina), clinic.ava.id, clock).plan

    assert (body.today, body.week) == ([], [])
    assert [one.title for one in plan] == ["thought-record"]


def test_due_in_an_hour_that_the_clocks_skip_is_due_an_hour_later(clinic: Clinic, clock: Clock) -> None:
    clock.instant = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 1:30 in New York; at 2:00 it becomes 3:00
    give(clinic, due=time(2, 30), starts=date(2026, 3, 8))

    card = only(home(desk_of(clinic, clinic.ava), clock).today)

    assert card.due == "By today, 3:30 am"
