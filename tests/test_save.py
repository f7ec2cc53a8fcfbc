"""A save stores everything or nothing, merges what two pages changed, answers a repeated message alike."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.saving import Message, merge
from iopkit.errors import AnswerError, NotFoundError

pytestmark = pytest.mark.usefixtures("database")

NEW = {"answers": {}, "touched": {}, "base": 0}


@pytest.fixture
def desk(clinic):
    return clinic.desk(clinic.ava)


@pytest.fixture
def draft(desk):
    return desk.draft("mood-check")


def count(store, table):
    with store.office.database.read(PROGRAM) as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar()


def save(desk, entry, number, *, submit=False, base=None, changed=None, **answers):
    return desk.save(
        entry.id,
        message_id=f"m{number}",
        answers=answers,
        changed=answers if changed is None else changed,
        base=entry.base if base is None else base,
        submit=submit,
    )


def test_a_new_draft_is_empty_and_of_today_where_the_client_lives(desk, draft, clinic, clock):
    assert draft == desk.entry(draft.id)
    assert (draft.client_id, draft.worksheet_id, draft.version) == (clinic.ava.id, "mood-check", "1.0")
    assert (draft.status, draft.domain, draft.about) == ("draft", "individual", date(2026, 3, 13))
    assert (draft.revision, draft.base, draft.answers, draft.zone) == (0, 0, {}, "America/New_York")
    assert draft.started_at == draft.saved_at == clock()


def test_opening_a_worksheet_again_resumes_its_draft(desk, draft):
    assert desk.draft("mood-check").id == draft.id
    assert desk.draft("urge-note").id != draft.id


def test_each_day_has_a_draft_of_its_own_when_a_day_is_named(desk):
    first = desk.draft("mood-check", day=date(2026, 3, 12))
    second = desk.draft("mood-check", day=date(2026, 3, 13))

    assert first.id != second.id
    assert desk.draft("mood-check", day=date(2026, 3, 12)).id == first.id


def test_a_saved_draft_is_found_with_all_it_holds(desk, draft, clock):
    clock.pass_(seconds=30)

    saved = save(desk, draft, 1, mood=3, note="slept badly 😴")

    assert saved.at == saved.entry.saved_at == clock()
    assert (saved.entry.base, saved.entry.revision, saved.entry.status) == (1, 0, "draft")
    assert saved.entry.answers == {"mood": 3, "note": "slept badly 😴"}
    assert (saved.conflicts, saved.asks, saved.repeated) == ((), {}, False)
    assert desk.drafts() == [saved.entry]


def test_a_draft_needs_no_required_answer_and_a_submit_does(desk, draft):
    save(desk, draft, 1, note="only this")

    with pytest.raises(AnswerError) as refused:
        save(desk, draft, 2, base=1, note="only this", submit=True)

    assert refused.value.problems == ("mood: Please answer this question.",)
    assert desk.entry(draft.id).status == "draft"


def test_a_submit_scores_and_begins_the_revisions(desk, draft, clock, store):
    saved = save(desk, draft, 1, mood=3, energy=4, submit=True)

    assert (saved.entry.status, saved.entry.revision, saved.entry.submitted_at) == ("submitted", 1, clock())
    assert (saved.entry.scores, saved.entry.bands, saved.entry.flags) == ({"total": 7}, {"total": "low"}, ())
    assert desk.drafts() == []
    assert count(store, "revision") == 1


def test_drafts_leave_no_revision(desk, draft, store):
    for number in range(3):
        save(desk, draft, number, base=number, mood=number)

    assert count(store, "revision") == 0
    assert count(store, "entry") == 1


def test_a_correction_appends_a_revision_and_changes_no_earlier_one(desk, draft, store, clock):
    first = save(desk, draft, 1, mood=3, submit=True)
    clock.pass_(minutes=5)

    second = save(desk, draft, 2, base=1, mood=8)

    assert (second.entry.revision, second.entry.answers) == (2, {"mood": 8})
    assert second.entry.submitted_at == first.entry.submitted_at
    assert count(store, "revision") == 2
    with (
        pytest.raises(Exception, match=r"never changed|permission denied"),
        store.office.database.write(PROGRAM) as session,
    ):
        session.execute(text("UPDATE revision SET number = 9"))
    with (
        pytest.raises(Exception, match=r"never changed|permission denied"),
        store.office.database.write(PROGRAM) as session,
    ):
        session.execute(text("DELETE FROM revision"))


def test_a_submit_drops_what_is_hidden_and_a_draft_keeps_it(desk, draft):
    kept = save(desk, draft, 1, mood=2, why="an argument")
    still = save(desk, draft, 2, base=1, mood=8, changed=["mood"], why="an argument")
    done = save(desk, draft, 3, base=2, mood=8, why="an argument", changed=[], submit=True)

    assert kept.entry.answers == {"mood": 2, "why": "an argument"}
    assert still.entry.answers == {"mood": 8, "why": "an argument"}
    assert done.entry.answers == {"mood": 8}


def test_the_day_an_entry_reports_about_is_the_answered_one(desk, draft):
    saved = save(desk, draft, 1, day="2026-03-10", mood=5)

    assert saved.entry.about == date(2026, 3, 10)


def test_the_same_message_twice_is_stored_once_and_answered_alike(desk, draft, store, clock):
    first = save(desk, draft, 1, mood=3, submit=True)
    clock.pass_(seconds=9)

    again = save(desk, draft, 1, mood=3, submit=True)

    assert again.repeated
    assert (again.entry, again.at, again.conflicts) == (first.entry, first.at, first.conflicts)
    assert (count(store, "revision"), count(store, "message")) == (1, 1)


def test_a_repeated_message_never_takes_back_what_came_after_it(desk, draft):
    save(desk, draft, 1, mood=3)
    save(desk, draft, 2, base=1, mood=7)

    again = save(desk, draft, 1, mood=3)

    assert again.entry.answers == {"mood": 7}
    assert again.entry.base == 2


def test_two_pages_that_change_different_items_both_keep_theirs(clinic, desk, draft):
    phone = clinic.desk(clinic.ava)
    save(desk, draft, 1, mood=3)

    saved = save(phone, draft, 2, base=0, energy=6)

    assert saved.entry.answers == {"mood": 3, "energy": 6}
    assert saved.conflicts == ()


def test_two_pages_that_change_one_item_keep_both_values_and_the_newer_stands(clinic, desk, draft, store):
    phone = clinic.desk(clinic.ava)
    save(desk, draft, 1, note="from the laptop")

    saved = save(phone, draft, 2, base=0, note="from the phone")

    assert saved.entry.answers == {"note": "from the phone"}
    assert saved.conflicts == ("note",)
    assert save(phone, draft, 2, base=0, note="from the phone").conflicts == ("note",)
    office = store.office
    with office.database.read(PROGRAM) as session:
        row = session.execute(text("SELECT id, client_id, sealed FROM conflict")).one()
        from iopkit.clinic.cipher import Place

        kept = office.unseal(session, Place("conflict", row.client_id, row.id, "sealed"), row.sealed)
    assert kept["note"]["value"] == "from the laptop"


def test_the_same_change_on_two_pages_is_no_conflict(clinic, desk, draft):
    phone = clinic.desk(clinic.ava)
    save(desk, draft, 1, note="same")

    assert save(phone, draft, 2, base=0, note="same").conflicts == ()


def test_a_page_that_heard_no_answer_does_not_conflict_with_itself(desk, draft):
    save(desk, draft, 1, note="I am")

    saved = save(desk, draft, 2, base=0, note="I am not safe")

    assert saved.entry.answers == {"note": "I am not safe"}
    assert saved.conflicts == ()


def test_an_answer_taken_back_is_absent_and_not_zero(desk, draft):
    save(desk, draft, 1, mood=0, energy=5)

    saved = save(desk, draft, 2, base=1, mood=0, changed=["energy"])

    assert saved.entry.answers == {"mood": 0}


def test_a_page_that_does_not_know_an_answer_does_not_remove_it(clinic, desk, draft):
    save(desk, draft, 1, note="kept", mood=4)

    saved = save(clinic.desk(clinic.ava), draft, 2, base=0, energy=1, changed=["energy"])

    assert saved.entry.answers == {"note": "kept", "mood": 4, "energy": 1}


def test_an_answer_whose_own_message_was_lost_comes_with_the_next(desk, draft):
    saved = save(desk, draft, 2, mood=4, note="typed before the cut", changed=["mood"])

    assert saved.entry.answers == {"mood": 4, "note": "typed before the cut"}


@pytest.mark.parametrize(
    ("answers", "items"),
    [
        ({"mood": 11}, ["mood"]),
        ({"mood": "high"}, ["mood"]),
        ({"mood": True}, ["mood"]),
        ({"note": "x" * 1_000_000}, ["note"]),
        ({"note": {"a": 1}}, ["note"]),
        ({"mod": 3}, ["mod"]),
        ({"hopeless": 7}, ["hopeless"]),
        ({"mood": 3, "energy": -1, "day": "soon"}, ["day", "energy"]),
    ],
)
def test_a_refused_answer_submits_nothing_and_names_the_item_only(desk, draft, store, answers, items):
    before = desk.entry(draft.id)
    rows = count(store, "audit")
    answers = {"mood": 3, **answers}

    with pytest.raises(AnswerError) as refused:
        save(desk, draft, 1, submit=True, **answers)

    assert sorted(problem.partition(":")[0] for problem in refused.value.problems) == items
    assert "xxx" not in str(refused.value)
    assert desk.entry(draft.id) == before
    assert (count(store, "message"), count(store, "audit")) == (0, rows)


def test_a_draft_stores_all_but_the_answer_that_is_refused_and_says_which(desk, draft):
    saved = save(desk, draft, 1, mood=11, note="typed beside it")
    again = save(desk, draft, 1, mood=11, note="typed beside it")

    assert desk.entry(draft.id).answers == {"note": "typed beside it"}
    assert list(saved.refused) == list(again.refused) == ["mood"]
    assert again.repeated


@pytest.mark.parametrize(
    "words",
    [
        "مرحبا بالعالم",
        "שלום",
        "👩‍👩‍👧‍👦 🇺🇸",
        "line\nbreak\ttab",
        "<script>alert(1)</script>",
        "${x} {{y}} %s",
    ],
)
def test_any_words_come_back_as_they_were(desk, draft, words):
    save(desk, draft, 1, note=words)

    assert desk.entry(draft.id).answers == {"note": words}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_answers_scores_and_flags_are_in_no_file_in_clear(desk, draft, store):
    save(desk, draft, 1, mood=1, hopeless=2, note="a canary sings", submit=True)

    folder = store.office.database.place.rpartition("/")[0]
    from pathlib import Path

    stored = b"".join(path.read_bytes() for path in Path(folder).iterdir())
    assert b"mood-check" in stored
    for secret in (b"canary", b'hopeless":', b'no-way-out"]', b'"total": 1'):
        assert secret not in stored


def test_an_entry_moved_to_another_client_does_not_open(clinic, desk, draft, store):
    save(desk, draft, 1, mood=3, submit=True)
    with store.office.database.write(PROGRAM) as session:
        session.execute(text("UPDATE entry SET client_id = :ben"), {"ben": clinic.ben.id})

    with pytest.raises(Exception, match="it was changed, moved, or written with another key"):
        clinic.desk(clinic.ben).entries(clinic.ben.id)


def test_each_save_leaves_one_audit_row(desk, draft, store):
    save(desk, draft, 1, mood=3)
    save(desk, draft, 2, base=1, mood=4, submit=True)
    save(desk, draft, 3, base=2, mood=5)

    with store.office.database.read(PROGRAM) as session:
        rows = session.execute(
            text("SELECT action, thing_id FROM audit WHERE thing = 'entry' ORDER BY seq")
        ).all()

    assert [tuple(row) for row in rows] == [("save", draft.id), ("submit", draft.id), ("correct", draft.id)]
    assert store.verify() is None


@pytest.mark.parametrize("who", ["ben", "ina", "cora"])
def test_nobody_else_writes_into_a_clients_entry(clinic, desk, draft, who):
    with pytest.raises(NotFoundError, match="There is no entry here that you can open"):
        save(clinic.desk(getattr(clinic, who)), draft, 1, mood=3)

    assert desk.entry(draft.id).answers == {}


def test_an_entry_keeps_the_version_it_was_filled_in_with(desk, draft, store, catalog):
    save(desk, draft, 1, mood=3, submit=True)
    newer = catalog["mood-check"].model_copy(update={"version": "1.1", "title": "Mood check, again"})
    store.office.memory["catalog"] = {**catalog, "mood-check": newer}

    assert desk.worksheet("mood-check").title == "Mood check, again"
    assert desk.worksheet("mood-check", "1.0") == catalog["mood-check"]
    assert desk.draft("mood-check").version == "1.1"


def test_an_edited_worksheet_of_one_version_is_taken_until_somebody_submits(desk, store, catalog):
    edited = catalog["mood-check"].model_copy(update={"title": "Edited"})
    desk.draft("mood-check", day=date(2026, 3, 1))
    store.office.memory["catalog"] = {**catalog, "mood-check": edited}
    draft = desk.draft("mood-check", day=date(2026, 3, 2))
    assert desk.worksheet("mood-check", "1.0").title == "Edited"

    save(desk, draft, 1, mood=3, submit=True)
    store.office.memory["catalog"] = catalog
    desk.draft("mood-check", day=date(2026, 3, 3))

    assert desk.worksheet("mood-check", "1.0").title == "Edited"


def test_an_unknown_worksheet_is_not_found(desk):
    with pytest.raises(NotFoundError, match="There is no worksheet by that id and version"):
        desk.draft("no-such-worksheet")
    with pytest.raises(NotFoundError, match="There is no worksheet by that id and version"):
        desk.worksheet("mood-check", "9.9")


ITEMS = st.sampled_from(["a", "b", "c"])
CHANGES = st.lists(st.tuples(st.sampled_from(["laptop", "phone"]), ITEMS, st.integers(1, 9)), max_size=12)


@given(CHANGES)
def test_no_value_is_ever_lost_whichever_page_was_behind(changes):
    """Each page knows only its own saves; what the other page overwrites is handed back as kept."""
    held, pages, overwritten, kept = dict(NEW), {"laptop": (0, {}), "phone": (0, {})}, [], []
    for number, (page, item, value) in enumerate(changes):
        base, own = pages[page]
        own = {**own, item: value * 100 + number}
        by = held["touched"].get(item, (0, page))
        if by[0] > base and by[1] != page:
            overwritten.append(held["answers"][item])

        done = merge(held, Message(str(number), own, frozenset([item]), base, submit=False), page)

        kept += [lost["value"] for lost in done.lost.values()]
        held = {"answers": done.answers, "touched": done.touched, "base": held["base"] + 1}
        pages[page] = (base, own)
        assert held["answers"][item] == value * 100 + number

    assert kept == overwritten
