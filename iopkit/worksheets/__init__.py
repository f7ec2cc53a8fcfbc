"""The worksheet as data: model, loader, checker, conditions, answers, scoring, catalog."""

from iopkit.worksheets.catalog import Catalog, load_catalog
from iopkit.worksheets.check import check_paths, load_worksheet
from iopkit.worksheets.model import Chart, Flag, Item, Score, Worksheet

__all__ = [
    "Catalog",
    "Chart",
    "Flag",
    "Item",
    "Score",
    "Worksheet",
    "check_paths",
    "load_catalog",
    "load_worksheet",
]
