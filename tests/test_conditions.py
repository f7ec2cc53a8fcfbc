from random import Random

import pytest
from surveyjs import ask

from iopkit.worksheets.conditions import Binary, ConditionError, Constant, Unary, Variable, parse, variables
from iopkit.worksheets.evaluation import holds


def test_and_binds_tighter_than_or():
    tree = parse("{a} = 1 or {b} = 2 and {c} = 3")

    assert tree == Binary(
        "or",
        Binary("=", Variable("a"), Constant(1)),
        Binary("and", Binary("=", Variable("b"), Constant(2)), Binary("=", Variable("c"), Constant(3))),
    )


def test_parentheses_and_negation_group():
    assert parse("!({a} empty)") == Unary("!", Unary("empty", Variable("a")))
    assert parse("({a} + 1) - 2 > -0.5") == Binary(
        ">", Binary("-", Binary("+", Variable("a"), Constant(1)), Constant(2)), Constant(-0.5)
    )


def test_values_are_numbers_text_truth_and_lists():
    assert parse("{a} anyof ['x', \"y\", 3, true]") == Binary(
        "anyof", Variable("a"), Constant(("x", "y", 3, True))
    )


def test_variables_come_in_order_with_their_item():
    found = list(variables(parse("{rows[0].x} notempty and {rows.length} > {panel.y}")))

    assert [v.name for v in found] == ["rows[0].x", "rows.length", "panel.y"]
    assert [v.item for v in found] == ["rows", "rows", "panel"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{a}", "expected a comparison such as {item} = 1, got a bare value"),
        ("{a} + 1", "expected a comparison such as {item} = 1, got a bare value"),
        ("{a} = yes", "expected an item or a value, got 'yes'; put text in single quotes"),
        ("{a} = 1 and {b}", "expected a comparison on both sides of 'and', got a bare value"),
        ("{a} contain 'x'", "expected the end or an operator, got 'contain'; did you mean 'contains'?"),
        ("{a} = ", "expected an item or a value, got the end"),
        ("({a} = 1", "expected ')', got 'the end'"),
        ("{a} = 'it''", "expected an item, value or operator, got '''"),
        ("{a} ? 1", "expected an item, value or operator, got '? 1'"),
        ("5 empty", "expected an item before 'empty', got something else"),
        ("!({a})", "expected a comparison inside !( ), got a bare value"),
        ("({a} = 1) = ({b} = 1)", "expected values on both sides of '=', got a comparison"),
        ("age({birth}) > 3", "expected an item or a value, got 'age'; put text in single quotes"),
        ("", "expected an item or a value, got the end"),
    ],
)
def test_what_leaves_the_subset_is_refused(text: str, problem: str):
    with pytest.raises(ConditionError) as caught:
        parse(text)

    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("{n} > 3", False),
        ("{n} empty", True),
        ("{n} = 0", False),
        ("{zero} = 0", True),
        ("{zero} notempty", True),
        ("{no} = false", True),
        ("{no} notempty", True),
        ("{n} + {zero} = 0", True),
        ("{kind} = 'TEA '", True),
        ("{kind} contains 'ea'", True),
        ("{many} contains 'a'", True),
        ("{many} notcontains 'z'", True),
        ("{many} allof ['a', 'b']", True),
        ("{many} allof ['a', 'c']", False),
        ("{many} noneof ['c']", True),
        ("{many} = ['b', 'a']", True),
        ("{rows.length} = 2", True),
        ("{rows[1].x} = 7", True),
        ("{rows[5].x} empty", True),
        ("{panel.x} >= 7", True),
        ("{clock} > '07:00'", True),
    ],
)
def test_conditions_hold_as_written(text: str, truth: bool):
    answers = {
        "zero": 0,
        "no": False,
        "kind": "tea",
        "many": ["a", "b"],
        "rows": [{"x": 1}, {"x": 7}],
        "clock": "07:30",
    }

    assert holds(parse(text), answers, row={"x": 7}) is truth


def test_the_browser_and_python_agree_on_generated_answers():
    """SurveyJS decides what a client sees, Python what is stored: they may never disagree."""
    random = Random(20260112)
    pairs = [(_claim(random, depth=2), _answers(random)) for _ in range(4000)]

    browser = ask("conditions.mjs", pairs)
    python = [holds(parse(text), answers, answers.get("panel")) for text, answers in pairs]

    differ = [(pair, b, p) for pair, b, p in zip(pairs, browser, python, strict=True) if b is not p]
    assert differ == []
    assert 0.2 < sum(python) / len(python) < 0.8


NUMBERS = [0, 1, 2, 3, 5, 10, 0.5, 2.25, -1]
WORDS = ["a", "b", "Tea", "tea ", "5", "05", "0", "0.5", "true", "False", "x-1", "1,5", "07:30", "é🙂"]
CHOICES = ["a", "b", "tea", "none", "other"]


def _answers(random: Random) -> dict:
    rows = [_some(random, _row(random)) for _ in range(random.randint(0, 3))]
    return _some(
        random,
        {
            "n": random.choice(NUMBERS),
            "m": random.choice(NUMBERS),
            "t": random.choice(WORDS),
            "u": random.choice(WORDS),
            "yes": random.choice([True, False]),
            "many": random.sample(CHOICES, random.randint(1, 4)),
            "scale": random.sample([1, 2, 3], random.randint(1, 3)),
            "rows": rows,
            "panel": _some(random, _row(random)),
        },
    )


def _row(random: Random) -> dict:
    return {"n": random.choice(NUMBERS), "t": random.choice(WORDS)}


def _some(random: Random, values: dict) -> dict:
    return {key: value for key, value in values.items() if random.random() < 0.75}


def _claim(random: Random, depth: int) -> str:
    if depth and random.random() < 0.5:
        left, right = _claim(random, depth - 1), _claim(random, depth - 1)
        joined = f"{left} {random.choice(['and', 'or'])} {right}"
        return random.choice([joined, f"({joined})", f"!({joined})"])
    return random.choice([_number_claim, _text_claim, _truth_claim, _set_claim, _empty_claim])(random)


def _number_claim(random: Random) -> str:
    operator = random.choice(["=", "!=", "<", "<=", ">", ">="])
    return f"{_sum(random)} {operator} {_sum(random)}"


def _sum(random: Random) -> str:
    parts = ["{n}", "{m}", "{panel.n}", "{rows.length}", "{rows[0].n}", "{rows[2].n}", *map(str, NUMBERS)]
    first, second = random.choice(parts), random.choice(parts)
    return random.choice(
        [first, first, f"{first} + {second}", f"{first} - {second}", f"({first} + {second})"]
    )


def _text_claim(random: Random) -> str:
    left = random.choice(["{t}", "{u}", "{panel.t}", "{rows[1].t}"])
    right = random.choice(["{u}", *(f"'{word}'" for word in WORDS), "''"])
    return f"{left} {random.choice(['=', '!=', 'contains', 'notcontains'])} {right}"


def _truth_claim(random: Random) -> str:
    return f"{{yes}} {random.choice(['=', '!='])} {random.choice(['true', 'false'])}"


def _set_claim(random: Random) -> str:
    sets = {
        "{many}": [f"'{choice}'" for choice in CHOICES],
        "{scale}": ["1", "2", "3"],
        "{t}": ["'a'", "'tea'"],
    }
    item, known = random.choice(list(sets.items()))
    wanted = ", ".join(random.sample(known, random.randint(1, len(known))))
    operator = random.choice(["anyof", "allof", "noneof", "=", "!=", "contains", "notcontains"])
    if operator in {"contains", "notcontains"}:
        return f"{item} {operator} {random.choice(known)}"
    return f"{item} {operator} [{wanted}]"


def _empty_claim(random: Random) -> str:
    item = random.choice(["n", "t", "yes", "many", "rows", "panel.n", "rows[0].t", "nowhere"])
    return f"{{{item}}} {random.choice(['empty', 'notempty'])}"
