"""The worksheet as data: model, loader, checker, conditions, answers, scoring, catalog."""

from iopkit.worksheets.answers import Validation, validate
from iopkit.worksheets.catalog import Catalog, load_catalog
from iopkit.worksheets.check import check_paths, load_worksheet
from iopkit.worksheets.model import Chart, Flag, Item, Score, Worksheet
from iopkit.worksheets.scoring import Scored, score
from iopkit.worksheets.visibility import visible

__all__ = [
    "Catalog",
    "Chart",
    "Flag",
    "Item",
    "Score",
    "Scored",
    "Validation",
    "Worksheet",
    "check_paths",
    "load_catalog",
    "load_worksheet",
    "score",
    "validate",
    "visible",
]
