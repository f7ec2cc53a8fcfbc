"""Every kind of picture in a real page: readable on a phone, nothing cut or covered, no fault for axe."""

import pytest
from playwright.sync_api import Page
from stage import look
from test_bundle_axe import faults

SIZES = """() => [...document.querySelectorAll('svg.chart text')].map((text) =>
  parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)"""
CUT = """() => [...document.querySelectorAll('svg.chart')].flatMap((chart) => {
  const frame = chart.getBoundingClientRect();
  return [...chart.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 2 || box.right > frame.right + 2 || box.bottom > frame.bottom + 2;
  }).map((text) => text.textContent);
})"""
COVERED = """() => [...document.querySelectorAll('svg.chart')].flatMap((chart) => {
  const texts = [...chart.querySelectorAll('text')];
  const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], index) => boxes.slice(index + 1).filter(([, b]) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 5 && b.top < a.bottom - 5
  ).map(([other]) => `${one} × ${other}`));
})"""


def opened(show, width: int, scheme: str = "light") -> Page:
    """Return the page of all kinds of pictures with every section and table open."""
    page = show(look("charts"), width=width, scheme=scheme).page
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_picture_and_its_numbers(show, width, scheme):
    page = opened(show, width, scheme)

    assert page.locator("svg.chart").count() == 11
    assert faults(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_the_text_of_a_picture_is_at_least_twelve_pixels_and_no_more_than_sixteen(show, width):
    sizes = opened(show, width).evaluate(SIZES)

    assert len(sizes) > 200
    assert (min(sizes) >= 12, max(sizes) <= 16) == (True, True)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_text_of_a_picture_is_cut_or_lies_on_another(show, width):
    page = opened(show, width)

    assert page.evaluate(CUT) == []
    assert page.evaluate(COVERED) == []


def test_on_paper_the_numbers_are_there_though_nothing_was_opened(show):
    page = show(look("charts"), width=800).page
    page.wait_for_load_state("networkidle")
    tables = page.locator("table.data")
    assert tables.nth(0).is_visible() is False

    page.emulate_media(media="print")

    assert [tables.nth(place).is_visible() for place in range(tables.count())] == [True] * 11
