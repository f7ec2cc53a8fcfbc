"""The worksheet as data: a header of ours, pages in SurveyJS's form, scores, flags and charts."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PrivateAttr, StringConstraints
from pydantic.alias_generators import to_snake

from iopkit.errors import AnswerError
from iopkit.worksheets import settings as set_by
from iopkit.worksheets.elements import (
    Choice,
    Condition,
    Data,
    Loinc,
    Name,
    Number,
    Page,
    Question,
    RepeatingPanel,
    SelectQuestion,
    Text,
    questions,
    survey_elements,
)
from iopkit.worksheets.settings import Setting, Settings

WorksheetId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
Reference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
"""An item, or ``panel.item`` for a question inside a repeating panel."""

Category = Literal[
    "cognitive", "mindfulness", "emotion", "couples", "creative", "social",
    "lifestyle", "sober-fun", "recovery", "program", "measures",
]  # fmt: skip
Domain = Literal["individual", "couples", "substance-use", "medical"]


class Header(Data):
    """Base of the parts that are ours and not SurveyJS's: keys are written as in Python."""

    model_config = ConfigDict(alias_generator=to_snake)


class Band(Header):
    """A named stretch of a score, both ends included."""

    low: Number = Field(alias="from")
    high: Number = Field(alias="to")
    name: Text


class Score(Header):
    """A figure of one entry: how it is worked out, its unit and direction, its bands and the source of both.

    Exactly one of ``sum``, ``mean``, ``difference`` (second minus first), ``count`` and ``function`` is
    given. ``reversed`` items count as ``top`` minus the answer. A sum or mean needs all its items, unless
    ``missing`` is ``prorate`` and ``at_least`` of them are answered: then it is mean × items (or the mean),
    marked as prorated and without a band.
    """

    name: Name
    title: Text
    unit: Text | None = None
    better: Literal["higher", "lower", "neither"] = "neither"
    range: tuple[Number, Number] | None = None
    sum: tuple[Reference, ...] | None = None
    mean: tuple[Reference, ...] | None = None
    difference: tuple[Reference, Reference] | None = None
    count: Reference | None = None
    function: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")] | None = None
    reversed: tuple[Reference, ...] = ()
    top: Number | None = None
    missing: Literal["none", "prorate"] = "none"
    at_least: Annotated[int, Field(ge=1)] | None = None
    digits: Annotated[int, Field(ge=0, le=3)] | None = None
    bands: tuple[Band, ...] = ()
    look_back: Text | None = None
    source: Text | None = None
    loinc: Loinc | None = None


class Flag(Header):
    """A safety rule: when ``when`` is true the help of ``text`` shows at once and the care team is told.

    ``high_when`` raises ``priority`` to high for the answers it names.
    """

    id: WorksheetId
    when: Condition
    priority: Literal["normal", "high"] = "normal"
    high_when: Condition | None = None
    text: Text
    source: Text | None = None


ChartKind = Literal["line", "bars", "groups", "slope", "calendar", "hours", "stack", "week", "nights"]
"""line: over time, with bands. bars: columns over time. groups: named bars. slope: before and after.

calendar: a heat map of days. hours: hour × weekday. stack: a column of parts a week. week: a week on one
page. nights: one bar a night.
"""


class Chart(Header):
    """A picture of many entries: of some ``scores``, or of a ``function`` that works over all of them.

    One for the ``audience`` clinician is not shown to clients.
    """

    kind: ChartKind
    title: Text
    scores: tuple[Name, ...] = ()
    function: Annotated[str, StringConstraints(pattern=r"^[a-z_]+\.[a-z_]+$")] | None = None
    audience: Literal["client", "clinician"] = "client"


class Piece(Header):
    """Choices that several worksheets include: one list, written once."""

    id: WorksheetId
    title: Text
    about: Text
    choices: Annotated[tuple[Choice, ...], Field(min_length=2)]


@dataclass(frozen=True)
class Item:
    """Something that has an answer. ``inner`` holds the items of one row of a repeating panel."""

    id: str
    title: str
    question: Question
    inner: Mapping[str, "Item"]
    asked_by: tuple[Question, ...]
    """All elements that ask for it: two repeating panels may share their rows."""


class Worksheet(Header):
    """One worksheet in one version."""

    id: WorksheetId
    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+$")]
    status: Literal["draft", "reviewed", "retired"]
    title: Text
    category: Category
    domain: Domain
    audience: Literal["client", "couple", "clinician"]
    private: bool = False
    minutes: Annotated[int, Field(ge=1, le=60)]
    short: WorksheetId | None = None
    about: Text
    next_step: Text | None = None
    sources: tuple[Text, ...] = ()
    licence: Text | None = None
    rights_checked: Annotated[date, Field(strict=False)] | None = None
    reference: Text | None = None
    loinc: Loinc | None = None
    settings: tuple[Setting, ...] = ()
    include: tuple[WorksheetId, ...] = ()
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    scores: tuple[Score, ...] = ()
    flags: tuple[Flag, ...] = ()
    charts: tuple[Chart, ...] = ()
    _begin: dict[str, Any] = PrivateAttr(default_factory=dict)
    _language: str = PrivateAttr(default="en")
    _texts: Mapping[str, str] = PrivateAttr(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of its texts; the checker and the store know the English ones only."""
        return self._language

    def said_in(self, language: str, texts: Mapping[str, str]) -> "Worksheet":
        """Return the same worksheet, noting the language of its texts and their English originals."""
        made = self.model_copy()
        made._language, made._texts = language, texts
        return made

    def say(self, text: str) -> str:
        """Return an English text of this worksheet, such as the band of a stored score, in its language."""
        return self._texts.get(text, text)

    @property
    def conditions(self) -> dict[str, str]:
        """When each flag holds, by its id."""
        return {flag.id: flag.when for flag in self.flags}

    @property
    def messages(self) -> dict[str, str]:
        """What whoever fills it in reads when a flag holds, by its id."""
        return {flag.id: flag.text for flag in self.flags}

    @property
    def begin(self) -> dict[str, Any]:
        """The answers that an entry begins with: none, unless ``with_settings`` gave some."""
        return deepcopy(self._begin)

    def with_settings(self, settings: Settings) -> "Worksheet":
        """Return the worksheet as it is asked with these settings; AnswerError for one of the wrong shape.

        Sections that are off are gone, with the scores and charts that need them; lists are offered;
        ``begin`` holds what an entry begins with. Without settings it is the worksheet itself.
        """
        wrong = set_by.faults(self.id, self.pages, self.settings, settings)
        if wrong:
            raise AnswerError(wrong)
        if not settings:
            return self
        shaped = set_by.shape(self.pages, self.settings, settings)
        made = self.model_copy(update={"pages": shaped.pages})
        made.__dict__.pop("items", None)
        made.__dict__.pop("keys", None)
        scores = tuple(one for one in self.scores if _is_askable(one, made.items))
        names = {one.name for one in scores}
        charts = tuple(one for one in self.charts if names.issuperset(one.scores))
        made = made.model_copy(update={"scores": scores, "charts": charts})
        made._begin = shaped.begin
        return made

    def fitting(self, settings: Settings) -> dict[str, Any]:
        """Return those settings that fit this version of the worksheet."""
        return set_by.fitting(self.pages, self.settings, settings)

    def survey(self) -> dict[str, Any]:
        """Return SurveyJS JSON, ready for ``survey-core``; each question's ``name`` is its item id."""
        pages = []
        for page in self.pages:
            shown = page.model_dump(mode="json", exclude_defaults=True, exclude={"elements"})
            pages.append({**shown, "elements": survey_elements(page.elements, self.language)})
        return {"pages": pages} if self.language == "en" else {"locale": self.language, "pages": pages}

    @cached_property
    def keys(self) -> frozenset[str]:
        """All names under which an answer may be stored: item ids, and ``<id>-Comment`` beside *other*."""
        others = (f"{item.id}-Comment" for item in self.items.values() if has_other(item.question))
        return frozenset((*self.items, *others))

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Items by id, in order of the pages; a repeating panel holds its inner items."""
        return _items([question for page in self.pages for question in questions(page.elements)])


def _is_askable(score: Score, items: Mapping[str, Item]) -> bool:
    """Return whether what a score counts is among the items."""
    needed = (*(score.sum or score.mean or score.difference or ()), *([score.count] if score.count else []))
    return all(name.partition(".")[0] in items for name in needed)


def has_other(question: Question) -> bool:
    """Return whether a question takes an answer in the client's own words beside its choices."""
    return isinstance(question, SelectQuestion) and question.show_other_item


def _items(asked: list[Question]) -> Mapping[str, Item]:
    """Return the items that ``asked`` ask for; repeating panels with one ``valueName`` make one item."""
    groups: dict[str, list[Question]] = {}
    for question in asked:
        key = question.key if isinstance(question, RepeatingPanel) else question.name
        groups.setdefault(key, []).append(question)
    return MappingProxyType({key: _item(key, group) for key, group in groups.items()})


def _item(key: str, group: list[Question]) -> Item:
    rows = [part for part in group if isinstance(part, RepeatingPanel)]
    inner = _items([question for panel in rows for question in questions(panel.template_elements)])
    return Item(key, group[0].title or key, group[0], inner, tuple(group))
