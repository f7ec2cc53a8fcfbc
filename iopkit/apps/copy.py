"""A client's own copy of their record: one ZIP to read, to print, and to give to another program.

It holds what they wrote, what was given to them, what they signed, and who looked. What both partners of a
couple wrote together leaves only with both signatures and is not in it, and neither are clinicians' notes.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from iopkit.charts.labels import full_day
from iopkit.clinic.desk import Desk
from iopkit.clinic.leaving import Leaving
from iopkit.clinic.record import Entry
from iopkit.errors import AccessError
from iopkit.exchange import tables
from iopkit.exchange.archive import Booklet, Part, as_html, as_pdf, table, zipped
from iopkit.exchange.fhir.bundle import bundle
from iopkit.reports.reading import OTHER, words
from iopkit.words import say, sentence
from iopkit.worksheets import Item

TITLE = sentence("My record")
OPEN = sentence("Anybody who opens these files can read them. Keep them where only you can.")
WITHOUT = sentence("Not in it: what you wrote together with a partner, and your clinicians' own notes.")
NOBODY = sentence("Only a client takes a copy of their own record. Others export what they may.")
UNSENT = sentence("not sent yet")


def own_copy(desk: Desk, *, at: datetime) -> bytes:
    """Return one's own record as a ZIP: HTML, PDF, FHIR and CSV, with the notices; the audit trail has it."""
    if desk.person.kind != "client":
        raise AccessError(NOBODY)
    me, language = desk.person.id, desk.person.language
    left = desk.leaving(me)
    read = booklet(desk, left)
    log, told = desk.access_log(), desk.disclosures(me)
    found = tables.tables(left.entries, desk.worksheet_of)
    record = bundle(left, desk.worksheet_of, at=at, names=True)
    seen = [(one.at.isoformat(timespec="seconds"), one.who, say(one.what, language), one.why) for one in log]
    gone = [(one.at.isoformat(timespec="seconds"), one.recipient, one.what, one.purpose) for one in told]
    content: dict[str, bytes | str] = {
        "record.html": as_html(read),
        "record.pdf": as_pdf(read),
        "fhir/bundle.json": json.dumps(record, ensure_ascii=False, indent=2) + "\n",
        **{f"csv/{name}.csv": tables.as_csv(name, rows) for name, rows in found.items()},
        "csv/who-looked.csv": table(("at", "who", "what", "why"), seen),
        "csv/disclosures.csv": table(("at", "recipient", "what", "purpose"), gone),
        "notice.txt": "\n".join(read.notices) + "\n",
    }
    return zipped(content, at)


def booklet(desk: Desk, left: Leaving) -> Booklet:
    """Return what one has written, to read: drafts first, then what was sent, the newest first."""
    language = desk.person.language
    notices = [left.disclosure.text] if left.disclosure else []
    notices += [say(OPEN, language), say(WITHOUT, language)]
    parts = [part(desk, one) for one in (*desk.drafts(), *left.entries)]
    return Booklet(say(TITLE, language), language, tuple(notices), tuple(parts))


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
