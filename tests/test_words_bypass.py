"""No text that people see goes past ``say``: what looks like a sentence must stand in a call that says it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from iopkit.words.gather import KEYWORDS, ROOT

SPOKEN = ("iopkit/apps", "iopkit/server")
QUIET = {
    "add_argument",
    "print",
    "ServeError",
    "HTTPError",
    "info",
    "warning",
    "error",
    "getLogger",
    "compile",
    "Unicode",
}
"""Calls whose texts are for the operator's log, or are no texts at all."""
OPERATORS = {
    "iopkit/server/options.py", "iopkit/server/openid.py", "iopkit/server/log.py", "iopkit/server/headers.py",
    "iopkit/apps/start.py", "iopkit/server/metrics.py",
}  # fmt: skip
"""What only the person reads who starts the server, or a notebook."""

SENTENCE = re.compile(r"^[A-Z][a-z’']* [a-z].*|.*[a-z] [a-z].*[.!?]$")
TAG_TEXT = re.compile(r">\s*([A-Za-z“][^<>{}=;]*?)\s*<(?=[/a-zA-Z{])")
LABEL = re.compile(
    r"\b(?:aria-label|title|alt|placeholder|label)=(?:\"([^\"]*)\"|\{`((?:[^`$]|\$\{[^}]*\})*)`)"
)
QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
SAYING = re.compile(r"\b(?:say|several|mark)\(\s*(?:\"(?:[^\"\\]|\\.)*\"\s*,?\s*)+")


def python_files() -> Iterator[Path]:
    for folder in SPOKEN:
        for path in sorted((ROOT / folder).glob("*.py")):
            if path.relative_to(ROOT).as_posix() not in OPERATORS:
                yield path


def called(node: ast.AST) -> str:
    function = getattr(node, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


def loose(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield texts outside of calls that say them, docstrings left out."""
    if isinstance(tree, ast.Call) and called(tree) in {*KEYWORDS, *QUIET}:
        return
    body = list(ast.iter_child_nodes(tree))
    for node in body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif not is_docstring:
            yield from loose(node)


def test_python_that_people_see_says_its_texts():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for path in python_files()
        for line, text in loose(ast.parse(path.read_text()))
        if SENTENCE.match(text)
    ]

    assert found == []


def without_said(text: str) -> str:
    """Return a script without comments and without the texts that it says, each line where it was."""
    comment, fault = r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", r"new (?:Type)?Error\([^\n]*"
    blank = re.compile(f"{comment}|{fault}|{SAYING.pattern}", re.DOTALL)
    return blank.sub(lambda match: "\n" * match[0].count("\n"), text)


def in_script(text: str) -> Iterator[tuple[int, str]]:
    bare = without_said(text)
    for pattern in (TAG_TEXT, LABEL, QUOTED):
        for match in pattern.finditer(bare):
            words = re.sub(r"\$\{[^}]*\}", "", next((group for group in match.groups() if group), ""))
            if not re.search(r"[A-Za-z]{2}", words) or (pattern is QUOTED and not SENTENCE.match(words)):
                continue
            yield bare.count("\n", 0, match.start()) + 1, " ".join(words.split())


def test_scripts_say_their_texts():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for path in sorted((ROOT / "frontend" / "src").rglob("*.js"))
        for line, text in in_script(path.read_text())
    ]

    assert found == []


def test_pages_of_the_server_say_their_texts():
    found = [
        f"{path.name}: {match[1]}"
        for path in sorted((ROOT / "iopkit" / "server" / "pages").glob("*.html"))
        for match in re.finditer(r"(?<![%-])>([^<>{}]*[A-Za-z]{2}[^<>{}]*)<", path.read_text())
        if match[1].strip() not in ("iopkit user add --help", "· iopkit")
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Loose words</p>",
        '<nav aria-label="Loose words">',
        'const told = "This is a loose sentence.";',
        "const told = `Saved at ${at} by ${who}.`;",
    ],
)
def test_a_loose_text_in_a_script_is_found(text):
    assert list(in_script(text)) != []


@pytest.mark.parametrize(
    "text",
    [
        '<p class="soft wide">{say("Words that are said.")}</p>',
        'const told = several("{count} new entry.", "{count} new entries.", count);',
        "// A comment that says something.",
        'import { say } from "./say.js";',
        "const near = one < two && three > four;",
    ],
)
def test_what_is_said_or_is_no_text_is_let_alone(text):
    assert list(in_script(text)) == []
