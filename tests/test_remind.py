"""Reminders by e-mail, through a real mail server on this machine: few, neutral, once, and never too late."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from conftest import open_copy

from iopkit.apps.remind import remind
from iopkit.cli import checks
from iopkit.clinic import reminders
from iopkit.clinic.record_calendar import Booking, ReminderChoice
from iopkit.errors import AccessError, AnswerError, StoreError
from iopkit.exchange.mail import mailer
from iopkit.measures.appointments import Span

NOON = datetime(2026, 3, 14, 16, tzinfo=UTC)
CHOICE = ReminderChoice(True, "ava@example.org", time(21), time(8))


class Box:
    """What the mail server took, and what it answers instead of taking it."""

    def __init__(self) -> None:
        self.taken, self.answer = [], ""

    async def handle_DATA(self, server, session, envelope):
        if self.answer == "drop":
            session.transport = None
            server.transport.abort()
            return "250 never heard"
        if self.answer:
            return self.answer
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


class Mail(Controller):
    """A mail server on a free port."""

    def factory(self):
        return SMTP(self.handler)

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def box(monkeypatch) -> Iterator[Box]:
    handler = Box()
    server = Mail(handler, hostname="127.0.0.1", port=0)
    server.start()
    monkeypatch.setenv("IOPKIT_SMTP_URL", f"smtp://127.0.0.1:{server.port}")
    monkeypatch.setenv("IOPKIT_MAIL_FROM", "notes@example.org")
    yield handler
    server.stop()


@pytest.fixture
def ava(clinic, clock):
    """Ava has something to do today until eleven at night, and wants reminders."""
    clock.instant = NOON
    desk = clinic.desk(clinic.ina)
    given = {"note": "Because of the divorce.", "rrule": "FREQ=DAILY", "starts": date(2026, 3, 14)}
    desk.assign(clinic.ava.id, "mood-check", "individual", due=time(23), **given)
    clinic.desk(clinic.ava).choose_reminders(CHOICE)
    return clinic


def go(clinic):
    return remind(clinic.store, mailer())


def states(clinic):
    return [state for _, state, _ in reminders.states(clinic.store.office, [clinic.ava.id])]


def do_it(clinic):
    desk = clinic.desk(clinic.ava)
    (given,) = desk.assignments(clinic.ava.id)
    draft = desk.draft("mood-check", assignment_id=given.id)
    answers = {"mood": 4, "hopeless": 0}
    desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=draft.base, submit=True)


def test_a_note_says_that_there_is_something_and_nothing_else(ava, box):
    done = go(ava)

    ((to, message),) = box.taken
    assert (to, message["From"], message["Subject"]) == (
        ["ava@example.org"],
        "notes@example.org",
        "A note for you",
    )
    text = message.get_content().lower() + str(message).lower()
    for word in (
        "ava example",
        "mood",
        "divorce",
        "ina",
        "iop",
        "therap",
        "clinic",
        "program",
        "worksheet",
        "http",
    ):
        assert word not in text.replace("example.org", "").replace("multipart", "").replace("something", "")
    assert done.lines == ["1 sent."]
    assert done.is_well


def test_a_second_round_on_the_same_day_sends_nothing_and_the_next_day_does(ava, box, clock):
    go(ava)
    clock.pass_(hours=5)
    assert go(ava).lines == []
    clock.pass_(hours=19)

    go(ava)

    assert len(box.taken) == 2


def test_eight_programs_at_once_send_one_note(ava, box, tmp_path, clock, catalog):
    """Each has a connection of its own to the same database."""
    stores = [open_copy(tmp_path / "store", clock, catalog) for _ in range(8)]
    begin = threading.Barrier(8)
    failed = []

    def run(store):
        try:
            begin.wait()
            remind(store, mailer())
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=run, args=(store,)) for store in stores]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for store in stores:
        store.close()

    assert (failed, len(box.taken), states(ava)) == ([], 1, ["sent"])


@pytest.mark.usefixtures("database")
def test_only_one_program_gets_a_claim_on_either_database(clinic):
    office = clinic.store.office
    got, begin = [], threading.Barrier(6)

    def run():
        begin.wait()
        got.append(reminders.claim(office, clinic.ava.id, "day 2026-03-14"))

    threads = [threading.Thread(target=run) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert (len(got), sum(one is not None for one in got)) == (6, 1)


def test_work_that_is_done_is_not_reminded_of(ava, box):
    do_it(ava)

    assert go(ava).lines == []
    assert (box.taken, states(ava)) == ([], [])


def test_what_was_put_off_for_today_is_not_reminded_of(ava, box):
    desk = ava.desk(ava.ava)
    (given,) = desk.assignments(ava.ava.id)

    desk.set_aside(given.id, day=date(2026, 3, 14), kind="not-now")

    assert go(ava).lines == []


def test_paused_work_is_not_reminded_of(ava, box):
    desk = ava.desk(ava.ina)
    (given,) = desk.assignments(ava.ava.id)

    desk.pause_assignment(given.id)

    assert go(ava).lines == []


def test_work_done_while_a_note_waited_is_not_reminded_of(ava, box, clock):
    box.answer = "451 try later"
    assert go(ava).lines == ["1 waiting: the mail server could not take them now; the next run tries again."]
    do_it(ava)
    box.answer = ""
    clock.pass_(minutes=30)

    go(ava)

    assert box.taken == []


def test_a_mail_server_that_is_down_makes_notes_wait_and_is_told(ava, box, clock, monkeypatch):
    url = "smtp://127.0.0.1:1"
    with monkeypatch.context() as patch:
        patch.setenv("IOPKIT_SMTP_URL", url)
        down = go(ava)
    assert (down.is_well, states(ava)) == (False, ["queued"])
    assert go(ava).lines == []  # too early
    clock.pass_(minutes=11)

    again = go(ava)

    assert (again.lines, len(box.taken), states(ava)) == (["1 sent."], 1, ["sent"])


def test_after_five_tries_it_is_given_up_and_told(ava, box, clock):
    box.answer = "451 try later"
    for _ in range(4):
        go(ava)
        clock.pass_(minutes=60)

    assert go(ava).lines == ["1 given up after several tries."]
    clock.pass_(minutes=60)
    assert go(ava).lines == []


def test_an_address_that_is_refused_is_told_and_not_tried_again(ava, box, clock):
    box.answer = "550 no such mailbox"

    assert not go(ava).is_well
    clock.pass_(hours=1)
    assert go(ava).lines == []


def test_a_line_that_breaks_in_the_middle_sends_nothing_twice(ava, box, clock):
    box.answer = "drop"

    assert go(ava).lines == ["1 not known to have arrived, and not sent again."]
    box.answer = ""
    clock.pass_(hours=1)
    assert (go(ava).lines, box.taken) == ([], [])


@pytest.mark.parametrize(("hour", "sent"), [(2, 0), (7, 0), (8, 1), (20, 1), (21, 0), (23, 0)])
def test_nothing_is_sent_at_quiet_hours_where_the_client_lives(ava, box, clock, hour, sent):
    clock.instant = datetime(2026, 3, 14, 4, tzinfo=UTC) + timedelta(hours=hour)

    go(ava)

    assert len(box.taken) == sent


def test_nothing_is_sent_to_who_did_not_ask_for_it(clinic, box, ava):
    ava.desk(ava.ava).choose_reminders(ReminderChoice(False, "ava@example.org", time(21), time(8)))

    assert go(ava).lines == []
    assert clinic.desk(clinic.ben).reminder_choice().wanted is False


def test_nothing_is_sent_to_who_is_locked_out(ava, box):
    ava.store.lock("ava")

    assert go(ava).lines == []


def test_an_appointment_within_a_day_is_reminded_of(clinic, clock, box):
    clock.instant = NOON
    clinic.desk(clinic.ava).choose_reminders(CHOICE)
    start = NOON + timedelta(hours=23)
    first = Span(start, start + timedelta(hours=1))
    given = {"domain": "individual", "zone": "UTC", "first": first}
    made = clinic.desk(clinic.ina).book(Booking("individual", (clinic.ava.id,), clinic.ina.id, **given))
    clinic.desk(clinic.ina).call_off(made, start)
    assert go(clinic).lines == []
    clinic.desk(clinic.ina).call_off(made, start, undo=True)

    go(clinic)

    assert len(box.taken) == 1


def test_a_note_is_in_the_clients_language(ava, box):
    ava.desk(ava.ava).speak("es")

    go(ava)

    assert box.taken[0][1]["Subject"] == "Una nota para ti"


@pytest.mark.parametrize(
    "email", ["", "ava", "a@b.org\nBcc: c@d.org", "a@b.org,c@d.org", "Ava <a@b.org>", "a" * 300]
)
def test_an_address_that_is_none_is_refused(clinic, email):
    desk = clinic.desk(clinic.ava)

    with pytest.raises(AnswerError, match="one e-mail address"):
        desk.choose_reminders(ReminderChoice(True, email, time(21), time(8)))
    assert not desk.reminder_choice().wanted


def test_staff_have_no_reminders_of_their_own(clinic):
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).choose_reminders(CHOICE)


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://x:y:z"]
)
def test_a_mail_server_that_is_not_named_rightly_is_told(monkeypatch, url):
    monkeypatch.setenv("IOPKIT_SMTP_URL", url)

    with pytest.raises(StoreError, match="IOPKIT_SMTP_URL"):
        mailer()


def test_the_doctor_says_whether_the_mail_server_answers(box, monkeypatch):
    assert (checks.mail_is_taken().state, box.taken) == ("ok", [])

    monkeypatch.setenv("IOPKIT_SMTP_URL", "smtp://127.0.0.1:1")
    assert checks.mail_is_taken().state == "look"
    monkeypatch.setenv("IOPKIT_SMTP_URL", "mail.example.org")
    assert checks.mail_is_taken().state == "bad"
    monkeypatch.delenv("IOPKIT_SMTP_URL")
    assert checks.mail_is_taken().said.startswith("iopkit sends none")


def test_the_sender_is_one_address(monkeypatch):
    monkeypatch.setenv("IOPKIT_SMTP_URL", "smtp://127.0.0.1:25")
    monkeypatch.setenv("IOPKIT_MAIL_FROM", "a@b.org, c@d.org")

    with pytest.raises(StoreError, match="IOPKIT_MAIL_FROM"):
        mailer()


def test_a_round_leaves_the_access_log_as_it_was(ava, box):
    before = len(ava.desk(ava.ava).access_log())

    go(ava)

    assert len(box.taken) == 1
    assert len(ava.desk(ava.ava).access_log()) == before
