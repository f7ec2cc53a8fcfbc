"""Conditions as data: parses the subset of SurveyJS expressions that worksheets may use.

A condition compares items: ``{naps} > 0 and {kind} anyof ['coffee', 'tea']``. Known are ``and or !( )``,
``= != < <= > >=``, ``empty notempty``, ``contains notcontains anyof allof noneof``, ``+ -``, numbers, quoted
text, ``true false`` and lists. Items are ``{item}``, ``{panel.item}``, ``{rows.length}``, ``{rows[0].item}``.
``evaluation`` gives their truth; docs/worksheet-format.md has the table.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

Scalar = str | int | float | bool


@dataclass(frozen=True)
class Constant:
    """A number, text or truth value, or a list of them."""

    value: Scalar | tuple[Scalar, ...]


@dataclass(frozen=True)
class Variable:
    """The answer of an item, by its written name without braces."""

    name: str

    @property
    def item(self) -> str:
        """The item id at the front: ``rows`` of ``rows[0].item``; ``panel`` for an item of the same row."""
        return re.split(r"[.\[]", self.name, maxsplit=1)[0]


@dataclass(frozen=True)
class Unary:
    """``empty``, ``notempty`` or ``!`` of one operand."""

    operator: str
    operand: "Expression"


@dataclass(frozen=True)
class Binary:
    """An operator between two operands."""

    operator: str
    left: "Expression"
    right: "Expression"


Expression = Constant | Variable | Unary | Binary

LOGIC = ("or", "and")
COMPARISONS = ("=", "!=", "<=", ">=", "<", ">")
SETS = ("contains", "notcontains", "anyof", "allof", "noneof")
SUMS = ("+", "-")
SUFFIXES = ("empty", "notempty")


class ConditionError(ValueError):
    """A condition that cannot be read; the message says what was expected where."""


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


_TOKENS = re.compile(
    r"""\s*(?:
    \{(?P<variable>[A-Za-z_][A-Za-z0-9_-]*(?:\[[0-9]+\])?(?:\.[A-Za-z_][A-Za-z0-9_-]*)?)\}
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |'(?P<single>[^'"]*)' | "(?P<double>[^'"]*)"
    |(?P<word>[A-Za-z]+)
    |(?P<sign><=|>=|!=|[=<>+\-!()\[\],])
    )""",
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Return a condition as a tree; raise ``ConditionError`` where it leaves the subset.

    >>> parse("{naps} > 0")
    Binary(operator='>', left=Variable(name='naps'), right=Constant(value=0))
    """
    parser = _Parser(list(_tokens(text)), len(text))
    tree = parser.logic(0)
    parser.expect_end()
    if not is_claim(tree):
        raise ConditionError("expected a comparison such as {item} = 1, got a bare value")
    return tree


def variables(tree: Expression) -> Iterator[Variable]:
    """Yield the variables of a condition in the order they are written."""
    match tree:
        case Variable():
            yield tree
        case Unary(_, operand):
            yield from variables(operand)
        case Binary(_, left, right):
            yield from variables(left)
            yield from variables(right)


def is_claim(tree: Expression) -> bool:
    """Return whether a tree is true or false, rather than a value."""
    return isinstance(tree, Unary) or (isinstance(tree, Binary) and tree.operator not in SUMS)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        match = _TOKENS.match(text, at)
        if match is None or match.lastgroup is None:
            rest = text[at:].lstrip()
            raise ConditionError(f"expected an item, value or operator, got '{rest[:12]}'")
        kind = "text" if match.lastgroup in {"single", "double"} else match.lastgroup
        yield _Token(kind, match[match.lastgroup], match.start(match.lastgroup))
        at = match.end()


class _Parser:
    """Recursive descent, loosest operator first: or, and, comparison, sum, set operator, suffix."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens = tokens
        self.position = 0
        self.end = end

    def logic(self, level: int) -> Expression:
        """Return what ``or`` (level 0) or ``and`` (level 1) join."""
        if level == len(LOGIC):
            return self.comparison()
        left = self.logic(level + 1)
        while self._take(LOGIC[level]):
            right = self.logic(level + 1)
            if not (is_claim(left) and is_claim(right)):
                raise ConditionError(
                    f"expected a comparison on both sides of '{LOGIC[level]}', got a bare value"
                )
            left = Binary(LOGIC[level], left, right)
        return left

    def comparison(self) -> Expression:
        """Return a sum, or two compared."""
        left = self.sum()
        operator = self._take(*COMPARISONS)
        if not operator:
            return left
        tree = Binary(operator, left, self.sum())
        self._values_only(tree)
        return tree

    def sum(self) -> Expression:
        """Return a set operation, or several added and subtracted from left to right."""
        left = self.set()
        while operator := self._take(*SUMS):
            tree = Binary(operator, left, self.set())
            self._values_only(tree)
            left = tree
        return left

    def set(self) -> Expression:
        """Return an operand, or two joined by ``contains`` and its like."""
        left = self.suffix()
        operator = self._take(*SETS)
        if not operator:
            return left
        tree = Binary(operator, left, self.suffix())
        self._values_only(tree)
        return tree

    def suffix(self) -> Expression:
        """Return an operand, or whether an item is empty."""
        operand = self.operand()
        operator = self._take(*SUFFIXES)
        if operator and not isinstance(operand, Variable):
            raise ConditionError(f"expected an item before '{operator}', got something else")
        return Unary(operator, operand) if operator else operand

    def operand(self) -> Expression:
        """Return an item, a value, a list, a group in parentheses or a negated group."""
        token = self._next()
        if token.kind == "variable":
            return Variable(token.text)
        if token.text == "!" and token.kind == "sign":
            self._expect("(")
            return Unary("!", self._claim_in_parentheses())
        if token.text == "(" and token.kind == "sign":
            return self._in_parentheses()
        if token.text == "[" and token.kind == "sign":
            return Constant(self._list())
        return Constant(self._scalar(token))

    def expect_end(self) -> None:
        """Raise unless everything was read."""
        if self.position < len(self.tokens):
            token = self.tokens[self.position]
            raise ConditionError(f"expected the end or an operator, got '{token.text}'{_close(token.text)}")

    def _in_parentheses(self) -> Expression:
        tree = self.logic(0)
        self._expect(")")
        return tree

    def _claim_in_parentheses(self) -> Expression:
        tree = self._in_parentheses()
        if not is_claim(tree):
            raise ConditionError("expected a comparison inside !( ), got a bare value")
        return tree

    def _list(self) -> tuple[Scalar, ...]:
        values = [self._scalar(self._next())]
        while self._take(","):
            values.append(self._scalar(self._next()))
        self._expect("]")
        return tuple(values)

    def _scalar(self, token: _Token) -> Scalar:
        if token.kind == "text":
            return token.text
        if token.kind == "number":
            return float(token.text) if "." in token.text else int(token.text)
        if token.kind == "word" and token.text in {"true", "false"}:
            return token.text == "true"
        if token.kind == "sign" and token.text == "-" and self._peek_kind() == "number":
            number = self._scalar(self._next())
            return -number if isinstance(number, int | float) else number
        hint = "; put text in single quotes" if token.kind == "word" else ""
        raise ConditionError(f"expected an item or a value, got '{token.text}'{hint}")

    def _values_only(self, tree: Binary) -> None:
        if is_claim(tree.left) or is_claim(tree.right):
            raise ConditionError(f"expected values on both sides of '{tree.operator}', got a comparison")

    def _peek_kind(self) -> str:
        return self.tokens[self.position].kind if self.position < len(self.tokens) else ""

    def _next(self) -> _Token:
        if self.position >= len(self.tokens):
            raise ConditionError("expected an item or a value, got the end")
        self.position += 1
        return self.tokens[self.position - 1]

    def _take(self, *operators: str) -> str:
        if self.position < len(self.tokens):
            token = self.tokens[self.position]
            if token.kind in {"sign", "word"} and token.text in operators:
                self.position += 1
                return token.text
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            got = self.tokens[self.position].text if self.position < len(self.tokens) else "the end"
            raise ConditionError(f"expected '{sign}', got '{got}'")


def _close(word: str) -> str:
    near = difflib.get_close_matches(word, [*LOGIC, *SETS, *SUFFIXES], n=1, cutoff=0.6)
    return f"; did you mean '{near[0]}'?" if near else ""
