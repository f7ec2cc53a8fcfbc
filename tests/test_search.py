"""Worksheets are found by what they are for."""

import pytest
from shipped import load

from iopkit.worksheets.known_as import KNOWN_AS
from iopkit.worksheets.search import Index, Match, terms


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(load().values())


def ids(found: list[Match]) -> list[str]:
    return [one.worksheet_id for one in found]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("urges at night", "urge-log"),
        ("SLEEP DIARY", "sleep-diary"),
        ("cannot sleep", "sleep-habits"),
        ("argument with my partner", "conflict-repair"),
        ("diary card", "dbt-diary-card"),
        ("suicidal", "asq"),
        ("thought rec", "thought-record"),
    ],
)
def test_what_it_is_for_finds_it_first(index: Index, text: str, first: str) -> None:
    assert ids(index.find(text))[0] == first


@pytest.mark.parametrize(
    ("text", "among_three"),
    [
        ("relapse", "relapse-prevention-plan"),
        ("relapse prevention plan", "relapse-prevention-plan"),
        ("DBT", "dbt-diary-card"),
        ("behavioral activation", "behavioral-activation"),
        ("depression", "phq-9"),
        ("anxiety", "gad-7"),
        ("PTSD", "pcl-5"),
        ("exposure", "exposure-ladder"),
        ("insomnia", "sleep-diary"),
        ("pros and cons", "decision-balance"),
        ("cognitive distortions", "thinking-styles"),
        ("assertiveness", "boundary-practice"),
        ("DEAR MAN", "boundary-practice"),
        ("gratitude", "gratitude-exchange"),
        ("panic attack", "five-senses-grounding"),
        ("cravings", "urge-log"),
        ("AA meeting", "meeting-log"),
        ("urine screen", "drug-screen-record"),
        ("crisis plan", "safety-plan"),
        ("insurance", "cost-planner"),
        ("discharge", "discharge-summary"),
        ("PHQ9", "phq-9"),
        ("art", "drawing-prompt"),
    ],
)
def test_the_names_that_clinicians_use_find_it(index: Index, text: str, among_three: str) -> None:
    assert among_three in ids(index.find(text))[:3]


def test_every_id_finds_its_worksheet_first(index: Index) -> None:
    found = {one: ids(index.find(one.replace("-", " "))) for one in load()}

    assert [one for one, places in found.items() if one not in places[:1]] == []


def test_other_names_belong_to_worksheets_that_ship() -> None:
    assert set(KNOWN_AS) <= set(load())


def test_an_item_is_found_by_its_words_and_shown_as_the_reason(index: Index) -> None:
    found = {one.worksheet_id: one.because for one in index.find("cravings")}

    assert found["meeting-log"] == "Craving before"


def test_a_title_is_reason_enough(index: Index) -> None:
    assert index.find("urge log")[0] == Match("urge-log", "")


def test_the_beginning_of_the_last_word_is_enough(index: Index) -> None:
    assert "sleep-diary" in ids(index.find("sle"))


@pytest.mark.parametrize(
    "text", ["", "   ", "the of at", "xyzzy", '"', "'; DROP TABLE sheet; --", "title : *"]
)
def test_words_that_say_nothing_and_signs_find_nothing_or_do_no_harm(index: Index, text: str) -> None:
    assert index.find(text) in ([], index.find("title"), index.find("drop table sheet"))


def test_idle_words_and_very_long_queries_are_cut() -> None:
    assert terms("What to do at night") == ['"night"*']
    assert len(terms("word " * 200)) == 12


def test_every_title_finds_its_worksheet_among_the_first_three(index: Index) -> None:
    missed = [one.id for one in load().values() if one.id not in ids(index.find(one.title))[:3]]

    assert missed == []
