"""One view is one read: asked once, of one moment, allowed anew after a write, audited before it is shown."""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from conftest import Clinic, Clock
from shipped import catalog, phq9, send
from sqlalchemy import event, select
from test_caseload_size import write_weeks

from iopkit.apps.handle import handle
from iopkit.apps.message import Open
from iopkit.apps.place import Place, key
from iopkit.apps.router import view_at
from iopkit.clinic import Desk, one_view
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.tables import AuditRow, CareTeamRow, LoginRow
from iopkit.errors import AccessError, DatabaseError, SignInError

__all__ = ["catalog"]
both = pytest.mark.usefixtures("database")
YESTERDAY = date(2026, 3, 12)


@contextmanager
def counted(clinic: Clinic) -> Iterator[list[str]]:
    """Yield the statements that are sent to the database meanwhile."""
    sent: list[str] = []

    def note(*told: object) -> None:
        sent.append(str(told[2]))

    engine = clinic.store.office.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def looks(clinic: Clinic) -> list[tuple[str | None, str]]:
    """Return whose what was viewed, as the audit trail says it, in its order."""
    with clinic.store.office.database.read(PROGRAM) as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "view").order_by(AuditRow.seq))
        return [(row.client_id, row.thing) for row in rows]


def asked_of(sent: list[str], table: str) -> int:
    return sum(f"FROM {table} " in statement.replace("\n", " ") for statement in sent)


def begun(sent: list[str]) -> int:
    return sum(statement.startswith("BEGIN") for statement in sent)


def page(desk: Desk, clinic: Clinic, clock: Clock) -> object:
    return view_at(desk, Place("client", (clinic.ava.id,)), now=clock()).body


def end_care(clinic: Clinic) -> None:
    """End Ina's work with Ava as of yesterday."""
    with clinic.store.office.database.write(PROGRAM) as session:
        chosen = select(CareTeamRow).where(CareTeamRow.clinician_id == clinic.ina.id)
        for row in session.scalars(chosen):
            row.until = YESTERDAY


def elsewhere(work: object) -> None:
    """Do something as another process does it: outside of the view that is being made here."""
    thread = threading.Thread(target=work)  # type: ignore[arg-type]  # a function without parameters
    thread.start()
    thread.join()


def test_a_clients_page_asks_once_who_treats_whom(clinic: Clinic, clock: Clock) -> None:
    write_weeks(clinic, clinic.ava.id, random.Random(1), 8)
    desk = clinic.desk(clinic.ina)
    page(desk, clinic, clock)  # what a kernel keeps from then on
    clock.pass_(seconds=10)

    with counted(clinic) as sent:
        page(desk, clinic, clock)

    assert asked_of(sent, "care_team") == 1
    assert asked_of(sent, "login") <= 3  # once for all reads; a write looks at it twice
    assert len(sent) <= 45  # each read by itself: 94


@pytest.mark.parametrize("name", ["home", "history", "calendar", "library"])
def test_each_view_of_a_client_is_one_read_and_one_row_in_the_trail_at_most(
    clinic: Clinic, clock: Clock, name: str
) -> None:
    desk = clinic.desk(clinic.ava)
    send(desk, "phq-9", phq9(9))
    view_at(desk, Place(name), now=clock())
    clock.pass_(seconds=10)

    with counted(clinic) as sent:
        view_at(desk, Place(name), now=clock())

    assert begun(sent) <= 3, sent


@both
def test_reads_of_one_view_are_of_one_moment(clinic: Clinic) -> None:
    desk, database = clinic.desk(clinic.ina), clinic.store.office.database
    database.written = 0
    with desk.one_view():
        assert desk.entries(clinic.ava.id) == []
        elsewhere(lambda: send(clinic.desk(clinic.ava), "phq-9", phq9(9)))
        database.written = 0  # by another process: this one knows nothing of it
        with desk.one_view():  # one within another is the same
            assert desk.entries(clinic.ava.id) == []
    assert len(desk.entries(clinic.ava.id)) == 1


@both
def test_what_was_taken_back_is_refused_in_the_next_view(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ina)
    assert page(desk, clinic, clock).name == "client"

    end_care(clinic)

    assert page(desk, clinic, clock).name == "message"
    with pytest.raises(AccessError), desk.one_view():
        desk.entries(clinic.ava.id)


@both
def test_a_write_within_a_view_ends_what_it_was_allowed_by(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ina)
    with desk.one_view():
        desk.entries(clinic.ava.id)
        end_care(clinic)
        with pytest.raises(AccessError):
            desk.entries(clinic.ava.id)


@both
def test_what_is_written_within_a_view_is_read_in_it(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ava)
    with desk.one_view():
        assert desk.drafts() == []
        made = desk.draft("phq-9")
        assert [one.id for one in desk.drafts()] == [made.id]


@both
def test_a_login_that_ends_within_a_view_ends_the_view(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ina)

    def sign_out() -> None:
        with clinic.store.office.database.write(PROGRAM) as session:
            for row in session.scalars(select(LoginRow)):
                row.ended_at = clock()

    with pytest.raises(SignInError), desk.one_view():  # noqa: PT012  # the end of the view is what raises
        desk.entries(clinic.ava.id)
        sign_out()
    assert looks(clinic) == []


@both
def test_looks_are_stored_together_before_anything_is_shown(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ina)
    with desk.one_view():
        desk.entries(clinic.ava.id)
        desk.assignments(clinic.ava.id)
        desk.notes(clinic.ava.id)
        assert looks(clinic) == []
    assert looks(clinic) == [(clinic.ava.id, "record"), (clinic.ava.id, "note")]

    page(desk, clinic, clock)  # within the same moment: only what was not seen before is added
    assert looks(clinic)[:2] == [(clinic.ava.id, "record"), (clinic.ava.id, "note")]
    assert len(set(looks(clinic))) == len(looks(clinic))


def test_a_view_that_fails_leaves_what_was_looked_at_before(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ina)
    with pytest.raises(AccessError), desk.one_view():  # noqa: PT012  # both are of one view
        desk.entries(clinic.ava.id)
        desk.entries(clinic.ben.id)
    assert looks(clinic) == [(clinic.ava.id, "record")]
    with clinic.store.office.database.read(PROGRAM) as session:
        refused = session.scalars(select(AuditRow.client_id).where(AuditRow.action == "refuse"))
        assert list(refused) == [clinic.ben.id]


def test_nobody_is_shown_what_cannot_be_audited(
    clinic: Clinic, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.desk(clinic.ina)

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("has no room left")

    monkeypatch.setattr(clinic.store.office.audit, "add", full)
    sealed = key(desk, "client", clinic.ava.id)

    reply = handle(desk, Open(kind="open", id="1", key=sealed), now=clock())

    assert reply.kind == "refused"


def test_a_fault_ends_the_transaction_and_the_next_read_begins_another(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ina)
    database = clinic.store.office.database
    with counted(clinic) as sent, desk.one_view():
        with pytest.raises(ZeroDivisionError), desk._seat.reading():
            raise ZeroDivisionError
        desk.clients()
        desk.clients()
    assert begun(sent) == 2
    assert one_view.current(database) is None


def test_a_read_within_a_read_is_of_the_same_transaction_also_after_a_write(clinic: Clinic) -> None:
    seat = clinic.desk(clinic.ina)._seat
    with seat.one_view():
        with seat.reading() as outer:
            with seat.writing():
                pass
            with seat.reading() as inner:
                assert inner is outer
        with seat.reading() as later:
            assert later is not outer


def test_another_thread_has_no_part_in_a_view(clinic: Clinic) -> None:
    desk, found = clinic.desk(clinic.ina), []
    with desk.one_view():
        elsewhere(lambda: found.append(one_view.current(clinic.store.office.database)))
        assert one_view.current(clinic.store.office.database) is not None
    assert found == [None]


def test_a_batch_is_one_transaction_already(clinic: Clinic) -> None:
    database = clinic.store.office.database
    with database.batch(), clinic.store.desk_for("ina").one_view():
        assert one_view.current(database) is None


def test_ties_of_a_write_are_asked_in_the_write(clinic: Clinic) -> None:
    seat = clinic.desk(clinic.ina)._seat
    with seat.one_view():
        with seat.reading() as session:
            tied = seat.ties(session, clinic.ava.id)
            assert seat.ties(session, clinic.ava.id) is tied
            assert seat.ties(session) is not tied
        with seat.writing() as session:
            assert seat.ties(session, clinic.ava.id) is not tied
