"""A worksheet to fill in, what comes after, and an entry to read: who sees what, in words."""

from conftest import Clinic, Clock
from shipped import THOUGHT, catalog, phq9, send

from iopkit.apps.place import key
from iopkit.apps.router import make_view
from iopkit.apps.view import Message, View, Worksheet
from iopkit.clinic import Desk

__all__ = ["catalog"]


def view(desk: Desk, clock: Clock, *parts: str) -> View:
    return make_view(desk, key(desk, *parts), now=clock())


def sheet(desk: Desk, clock: Clock, *parts: str) -> Worksheet:
    body = view(desk, clock, *parts).body
    assert isinstance(body, Worksheet)
    return body


def test_a_new_worksheet_says_who_will_see_it_and_that_the_partner_will_not(
    clinic: Clinic, clock: Clock
) -> None:
    body = sheet(clinic.desk(clinic.ava), clock, "worksheet", "thought-record")

    assert body.seen_by == (
        "Your individual therapist (Ina Invented) will see this once you send it. Your partner will not."
    )
    assert (body.read_only, body.saved, body.base, body.answers) == (False, "", 0, {})
    assert body.survey["pages"][0]["elements"][2]["name"] == "situation"


def test_without_a_therapist_in_the_domain_nobody_else_sees_it(clinic: Clinic, clock: Clock) -> None:
    body = sheet(clinic.desk(clinic.cam), clock, "worksheet", "thought-record")

    assert (
        body.seen_by
        == "You have no individual therapist here at the moment, so nobody but you will see this."
    )


def test_a_draft_is_resumed_with_its_answers_and_its_own_address(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    first = view(desk, clock, "worksheet", "thought-record")
    entry = desk.drafts()[0]
    desk.save(entry.id, message_id="m1", answers={"situation": "x"}, changed=["situation"], base=0)

    again = make_view(desk, first.key, now=clock())

    assert isinstance(again.body, Worksheet)
    assert (again.body.answers, again.body.base, again.body.saved) == ({"situation": "x"}, 1, "Saved 8:00 pm")
    assert again.key == first.key == again.body.key
    assert len(desk.drafts()) == 1


def test_an_entry_just_sent_says_so_with_a_figure_and_one_next_step(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "thought-record", THOUGHT)

    body = sheet(desk, clock, "entry", entry_id)

    assert (body.just_done, body.read_only, body.may_correct) == (True, True, True)
    assert body.figures == ["Distress 80 → 45"]
    assert body.next_step.startswith("Read your balanced thought once more tonight")
    assert body.when == "Today, 8:00 pm"


def test_later_it_is_a_page_to_read(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "thought-record", THOUGHT)
    clock.pass_(hours=26)

    body = sheet(clinic.desk(clinic.ava), clock, "entry", entry_id)

    assert (body.just_done, body.when, body.saved) == (
        False,
        "Yesterday, 8:00 pm",
        "Saved yesterday, 8:00 pm",
    )


def test_a_correction_shows_both_times_and_the_day_it_is_about(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "thought-record", {**THOUGHT, "day": "2026-03-11"})
    clock.pass_(minutes=30)
    desk = clinic.desk(clinic.ava)
    entry = desk.entry(entry_id)
    desk.save(
        entry_id,
        message_id="again",
        answers={**entry.answers, "situation": "It was Tuesday."},
        changed=["situation"],
        base=entry.base,
        submit=True,
    )

    body = sheet(desk, clock, "entry", entry_id)

    assert body.when == "Today, 8:00 pm, about Wed 11 March, corrected today, 8:30 pm"
    assert body.just_done is False


def test_a_flag_travels_with_its_condition_and_the_help_to_show(clinic: Clinic, clock: Clock) -> None:
    body = sheet(clinic.desk(clinic.ava), clock, "worksheet", "phq-9")

    assert body.flags
    assert body.flags.keys() == body.messages.keys()
    assert all("phq9_9" in condition for condition in body.flags.values())


def test_a_therapist_reads_an_entry_read_only_and_it_is_marked_as_read(clinic: Clinic, clock: Clock) -> None:
    entry_id = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    desk = clinic.desk(clinic.ina)

    body = sheet(desk, clock, "entry", entry_id)

    assert body.seen_by == "Ava Example wrote this. You read it as their individual therapist."
    assert (body.read_only, body.may_correct, body.just_done, body.next_step) == (True, False, False, "")
    assert desk.entry(entry_id).read_by_me is True


def test_a_therapist_sees_a_worksheet_as_a_preview_that_starts_no_entry(clinic: Clinic, clock: Clock) -> None:
    body = sheet(clinic.desk(clinic.ina), clock, "worksheet", "phq-9")

    assert body.read_only is True
    assert body.seen_by == "This is how your clients see it. Nothing you type here is kept."
    assert clinic.desk(clinic.ava).drafts() == []


def test_an_entry_of_somebody_else_is_not_here(clinic: Clinic, clock: Clock) -> None:
    entry_id = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)

    for stranger in (clinic.ben, clinic.cam, clinic.cole, clinic.sue):
        body = view(clinic.desk(stranger), clock, "entry", entry_id).body
        assert isinstance(body, Message)
        assert body.title == "This is not here"


def test_a_key_sealed_for_one_person_opens_nothing_for_another(clinic: Clinic, clock: Clock) -> None:
    entry_id = send(clinic.desk(clinic.ava), "thought-record", THOUGHT)
    hers = key(clinic.desk(clinic.ava), "entry", entry_id)

    body = make_view(clinic.desk(clinic.ina), hers, now=clock()).body

    assert isinstance(body, Message)


def test_a_score_of_a_measure_is_a_figure_with_its_band(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    body = sheet(desk, clock, "entry", send(desk, "phq-9", phq9(14)))

    assert body.figures == ["PHQ-9 total 14, moderate"]
