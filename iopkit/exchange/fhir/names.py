"""Names that FHIR, SDC and we give to things, and the small shapes that every resource is made of."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

BASE = "https://iopkit.example/fhir"
"""Begins what only we name. It identifies and is never looked up: nothing answers there."""
LOINC = "http://loinc.org"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
DECLINED = "asked-declined"
"""How FHIR says that somebody would rather not answer."""
CORE = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"
CONTROL = f"{CORE}/questionnaire-itemControl"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
ORDINAL = f"{CORE}/ordinalValue"
EXCLUSIVE = f"{CORE}/questionnaire-optionExclusive"
HIDDEN = f"{CORE}/questionnaire-hidden"
LOW, HIGH = f"{CORE}/minValue", f"{CORE}/maxValue"
FEWEST, MOST = f"{CORE}/questionnaire-minOccurs", f"{CORE}/questionnaire-maxOccurs"
STEP = f"{CORE}/questionnaire-sliderStepValue"
CATEGORY = f"{CORE}/questionnaire-displayCategory"
CATEGORIES = "http://hl7.org/fhir/questionnaire-display-category"
VARIABLE = f"{CORE}/variable"
ENABLED = f"{SDC}/sdc-questionnaire-enableWhenExpression"
CALCULATED = f"{SDC}/sdc-questionnaire-calculatedExpression"
OFFERED = f"{SDC}/sdc-questionnaire-answerExpression"
EXTRACTED = f"{SDC}/sdc-questionnaire-observationExtract"
WORKSHEET = f"{BASE}/StructureDefinition/worksheet"
ELEMENT = f"{BASE}/StructureDefinition/element"
SCORE = f"{BASE}/StructureDefinition/score"
"""Three extensions of ours, each with JSON text: what a worksheet says and FHIR has no place for."""


class UncarriedError(ValueError):
    """Something that FHIR has no way to say; the message tells what and why."""


def extension(url: str, **value: object) -> Json:
    """Return an extension with one value, such as ``valueInteger=3``."""
    return {"url": url, **value}


def expression(url: str, path: str) -> Json:
    """Return an extension with a FHIRPath expression."""
    return extension(url, valueExpression={"language": "text/fhirpath", "expression": path})


def control(code: str) -> Json:
    """Return the extension that names the control of an item, such as ``slider``."""
    return extension(CONTROL, valueCodeableConcept={"coding": [{"system": CONTROLS, "code": code}]})


def extensions(part: Mapping[str, Any], url: str) -> Iterator[Json]:
    """Yield the extensions of a part by their address."""
    found = part.get("extension")
    for one in found if isinstance(found, list) else []:
        if isinstance(one, dict) and one.get("url") == url:
            yield one


def held(part: Mapping[str, Any], url: str) -> Any:  # noqa: ANN401 - plain JSON
    """Return the value of an extension, whatever its type, or None."""
    for one in extensions(part, url):
        return next((value for key, value in one.items() if key.startswith("value")), None)
    return None


def controlled_by(part: Mapping[str, Any]) -> str:
    """Return the code of the control of an item, or ""."""
    found = held(part, CONTROL)
    codings = found.get("coding") if isinstance(found, dict) else None
    first = codings[0] if isinstance(codings, list) and codings and isinstance(codings[0], dict) else {}
    return str(first.get("code", ""))


def code_of(part: Mapping[str, Any]) -> str | None:
    """Return the LOINC code of an item or questionnaire, or None."""
    codes = part.get("code")
    for one in codes if isinstance(codes, list) else []:
        if isinstance(one, dict) and one.get("system") in (LOINC, None) and isinstance(one.get("code"), str):
            return str(one["code"])
    return None
