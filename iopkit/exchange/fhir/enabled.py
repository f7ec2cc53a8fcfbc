"""When an item is asked: ``enableWhen`` where it says the same, else an SDC expression."""

from iopkit.exchange.fhir.names import ENABLED, Json, UncarriedError, expression
from iopkit.exchange.fhir.path import ORDERS, Paths, values_in_order
from iopkit.exchange.fhir.places import OTHER, Places, coding, fhir_type
from iopkit.worksheets.conditions import Binary, Constant, Expression, Scalar, Unary, Variable, parse
from iopkit.worksheets.elements import ManyQuestion, RepeatingPanel, SelectQuestion

ANSWERS = {"boolean": "answerBoolean", "integer": "answerInteger", "decimal": "answerDecimal"}
TEXTS = {"string": "answerString", "text": "answerString"}


def enabled(condition: str, places: Places, row: RepeatingPanel | None = None, link: str = "") -> Json:
    """Return the keys of the item ``link`` that say when it is asked; ``UncarriedError`` when FHIR cannot."""
    tree = parse(condition)
    writer = _Simple(places, row, link)
    try:
        whens, behavior = writer.joined(tree)
        if not whens:
            raise UncarriedError("no choice fits")
    except UncarriedError:
        path = Paths(places, row).claim(tree)
        return {"extension": [expression(ENABLED, path)]}
    return {"enableWhen": whens, **({"enableBehavior": behavior} if len(whens) > 1 else {})}


class _Simple:
    """Writes conditions as ``enableWhen``; raises ``UncarriedError`` for what needs an expression."""

    def __init__(self, places: Places, row: RepeatingPanel | None, own: str) -> None:
        self.places = places
        self.row = row
        self.own = own

    def joined(self, tree: Expression) -> tuple[list[Json], str]:
        """Return the claims of a condition, and whether any or all of them must hold."""
        for joint, behavior in (("and", "all"), ("or", "any")):
            if isinstance(tree, Binary) and tree.operator == joint:
                parts = [self.joined(side) for side in (tree.left, tree.right)]
                if all(len(whens) == 1 or how == behavior for whens, how in parts):
                    return [when for whens, _ in parts for when in whens], behavior
                raise UncarriedError("and and or in one condition")
        return self.claim(tree), "any"

    def claim(self, tree: Expression) -> list[Json]:
        """Return one claim: several ``enableWhen`` of which any must hold."""
        match tree:
            case Unary(("empty" | "notempty") as operator, Variable() as variable):
                spot = self.link(variable)
                return [{**spot, "operator": "exists", "answerBoolean": operator == "notempty"}]
            case Binary(("=" | "anyof" | "contains") as operator, Variable() as variable, Constant(value)):
                values = value if isinstance(value, tuple) else (value,)
                if isinstance(value, tuple) and operator != "anyof":
                    raise UncarriedError("equal to a list")
                return [self.equal(variable, one) for one in values]
            case Binary(operator, Variable() as variable, Constant(value)) if operator in ORDERS:
                return self.ordered(operator, variable, value)
        raise UncarriedError("more than a comparison")

    def link(self, variable: Variable) -> Json:
        """Return what names an item; the form must be able to find it from where the condition stands."""
        spot, number = self.places.find(variable, self.row)
        away = spot.group is not None and spot.group is not self.row
        if number is not None or away or variable.name.endswith(("-Comment", ".length")):
            raise UncarriedError("an item of another row")
        if isinstance(spot.question, RepeatingPanel):
            raise UncarriedError("a group has no answer of its own")
        if spot.link == self.own:
            raise UncarriedError("an item that asks for itself")
        return {"question": spot.link}

    def equal(self, variable: Variable, value: Scalar) -> Json:
        """Return that an item has one value, or one value among others."""
        spot, _ = self.places.find(variable, self.row)
        question, claim = spot.question, {**self.link(variable), "operator": "="}
        if isinstance(question, SelectQuestion):
            if value == OTHER and question.show_other_item:
                raise UncarriedError("words of one's own")
            return {**claim, "answerCoding": coding(self.places.worksheet.id, question, value)}
        kind = fhir_type(question)  # type: ignore[arg-type]  # a question is an element
        key = ANSWERS.get(kind) or (TEXTS.get(kind) if isinstance(value, str) else None)
        if key is None:
            raise UncarriedError("a moment")
        return {**claim, key: value}

    def ordered(self, operator: str, variable: Variable, value: object) -> list[Json]:
        """Return that a number is below or above another; of choices, each that is so is named."""
        spot, _ = self.places.find(variable, self.row)
        question = spot.question
        if not isinstance(value, int | float) or isinstance(question, ManyQuestion):
            raise UncarriedError("an order among texts")
        if isinstance(question, SelectQuestion):
            return [self.equal(variable, one) for one in values_in_order(question, operator, value)]
        kind = fhir_type(question)  # type: ignore[arg-type]  # a question is an element
        if kind not in ("integer", "decimal") or isinstance(value, bool):
            raise UncarriedError("an order among texts")
        return [{**self.link(variable), "operator": operator, ANSWERS[kind]: value}]
