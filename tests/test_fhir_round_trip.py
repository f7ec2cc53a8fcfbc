"""Worksheet → FHIR → worksheet keeps what is asked, offered and counted, and when; the rest is listed."""

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from iopkit.exchange.fhir.names import BASE
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.exchange.fhir.read import Imported, read_questionnaire
from iopkit.worksheets import Worksheet, load_catalog
from iopkit.worksheets.conditions import parse
from iopkit.worksheets.elements import AnyElement, Page, Panel, Question, RepeatingPanel, SelectQuestion
from iopkit.worksheets.evaluation import holds
from iopkit.worksheets.model import Item

CATALOG = load_catalog()
UNCARRIED = {"body-scan", "drawing-prompt", "five-senses-grounding", "guided-breathing"}
"""Worksheets with an item that FHIR has no type for: a drawing, a guided practice."""
CARRIED = sorted(set(CATALOG) - UNCARRIED)


@cache
def there_and_back(worksheet_id: str, *, bare: bool = False) -> Imported:
    """Return a worksheet that went through FHIR as text; ``bare``: without the extensions of ours."""
    sent = json.loads(json.dumps(questionnaire(CATALOG[worksheet_id]).resource))
    return read_questionnaire(stripped(sent) if bare else sent)


def stripped(part: Any) -> Any:
    """Return a resource without what only iopkit writes, as another program would keep it."""
    if isinstance(part, list):
        return [stripped(one) for one in part if not (isinstance(one, dict) and ours(one))]
    return {key: stripped(value) for key, value in part.items()} if isinstance(part, dict) else part


def ours(one: dict[str, Any]) -> bool:
    return str(one.get("url", "")).startswith(f"{BASE}/StructureDefinition") or one.get("linkId") == "scores:"


def plain(worksheet: Worksheet) -> dict[str, Any]:
    """Return all that a worksheet says but its conditions, with each choice spelled out."""
    return spelled(worksheet.model_dump(mode="json", exclude_defaults=True, exclude={"include"}))


def spelled(part: Any) -> Any:
    if isinstance(part, list):
        return [spelled(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {key: spelled(value) for key, value in part.items() if key != "visibleIf"}
    if "choices" in part:
        kept["choices"] = [one if isinstance(one, dict) else {"value": one} for one in part["choices"]]
    return kept


Gated = tuple[str, str | None, Page | AnyElement]


def gated(worksheet: Worksheet) -> Iterator[Gated]:
    """Yield pages and elements with their place and the repeating panel they are in."""

    def below(elements: tuple[AnyElement, ...], row: str | None) -> Iterator[Gated]:
        for element in elements:
            yield f"{row or ''}.{element.name}", row, element
            if isinstance(element, Panel):
                yield from below(element.elements, row)
            if isinstance(element, RepeatingPanel):
                yield from below(element.template_elements, element.key)

    for page in worksheet.pages:
        yield f"page {page.name}", None, page
        yield from below(page.elements, None)


def answered(items: dict[str, Item], chance: random.Random) -> dict[str, Any]:
    """Return answers of any kind that fit, with many left out."""
    return {key: value(one, chance) for key, one in items.items() if chance.random() < 0.7}


def value(item: Item, chance: random.Random) -> object:
    question: Question = item.question
    if isinstance(question, RepeatingPanel):
        return [answered(dict(item.inner), chance) for _ in range(chance.randrange(4))]
    if isinstance(question, SelectQuestion) and (question.options or question.special):
        offered = [one.value for one in question.options] + list(question.special)
        if question.type in ("checkbox", "tagbox"):  # type: ignore[attr-defined]  # each kind has one
            return chance.sample(offered, chance.randrange(1, min(4, len(offered)) + 1))
        return chance.choice(offered)
    kind = getattr(question, "input_type", question.type)  # type: ignore[attr-defined]  # each kind has one
    if kind in ("rating", "slider", "number"):
        return chance.randrange(0, 12)
    if kind == "boolean":
        return chance.random() < 0.5
    return chance.choice(["07:00", "07:30"]) if kind == "time" else chance.choice(["a few words", "others"])


@pytest.mark.parametrize("worksheet_id", CARRIED)
def test_a_worksheet_comes_back_as_it_was(worksheet_id: str):
    back = there_and_back(worksheet_id)

    assert back.lost == ()
    assert plain(back.worksheet) == plain(CATALOG[worksheet_id])


@pytest.mark.parametrize("worksheet_id", CARRIED)
def test_conditions_come_back_with_the_same_truth(worksheet_id: str):
    before, after = CATALOG[worksheet_id], there_and_back(worksheet_id).worksheet
    pairs = list(zip(gated(before), gated(after), strict=True))
    chance = random.Random(worksheet_id)

    for _ in range(60):
        answers = answered(dict(before.items), chance)
        for (place, row, one), (_, _, other) in pairs:
            assert bool(one.visible_if) == bool(other.visible_if), place
            rows = answers.get(row, [{}]) if row else [None]
            for held in rows if one.visible_if else []:
                truths = [holds(parse(str(part.visible_if)), answers, held) for part in (one, other)]
                assert truths[0] == truths[1], (place, one.visible_if, other.visible_if)


@pytest.mark.parametrize("worksheet_id", CARRIED)
def test_without_our_extensions_the_same_is_asked_and_offered(worksheet_id: str):
    before, after = CATALOG[worksheet_id], there_and_back(worksheet_id, bare=True).worksheet

    def told(question: Question) -> tuple[Any, ...]:
        offered = question if isinstance(question, SelectQuestion) else SelectQuestion(name="x")
        choices = [(one.value, one.label) for one in offered.options]
        kind = question.type  # type: ignore[attr-defined]  # each kind has one
        return (question.name, kind, question.title, question.is_required, choices, set(offered.special))

    def asked(worksheet: Worksheet) -> list[tuple[Any, ...]]:
        return [told(one) for _, _, one in gated(worksheet) if isinstance(one, Question)]

    assert asked(after) == [
        (*one[:2], one[2] or None, *one[3:]) if one[2] else (*one[:2], one[0], *one[3:])
        for one in asked(before)
    ]


def test_what_fhir_has_no_item_for_is_listed_both_ways():
    sent = questionnaire(CATALOG["drawing-prompt"])

    assert sent.lost == ("drawing: a drawing is made of strokes; FHIR has no item to draw on",)
    assert there_and_back("drawing-prompt").lost == (
        "lost:drawing: FHIR had no item for it, so it is not here either",
    )
    assert {
        one for one in CATALOG if any("FHIR has no item" in line for line in questionnaire(CATALOG[one]).lost)
    } == UNCARRIED
