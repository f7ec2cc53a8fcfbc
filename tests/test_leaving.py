"""What may leave the program, asked for each entry and logged; and what comes in from elsewhere."""

from datetime import UTC, date, datetime

import pytest

from iopkit.errors import AccessError, AnswerError, NotFoundError

WHEN = datetime(2026, 3, 12, 21, 30, tzinfo=UTC)


def fill(desk, worksheet_id, answers):
    draft = desk.draft(worksheet_id)
    return desk.save(
        draft.id, message_id=worksheet_id, answers=answers, changed=answers, base=0, submit=True
    ).entry


@pytest.fixture
def filled(clinic):
    """Ava sent one entry of the individual domain, one of the substance-use domain and a private one."""
    desk = clinic.desk(clinic.ava)
    fill(desk, "mood-check", {"mood": 3})
    fill(desk, "urge-note", {"craving": 4})
    fill(desk, "private-check-in", {"alone": "yes"})
    return clinic


@pytest.mark.parametrize(
    ("who", "worksheets"),
    [
        ("ava", ["mood-check", "private-check-in", "urge-note"]),
        ("ina", ["mood-check"]),
        ("sue", ["urge-note"]),
        ("cole", []),
    ],
)
def test_each_takes_out_only_what_the_policy_lets_leave(filled, who, worksheets):
    desk = filled.desk(getattr(filled, who))

    left = desk.leaving(filled.ava.id)

    assert sorted(one.worksheet_id for one in left.entries) == worksheets


@pytest.mark.parametrize("who", ["ben", "cam", "cora"])
def test_others_take_out_nothing(filled, who):
    with pytest.raises(AccessError):
        filled.desk(getattr(filled, who)).leaving(filled.ava.id)


def test_the_client_sees_that_it_left_and_the_notice_goes_with_it(filled):
    left = filled.desk(filled.sue).leaving(filled.ava.id)

    log = filled.desk(filled.ava).access_log()
    assert left.disclosure is not None
    assert left.disclosure.notice.startswith("42 CFR part 2 prohibits")
    assert ("Sue Invented", "exported the record") in [(one.who, one.what) for one in log]


def test_what_has_no_substance_use_in_it_needs_no_notice(filled):
    assert filled.desk(filled.ina).leaving(filled.ava.id).disclosure is None


def test_days_limit_what_leaves(filled):
    desk = filled.desk(filled.ina)

    assert desk.leaving(filled.ava.id, until=date(2026, 3, 1)).entries == ()


def test_a_transcribed_entry_has_both_times(clinic):
    desk = clinic.desk(clinic.ava)

    saved = desk.transcribe("mood-check", {"mood": 2}, answered_at=WHEN, message_id="file-1")

    assert (saved.entry.answered_at, saved.entry.started_at) == (WHEN, WHEN)
    assert saved.entry.submitted_at == datetime(2026, 3, 14, tzinfo=UTC)
    assert (saved.entry.status, saved.entry.about) == ("submitted", date(2026, 3, 12))
    assert clinic.desk(clinic.ina).entries(clinic.ava.id)[0].answered_at == WHEN


def test_the_same_file_makes_one_entry(clinic):
    desk = clinic.desk(clinic.ava)

    first = desk.transcribe("mood-check", {"mood": 2}, answered_at=WHEN, message_id="file-1")
    again = desk.transcribe("mood-check", {"mood": 2}, answered_at=WHEN, message_id="file-1")

    assert (again.repeated, again.entry.id) == (True, first.entry.id)
    assert len(desk.entries(clinic.ava.id)) == 1


def test_a_transcribed_entry_raises_its_alerts(clinic):
    clinic.desk(clinic.ava).transcribe("urge-note", {"craving": 10}, answered_at=WHEN, message_id="f")

    assert [one.rule for one in clinic.desk(clinic.sue).alerts()] == ["unsafe-now"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"answers": {"mood": 99}}, "mood: Please give a whole number from 0 to 10."),
        ({"answers": {"nope": 1}}, "mood: Please answer this question."),
        ({"answered_at": datetime(1999, 1, 1, tzinfo=UTC)}, "answered_at: expected a time of the last ten"),
        ({"answered_at": datetime(2026, 3, 12)}, "answered_at: expected a time of the last ten years"),
        ({"version": "9.9"}, "version: expected a version of the worksheet that is known here, got another"),
    ],
)
def test_what_the_form_would_refuse_is_refused_and_nothing_is_stored(clinic, more, told):
    given = {"answers": {"mood": 2}, "answered_at": WHEN, **more}
    desk = clinic.desk(clinic.ava)

    with pytest.raises(AnswerError, match=told):
        desk.transcribe("mood-check", given.pop("answers"), message_id="f", **given)
    assert desk.entries(clinic.ava.id) == []


def test_nobody_transcribes_joint_work_or_for_another(clinic):
    with pytest.raises(NotFoundError):
        clinic.desk(clinic.ava).transcribe("talk-plan", {"heard": 3}, answered_at=WHEN, message_id="f")
    with pytest.raises(AccessError):
        clinic.desk(clinic.ina).transcribe("mood-check", {"mood": 3}, answered_at=WHEN, message_id="f")
