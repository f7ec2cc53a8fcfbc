"""A worksheet as a FHIR R4 Questionnaire of SDC's profile."""

import json
from dataclasses import dataclass

from iopkit.exchange.fhir import names
from iopkit.exchange.fhir.items import Items
from iopkit.exchange.fhir.names import BASE, LOINC, Json, extension
from iopkit.exchange.fhir.places import Places
from iopkit.exchange.fhir.scored import scores
from iopkit.worksheets.model import Worksheet

PROFILE = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"
STATUS = {"draft": "draft", "reviewed": "active", "retired": "retired"}
SAID = {"id", "version", "status", "title", "about", "pages", "scores", "licence", "include", "loinc"}
"""Keys of the header that the standard elements carry. The choices of an included piece are written out."""


@dataclass(frozen=True)
class Exported:
    """A resource, and a line for each thing that FHIR cannot carry."""

    resource: Json
    lost: tuple[str, ...]


def canonical(worksheet: Worksheet) -> str:
    """Return the address and version that name a worksheet in a response."""
    return f"{BASE}/Questionnaire/{worksheet.id}|{worksheet.version}"


def questionnaire(worksheet: Worksheet) -> Exported:
    """Return a worksheet as a Questionnaire."""
    places = Places.of(worksheet)
    writer = Items(places)
    pages = [writer.page(page) for page in worksheet.pages]
    scored, unworked = scores(places)
    header = worksheet.model_dump(mode="json", exclude_defaults=True, exclude=SAID)
    resource: Json = {
        "resourceType": "Questionnaire",
        "id": worksheet.id,
        "meta": {"profile": [PROFILE]},
        "extension": [extension(names.WORKSHEET, valueString=json.dumps(header, ensure_ascii=False))],
        "url": f"{BASE}/Questionnaire/{worksheet.id}",
        "version": worksheet.version,
        "name": "".join(part.capitalize() for part in worksheet.id.split("-")),
        "title": worksheet.title,
        "status": STATUS[worksheet.status],
        "subjectType": ["Patient"],
        "description": worksheet.about,
        **({"copyright": worksheet.licence} if worksheet.licence else {}),
        **({"code": [{"system": LOINC, "code": worksheet.loinc}]} if worksheet.loinc else {}),
        "item": [*pages, *scored],
    }
    return Exported(resource, (*writer.lost, *unworked))
