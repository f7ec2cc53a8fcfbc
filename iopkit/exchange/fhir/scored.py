"""Scores as items that the form works out: SDC's ``calculatedExpression``, where FHIRPath can say it.

A score that names a function of ours is worked out here only. All of them travel whole in an extension.
"""

import json

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.names import Json, UncarriedError, expression, extension
from iopkit.exchange.fhir.path import ALL
from iopkit.exchange.fhir.places import Places, Spot
from iopkit.worksheets.conditions import Variable
from iopkit.worksheets.elements import BooleanQuestion, RepeatingPanel, SelectQuestion
from iopkit.worksheets.model import Score

GROUP = "scores:"


def scores(places: Places) -> tuple[list[Json], list[str]]:
    """Return the hidden group of scores, and a line for each that a form elsewhere cannot work out."""
    items, lost = [], []
    for score in places.worksheet.scores:
        made, reason = scored(score, places)
        items.append(made)
        lost += [f"{score.name}: {reason}; it is worked out again here"] if reason else []
    hidden = [extension(names.HIDDEN, valueBoolean=True)]
    group = {"linkId": GROUP, "type": "group", "text": "Scores", "extension": hidden, "item": items}
    return ([group] if items else []), lost


def scored(score: Score, places: Places) -> tuple[Json, str]:
    """Return a score as an item, and why a form elsewhere cannot work it out, or ""."""
    whole = score.model_dump(mode="json", exclude_defaults=True)
    more = [extension(names.SCORE, valueString=json.dumps(whole, ensure_ascii=False))]
    reason = ""
    try:
        more.append(expression(names.CALCULATED, calculated(score, places)))
    except UncarriedError as error:
        reason = str(error)
    made: Json = {"linkId": f"score:{score.name}", "type": "decimal", "text": score.title, "readOnly": True}
    if score.loinc:
        made["code"] = [{"system": names.LOINC, "code": score.loinc}]
        more.append(extension(names.EXTRACTED, valueBoolean=True))
    return {**made, "extension": more}, reason


def calculated(score: Score, places: Places) -> str:
    """Return the FHIRPath of a score: empty where an answer that it needs is missing."""
    if score.function:
        raise UncarriedError(f"the function {score.function} is no formula")
    if score.count:
        return counted(score.count, places)
    if score.difference:
        first, second = (figure(score, one, places) for one in score.difference)
        return _rounded(f"({second}) - ({first})", score)
    if score.missing == "prorate":
        return _rounded(prorated(score, places), score)
    named = score.sum or score.mean or ()
    parts = [figure(score, one, places) for one in named]
    total = " + ".join(f"({part})" for part in parts)
    return _rounded(f"({total}) / {len(parts)}" if score.mean else total, score)


def figure(score: Score, reference: str, places: Places) -> str:
    """Return the number of an item: its answer, or the mean over its rows."""
    path = number(spot_of(reference, places), reference)
    path = f"{path}.avg()" if "." in reference else path
    return f"{score.top or 0} - {path}" if reference in score.reversed else path


def prorated(score: Score, places: Places) -> str:
    """Return a sum or mean that makes do with the answers there are, from ``at_least`` of them on."""
    named = score.sum or score.mean or ()
    parts = [f"({figure(score, one, places)})" for one in named]
    joined = parts[0] + "".join(f".combine({part})" for part in parts[1:])
    mean = f"{joined}.avg()" if score.mean else f"{joined}.avg() * {len(named)}"
    return f"iif({joined}.count() >= {score.at_least or 1}, {mean}, {{}})"


def counted(reference: str, places: Places) -> str:
    """Return how many rows, choices or answers an item has."""
    spot = spot_of(reference, places)
    path = f"{ALL}.repeat(item).where(linkId='{spot.link}')"
    return f"{path}.count()" if isinstance(spot.question, RepeatingPanel) else f"{path}.answer.count()"


def number(spot: Spot, reference: str) -> str:
    """Return the path of the numbers that an item was answered with."""
    path = f"{ALL}.repeat(item).where(linkId='{spot.link}').answer.value"
    if isinstance(spot.question, BooleanQuestion | RepeatingPanel):
        raise UncarriedError(f"{reference} is no number")
    return f"{path}.weight()" if isinstance(spot.question, SelectQuestion) else path


def spot_of(reference: str, places: Places) -> Spot:
    """Return where an item stands, by how a score writes it."""
    panel, _, inner = reference.partition(".")
    written = f"{panel}[0].{inner}" if inner else panel
    return places.find(Variable(written), None)[0]


def _rounded(path: str, score: Score) -> str:
    return path if score.digits is None else f"({path}).round({score.digits})"
