"""The library: worksheets by what they are for, to look at, try out and (for clinicians) assign."""

from collections.abc import Mapping

from iopkit.apps.place import Place, key
from iopkit.apps.view_library import Library, LibraryRow, Preview
from iopkit.apps.words import upper
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Person
from iopkit.errors import AccessError
from iopkit.worksheets import Worksheet

CATEGORIES = {
    "cognitive": "Thoughts and actions",
    "mindfulness": "Mindfulness",
    "emotion": "Emotions and hard hours",
    "couples": "Couples",
    "creative": "Creative",
    "social": "People and boundaries",
    "lifestyle": "Sleep, food, days",
    "sober-fun": "Sober fun",
    "recovery": "Recovery",
    "program": "The program",
    "measures": "Measures",
}
"""What each category is called for people, in the order of the shelf."""
DOMAINS = {
    "individual": "Individual therapy",
    "couples": "Couples therapy",
    "substance-use": "Substance use counseling",
    "medical": "Medical",
}
AUDIENCES = {"client": "", "couple": "For a couple", "clinician": "For clinicians"}
STATUS = {"draft": "Not reviewed yet", "reviewed": "Reviewed", "retired": "Retired"}
NOTES = {
    "client": "This is a preview. What you put in stays on this page: it is not kept and nobody sees it.",
    "clinician": "This is a preview, as your clients see it. What you put in is not kept.",
    "coordinator": "This is a preview, as clients see it. What you put in is not kept.",
}
NOBODY_TOLD = "In this preview nobody is told what you choose. If this is true for you now, please use these:"
AS_SEEN = "In this preview nobody is told. A client sees this when they fill it in:"
FOR_CLINICIANS = "This worksheet is filled in by clinicians. You can ask yours about it."
FOR_COUPLES = "This worksheet is for couples."


def library(desk: Desk, client_id: str) -> Library:
    """Return the shelf as this person may see it, choosing for a client when one is named."""
    person = desk.client(client_id) if client_id and desk.person.kind == "clinician" else None
    return Library(
        rows=[row(desk, sheet, person) for sheet in shelf(desk)],
        chosen_for=person.name if person else "",
        back=key(desk, "client", person.id) if person else "",
    )


def shelf(desk: Desk) -> list[Worksheet]:
    """Return the worksheets this person may look at, by category and title."""
    paired = has_partner(desk)
    found = [one for one in desk.worksheets() if not refusal(desk.person, one, paired=paired)]
    order = list(CATEGORIES)
    return sorted(found, key=lambda one: (order.index(one.category), one.title))


def has_partner(desk: Desk) -> bool:
    """Return whether the person is a client in a couple."""
    return desk.person.kind == "client" and desk.partner(desk.person.id) is not None


def refusal(person: Person, sheet: Worksheet, *, paired: bool) -> str:
    """Return why a person may not look at a worksheet, or ""."""
    if sheet.status == "retired":
        return "This worksheet is not used any more."
    if person.kind != "client":
        return ""
    if sheet.audience == "clinician":
        return FOR_CLINICIANS
    return FOR_COUPLES if sheet.audience == "couple" and not paired else ""


def row(desk: Desk, sheet: Worksheet, client: Person | None) -> LibraryRow:
    """Return one worksheet of the shelf."""
    staff = desk.person.kind != "client"
    return LibraryRow(
        key=preview_key(desk, sheet, client.id if client else ""),
        title=sheet.title,
        about=sheet.about,
        category=CATEGORIES[sheet.category],
        domain=DOMAINS[sheet.domain],
        minutes=sheet.minutes,
        audience=AUDIENCES[sheet.audience],
        status=STATUS[sheet.status] if staff else "",
        assign=assign_key(desk, sheet, client.id if client else ""),
        paper=key(desk, "paper", sheet.id),
    )


def preview_key(desk: Desk, sheet: Worksheet, client_id: str = "") -> str:
    """Return the key of a worksheet's preview, with the client one chooses for."""
    return key(desk, "preview", sheet.id, *([client_id] if client_id else []))


def assign_key(desk: Desk, sheet: Worksheet, client_id: str) -> str:
    """Return the key with which a clinician assigns a worksheet; "" where nobody can."""
    if desk.person.kind != "clinician" or sheet.audience == "clinician":
        return ""
    if sheet.audience == "couple" and "couples" not in desk.person.domains:
        return ""
    return key(desk, "assign", sheet.id, *([client_id] if client_id else []))


def preview(desk: Desk, where: Place) -> Preview:
    """Return a worksheet to try out; AccessError when it is not for this person."""
    sheet = look_at(desk, where.part(0))
    client_id, kind = where.part(1), desk.person.kind
    facts = [CATEGORIES[sheet.category], DOMAINS[sheet.domain], f"About {sheet.minutes} minutes"]
    staff = [AUDIENCES[sheet.audience], STATUS[sheet.status], f"Version {sheet.version}"]
    return Preview(
        title=sheet.title,
        about=sheet.about,
        minutes=sheet.minutes,
        version=sheet.version,
        facts=[upper(fact) for fact in (facts if kind == "client" else [*facts, *staff]) if fact],
        note=NOTES.get(kind, NOTES["coordinator"]),
        nobody_told=NOBODY_TOLD if kind == "client" else AS_SEEN,
        survey=sheet.survey(),
        flags={flag.id: flag.when for flag in sheet.flags},
        messages={flag.id: flag.text for flag in sheet.flags},
        next_step=sheet.next_step or "",
        assign=assign_key(desk, sheet, client_id),
        paper=key(desk, "paper", sheet.id),
        shelf=key(desk, "library", *([client_id] if client_id else [])),
    )


def look_at(desk: Desk, worksheet_id: str) -> Worksheet:
    """Return a worksheet this person may look at; AccessError says why not."""
    sheet = desk.worksheet(worksheet_id)
    why = refusal(desk.person, sheet, paired=has_partner(desk))
    if why:
        raise AccessError(why)
    return sheet


def found(desk: Desk, text: str) -> list[tuple[Worksheet, str]]:
    """Return the worksheets that fit some words, best first, with the item in which the words stand."""
    mine: Mapping[str, Worksheet] = {sheet.id: sheet for sheet in shelf(desk)}
    matches = desk.find_worksheets(text)
    return [(mine[one.worksheet_id], one.because) for one in matches if one.worksheet_id in mine]
