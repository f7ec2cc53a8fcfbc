"""A condition as FHIRPath, for what ``enableWhen`` cannot say: every claim is true or false, never empty."""

from iopkit.exchange.fhir.names import UncarriedError
from iopkit.exchange.fhir.places import OTHER, Places, Spot, coding
from iopkit.worksheets.conditions import Binary, Constant, Expression, Scalar, Unary, Variable
from iopkit.worksheets.elements import ManyQuestion, RepeatingPanel, SelectQuestion

ALL, ROW = "%resource", "%row"
"""The whole response, and the row that an item stands in."""
ORDERS = ("<", "<=", ">", ">=")
LACKING = {"!=": "=", "notcontains": "contains", "noneof": "anyof"}
JOINTS = {"anyof": "or", "allof": "and"}


def node(spot: Spot, number: int | None, here: RepeatingPanel | None) -> str:
    """Return the path of the items of a question; ``number`` picks a row, ``here`` is the row one is in."""
    last = f".repeat(item).where(linkId='{spot.link}')"
    if spot.group is None:
        return f"{ALL}{last}"
    if number is None and here is not None:
        return f"{ROW}{last}"
    return f"{ALL}.repeat(item).where(linkId='{spot.group.name}')[{number or 0}]{last}"


class Paths:
    """Writes conditions over the items of one worksheet as FHIRPath."""

    def __init__(self, places: Places, row: RepeatingPanel | None = None) -> None:
        self.places = places
        self.row = row

    def claim(self, tree: Expression) -> str:
        """Return a condition; raises ``UncarriedError`` where there is no FHIRPath of the same meaning."""
        match tree:
            case Unary("!", operand):
                return f"({self.claim(operand)}).not()"
            case Unary(operator, Variable() as variable):
                return self.filled(variable, "exists" if operator == "notempty" else "empty")
            case Binary(("and" | "or") as joint, left, right):
                return f"({self.claim(left)} {joint} {self.claim(right)})"
            case Binary(operator, Variable(name) as variable, Constant(value)) if name.endswith(".length"):
                spot, _ = self.places.find(variable, self.row)
                return f"{node(spot, None, None)}.count() {operator} {value}"
            case Binary(operator, Variable() as variable, Constant(value)):
                return self.compared(operator, variable, value)
            case Binary(("=" | "!=") as operator, Variable() as one, Variable() as other):
                here, first = self.places.find(one, self.row)
                there, second = self.places.find(other, self.row)
                path = f"{node(there, second, self.row)}.answer.value"
                test = f"{node(here, first, self.row)}.answer.value.where($this = {path})"
                return f"{test}.{'exists' if operator == '=' else 'empty'}()"
            case _:
                raise UncarriedError("a sum inside a condition")

    def filled(self, variable: Variable, test: str) -> str:
        """Return whether an item has an answer, or words of one's own."""
        spot, number = self.places.find(variable, self.row)
        path = node(spot, number, self.row)
        if variable.name.endswith("-Comment"):
            return f"{path}.answer.value.ofType(string).{test}()"
        return f"{path}.{test}()" if isinstance(spot.question, RepeatingPanel) else f"{path}.answer.{test}()"

    def compared(self, operator: str, variable: Variable, value: Scalar | tuple[Scalar, ...]) -> str:
        """Return a comparison with a value or a list of them."""
        test = "empty" if operator in LACKING else "exists"
        plain = LACKING.get(operator, operator)
        if isinstance(value, tuple):
            joint = JOINTS.get(plain, "and")
            joint = {"or": "and", "and": "or"}[joint] if test == "empty" else joint
            claims = [self.single("=", variable, one, test) for one in value]
            return claims[0] if len(claims) == 1 else f"({f' {joint} '.join(claims)})"
        return self.single("=" if plain in ("contains", "anyof", "allof") else plain, variable, value, test)

    def single(self, operator: str, variable: Variable, value: Scalar, test: str) -> str:
        """Return a comparison with one value."""
        spot, number = self.places.find(variable, self.row)
        path, question = f"{node(spot, number, self.row)}.answer.value", spot.question
        if not isinstance(question, SelectQuestion):
            return f"{path}.where($this {operator} {written(value)}).{test}()"
        if operator in ORDERS:
            fitting = values_in_order(question, operator, value)
            claims = [self.single("=", variable, one, test) for one in fitting]
            return f"({' or '.join(claims)})" if claims else "false"
        if value == OTHER and question.show_other_item:
            return f"{path}.ofType(string).{test}()"
        code = coding(self.places.worksheet.id, question, value)["code"]
        return f"{path}.code.where($this = {written(code)}).{test}()"


def values_in_order(question: SelectQuestion, operator: str, value: Scalar) -> list[Scalar]:
    """Return the choices that are below or above a number."""
    if isinstance(question, ManyQuestion) or isinstance(value, bool | str):
        raise UncarriedError("an order among several choices")
    tests = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}
    numbers = [one.value for one in question.options if isinstance(one.value, int)]
    return [one for one in numbers if tests[operator](float(one), float(value))]


def written(value: Scalar) -> str:
    """Return a value as FHIRPath writes it.

    >>> written("yes"), written(True), written(3)
    ("'yes'", 'true', '3')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    return repr(value)
