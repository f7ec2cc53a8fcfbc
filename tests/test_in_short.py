"""A run of tests says its failures shortly, whatever is compared, and last of all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from in_short import compared

HERE = Path(__file__).parent
LONG = "line\n" * 40_000


def run(folder: Path, code: str, *words: str) -> str:
    """Run a file of tests as CI would, with no plugin but ours and those named; return what it said."""
    (folder / "test_it.py").write_text(code)
    environment = os.environ | {"PYTHONPATH": str(HERE), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "CI": "true"}
    command = [sys.executable, "-m", "pytest", "-q", "-rN", "-p", "in_short", *words, "test_it.py"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return done.stdout.rstrip()


@pytest.mark.parametrize(
    ("op", "left", "right"),
    [
        ("==", "short", "shorter"),
        ("==", ["short"] * 20, ["shorter"] * 20),
        ("==", 1, 2),
        ("in", "word", "some words"),
    ],
)
def test_what_is_short_is_left_to_pytest(op, left, right):
    assert compared(op, left, right) == []


@pytest.mark.parametrize(
    ("left", "right", "where"),
    [
        (LONG + "a", LONG + "b", "200000"),
        (LONG.encode() + b"a", LONG.encode() + b"b", "200000"),
        (LONG, LONG + "more", "200000"),
        ([b"same", LONG.encode()], [b"same", LONG.encode() + b"b"], "[1] 200000"),
        ({"a": LONG, "b": 1}, {"a": LONG, "b": 2}, "['b']"),
        ({"a": LONG}, {"a": LONG, "b": 2}, "['b']"),
        ((LONG, 1), (LONG,), "[1]"),
        ({LONG}, {"other"}, "what only one of them holds"),
    ],
)
def test_where_long_things_part_is_told_in_a_few_short_lines(left, right, where):
    lines = compared("==", left, right)

    assert lines[1] == f"they part at {where}:"
    assert max(map(len, lines)) < 300
    assert len(lines) == 4


def test_around_the_first_difference_both_sides_are_shown():
    lines = compared("==", LONG + "left end", LONG + "right end")

    assert lines[0] == "str of 200008 characters == str of 200009 characters"
    assert lines[2].endswith("left end'")
    assert lines[3].endswith("right end'")


def test_what_a_long_text_should_hold_is_told_and_not_the_text():
    lines = compared("in", "needle", LONG)

    assert lines[0] == "str of 6 characters in str of 200000 characters"
    assert max(map(len, lines)) < 300


def test_two_long_texts_without_one_line_in_common_are_told_at_once(tmp_path):
    code = """
from random import Random
def noise(seed):
    draw = Random(seed)
    return ["".join(draw.choices("abc \\\\n", k=200_000)).encode()]
def test_pages():
    assert noise(1) == noise(2)
"""

    said = run(tmp_path, code)

    assert "they part at [0]" in said
    assert len(said) < 4_000
    assert said.splitlines()[-1].startswith("FAILED test_it.py::test_pages - AssertionError: assert list of")


def test_each_failure_has_one_line_at_the_end(tmp_path):
    code = """
import pytest
@pytest.mark.parametrize("n", range(3))
def test_numbers(n):
    assert n == 1, "a reason\\nof two lines" + 900 * "!"
@pytest.fixture
def broken():
    raise ValueError("no such thing")
def test_setup(broken):
    pass
"""

    said = run(tmp_path, code)

    assert said.splitlines()[-3:] == [
        "FAILED test_it.py::test_numbers[0] - AssertionError: a reason",
        "FAILED test_it.py::test_numbers[2] - AssertionError: a reason",
        "FAILED test_it.py::test_setup - ValueError: no such thing",
    ]


def test_many_failures_are_named_and_what_is_kept_of_them_is_short(tmp_path):
    code = "import pytest\n@pytest.mark.parametrize('n', range(40))\ndef test_n(n):\n    assert n < 0\n"

    said = run(tmp_path, code).splitlines()

    assert said[-17:-15] == ["FAILED test_it.py::test_n[0]", "FAILED test_it.py::test_n[1]"]
    assert said[-1] == "… and 24 more"


def test_a_run_that_breaks_says_why_and_what_had_failed_before(tmp_path):
    code = "def test_one():\n    assert 1 == 2\ndef test_two():\n    pass\n"
    (tmp_path / "conftest.py").write_text("""
def pytest_runtest_teardown(item):
    if item.name == "test_two":
        raise SystemError("gone")
def pytest_runtest_logfinish(nodeid):
    if "test_two" in nodeid:
        raise OSError("no room")
""")

    said = run(tmp_path, code, "-p", "xdist", "-n", "1").splitlines()

    assert said[-3] == "FAILED test_it.py::test_one - assert 1 == 2"
    assert said[-2].startswith("FAILED test_it.py::test_two - SystemError: gone")
    assert said[-1].startswith("THE RUN BROKE: ")
    assert "no room" in said[-1]


def test_a_run_without_failures_says_nothing_more(tmp_path):
    assert run(tmp_path, "def test_it():\n    pass\n").splitlines()[-1].startswith("1 passed in ")
