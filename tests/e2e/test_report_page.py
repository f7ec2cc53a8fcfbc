"""A report in the browser: no fault for axe, no request, nothing too wide for a phone, grey on paper."""

from datetime import date, timedelta
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser
from serving import axe

from iopkit.charts import Band, NightBar, Point, Scale, Table, sleep_efficiency, sleep_raster, trend
from iopkit.reports.block import AnyBlock, Blocks, Callout, Chart, Facts, Heading, Rows, Text
from iopkit.reports.page import page_html

START = date(2026, 1, 12)
SPAN = {"start": START, "end": START + timedelta(55)}
HOSTILE = "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\">"


def blocks() -> list[AnyBlock]:
    nights = [NightBar(START + timedelta(n), -75, -20, 390, 420, 370, 70 + n % 20) for n in range(0, 56, 2)]
    points = [Point(START + timedelta(7 * n), 19 - n, "version 1.0") for n in range(8)]
    scale = Scale(0, 27, (Band("minimal", 0, 4), Band("mild", 5, 19), Band("severe", 20, 27)))
    wide = Table(head=["Week of", *["A long name"] * 6], rows=[["Mon 12 January", *["6 h 10 min"] * 6]] * 4)
    return [
        Heading(text="Progress report", level=1),
        Facts(pairs=[("Client", HOSTILE), ("Period", "12 January 2026 to 8 March 2026")]),
        Heading(text="Measures"),
        Chart(figure=trend("PHQ-9", points, scale=scale, **SPAN)),
        Chart(figure=sleep_raster(nights, **SPAN)),
        Chart(figure=sleep_efficiency(nights, **SPAN)),
        Rows(caption="Sleep by weeks", table=wide),
        Heading(text="Thu 26 February", level=3),
        Text(text=HOSTILE),
        Callout(text="This report supports a clinician's judgement.", tone="care"),
        Text(text="Data 3f6a", soft=True),
    ]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = nbformat.v4.new_output("display_data", data=Blocks(blocks())._repr_mimebundle_())
    cell = nbformat.v4.new_code_cell("", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"title": "Progress report"})
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page_html(notebook), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, report: Path, width: int, scheme: str
) -> None:
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    ) as context:
        page = context.new_page()
        page.goto(report.as_uri())

        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_it_asks_for_nothing_runs_nothing_and_breaks_no_rule_of_its_own(
    browser: Browser, report: Path
) -> None:
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto(report.as_uri())

        assert asked == [report.as_uri()]
        assert said == []
        assert page.title() == "Progress report"
        assert page.get_by_text("document.title = 'run'").count() == 2


def test_it_is_grey_on_paper(browser: Browser, report: Path) -> None:
    with browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.emulate_media(media="print")
        page.goto(report.as_uri())

        colours = page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((element) => {
              const style = getComputedStyle(element);
              return [style.color, style.backgroundColor, style.fill, style.stroke, style.borderLeftColor];
            })"""
        )

        assert {colour for colour in colours if colour.startswith("rgb") and not is_grey(colour)} == set()


def is_grey(colour: str) -> bool:
    """Return whether red, green and blue are the same."""
    parts = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")]
    return len(set(parts[:3])) == 1
