"""A letter that somebody kept their appointments, as a tagged PDF, for an employer, a school or a court.

It says on which days somebody was there and for how long. It names no diagnosis, no score, no clinician, no
domain and no kind of program; whoever signs it writes their own name and place by hand.
"""

import json
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from iopkit.charts.labels import clock_label, full_day, span_label
from iopkit.clinic.record_calendar import Meeting
from iopkit.measures.appointments import Span, merged
from iopkit.words import say


def letter(name: str, spans: Iterable[Span], *, since: date, until: date, zone: str, language: str) -> bytes:
    """Return the letter as a PDF, dated by its period alone: the same attendance makes the same bytes."""
    import typst

    template = files("iopkit.exchange").joinpath("letter.typ").read_bytes()
    sheet = content(name, spans, since=since, until=until, zone=zone, language=language)
    made: bytes = typst.compile(
        template,
        sys_inputs={"sheet": json.dumps(sheet)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return made


def content(
    name: str, spans: Iterable[Span], *, since: date, until: date, zone: str, language: str
) -> dict[str, Any]:
    """Return all words of the letter as data."""
    kept = merged(spans)
    minutes = sum(one.hours for one in kept) * 60
    when = {"since": full_day(since, language), "until": full_day(until, language)}
    text = say(
        "{name} was present on the following dates from {since} to {until}.", language, name=name, **when
    )
    none = say("No attendance is noted for {name} from {since} to {until}.", language, name=name, **when)
    total = say("In all: {time}.", language, time=span_label(minutes, language))
    return {
        "title": say("Confirmation of attendance", language),
        "language": language,
        "text": text if kept else none,
        "head": [say("Day", language), say("From and to", language), say("Time", language)],
        "rows": [row(one, zone, language) for one in kept],
        "total": total if kept else "",
        "lines": [
            say("Name and signature", language),
            say("Organization", language),
            say("Date", language),
        ],
    }


def row(one: Span, zone: str, language: str) -> list[str]:
    """Return one line of the letter."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (one.start, one.end))
    clocks = f"{clock_label(start.time(), language)} – {clock_label(end.time(), language)}"
    return [full_day(start.date(), language), clocks, span_label(one.hours * 60, language)]


def attended(meetings: Iterable[Meeting], client_id: str) -> list[Span]:
    """Return when a client was there, as it was noted."""
    return [one.span for one in meetings if one.states.get(client_id) == "attended"]
