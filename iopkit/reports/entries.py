"""A worksheet as a report: one client's entries in it, read-only, newest first."""

from datetime import datetime

from iopkit.charts.labels import day_label
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.reports.block import AnyBlock, Blocks, Facts, Heading, Text
from iopkit.reports.excerpt import figures
from iopkit.reports.homework import local_day
from iopkit.reports.notice import notice
from iopkit.reports.period import data_hash, period, versions
from iopkit.reports.reading import reading


def entry_blocks(desk: Desk, worksheet_id: str, *, client: str, since: str, until: str) -> Blocks:
    """Return the entries of a client in one worksheet, as far as the reader may read them."""
    today = local_day(datetime.now().astimezone(), desk.person.zone)
    span = period(desk, client, since=since, until=until, today=today)
    entries = desk.entries(span.client.id, worksheet_id=worksheet_id, since=span.since, until=span.until)
    blocks: list[AnyBlock] = [
        Heading(text=desk.worksheet(worksheet_id).title, level=1),
        Facts(
            pairs=[("Client", span.client.name), ("Period", span.words), ("Prepared for", desk.person.name)]
        ),
    ]
    blocks += notice(desk, entries)
    for entry in entries:
        blocks += one_entry(desk, entry)
    if not entries:
        blocks.append(Text(text="No entry in this period."))
    footer = f"Worksheet versions: {versions(entries)}. Entries: {len(entries)}. Data {data_hash(entries)}."
    return Blocks([*blocks, Text(text=footer, soft=True)])


def one_entry(desk: Desk, entry: Entry) -> list[AnyBlock]:
    """Return one entry in the version it was filled in with: day, figures, answers."""
    worksheet = desk.worksheet_of(entry)
    found = figures(entry, worksheet)
    return [
        Heading(text=day_label(entry.about)),
        *([Text(text="; ".join(found) + ".")] if found else []),
        *reading(entry, worksheet),
    ]
