"""What a caseload needs of many clients: the same figures as their entries give, almost nothing opened."""

from datetime import date, timedelta

import pytest
from conftest import Clinic, Clock
from shipped import NIGHT, THOUGHT, catalog, phq9, send
from sqlalchemy import event, select

from iopkit.clinic import Desk
from iopkit.clinic.overview import Overview, Sent, Wanted
from iopkit.clinic.tables import AuditRow
from iopkit.errors import AccessError
from iopkit.reports.course import course

__all__ = ["catalog"]
TODAY = date(2026, 3, 13)
LATELY = Wanted(since=TODAY - timedelta(84), week=TODAY - timedelta(6), measure="phq-9", score="total")


def from_entries(desk: Desk, client_id: str) -> Overview:
    """Return the same figures, worked out from every entry opened."""
    entries = desk.entries_of([client_id], LATELY.since)[client_id]
    sent = [
        Sent(one.worksheet_id, one.assignment_id, one.about, one.submitted_at)
        for one in entries
        if one.about >= LATELY.week and one.submitted_at is not None
    ]
    points = [point.value for point in course(entries, desk.worksheet("phq-9")).points]
    return Overview(
        max((one.submitted_at for one in entries if one.submitted_at), default=None),
        sum(not one.read_by_me for one in entries),
        tuple(sorted(sent, key=repr)),
        (points[0], points[-1]) if len(points) > 1 else tuple(points),
    )


def as_seen(desk: Desk, client_id: str, wanted: Wanted = LATELY) -> Overview:
    found = desk.overview_of([client_id], wanted)[client_id]
    return Overview(found.last, found.unread, tuple(sorted(found.sent, key=repr)), found.scores)


def fill(clinic: Clinic, clock: Clock) -> str:
    """Let Ava send work of several domains over three weeks; return her substance-use entry."""
    for total in (18, 11, 7):
        send(clinic.desk(clinic.ava), "phq-9", phq9(total))
        send(clinic.desk(clinic.ava), "sleep-diary", NIGHT)
        clock.pass_(days=6)
    clock.pass_(days=-18)
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    return send(clinic.desk(clinic.ava), "urge-log", {})


@pytest.mark.parametrize("reader", ["ina", "cole", "sue"])
def test_an_overview_says_what_all_entries_say(
    database: str, clinic: Clinic, clock: Clock, reader: str
) -> None:
    fill(clinic, clock)
    desk = clinic.desk(getattr(clinic, reader))

    assert as_seen(desk, clinic.ava.id) == from_entries(desk, clinic.ava.id)


def test_an_overview_counts_what_is_read_and_what_was_corrected_since(clinic: Clinic, clock: Clock) -> None:
    entry_id = send(clinic.desk(clinic.ava), "phq-9", phq9(9))
    desk = clinic.desk(clinic.ina)
    before = as_seen(desk, clinic.ava.id)
    desk.mark_read(entry_id)
    read = as_seen(desk, clinic.ava.id)
    clinic.desk(clinic.ava).save(
        entry_id, message_id="again", answers=phq9(4), changed=["phq9_1", "phq9_2", "phq9_3"], base=1
    )

    corrected = as_seen(desk, clinic.ava.id)

    assert [one.unread for one in (before, read, corrected)] == [1, 0, 1]
    assert [one.scores for one in (before, read, corrected)] == [(9,), (9,), (4,)]


def test_an_entry_opened_to_a_reader_of_another_domain_counts_for_them(
    database: str, clinic: Clinic, clock: Clock
) -> None:
    entry_id = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    desk = clinic.desk(clinic.cole)
    hidden = as_seen(desk, clinic.ava.id)
    clinic.desk(clinic.ava).share(entry_id, clinic.cole.id, until=TODAY + timedelta(9))

    opened = as_seen(desk, clinic.ava.id)

    assert hidden == Overview()
    assert (opened.unread, len(opened.sent)) == (1, 1)
    assert opened == from_entries(desk, clinic.ava.id)


def test_what_a_client_keeps_private_counts_for_nobody(clinic: Clinic, clock: Clock) -> None:
    private = next(one.id for one in clinic.desk(clinic.ava).worksheets() if one.private)
    send(clinic.desk(clinic.ava), private, {})

    assert as_seen(clinic.desk(clinic.ina), clinic.ava.id) == Overview()


def test_an_entry_without_a_score_is_neither_first_nor_last(clinic: Clinic, clock: Clock) -> None:
    for answers in ({}, phq9(12), phq9(8), {}):
        send(clinic.desk(clinic.ava), "phq-9", answers)
        clock.pass_(days=1)

    assert as_seen(clinic.desk(clinic.ina), clinic.ava.id).scores == (12, 8)


def test_what_is_due_once_is_looked_for_as_far_back_as_it_is_open(clinic: Clinic, clock: Clock) -> None:
    send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    clock.pass_(days=20)
    desk = clinic.desk(clinic.ina)
    since = TODAY + timedelta(14)

    without = as_seen(desk, clinic.ava.id, Wanted(LATELY.since, since, "phq-9", "total"))
    found = as_seen(
        desk,
        clinic.ava.id,
        Wanted(LATELY.since, since, "phq-9", "total", frozenset({"thought-record"}), TODAY),
    )

    assert (without.sent, [one.worksheet_id for one in found.sent]) == ((), ["thought-record"])


def test_a_second_look_opens_nothing_again(clinic: Clinic, clock: Clock) -> None:
    fill(clinic, clock)
    desk, asked = clinic.desk(clinic.ina), []
    as_seen(desk, clinic.ava.id)
    event.listen(
        clinic.store.office.database.engine, "before_cursor_execute", lambda *call: asked.append(call[2])
    )

    as_seen(desk, clinic.ava.id)

    assert [text for text in asked if "entry.sealed" in text] == []


def test_a_stranger_gets_no_overview(clinic: Clinic, clock: Clock) -> None:
    with pytest.raises(AccessError, match="You do not treat this client"):
        as_seen(clinic.desk(clinic.ina), clinic.cam.id)


def test_one_row_of_the_audit_trail_tells_of_a_whole_caseload(clinic: Clinic, clock: Clock) -> None:
    clinic.store.treat(clinic.ben.id, clinic.ina.id, "individual", date(2026, 3, 2))
    desk = clinic.desk(clinic.ina)
    with clinic.store.office.database.read() as session:
        before = len(session.scalars(select(AuditRow)).all())
    desk.overview_of([clinic.ava.id, clinic.ben.id], LATELY)

    with clinic.store.office.database.read() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()[before:]

    assert [(row.client_id, row.thing, row.thing_id) for row in rows] == [
        (None, "record", f"{clinic.ava.id},{clinic.ben.id}")
    ]
