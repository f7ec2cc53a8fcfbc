"""The couples report: what both own and agreed to show; own numbers in one's own copy and in no other."""

import re

import pytest
from conftest import open_copy, people_of
from couple_room import play_all, prepare, thanks, whole
from tagged import faults

from iopkit.errors import IopkitError
from iopkit.reports.block import Chart, Heading, Text
from iopkit.reports.couple import couple_of, data_of_couple
from iopkit.reports.engine import run_notebook
from iopkit.reports.order import Order
from iopkit.reports.page import page_html
from iopkit.reports.pdf import page_pdf
from iopkit.reports.readers import batch_for
from iopkit.reports.template import find_template, subject

__all__ = ["whole"]

DAYS = {"since": "2026-03-01", "until": "2026-03-31"}
SECTIONS = ("opening", "together", "goals", "exercises", "entries", "closing")
CANARY = {"ava": "canary in the private mood of ava", "ben": "canary in the private urge of ben"}


@pytest.fixture
def store(tmp_path, clock, whole):
    """Open a store of a couple that played four drills and wrote things apart too."""
    with open_copy(tmp_path / "store", clock, whole) as made:
        people_of(made)
        prepare(made)
        play_all(made)
        for user, words in CANARY.items():
            desk = made.desk_for(user)
            draft = desk.draft("thought-record")
            answers = {**draft.answers, "situation": words}
            desk.save(draft.id, message_id=user, answers=answers, changed=answers, base=draft.base)
        yield made


def blocks(store, user, couple="ava"):
    report = couple_of(store.desk_for(user), couple, **DAYS)
    return [block for name in SECTIONS for block in getattr(report, name)()]


def text_of(made):
    return " ".join(block.model_dump_json() for block in made)


def test_the_template_is_about_a_couple():
    assert subject(find_template("couple")) == "couple"


def test_it_has_a_section_for_each_thing_that_remains(store):
    made = blocks(store, "cole")

    heads = [block.text for block in made if isinstance(block, Heading) and block.level < 3]
    assert heads == [
        "Couples report",
        "Over time",
        "Goals of both",
        "What was said",
        "What both wrote together",
    ]
    assert sum(isinstance(block, Chart) for block in made) >= 2


def test_each_copy_holds_the_own_numbers_of_its_reader_and_no_other(store):
    copies = {user: text_of(blocks(store, user)) for user in ("ava", "ben", "cole")}

    found = {
        user: [number for number in ("9", "2") if f'feel heard?","{number}"' in copy]
        for user, copy in copies.items()
    }
    assert found == {"ava": ["9"], "ben": ["2"], "cole": []}
    assert "ava walks by the river alone" in copies["ava"]
    assert "ava walks by the river alone" not in copies["ben"] + copies["cole"]
    assert "ben chops wood alone" not in copies["ava"] + copies["cole"]


def test_what_both_said_and_sealed_together_is_in_every_copy(store):
    for user in ("ava", "ben", "cole"):
        copy = text_of(blocks(store, user))
        for words in ("I feel alone", "Eat together twice", "I am home by six", "ava saw the made bed"):
            assert words in copy


def test_nothing_that_one_wrote_apart_is_in_any_copy(store):
    for user in ("ava", "ben", "cole"):
        assert "canary" not in text_of(blocks(store, user))


@pytest.mark.parametrize("user", ["ina", "sue", "cora", "cam"])
def test_nobody_else_has_such_a_report(store, user):
    with pytest.raises(IopkitError):
        blocks(store, user, store.person("ava").id)


def test_a_partner_who_asks_for_the_other_gets_their_own_copy(store):
    assert text_of(blocks(store, "ben", "ava")) == text_of(blocks(store, "ben", "ben"))


def test_an_entry_that_was_opened_is_in_the_copy_of_who_it_was_opened_to(store):
    ava = store.desk_for("ava")
    draft = ava.draft("gratitude-exchange", assignment_id=next(iter(_given(store, "gratitude-exchange"))))
    answers = {"thanks": [{"did": "opened to ben alone"}], "told": "will"}
    ava.save(draft.id, message_id="g", answers=answers, changed=answers, base=draft.base, submit=True)
    before = text_of(blocks(store, "ben"))
    ava.share(draft.id, store.person("ben").id)

    assert "opened to ben alone" not in before
    assert "What your partner opened to you" in text_of(blocks(store, "ben"))
    assert "opened to ben alone" in text_of(blocks(store, "ben"))
    assert "opened to ben alone" not in text_of(blocks(store, "cole"))
    assert foot(store, "cole") == "Data up to 31 March 2026."
    words = r"Data up to 31 March 2026\. Worksheet versions: gratitude-exchange 1\.\d\. Data [0-9a-f]{12}\."
    assert re.fullmatch(words, foot(store, "ben"))


def foot(store, user):
    return [block.text for block in blocks(store, user) if isinstance(block, Text)][-1]


def _given(store, worksheet):
    ava = store.person("ava").id
    return [one.id for one in store.desk_for("ava").assignments(ava) if one.worksheet_id == worksheet]


def test_while_joint_work_is_paused_there_is_nothing_in_it(store):
    store.desk_for("cole").pause_couple(store.person("ava").id)
    copy = text_of(blocks(store, "ava"))

    assert "There is nothing of the two in these days." in copy
    assert "I feel alone" not in copy


def test_days_before_it_have_nothing(store):
    report = couple_of(store.desk_for("ava"), "ava", since="2026-01-01", until="2026-01-31")

    assert [block.text for block in report.exercises() if isinstance(block, Text)] == [
        "There is nothing of the two in these days."
    ]


def test_a_change_in_a_room_is_a_change_of_what_the_report_is_made_of(store):
    ava = store.desk_for("ava")
    before = data_of_couple(ava, "ava", **DAYS)
    thanks(store)

    assert data_of_couple(store.desk_for("ava"), "ava", **DAYS) != before


def test_each_of_the_two_gets_a_copy_and_of_the_staff_only_who_treats_both(store, tmp_path):
    template = find_template("couple")
    both = batch_for(store, template, "client", clients=["ava"], out=tmp_path, **DAYS)
    team = batch_for(store, template, "care-team", clients=["ben"], out=tmp_path, **DAYS)

    assert [(one.reader, one.file.name) for one in both.plan() if isinstance(one, Order)] == [
        ("ava", "couple-ava-ava.html"),
        ("ben", "couple-ava-ben.html"),
    ]
    assert [one.reader for one in team.plan() if isinstance(one, Order)] == ["cole"]


def test_the_page_and_the_tagged_pdf_are_whole_and_the_same_each_time(store, tmp_path):
    told = {
        "IOPKIT_DATABASE_URL": str(tmp_path / "store/data/iopkit.db"),
        "IOPKIT_KEY_FILE": str(tmp_path / "store/keys/iopkit.key"),
        "IOPKIT_FOR": "ben",
        "IOPKIT_PURPOSE": "report",
    }
    whose = {"couple": store.person("ben").id, **DAYS}
    first, second = (run_notebook(find_template("couple"), whose, told) for _ in range(2))
    file = tmp_path / "report.pdf"
    file.write_bytes(page_pdf(first))

    assert page_pdf(second) == file.read_bytes()
    assert page_html(second) == page_html(first)
    assert faults(file) == []
    for words in (*CANARY.values(), "ava walks by the river alone"):
        assert words not in page_html(first)
    assert "ben chops wood alone" in page_html(first)
