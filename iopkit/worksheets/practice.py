"""What a guided practice leaves behind: rounds, each with its pattern, minutes and whether it ended early."""

import math
from collections.abc import Iterable, Mapping

from iopkit.words import sentence
from iopkit.worksheets.evaluation import is_number, rows
from iopkit.worksheets.unfit import UnfitError

KEYS = {"pattern", "minutes", "ended_early"}
MOST_ROUNDS = 20
MOST_MINUTES = 180
"""A longer round was left running by mistake."""

MISFIT = sentence("Please use Start and Stop on this page, so that the minutes are counted.")


def check_rounds(patterns: Iterable[str], answer: object) -> list[dict[str, object]]:
    """Return the rounds of a practice; raise ``UnfitError`` for what the page does not make.

    Minutes are kept in tenths.
    """
    if not isinstance(answer, list) or not all(isinstance(row, dict) and set(row) == KEYS for row in answer):
        raise UnfitError(MISFIT)
    if len(answer) > MOST_ROUNDS:
        told = sentence(
            "Please keep this to {most} rounds; these are {count}.", most=MOST_ROUNDS, count=len(answer)
        )
        raise UnfitError(told)
    known = set(patterns)
    for row in rows(answer):
        pattern = row["pattern"]
        if not isinstance(pattern, str) or pattern not in known or not isinstance(row["ended_early"], bool):
            raise UnfitError(MISFIT)
    return [{**row, "minutes": _minutes(row["minutes"])} for row in rows(answer)]


def _minutes(answer: object) -> int | float:
    """Return minutes in tenths, a whole number where they are whole."""
    if not is_number(answer) or not math.isfinite(answer) or not 0.1 <= round(answer, 1) <= MOST_MINUTES:
        raise UnfitError(sentence("Please keep a round between 0.1 and {most} minutes.", most=MOST_MINUTES))
    tenths = round(answer, 1)
    return int(tenths) if tenths == int(tenths) else tenths


def total_minutes(answer: object) -> float | None:
    """Return the minutes of all rounds; None when there is none."""
    found = [float(minutes) for row in rows(answer) if is_number(minutes := row.get("minutes"))]
    return round(sum(found), 1) if found else None


def rounds_in_words(names: Mapping[str, str], answer: object) -> str:
    """Return the rounds as people read them; ``names`` are the texts of the patterns by value.

    >>> rounds_in_words({"4-6": "In 4, out 6"}, [{"pattern": "4-6", "minutes": 2.5, "ended_early": True}])
    'In 4, out 6: 2.5 minutes, ended early'
    """
    return "; ".join(_round_in_words(names, row) for row in rows(answer))


def _round_in_words(names: Mapping[str, str], row: Mapping[str, object]) -> str:
    minutes, pattern = row.get("minutes"), str(row.get("pattern"))
    span = f"{minutes} minute" if minutes == 1 else f"{minutes} minutes"
    return f"{names.get(pattern, pattern)}: {span}{', ended early' if row.get('ended_early') else ''}"
