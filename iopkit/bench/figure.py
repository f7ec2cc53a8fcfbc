"""One measured figure and how it is printed. A ratio is plain tool / ours: higher is better."""

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A median with how often it was measured and the lowest and highest single value."""

    name: str
    value: float
    unit: str
    n: int
    low: float
    high: float


def ratio(name: str, plain: Sequence[float], ours: Sequence[float]) -> Figure:
    """Return how many times the plain tool's median is ours; low and high are those of the single rounds."""
    rounds = [one / other for one, other in zip(plain, ours, strict=True)]
    value = median(plain) / median(ours)
    return Figure(name, round(value, 2), "times", len(rounds), round(min(rounds), 2), round(max(rounds), 2))


def machine() -> str:
    """Return what this ran on: processor count, system and Python."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} processors, {system}, Python {platform.python_version()}"


def document(figures: Sequence[Figure]) -> dict[str, Any]:
    """Return figures as the one JSON document that ``--json`` prints."""
    return {"machine": machine(), "figures": [asdict(figure) for figure in figures]}
