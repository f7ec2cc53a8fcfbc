"""The paper twin: every worksheet prints, with its title, every item id, tags, and its own fonts."""

import io
import json
import re

import pytest
from pypdf import PdfReader
from shipped import load
from tagged import faults

from iopkit.exchange.paper import answer, content, paper
from iopkit.worksheets import Worksheet
from iopkit.worksheets.elements import DrawingQuestion, PracticeQuestion, RepeatingPanel

each = pytest.mark.parametrize("worksheet", load().values(), ids=lambda one: one.id)


def printed_ids(worksheet: Worksheet) -> set[str]:
    found = set(worksheet.items)
    for item in worksheet.items.values():
        if isinstance(item.question, RepeatingPanel):
            found |= {f"{item.id}.{inner}" for inner in item.inner}
    return found


def words(reader: PdfReader) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


@each
def test_every_worksheet_prints_with_its_title_every_item_and_its_id(worksheet: Worksheet) -> None:
    reader = PdfReader(io.BytesIO(paper(worksheet)))
    text = words(reader)

    assert reader.metadata is not None
    assert reader.metadata.title == worksheet.title
    assert [one for one in sorted(printed_ids(worksheet)) if one not in text] == []
    titles = [item.title for item in worksheet.items.values()]
    assert [one for one in (worksheet.title, *titles) if re.sub(r"\s+", "", one) not in text] == []


@each
def test_every_paper_twin_is_tagged_and_passes_the_checks_of_pdf_ua(worksheet: Worksheet, tmp_path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper(worksheet))

    catalog = PdfReader(file).trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/StructTreeRoot"]["/K"]
    assert catalog["/Lang"] == "en"
    assert faults(file) == []


def test_every_font_travels_in_the_file() -> None:
    reader = PdfReader(io.BytesIO(paper(load()["thought-record"])))

    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]

    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"])


def test_the_same_worksheet_gives_the_same_bytes() -> None:
    assert paper(load()["urge-log"]) == paper(load()["urge-log"])


def test_what_is_hidden_on_the_screen_says_when_it_applies() -> None:
    text = words(PdfReader(io.BytesIO(paper(load()["sleep-diary"]))))

    assert "Onlyif“Didyoutakeanythingtohelpyousleep?”is“Yes”." in text


def test_a_repeating_panel_prints_three_rows_and_its_long_lists_once() -> None:
    page = content(load()["urge-log"])["pages"][0]

    rows = next(part for part in page["parts"] if part["kind"] == "rows")

    assert (rows["row"], rows["count"]) == ("Urge", 3)
    assert [one["title"] for one in rows["lists"]] == [
        "An urge for what?",
        "What was going on around you?",
        "What was going on inside you?",
    ]
    assert [part["kind"] for part in rows["parts"]] == ["line", "line", "line", "line", "scale", "scale"]


def test_words_are_never_read_as_markup() -> None:
    sheet = load()["poem"].model_copy(
        update={"title": '#panic("x") *bold* $x$ \\ "quoted" <b>', "about": "#{1+1}"}
    )

    text = words(PdfReader(io.BytesIO(paper(sheet))))

    assert '#panic("x")*bold*$x$\\"quoted"<b>' in text.replace("”", '"').replace("“", '"')
    assert "#{1+1}" in text


def test_a_worksheet_with_a_safety_rule_says_that_paper_tells_nobody() -> None:
    assert content(load()["phq-9"])["help"].startswith("Nobody sees this page until you hand it over.")
    assert content(load()["poem"])["help"] == ""


def test_a_drawing_prints_as_a_box() -> None:
    drawing = DrawingQuestion.model_validate({"type": "drawing", "name": "picture", "wordsIn": "words"})

    assert answer(drawing) == {"kind": "canvas"}


def test_a_practice_prints_its_patterns_to_tick_and_a_place_for_minutes() -> None:
    steps = [{"text": "Breathe in", "seconds": 4}]
    found = [{"value": one, "text": one.title(), "steps": steps} for one in ("even", "box")]
    practice = PracticeQuestion.model_validate_json(
        json.dumps({"type": "practice", "name": "rounds", "patterns": found})
    )

    printed = answer(practice)

    assert (printed["kind"], printed["options"]) == ("choices", ["Even", "Box"])
    assert printed["minutes"] == "minutes, all together"


def test_the_qr_code_names_worksheet_version_and_assignment_and_no_person() -> None:
    sheet = load()["urge-log"]

    said = content(sheet, "a1b2")

    assert said["code_says"] == f"QR code: iopkit:urge-log?version={sheet.version}&assignment=a1b2"
    assert said["code"].startswith("<svg")
    assert paper(sheet, "a1b2") != paper(sheet)
