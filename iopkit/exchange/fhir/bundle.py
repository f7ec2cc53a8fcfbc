"""A client's record as a FHIR R4 Bundle: responses, scores, assignments, consents, and where each came from.

Nobody's name is in it, only ids, unless names are asked for. What is of the substance-use domain carries the
label of 42 CFR part 2, the notice, and the consents under which it leaves.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from iopkit.clinic.access import known
from iopkit.clinic.leaving import Leaving
from iopkit.clinic.record import Assignment, Entry
from iopkit.clinic.record_privacy import Consent, Disclosure
from iopkit.exchange.fhir.answers import response
from iopkit.exchange.fhir.names import BASE, LOINC, Json
from iopkit.exchange.fhir.questionnaire import questionnaire
from iopkit.worksheets import Worksheet

CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SCOPES = "http://terminology.hl7.org/CodeSystem/consentscope"
PARTICIPANTS = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
RESTRICTED = {"system": CONFIDENTIALITY, "code": "R", "display": "restricted"}
PART_2 = [
    {"system": ACT_CODES, "code": "42CFRPart2", "display": "42 CFR Part2"},
    {"system": ACT_CODES, "code": "ETH", "display": "substance abuse information sensitivity"},
]
SheetOf = Callable[[Entry], Worksheet]


def bundle(
    left: Leaving, sheet_of: SheetOf, *, at: datetime, names: bool = False, more: Iterable[Json] = ()
) -> Json:
    """Return what leaves as one collection; ``sheet_of`` gives the worksheet of an entry as it was asked.

    ``more`` are resources beside the record's own.
    """
    writer = _Writer(left, sheet_of, names=names)
    resources = [
        writer.patient(),
        *writer.questionnaires(),
        *(one for entry in left.entries for one in writer.entry(entry)),
        *writer.plans(),
        *(writer.consent(one) for one in left.consents),
        *more,
    ]
    return {
        "resourceType": "Bundle",
        "meta": writer.meta(substance_use=left.disclosure is not None),
        "type": "collection",
        "timestamp": _instant(at),
        "entry": [{"fullUrl": f"{BASE}/{_reference(one)}", "resource": one} for one in resources],
    }


@dataclass
class _Writer:
    left: Leaving
    sheet_of: SheetOf
    names: bool

    @property
    def subject(self) -> Json:
        return {"reference": f"Patient/{self.left.client.id}"}

    def meta(self, *, substance_use: bool) -> Json:
        """Return the labels of a resource; of the substance-use domain with the notice and the consents."""
        labels: list[Json] = [RESTRICTED, *(PART_2 if substance_use else [])]
        tags = notices(self.left.disclosure) if substance_use else []
        return {"security": labels, **({"tag": tags} if tags else {})}

    def patient(self) -> Json:
        """Return the client: an id, and a name when names are asked for."""
        named = {"name": [{"text": self.left.client.name}]} if self.names else {}
        return {"resourceType": "Patient", "id": self.left.client.id, **named}

    def questionnaires(self) -> Iterable[Json]:
        """Return each worksheet and version that was filled in, once."""
        sheets = {(one.worksheet_id, one.version): one for one in reversed(self.left.entries)}
        for entry in sorted(sheets.values(), key=lambda one: (one.worksheet_id, one.version)):
            made = questionnaire(self.sheet_of(entry)).resource
            yield {**made, "id": _plain(f"{entry.worksheet_id}-{entry.version}")}

    def entry(self, entry: Entry) -> Iterable[Json]:
        """Return an entry: the response, its scores, and where it came from."""
        sheet, meta = self.sheet_of(entry), self.meta(substance_use=known(entry.domain) == "substance-use")
        authored = entry.answered_at or entry.submitted_at or entry.saved_at
        given = {"basedOn": [{"reference": f"CarePlan/{entry.assignment_id}"}]} if entry.assignment_id else {}
        answered = {
            **response(sheet, entry.answers, zone=entry.zone),
            "id": entry.id,
            "meta": meta,
            **given,
            "subject": self.subject,
            "authored": _instant(authored),
            "author": self.subject,
        }
        scores = list(self.observations(entry, sheet, meta))
        yield answered
        yield from scores
        yield self.provenance(entry, [_reference(one) for one in (answered, *scores)], meta)

    def observations(self, entry: Entry, sheet: Worksheet, meta: Json) -> Iterable[Json]:
        """Return a score each, with its LOINC code where the worksheet has one, and its band."""
        for score in sheet.scores:
            value = entry.scores.get(score.name)
            if value is None:
                continue
            own = {"system": f"{BASE}/CodeSystem/score", "code": f"{sheet.id}.{score.name}"}
            codes: list[Json] = [{"system": LOINC, "code": score.loinc}] if score.loinc else []
            band = entry.bands.get(score.name)
            yield {
                "resourceType": "Observation",
                "id": _plain(f"{entry.id}-{score.name}"),
                "meta": meta,
                "status": "final" if entry.revision <= 1 else "amended",
                "category": [{"coding": [{"system": CATEGORY, "code": "survey"}]}],
                "code": {"coding": [*codes, own], "text": score.title},
                "subject": self.subject,
                "effectiveDateTime": entry.about.isoformat(),
                "issued": _instant(entry.saved_at),
                "valueQuantity": {"value": value, **({"unit": score.unit} if score.unit else {})},
                **({"interpretation": [{"text": band}]} if band else {}),
                "derivedFrom": [{"reference": f"QuestionnaireResponse/{entry.id}"}],
            }

    def provenance(self, entry: Entry, targets: Sequence[str], meta: Json) -> Json:
        """Return who wrote an entry, when it was answered and when it was entered here."""
        kind = {"coding": [{"system": PARTICIPANTS, "code": "author"}]}
        occurred = {"occurredDateTime": _instant(entry.answered_at)} if entry.answered_at else {}
        return {
            "resourceType": "Provenance",
            "id": f"{entry.id}-from",
            "meta": meta,
            "target": [{"reference": one} for one in targets],
            **occurred,
            "recorded": _instant(entry.submitted_at or entry.saved_at),
            "agent": [{"type": kind, "who": self.subject}],
        }

    def plans(self) -> Iterable[Json]:
        """Return each assignment as a plan with one task."""
        for one in self.left.assignments:
            meta = self.meta(substance_use=known(one.domain) == "substance-use")
            period = {"start": one.starts.isoformat(), **({"end": one.ends.isoformat()} if one.ends else {})}
            stopped = one.stopped_at is not None
            yield {
                "resourceType": "CarePlan",
                "id": one.id,
                "meta": meta,
                "status": "revoked" if stopped else "active",
                "intent": "plan",
                "title": one.worksheet_id,
                "subject": self.subject,
                "period": period,
                "activity": [{"reference": {"reference": f"Task/{one.id}"}}],
                **({"note": [{"text": one.note}]} if one.note else {}),
            }
            yield self.task(one, meta, period, stopped=stopped)

    def task(self, one: Assignment, meta: Json, period: Json, *, stopped: bool) -> Json:
        """Return what is to be done for an assignment, by which rule and until when of the day."""
        by = self._who(one.by.id, one.by.name)
        told = [("due", one.due.isoformat("minutes")), *([("rule", one.rrule)] if one.rrule else [])]
        return {
            "resourceType": "Task",
            "id": one.id,
            "meta": meta,
            "status": "cancelled" if stopped else "requested",
            "intent": "order",
            "focus": {"reference": f"{BASE}/Questionnaire/{one.worksheet_id}"},
            "for": self.subject,
            "requester": by,
            "executionPeriod": period,
            "input": [{"type": {"text": name}, "valueString": value} for name, value in told],
        }

    def consent(self, one: Consent) -> Json:
        """Return a consent as it was signed: what, to whom, for what, until when, and whether it holds."""
        return {
            "resourceType": "Consent",
            "id": one.id,
            "meta": self.meta(substance_use="substance-use" in one.domains),
            "status": "active" if one.live else "inactive",
            "scope": {"coding": [{"system": SCOPES, "code": "patient-privacy"}]},
            "category": [{"coding": [{"system": LOINC, "code": "59284-0"}]}],
            "patient": self.subject,
            "dateTime": _instant(one.signed_at),
            "policy": [{"uri": f"{BASE}/policy/42-CFR-part-2"}],
            "provision": {
                "type": "permit",
                "period": {"start": one.signed_at.date().isoformat(), "end": one.until.isoformat()},
                "actor": [
                    {"role": {"text": "recipient"}, "reference": self._who(one.recipient_id, one.recipient)}
                ],
                "purpose": [
                    {"system": f"{BASE}/CodeSystem/purpose", "code": "as-signed", "display": one.purpose}
                ],
                "securityLabel": [
                    {"system": f"{BASE}/CodeSystem/domain", "code": domain} for domain in one.domains
                ],
            },
        }

    def _who(self, person_id: str | None, name: str) -> Json:
        shown = {"display": name} if self.names else {}
        system = {"system": f"{BASE}/NamingSystem/person", "value": person_id or "outside"}
        return {"identifier": system, **shown}


CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"


def notices(disclosure: Disclosure | None) -> list[Json]:
    """Return the notice of 42 CFR 2.32 and the consents it rests on, as tags of a resource."""
    if disclosure is None:
        return []
    said = {"system": f"{BASE}/CodeSystem/notice", "code": "42-CFR-2.32", "display": disclosure.text}
    return [
        said,
        *({"system": f"{BASE}/NamingSystem/consent", "code": one} for one in disclosure.consent_ids),
    ]


def _reference(resource: Json) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _plain(text: str) -> str:
    """Return an id as FHIR takes it: letters, figures, hyphens and points, at most 64."""
    return "".join(one if one.isalnum() or one in "-." else "-" for one in text)[:64]


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
