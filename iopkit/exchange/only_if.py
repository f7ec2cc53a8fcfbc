"""A condition in plain words, for paper, which hides nothing: "Only if “Did you nap?” is “Yes”"."""

from collections.abc import Mapping, Sequence

from iopkit.worksheets.conditions import Binary, Constant, Expression, Scalar, Unary, Variable, parse
from iopkit.worksheets.elements import BooleanQuestion, ManyQuestion, SelectQuestion
from iopkit.worksheets.model import Item

COMPARED = {
    "=": "is {}",
    "!=": "is not {}",
    ">": "is more than {}",
    ">=": "is {} or more",
    "<": "is less than {}",
    "<=": "is {} or less",
    "contains": "includes {}",
    "notcontains": "does not include {}",
    "+": "plus {}",
    "-": "minus {}",
}
LISTED = {
    "anyof": ("is", "or"),
    "allof": ("includes", "and"),
    "noneof": ("is neither", "nor"),
}
SPECIAL = {
    "other": ("other_text", "Other"),
    "none": ("none_text", "None"),
    "refused": ("refuse_text", "Refuse to answer"),
}
MANY = 4
"""From so many questions with the same condition on, these are counted and not named."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def only_if(condition: str, items: Mapping[str, Item], row: Mapping[str, Item] | None = None) -> str:
    """Return "Only if …" for a condition over ``items``; ``row`` are the items beside it in a panel."""
    return f"Only if {Words(items, row or {}).claim(parse(condition))}."


class Words:
    """Conditions of one worksheet in words."""

    def __init__(self, items: Mapping[str, Item], row: Mapping[str, Item]) -> None:
        self.items = items
        self.row = row

    def claim(self, tree: Expression) -> str:
        """Return a comparison, or several joined, in words."""
        match tree:
            case Unary("!", operand):
                return f"it is not so that {self.claim(operand)}"
            case Unary(operator, operand):
                return f"{self.named(operand)} is {'left empty' if operator == 'empty' else 'filled in'}"
            case Binary(("and" | "or") as joint, _, _):
                return self.joined(parts(tree, joint), joint)
            case Binary(operator, Variable(name), right) if name.endswith(".length"):
                return f"the number of rows under {self.named(Variable(name.removesuffix('.length')))} " + (
                    COMPARED[operator].format(self.said(right, None))
                )
            case Binary(operator, left, right):
                return f"{self.named(left)} {self.compared(operator, left, right)}"
            case _:
                return self.named(tree)

    def joined(self, trees: Sequence[Expression], joint: str) -> str:
        """Return claims joined; the same claim about each row of a panel is said once."""
        once = list(dict.fromkeys(self.claim(numberless(tree)) for tree in trees))
        if joint == "or" and len(once) < len(trees):
            return f"in any row, {' or '.join(once)}"
        if joint == "or" and len(once) >= MANY:
            same = {one.split("” ", 1)[-1] for one in once}
            if len(same) == 1:
                return f"any of {len(once)} answers before this {same.pop()}"
        return f" {joint} ".join(self.claim(tree) for tree in trees)

    def compared(self, operator: str, left: Expression, right: Expression) -> str:
        """Return how the left side compares with the right one."""
        item = self.item_of(left)
        if operator in LISTED and isinstance(right, Constant) and isinstance(right.value, tuple):
            verb, joint = LISTED[operator]
            verb = "includes" if operator == "anyof" and is_many(item) else verb
            words = [label(item, value) for value in right.value]
            return f"{verb} {f', {joint} '.join(words) if joint == 'nor' else listed(words, joint)}"
        if operator in LISTED:
            return f"{LISTED[operator][0]} {self.said(right, item)}"
        return COMPARED[operator].format(self.said(right, item))

    def said(self, tree: Expression, item: Item | None) -> str:
        """Return a value as the form shows it, or the name of an item."""
        if isinstance(tree, Constant):
            values = tree.value if isinstance(tree.value, tuple) else (tree.value,)
            return listed([label(item, value) for value in values], "and")
        return self.named(tree)

    def named(self, tree: Expression) -> str:
        """Return an item by its title, in which row it stands, or a sum."""
        if isinstance(tree, Binary):
            return f"{self.named(tree.left)} {COMPARED[tree.operator].format(self.said(tree.right, None))}"
        item = self.item_of(tree)
        if not isinstance(tree, Variable) or item is None:
            return self.said(tree, None) if isinstance(tree, Constant) else "this"
        _, bracket, rest = tree.name.partition("[")
        row = f" in the {ordinal(int(rest.partition(']')[0]))} row" if bracket else ""
        return f"“{item.title}”{row}"

    def item_of(self, tree: Expression) -> Item | None:
        """Return the item a variable names, or None."""
        if not isinstance(tree, Variable):
            return None
        head, _, inner = tree.name.partition(".")
        if head == "panel":
            return self.row.get(inner)
        item = self.items.get(tree.item)
        return item.inner.get(inner, item) if item is not None and inner else item


def is_many(item: Item | None) -> bool:
    """Return whether an item takes several choices at once."""
    return item is not None and isinstance(item.question, ManyQuestion)


def parts(tree: Expression, joint: str) -> list[Expression]:
    """Return what ``and`` or ``or`` joins, from left to right."""
    if isinstance(tree, Binary) and tree.operator == joint:
        return [*parts(tree.left, joint), *parts(tree.right, joint)]
    return [tree]


def numberless(tree: Expression) -> Expression:
    """Return a claim without the numbers of rows."""
    match tree:
        case Variable(name) if "[" in name:
            head, _, rest = name.partition("[")
            return Variable(head + rest.partition("]")[2])
        case Unary(operator, operand):
            return Unary(operator, numberless(operand))
        case Binary(operator, left, right):
            return Binary(operator, numberless(left), numberless(right))
        case _:
            return tree


def label(item: Item | None, value: Scalar) -> str:
    """Return a value as its choice reads, a number as it is."""
    question = item.question if item else None
    if isinstance(question, SelectQuestion):
        known: dict[Scalar, str] = {choice.value: choice.label for choice in question.options}
        for special, (text, usual) in SPECIAL.items():
            known.setdefault(special, getattr(question, text) or usual)
        return f"“{known.get(value, str(value))}”"
    if isinstance(question, BooleanQuestion) or isinstance(value, bool):
        yes, no = getattr(question, "label_true", None), getattr(question, "label_false", None)
        return f"“{(yes or 'Yes') if value in (True, 'true') else (no or 'No')}”"
    return str(value)


def listed(words: Sequence[str], joint: str) -> str:
    """Return words in a row.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def ordinal(index: int) -> str:
    """Return the place of a row, counted from 0, as people say it."""
    return ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"
