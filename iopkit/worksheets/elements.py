"""The questions and panels of a page: the part of SurveyJS's JSON form that worksheets may use.

Names of keys are SurveyJS's own, so that its documentation applies. Two keys are ours: ``example`` (shown
behind a tap) and ``loinc`` (a code for exchange); ``Worksheet.survey`` makes a folded panel of the first.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from iopkit.words import say
from iopkit.worksheets.drawing import palette

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


def check_digit(body: str) -> int:
    """Return the check digit that LOINC puts behind a numeric code (Luhn's, LOINC Users' Guide, appendix C).

    >>> check_digit("44249")
    1
    """
    doubled = [int(figure) * (2 - place % 2) for place, figure in enumerate(reversed(body))]
    return -sum(sum(divmod(figure, 10)) for figure in doubled) % 10


def _with_its_digit(code: str) -> str:
    body, _, digit = code.partition("-")
    if body.isdigit() and check_digit(body) != int(digit):
        text = "a LOINC code whose last figure checks the others"
        raise PydanticCustomError("loinc_digit", text)
    return code


Loinc = Annotated[str, StringConstraints(pattern=r"^(LA)?[0-9]{1,7}-[0-9]$"), AfterValidator(_with_its_digit)]
"""A LOINC code. Those of answers (LA…) use another check and are taken as they are."""

Number = int | float
Bound = int | float | str
Value = int | str | bool

LIMIT = 20_000
"""Most characters of one free text: some ten pages. Longer text is refused with this figure."""
LINE_LIMIT = 1_000
"""Most characters of a single line, where ``maxLength`` does not say otherwise."""


class Data(BaseModel):
    """Base of all worksheet data: immutable, exact types, unknown keys refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, alias_generator=to_camel, serialize_by_alias=True
    )


class Choice(Data):
    """One answer to choose: the ``value`` that is stored, the ``text`` that is shown."""

    value: Value
    text: Text | None = None
    loinc: Loinc | None = None

    @property
    def label(self) -> str:
        """What a person reads."""
        return self.text if self.text is not None else str(self.value)


class Element(Data):
    """What every question and panel may say."""

    name: Name
    title: Text | None = None
    description: Text | None = None
    visible_if: Condition | None = None
    start_with_new_line: bool | None = None


class Question(Element):
    """An element that has an answer."""

    is_required: bool = False
    required_if: Condition | None = None
    required_error_text: Text | None = None
    title_location: Literal["top", "left", "hidden"] | None = None
    example: Text | None = None
    loinc: Loinc | None = None


class TextQuestion(Question):
    """One line: text, a number, a date or a clock time; ``min`` and ``max`` in the unit of the input."""

    type: Literal["text"]
    input_type: Literal["text", "number", "date", "time", "datetime-local"] = "text"
    min: Bound | None = None
    max: Bound | None = None
    step: Number | None = None
    max_length: Annotated[int, Field(ge=1, le=LIMIT)] | None = None
    placeholder: Text | None = None

    @property
    def limit(self) -> int:
        """Most characters of an answer."""
        return self.max_length or LINE_LIMIT


class CommentQuestion(Question):
    """Several lines of free text."""

    type: Literal["comment"]
    rows: Annotated[int, Field(ge=1, le=30)] | None = None
    max_length: Annotated[int, Field(ge=1, le=LIMIT)] | None = None
    placeholder: Text | None = None
    auto_grow: bool | None = None

    @property
    def limit(self) -> int:
        """Most characters of an answer."""
        return self.max_length or LIMIT


class SelectQuestion(Question):
    """A question with ``choices``. *Other* stores ``other`` and the words beside it in ``<name>-Comment``."""

    choices: tuple[Choice | int | str, ...] = ()
    show_other_item: bool = False
    other_text: Text | None = None
    show_none_item: bool = False
    none_text: Text | None = None
    show_refuse_item: bool = False
    refuse_text: Text | None = None

    @property
    def options(self) -> tuple[Choice, ...]:
        """The choices, short ones spelled out, without *other*, *none* and *refused*."""
        return tuple(c if isinstance(c, Choice) else Choice(value=c) for c in self.choices)

    @property
    def special(self) -> tuple[str, ...]:
        """The values that SurveyJS stores for its own extra choices, where they are switched on."""
        shown = {"other": self.show_other_item, "none": self.show_none_item, "refused": self.show_refuse_item}
        return tuple(value for value, on in shown.items() if on)


class SingleQuestion(SelectQuestion):
    """One of several choices; these may come from the rows of a repeating panel answered before."""

    choices_from_question: Name | None = None
    choice_values_from_question: Name | None = None
    choice_texts_from_question: Name | None = None


class RadiogroupQuestion(SingleQuestion):
    """One of several choices, all in sight."""

    type: Literal["radiogroup"]
    col_count: Annotated[int, Field(ge=0, le=5)] | None = None
    allow_clear: bool | None = None


class DropdownQuestion(SingleQuestion):
    """One of many choices, folded away."""

    type: Literal["dropdown"]
    placeholder: Text | None = None


class ManyQuestion(SelectQuestion):
    """Any number of choices."""

    max_selected_choices: Annotated[int, Field(ge=1)] | None = None


class CheckboxQuestion(ManyQuestion):
    """Any number of choices, all in sight."""

    type: Literal["checkbox"]
    col_count: Annotated[int, Field(ge=0, le=5)] | None = None


class TagboxQuestion(ManyQuestion):
    """Any number of many choices, folded away."""

    type: Literal["tagbox"]
    placeholder: Text | None = None


class BooleanQuestion(Question):
    """Yes or no."""

    type: Literal["boolean"]
    label_true: Text | None = None
    label_false: Text | None = None


class RatingQuestion(Question):
    """A short scale of buttons with named ends."""

    type: Literal["rating"]
    rate_min: int = 1
    rate_max: int = 5
    rate_step: Annotated[int, Field(ge=1)] = 1
    min_rate_description: Text | None = None
    max_rate_description: Text | None = None
    display_mode: Literal["auto", "buttons", "dropdown"] | None = None


class Label(Data):
    """The name of one point of a slider."""

    value: Number
    text: Text


class SliderQuestion(Question):
    """A long scale with named ends. Untouched, it has no answer."""

    type: Literal["slider"]
    min: Number = 0
    max: Number = 100
    step: Number = 1
    custom_labels: tuple[Label, ...] = ()


class Step(Data):
    """One timed step of a practice: what to do, and for how long. ``breath`` moves the paced picture."""

    text: Text
    seconds: Annotated[int, Field(ge=1, le=600)]
    breath: Literal["in", "hold", "out"] | None = None


class Pattern(Data):
    """One way to practise: steps gone through once, or again and again for as long as one chose."""

    value: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32)]
    text: Text
    description: Text | None = None
    repeats: bool = False
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=60)]


class PracticeQuestion(Question):
    """A guided practice that the page paces. The answer is a list of rounds: pattern, minutes, ended early.

    ``minutes`` are the lengths to choose from for a pattern that repeats.
    """

    type: Literal["practice"]
    patterns: Annotated[tuple[Pattern, ...], Field(min_length=1, max_length=8)]
    minutes: Annotated[tuple[Annotated[int, Field(ge=1, le=60)], ...], Field(max_length=6)] = ()


class DrawingQuestion(Question):
    """A canvas to draw on. ``wordsIn`` names the comment for those who cannot draw or would rather not."""

    type: Literal["drawing"]
    words_in: Name


class Panel(Element):
    """Elements that belong together; ``state: collapsed`` folds them away."""

    type: Literal["panel"]
    state: Literal["default", "collapsed", "expanded"] | None = None
    elements: tuple["AnyElement", ...]


class RepeatingPanel(Question):
    """The same questions again for each meal, feeling or thought. The answer is a list.

    Two repeating panels with one ``valueName`` ask different things of the same rows (rate now, rate later).
    """

    type: Literal["paneldynamic"]
    template_elements: tuple["AnyElement", ...]
    template_title: Text | None = None
    value_name: Name | None = None
    panel_count: Annotated[int, Field(ge=0, le=10)] | None = None
    min_panel_count: Annotated[int, Field(ge=0)] | None = None
    max_panel_count: Annotated[int, Field(ge=1, le=50)] | None = None
    add_panel_text: Text | None = None
    remove_panel_text: Text | None = None
    no_entries_text: Text | None = None
    allow_add_panel: bool | None = None
    allow_remove_panel: bool | None = None

    @property
    def key(self) -> str:
        """The item id under which the rows are stored."""
        return self.value_name or self.name


AnyElement = Annotated[
    TextQuestion
    | CommentQuestion
    | RadiogroupQuestion
    | DropdownQuestion
    | CheckboxQuestion
    | TagboxQuestion
    | BooleanQuestion
    | RatingQuestion
    | SliderQuestion
    | PracticeQuestion
    | DrawingQuestion
    | Panel
    | RepeatingPanel,
    Field(discriminator="type"),
]
Panel.model_rebuild()
RepeatingPanel.model_rebuild()


class Page(Data):
    """One screen of a worksheet."""

    name: Name
    title: Text | None = None
    description: Text | None = None
    visible_if: Condition | None = None
    elements: Annotated[tuple[AnyElement, ...], Field(min_length=1)]


def questions(elements: Sequence[AnyElement]) -> Iterator[Question]:
    """Yield the questions below ``elements`` in order; a repeating panel is one question."""
    for element in elements:
        if isinstance(element, Panel):
            yield from questions(element.elements)
        else:
            yield element


def survey_elements(elements: Sequence[AnyElement], language: str = "en") -> list[dict[str, Any]]:
    """Return elements as SurveyJS reads them; each ``example`` becomes a folded panel after its question."""
    result: list[dict[str, Any]] = []
    for element in elements:
        result.append(_survey_element(element, language))
        if isinstance(element, Question) and element.example:
            result.append(_example(element, language))
    return result


def _survey_element(element: AnyElement, language: str) -> dict[str, Any]:
    own = element.model_dump(
        mode="json",
        exclude_defaults=True,
        exclude={"example", "loinc", "elements", "template_elements", "choices"},
    )
    if isinstance(element, CommentQuestion) or (
        isinstance(element, TextQuestion) and element.input_type == "text"
    ):
        own["maxLength"] = element.limit
    if isinstance(element, Panel):
        own["elements"] = survey_elements(element.elements, language)
    if isinstance(element, RepeatingPanel):
        own["templateElements"] = survey_elements(element.template_elements, language)
    if isinstance(element, DrawingQuestion):
        own["palette"] = palette()
    if isinstance(element, SelectQuestion) and element.choices:
        own["choices"] = [_choice(choice) for choice in element.choices]
    return own


def _choice(choice: Choice | int | str) -> dict[str, Any] | int | str:
    if isinstance(choice, Choice):
        return choice.model_dump(mode="json", exclude_defaults=True, exclude={"loinc"})
    return choice


def _example(question: Question, language: str) -> dict[str, Any]:
    """Return a panel whose text is a *description*: SurveyJS shows that as text, and there is no input."""
    text = {
        "type": "html",
        "name": f"{question.name}__example_text",
        "description": question.example,
        "descriptionLocation": "underInput",
    }
    panel: dict[str, Any] = {
        "type": "panel",
        "name": f"{question.name}__example",
        "title": say("Show an example", language),
        "state": "collapsed",
        "elements": [text],
    }
    if question.visible_if:
        panel["visibleIf"] = question.visible_if
    return panel
