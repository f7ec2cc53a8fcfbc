"""The templates: what each holds for its reader, as a page and a tagged PDF; the entries behind numbers."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader
from tagged import faults

from iopkit.clinic import PasswordCost, Settings, Store, open_store
from iopkit.clinic.counts import Count, _hidden, shown
from iopkit.clinic.demo import build_demo
from iopkit.errors import AccessError
from iopkit.reports.block import BLOCK_MIME, Blocks, Callout, Facts, Heading, Text
from iopkit.reports.engine import run_notebook
from iopkit.reports.making import make_one
from iopkit.reports.order import Order
from iopkit.reports.page import page_html
from iopkit.reports.pdf import page_pdf, print_style
from iopkit.reports.template import find_template, subject

UNTIL = date(2026, 3, 8)
SINCE = UNTIL - timedelta(55)


class Demo:
    """The invented clinic on disk, and its reports, each made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "IOPKIT_DATABASE_URL": str(folder / "clinic.db"),
            "IOPKIT_KEY_FILE": str(folder / "key"),
        }
        self.made: dict[tuple[str, str, str], nbformat.NotebookNode] = {}
        with self.open() as store:
            build_demo(store, clients=12, weeks=8, until=UNTIL)
            self.names = [one.name for one in store.people("client")]
            self.ids = {one.user: one.id for one in store.people()}

    def open(self) -> Store:
        return open_store(*self.environment.values(), settings=Settings(password_cost=PasswordCost(1, 8, 1)))

    def notebook(self, template: str, reader: str, client: str = "") -> nbformat.NotebookNode:
        key = (template, reader, client)
        if key not in self.made:
            path = find_template(template)
            days = {"since": SINCE.isoformat(), "until": UNTIL.isoformat()}
            whose = {"client": self.ids[client]} if subject(path) else {}
            told = self.environment | {"IOPKIT_FOR": reader, "IOPKIT_PURPOSE": "report"}
            self.made[key] = run_notebook(path, whose | days, told)
        return self.made[key]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return Demo(tmp_path_factory.mktemp("demo"))


TEMPLATES = [
    ("progress", "ina", "ava"),
    ("progress", "sue", "ava"),
    ("client-summary", "ava", "ava"),
    ("client-summary", "mateo", "mateo"),
    ("discharge", "ina", "ava"),
    ("program", "cora", ""),
]


@pytest.mark.parametrize(("template", "reader", "client"), TEMPLATES)
def test_every_template_is_a_tagged_pdf_without_error(
    demo: Demo, tmp_path: Path, template: str, reader: str, client: str
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(page_pdf(demo.notebook(template, reader, client)))

    catalog = PdfReader(file).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert faults(file) == []


def test_each_page_of_a_pdf_says_which_report_it_is_and_which_page_of_how_many(demo: Demo) -> None:
    reader = PdfReader(io.BytesIO(page_pdf(demo.notebook("progress", "ina", "ava"))))
    heads = [page.extract_text().splitlines()[0] for page in reader.pages]

    (number,) = {re.sub(r".*· (\w{12}).*", r"\1", head) for head in heads}
    assert re.fullmatch(r"[0-9a-f]{12}", number)
    last = len(heads)
    assert [f"{page} / {last}" in head for page, head in enumerate(heads, 1)] == [True] * last


def test_a_pdf_has_the_words_of_the_page_and_the_same_bytes_each_time(demo: Demo) -> None:
    notebook = demo.notebook("progress", "ina", "ava")
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(page_pdf(notebook))).pages)
    words = re.sub(r"\s+", " ", words)

    assert "a reliable improvement" in words
    assert "Sleep by weeks, means over the nights present" in words
    assert "This report supports a clinician’s judgement." in words.replace("'", "’")
    assert page_pdf(notebook) == page_pdf(notebook)


@pytest.mark.parametrize(("template", "reader", "client"), TEMPLATES)
def test_every_link_of_a_report_leads_to_something_on_its_page(
    demo: Demo, template: str, reader: str, client: str
) -> None:
    html = page_html(demo.notebook(template, reader, client))

    assert set(re.findall(r'<a href="#([^"]*)"', html)) <= set(re.findall(r' id="([^"]*)"', html))
    assert re.findall(r'<a href="[^#]', html) == []


def test_a_spanish_summary_is_spanish_in_its_title_its_notes_and_on_paper(demo: Demo) -> None:
    notebook = demo.notebook("client-summary", "mateo", "mateo")
    html = page_html(notebook)
    paper = PdfReader(io.BytesIO(page_pdf(notebook)))

    assert "<title>Tu resumen</title>" in html
    assert "version 1.0" not in html
    assert "The numbers" not in html
    assert "<summary>Los números</summary>" in html
    assert "versión 1.0" in html
    assert {page.extract_text().split(" · ")[0] for page in paper.pages} == {"Tu resumen"}
    assert paper.metadata is not None
    assert paper.metadata.title == "Tu resumen"


def test_what_a_cell_of_a_table_holds_stays_in_one_line_on_paper(demo: Demo) -> None:
    pages = PdfReader(io.BytesIO(page_pdf(demo.notebook("client-summary", "mateo", "mateo")))).pages
    words = "\n".join(page.extract_text() for page in pages).replace("\u202f", " ").replace("\xa0", " ")

    assert len(re.findall(r"p\.\s?m\. a \d+:\d\d\sa\.\s?m\.", words)) > 40
    assert re.search(r"p\.\s?m\. a \d+:\d\d ?\n", words) is None


def test_worksheets_with_too_little_for_a_picture_are_not_named(demo: Demo) -> None:
    html = page_html(demo.notebook("progress", "ina", "ava"))

    assert "<h2>Pictures</h2>" in html
    assert "then it is drawn here" not in html


def test_each_number_leads_to_entries_that_are_on_the_page(demo: Demo) -> None:
    html = page_html(demo.notebook("progress", "ina", "ava"))
    links = set(re.findall(r'<a href="#([^"]*)"', html))
    names = re.findall(r' id="([^"]*)"', html)

    assert len(links) > 40
    assert sorted(links - set(names)) == []
    assert len(names) == len(set(names))
    assert re.search(r'<p>PHQ-9: 1\d → .*<a href="#phq-9">\d entries</a></p>', html)
    day = re.search(r'<tr id="phq-9-2026-[^"]*">.*?</tr>', html)
    assert day is not None
    assert "PHQ-9" in day.group()


def test_the_notice_of_part_2_stands_where_substance_use_records_are_shown(demo: Demo) -> None:
    with_it = page_html(demo.notebook("progress", "sue", "ava"))
    without = page_html(demo.notebook("progress", "ina", "ava"))

    assert with_it.count("42 CFR part 2 prohibits unauthorized") == 2
    assert "42 CFR part 2" not in without


def test_the_notice_names_the_consent_by_which_somebody_else_reads_such_records(demo: Demo) -> None:
    with demo.open() as store:
        client = store.desk_for("lin")
        last = [one for one in client.assignments(demo.ids["lin"]) if one.domain == "substance-use"]
        signed = client.consent(
            ["substance-use"],
            demo.ids["ina"],
            purpose="treatment",
            until=date.today() + timedelta(90),
            signature=client.person.name,
        )

    notebook = demo.notebook("progress", "ina", "lin")
    html, paper = page_html(notebook), PdfReader(io.BytesIO(page_pdf(notebook)))

    assert last
    assert html.count("42 CFR part 2 prohibits unauthorized") == 2
    assert html.count(signed.id) == 2
    assert signed.id in re.sub(r"\s", "", "".join(page.extract_text() for page in paper.pages))


def test_a_clients_summary_is_their_own_in_plain_words_and_their_language(demo: Demo) -> None:
    own = page_html(demo.notebook("client-summary", "ava", "ava"))
    spanish = page_html(demo.notebook("client-summary", "mateo", "mateo"))

    assert '<html lang="en">' in own
    assert "Your first score was" in own
    assert "Lower is better." in own
    assert "reliable" not in own
    assert "Theil" not in own
    assert '<html lang="es">' in spanish
    assert "<h2>Lo que hiciste</h2>" in spanish
    assert "You " not in spanish


def test_the_program_report_holds_no_name_and_nothing_about_few(demo: Demo) -> None:
    html = page_html(demo.notebook("program", "cora"))

    assert [name for name in demo.names if name in html or name.split()[0] in html] == []
    assert "<dt>People in care</dt><dd>12</dd>" in html
    assert '<th scope="row">Couples therapy</th><td>not shown</td>' in html
    rows = re.findall(r'<th scope="row">[^<]*</th>((?:<td>[^<]*</td>){6})', html)
    people = [row.split("</td>")[0].removeprefix("<td>") for row in rows]
    assert "not shown" in people
    assert [one for one in people if one.isdecimal() and int(one) < 5] == []


def test_only_who_runs_the_program_gets_its_counts(demo: Demo) -> None:
    with demo.open() as store:
        for user in ("ava", "ina"):
            with pytest.raises(AccessError):
                store.desk_for(user).counts(SINCE, UNTIL)
        counted = store.desk_for("cora").counts(SINCE, UNTIL)

    assert (counted.people, counted.ended) == (12, 0)
    assert {one.name: one.people for one in counted.domains}["individual"] == 12


def test_a_row_that_alone_would_be_hidden_hides_the_next_smallest_with_it() -> None:
    rows = [Count("a", 12, 5), Count("b", 3, 9), Count("c", 7, 1), Count("d", 0, 0)]

    found = _hidden(rows)

    assert [(one.people, one.due) for one in found] == [(12, 5), (None, None), (None, None), (0, 0)]
    assert [shown(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]


def test_a_program_report_is_one_file_and_a_reader_without_the_right_gets_none(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in demo.environment.items():
        monkeypatch.setenv(name, value)
    path = find_template("program")
    order = Order(
        path, "cora", "program", "", SINCE.isoformat(), UNTIL.isoformat(), demo.folder / "p.html", subject=""
    )

    done, refused = make_one(order), make_one(replace(order, reader="ina"))

    assert (done.status, done.files) == ("done", ["p.html"])
    assert (refused.status, "program" in refused.error or bool(refused.error)) == ("failed", True)


HOSTILE = [
    '#panic("x") *b* $x$ \\ "q" <b>',
    "<script>alert(1)</script>",
    "]] #sys.version",
    "a\nb\u202e\u0000",
    "calm \N{SLIGHTLY SMILING FACE} \u5e73 \u0633\u0644",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_a_pdf(text: str, tmp_path: Path) -> None:
    blocks = Blocks(
        (
            Heading(text="Report", level=1),
            Text(text=text),
            Facts(pairs=[(text, text)]),
            Callout(text=text, tone="care"),
        )
    )
    data = {BLOCK_MIME: blocks._repr_mimebundle_()[BLOCK_MIME]}
    cell = nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", data=data)])
    cells = [nbformat.v4.new_markdown_cell("# About\n\nRead *this*"), cell]

    made = page_pdf(nbformat.v4.new_notebook(cells=cells, metadata={"title": "Report"}))

    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
    assert "Readthis" in re.sub(r"\s+", "", words)
    plain = re.sub(r"[^a-z0-9.]", "", text)
    assert re.sub(r"[^a-z0-9.]", "", words).count(plain) >= 4


def test_a_sites_pictures_are_in_the_pdf_with_their_words() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    output = nbformat.v4.new_output(
        "display_data", data={"image/svg+xml": svg}, metadata={"image/svg+xml": {}, "alt": "A black square"}
    )
    cell = nbformat.v4.new_code_cell("", outputs=[output])

    made = page_pdf(nbformat.v4.new_notebook(cells=[cell], metadata={"title": "Report"}))

    assert b"A black square" in made or "A black square".encode("utf-16-be") in made


def test_charts_in_a_pdf_have_their_colours_written_out() -> None:
    css = print_style()

    assert ".chart-line" in css
    assert "var(" not in css
    assert "#0d6464" in css
