"""The code keeps its shape: short files and functions, few levels, described, named by what it is."""

import ast
import json
import subprocess
from pathlib import Path

import pytest

import iopkit

ROOT = Path(__file__).parent.parent
ENGINE = sorted((ROOT / "iopkit").rglob("*.py"))
TRACKED = [
    ROOT / name for name in subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
]
CODE = [path for path in TRACKED if path.suffix in {".py", ".js", ".mjs", ".ts", ".css"} and path.exists()]
NOTEBOOKS = [path for path in TRACKED if path.suffix == ".ipynb" and path.exists()]
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_file_is_over_500_lines():
    assert [f"{name(path)}: {lines(path)}" for path in CODE if lines(path) > 500] == []


def test_no_function_is_over_60_lines():
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in CODE
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, Function) and node.end_lineno - node.lineno >= 60
    ]

    assert long == []


def test_folders_go_at_most_two_levels_below_the_package():
    assert [name(path) for path in ENGINE if len(path.relative_to(ROOT / "iopkit").parts) > 3] == []


def test_no_module_is_named_after_being_useful():
    forbidden = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "tools", "lib"}

    assert [name(path) for path in CODE if forbidden & {path.stem, path.parent.name}] == []


def public(tree: ast.Module) -> list[ast.Module | ast.ClassDef | Function]:
    """List a module and its public classes, functions and methods."""
    found: list[ast.Module | ast.ClassDef | Function] = [tree]
    for node in found:
        inner = [child for child in node.body if isinstance(child, ast.ClassDef | Function)]
        if not isinstance(node, Function):
            found += [child for child in inner if not child.name.startswith("_")]

    return found


def test_every_public_thing_says_what_it_is():
    silent = [
        f"{name(path)}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', 'module')}"
        for path in ENGINE
        for node in public(ast.parse(path.read_text()))
        if not (ast.get_docstring(node) or "").split("\n")[0].strip()
    ]

    assert silent == []


def test_the_package_offers_what_it_lists_in_order():
    listed = list(iopkit.__all__)

    assert listed == sorted(listed)
    assert [item for item in listed if not hasattr(iopkit, item)] == []
    assert dir(iopkit) == listed


def test_there_is_a_line_of_test_for_each_line_of_engine(record_property):
    written = [
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "tests/cases").glob("*.yaml"),
    ]  # a case file is a table of tests
    tests = sum(map(lines, written))
    engine = sum(map(lines, ENGINE))

    record_property("test lines per line of engine", round(tests / engine, 2))

    assert tests >= engine, f"{tests} lines of test, {engine} of engine"


def cells(path: Path, kind: str = "code") -> list[dict]:
    return [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_carries_no_outputs_counts_or_widget_state(path):
    text = json.loads(path.read_text())

    assert [cell for cell in cells(path) if cell["outputs"] or cell["execution_count"] is not None] == []
    assert "widgets" not in text["metadata"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_is_thin(path):
    source = "\n".join("".join(cell["source"]) for cell in cells(path))
    thick = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.For | ast.While | ast.Try

    assert len(json.loads(path.read_text())["cells"]) <= 12
    assert len(source.splitlines()) <= 40
    assert [type(node).__name__ for node in ast.walk(ast.parse(source)) if isinstance(node, thick)] == []


@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if path.parent.name in {"reports", "worksheets"}], ids=name
)
def test_a_rendered_notebook_has_one_cell_of_typed_parameters(path):
    tagged = [cell for cell in cells(path) if "parameters" in cell["metadata"].get("tags", [])]

    assert len(tagged) == 1
    statements = ast.parse("".join(tagged[0]["source"])).body
    assert [type(node).__name__ for node in statements if not isinstance(node, ast.AnnAssign)] == []
