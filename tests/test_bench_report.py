"""The ruler for reports: ratios with their rounds, as text and as one JSON document."""

import json
import subprocess
import sys
import time
from pathlib import Path

from iopkit.bench.figure import Figure, document, machine, ratio
from iopkit.bench.report import Size, bench_report, copies, rate, workers
from iopkit.reports.order import Order

ORDER = Order(Path("t.ipynb"), "ina", "ava", "c1", "2026-01-12", "2026-03-08", Path("/tmp/report.html"))


def nap(order: Order) -> None:
    """Take a tenth of a second, in a process of the pool."""
    time.sleep(0.1)


def test_a_ratio_is_plain_by_ours_with_the_single_rounds_around_it() -> None:
    assert ratio("report.one.ratio", plain=[4.0, 5.0, 9.0], ours=[0.5, 1.0, 1.0]) == Figure(
        "report.one.ratio", 5.0, "times", n=3, low=5.0, high=9.0
    )


def test_figures_are_one_document_with_the_machine() -> None:
    figure = Figure("report.one.ratio", 5.0, "times", 3, 4.5, 9.0)

    assert document([figure]) == {
        "machine": machine(),
        "figures": [
            {"name": "report.one.ratio", "value": 5.0, "unit": "times", "n": 3, "low": 4.5, "high": 9.0}
        ],
    }


def test_a_rate_counts_two_workers_and_stops_when_the_time_is_over() -> None:
    started = time.perf_counter()

    with workers() as pool:
        rate(pool, nap, copies(ORDER, 2, "ours"), seconds=10)
        found = rate(pool, nap, copies(ORDER, 400, "ours"), seconds=0.5)

    assert 4 < found < 22
    assert time.perf_counter() - started < 20


def test_a_batch_writes_each_report_to_a_file_of_its_own() -> None:
    assert [order.file.name for order in copies(ORDER, 2, "ours")] == ["ours-0.html", "ours-1.html"]


def test_both_figures_come_out_of_the_smallest_run() -> None:
    heard: list[str] = []

    figures = bench_report(Size(rounds=1, ours=2, plain=2, seconds=60), tell=heard.append)

    assert [(figure.name, figure.unit, figure.n) for figure in figures] == [
        ("report.one.ratio", "times", 1),
        ("report.batch200.ratio", "times", 5),
    ]
    assert all(0 < figure.low <= figure.high for figure in figures)
    assert all(figure.value > 0 for figure in figures)
    assert heard[0] == "inventing a clinic"


def test_the_command_says_what_it_measures() -> None:
    command = [sys.executable, "-c", "from iopkit.cli import main; main()", "bench", "report", "--help"]

    result = subprocess.run(command, capture_output=True, text=True, check=True)

    assert "--full" in result.stdout
    assert "--json" in result.stdout
    assert json.dumps(document([]))
