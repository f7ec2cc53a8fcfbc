"""A safety rule that fires is stored with the answer, told to the whole team, and never taken back."""

from datetime import date

import pytest
from sqlalchemy import text

from iopkit.clinic.badge import PROGRAM
from iopkit.errors import AccessError, NotFoundError

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def desk(clinic):
    return clinic.desk(clinic.ava)


def save(desk, entry, number, *, submit=True, **answers):
    answers = {"mood": 5, **answers} if entry.worksheet_id == "mood-check" else answers
    return desk.save(
        entry.id, message_id=f"m{number}", answers=answers, changed=answers, base=number - 1, submit=submit
    )


def test_an_alert_says_who_was_told_when_and_by_which_rule(clinic, desk, clock):
    entry = save(desk, desk.draft("mood-check"), 1, hopeless=1).entry

    (alert,) = clinic.desk(clinic.ina).alerts(clinic.ava.id)

    assert (alert.client_id, alert.entry_id, alert.rule) == (clinic.ava.id, entry.id, "no-way-out")
    assert (alert.priority, alert.at) == ("normal", clock())
    assert sorted(alert.told) == ["Cole Invented", "Cora Invented", "Ina Invented", "Sue Invented"]
    assert (alert.done_at, alert.done_by, alert.note) == (None, None, "")


def test_nothing_fires_for_an_answer_below_the_rule_or_none_at_all(clinic, desk):
    save(desk, desk.draft("mood-check", day=date(2026, 3, 12)), 1, hopeless=0)
    save(desk, desk.draft("mood-check", day=date(2026, 3, 13)), 1)

    assert clinic.desk(clinic.ina).alerts() == []


def test_a_rule_fires_in_the_draft_before_anything_is_sent(clinic, desk):
    draft = save(desk, desk.draft("mood-check"), 1, hopeless=1, submit=False).entry

    (alert,) = clinic.desk(clinic.ina).alerts()

    assert alert.entry_id is None
    assert draft.flags == ("no-way-out",)
    save(desk, draft, 2, hopeless=1)
    (same,) = clinic.desk(clinic.ina).alerts()
    assert (same.id, same.entry_id) == (alert.id, draft.id)


def test_an_alert_outlives_the_answer_that_raised_it(clinic, desk):
    entry = save(desk, desk.draft("mood-check"), 1, hopeless=2).entry

    corrected = save(desk, entry, 2, hopeless=0).entry

    assert corrected.flags == ()
    assert [alert.priority for alert in clinic.desk(clinic.ina).alerts()] == ["high"]


def test_a_rule_that_turns_urgent_is_told_again_and_no_more(clinic, desk, clock):
    entry = save(desk, desk.draft("mood-check"), 1, hopeless=1).entry
    for number, answer in [(2, 2), (3, 1), (4, 2)]:
        clock.pass_(seconds=60)
        save(desk, entry, number, hopeless=answer)

    assert [alert.priority for alert in clinic.desk(clinic.ina).alerts()] == ["high", "normal"]


def test_the_team_learns_of_a_substance_use_alert_but_not_what_it_came_from(clinic, desk):
    entry = save(desk, desk.draft("urge-note"), 1, craving=10).entry

    seen = {
        who.user: [(alert.entry_id, alert.rule, alert.priority) for alert in clinic.desk(who).alerts()]
        for who in (clinic.sue, clinic.ina, clinic.cole, clinic.cora)
    }

    assert seen == {
        "sue": [(entry.id, "unsafe-now", "high")],
        "ina": [(None, "", "high")],
        "cole": [(None, "", "high")],
        "cora": [(None, "", "high")],
    }


def test_who_treats_the_client_now_is_told_and_who_did_once_is_not(clinic, store, desk):
    with store.office.database.write(PROGRAM) as session:
        session.execute(
            text("UPDATE care_team SET until = '2026-03-12' WHERE clinician_id = :id"), {"id": clinic.ina.id}
        )

    save(desk, desk.draft("mood-check"), 1, hopeless=1)

    (alert,) = clinic.desk(clinic.cora).alerts()
    assert sorted(alert.told) == ["Cole Invented", "Cora Invented", "Sue Invented"]
    assert clinic.desk(clinic.ina).alerts() == []
    with pytest.raises(AccessError, match="You no longer treat this client"):
        clinic.desk(clinic.ina).alerts(clinic.ava.id)


def test_a_clinician_acknowledges_once_with_a_note(clinic, store, desk, clock):
    save(desk, desk.draft("mood-check"), 1, hopeless=1)
    (alert,) = clinic.desk(clinic.ina).alerts()
    clock.pass_(minutes=3)

    done = clinic.desk(clinic.ina).acknowledge(alert.id, "Called at 20:05, safe with her sister.")
    clock.pass_(minutes=3)
    again = clinic.desk(clinic.cole).acknowledge(alert.id, "Another note")

    assert (done.done_by, done.note) == ("Ina Invented", "Called at 20:05, safe with her sister.")
    assert (again.done_by, again.done_at, again.note) == (done.done_by, done.done_at, done.note)
    with store.office.database.read(PROGRAM) as session:
        rows = session.execute(text("SELECT actor_id FROM audit WHERE action = 'acknowledge'")).all()
    assert [tuple(row) for row in rows] == [(clinic.ina.id,)]


@pytest.mark.parametrize("who", ["ava", "ben", "cora"])
def test_clients_and_coordinator_acknowledge_nothing(clinic, desk, who):
    save(desk, desk.draft("mood-check"), 1, hopeless=1)
    (alert,) = clinic.desk(clinic.ina).alerts()

    with pytest.raises(NotFoundError, match="There is no alert here that you can open"):
        clinic.desk(getattr(clinic, who)).acknowledge(alert.id, "")


def test_an_unknown_alert_is_not_found(clinic):
    with pytest.raises(NotFoundError, match="There is no alert here that you can open"):
        clinic.desk(clinic.ina).acknowledge("made-up", "")


def test_a_client_reads_no_alerts(clinic, desk):
    save(desk, desk.draft("mood-check"), 1, hopeless=1)

    assert desk.alerts() == []
    with pytest.raises(AccessError):
        desk.alerts(clinic.ava.id)
