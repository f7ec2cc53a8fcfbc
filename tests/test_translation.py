"""A worksheet in another language: every text of it, checked against the English one."""

import json
from pathlib import Path

import pytest

from iopkit.worksheets import check_paths, load_catalog, load_worksheet, validate
from iopkit.worksheets.elements import Text
from iopkit.worksheets.load import read_document
from iopkit.worksheets.place import content_folder
from iopkit.worksheets.translation import SHOWN, named, read_translation, shown_texts, translate, with_pieces

FOLDER = content_folder("worksheets")
CORE = (
    "thought-record", "emotion-log", "sleep-diary", "nutrition-log", "urge-log", "relapse-prevention-plan",
    "weekly-check-in", "speaker-listener", "gratitude-exchange", "safety-plan", "small-wins",
    "guided-breathing",
)  # fmt: skip
ENGLISH = """\
id: tea
version: "1.0"
status: draft
title: Tea
category: program
domain: individual
audience: client
minutes: 1
about: A cup of tea.
include: [pots]
pages:
  - name: one
    title: The cup
    elements:
      - name: kind
        type: radiogroup
        title: Which tea?
        isRequired: true
        requiredErrorText: Any tea will do.
        choices:
          - green
          - value: black
            text: Black tea
      - name: pot
        type: checkbox
        title: Which pots?
        choices:
          - include: pots
      - name: cups
        type: paneldynamic
        title: Cups
        templateTitle: Cup {panelIndex}
        templateElements:
          - name: size
            type: slider
            title: How large was it?
            customLabels:
              - value: 0
                text: Small
              - value: 100
                text: Large
scores:
  - name: cups
    title: Number of cups
    unit: cups
    count: cups
    bands:
      - from: 0
        to: 1
        name: few
      - from: 2
        to: 9
        name: many
"""
SPANISH = """\
id: tea
version: "1.0"
status: draft
texts:
  "Tea": "Té"
  "A cup of tea.": "Una taza de té."
  "The cup": "La taza"
  "Which tea?": "¿Qué té?"
  "Any tea will do.": "Cualquier té sirve."
  "green": "verde"
  "Black tea": "Té negro"
  "Which pots?": "¿Qué teteras?"
  "Cups": "Tazas"
  "Cup {panelIndex}": "Taza {panelIndex}"
  "How large was it?": "¿Qué tan grande era?"
  "Small": "Pequeña"
  "Large": "Grande"
  "Number of cups": "Número de tazas"
  "cups": "tazas"
  "few": "pocas"
  "many": "muchas"
"""
POTS = """\
id: pots
title: Pots
about: Pots for tests.
choices:
  - value: iron
    text: Iron
  - value: clay
    text: Clay
"""
POTS_ES = """\
id: pots
status: draft
texts:
  "Iron": "Hierro"
  "Clay": "Barro"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a folder with a worksheet, its piece, and both in Spanish."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "tea.yaml").write_text(ENGLISH)
    (tmp_path / "tea.es.yaml").write_text(SPANISH)
    (tmp_path / "shared" / "pots.yaml").write_text(POTS)
    (tmp_path / "shared" / "pots.es.yaml").write_text(POTS_ES)
    return tmp_path


def problems(place: Path, old: str, new: str, name: str = "tea.es.yaml") -> list[str]:
    path = place / name
    path.write_text(path.read_text().replace(old, new))
    return [line.removeprefix(f"{path}:") for line in check_paths(path)]


def test_every_text_of_the_core_worksheets_is_there_in_spanish():
    files = [*FOLDER.rglob("*.es.yaml")]

    assert {path.name.removesuffix(".es.yaml") for path in files} >= set(CORE)
    assert check_paths(*files) == []


@pytest.mark.parametrize("name", CORE)
def test_what_is_shown_of_a_core_worksheet_holds_no_english(name):
    catalog = load_catalog()
    said = catalog.in_language(catalog[name], "es").model_dump(mode="json", by_alias=True)
    (path,) = FOLDER.rglob(f"{name}.es.yaml")
    texts = with_pieces(path, catalog[name]).texts

    left = {text for _, text in shown_texts(said) if texts.get(text, text) != text}

    assert said["id"] == name
    assert left == set()


def test_no_instrument_is_translated():
    measures = [path.name for path in (FOLDER / "measures").glob("*.es.yaml")]

    assert measures == []


def test_a_translation_has_no_problems_when_it_holds_every_text(place):
    assert check_paths(place / "tea.es.yaml", place / "shared" / "pots.es.yaml") == []


def test_a_text_that_is_missing_is_named(place):
    assert problems(place, '  "Small": "Pequeña"\n', "") == [
        "4: texts: expected a translation of 'Small', got nothing"
    ]


def test_a_text_that_is_not_of_the_worksheet_is_named_with_what_is_near(place):
    found = problems(place, '"Which tea?"', '"Which teas?"')

    assert found == [
        "8: texts.Which teas?: expected a text of the worksheet, got 'Which teas?'; "
        "did you mean 'Which tea?'?",
        "4: texts: expected a translation of 'Which tea?', got nothing",
    ]


def test_a_translation_of_another_version_is_told(place):
    assert problems(place, 'version: "1.0"', 'version: "0.9"') == [
        "2: version: expected '1.0', the version it translates, got '0.9'"
    ]


def test_a_lost_value_is_told(place):
    assert problems(place, "Taza {panelIndex}", "Taza") == [
        "14: texts.Cup {panelIndex}: expected {panelIndex} in it too, got other braces"
    ]


def test_markup_is_told(place):
    assert problems(place, "Una taza de té.", "Una <b>taza</b>") == [
        "6: texts.A cup of tea.: expected plain text, got markup"
    ]


def test_a_piece_without_a_translation_is_told(place):
    (place / "shared" / "pots.es.yaml").unlink()

    assert check_paths(place / "tea.es.yaml") == [
        f"{place / 'tea.es.yaml'}:1: file: expected shared/pots.es.yaml, which it needs, got nothing"
    ]


def test_a_translation_of_nothing_is_told(place):
    (place / "tea.yaml").unlink()

    assert check_paths(place / "tea.es.yaml") == [
        f"{place / 'tea.es.yaml'}:1: file: expected tea.yaml beside it, got nothing"
    ]


def test_an_instrument_in_another_language_is_refused(place):
    found = problems(place, "category: program", "category: measures", "tea.yaml")
    told = check_paths(place / "tea.es.yaml")

    assert found
    assert told == [
        f"{place / 'tea.es.yaml'}:1: file: expected no translation: "
        "an instrument is valid in its official wording only"
    ]


def test_an_unknown_key_is_told(place):
    found = problems(place, "status: draft", "state: draft")

    assert any("3: state: expected a known key, got 'state'" in line for line in found)


def spanish(place: Path):
    worksheet = load_worksheet(place / "tea.yaml")
    return translate(worksheet, "es", with_pieces(place / "tea.es.yaml", worksheet).texts)


def test_a_translated_worksheet_shows_its_texts_and_keeps_ids_and_values(place):
    said = spanish(place)

    page = said.survey()["pages"][0]
    assert said.language == "es"
    assert said.survey()["locale"] == "es"
    assert (said.title, page["title"]) == ("Té", "La taza")
    assert page["elements"][0]["name"] == "kind"
    assert page["elements"][0]["choices"] == [
        {"value": "green", "text": "verde"},
        {"value": "black", "text": "Té negro"},
    ]
    assert page["elements"][1]["choices"][1] == {"value": "clay", "text": "Barro"}
    assert page["elements"][2]["templateTitle"] == "Taza {panelIndex}"


def test_answers_to_a_translated_worksheet_are_those_of_the_english_one(place):
    answers = {"kind": "black", "pot": ["iron"], "cups": [{"size": 40}]}

    assert validate(spanish(place), answers, final=True).answers == answers
    assert validate(load_worksheet(place / "tea.yaml"), answers, final=True).answers == answers


def test_a_stored_band_is_said_in_the_language_of_the_worksheet(place):
    assert spanish(place).say("many") == "muchas"
    assert load_worksheet(place / "tea.yaml").say("many") == "many"


def test_a_text_that_only_an_older_version_has_stays_english(place):
    worksheet = load_worksheet(place / "tea.yaml").model_copy(update={"about": "A small cup of tea."})

    said = translate(worksheet, "es", read_translation(place / "tea.es.yaml").texts)

    assert (said.title, said.about) == ("Té", "A small cup of tea.")


def test_every_key_that_holds_text_is_shown_or_known_not_to_be():
    hidden = {"source", "sources", "licence", "reference", "look_back", "name", "about", "next_step"}
    schema = json.loads((Path(__file__).parents[1] / "docs" / "worksheet.schema.json").read_text())
    keys = {
        key
        for part in [schema, *schema["$defs"].values()]
        for key, kind in part.get("properties", {}).items()
        if {"minLength": 1, "maxLength": 4000}.items()
        <= {**kind, **next(iter(kind.get("anyOf", [{}])))}.items()
    }

    assert Text
    assert keys - hidden - SHOWN == set()


@pytest.mark.parametrize(
    ("name", "id_and_language"),
    [("tea.es.yaml", ("tea", "es")), ("tea.yaml", None), ("tea.fr.yaml", None), ("tea.en.yaml", None)],
)
def test_the_name_of_a_file_says_what_it_translates(name, id_and_language):
    found = named(Path(name))

    assert (found and (found.id, found.language)) == id_and_language


def test_each_translation_says_whether_somebody_has_reviewed_it():
    states = {read_document(path).data["status"] for path in FOLDER.rglob("*.es.yaml")}

    assert states <= {"draft", "reviewed"}
    assert load_catalog().languages("thought-record") == {"en": "reviewed", "es": "draft"}
    assert load_catalog().languages("phq-9") == {"en": "reviewed"}
