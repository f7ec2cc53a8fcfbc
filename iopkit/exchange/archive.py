"""A record to read, as one HTML page and one tagged PDF, and the ZIP that holds both beside the data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.resources import files
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

STYLE = (
    "body{font:1.05rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "dt{font-weight:600;margin-top:.8rem}dd{margin:0;white-space:pre-wrap}.soft{color:#4a5560}"
    "article{border-top:1px solid #6b7680;margin-top:2rem}"
    "@media(prefers-color-scheme:dark){body{background:#14191c;color:#e8ecee}.soft{color:#aab4ba}}"
)


@dataclass(frozen=True, repr=False)
class Part:
    """One entry to read: its heading, when it was, and questions with their answers."""

    title: str
    facts: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, repr=False)
class Booklet:
    """All that is to be read: a title, what must be said first, and the entries."""

    title: str
    language: str
    notices: tuple[str, ...]
    entries: tuple[Part, ...]


def as_html(booklet: Booklet) -> bytes:
    """Return the booklet as a page that needs nothing else; all words are set as text."""
    page = Element("html", lang=booklet.language)
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    SubElement(head, "title").text = booklet.title
    SubElement(head, "style").text = STYLE
    body = SubElement(SubElement(page, "body"), "main")
    SubElement(body, "h1").text = booklet.title
    for line in booklet.notices:
        SubElement(SubElement(body, "p"), "strong").text = clean(line)
    for part in booklet.entries:
        _entry(body, part)
    made: bytes = tostring(page, encoding="utf-8", method="html", xml_declaration=False)
    return b"<!doctype html>\n" + made


def _entry(body: Element, part: Part) -> None:
    article = SubElement(body, "article")
    SubElement(article, "h2").text = part.title
    SubElement(article, "p", {"class": "soft"}).text = part.facts
    shown = SubElement(article, "dl")
    for question, answer in part.lines:
        SubElement(shown, "dt").text = clean(question)
        SubElement(shown, "dd").text = clean(answer)


def clean(text: str) -> str:
    """Return text without control characters that neither HTML nor PDF has a place for."""
    return "".join(one for one in text if one in "\n\t" or ord(one) >= 32)


def as_pdf(booklet: Booklet) -> bytes:
    """Return the booklet as a PDF after PDF/UA-1."""
    import typst

    data = asdict(booklet)
    for part in data["entries"]:
        part["lines"] = [[clean(question), clean(answer)] for question, answer in part["lines"]]
    made: bytes = typst.compile(
        files("iopkit.exchange").joinpath("copy.typ").read_bytes(),
        sys_inputs={"copy": json.dumps(data)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return made


def zipped(content: Mapping[str, bytes | str], at: datetime) -> bytes:
    """Return files as a ZIP; the same files at the same time give the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in sorted(content):
            info = ZipInfo(name, at.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, content[name])
    return out.getvalue()


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a small table as CSV whose cells no spreadsheet runs."""
    import csv
    from io import StringIO

    from iopkit.exchange.tables import cell

    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(head)
    writer.writerows([[cell(one) for one in row] for row in rows])
    return out.getvalue()
