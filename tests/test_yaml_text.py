"""A worksheet written as YAML reads back as the same worksheet, whatever stands in its texts."""

from pathlib import Path

import pytest

from iopkit.exchange.yaml_text import as_yaml
from iopkit.worksheets import Worksheet, load_catalog, load_worksheet
from iopkit.worksheets.load import read_document

CATALOG = load_catalog()
HARD = (
    "no",
    "1:30",
    "null",
    "- list",
    "key: value",
    "# comment",
    "'quoted' \"twice\"",
    "back\\slash",
    "two\nlines",
    "{brace}",
    "tab\there",
    "é ñ 漢 😀",
    "\u2028 line",
    " led by a space",
    "true",
    "&anchor *alias !tag",
)


@pytest.mark.parametrize("worksheet_id", list(CATALOG))
def test_every_worksheet_reads_back_as_itself(worksheet_id: str, tmp_path: Path):
    file = tmp_path / f"{worksheet_id}.yaml"
    sheet = CATALOG[worksheet_id].model_copy(update={"include": ()})
    file.write_text(as_yaml(sheet), encoding="utf-8")

    assert load_worksheet(file) == sheet


@pytest.mark.parametrize("text", HARD)
def test_texts_that_yaml_would_take_for_something_else_stay_texts(text: str, tmp_path: Path):
    sheet = CATALOG["gad-7"].model_copy(update={"title": text})
    file = tmp_path / "gad-7.yaml"
    file.write_text(as_yaml(sheet), encoding="utf-8")

    data = read_document(file).data

    assert Worksheet.model_validate_json(as_json(data)).title == text


def as_json(data: object) -> str:
    import json

    return json.dumps(data)
