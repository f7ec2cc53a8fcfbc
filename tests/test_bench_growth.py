"""Whether the memory of a long batch grows: what is compared with what, and which processes count."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from iopkit.bench import growth as ruler
from iopkit.bench.figure import Figure
from iopkit.bench.growth import EVERY, WARM, growth, kind_of, long_batch, memory, parents, parts, tree
from iopkit.errors import ReportError
from iopkit.reports.order import Order, Outcome

ORDER = Order(Path("t.ipynb"), "ina", "ava", "c1", "2026-01-12", "2026-03-08", Path("/tmp/report.html"))
COUNTS = range(EVERY, 10_001, EVERY)


def test_growth_is_what_the_last_thousand_have_more_than_the_first_after_the_warm_up() -> None:
    flat = [{"reports": at, "all": 300.0 if at <= WARM else 100.0} for at in COUNTS]
    rising = [{"reports": at, "all": 100 + at / 1000} for at in COUNTS]

    assert growth(flat, "all") == 0
    assert growth(rising, "all") == pytest.approx(8.4, abs=0.2)
    assert growth(flat[:12], "all") is None


def test_a_short_batch_compares_its_thirds_and_one_that_is_too_short_nothing() -> None:
    samples = [{"reports": at, "all": 1.0} for at in COUNTS]

    first, last = parts(samples[:20])

    assert [one["reports"] for one in first] == [600, 700, 800, 900, 1000]
    assert [one["reports"] for one in last] == [1600, 1700, 1800, 1900, 2000]
    assert parts(samples[:13]) == ((), ())


def test_one_spike_is_no_growth_and_is_told_as_the_highest(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = iter([400.0] * 5 + [200.0] * 10 + [260.0] + [202.0] * 14)
    orders = [replace(ORDER, file=Path(f"/tmp/{number}.html")) for number in range(3)]
    made: list[Path] = []

    def pool(tasks, workers):
        assert workers == 2
        for order, known in tasks:
            assert known == ""
            made.append(order.file)
            yield order, Outcome("ava", "done")

    monkeypatch.setattr(ruler, "in_pool", pool)
    monkeypatch.setattr(ruler, "memory", lambda root: {"all": next(taken)})

    found = long_batch(orders, 3000, 2)

    assert found == Figure("report.growth.percent", 1.0, "percent", 3000, 0.0, 30.0)
    assert made[:4] == [Path("/tmp/0.html"), Path("/tmp/1.html"), Path("/tmp/2.html"), Path("/tmp/0.html")]


def test_a_report_that_fails_is_no_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = Outcome("ava", "failed", error="The notebook ended its own process.")
    monkeypatch.setattr(ruler, "in_pool", lambda tasks, workers: [(tasks[0][0], failed)])

    with pytest.raises(ReportError, match="ended its own process"):
        long_batch([ORDER], 1000, 2)


def test_too_few_reports_tell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruler, "in_pool", lambda tasks, workers: [])

    with pytest.raises(ReportError, match="10 reports are too few"):
        long_batch([ORDER], 10, 2)


def test_this_process_is_below_its_parent_and_has_memory() -> None:
    of = parents()

    assert of[os.getpid()] == os.getppid()
    assert os.getpid() in tree(os.getppid(), of)
    assert kind_of(os.getpid(), of) == "workers"
    found = memory(os.getpid())
    assert found["batch"] > 1
    assert found["all"] == pytest.approx(sum(found[kind] for kind in ruler.KINDS), abs=0.3)


def test_a_fork_of_a_warm_parent_is_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruler, "is_warm", lambda pid: pid in (3, 4))
    of = {1: 0, 2: 1, 3: 2, 4: 3}

    assert [kind_of(pid, of) for pid in (2, 3, 4)] == ["workers", "warm", "kernels"]
