"""The short form that a worksheet names: checked across files, so that what a page offers can be opened."""

from pathlib import Path

import pytest

from iopkit.worksheets import check_paths, load_catalog
from iopkit.worksheets.short import short_problems

SHEET = """\
id: {id}
version: "1.0"
status: draft
title: {id}
category: cognitive
domain: {domain}
audience: {audience}
minutes: {minutes}
{short}about: A small one.
pages:
  - name: one
    elements:
      - name: situation
        type: comment
        title: What happened?
"""


def write(folder: Path, name: str, *, short: str = "", minutes: int = 10, **header: str) -> Path:
    """Write a worksheet of the folder's category; return its file."""
    place = folder / "cognitive"
    place.mkdir(exist_ok=True)
    values = {"domain": "individual", "audience": "client", **header}
    line = f"short: {short}\n" if short else ""
    path = place / f"{name}.yaml"
    path.write_text(SHEET.format(id=name, minutes=minutes, short=line, **values))
    return path


def test_a_shorter_worksheet_of_the_same_kind_is_a_short_form(tmp_path: Path) -> None:
    files = [write(tmp_path, "whole", short="half"), write(tmp_path, "half", minutes=4)]

    assert check_paths(*files) == []
    assert short_problems(files) == []
    assert load_catalog(tmp_path)["whole"].short == "half"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ({"minutes": 10}, "expected a worksheet of less than 10 minutes, got 10 minutes"),
        (
            {"minutes": 4, "domain": "medical"},
            "expected a worksheet with the domain 'individual', got 'medical'",
        ),
        (
            {"minutes": 4, "audience": "clinician"},
            "expected a worksheet with the audience 'client', got 'clinician'",
        ),
    ],
)
def test_what_could_not_take_its_place_is_refused_with_its_line(
    tmp_path: Path, header: dict[str, object], said: str
) -> None:
    whole = write(tmp_path, "whole", short="half")
    half = write(tmp_path, "half", **header)

    assert short_problems([whole, half]) == [f"{whole}:9: short: {said}"]


def test_a_short_form_that_is_not_there_or_itself_is_refused(tmp_path: Path) -> None:
    lost, own = write(tmp_path, "lost", short="gone"), write(tmp_path, "own", short="own")

    assert short_problems([lost, own]) == [
        f"{lost}:9: short: expected the id of a worksheet, got 'gone'",
        f"{own}:9: short: expected another worksheet, got 'own' itself",
    ]


def test_the_key_has_its_place_in_the_header(tmp_path: Path) -> None:
    path = write(tmp_path, "whole", short="half")
    path.write_text(path.read_text().replace("short: half\nabout: A small one.", "about: A.\nshort: half"))

    assert check_paths(path) == [f"{path}:10: short: expected 'short' above 'about', got it below"]


def test_a_broken_file_is_left_to_the_check_that_tells_of_it(tmp_path: Path) -> None:
    whole, broken = write(tmp_path, "whole", short="half"), write(tmp_path, "half", minutes=4)
    broken.write_text("short: [")

    assert short_problems([broken]) == []
    assert "expected a worksheet with the domain" in short_problems([whole, broken])[0]


def test_the_thought_record_names_its_short_form() -> None:
    catalog = load_catalog()

    shorter = {one.id: one.short for one in catalog.values() if one.short}

    assert shorter == {"thought-record": "thought-record-short"}
