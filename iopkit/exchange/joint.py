"""What came of a couple's drills, for other programs: a table, and FHIR responses."""

from collections.abc import Iterable, Mapping
from typing import Any

from iopkit.clinic.outcomes import Outcome
from iopkit.exchange.fhir.bundle import RESTRICTED
from iopkit.exchange.fhir.names import BASE, Json

COLUMNS = ("room", "drill", "version", "about", "ended_at", "done", "item", "who", "number", "text", "label")
"""The columns of the table; ``who`` is "me" or "partner": no name is in it."""


def rows(found: Iterable[Outcome]) -> list[tuple[Any, ...]]:
    """Return a row for each thing that was said."""
    return [
        (
            one.id,
            one.drill_id,
            one.version,
            one.about.isoformat(),
            one.ended_at.isoformat(timespec="seconds"),
            one.done,
            line.name,
            "me" if line.mine else "partner",
            line.value if isinstance(line.value, int) else "",
            line.value if isinstance(line.value, str) else "",
            line.text if line.text != str(line.value) else "",
        )
        for one in found
        for line in one.lines
    ]


def responses(found: Iterable[Outcome], client_id: str) -> list[Json]:
    """Return each drill as a QuestionnaireResponse, and a Provenance that names its owners by their ids."""
    return [made for one in found for made in (response(one, client_id), provenance(one, client_id))]


def response(one: Outcome, client_id: str) -> Json:
    """Return one drill as a QuestionnaireResponse of the client who takes it along."""
    subject = {"reference": f"Patient/{client_id}"}
    return {
        "resourceType": "QuestionnaireResponse",
        "id": one.id,
        "meta": {"security": [RESTRICTED]},
        "questionnaire": f"{BASE}/Drill/{one.drill_id}|{one.version}",
        "status": "completed" if one.done else "stopped",
        "subject": subject,
        "authored": one.ended_at.isoformat(timespec="seconds"),
        "author": subject,
        "item": [
            {
                "linkId": f"{'own' if line.mine else 'partner'}.{line.name}.{number}",
                "text": line.label,
                "answer": [{"valueInteger": line.value} if isinstance(line.value, int) else _said(line.text)],
            }
            for number, line in enumerate(one.lines, 1)
        ],
    }


def provenance(one: Outcome, client_id: str) -> Json:
    """Return whose words are in a drill."""
    return {
        "resourceType": "Provenance",
        "id": f"{one.id}-from",
        "meta": {"security": [RESTRICTED]},
        "target": [{"reference": f"QuestionnaireResponse/{one.id}"}],
        "recorded": one.ended_at.isoformat(timespec="seconds"),
        "agent": [{"who": _who(owner, client_id)} for owner in one.owners],
    }


def _who(owner: str, client_id: str) -> Json:
    if owner == client_id:
        return {"reference": f"Patient/{client_id}"}
    return {"identifier": {"system": f"{BASE}/NamingSystem/person", "value": owner}}


def _said(text: str) -> Mapping[str, str]:
    return {"valueString": text}
