"""The client's own copy: everything about me as one ZIP, with the notices, logged, for nobody else."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader
from tagged import faults

from iopkit.apps.copy import own_copy
from iopkit.errors import AccessError

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
HOSTILE = "<script>window.pwned=1</script> =1+1"


@pytest.fixture
def desk(clinic):
    """Return Ava's desk; she sent two entries, one of them private, and has one draft."""
    desk = clinic.desk(clinic.ava)
    for worksheet_id, answers, submit in (
        ("urge-note", {"craving": 4, "note": HOSTILE}, True),
        ("private-check-in", {"alone": "yes", "note": "for me"}, True),
        ("mood-check", {"mood": 3}, False),
    ):
        draft = desk.draft(worksheet_id)
        desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=submit)
    return desk


@pytest.fixture
def opened(desk):
    return zipfile.ZipFile(io.BytesIO(own_copy(desk, at=NOW)))


def test_it_holds_the_record_to_read_and_as_data(opened):
    assert opened.namelist() == [
        "csv/answers.csv",
        "csv/dictionary.csv",
        "csv/disclosures.csv",
        "csv/entries.csv",
        "csv/scores.csv",
        "csv/together.csv",
        "csv/who-looked.csv",
        "fhir/bundle.json",
        "notice.txt",
        "record.html",
        "record.pdf",
    ]
    Bundle.model_validate(json.loads(opened.read("fhir/bundle.json")))


def test_the_page_shows_every_word_as_text_with_drafts_and_the_notice(opened):
    page = opened.read("record.html").decode()

    assert "&lt;script&gt;window.pwned=1&lt;/script&gt; =1+1" in page
    assert "<script" not in page
    for told in ("42 CFR part 2 prohibits", "not sent yet", "for me", "Mood check"):
        assert told in page


def test_the_pdf_says_the_same_and_is_tagged(opened, tmp_path):
    raw = opened.read("record.pdf")
    (tmp_path / "record.pdf").write_bytes(raw)

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages)
    assert "42 CFR part 2 prohibits" in text
    assert "window.pwned=1" in text
    assert PdfReader(io.BytesIO(raw)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert faults(tmp_path / "record.pdf") == []


def test_cells_run_in_no_spreadsheet(opened):
    rows = list(csv.DictReader(io.StringIO(opened.read("csv/answers.csv").decode(), newline="")))

    assert HOSTILE in [row["text"] for row in rows]
    assert [row for row in rows for cell in row.values() if cell and cell[0] in "=+-@"] == []


def test_it_is_logged_and_the_same_record_gives_the_same_bytes(desk):
    first, second = own_copy(desk, at=NOW), own_copy(desk, at=NOW)

    assert ("You", "exported the record") in [(one.who, one.what) for one in desk.access_log()]
    names = ("record.html", "record.pdf", "csv/answers.csv")
    pair = [zipfile.ZipFile(io.BytesIO(one)) for one in (first, second)]
    assert [pair[0].read(name) for name in names] == [pair[1].read(name) for name in names]


def test_a_clinician_has_no_copy_of_their_own(clinic):
    with pytest.raises(AccessError, match="Only a client takes a copy of their own record"):
        own_copy(clinic.desk(clinic.ina), at=NOW)
