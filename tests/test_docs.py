"""The documentation names what there is, its links lead somewhere, and it builds without a warning."""

import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer

import iopkit.errors
from iopkit.cli import app
from iopkit.worksheets import load_catalog, load_worksheet, score

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
DAY = date(2026, 1, 13)
TRACKED = subprocess.check_output(["git", "ls-files", "*.md"], cwd=ROOT, text=True).splitlines()
PAGES = {name: (ROOT / name).read_text() for name in TRACKED if (ROOT / name).exists()}


def commands(command: Any, path: str = "iopkit") -> Iterator[tuple[str, Any]]:
    """List each command that does something, with what one types to run it."""
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from commands(inner, f"{path} {name}")
    if not hasattr(command, "commands"):
        yield path, command


def options(command: Any) -> list[Any]:
    return [
        option for option in command.params if option.param_type_name == "option" and option.name != "help"
    ]


COMMANDS = dict(commands(typer.main.get_command(app)))


def section(path: str) -> str:
    """Read what docs/command-line.md says about all commands, and under the heading of a command's group."""
    intro, *parts = re.split(r"^## ", (DOCS / "command-line.md").read_text(), flags=re.M)

    return intro + next((part for part in parts if part.startswith(" ".join(path.split()[:2]) + "\n")), "")


@pytest.mark.parametrize("path", COMMANDS)
def test_the_docs_name_every_command(path):
    assert path in section(path)


@pytest.mark.parametrize("path", COMMANDS)
def test_the_docs_name_every_option_of_a_command(path):
    names = {name for option in options(COMMANDS[path]) for name in option.opts}

    assert {name for name in names if f"`{name}`" not in section(path)} == set()


def test_the_docs_name_no_command_that_is_not_there():
    text = "".join(PAGES.values())
    named = {
        " ".join(filter(None, words))
        for words in re.findall(r"(?:`|/)iopkit ([a-z]+)(?: ([a-z][a-z-]*))?", text)
    }
    there = {path.removeprefix("iopkit ") for path in COMMANDS}
    groups = {path.split()[0] for path in there}

    unknown = {name for name in named - there - groups if name.split()[0] not in there}

    assert unknown == set()


def test_the_docs_name_no_option_that_is_not_there():
    named = set(re.findall(r"`(--[a-z-]+)`", (DOCS / "command-line.md").read_text()))
    there = {name for command in COMMANDS.values() for option in options(command) for name in option.opts}

    assert named - there - {"--help"} == set()


def test_each_command_and_option_explains_itself():
    silent = [path for path, command in COMMANDS.items() if not command.help]
    silent += [
        f"{path} {option.name}" for path in COMMANDS for option in options(COMMANDS[path]) if not option.help
    ]

    assert silent == []


def test_the_tree_of_errors_is_drawn_the_same_in_code_and_docs():
    drawn = r"^ *([├└]── (\w+) .*)$"
    tree = re.findall(drawn, iopkit.errors.__doc__, re.M)

    assert re.findall(drawn, (DOCS / "errors.md").read_text(), re.M) == tree
    assert [name for _, name in tree] == [
        error.__name__ for error in iopkit.errors.IopkitError.__subclasses__()
    ]


def test_the_base_error_has_at_most_eight_children():
    assert len(iopkit.errors.IopkitError.__subclasses__()) <= 8


def test_the_docs_name_every_setting_of_the_environment():
    code = "".join(path.read_text() for path in (ROOT / "iopkit").rglob("*.py"))
    settings = set(re.findall(r"\bIOPKIT_[A-Z_]+\b", code))

    assert {name for name in settings if f"`{name}`" not in "".join(PAGES.values())} == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_relative_link_leads_to_a_file(name):
    targets = re.findall(r"\]\((?!https?:|mailto:|#|/)([^)#\s]+)", PAGES[name]) + re.findall(
        r'(?:src|srcset)="([^"/][^"]*)"', PAGES[name]
    )

    assert [target for target in targets if not ((ROOT / name).parent / target).exists()] == []


def test_the_readme_shows_every_picture_with_words_and_each_is_small():
    shown = set(re.findall(r'(?:src|srcset)="docs/images/([^"]+)"', PAGES["README.md"]))
    pictures = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}

    assert shown == set(pictures)
    assert {name: size for name, size in pictures.items() if size > 120_000} == {}
    assert re.findall(r"<img (?![^>]*alt=\"[^\"]{10})", PAGES["README.md"]) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_path_named_in_backticks_exists(name):
    if name == "CHANGELOG.md":
        return  # it tells of what once was
    made = ("static", "_build", "evening-walk")
    folders = "iopkit|worksheets|notebooks|tests|docs|frontend|requirements"
    paths = re.findall(rf"`((?:{folders})/[\w./-]*)`", PAGES[name])

    gone = [path for path in paths if not (ROOT / path).exists()]

    assert [path for path in gone if not any(word in path for word in made)] == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/getting-started.md"])
def test_every_make_command_named_is_in_the_makefile(name):
    named = set(re.findall(r"\bmake ([a-z]+)(?=`|    |$)", PAGES[name], re.M))

    there = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))

    assert named
    assert named - there == set()


def test_the_docs_name_every_figure_of_the_bench():
    code = "".join(path.read_text() for path in (ROOT / "iopkit/bench").glob("*.py"))
    figures = set(re.findall(r'(?:ratio|counted)\(\s*"([a-z0-9_.]+)"', code))

    assert figures
    assert {name for name in figures if f"`{name}`" not in PAGES["docs/performance.md"]} == set()


def test_the_makefile_explains_each_command():
    text = (ROOT / "Makefile").read_text()
    commands = re.search(r"^\.PHONY: (.*)$", text, re.M).group(1).split()

    assert [
        name for name in commands if name not in {"help", "browser"} and f'"make {name} ' not in text
    ] == []


def test_a_worksheet_is_added_in_six_steps_and_the_one_shown_is_sound(tmp_path):
    guide = PAGES["CONTRIBUTING.md"]
    sheet = tmp_path / "evening-walk.yaml"
    sheet.write_text(textwrap.dedent(re.search(r"^   ```yaml\n(.*?)^   ```$", guide, re.M | re.S).group(1)))

    scored = score(load_worksheet(sheet), {"tension_before": 7, "tension_after": 4}, day=DAY, zone="UTC")

    assert re.findall(r"^(\d)\. \*\*", guide, re.M) == ["1", "2", "3", "4", "5", "6"]
    assert scored.scores == {"eased": -3}


@pytest.mark.slow
def test_the_docs_build_without_a_warning_and_ask_no_other_host(tmp_path):
    build = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "-n",
        "--keep-going",
        "-q",
        "-d",
        tmp_path / "trees",
        DOCS,
        tmp_path / "html",
    ]

    done = subprocess.run(build, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    sources = r"""<(?:script|img|iframe)[^>]+src=["']?https?:"""
    sheets_and_fonts = r"""<link[^>]+rel=["']?(?:stylesheet|preload|icon)[^>]+https?:"""
    foreign = f"{sources}|{sheets_and_fonts}"
    built = {path.name: path.read_text() for path in (tmp_path / "html").rglob("*.html")}
    assert {name for name in load_catalog() if f">{name}<" not in built["worksheets.html"]} == set()
    assert [name for name, text in built.items() if re.search(foreign, text)] == []
    sheets = [path.read_text() for path in (tmp_path / "html").rglob("*.css")]
    assert [sheet for sheet in sheets if re.search(r"(url\(|@import\s+)[\"']?https?:", sheet)] == []
