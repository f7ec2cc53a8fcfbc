"""Scores, bands and flags of one entry, as its worksheet says."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from iopkit.errors import AnswerError
from iopkit.worksheets.answers import check_all, work_out
from iopkit.worksheets.conditions import parse, variables
from iopkit.worksheets.evaluation import find, holds, is_empty, is_number, rows
from iopkit.worksheets.functions import Worked
from iopkit.worksheets.model import Flag, Score, Worksheet
from iopkit.worksheets.visibility import Answers, settle, visible

Figure = int | float | None


@dataclass(frozen=True, repr=False)
class Scored:
    """What an entry comes to. A score is None where an answer it needs is missing.

    ``bands`` maps score → band, ``flags`` are the safety rules that fired, ``priorities`` how urgent each is,
    ``problems`` what the client should be asked, and what was left unworked and why.
    """

    scores: dict[str, Figure]
    bands: dict[str, str]
    flags: list[str]
    priorities: dict[str, Literal["normal", "high"]]
    problems: list[str]


def score(worksheet: Worksheet, answers: Answers, *, day: date, zone: str) -> Scored:
    """Return scores, bands and flags of the visible answers; an unanswered item is never counted as 0.

    ``day`` is the day the entry reports about, ``zone`` the client's IANA zone. Raises ``AnswerError`` for
    what the form would refuse.
    """
    kept, refused = check_all(worksheet, answers)
    clear = settle(worksheet, kept)
    worked = work_out(worksheet, clear, day=day, zone=zone)
    refused |= worked.refused
    if refused:
        raise AnswerError([f"{item}: {text}" for item, text in refused.items()])
    scorer = _Scorer(clear, worked)
    scores = {one.name: scorer.score(one) for one in worksheet.scores}
    bands = {one.name: name for one in worksheet.scores if (name := scorer.band(one, scores[one.name]))}
    flags = [flag for flag in worksheet.flags if holds(parse(flag.when), clear)]
    asked = [f"{item}: {text}" for item, text in {**worked.gaps, **worked.asks}.items()]
    asked_for = set(visible(worksheet, clear))
    unchecked = [text for flag in worksheet.flags for text in _unchecked(flag, clear, asked_for)]
    return Scored(
        scores,
        bands,
        [flag.id for flag in flags],
        {flag.id: priority(flag, clear) for flag in flags},
        [*asked, *scorer.problems, *unchecked],
    )


def priority(flag: Flag, answers: Answers) -> Literal["normal", "high"]:
    """Return how urgent a flag that fired is."""
    urgent = flag.high_when is not None and holds(parse(flag.high_when), answers)
    return "high" if urgent else flag.priority


def _unchecked(flag: Flag, answers: Answers, asked_for: Container[str]) -> list[str]:
    """Return a line for each visible item of a safety rule without an answer: no answer is not a no."""
    names = dict.fromkeys(variable.name for variable in variables(parse(flag.when)))
    missing = [name for name in names if name in asked_for and is_empty(find(name, answers))]
    told = f"no answer, which is not a no; the rule '{flag.id}' was not checked, please ask"
    return [f"{name}: {told}" for name in missing]


class _Scorer:
    """Works out the scores of one entry and collects what could not be."""

    def __init__(self, answers: Answers, worked: Worked) -> None:
        self.answers = answers
        self.worked = worked
        self.problems: list[str] = []
        self.prorated: set[str] = set()

    def score(self, score: Score) -> Figure:
        """Return one figure, rounded to its digits."""
        value = self._raw(score)
        if value is None or score.digits is None:
            return _plain(value)
        return _plain(round(value, score.digits))

    def band(self, score: Score, value: Figure) -> str | None:
        """Return the name of the band that holds a figure; a prorated one has none."""
        if value is None or score.name in self.prorated:
            return None
        below = [band for band in score.bands if band.low <= value]
        return max(below, key=lambda band: band.low).name if below else None

    def _raw(self, score: Score) -> float | None:
        if score.function:
            return self.worked.values.get(f"{score.function}/{score.name}")
        if score.count:
            return self._count(score.count)
        if score.difference:
            first, second = (_mean(self._numbers(score, item)) for item in score.difference)
            return None if first is None or second is None else second - first
        return self._total(score, score.sum or score.mean or ())

    def _count(self, item: str) -> int:
        """Return how many rows, choices or answers an item has."""
        found = [answer for answer in self._column(item) if not is_empty(answer)]
        return sum(len(answer) if isinstance(answer, list) else 1 for answer in found)

    def _total(self, score: Score, items: Sequence[str]) -> float | None:
        """Return the sum or mean over items, each of which is the mean of its rows where it has some."""
        found = [number for item in items if (number := _mean(self._numbers(score, item))) is not None]
        missing = len(items) - len(found)
        if missing and not (score.missing == "prorate" and len(found) >= (score.at_least or 1)):
            self.problems.append(f"{score.name}: {_too_few(score, len(items), missing)}")
            return None
        if missing:
            self.prorated.add(score.name)
            told = f"prorated from {len(found)} of {len(items)} answers, so it has no band"
            self.problems.append(f"{score.name}: {told}")
        mean = sum(found) / len(found)
        if score.mean:
            return mean
        return mean * len(items) if missing else sum(found)

    def _numbers(self, score: Score, item: str) -> list[float]:
        numbers = [float(answer) for answer in self._column(item) if is_number(answer)]
        if item in score.reversed:
            return [float(score.top or 0) - number for number in numbers]
        return numbers

    def _column(self, item: str) -> list[object]:
        """Return the answers of an item: one, or one for each row."""
        panel, _, inner = item.partition(".")
        if not inner:
            found = self.answers.get(panel)
            return list(rows(found)) or [found]
        return [row.get(inner) for row in rows(self.answers.get(panel))]


def _too_few(score: Score, items: int, missing: int) -> str:
    """Return why there is no figure: what it needs, and how much of that is not there."""
    if items == 1:
        return "no answer, so no figure"
    needs = f"at least {score.at_least or 1} of {items}" if score.missing == "prorate" else f"all {items}"
    return f"needs {needs} answers, {missing} {'is' if missing == 1 else 'are'} missing"


def _mean(numbers: list[float]) -> float | None:
    return sum(numbers) / len(numbers) if numbers else None


def _plain(value: Figure) -> Figure:
    """Return a whole figure as a whole number, so that a total of 14 prints as 14."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_answers(scored: Scored) -> Mapping[str, object]:
    """Return what the command line prints of an entry's scores."""
    return {
        "scores": scored.scores,
        "bands": scored.bands,
        "flags": scored.flags,
        "problems": scored.problems,
    }
