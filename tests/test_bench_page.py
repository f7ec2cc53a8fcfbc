"""The page bench: two shapes of one form, honest counting, and a run on the real sites."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from iopkit.bench.browser import Visit
from iopkit.bench.form import ITEMS, plain_code, served_code, survey
from iopkit.bench.opening import extremes
from iopkit.bench.page import counted, percentile, seconds
from iopkit.worksheets import load_catalog

ROOT = Path(__file__).parents[1]
_ONE_ROUND = """
import sys
from iopkit.bench import page
from iopkit.cli import main

page.QUICK = page.Size(rounds=1, open_pages=2, crowds=0)
sys.argv[1:] = ["bench", "page", "--json"]
main()
"""


def test_both_shapes_of_the_form_ask_the_same_questions():
    questions = [question for _, _, question, _ in ITEMS]
    plain = ast.parse(plain_code())

    asked = [
        node.args[0].value
        for node in ast.walk(plain)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "Label"
    ]
    elements = survey()["pages"][0]["elements"]

    assert asked == questions
    assert [element["title"] for element in elements] == questions


def test_each_kind_of_item_has_its_plain_widget():
    calls = [node.func.attr for node in ast.walk(ast.parse(plain_code())) if isinstance(node, ast.Call)]

    kinds = {
        kind: sum(item[1] == kind for item in ITEMS) for kind in ("text", "comment", "slider", "radiogroup")
    }

    assert kinds == {
        "text": calls.count("Text"),
        "comment": calls.count("Textarea"),
        "slider": calls.count("IntSlider"),
        "radiogroup": calls.count("RadioButtons"),
    }


def test_our_notebook_is_one_call():
    assert served_code() == "from iopkit.bench.form import serve_form\n\nserve_form()"


def test_what_was_counted_is_given_as_median_lowest_and_highest():
    figure = counted("page.warm.requests", "requests", [8, 6, 7])

    assert (figure.value, figure.unit, figure.n, figure.low, figure.high) == (7, "requests", 3, 6, 8)


def test_the_slowest_of_a_crowd_is_its_95th_percentile():
    assert percentile([float(number) for number in range(1, 21)], 95) == pytest.approx(19.05)


def test_visits_are_compared_by_their_seconds():
    assert seconds([Visit(1.5, 8, 20.0), Visit(0.5, 8, 20.0)]) == [1.5, 0.5]


def test_the_worksheets_that_are_opened_are_the_shortest_and_the_longest_for_clients():
    smallest, largest = extremes(load_catalog())

    assert (smallest.id, largest.id) == ("audit-c", "relapse-prevention-plan")


@pytest.mark.e2e
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_bench_prints_each_figure_as_json_and_ours_asks_for_little():
    # in a process of its own: this one may already drive a browser, and can drive only one
    run = subprocess.run([sys.executable, "-c", _ONE_ROUND], capture_output=True, text=True, cwd=ROOT)

    assert run.returncode == 0, run.stderr
    printed = json.loads(run.stdout)
    figures = {figure["name"]: figure for figure in printed["figures"]}
    assert list(figures) == [
        "page.warm.ratio",
        "page.cold.ratio",
        "page.warm.over_static",
        "page.warm.requests",
        "page.warm.kilobytes",
        "memory.ratio",
        "page.largest_over_smallest",
    ]
    assert figures["page.warm.requests"]["value"] <= 15
    assert figures["page.warm.kilobytes"]["value"] <= 50
    assert figures["page.warm.ratio"]["value"] > 1
    assert figures["memory.ratio"]["value"] > 1
