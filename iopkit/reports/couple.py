"""The couples report: what two did together, for one of the two or for their couples therapist.

It holds what both own, what both agreed to show, and what one opened to the other. A number that somebody
keeps to themself is in that person's own copy and in no other. While joint work is closed there is nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from iopkit.charts.labels import day_label, full_day
from iopkit.clinic import remains
from iopkit.clinic.desk import Desk, from_environment
from iopkit.clinic.drill import Said
from iopkit.clinic.record import Entry
from iopkit.clinic.remains import Span
from iopkit.clinic.rooms import Sitting, Together
from iopkit.errors import NotFoundError
from iopkit.reports.block import AnyBlock, Blocks, Callout, Chart, Facts, Heading, Speech, Text
from iopkit.reports.homework import local_day
from iopkit.reports.notice import notice
from iopkit.reports.period import data_hash, span_of, versions
from iopkit.reports.reading import reading
from iopkit.words import say, sentence, several

OWN = sentence(
    "This is your own copy. Numbers that you keep to yourself are in it, and are not in your partner's copy."
)
THEIRS = sentence(
    "Numbers that one of them keeps to themself are not in this report. To leave the program, what both own "
    "needs the signature of each."
)
RECEIVED = sentence("Watch how thanks are received: hearing them can be harder than saying them.")
NOTHING = sentence("There is nothing of the two in these days.")


@dataclass(frozen=True)
class CoupleReport:
    """What a couples report is made of, read once. Each method returns the blocks of one section."""

    desk: Desk
    span: Span
    found: Together
    written: tuple[Entry, ...]
    """What both wrote together and sent."""
    opened: tuple[Entry, ...]
    """What the partner opened to the reader."""

    @property
    def language(self) -> str:
        """The language of whoever reads it."""
        return self.span.language

    def opening(self) -> Blocks:
        """Return the title, whose it is, over which days, for whom, and what is not in it."""
        language, names = self.language, self.found.names
        days = [full_day(day, language) for day in (self.span.since, self.span.until)]
        both = say("{first} and {second}", language, first=names[0], second=names[1])
        pairs = [
            (say("The two", language), both),
            (say("Days", language), say("{first} to {last}", language, first=days[0], last=days[1])),
            (say("Prepared for", language), self.desk.person.name),
        ]
        own = self.desk.person.kind == "client"
        blocks: list[AnyBlock] = [
            *([Speech(language=language, title=say("Couples report", language))] if own else []),
            Heading(text=say("Couples report", language), level=1),
            Facts(pairs=pairs),
            *notice(self.desk, self.opened),
            Text(text=say(OWN if own else THEIRS, language), soft=True),
        ]
        return Blocks(blocks)

    def done(self) -> list[Sitting]:
        """Return the drills of these days that were played to their end, the oldest first."""
        return self.span.within(self.found.past)

    def together(self) -> Blocks:
        """Return what was done together over time: in words, then as pictures."""
        language, done = self.language, self.done()
        heading = Heading(text=say("Over time", language))
        if not done:
            return Blocks([heading, Text(text=say(NOTHING, language))])
        text = several(
            "{count} exercise done together", "{count} exercises done together", language, len(done)
        )
        blocks: list[AnyBlock] = [heading, Text(text=f"{text}.")]
        apart = [one for one in done if one.drill.id == remains.TIME_OUT]
        if apart:
            back = sum(remains.on_time(one) for one in apart)
            said = say("Back on time from {back} of {count} time-outs", language, back=back, count=len(apart))
            blocks.append(Text(text=f"{said}."))
        figures = remains.figures(self.found.past, self.span)
        blocks += [Chart(figure=figure, language=language) for figure in figures]
        given = remains.thanks(self.found.past, self.span)
        if given:
            each = ", ".join(f"{who} {number}" for who, number in given)
            blocks.append(Text(text=say("Thanks given: {each}", language, each=each)))
            blocks.append(Text(text=say(RECEIVED, language), soft=True))
        return Blocks(blocks)

    def goals(self) -> Blocks:
        """Return the goals of both, each with the steps and the check-in of both."""
        language = self.language
        blocks: list[AnyBlock] = [Heading(text=say("Goals of both", language))]
        for goal in remains.goals(self.found.past, self.span):
            near = say("how near, of 10", language)
            pairs = [(who, f"{step} ({near}: {number or '–'})") for who, step, number in goal.steps]
            blocks += [
                Heading(text=day_label(goal.day, language), level=3),
                Facts(pairs=[(say("Goal", language), goal.goal), *pairs]),
            ]
        return Blocks(blocks if len(blocks) > 1 else [*blocks, Text(text=say(NOTHING, language))])

    def exercises(self) -> Blocks:
        """Return each exercise with what was said in it, as far as this reader may read it."""
        language = self.language
        blocks: list[AnyBlock] = [Heading(text=say("What was said", language))]
        for sitting in reversed(self.done()):
            said = [
                said_pair(sitting, one, language)
                for one in sitting.room.said
                if remains.may_read(sitting, one)
            ]
            if said:
                title = f"{sitting.drill.title}, {day_label(self.span.day(sitting), language)}"
                blocks += [Heading(text=title, level=3), Facts(pairs=said)]
        return Blocks(blocks if len(blocks) > 1 else [*blocks, Text(text=say(NOTHING, language))])

    def entries(self) -> Blocks:
        """Return what both wrote together, then what the partner opened to the reader."""
        language = self.language
        blocks: list[AnyBlock] = [Heading(text=say("What both wrote together", language))]
        blocks += self.read(self.written) or [Text(text=say(NOTHING, language))]
        if self.opened:
            blocks.append(Heading(text=say("What your partner opened to you", language)))
            blocks += notice(self.desk, self.opened)
            blocks += self.read(self.opened)
        return Blocks(blocks)

    def read(self, entries: Sequence[Entry]) -> list[AnyBlock]:
        """Return entries to read, each under its title and day."""
        blocks: list[AnyBlock] = []
        for entry in entries:
            sheet = self.desk.worksheet_of(entry)
            title = f"{sheet.title}, {day_label(entry.about, self.language)}"
            blocks += [Heading(text=title, level=3), *reading(entry, sheet)]
        return blocks

    def closing(self) -> Blocks:
        """Return the footer: for whom drills are not, the versions, and the hash of the data behind it."""
        language, shown = self.language, (*self.written, *self.opened)
        afraid = say("Drills are not for couples where one is afraid of the other.", language)
        foot = say("Data up to {day}.", language, day=full_day(self.span.until, language))
        if shown:
            foot += " " + say(
                "Worksheet versions: {list}. Data {hash}.",
                language,
                list=versions(shown),
                hash=data_hash(shown),
            )
        return Blocks(
            [
                *notice(self.desk, self.opened),
                *([] if self.desk.person.kind == "client" else [Callout(text=afraid, tone="care")]),
                Text(text=foot, soft=True),
            ]
        )


def said_pair(sitting: Sitting, one: Said, language: str) -> tuple[str, str]:
    """Return who said what under which heading."""
    ask = sitting.drill.asks[one.name]
    alone = ask.kept == "own" and not remains.agreed_to_show(sitting, one.name)
    who = say("You alone", language) if alone else sitting.names[one.seat]
    texts = {choice.value: choice.text for choice in ask.choices}
    return f"{who} · {ask.label}", texts.get(str(one.value), str(one.value))


def open_couple(couple: str, *, since: str = "", until: str = "") -> CoupleReport:
    """Return the report of a client's couple for whoever this kernel works for."""
    return couple_of(from_environment(), couple, since=since, until=until)


def couple_of(desk: Desk, couple: str, *, since: str, until: str) -> CoupleReport:
    """Return the report of the couple of a client (by id or user name) for the reader at a desk."""
    if not couple:
        raise NotFoundError("Say whose report this is: couple is empty.")
    known = {name: one.id for one in desk.clients() for name in (one.id, one.user)}
    client_id = desk.person.id if desk.person.kind == "client" else known.get(couple, couple)
    found = desk.together(client_id)
    first, last = span_of(since, until, local_day(datetime.now().astimezone(), desk.person.zone))
    span = Span(first, last, desk.person.zone, desk.person.language)
    written = [one for one in desk.conjoint(client_id) if first <= one.about <= last]
    own = desk.person.kind == "client"
    opened = [one for one in desk.shared() if first <= one.about <= last] if own else []
    opened = [one for one in opened if one.client_id in found.client_ids]
    return CoupleReport(desk, span, found, tuple(written), tuple(opened))


def data_of_couple(desk: Desk, couple: str, *, since: str, until: str) -> list[object]:
    """Return what the reader may read of a couple that a report can show, as a change would change it."""
    report = couple_of(desk, couple, since=since, until=until)
    rooms = [
        [
            one.id,
            one.room.ended,
            one.room.at,
            [repr((said.name, said.seat, said.moment)) for said in one.room.said],
        ]
        for one in report.found.past
    ]
    return [rooms, list(report.found.names), data_hash((*report.written, *report.opened))]
