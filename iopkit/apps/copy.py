"""A client's own copy of their record: one ZIP to read, to print, and to give to another program.

It holds what they wrote, what was given to them, what they signed, and who looked. Of what a couple did
together it holds this client's own words and figures; the partner's, and entries of both, only once both have
signed that the record of the two may go to this client. Clinicians' notes are not in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from iopkit.apps.words import listing
from iopkit.charts.labels import full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.leaving import Leaving
from iopkit.clinic.outcomes import Outcome
from iopkit.clinic.record import Entry
from iopkit.errors import AccessError, NotFoundError
from iopkit.exchange import tables
from iopkit.exchange.archive import Booklet, Part, as_html, as_pdf, table, zipped
from iopkit.exchange.fhir.bundle import bundle
from iopkit.exchange.joint import COLUMNS, responses, rows
from iopkit.reports.homework import local_day
from iopkit.reports.reading import OTHER, words
from iopkit.words import say, sentence
from iopkit.worksheets import Item

TITLE = sentence("My record")
OPEN = sentence("Anybody who opens these files can read them. Keep them where only you can.")
WITHOUT = sentence(
    "Not in it: what a partner said or wrote with you, unless both of you signed that it may go to you, and "
    "your clinicians' own notes."
)
TOGETHER = sentence("done together")
TOGETHER_TITLE = sentence("What {names} did together")
SIGNED_FOR = sentence(
    "{names} have both signed that this may go to {name}. This copy rests on the consent of {since}, "
    "which ends on {until}; either of them can take theirs back."
)
NOT_SIGNED = sentence("Nothing here was signed for this. Reload the page to see what may leave.")
NOBODY = sentence("Only a client takes a copy of their own record. Others export what they may.")
UNSENT = sentence("not sent yet")


def own_copy(desk: Desk, *, at: datetime) -> bytes:
    """Return one's own record as a ZIP: HTML, PDF, FHIR and CSV, with the notices; the audit trail has it."""
    if desk.person.kind != "client":
        raise AccessError(NOBODY)
    me, language = desk.person.id, desk.person.language
    left = desk.leaving(me)
    left, joint = replace(left, entries=(*left.entries, *released(desk))), desk.outcomes()
    read = booklet(desk, left, joint)
    log, told = desk.access_log(), desk.disclosures(me)
    found = tables.tables(left.entries, desk.worksheet_of)
    record = bundle(left, desk.worksheet_of, at=at, names=True, more=responses(joint, me))
    seen = [(one.at.isoformat(timespec="seconds"), one.who, say(one.what, language), one.why) for one in log]
    gone = [(one.at.isoformat(timespec="seconds"), one.recipient, one.what, one.purpose) for one in told]
    content: dict[str, bytes | str] = {
        "record.html": as_html(read),
        "record.pdf": as_pdf(read),
        "fhir/bundle.json": json.dumps(record, ensure_ascii=False, indent=2) + "\n",
        **{f"csv/{name}.csv": tables.as_csv(name, rows) for name, rows in found.items()},
        "csv/together.csv": table(COLUMNS, rows(joint)),
        "csv/who-looked.csv": table(("at", "who", "what", "why"), seen),
        "csv/disclosures.csv": table(("at", "recipient", "what", "purpose"), gone),
        "notice.txt": "\n".join(read.notices) + "\n",
    }
    return zipped(content, at)


def joint_copy(desk: Desk, consent_id: str, *, at: datetime) -> bytes:
    """Return what partners wrote and did together as a ZIP for whom both signed; the audit trail has it."""
    signed = next((one.consent for one in desk.releases() if one.consent.id == consent_id), None)
    if signed is None:
        raise NotFoundError(NOT_SIGNED)
    language, partner = desk.person.language, desk.partner(desk.person.id)
    written, joint = desk.release(signed.recipient), desk.outcomes(signed.recipient)
    names = listing(sorted(one.name for one in (desk.person, partner) if one), language)
    days = {"since": full_day(local_day(signed.signed_at, desk.person.zone), language)}
    days["until"] = full_day(signed.until, language)
    notices = (say(SIGNED_FOR, language, names=names, name=signed.recipient, **days), say(OPEN, language))
    parts = (*(part(desk, one) for one in written), *(drill_part(one, language) for one in joint))
    read = Booklet(say(TOGETHER_TITLE, language, names=names), language, notices, parts)
    found = tables.tables(written, desk.worksheet_of)
    content: dict[str, bytes | str] = {
        "together.html": as_html(read),
        "together.pdf": as_pdf(read),
        **{f"csv/{name}.csv": tables.as_csv(name, rows) for name, rows in found.items()},
        "csv/together.csv": table(COLUMNS, rows(joint)),
        "notice.txt": "\n".join(notices) + "\n",
    }
    return zipped(content, at)


def released(desk: Desk) -> list[Entry]:
    """Return the entries of both, when both have signed that they may go to who takes this copy."""
    try:
        return desk.release(desk.person.name)
    except AccessError:
        return []


def booklet(desk: Desk, left: Leaving, joint: Sequence[Outcome] = ()) -> Booklet:
    """Return what one has written, to read: drafts, then what was sent, the newest first, then drills."""
    language = desk.person.language
    notices = [left.disclosure.text] if left.disclosure else []
    notices += [say(OPEN, language), say(WITHOUT, language)]
    parts = [part(desk, one) for one in (*desk.drafts(), *left.entries)]
    parts += [drill_part(one, language) for one in joint]
    return Booklet(say(TITLE, language), language, tuple(notices), tuple(parts))


def drill_part(one: Outcome, language: str) -> Part:
    """Return one drill to read: who said what, as far as it may leave."""
    said = tuple((f"{line.who} · {line.label}", line.text) for line in one.lines)
    return Part(one.title, f"{full_day(one.about, language)} · {say(TOGETHER, language)}", said)


def part(desk: Desk, entry: Entry) -> Part:
    """Return one entry to read."""
    sheet, language = desk.worksheet_of(entry), desk.person.language
    facts = [full_day(entry.about, language)]
    facts += [say(UNSENT, language)] if entry.status == "draft" else []
    return Part(sheet.title, " · ".join(facts), tuple(lines(sheet.items, entry.answers)))


def lines(items: Mapping[str, Item], answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield each answered question with its answer in words; the rows of a panel one by one."""
    for item in items.values():
        answer = answers.get(item.id)
        if answer is None or answer in ("", []):
            continue
        if item.inner and isinstance(answer, list):
            for number, row in enumerate(answer, 1):
                said = [f"{question}: {told}" for question, told in lines(item.inner, row)]
                yield f"{item.title} ({number})", "\n".join(said)
        else:
            yield item.title, words(item.question, answer, answers.get(item.id + OTHER))
