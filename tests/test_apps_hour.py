"""The hour with a client: an agenda in clinical order, what to review, two weeks, what is next."""

from datetime import UTC, date, datetime, timedelta

from conftest import Clinic, Clock
from shipped import NIGHT, THOUGHT, catalog, phq9, send

from iopkit.apps.handle import handle
from iopkit.apps.message import Refused, Shown
from iopkit.apps.message_privacy import Review
from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Client
from iopkit.apps.view_hour import Hour
from iopkit.clinic import Desk
from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)


def page(desk: Desk, clock: Clock, client_id: str) -> Client:
    body = make_view(desk, key(desk, "client", client_id), now=clock()).body
    assert isinstance(body, Client)
    return body


def hour(desk: Desk, clock: Clock, client_id: str) -> Hour:
    found = page(desk, clock, client_id).hour
    assert found is not None
    return found


def give(
    clinic: Clinic, worksheet: str, *, days: int = 4, domain: str = "individual", by: str = "ina"
) -> str:
    given = clinic.desk(getattr(clinic, by)).assign(
        clinic.ava.id, worksheet, domain, note="", rrule="FREQ=DAILY", starts=TODAY - timedelta(days - 1)
    )
    return given.id


def meet(clinic: Clinic, at: datetime, state: str = "attended") -> None:
    """Book an hour of Ava and Ina in the past, and note whether she came."""
    span = Span(at, at + timedelta(minutes=50))
    desk = clinic.desk(clinic.ina)
    made = desk.book(
        Booking("individual", (clinic.ava.id,), clinic.ina.id, "individual", "America/New_York", span)
    )
    desk.mark_attendance(made, clinic.ava.id, at, state)


def look_back(clinic: Clinic, **row: object) -> None:
    send(
        clinic.desk(clinic.ava),
        "homework-review",
        {"homework": [{"what": "Sleep diary", **row}], "next": "Breathing before bed"},
    )


def test_an_agenda_takes_safety_first_then_what_interferes_then_life_then_the_rest(
    clinic: Clinic, clock: Clock
) -> None:
    give(clinic, "sleep-diary")
    send(clinic.desk(clinic.ava), "phq-9", phq9(18))
    clock.pass_(days=1)
    send(clinic.desk(clinic.ava), "phq-9", phq9(10, item9=1))
    look_back(clinic, done="none", obstacles=["no_time", "forgot"])

    agenda = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).agenda

    assert [(topic.kind, topic.title) for topic in agenda] == [
        ("safety", "Safety"),
        ("interferes", "What gets in the way of the work"),
        ("life", "Quality of life"),
        ("rest", "The rest"),
    ]
    assert agenda[0].lines == ["1 open safety alert"]
    assert agenda[1].lines == ["0 of 4 pieces of homework done", "In the way: I forgot (1), No time (1)"]
    assert agenda[2].lines[0].startswith("PHQ-9 since Fri 13 March, 18 → 10: 8 points down")
    assert agenda[3].lines == [
        "3 new entries",
        "3 entries you have not read",
        "Would like to practice: Breathing before bed",
    ]


def test_a_quiet_client_has_an_empty_agenda(clinic: Clinic, clock: Clock) -> None:
    found = hour(clinic.desk(clinic.ina), clock, clinic.ava.id)

    assert (found.agenda, found.review, found.kept, found.next) == ([], [], [], [])
    assert found.since == "Since Fri 6 March"


def test_things_are_new_since_the_last_appointment_to_which_the_client_came(
    clinic: Clinic, clock: Clock
) -> None:
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    clock.pass_(days=2)
    meet(clinic, datetime(2026, 3, 15, 18, tzinfo=UTC))
    meet(clinic, datetime(2026, 3, 15, 20, tzinfo=UTC), "missed")
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)

    body = page(clinic.desk(clinic.ina), clock, clinic.ava.id)

    assert body.hour is not None
    assert body.hour.since == "Since your appointment on Sun 15 March"
    assert [one.title for one in body.hour.review] == ["Sleep diary"]
    assert "1 appointment missed in 8 weeks" in body.hour.agenda[0].lines


def test_silence_is_on_the_agenda_after_a_week(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    clock.pass_(days=9)

    agenda = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).agenda

    assert agenda[0].lines == ["No entry for 9 days"]


def test_an_entry_is_reviewed_in_place_and_then_gone_from_what_to_review(
    clinic: Clinic, clock: Clock
) -> None:
    entry_id = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    desk = clinic.desk(clinic.ina)
    (waiting,) = hour(desk, clock, clinic.ava.id).review

    reply = handle(
        desk,
        Review(
            id="r1", key=waiting.key, quality=3, note="Well seen.", back=key(desk, "client", clinic.ava.id)
        ),
        now=clock(),
    )

    assert isinstance(reply, Shown)
    assert isinstance(reply.view.body, Client)
    assert reply.view.body.hour is not None
    assert reply.view.body.hour.review == []
    (review,) = desk.reviews(clinic.ava.id)
    assert (review.entry_id, review.quality, review.note) == (entry_id, 3, "Well seen.")
    assert desk.entry(entry_id).read_by_me


def test_another_page_cannot_be_asked_for_by_way_of_a_review(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    desk = clinic.desk(clinic.ina)
    (waiting,) = hour(desk, clock, clinic.ava.id).review

    reply = handle(desk, Review(id="r1", key=waiting.key, quality=3, back=key(desk, "caseload")), now=clock())

    assert isinstance(reply, Refused)


def test_a_colleague_of_another_domain_reviews_only_their_own(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)

    assert hour(clinic.desk(clinic.sue), clock, clinic.ava.id).review == []


def test_the_last_week_stands_beside_the_one_before(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
    clock.pass_(days=7)
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    for _ in range(2):
        clock.pass_(days=1)
        send(clinic.desk(clinic.ava), "sleep-diary", {**NIGHT, "awake_minutes": 10})
    clock.pass_(days=-2)

    sides = page(clinic.desk(clinic.ina), clock, clinic.ava.id).sides

    assert [(side.title, side.now.count, side.before.count) for side in sides] == [
        ("Sleep diary", "No entry", "1 entry"),
        ("Thought record", "1 entry", "No entry"),
    ]
    assert sides[1].now.summary == "My brother did not write back."


def test_homework_is_told_by_domain_with_its_n_and_never_as_zero_percent_of_nothing(
    clinic: Clinic, clock: Clock
) -> None:
    give(clinic, "sleep-diary")
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
    look_back(clinic, done="part", quality=3, obstacles=["no_time"])
    clinic.desk(clinic.ina).review(own(clinic, "sleep-diary"), 2, "")
    clinic.desk(clinic.sue).assign(
        clinic.ava.id, "urge-log", "substance-use", note="", rrule="FREQ=DAILY", starts=TODAY + timedelta(5)
    )

    (kept,) = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).kept
    found = hour(clinic.desk(clinic.sue), clock, clinic.ava.id)

    assert kept.title == "Individual"
    assert kept.lines == [
        "1 of 4 done in the last 7 days (25%): 1 on time, 0 late, 0 filled in long after; on 1 of 4 days",
        "Quality as the client sees it: 3 of 4 (1 piece)",
        "Quality as reviewed: 2 of 4 (1 of 2 entries reviewed)",
        "In the way: No time (1)",
    ]
    assert [one.lines for one in found.kept] == [["No data: nothing was due in the last 7 days"]]
    assert found.published[1] == (
        "Published: 69.8% of diary entries came in from dependent samples (Jones 2019)."
    )


def own(clinic: Clinic, worksheet_id: str) -> str:
    entries = clinic.desk(clinic.ina).entries(clinic.ava.id)
    return next(one.id for one in entries if one.worksheet_id == worksheet_id)


def test_what_is_next_is_sized_to_the_obstacle_that_was_named(clinic: Clinic, clock: Clock) -> None:
    give(clinic, "sleep-diary")
    nothing_named = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).next
    look_back(clinic, done="part", obstacles=["no_time"])
    no_time = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).next
    clock.pass_(days=1)
    look_back(clinic, done="none", obstacles=["too_upsetting"])
    look_back(clinic, done="none", obstacles=["too_upsetting"])

    upsetting = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).next

    assert [(one.title, one.preset.often, one.preset.days) for one in (*nothing_named, *no_time)] == [
        ("Sleep diary", "weekly", ["MO", "WE", "FR"])
    ] * 2
    assert no_time[0].text == "No time: the same on three days a week"
    assert [(one.title, one.preset.often) for one in upsetting] == [("Guided breathing", "once")]


def test_what_was_put_off_counts_among_the_obstacles(clinic: Clinic, clock: Clock) -> None:
    given = give(clinic, "sleep-diary")
    clinic.desk(clinic.ava).set_aside(given, day=TODAY, kind="not-now", obstacle="no-privacy")

    agenda = hour(clinic.desk(clinic.ina), clock, clinic.ava.id).agenda

    assert agenda[0].lines[-1] == "In the way: No privacy (1)"


def test_who_reads_for_a_stated_reason_has_no_hour(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ina)
    desk.break_glass(clinic.cam.id, "He called in distress.")

    assert page(desk, clock, clinic.cam.id).hour is None


def words_of_charts(body: Client) -> str:
    return " ".join(figure.summary for one in body.charts for figure in one.figures)


def test_the_appointments_that_took_place_are_marked_on_the_axis_of_the_charts(
    clinic: Clinic, clock: Clock
) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(12))
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
    clock.pass_(days=3)
    meet(clinic, datetime(2026, 3, 12, 18, tzinfo=UTC))
    meet(clinic, datetime(2026, 3, 15, 18, tzinfo=UTC), "missed")

    body = page(clinic.desk(clinic.ina), clock, clinic.ava.id)

    assert body.marked == (
        "A dashed line on a triangle: an appointment with you, group hours left aside. "
        "The last was on Thu 12 March."
    )
    summaries = [one.figures[0].summary for one in body.charts if one.figures]
    assert len(summaries) == 2
    assert all(text.endswith(" Appointment on 12 Mar.") for text in summaries)


def test_a_group_hour_and_a_colleagues_hour_are_not_marked(wide: Clinic, clock: Clock, mornings: str) -> None:
    send(wide.desk(wide.ava), "phq-9", phq9(12))
    clock.pass_(days=3)
    ina, sue = wide.desk(wide.ina), wide.desk(wide.sue)
    at = datetime(2026, 3, 14, 18, tzinfo=UTC)
    both, span = (wide.ava.id, wide.cam.id), Span(at, at + timedelta(hours=1))
    ina.book(Booking("group", both, wide.ina.id, "individual", "UTC", span, group_id=mornings))
    sue.book(Booking("individual", (wide.ava.id,), wide.sue.id, "substance-use", "UTC", span))

    body = page(ina, clock, wide.ava.id)

    assert (body.marked, "Appointment" in words_of_charts(body)) == ("", False)


def test_a_shared_screen_shows_the_marks_of_its_domain_alone(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(12))
    clock.pass_(days=3)
    meet(clinic, datetime(2026, 3, 12, 18, tzinfo=UTC))
    desk = clinic.desk(clinic.ina)

    body = make_view(desk, page(desk, clock, clinic.ava.id).safe[0].key, now=clock()).body

    assert isinstance(body, Client)
    assert body.marked.endswith("The last was on Thu 12 March.")
    assert "Appointment on 12 Mar." in words_of_charts(body)
