"""A sealed value opens in its own place with its own key, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopkit.clinic.cipher import Place, key_id, seal, seal_json, unseal, unseal_json
from iopkit.clinic.key import Key
from iopkit.errors import StoreError

KEY = Key("0123abcd", bytes(range(32)))
PLACE = Place("entry", "ava", "e1", "sealed")


def test_the_additional_data_names_table_client_row_and_column():
    assert PLACE.bytes() == b"entry|ava|e1|sealed"


def test_a_value_says_which_key_wrote_it_and_nothing_else():
    value = seal(KEY, PLACE, "I slept badly")

    assert key_id(value) == "0123abcd"
    assert len(value) == 1 + 8 + 12 + len("I slept badly") + 16
    assert b"slept" not in value


def test_the_same_text_twice_gives_two_values():
    assert seal(KEY, PLACE, "same") != seal(KEY, PLACE, "same")


@given(st.text())
def test_any_text_comes_back_as_it_was(text):
    assert unseal(KEY, PLACE, seal(KEY, PLACE, text)) == text


@given(
    st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))
)
def test_any_answers_come_back_as_they_were(answers):
    assert unseal_json(KEY, PLACE, seal_json(KEY, PLACE, answers)) == answers


def test_half_a_character_from_a_browser_comes_back_as_it_was():
    assert unseal_json(KEY, PLACE, seal_json(KEY, PLACE, {"a": "\ud83d"})) == {"a": "\ud83d"}


@pytest.mark.parametrize(
    "other", [{"table": "revision"}, {"client": "ben"}, {"row": "e2"}, {"column": "note_sealed"}]
)
def test_a_value_moved_elsewhere_does_not_open(other):
    value = seal(KEY, PLACE, "mine")

    with pytest.raises(StoreError, match="it was changed, moved, or written with another key"):
        unseal(KEY, replace(PLACE, **other), value)


def test_another_key_does_not_open_it():
    with pytest.raises(StoreError, match="cannot be opened"):
        unseal(Key("0123abcd", bytes(32)), PLACE, seal(KEY, PLACE, "mine"))


@given(st.integers(0, 40), st.integers(1, 255))
def test_no_changed_byte_goes_unseen(position, change):
    value = bytearray(seal(KEY, PLACE, "four"))
    value[position % len(value)] ^= change

    with pytest.raises(StoreError, match="table entry"):
        unseal(KEY, PLACE, bytes(value))


@pytest.mark.parametrize("value", [b"", b"\x01", b"\x01" * 36, b"\x02" * 60])
def test_a_cut_value_is_damaged(value):
    with pytest.raises(StoreError, match="A stored value of table entry is damaged"):
        unseal(KEY, PLACE, value)
