"""The program report: counts, adherence and completion for the coordinator. No answers, no names, no few."""

from dataclasses import dataclass
from datetime import date, datetime

from iopkit.charts import Table
from iopkit.charts.labels import full_day
from iopkit.clinic.counts import FEWEST, Count, ProgramCounts
from iopkit.clinic.desk import Desk, from_environment
from iopkit.reports.block import Blocks, Facts, Heading, Rows, Text
from iopkit.reports.homework import local_day
from iopkit.reports.period import span_of

HIDDEN = "not shown"
RULE = (
    f"A number about fewer than {FEWEST} people is not shown, and where only one row of a table would be "
    "hidden, the next smallest is hidden too."
)
DOMAINS = {
    "individual": "Individual therapy",
    "couples": "Couples therapy",
    "substance-use": "Substance use",
    "medical": "Medicine",
}
SHARES = {"75": "Three quarters or more", "50": "Half to three quarters", "0": "Less than half"}


@dataclass(frozen=True)
class Program:
    """What a program report is made of, counted once. Each method returns the blocks of one section."""

    desk: Desk
    since: date
    until: date
    counts: ProgramCounts

    def opening(self) -> Blocks:
        """Return the title, the days, and the program in numbers."""
        found = self.counts
        pairs = [
            ("Period", f"{full_day(self.since)} to {full_day(self.until)}"),
            ("Prepared for", self.desk.person.name),
            ("People in care", number(found.people)),
            ("People who sent something", number(found.active)),
            ("Entries sent", number(found.entries)),
            ("Homework done", share(found.total)),
        ]
        return Blocks([Heading(text="Program report", level=1), Facts(pairs=pairs)])

    def people(self) -> Blocks:
        """Return how many people were in care, by domain; one person may be in several."""
        rows = [[DOMAINS.get(one.name, one.name), number(one.people)] for one in self.counts.domains]
        table = Table(head=["Domain", "People"], rows=rows)
        return Blocks([Heading(text="People in care"), Rows(caption="People in care by domain", table=table)])

    def homework(self) -> Blocks:
        """Return what was due and done, by worksheet and in all."""
        heading = Heading(text="Homework")
        rows = [self.row(self.desk.worksheet(one.name).title, one) for one in self.counts.worksheets]
        if not rows:
            return Blocks([heading, Text(text="Nothing was due in this period.")])
        rows = [*sorted(rows), self.row("All", self.counts.total)]
        head = ["Worksheet", "People", "Due", "Done", "On time", "Late", "Share"]
        return Blocks([heading, Rows(caption="Homework due and done", table=Table(head=head, rows=rows))])

    def row(self, title: str, one: Count) -> list[str]:
        """Return one row of the homework table."""
        cells = (one.people, one.due, one.done, one.on_time, one.late)
        return [title, *map(number, cells), share(one)]

    def completion(self) -> Blocks:
        """Return how many people did how much, and how care ended."""
        found = self.counts
        rows = [[SHARES[one.name], number(one.people)] for one in found.shares]
        table = Table(head=["Share of their homework", "People"], rows=rows)
        ended = [
            ("Care ended in the period", number(found.ended)),
            ("Of these with an aftercare plan", number(found.planned)),
        ]
        return Blocks(
            [
                Heading(text="Completion"),
                Rows(caption="How much of their homework people did", table=table),
                Facts(pairs=ended),
            ]
        )

    def closing(self) -> Blocks:
        """Return what is hidden and why."""
        return Blocks(
            [Text(text=RULE, soft=True), Text(text=f"Data up to {full_day(self.until)}.", soft=True)]
        )


def open_program(*, since: str = "", until: str = "") -> Program:
    """Return the counts of the program; AccessError when whoever this kernel works for does not run it."""
    desk = from_environment()
    first, last = span_of(since, until, local_day(datetime.now().astimezone(), desk.person.zone))
    return Program(desk, first, last, desk.counts(first, last))


def number(value: int | None) -> str:
    """Return a count, or that it is about too few people."""
    return HIDDEN if value is None else str(value)


def share(one: Count) -> str:
    """Return how much of what was due is done."""
    if one.due is None or one.done is None:
        return HIDDEN
    return f"{round(100 * one.done / one.due)}%" if one.due else "nothing due"
