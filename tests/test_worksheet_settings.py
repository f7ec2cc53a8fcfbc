"""An assignment may set what the worksheet declares; the worksheet is then asked that way, everywhere."""

from functools import cache
from pathlib import Path

import pytest

from iopkit.errors import AnswerError
from iopkit.worksheets import Catalog, Worksheet, load_catalog, load_worksheet, validate

PLAIN = """\
id: evening-walk
version: "1.0"
status: draft
title: Evening walk
category: lifestyle
domain: individual
audience: client
minutes: 3
about: A short walk.
settings:
  - {name: pace, title: How fast, kind: choice, begins: pace}
  - {name: company, title: Ask about company, kind: section, shows: [company]}
pages:
  - name: walk
    elements:
      - {name: pace, type: radiogroup, choices: [slow, quick]}
      - name: others
        type: panel
        elements:
          - {name: company, type: rating, minRateDescription: Poor, maxRateDescription: Good}
scores:
  - {name: company, title: Company, mean: [company]}
charts:
  - {kind: line, title: Company, scores: [company]}
"""


@cache
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture
def walk(tmp_path: Path) -> Worksheet:
    path = tmp_path / "evening-walk.yaml"
    path.write_text(PLAIN)
    return load_worksheet(path)


def test_without_settings_a_worksheet_is_as_it_is_written():
    card = catalog()["dbt-diary-card"]

    assert card.with_settings({}) is card
    assert card.begin == {}


def test_a_diary_card_begins_with_a_row_for_each_target_behavior():
    card = catalog()["dbt-diary-card"].with_settings({"targets": ["Drinking", " Shouting "]})

    assert card.begin == {"behaviors": [{"behavior": "Drinking"}, {"behavior": "Shouting"}]}
    assert validate(card, card.begin, final=False).refused == {}


def test_what_it_begins_with_cannot_be_changed_from_outside():
    card = catalog()["dbt-diary-card"].with_settings({"targets": ["Drinking"]})

    card.begin["behaviors"].clear()

    assert card.begin == {"behaviors": [{"behavior": "Drinking"}]}


def test_own_substances_stand_in_place_of_the_list_and_keep_the_values_they_share_with_it():
    plan = catalog()["relapse-prevention-plan"].with_settings({"own_substances": ["alcohol", "Kratom"]})

    assert plan.survey()["pages"][0]["elements"][2]["choices"] == [
        {"value": "alcohol", "text": "Alcohol"},
        {"value": "Kratom"},
    ]


def test_own_anchors_are_added_to_the_list_wherever_it_is_asked():
    routine = catalog()["daily-routine"].with_settings({"own_anchors": ["Get up", "Feed the hens"]})

    assert routine.begin == {"anchors": [{"anchor": "wake"}, {"anchor": "Feed the hens"}]}
    offered = routine.survey()["pages"][0]["elements"][1]["templateElements"][0]["choices"]
    assert [choice["value"] for choice in offered][-2:] == ["bed", "Feed the hens"]


def test_a_section_that_is_off_is_gone_with_what_needs_it(walk: Worksheet):
    asked = walk.with_settings({"company": False})

    assert list(asked.items) == ["pace"]
    assert asked.keys == {"pace"}
    assert (asked.scores, asked.charts) == ((), ())
    assert list(walk.items) == ["pace", "company"]


def test_a_section_that_is_on_changes_nothing(walk: Worksheet):
    assert walk.with_settings({"company": True}).survey() == walk.survey()


def test_a_choice_is_where_the_entry_begins(walk: Worksheet):
    assert walk.with_settings({"pace": "quick"}).begin == {"pace": "quick"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            ["targets"],
            "dbt-diary-card: expected a mapping of settings, got a list; write 'name: value' for each.",
        ),
        (
            {"targets": "Drinking"},
            "dbt-diary-card: setting 'targets': expected a list of 1 to 8 texts, got text; write "
            "each text as "
            "an entry of a list.",
        ),
        (
            {"targets": []},
            "dbt-diary-card: setting 'targets': expected a list of 1 to 8 texts, got none; add one.",
        ),
        (
            {"targets": [f"behavior {number}" for number in range(9)]},
            "dbt-diary-card: setting 'targets': expected a list of 1 to 8 texts, got 9; leave some out.",
        ),
        (
            {"targets": ["Drinking", 4]},
            "dbt-diary-card: setting 'targets': expected text in entry 2, got a number; put it in "
            "words and in "
            "quotes.",
        ),
        (
            {"targets": ["Drinking", "drinking "]},
            "dbt-diary-card: setting 'targets': expected each text once, got one of them again; leave the "
            "second one out.",
        ),
        (
            {"targets": ["x" * 101]},
            "dbt-diary-card: setting 'targets': expected at most 100 characters, got 101; shorten entry 1.",
        ),
        (
            {"targets": ["other"]},
            "dbt-diary-card: setting 'targets': expected words of its own in entry 1, got a word "
            "kept for the "
            "form; say more.",
        ),
        (
            {"skills": "no"},
            "dbt-diary-card: setting 'skills': expected true or false, got text; write true to ask this "
            "section or false to leave it out.",
        ),
        (
            {"skill": False},
            "dbt-diary-card: setting 'skill': expected a setting of this worksheet, got another; write "
            "'skills' if that is meant.",
        ),
        (
            {"safety": None, "skills": None},
            "dbt-diary-card: setting 'safety': expected a setting of this worksheet, got another; it has "
            "targets, own_substances, feelings, use, medicine, sleep, movement, skills, week.\n"
            "dbt-diary-card: setting 'skills': expected true or false, got nothing; write true to ask this "
            "section or false to leave it out.",
        ),
    ],
)
def test_a_setting_of_the_wrong_shape_is_refused_with_its_remedy(settings: dict[str, object], sentence: str):
    with pytest.raises(AnswerError) as caught:
        catalog()["dbt-diary-card"].with_settings(settings)

    assert str(caught.value) == sentence


def test_a_choice_that_is_not_offered_is_refused(walk: Worksheet):
    with pytest.raises(AnswerError) as caught:
        walk.with_settings({"pace": "backwards"})

    assert str(caught.value) == (
        "evening-walk: setting 'pace': expected one of 'slow', 'quick', got text; choose one of them."
    )


def test_a_worksheet_without_settings_takes_none():
    with pytest.raises(AnswerError) as caught:
        catalog()["phq-9"].with_settings({"items": ["one"]})

    assert str(caught.value) == (
        "phq-9: setting 'items': expected no settings, for this worksheet declares none; leave it out."
    )


def test_no_sentence_repeats_what_was_set():
    with pytest.raises(AnswerError) as caught:
        catalog()["medication-log"].with_settings({"own_medicines": "Marked 50 mg", "Marked drug": 1})

    assert "Marked" not in str(caught.value)


def test_a_text_that_reads_like_a_choice_is_kept_as_that_choice():
    routine = catalog()["daily-routine"]

    assert routine.fitting({"own_anchors": ["get up", " Feed the hens"]}) == {
        "own_anchors": ["wake", "Feed the hens"]
    }


def test_settings_that_a_newer_version_let_go_of_are_left_out():
    card = catalog()["dbt-diary-card"]

    assert card.fitting({"targets": ["Drinking"], "gone": True, "skills": "no"}) == {"targets": ["Drinking"]}
