"""The discharge report: measures from start to end, the aftercare plan and the relapse-prevention plan."""

from dataclasses import dataclass

from iopkit.charts import Table
from iopkit.charts.labels import day_label, number_label
from iopkit.reports.block import AnyBlock, Blocks, Chart, Facts, Heading, Rows, Text
from iopkit.reports.evidence import anchor
from iopkit.reports.notice import notice
from iopkit.reports.progress import Progress, open_progress
from iopkit.reports.reading import reading
from iopkit.worksheets import Worksheet


@dataclass(frozen=True)
class Discharge:
    """What a discharge report is made of. Each method returns the blocks of one section."""

    progress: Progress

    def opening(self) -> Blocks:
        """Return the title, who, when, for whom, and what changed in one line each."""
        mine = self.progress
        pairs = [
            ("Client", mine.period.client.name),
            ("Period", mine.period.words),
            ("Prepared for", mine.desk.person.name),
        ]
        blocks: list[AnyBlock] = [
            Heading(text="Discharge report", level=1),
            Facts(pairs=pairs),
            *notice(mine.desk, (*mine.entries, *mine.assignments)),
            Heading(text="In short"),
            *[Text(text=line, behind=behind) for line, behind in mine.short()],
        ]
        return Blocks(blocks)

    def measures(self) -> Blocks:
        """Return each measure at its start and its end, what the movement means, and its course."""
        mine = self.progress
        found = [sheet for sheet in mine.measures() if mine.course(sheet).points]
        if not found:
            return Blocks([Heading(text="Measures, start to end"), Text(text="No measure was filled in.")])
        head = ["Measure", "Start", "End", "Entries", "What the change means"]
        table = Table(head=head, rows=[self.row(sheet) for sheet in found])
        names = [sheet.id for sheet in found]
        blocks: list[AnyBlock] = [
            Heading(text="Measures, start to end"),
            Rows(caption="Measures at the start and at the end", table=table, behind=names),
        ]
        for sheet in found:
            line = mine.course(sheet)
            picture = line.chart(mine.period.since, mine.period.until)
            blocks.append(Chart(figure=picture, behind=[anchor(sheet.id, at.day) for at in line.points]))
        return Blocks(blocks)

    def row(self, sheet: Worksheet) -> list[str]:
        """Return a measure in one row."""
        line = self.progress.course(sheet)
        first, last, moved = line.points[0], line.points[-1], line.change()
        start, end = (f"{number_label(at.value)} on {day_label(at.day)}" for at in (first, last))
        return [sheet.title, start, end, str(len(line.points)), moved.text if moved else "one entry only"]

    def plan(self, worksheet_id: str) -> Blocks:
        """Return the newest plan of a kind as it was sent up to the last day, in the client's words."""
        mine = self.progress
        until = mine.period.until
        found = mine.desk.entries(mine.period.client.id, worksheet_id=worksheet_id, until=until)
        heading = Heading(text=mine.desk.worksheet(worksheet_id).title)
        if not found:
            return Blocks([heading, Text(text="Not sent, or not open to this reader.")])
        newest = found[0]
        blocks: list[AnyBlock] = [heading, *notice(mine.desk, [newest])]
        blocks.append(Text(text=f"Sent about {day_label(newest.about)}.", soft=True))
        return Blocks([*blocks, *reading(newest, mine.desk.worksheet_of(newest))])


def open_discharge(client: str, *, since: str = "", until: str = "") -> Discharge:
    """Return the discharge report of a client for whoever this kernel works for."""
    return Discharge(open_progress(client, since=since, until=until))
