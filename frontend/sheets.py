"""Renders every worksheet, its first page and the whole of it, to one PNG for each category and width.

    python frontend/sheets.py [OUT] [CATEGORY…]

A sheet shows what a phone (390 pixels) or a desk (1280) shows. Look at all of them before
you say that a worksheet is done.
"""

import base64
import json
import sys
from itertools import groupby
from pathlib import Path

from look import launch, show, view_page
from playwright.sync_api import Browser, sync_playwright

from iopkit.apps.worksheet import words
from iopkit.worksheets import Worksheet, load_catalog

HERE = Path(__file__).parent
WIDTHS = (390, 1280)
COLUMNS = {390: 10, 1280: 3}
SHEET = """<!doctype html><style>body {{ margin: 8px; font: 20px sans-serif; background: #999 }}
main {{ display: grid; grid-template-columns: repeat({columns}, {width}px); gap: 16px; align-items: start }}
img {{ width: 100%; display: block }}</style><main>{figures}</main>"""
FIGURE = "<figure style='margin:0'><b>{name}</b><img src='data:image/png;base64,{png}'></figure>"


def view_of(sheet: Worksheet, *, whole: bool) -> dict:
    """Return a worksheet as a client opens it; ``whole``: as the preview shows it, all pages in one."""
    view = json.loads((HERE / "look" / "worksheet.json").read_text())
    body = {**words(sheet, "en"), "name": "worksheet", "key": "w1", "answers": {}, "base": 0, "saved": ""}
    body |= {"seen_by": "Your individual therapist, Dr. Okafor, will see this.", "when": "", "flags": {}}
    body |= {"messages": {}, "figures": [], "next_step": sheet.next_step or "", "read_only": whole}
    return {**view, "title": sheet.title, "body": body, "languages": {}, "language": "en"}


def picture(browser: Browser, sheet: Worksheet, *, width: int, whole: bool) -> bytes:
    """Return a PNG of a worksheet."""
    page = show(browser, view_page(view_of(sheet, whole=whole)), width=width, scheme="light")
    page.locator(".sd-page").first.wait_for()
    png = page.screenshot(full_page=True)
    page.context.close()
    return png


def contact_sheet(browser: Browser, sheets: list[Worksheet], *, width: int, whole: bool) -> bytes:
    """Return one PNG with a picture of each worksheet."""
    figures = [
        FIGURE.format(
            name=sheet.id,
            png=base64.b64encode(picture(browser, sheet, width=width, whole=whole)).decode(),
        )
        for sheet in sheets
    ]
    columns = min(COLUMNS[width], len(sheets))
    size = {"width": columns * (width + 16), "height": 600}
    page = browser.new_page(viewport=size, device_scale_factor=0.5)
    page.set_content(SHEET.format(columns=columns, width=width, figures="".join(figures)))
    png = page.screenshot(full_page=True)
    page.close()
    return png


def main(out: Path, wanted: list[str]) -> None:
    """Write the sheets of each category."""
    out.mkdir(parents=True, exist_ok=True)
    found = sorted(load_catalog().values(), key=lambda sheet: (sheet.category, sheet.id))
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for category, group in groupby(found, key=lambda sheet: sheet.category):
            sheets = list(group)
            if wanted and category not in wanted:
                continue
            for width in WIDTHS:
                for whole in (False, True):
                    name = f"worksheets-{category}-{width}-{'whole' if whole else 'first'}.png"
                    (out / name).write_bytes(contact_sheet(browser, sheets, width=width, whole=whole))
            sys.stdout.write(f"{category}\n")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "look"), sys.argv[2:])
