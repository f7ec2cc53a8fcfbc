"""A draft that its client opens: whoever treats them in its domain fills it in too, nobody else ever."""

import pytest

from iopkit.errors import AccessError, NotFoundError

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def ava(clinic):
    return clinic.desk(clinic.ava)


@pytest.fixture
def ina(clinic):
    return clinic.desk(clinic.ina)


@pytest.fixture
def draft(ava):
    """Open a draft of Ava's in her individual therapy."""
    entry = ava.draft("mood-check")
    ava.start_together(entry.id)
    return entry


def save(desk, entry, number, base, *, submit=False, **answers):
    return desk.save(
        entry.id, message_id=f"m{number}", answers=answers, changed=list(answers), base=base, submit=submit
    )


def test_a_draft_that_nobody_opened_is_not_there_for_a_clinician(ava, ina):
    entry = ava.draft("mood-check")

    for ask in (ina.entry, ina.draft_together, lambda one: save(ina, entry, 1, 0, mood=1)):
        with pytest.raises(NotFoundError):
            ask(entry.id)
    assert ina.opened_together(ava.person.id) == []


def test_both_fill_in_one_draft_and_each_sees_what_the_other_answered(ava, ina, draft):
    save(ava, draft, 1, 0, mood=4)
    save(ina, draft, 2, 0, energy=7)

    seen = ava.draft_together(draft.id)

    assert seen.open
    assert dict(seen.entry.answers) == {"mood": 4, "energy": 7}
    assert dict(ina.draft_together(draft.id).entry.answers) == {"mood": 4, "energy": 7}
    assert [entry.id for entry in ina.opened_together(ava.person.id)] == [draft.id]


def test_where_both_answered_one_item_both_answers_are_kept_and_both_are_told(ava, ina, draft):
    save(ava, draft, 1, 0, mood=4)
    told = save(ina, draft, 2, 0, mood=6)

    assert told.conflicts == ("mood",)
    for desk in (ava, ina):
        seen = desk.draft_together(draft.id)
        assert seen.entry.answers["mood"] == 6
        assert [(one.item, one.value, one.by) for one in seen.kept] == [("mood", 4, "Ava Example")]


def test_each_sees_who_is_at_which_question(ava, ina, draft, clock):
    ava.be_at(draft.id, "mood")
    ina.be_at(draft.id, "energy", typing=True)

    seen = [(one.name, one.item, one.typing, one.me) for one in ava.draft_together(draft.id).present]
    clock.pass_(seconds=30)
    ava.be_at(draft.id, "")

    assert seen == [("Ava Example", "mood", False, True), ("Ina Invented", "energy", True, False)]
    assert [one.name for one in ina.draft_together(draft.id).present] == ["Ava Example"]


@pytest.mark.parametrize("who", ["cole", "sue", "ben", "cam", "cora"])
def test_nobody_but_the_domains_own_clinician_comes_in(clinic, draft, who):
    desk = clinic.desk(getattr(clinic, who))

    for ask in (desk.entry, desk.draft_together, lambda one: desk.be_at(one, "mood")):
        with pytest.raises((NotFoundError, AccessError)):
            ask(draft.id)


def test_a_clinician_neither_opens_closes_nor_hands_in(ina, draft):
    for ask in (ina.start_together, ina.stop_together):
        with pytest.raises(NotFoundError):
            ask(draft.id)
    with pytest.raises(AccessError, match="Only the client hands it in"):
        save(ina, draft, 1, 0, submit=True, mood=2)


@pytest.mark.parametrize("how", ["closed", "handed in", "the hours are over"])
def test_it_ends_when_it_is(ava, ina, draft, clock, how):
    ina.be_at(draft.id, "mood")

    if how == "closed":
        ava.stop_together(draft.id)
    elif how == "handed in":
        save(ava, draft, 1, 0, submit=True, mood=4, hopeless=0)
    else:
        clock.pass_(hours=4)
        ina = None

    if how == "handed in":
        assert not ina.draft_together(draft.id).open
        assert ina.entry(draft.id).status == "submitted"
    elif ina is not None:
        with pytest.raises(NotFoundError):
            ina.draft_together(draft.id)


def test_what_is_for_one_alone_is_never_opened(ava):
    with pytest.raises(AccessError, match="for one person alone"):
        ava.start_together(ava.draft("private-check-in").id)


def test_a_note_on_one_question_is_for_clinicians_only(ava, ina, draft):
    ina.note(ava.person.id, "individual", "She hesitated.", entry_id=draft.id, item="mood")

    assert [(one.item, one.text) for one in ina.notes(ava.person.id)] == [("mood", "She hesitated.")]
    with pytest.raises(AccessError):
        ava.notes(ava.person.id)
