"""Find worksheets by what they are for: title, other names, introduction, and the words of their items.

An index of SQLite's full-text search, in memory: it knows word stems ("urges" finds "urge"), weighs a title
above an item, and needs nothing installed. A few dozen worksheets are indexed in some milliseconds.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from iopkit.worksheets.elements import SelectQuestion
from iopkit.worksheets.known_as import KNOWN_AS
from iopkit.worksheets.model import Item, Worksheet

COLUMNS = ("title", "known_as", "about", "items", "choices")
WEIGHTS = (8.0, 6.0, 4.0, 2.0, 1.0)
"""How much a word counts, by where it stands."""
STEMS = "tokenize = 'porter unicode61 remove_diacritics 2'"
LONGEST = 12
"""Most words of a query that are looked for."""
IDLE = frozenset(
    re.findall(
        r"\w+",
        """a about am an and are as at be been but by can do does for from get had has have how i in is it its
        me my not of on or our so something that the their them they this to up us was we what when where who
        why with you your""",
    )
)
"""Words that say nothing about what a worksheet is for."""
EXTRACT = 70
"""Most characters of a line that says why something was found."""


@dataclass(frozen=True)
class Match:
    """One worksheet that was found, and the item that shows why ("" when title or introduction do)."""

    worksheet_id: str
    because: str = ""


class Index:
    """Worksheets by their words."""

    def __init__(self, worksheets: Iterable[Worksheet]) -> None:
        self._tables = sqlite3.connect(":memory:", check_same_thread=False)
        self._tables.execute(
            f"CREATE VIRTUAL TABLE sheet USING fts5(id UNINDEXED, {', '.join(COLUMNS)}, {STEMS})"
        )
        self._tables.execute(f"CREATE VIRTUAL TABLE line USING fts5(id UNINDEXED, text, {STEMS})")
        self._titles: dict[str, str] = {}
        for one in worksheets:
            self._titles[one.id] = one.title
            asked, offered = list(questions_of(one)), list(choices_of(one.items))
            known_as = f"{one.id} {KNOWN_AS.get(one.id, '')}"
            about = f"{one.about} {one.category}"
            row = (one.id, one.title, known_as, about, " ".join(asked), " ".join(offered))
            self._tables.execute("INSERT INTO sheet VALUES (?, ?, ?, ?, ?, ?)", row)
            self._tables.executemany("INSERT INTO line VALUES (?, ?)", [(one.id, text) for text in asked])

    def find(self, text: str) -> list[Match]:
        """Return the worksheets that fit: those with most of the words first, then by where these stand."""
        words = terms(text)
        found: dict[str, list[float]] = {}
        for word in words:
            for worksheet_id, weight in self._ask("sheet", word, WEIGHTS):
                found.setdefault(worksheet_id, []).append(weight)
        enough = max(map(len, found.values()), default=0) if len(words) < 3 else -(-len(words) // 2)
        titles = (found for word in words for found, _ in self._ask("sheet", f"title : {word}"))
        named = Counter(titles)

        def place(one: str) -> tuple[int, int, float, str]:
            length = len(self._titles[one]) if named[one] else 0
            return (-len(found[one]) - named[one], length, sum(found[one]), one)

        ranked = sorted(found, key=place)
        return [
            Match(one, "" if one in named else self._because(one, words))
            for one in ranked
            if len(found[one]) >= enough
        ]

    def _ask(self, table: str, query: str, weights: tuple[float, ...] = ()) -> list[tuple[str, float]]:
        rank = f"bm25({', '.join([table, '0', *map(str, weights)])})"
        chosen = f"SELECT id, {rank} FROM {table} WHERE {table} MATCH ? ORDER BY 2, id"  # noqa: S608 - our own names
        return self._tables.execute(chosen, (query,)).fetchall()

    def _because(self, worksheet_id: str, words: list[str]) -> str:
        """Return the item in which most of the words stand, shortened; "" when none of them does."""
        chosen = "SELECT text FROM line WHERE id = ? AND line MATCH ? ORDER BY bm25(line) LIMIT 1"
        row = self._tables.execute(chosen, (worksheet_id, " OR ".join(words))).fetchone()
        return shorten(row[0], EXTRACT, placeholder=" …") if row else ""


def terms(text: str) -> list[str]:
    """Return the words worth looking for, quoted for a query; the last may be the beginning of one.

    >>> terms("Urges at night")
    ['"urges"', '"night"*']
    """
    found = [word for word in re.findall(r"\w+", text.lower()) if word not in IDLE][:LONGEST]
    return [f'"{word}"' for word in found[:-1]] + [f'"{word}"*' for word in found[-1:]]


def questions_of(worksheet: Worksheet) -> Iterator[str]:
    """Yield what a worksheet asks: titles of pages, titles, descriptions and examples of items."""
    for page in worksheet.pages:
        yield from filter(None, (page.title, page.description))
    yield from item_words(worksheet.items)


def item_words(items: Mapping[str, Item]) -> Iterator[str]:
    """Yield what items say, those inside repeating panels too."""
    for item in items.values():
        for question in item.asked_by:
            yield from filter(None, (question.title, question.description, question.example))
        yield from item_words(item.inner)


def choices_of(items: Mapping[str, Item]) -> Iterator[str]:
    """Yield the words of the choices."""
    for item in items.values():
        if isinstance(item.question, SelectQuestion):
            yield from (choice.label for choice in item.question.options)
        yield from choices_of(item.inner)
