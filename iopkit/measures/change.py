"""What the movement of a measure means, by published rules only; where none is published, that is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from iopkit.words import mark, say

RELIABLE_AT = 1.96
"""|RCI| above this is reliable change: Jacobson & Truax 1991, J Consult Clin Psychol 59:12–19."""

Verdict = Literal["recovered", "improved", "unchanged", "deteriorated"]


@dataclass(frozen=True)
class ReliableChange:
    """The reliable change index and the two standard errors it came from."""

    se: float
    s_diff: float
    rci: float


@dataclass(frozen=True)
class Cutoffs:
    """The three cut-offs of Jacobson & Truax between a clinical group (1) and a comparison group (0)."""

    a: float
    b: float
    c: float


def reliable_change(pre: float, post: float, *, sd: float, reliability: float) -> ReliableChange:
    """Return the reliable change index of one person (Jacobson & Truax 1991).

    >>> round(reliable_change(32.5, 47.5, sd=7.5, reliability=0.80).rci, 3)
    3.162
    """
    se = sd * sqrt(1 - reliability)
    s_diff = sqrt(2) * se
    return ReliableChange(se, s_diff, (post - pre) / s_diff)


def cutoffs(clinical: tuple[float, float], comparison: tuple[float, float]) -> Cutoffs:
    """Return cut-offs from (mean, sd) of both groups; the means say which direction is better.

    >>> cutoffs((40, 7.5), (60, 7.5))
    Cutoffs(a=55.0, b=45.0, c=50.0)
    """
    (m1, s1), (m0, s0) = clinical, comparison
    side = 1 if m0 > m1 else -1
    return Cutoffs(a=m1 + side * 2 * s1, b=m0 - side * 2 * s0, c=(s0 * m1 + s1 * m0) / (s0 + s1))


def classify(change: ReliableChange, post: float, *, cut: float, higher_is_better: bool) -> Verdict:
    """Return what Jacobson & Truax call the change: recovered needs a reliable improvement past the cut."""
    gain = change.rci if higher_is_better else -change.rci
    if gain < -RELIABLE_AT:
        return "deteriorated"
    if gain <= RELIABLE_AT:
        return "unchanged"
    crossed = post > cut if higher_is_better else post < cut
    return "recovered" if crossed else "improved"


@dataclass(frozen=True)
class Rule:
    """What is published about the change of one measure, with where."""

    reliable: float
    source: str
    look_back: str
    response: float | None = None
    remission: float | None = None
    end_source: str = ""
    higher_is_better: bool = False


RULES: Mapping[str, Rule] = {
    "phq-9": Rule(
        reliable=6,  # NHS England, Talking Therapies manual: reliable improvement PHQ-9 ≥ 6
        source="NHS Talking Therapies manual",
        look_back="2 weeks",
        response=0.5,  # NCQA HEDIS DRR-E: response is a total at least 50 % lower
        remission=5,  # NCQA HEDIS DRR-E: remission is a total below 5
        end_source="NCQA HEDIS DRR-E",
    ),
    "gad-7": Rule(
        reliable=4,  # NHS England, Talking Therapies manual: reliable improvement GAD-7 ≥ 4
        source="NHS Talking Therapies manual",
        look_back="2 weeks",
    ),
    "pcl-5": Rule(
        reliable=15,  # Marx 2022, Psychol Assess 34: reliable change 15 (18 in a second sample)
        source="Marx 2022",
        look_back="past month",
    ),
}


WORDS: Mapping[bool | tuple[bool, bool], tuple[str, str]] = {
    (True, True): (
        mark("{move}, reliable rise ({size})"),
        mark("{move}: {moved}, a reliable improvement (change {size}: {source})"),
    ),
    (True, False): (
        mark("{move}, reliable rise ({size})"),
        mark("{move}: {moved}, a reliable worsening (change {size}: {source})"),
    ),
    (False, True): (
        mark("{move}, reliable fall ({size})"),
        mark("{move}: {moved}, a reliable improvement (change {size}: {source})"),
    ),
    (False, False): (
        mark("{move}, reliable fall ({size})"),
        mark("{move}: {moved}, a reliable worsening (change {size}: {source})"),
    ),
    False: (
        mark("{move}, no reliable change ({size})"),
        mark("{move}: {moved}, no reliable change (needs {size}: {source})"),
    ),
}
"""What to say of a change: nothing reliable, else whether the score rose and whether that is better."""


@dataclass(frozen=True)
class Change:
    """A change in words: ``text`` is one sentence with the rule's source, ``short`` fits a table cell.

    ``reliable`` and ``worse`` are by the measure's published rule: None and False where there is none.
    """

    raw: float
    text: str
    short: str
    reliable: bool | None
    worse: bool = False


def change(measure: str, first: float, last: float, language: str = "en") -> Change:
    """Return what the movement from ``first`` to ``last`` means by the measure's published rule, if any.

    >>> change("phq-9", 18, 11).short
    '18 → 11, reliable fall (≥ 6)'
    """
    raw = last - first
    move = f"{plain(first)} → {plain(last)}"
    rule = RULES.get(measure)
    if rule is None:
        text = say(
            "{move}: {moved}. No published figure says what change counts.",
            language,
            move=move,
            moved=moved(raw, language),
        )
        return Change(raw, text, say("{move}, no published rule", language, move=move), None)
    reliable = abs(raw) >= rule.reliable
    size = f"≥ {plain(rule.reliable)}"
    better = (raw > 0) == rule.higher_is_better
    short, text = WORDS[reliable and (raw > 0, better)]
    values = {"move": move, "moved": moved(raw, language), "size": size, "source": rule.source}
    whole = say(text, language, **values) + end_words(rule, first, last, language)
    return Change(raw, f"{whole}.", say(short, language, **values), reliable, reliable and not better)


def end_words(rule: Rule, first: float, last: float, language: str = "en") -> str:
    """Return what is published about where a person ends: response and remission, or nothing."""
    words = []
    if rule.response is not None and first > 0 and last <= first * (1 - rule.response):
        lower = plain(rule.response * 100)
        words.append(say("response (at least {percent}% lower)", language, percent=lower))
    if rule.remission is not None and last < rule.remission <= first:
        words.append(say("remission (below {cut})", language, cut=plain(rule.remission)))
    if len(words) == 2:
        words = [say("{first} and {last}", language, first=words[0], last=words[1])]
    return f"; {words[0]}: {rule.end_source}" if words else ""


def moved(raw: float, language: str = "en") -> str:
    """Return the raw change in words."""
    if raw == 0:
        return say("no change", language)
    size, one = plain(abs(raw)), abs(raw) == 1
    if raw > 0:
        return (
            say("{size} point up", language, size=size)
            if one
            else say("{size} points up", language, size=size)
        )
    if one:
        return say("{size} point down", language, size=size)
    return say("{size} points down", language, size=size)


def plain(value: float) -> str:
    """Return a number without trailing zeros.

    >>> plain(14.0), plain(14.625)
    ('14', '14.6')
    """
    return f"{value:.1f}".removesuffix(".0")
