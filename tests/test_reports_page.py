"""Blocks and the page set from them: escaped, self-contained, without code, the same bytes each time."""

import re
from datetime import date
from html.parser import HTMLParser

import nbformat
import pytest

from iopkit.charts import Point, Scale, Table, trend
from iopkit.errors import ReportError
from iopkit.reports.block import BLOCK_MIME, AnyBlock, Blocks, Callout, Chart, Facts, Heading, Rows, Text
from iopkit.reports.page import page_html
from iopkit.reports.period import day_of, span_of
from iopkit.reports.style import style, style_source
from iopkit.reports.template import find_template, templates

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "</title><svg onload=alert(1)>",
    "<!-- --><iframe src=https://example.org>",
    "&lt;b&gt; ‮abc\u0000",
    "{{ 7*7 }} {% raw %} $\\href{javascript:alert(1)}{x}$",
]


class Tags(HTMLParser):
    """Collects tags, attribute names and addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def notebook(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"title": "Progress report"})


def shown(*blocks: AnyBlock) -> nbformat.NotebookNode:
    data = Blocks(blocks)._repr_mimebundle_()
    return nbformat.v4.new_code_cell(
        "secret_code()", outputs=[nbformat.v4.new_output("display_data", data=data)]
    )


def every_block(text: str) -> list[AnyBlock]:
    table = Table(head=[text, text], rows=[[text, text]])
    figure = trend(
        text,
        [Point(date(2026, 3, 1), 3, text)],
        scale=Scale(0, 10),
        start=date(2026, 3, 1),
        end=date(2026, 3, 9),
    )
    return [
        Heading(text=text, level=1),
        Text(text=text),
        Facts(pairs=[(text, text)]),
        Rows(caption=text, table=table),
        Chart(figure=figure),
        Callout(text=text, tone="care"),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_block(text: str) -> None:
    page = Tags(page_html(notebook(shown(*every_block(text)))))

    assert not {"script", "iframe", "img", "b"} & set(page.tags)
    assert not [name for name in page.attributes if name.startswith("on")]
    assert page.addresses == []


def test_the_page_holds_no_code_no_script_and_no_address_of_another_host() -> None:
    html = page_html(notebook(shown(*every_block("Calm"))))

    assert "secret_code" not in html
    assert "<script" not in html
    assert re.findall(r"https?://[^\"'\s)]+", html.replace("http://www.w3.org/2000/svg", "")) == []
    assert "url(" not in style()


def test_the_page_allows_only_its_own_styles_by_their_hash() -> None:
    html = page_html(notebook(shown(Text(text="Calm"))))

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert policy.group(1).replace("&#x27;", "'") == (
        f"default-src 'none'; img-src data:; style-src {style_source()}"
    )
    assert " style=" not in html


def test_the_same_content_gives_the_same_bytes_whatever_the_run_left_behind() -> None:
    first, second = notebook(shown(Text(text="Calm"))), notebook(shown(Text(text="Calm")))
    second.metadata["papermill"] = {"duration": 1.5, "parameters": {"client": "c-4711"}}
    second.cells[0].metadata["papermill"] = {"start_time": "2026-01-01"}
    second.cells[0].execution_count = 7

    assert page_html(first) == page_html(second)


def test_headings_come_in_order_with_one_title() -> None:
    page = Tags(
        page_html(notebook(shown(Heading(text="A", level=1), Heading(text="B"), Heading(text="C", level=3))))
    )

    assert [tag for tag in page.tags if re.fullmatch(r"h\d", tag)] == ["h1", "h2", "h3"]


def test_a_chart_is_followed_by_its_numbers() -> None:
    html = page_html(notebook(shown(*every_block("Mood"))))

    figure = html[html.index("<figure") : html.index("</figure>")]
    assert figure.index("<figcaption>") < figure.index("<svg") < figure.index("<details>")
    assert '<th scope="row">Sun 1 March</th><td>3</td>' in figure


def test_a_table_names_its_columns_and_rows() -> None:
    html = Rows(caption="Homework", table=Table(head=["What", "Done"], rows=[["Sleep diary", "5"]])).html()

    assert html == (
        '<div class="table-box" role="region" tabindex="0" aria-label="Homework">'
        '<table class="data"><caption>Homework</caption><thead><tr><th scope="col">What</th>'
        '<th scope="col">Done</th></tr></thead><tbody><tr><th scope="row">Sleep diary</th><td>5</td></tr>'
        "</tbody></table></div>"
    )


def test_line_breaks_of_what_somebody_wrote_are_kept() -> None:
    assert Text(text="one\ntwo").html() == "<p>one<br>two</p>"


def test_cells_for_the_app_only_are_left_out() -> None:
    cell = nbformat.v4.new_markdown_cell("Open this under the server.", metadata={"tags": ["app-only"]})

    assert "Open this" not in page_html(notebook(cell, shown(Text(text="Calm"))))


def test_a_sites_own_outputs_are_embedded_or_cleaned() -> None:
    def output(**data: str) -> nbformat.NotebookNode:
        data = {key.replace("_", "/").replace("svg", "svg+xml"): value for key, value in data.items()}
        return nbformat.v4.new_output("display_data", data=data)

    outputs = [
        output(image_png="aGk="),
        output(image_svg="<svg onload='alert(1)'/>"),
        output(text_html="<p>Mean <script>alert(1)</script><i onclick='x()'>3</i></p>"),
        output(text_plain="<plain>"),
        nbformat.v4.new_output("stream", name="stdout", text="<out>"),
        nbformat.v4.new_output("stream", name="stderr", text="a warning"),
    ]
    cells = [
        nbformat.v4.new_markdown_cell("# About\n\n<script>alert(1)</script>\n\nRead *this*"),
        nbformat.v4.new_code_cell("", outputs=outputs),
    ]

    html = page_html(notebook(*cells))

    page = Tags(html)
    assert "script" not in page.tags
    assert page.attributes & {"onload", "onclick"} == set()
    assert [address[:22] for address in page.addresses] == [
        "data:image/png;base64,",
        "data:image/svg+xml;bas",
    ]
    assert "&lt;plain&gt;" in html
    assert "&lt;out&gt;" in html
    assert "a warning" not in html
    assert "<em>this</em>" in html


def test_blocks_travel_as_data_beside_their_html() -> None:
    bundle = Heading(text="A & B")._repr_mimebundle_()

    assert bundle[BLOCK_MIME] == {"blocks": [{"kind": "heading", "text": "A & B", "level": 2}]}
    assert bundle["text/html"] == "<h2>A &amp; B</h2>"
    assert bundle["text/plain"] == "<1 blocks>"


def test_a_block_of_unknown_kind_is_refused() -> None:
    bad = nbformat.v4.new_output(
        "display_data", data={BLOCK_MIME: {"blocks": [{"kind": "script", "text": "x"}]}}
    )

    with pytest.raises(ValueError, match="script"):
        page_html(notebook(nbformat.v4.new_code_cell("", outputs=[bad])))


def test_the_templates_are_the_reports_and_the_worksheet_notebooks() -> None:
    assert {
        "progress",
        "thought-record",
        "sleep-diary",
        "nutrition-log",
        "speaker-listener",
    } <= templates().keys()


def test_an_unknown_template_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(
        ReportError, match=r"^There is no report template of that name. Did you mean 'progress'\?$"
    ):
        find_template("progres")
    with pytest.raises(ReportError, match="There are: client-summary, "):
        find_template("zzz")


def test_eight_weeks_up_to_today_are_the_period_when_nobody_says() -> None:
    assert span_of("", "", date(2026, 3, 8)) == (date(2026, 1, 12), date(2026, 3, 8))
    assert span_of("2026-02-01", "2026-02-07", date(2026, 3, 8)) == (date(2026, 2, 1), date(2026, 2, 7))


def test_a_day_that_is_none_and_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ReportError, match=r"^--to is not a day such as 2026-03-13\.$"):
        span_of("", "13.3.2026", date(2026, 3, 8))
    with pytest.raises(ReportError, match="lies after its last day"):
        span_of("2026-03-09", "2026-03-08", date(2026, 3, 8))
    assert day_of("", "--from") is None
