"""What a clinician sees: the caseload, whoever needs them first at the top, and one client."""

from datetime import UTC, date, datetime, timedelta

import pytest
from conftest import PASSWORD, Clinic, Clock
from shipped import NIGHT, THOUGHT, catalog, phq9, send
from sqlalchemy import event

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Caseload, Client, Message
from iopkit.clinic import Desk
from iopkit.clinic.record import Person
from iopkit.clinic.record_calendar import Booking
from iopkit.measures.appointments import Span

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)


def caseload(desk: Desk, clock: Clock) -> Caseload:
    body = make_view(desk, "", now=clock()).body
    assert isinstance(body, Caseload)
    return body


def client(desk: Desk, clock: Clock, client_id: str) -> Client:
    body = make_view(desk, key(desk, "client", client_id), now=clock()).body
    assert isinstance(body, Client)
    return body


def treat_ben_and_cam_too(clinic: Clinic) -> None:
    for person in (clinic.ben, clinic.cam):
        clinic.store.treat(person.id, clinic.ina.id, "individual", date(2026, 3, 2))


def test_a_clinician_without_clients_is_told_how_they_come(clinic: Clinic, clock: Clock) -> None:
    lone = clinic.store.add_person(
        "clinician", "lou", "Lou Lone", zone="UTC", domains=["medical"], password="four green apples fly"
    )

    body = caseload(clinic.desk(lone), clock)

    assert body.rows == []
    assert body.empty.startswith("Nobody is on your caseload yet.")


def test_a_row_says_week_last_entry_measure_with_its_rule_and_what_is_unread(
    clinic: Clinic, clock: Clock
) -> None:
    clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY - timedelta(2)
    )
    desk = clinic.desk(clinic.ava)
    send(desk, "phq-9", {**phq9(18)})
    clock.pass_(days=-0.5)
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
    clock.pass_(days=8)
    send(clinic.desk(clinic.ava), "phq-9", phq9(11))

    (row,) = caseload(clinic.desk(clinic.ina), clock).rows

    assert (row.name, row.domain, row.alert) == ("Ava Example", "Individual", "")
    assert row.measure == "PHQ-9 18 → 11, reliable fall (≥ 6)"
    assert row.last == "Today"
    assert row.unread == 3
    assert row.week == "0 of 6"


def test_a_row_says_what_came_on_time_and_what_long_after_its_day(clinic: Clinic, clock: Clock) -> None:
    clinic.desk(clinic.ina).assign(
        clinic.ava.id, "sleep-diary", "individual", note="", rrule="FREQ=DAILY", starts=TODAY - timedelta(3)
    )
    before = caseload(clinic.desk(clinic.ina), clock).rows[0]
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT, day=TODAY)
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT, day=TODAY - timedelta(3))

    after = caseload(clinic.desk(clinic.ina), clock).rows[0]

    assert (before.timing, before.quiet) == ("", True)
    assert (after.week, after.timing) == ("2 of 4", "1 on time, 1 filled in long after")
    assert not after.quiet


def test_open_alerts_come_first_whatever_the_names(clinic: Clinic, clock: Clock) -> None:
    treat_ben_and_cam_too(clinic)
    send(clinic.desk(clinic.ben), "thought-record", THOUGHT)
    send(clinic.desk(clinic.cam), "phq-9", phq9(10, item9=1))

    rows = caseload(clinic.desk(clinic.ina), clock).rows

    assert [row.name for row in rows] == ["Cam Sample", "Ben Example", "Ava Example"]
    assert rows[0].alert == "1 open alert, since today, 8:00 pm"
    assert rows[0].measure == "PHQ-9 10, one so far"
    assert rows[2].last == "No entry yet"
    assert rows[2].week == "Nothing was due"


@pytest.mark.parametrize(("first", "last", "worse"), [(9, 15, True), (9, 14, False), (15, 9, False)])
def test_who_got_reliably_worse_comes_before_what_is_unread(
    clinic: Clinic, clock: Clock, first: int, last: int, worse: bool
) -> None:
    treat_ben_and_cam_too(clinic)
    send(clinic.desk(clinic.ben), "phq-9", phq9(first))
    clock.pass_(days=7)
    ina = clinic.desk(clinic.ina)
    send(clinic.desk(clinic.ben), "phq-9", phq9(last))
    for entry in ina.entries(clinic.ben.id):
        ina.mark_read(entry.id)
    send(clinic.desk(clinic.cam), "thought-record", THOUGHT)

    rows = {row.name: row.worse for row in caseload(ina, clock).rows}

    assert next(iter(rows)) == ("Ben Example" if worse else "Cam Sample")
    assert rows["Ben Example"] == ("PHQ-9 reliably worse" if worse else "")
    assert not rows["Cam Sample"]


def test_an_acknowledged_alert_moves_nobody_to_the_top(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(10, item9=1))
    desk = clinic.desk(clinic.ina)
    desk.acknowledge(desk.alerts()[0].id, "Called her.")

    (row,) = caseload(desk, clock).rows

    assert row.alert == ""


def test_a_therapist_reads_only_entries_of_their_domain_but_learns_of_every_alert(
    clinic: Clinic, clock: Clock
) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(10, item9=1))

    row = next(row for row in caseload(clinic.desk(clinic.sue), clock).rows if row.name == "Ava Example")

    assert row.alert == "1 open alert, since today, 8:00 pm"
    assert (row.measure, row.unread, row.last) == ("", 0, "No entry yet")


def test_the_caseload_takes_as_many_queries_for_three_clients_as_for_one(
    clinic: Clinic, clock: Clock
) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(10))
    asked: list[str] = []
    event.listen(
        clinic.store.office.database.engine,
        "before_cursor_execute",
        lambda *call: asked.append(call[2]),
    )
    desk = clinic.desk(clinic.ina)
    caseload(desk, clock)
    asked.clear()
    clock.pass_(seconds=10)
    caseload(desk, clock)
    with_one = len(asked)
    treat_ben_and_cam_too(clinic)
    send(clinic.desk(clinic.cam), "phq-9", phq9(10))
    desk = clinic.desk(clinic.ina)
    caseload(desk, clock)
    asked.clear()
    clock.pass_(seconds=10)

    assert len(caseload(desk, clock).rows) == 3
    assert len(asked) == with_one


def test_one_client_shows_changes_charts_entries_and_plan(clinic: Clinic, clock: Clock) -> None:
    therapist = clinic.desk(clinic.ina)
    therapist.assign(
        clinic.ava.id,
        "thought-record",
        "individual",
        note="After arguments.",
        rrule="FREQ=WEEKLY;BYDAY=MO,TH",
        starts=TODAY - timedelta(4),
    )
    desk = clinic.desk(clinic.ava)
    send(desk, "thought-record", THOUGHT)
    send(desk, "sleep-diary", NIGHT)
    send(desk, "phq-9", phq9(14))

    body = client(therapist, clock, clinic.ava.id)

    assert body.client == "Ava Example"
    assert body.facts == [
        "1 of 2 done in the last 7 days",
        "Last entry today",
        "3 entries you have not read",
    ]
    assert body.changes == [
        "Since Fri 6 March: 3 new entries.",
        "Sleep in the last 7 days: 6 h 10 min a night, efficiency (SE) 74.7% (1 night of 7).",
    ]
    assert [(one.title, [figure.title for figure in one.figures], one.waiting) for one in body.charts] == [
        (
            "Sleep diary",
            ["Sleep, night by night"],
            ["“Sleep efficiency (of time in bed)” needs 1 more (entries), then it is drawn here."],
        ),
        ("PHQ-9", ["PHQ-9 total"], []),
        (
            "Thought record",
            ["Feelings before and after"],
            [
                "“Distress before and after” needs 1 more (entries), then it is drawn here.",
                "“Records with evidence against” needs 2 more (records), then it is drawn here.",
            ],
        ),
    ]
    assert {line.title for line in body.entries} == {"Thought record", "Sleep diary", "PHQ-9"}
    assert all(line.unread for line in body.entries)
    (card,) = body.plan
    assert (card.title, card.why, card.due, card.state) == (
        "Thought record",
        "Ina Invented: After arguments.",
        "Every Monday and Thursday, by 9:00 pm",
        "done",
    )


def test_changes_name_the_rule_and_both_weeks_of_sleep(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(18))
    send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
    clock.pass_(days=7)
    send(clinic.desk(clinic.ava), "phq-9", phq9(9))
    send(clinic.desk(clinic.ava), "sleep-diary", {**NIGHT, "awake_minutes": 10})

    body = client(clinic.desk(clinic.ina), clock, clinic.ava.id)

    assert body.changes[1:] == [
        "PHQ-9 since Fri 13 March, 18 → 9: 9 points down, a reliable improvement "
        "(change ≥ 6: NHS Talking Therapies manual); response (at least 50% lower): NCQA HEDIS DRR-E.",
        "Sleep in the last 7 days: 6 h 40 min a night, efficiency (SE) 80.8% (1 night of 7); "
        "the 7 days before: 6 h 10 min a night, efficiency (SE) 74.7% (1 night of 7).",
    ]


def test_an_alert_is_shown_with_its_rule_and_then_with_who_saw_it(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "phq-9", phq9(10, item9=2))
    desk = clinic.desk(clinic.ina)

    (alert, *_) = client(desk, clock, clinic.ava.id).alerts
    assert alert.text.startswith("Safety alert: ")
    assert (alert.when, alert.done) == ("Today, 8:00 pm", "")

    for one in desk.alerts():
        desk.acknowledge(one.id, "Called her.")
    (seen, *_) = client(desk, clock, clinic.ava.id).alerts
    assert seen.done == "Seen by Ina Invented, today, 8:00 pm: Called her."


def test_a_client_without_entries_has_an_empty_state(clinic: Clinic, clock: Clock) -> None:
    body = client(clinic.desk(clinic.ina), clock, clinic.ava.id)

    assert (body.entries, body.charts) == ([], [])
    assert body.empty == "No entries yet. What the client sends in your domain will be here."


@pytest.mark.parametrize("stranger", ["cam", "ben"])
def test_a_client_of_somebody_else_is_refused_with_the_reason(
    clinic: Clinic, clock: Clock, stranger: str
) -> None:
    desk = clinic.desk(clinic.ina)

    body = make_view(desk, key(desk, "client", getattr(clinic, stranger).id), now=clock()).body

    assert isinstance(body, Message)
    assert (body.title, body.text) == ("This is not yours to open", "You do not treat this client.")


def book(clinic: Clinic, clinician: Person, domain: str, at: datetime) -> None:
    span = Span(at, at + timedelta(minutes=50))
    wanted = Booking("individual", (clinic.ava.id,), clinician.id, domain, "America/New_York", span)
    clinic.desk(clinician).book(wanted)


def test_a_row_says_when_the_next_appointment_is(clinic: Clinic, clock: Clock) -> None:
    book(clinic, clinic.ina, "individual", datetime(2026, 3, 16, 18, tzinfo=UTC))

    (row,) = caseload(clinic.desk(clinic.ina), clock).rows

    assert row.appointment == "Monday, 2:00 pm"


def test_the_next_appointment_is_the_readers_own_and_not_with_another_domain(
    clinic: Clinic, clock: Clock
) -> None:
    book(clinic, clinic.sue, "substance-use", datetime(2026, 3, 14, 15, tzinfo=UTC))
    before = caseload(clinic.desk(clinic.ina), clock).rows[0].appointment
    book(clinic, clinic.ina, "individual", datetime(2026, 3, 16, 18, tzinfo=UTC))

    after = caseload(clinic.desk(clinic.ina), clock).rows[0].appointment

    assert (before, after) == ("", "Monday, 2:00 pm")


def test_the_next_appointment_is_by_the_clock_of_whoever_reads(clinic: Clinic, clock: Clock) -> None:
    """A client who lives an hour west does not move the hour of the therapist."""
    store = clinic.store
    store.add_person("client", "wes", "Wes Example", zone="America/Chicago", password=PASSWORD)
    store.treat("wes", "ina", "individual", date(2026, 3, 2))
    at = datetime(2026, 3, 16, 18, tzinfo=UTC)
    both = (clinic.ava.id, store.person("wes").id)
    wanted = Booking(
        "group", both, clinic.ina.id, "individual", "America/New_York", Span(at, at + timedelta(hours=3))
    )
    clinic.desk(clinic.ina).book(wanted)

    rows = caseload(clinic.desk(clinic.ina), clock).rows

    assert {row.name: row.appointment for row in rows} == {
        "Ava Example": "Monday, 2:00 pm",
        "Wes Example": "Monday, 2:00 pm",
    }
