"""Reads a stated part of FHIRPath as a condition: what ``path`` writes, and comparisons of one answer.

claim   = node ".answer.value" [".code"] ".where($this" order value ")" (".exists()" | ".empty()")
        | node ".answer" (".exists()" | ".empty()") | node ".count()" order number
        | node ".answer.value" [".code"] order value
node    = ("%resource" | "%row") (".repeat(item)" | ".descendants()" | ".item") ".where(linkId='…')" …
joined by "and", "or", parentheses and ".not()"
"""

import re
from collections.abc import Mapping

from iopkit.exchange.fhir.known import Found
from iopkit.exchange.fhir.names import UncarriedError
from iopkit.worksheets.conditions import Scalar

STEP = (
    r"(?:\.repeat\(item\)|\.descendants\(\)|\.item)"
    r"\.where\(linkId\s*=\s*'(?:[^'\\]|\\.)*'\)(?:\[[0-9]{1,2}\])?"
)
NODE = rf"%(?:resource|row)(?:{STEP}){{1,3}}"
VALUE = r"'(?:[^'\\]|\\.)*'|-?[0-9]+(?:\.[0-9]+)?|true|false"
ORDER = r"<=|>=|!=|=|<|>"
TEST = r"\.(?P<test>exists|empty)\(\)"
CLAIMS = [
    re.compile(rf"(?P<node>{NODE})\.answer\.value\.where\(\$this = (?P<other>{NODE})\.answer\.value\){TEST}"),
    re.compile(
        rf"(?P<node>{NODE})\.answer\.value(?P<code>\.code)?"
        rf"\.where\(\$this (?P<order>{ORDER}) (?P<value>{VALUE})\){TEST}"
    ),
    re.compile(rf"(?P<node>{NODE})\.answer\.value\.ofType\(string\)(?P<words>){TEST}"),
    re.compile(rf"(?P<node>{NODE})\.answer{TEST}"),
    re.compile(rf"(?P<node>{NODE})\.count\(\) (?P<order>{ORDER}) (?P<count>[0-9]{{1,3}})"),
    re.compile(rf"(?P<node>{NODE})\.answer\.value(?P<code>\.code)? ?(?P<order>{ORDER}) ?(?P<value>{VALUE})"),
    re.compile(rf"(?P<node>{NODE}){TEST}"),
]
LINKS = re.compile(r"linkId\s*=\s*'((?:[^'\\]|\\.)*)'\)(?:\[([0-9]+)\])?")
LONGEST = 8_000


def condition(path: str, known: Mapping[str, Found], row: str | None) -> str:
    """Return FHIRPath as a condition; ``UncarriedError`` where it leaves the part that is read."""
    if len(path) > LONGEST:
        raise UncarriedError(f"an expression of {len(path)} characters")
    reader = _Reader(path, known, row)
    found = reader.either()
    if reader.at < len(path.rstrip()):
        raise UncarriedError("an expression beyond the part of FHIRPath that is read")
    return found


class _Reader:
    """Recursive descent over the text: or, and, a claim or a group."""

    def __init__(self, path: str, known: Mapping[str, Found], row: str | None) -> None:
        self.path = path
        self.known = known
        self.row = row
        self.at = 0
        self.depth = 0

    def either(self) -> str:
        parts = [self.both()]
        while self.take(r"\s+or\s+"):
            parts.append(self.both())
        return " or ".join(parts)

    def both(self) -> str:
        parts = [self.one()]
        while self.take(r"\s+and\s+"):
            parts.append(self.one())
        return " and ".join(parts)

    def one(self) -> str:
        if not self.take(r"\s*\("):
            return self.claim()
        self.depth += 1
        if self.depth > 30:
            raise UncarriedError("an expression with too many parentheses")
        inner = self.either()
        if not self.take(r"\s*\)"):
            raise UncarriedError("an expression beyond the part of FHIRPath that is read")
        self.depth -= 1
        return f"!({inner})" if self.take(r"\.not\(\)") else f"({inner})"

    def take(self, pattern: str) -> bool:
        match = re.compile(pattern).match(self.path, self.at)
        self.at = match.end() if match else self.at
        return match is not None

    def claim(self) -> str:
        for pattern in CLAIMS:
            match = pattern.match(self.path, self.at)
            if match:
                self.at = match.end()
                return self.said(match.groupdict())
        raise UncarriedError("an expression beyond the part of FHIRPath that is read")

    def said(self, claim: dict[str, str | None]) -> str:
        found, name = self.item(str(claim["node"]))
        lacking = claim.get("test") == "empty"
        if claim.get("count"):
            return f"{{{name}.length}} {claim['order']} {claim['count']}"
        if claim.get("other"):
            return f"{{{name}}} {'!=' if lacking else '='} {{{self.item(str(claim['other']))[1]}}}"
        if claim.get("words") is not None:
            return self.compared(found, name, "=", "other", lacking=lacking)
        if not claim.get("order"):
            return f"{{{name}}} {'empty' if lacking else 'notempty'}"
        value = literal(str(claim["value"]))
        if claim.get("code"):
            if value not in found.codes:
                raise UncarriedError("a comparison with no choice of the item")
            value = found.codes[str(value)]
        return self.compared(found, name, str(claim["order"]), value, lacking=lacking)

    def compared(self, found: Found, name: str, order: str, value: Scalar, *, lacking: bool) -> str:
        if order == "=":
            plain, negated = ("contains", "notcontains") if found.many else ("=", "!=")
            return f"{{{name}}} {negated if lacking else plain} {quoted(value)}"
        claim = f"{{{name}}} {order} {quoted(value)}"
        return f"!({claim})" if lacking else claim

    def item(self, node: str) -> tuple[Found, str]:
        links = LINKS.findall(node)
        link = links[-1][0]
        if link not in self.known:
            raise UncarriedError("a condition on an item that is not there")
        found = self.known[link]
        numbers = [int(number) for _, number in links if number]
        if found.panel is not None and not numbers and not node.startswith("%row"):
            raise UncarriedError("a condition on every row of a group at once")
        row = found.panel if node.startswith("%row") else None
        return found, found.written(row, numbers[0] if numbers else None)


def literal(text: str) -> Scalar:
    """Return the value of a literal.

    >>> literal("'a'"), literal("2"), literal("true")
    ('a', 2, True)
    """
    if text.startswith("'"):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if text in ("true", "false"):
        return text == "true"
    return float(text) if "." in text else int(text)


def quoted(value: Scalar) -> str:
    """Return a value as a condition writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if "'" in value or '"' in value:
        raise UncarriedError("a comparison with a text that holds quotes")
    return f"'{value}'"
