import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from iopkit.errors import WorksheetError
from iopkit.worksheets import Worksheet, load_catalog, load_worksheet
from iopkit.worksheets.place import content_folder

OURS = content_folder("worksheets")


@pytest.fixture(scope="module")
def record() -> Worksheet:
    """Return the thought record: panels that share rows, examples, choices from rows."""
    return load_worksheet(OURS / "cognitive" / "thought-record.yaml")


def elements(survey: dict) -> dict[str, dict]:
    return {element["name"]: element for page in survey["pages"] for element in page["elements"]}


def test_a_worksheet_survives_json_and_shows_the_same_form(record: Worksheet):
    copy = Worksheet.model_validate_json(record.model_dump_json())

    assert copy == record
    assert copy.survey() == record.survey()
    assert copy.model_dump_json() == record.model_dump_json()


def test_a_worksheet_cannot_be_changed(record: Worksheet):
    with pytest.raises(ValidationError):
        record.title = "Other"  # type: ignore[misc]


def test_the_form_is_plain_json_in_surveyjs_words(record: Worksheet):
    survey = record.survey()

    assert json.loads(json.dumps(survey)) == survey
    assert [page["name"] for page in survey["pages"]] == [
        "moment",
        "feelings",
        "thoughts",
        "evidence",
        "balance",
    ]
    assert elements(survey)["balanced_belief"] == {
        "type": "slider",
        "name": "balanced_belief",
        "title": "How much do you believe the fairer thought?",
        "visibleIf": "{balanced_thought} notempty",
        "step": 5,
        "customLabels": [{"value": 0, "text": "Not at all"}, {"value": 100, "text": "Completely"}],
    }


def test_an_example_is_a_folded_panel_of_plain_text(record: Worksheet):
    panel = elements(record.survey())["next_action__example"]

    assert panel["state"] == "collapsed"
    assert panel["elements"] == [
        {
            "type": "html",
            "name": "next_action__example_text",
            "description": "Ask him on Thursday how his week was, before I decide what his silence meant.",
            "descriptionLocation": "underInput",
        }
    ]


def test_items_are_in_the_order_of_the_pages_and_rows_hold_theirs(record: Worksheet):
    assert list(record.items)[:6] == ["day", "time", "situation", "feelings", "thoughts", "hot_thought"]
    assert list(record.items["feelings"].inner) == ["feeling", "before", "after"]
    assert "feelings_again" not in record.items
    assert record.items["situation"].title == "What happened?"


def test_codes_for_exchange_stay_out_of_the_form():
    phq = load_worksheet(OURS / "measures" / "phq-9.yaml")

    assert "loinc" not in json.dumps(phq.survey())
    assert phq.items["phq9_9"].question.loinc == "44260-8"


def test_every_worksheet_of_ours_is_in_the_catalog():
    catalog = load_catalog()

    assert {"thought-record", "sleep-diary", "nutrition-log", "phq-9", "speaker-listener"} <= set(catalog)
    assert catalog["phq-9"].title == "PHQ-9"
    assert repr(catalog) == f"Catalog({len(catalog)} worksheets)"
    with pytest.raises(KeyError):
        catalog["nothing"]


SITE = (OURS / "cognitive" / "thought-record.yaml").read_text()


OWN_VERSION = load_worksheet(OURS / "cognitive" / "thought-record.yaml").version


def site(folder: Path, version: str, title: str) -> Path:
    text = SITE.replace(f'version: "{OWN_VERSION}"', f'version: "{version}"').replace(
        "title: Thought record", f"title: {title}"
    )
    place = folder / "cognitive"
    place.mkdir(parents=True)
    (place / "thought-record.yaml").write_text(text)
    return folder


@pytest.mark.parametrize("version", ["1.10", "2.0"])
def test_a_site_takes_the_place_of_ours_with_a_higher_version(tmp_path: Path, version: str):
    catalog = load_catalog(site(tmp_path, version, "Ours"))

    assert catalog["thought-record"].title == "Ours"


@pytest.mark.parametrize("version", ["0.9", OWN_VERSION])
def test_a_version_that_is_not_higher_is_told_with_its_line_and_what_to_do(tmp_path: Path, version: str):
    folder = site(tmp_path, version, "Ours")

    with pytest.raises(WorksheetError) as caught:
        load_catalog(folder)

    assert caught.value.problems == (
        f"{folder}/cognitive/thought-record.yaml:2: version: expected a version above {OWN_VERSION}, that of "
        f"{OURS}/cognitive/thought-record.yaml, whose place it takes, got '{version}'; raise it, or give the "
        "file and its id a name of their own",
    )


def test_a_sites_own_folder_is_added_to_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("IOPKIT_WORKSHEETS", str(site(tmp_path, "2.0", "Our own")))

    catalog = load_catalog()

    assert catalog["thought-record"].version == "2.0"
    assert "phq-9" in catalog


def test_a_broken_file_of_a_site_is_told_and_a_missing_folder_too(tmp_path: Path):
    (tmp_path / "evening-walk.yaml").write_text("id: evening-walk\n")

    with pytest.raises(WorksheetError, match=r"evening-walk\.yaml:1: version: expected a value, got nothing"):
        load_catalog(tmp_path)
    with pytest.raises(WorksheetError, match="gone:1: file: expected a file or folder, got nothing there"):
        load_catalog(tmp_path / "gone")


def test_entries_are_private_only_where_the_header_says_so(record: Worksheet):
    private = Worksheet.model_validate_json(record.model_copy(update={"private": True}).model_dump_json())

    assert (record.private, private.private) == (False, True)
