"""Entries as tidy tables: one row an answer, one row a score, and a dictionary of what can stand there.

Ids are stable and no table has a name in it. A cell of text that a spreadsheet would take for a formula
begins with an apostrophe (OWASP ASVS 1.2.10).
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from iopkit.clinic.record import Entry
from iopkit.worksheets.elements import (
    BooleanQuestion,
    RatingQuestion,
    RepeatingPanel,
    SelectQuestion,
    SliderQuestion,
    TextQuestion,
)
from iopkit.worksheets.evaluation import rows
from iopkit.worksheets.model import Item, Worksheet

Row = dict[str, Any]
SheetOf = Callable[[Entry], Worksheet]
ENTRY = (
    "client",
    "entry",
    "worksheet",
    "version",
    "domain",
    "about",
    "submitted_at",
    "answered_at",
    "revision",
)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "entries": (*ENTRY, "assignment", "zone"),
    "answers": (*ENTRY, "item", "row", "number", "text", "label"),
    "scores": (*ENTRY, "score", "value", "band"),
    "dictionary": ("worksheet", "version", "column", "kind", "title", "unit", "range", "values", "condition"),
}
"""The tables and their columns; an answer is in ``number`` or in ``text``, ``label`` is what was read."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tables(entries: Sequence[Entry], sheet_of: SheetOf) -> dict[str, list[Row]]:
    """Return the tables of some entries by name."""
    sheets = {(one.worksheet_id, one.version): sheet_of(one) for one in entries}
    ordered = sorted(entries, key=lambda one: (one.client_id, one.about, one.id))
    return {
        "entries": [{**head(one), "assignment": one.assignment_id, "zone": one.zone} for one in ordered],
        "answers": [row for one in ordered for row in answers(one, sheet_of(one))],
        "scores": [row for one in ordered for row in scores(one)],
        "dictionary": [row for _, sheet in sorted(sheets.items()) for row in dictionary(sheet)],
    }


def head(entry: Entry) -> Row:
    """Return the columns that every table of entries begins with."""
    answered = entry.answered_at.isoformat(timespec="seconds") if entry.answered_at else None
    submitted = entry.submitted_at.isoformat(timespec="seconds") if entry.submitted_at else None
    found = (
        entry.client_id,
        entry.id,
        entry.worksheet_id,
        entry.version,
        entry.domain,
        entry.about.isoformat(),
    )
    return dict(zip(ENTRY, (*found, submitted, answered, entry.revision), strict=True))


def answers(entry: Entry, sheet: Worksheet) -> Iterable[Row]:
    """Yield a row for each answer; each choice of several, and each item of a row, has its own."""
    for key, item in sheet.items.items():
        answer = entry.answers.get(key)
        if isinstance(item.question, RepeatingPanel):
            for number, one in enumerate(rows(answer), 1):
                for inner in item.inner.values():
                    yield from _cells(entry, inner, f"{key}.{inner.id}", one, number)
        else:
            yield from _cells(entry, item, key, entry.answers, None)


def _cells(
    entry: Entry, item: Item, name: str, given: Mapping[str, object], row: int | None
) -> Iterable[Row]:
    answer = given.get(item.id)
    for one in answer if isinstance(answer, list) else [answer]:
        if one is not None:
            yield {**head(entry), "item": name, "row": row, **_value(item, one)}
    words = given.get(f"{item.id}-Comment")
    if words is not None:
        yield {
            **head(entry),
            "item": f"{name}-Comment",
            "row": row,
            "number": None,
            "text": words,
            "label": None,
        }


def _value(item: Item, answer: object) -> Row:
    options = item.question.options if isinstance(item.question, SelectQuestion) else ()
    label = next((one.label for one in options if one.value == answer), None)
    if isinstance(answer, bool):
        return {"number": int(answer), "text": None, "label": "yes" if answer else "no"}
    if isinstance(answer, int | float):
        return {"number": answer, "text": None, "label": label}
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False, sort_keys=True)
    return {"number": None, "text": text, "label": label}


def scores(entry: Entry) -> Iterable[Row]:
    """Yield a row for each score that came to something."""
    for name, value in entry.scores.items():
        if value is not None:
            yield {**head(entry), "score": name, "value": value, "band": entry.bands.get(name)}


def dictionary(sheet: Worksheet) -> Iterable[Row]:
    """Yield a row for each item and score of a worksheet: what it asks and what can stand there."""
    for key, item in sheet.items.items():
        yield _described(sheet, key, item)
        for inner in item.inner.values():
            yield _described(sheet, f"{key}.{inner.id}", inner)
    for score in sheet.scores:
        known = "; ".join(f"{band.low:g} to {band.high:g} = {band.name}" for band in score.bands)
        span = "{:g} to {:g}".format(*score.range) if score.range else None
        common = {"worksheet": sheet.id, "version": sheet.version, "column": score.name, "kind": "score"}
        told = {"title": score.title, "unit": score.unit, "range": span, "values": known or None}
        yield {**common, **told, "condition": None}


def _described(sheet: Worksheet, column: str, item: Item) -> Row:
    question = item.question
    span, values = None, None
    if isinstance(question, RatingQuestion):
        span = f"{question.rate_min} to {question.rate_max}"
    elif isinstance(question, SliderQuestion) or (
        isinstance(question, TextQuestion) and question.min is not None
    ):
        span = f"{question.min} to {question.max}"
    if isinstance(question, SelectQuestion):
        known = [(one.value, one.label) for one in question.options] + [
            (one, one) for one in question.special
        ]
        values = "; ".join(f"{value} = {label}" for value, label in known)
    elif isinstance(question, BooleanQuestion):
        values = "1 = yes; 0 = no"
    kind = question.type  # type: ignore[attr-defined]  # each kind of question has one
    return {
        "worksheet": sheet.id,
        "version": sheet.version,
        "column": column,
        "kind": kind,
        "title": item.title,
        "unit": None,
        "range": span,
        "values": values,
        "condition": question.visible_if,
    }


def cell(value: object) -> object:
    """Return a value as a cell of CSV: text that would be a formula is text for a spreadsheet too.

    >>> cell("=1+1"), cell(-3), cell(None)
    ("'=1+1", -3, '')
    """
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


def as_csv(name: str, found: Iterable[Row]) -> str:
    """Return a table as CSV with CRLF line ends, every text quoted."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS[name])
    for row in found:
        writer.writerow([cell(row[column]) for column in COLUMNS[name]])
    return out.getvalue()


def write_parquet(name: str, found: list[Row], path: Path) -> None:
    """Write a table as Parquet; numbers are numbers, and an empty column is one of text."""
    import pyarrow  # type: ignore[import-untyped]  # it has no types of its own
    import pyarrow.parquet  # type: ignore[import-untyped]  # as above

    numbers = {"number", "value"}
    kinds = {"row": pyarrow.int32(), "revision": pyarrow.int32(), **dict.fromkeys(numbers, pyarrow.float64())}
    schema = pyarrow.schema([(one, kinds.get(one, pyarrow.string())) for one in COLUMNS[name]])
    table = pyarrow.Table.from_pylist(found, schema=schema)
    pyarrow.parquet.write_table(table, path)
