"""The library: worksheets by what they are for, to look at, try out and (for clinicians) assign."""

from collections.abc import Mapping

from iopkit.apps.place import Place, key
from iopkit.apps.view_library import Library, LibraryRow, Preview
from iopkit.apps.words import upper
from iopkit.apps.worksheet import language_words
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Person
from iopkit.errors import AccessError
from iopkit.words import say, sentence, several
from iopkit.worksheets import Worksheet

CATEGORIES = {
    "cognitive": sentence("Thoughts and actions"),
    "mindfulness": sentence("Mindfulness"),
    "emotion": sentence("Emotions and hard hours"),
    "couples": sentence("Couples"),
    "creative": sentence("Creative"),
    "social": sentence("People and boundaries"),
    "lifestyle": sentence("Sleep, food, days"),
    "sober-fun": sentence("Sober fun"),
    "recovery": sentence("Recovery"),
    "program": sentence("The program"),
    "measures": sentence("Measures"),
}
"""What each category is called for people, in the order of the shelf."""
DOMAINS = {
    "individual": sentence("Individual therapy"),
    "couples": sentence("Couples therapy"),
    "substance-use": sentence("Substance use counseling"),
    "medical": sentence("Medical"),
}
AUDIENCES = {"client": "", "couple": sentence("For a couple"), "clinician": sentence("For clinicians")}
STATUS = {
    "draft": sentence("Not reviewed yet"),
    "reviewed": sentence("Reviewed"),
    "retired": sentence("Retired"),
}
NOTES = {
    "client": sentence(
        "This is a preview. What you put in stays on this page: it is not kept and nobody sees it."
    ),
    "clinician": sentence("This is a preview, as your clients see it. What you put in is not kept."),
    "coordinator": sentence("This is a preview, as clients see it. What you put in is not kept."),
}
NOBODY_TOLD = sentence(
    "In this preview nobody is told what you choose. If this is true for you now, please use these:"
)
AS_SEEN = sentence("In this preview nobody is told. A client sees this when they fill it in:")
FOR_CLINICIANS = sentence("This worksheet is filled in by clinicians. You can ask yours about it.")
FOR_COUPLES = sentence("This worksheet is for couples.")


def library(desk: Desk, client_id: str, group_id: str = "") -> Library:
    """Return the shelf as this person may see it, choosing for a client or a group when one is named."""
    if desk.person.kind != "clinician" or not (client_id or group_id):
        return Library(rows=[row(desk, sheet) for sheet in shelf(desk)])
    name = desk.client(client_id).name if client_id else desk.group(group_id).name
    return Library(
        rows=[row(desk, sheet, client_id, group_id) for sheet in shelf(desk)],
        chosen_for=name,
        back=key(desk, "client", client_id) if client_id else key(desk, "group", group_id),
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
        return sentence("This worksheet is not used any more.")
    if person.kind != "client":
        return ""
    if sheet.audience == "clinician":
        return FOR_CLINICIANS
    return FOR_COUPLES if sheet.audience == "couple" and not paired else ""


def row(desk: Desk, sheet: Worksheet, *whose: str) -> LibraryRow:
    """Return one worksheet of the shelf."""
    staff, language = desk.person.kind != "client", desk.person.language
    return LibraryRow(
        key=preview_key(desk, sheet, *whose),
        title=sheet.title,
        about=sheet.about,
        category=say(CATEGORIES[sheet.category], language),
        domain=say(DOMAINS[sheet.domain], language),
        minutes=sheet.minutes,
        audience=say(AUDIENCES[sheet.audience], language),
        status=say(STATUS[sheet.status], language) if staff else "",
        assign=assign_key(desk, sheet, *whose),
        paper=key(desk, "paper", sheet.id),
    )


def preview_key(desk: Desk, sheet: Worksheet, *whose: str) -> str:
    """Return the key of a worksheet's preview, with whom one chooses for: a client, or "" and a group."""
    return key(desk, "preview", sheet.id, *known(*whose))


def assign_key(desk: Desk, sheet: Worksheet, *whose: str) -> str:
    """Return the key with which a clinician assigns a worksheet; "" where nobody can."""
    if desk.person.kind != "clinician" or sheet.audience == "clinician":
        return ""
    if sheet.audience == "couple" and "couples" not in desk.person.domains:
        return ""
    return key(desk, "assign", sheet.id, *known(*whose))


def known(client_id: str = "", group_id: str = "") -> tuple[str, ...]:
    """Return the parts of a key that say whom one chooses for; none when it is nobody yet."""
    return ("", group_id) if group_id else (client_id,) if client_id else ()


def untold(desk: Desk, sheet: Worksheet) -> dict[str, str]:
    """Return what is said of each safety rule while one tries a worksheet out: that nobody is told, first."""
    first = say(NOBODY_TOLD if desk.person.kind == "client" else AS_SEEN, desk.person.language)
    return {flag: f"{first} {text}" for flag, text in sheet.messages.items()}


def preview(desk: Desk, where: Place) -> Preview:
    """Return a worksheet to try out; AccessError when it is not for this person."""
    sheet = look_at(desk, where.part(0))
    whose, kind = where.parts[1:3], desk.person.kind
    language = desk.person.language
    time = several("About {count} minute", "About {count} minutes", language, sheet.minutes)
    facts = [say(CATEGORIES[sheet.category], language), say(DOMAINS[sheet.domain], language), time]
    version = say("Version {version}", language, version=sheet.version)
    staff = [say(AUDIENCES[sheet.audience], language), language_words(desk, sheet.id), version]
    return Preview(
        title=sheet.title,
        about=sheet.about,
        minutes=sheet.minutes,
        version=sheet.version,
        facts=[upper(fact) for fact in (facts if kind == "client" else [*facts, *staff]) if fact],
        note=say(NOTES.get(kind, NOTES["coordinator"]), language),
        survey=sheet.survey(),
        flags=sheet.conditions,
        messages=untold(desk, sheet),
        next_step=sheet.next_step or "",
        assign=assign_key(desk, sheet, *whose),
        paper=key(desk, "paper", sheet.id),
        shelf=key(desk, "library", *known(*whose)),
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
