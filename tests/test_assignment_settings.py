"""An assignment carries settings; an entry keeps those it was filled in with and reads the same for ever."""

from datetime import UTC, date, datetime

import pytest
from conftest import Clinic
from shipped import catalog, send
from sqlalchemy import text

from iopkit.apps.place import Place
from iopkit.apps.router import view_at
from iopkit.clinic import Desk
from iopkit.clinic.record import Assignment
from iopkit.errors import AccessError, AnswerError
from iopkit.reports.entries import one_entry

__all__ = ["catalog"]
NOW = datetime(2026, 3, 14, 0, 0, tzinfo=UTC)
CARD = {"targets": ["Drinking", "Shouting"], "own_substances": ["alcohol", "Kratom"], "skills": False}


def give(clinic: Clinic, settings: object = CARD, worksheet: str = "dbt-diary-card") -> Assignment:
    desk = clinic.desk(clinic.ina)
    return desk.assign(
        clinic.ava.id, worksheet, "individual", note="", starts=date(2026, 3, 13), settings=settings
    )


def names(desk: Desk, entry_id: str) -> list[str]:
    return list(desk.worksheet_of(desk.entry(entry_id)).items)


def test_an_assignment_keeps_its_settings_and_the_client_reads_them(clinic: Clinic) -> None:
    given = give(clinic)

    assert given.settings == CARD
    assert clinic.desk(clinic.ava).assignments(clinic.ava.id) == [given]
    assert "Drinking" not in repr(given)


def test_an_assignment_without_settings_has_none(clinic: Clinic) -> None:
    assert give(clinic, {}).settings == {}


def test_a_setting_of_the_wrong_shape_is_refused_and_nothing_is_assigned(clinic: Clinic) -> None:
    with pytest.raises(AnswerError) as caught:
        give(clinic, {"targets": "Drinking"})

    assert str(caught.value) == (
        "dbt-diary-card: setting 'targets': expected a list of 1 to 8 texts, got text; write each text as an "
        "entry of a list."
    )
    assert clinic.desk(clinic.ina).assignments(clinic.ava.id) == []


def test_what_was_set_is_in_no_column_in_clear(clinic: Clinic) -> None:
    give(clinic)

    with clinic.store.office.database.read() as session:
        (sealed,) = session.execute(text("SELECT settings_sealed FROM assignment")).one()
    assert len(sealed) > 60
    assert b"Drinking" not in sealed


def test_a_draft_begins_as_its_assignment_says(clinic: Clinic) -> None:
    given = give(clinic)

    draft = clinic.desk(clinic.ava).draft("dbt-diary-card", assignment_id=given.id)

    assert draft.answers == {"behaviors": [{"behavior": "Drinking"}, {"behavior": "Shouting"}]}
    assert (draft.base, draft.settings) == (0, CARD)


def test_a_draft_without_an_assignment_has_the_worksheet_as_it_is_written(clinic: Clinic) -> None:
    give(clinic)

    draft = clinic.desk(clinic.ava).draft("dbt-diary-card")

    assert (draft.answers, draft.settings) == ({}, {})


def test_rows_that_the_client_took_out_stay_out(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("dbt-diary-card", assignment_id=give(clinic).id)

    desk.save(draft.id, message_id="m1", answers={"joy": 3}, changed=["joy", "behaviors"], base=0)

    assert desk.entry(draft.id).answers == {"joy": 3}
    assert desk.draft("dbt-diary-card", assignment_id=draft.assignment_id).answers == {"joy": 3}


def test_an_entry_is_checked_and_scored_as_it_is_asked(clinic: Clinic) -> None:
    desk, given = clinic.desk(clinic.ava), give(clinic, {**CARD, "sleep": False})
    rows = [{"behavior": "Drinking", "urge": 4, "acted": "no"}, {"behavior": "Shouting"}]

    entry = desk.entry(send(desk, "dbt-diary-card", {"behaviors": rows}, assignment_id=given.id))

    assert entry.settings == given.settings
    assert "sleep" not in entry.scores
    assert (entry.scores["urge_max"], entry.scores["skills"]) == (4, 0)


def test_an_answer_to_a_section_that_is_off_is_refused(clinic: Clinic) -> None:
    desk, given = clinic.desk(clinic.ava), give(clinic)

    with pytest.raises(AnswerError, match="skills_distress: This worksheet has no such item"):
        send(desk, "dbt-diary-card", {"skills_distress": [{"skill": "cold"}]}, assignment_id=given.id)


def test_an_old_entry_keeps_its_settings_when_the_next_assignment_has_others(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ava)
    first = send(desk, "dbt-diary-card", {"joy": 1}, assignment_id=give(clinic).id)
    other = give(clinic, {"feelings": False})
    second = send(desk, "dbt-diary-card", {"sleep_hours": 7}, assignment_id=other.id)

    assert ("joy" in names(desk, first), "skills_people" in names(desk, first)) == (True, False)
    assert ("joy" in names(desk, second), "skills_people" in names(desk, second)) == (False, True)


def test_a_correction_keeps_the_settings(clinic: Clinic) -> None:
    desk = clinic.desk(clinic.ava)
    sent = send(desk, "dbt-diary-card", {"joy": 1}, assignment_id=give(clinic).id)

    desk.save(sent, message_id="again", answers={"joy": 2}, changed=["joy"], base=1, submit=True)

    assert desk.entry(sent).settings == CARD


def test_the_page_of_a_client_and_of_a_clinician_ask_what_the_card_asks(clinic: Clinic) -> None:
    given = give(clinic)
    ava, ina = clinic.desk(clinic.ava), clinic.desk(clinic.ina)

    form = view_at(ava, Place("worksheet", ("dbt-diary-card", given.id)), now=NOW).body
    sent = send(ava, "dbt-diary-card", {"substances": ["Kratom"]}, assignment_id=given.id)
    read = view_at(ina, Place("entry", (sent,)), now=NOW).body

    for body in (form, read):
        assert [page["name"] for page in body.survey["pages"]] == [
            "targets", "safety", "feelings", "body", "notes",
        ]  # fmt: skip
    assert form.answers["behaviors"] == [{"behavior": "Drinking"}, {"behavior": "Shouting"}]


def test_a_report_reads_an_own_choice_as_it_was_worded(clinic: Clinic) -> None:
    ava = clinic.desk(clinic.ava)
    sent = send(ava, "dbt-diary-card", {"substances": ["Kratom", "alcohol"]}, assignment_id=give(clinic).id)

    blocks = one_entry(clinic.desk(clinic.ina), ava.entry(sent))

    assert ("Did you use any of these?", "Kratom; Alcohol") in blocks[-1].pairs


@pytest.mark.parametrize("worksheet", ["asq", "outside-score", "drug-screen-record"])
def test_a_client_cannot_open_what_clinicians_open(clinic: Clinic, worksheet: str) -> None:
    desk = clinic.desk(clinic.ava)

    with pytest.raises(AccessError, match="opened by a clinician, together with you"):
        desk.draft(worksheet)

    body = view_at(desk, Place("worksheet", (worksheet,)), now=NOW).body
    assert (body.name, body.title) == ("message", "This is not yours to open")
    assert desk.drafts() == []


def test_a_clinician_opens_the_asq(clinic: Clinic) -> None:
    body = view_at(clinic.desk(clinic.ina), Place("worksheet", ("asq",)), now=NOW).body

    assert (body.name, body.title) == ("worksheet", "ASQ suicide risk screening")


def test_the_asq_cannot_be_assigned(clinic: Clinic) -> None:
    with pytest.raises(AnswerError, match="filled in by clinicians"):
        give(clinic, {}, "asq")
