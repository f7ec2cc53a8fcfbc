"""Finds the function a score names: ``sleep.night`` is ``FIGURES["night"]`` of ``iopkit.measures.sleep``.

A chart names a function of many entries in the same way: ``urges.hours`` is ``OVERVIEWS["hours"]`` of
``iopkit.measures.urges``.

Worksheets are data and stand below measures, so the module is looked up when a score asks for it. Adding a
measure touches nothing here.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from typing import Protocol


@dataclass(frozen=True)
class Worked:
    """What a function made of one entry: figures by name, and texts by item.

    ``asks`` are doubtful answers to ask about again, ``refused`` contradictions, ``gaps`` what is missing.
    """

    values: Mapping[str, float | None]
    asks: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)


class Function(Protocol):
    """Works figures out of the visible answers of one entry; ``day`` and ``zone`` say when and where."""

    def __call__(self, answers: Mapping[str, object], *, day: date, zone: str) -> Worked:
        """Return the figures, questions and refusals."""


@dataclass(frozen=True)
class Figures:
    """A function and the names of the figures it gives."""

    names: tuple[str, ...]
    work_out: Function


class Overview(Protocol):
    """Works out figures of many entries; ``iopkit.measures.shapes`` has the whole of it."""

    @property
    def kind(self) -> str:
        """The kind of chart that draws it."""

    @property
    def reads(self) -> tuple[str, ...]:
        """The items it needs in the worksheet."""


@lru_cache(maxsize=256)
def find(name: str) -> Figures:
    """Return the figures that ``module.function`` names; raise ``LookupError`` when there are none."""
    module, _, function = name.partition(".")
    path = f"iopkit.measures.{module}"
    if find_spec(path) is None:
        raise LookupError(name)
    known: Mapping[str, Figures] = getattr(importlib.import_module(path), "FIGURES", {})
    return known[function]


def overview(name: str) -> Overview:
    """Return the figures over many entries that ``module.function`` names; raise ``LookupError`` without."""
    module, _, function = name.partition(".")
    path = f"iopkit.measures.{module}"
    if find_spec(path) is None:
        raise LookupError(name)
    known: Mapping[str, Overview] = getattr(importlib.import_module(path), "OVERVIEWS", {})
    return known[function]
