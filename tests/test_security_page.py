"""The security page names tests that there are, and a statement without one says that it is not met."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text()
ROWS = re.findall(r"^\| (\d+(?:\.\d+)+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)


def test_every_test_that_the_page_names_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    absent = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists()
        or (name and not re.search(rf"^def {name}\b", (ROOT / file).read_text(), re.MULTILINE))
    ]

    assert len(named) > 40
    assert absent == []


def test_every_statement_names_a_test_or_says_that_it_is_not_met():
    unproven = [number for number, _, proof in ROWS if "`tests/" not in proof and "not met" not in proof]

    assert len(ROWS) > 30
    assert unproven == []
