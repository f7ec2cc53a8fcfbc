"""Every view, light and dark, on a phone and on a wide screen: axe-core finds nothing to complain of."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from stage import LOOK, look

AXE = Path(__file__).parent.parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = sorted(path.stem for path in LOOK.glob("*.json"))


def faults(page: Page) -> list[str]:
    """Return what axe-core finds on the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html'][:300]} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", VIEWS)
def test_no_view_has_a_fault(show, name, width, scheme):
    page = show(look(name), width=width, scheme=scheme).page
    page.wait_for_load_state("networkidle")

    assert faults(page) == []


def test_the_help_dialog_has_no_fault(show):
    page = show(look("home")).page

    page.get_by_role("button", name="Help now").click()

    assert faults(page) == []


def test_the_dialog_of_a_flag_has_no_fault(show):
    page = show(look("flag")).page

    page.get_by_label("Several days").check(force=True)
    page.get_by_role("dialog").wait_for()

    assert faults(page) == []


def test_an_item_with_a_fault_is_described_by_it(show):
    page = show(look("worksheet")).page

    page.get_by_role("button", name="Next").click()
    page.get_by_text("A few words are enough.").wait_for()

    assert faults(page) == []
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
