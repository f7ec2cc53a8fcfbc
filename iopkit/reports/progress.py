"""The progress report: who, when, what changed and by which rule, what was done; then the evidence."""

from dataclasses import dataclass
from datetime import datetime

from iopkit.charts import Table, sleep_efficiency, sleep_raster
from iopkit.charts.labels import clock_label, day_label, full_day, number_label, span_label
from iopkit.clinic.desk import Desk, from_environment
from iopkit.clinic.record import Assignment, Entry
from iopkit.measures.adherence import Adherence
from iopkit.measures.sleep_week import SleepWeek, sleep_weeks
from iopkit.measures.trend import one_look_back
from iopkit.reports.block import AnyBlock, Behind, Blocks, Callout, Chart, Facts, Heading, Rows, Text
from iopkit.reports.course import SLEEP, Course, Weeks, course, night_bars, nights
from iopkit.reports.evidence import anchor, behind, behind_all, evidence
from iopkit.reports.excerpt import figures
from iopkit.reports.homework import local_day, period_adherence
from iopkit.reports.notice import notice
from iopkit.reports.period import Period, data_hash, period, versions
from iopkit.reports.pictures import picture_sections
from iopkit.worksheets import Worksheet

LAST_RECORDS = 3
THOUGHT_RECORD = "thought-record"
SUPPORT = "This report supports a clinician's judgement. It is not a diagnosis."


@dataclass(frozen=True)
class Progress:
    """What a progress report is made of, read once. Each method returns the blocks of one section."""

    desk: Desk
    period: Period
    entries: tuple[Entry, ...]
    assignments: tuple[Assignment, ...]

    def opening(self) -> Blocks:
        """Return the title, who, when, for whom, and what changed in one line each."""
        span = self.period
        blocks: list[AnyBlock] = [
            Heading(text="Progress report", level=1),
            Facts(
                pairs=[
                    ("Client", span.client.name),
                    ("Period", span.words),
                    ("Prepared for", self.desk.person.name),
                ]
            ),
            *notice(self.desk, (*self.entries, *self.assignments)),
            Heading(text="In short"),
            *[Text(text=line, behind=behind) for line, behind in self.short()],
        ]
        return Blocks(blocks)

    def short(self) -> list[tuple[str, Behind | None]]:
        """Return the three lines that a colleague reads first, each with the entries behind it."""
        done = self.adherence()
        first_line = f"Homework: {done.words} done." if done.assigned else "Homework: nothing was due."
        lines: list[tuple[str, Behind | None]] = [(first_line, behind_all(self.entries))]
        for worksheet in self.measures():
            moved = self.course(worksheet).change()
            if moved:
                lines.append((f"{worksheet.title}: {moved.text}", behind(self.entries, worksheet.id)))
        weeks = sleep_weeks(nights(self.entries))
        if len(weeks) > 1:
            first, last = weeks[0], weeks[-1]
            said = (
                f"Sleep: {span_label(first.tst)} a night in the first week ({first.nights}), "
                f"{span_label(last.tst)} in the last ({last.nights}); efficiency (SE) "
                f"{number_label(first.se)}% and {number_label(last.se)}%."
            )
            lines.append((said, behind(self.entries, SLEEP)))
        return lines

    def homework(self) -> Blocks:
        """Return what was due and done, for each worksheet and in all."""
        rows = [
            self.homework_row(self.desk.worksheet(one.worksheet_id).title, [one]) for one in self.assignments
        ]
        rows = [row for row in rows if row[1] != "0"]
        if not rows:
            return Blocks([Heading(text="Homework"), Text(text="Nothing was due in this period.")])
        total = self.homework_row("All", list(self.assignments))
        head = ["Worksheet", "Due", "Done", "On time", "Late", "Filled in long after"]
        table = Table(head=head, rows=[*sorted(rows), total])
        names = {sheet.title: sheet.id for sheet in map(self.desk.worksheet, self.worksheets())}
        links = [names.get(row[0], "") for row in table.rows]
        shown = Rows(caption="Homework due and done", table=table, behind=links)
        return Blocks([Heading(text="Homework"), shown])

    def worksheets(self) -> list[str]:
        """Return the worksheets that have entries in the period."""
        return sorted({entry.worksheet_id for entry in self.entries})

    def homework_row(self, title: str, assignments: list[Assignment]) -> list[str]:
        """Return one row of the homework table."""
        done = self.adherence(assignments)
        counts = (done.assigned, done.submitted, done.on_time, done.late, done.back_filled)
        return [title, *(str(count) for count in counts)]

    def adherence(self, assignments: list[Assignment] | None = None) -> Adherence:
        """Return what was due in the period and what of it was done by its end."""
        return period_adherence(
            self.assignments if assignments is None else assignments,
            self.entries,
            since=self.period.since,
            until=self.period.until,
            now=self.period.end,
            zone=self.period.client.zone,
        )

    def measures(self) -> list[Worksheet]:
        """Return the measures that have entries in the period."""
        found = [self.desk.worksheet(name) for name in sorted({entry.worksheet_id for entry in self.entries})]
        return [worksheet for worksheet in found if worksheet.category == "measures" and worksheet.scores]

    def course(self, worksheet: Worksheet) -> Course:
        """Return the course of one measure in the period."""
        return course(self.entries, worksheet)

    def measure_sections(self) -> Blocks:
        """Return for each measure its trend with bands, and what changed by which rule."""
        blocks: list[AnyBlock] = []
        for worksheet in self.measures():
            line = self.course(worksheet)
            if not line.points:
                continue
            look_back = self.look_back(worksheet)
            moved = line.change()
            last = line.points[-1]
            latest = f"Latest: {number_label(last.value)}, {last.note}, on {day_label(last.day)}."
            said = (
                f"From the first entry to the last, {moved.text}" if moved else "One entry, so no change yet."
            )
            blocks += [
                Heading(text=worksheet.title),
                Text(text=f"{latest} {said}", behind=behind(self.entries, worksheet.id)),
                Chart(
                    figure=line.chart(self.period.since, self.period.until),
                    behind=[anchor(worksheet.id, point.day) for point in line.points],
                ),
                Text(text=provenance(line, look_back), soft=True),
            ]
        return Blocks(blocks or [Heading(text="Measures"), Text(text="No measure was filled in.")])

    def look_back(self, worksheet: Worksheet) -> str | None:
        """Return the period that the entries of a measure are about; ReportError when it is not one."""
        versions = {entry.version: entry for entry in self.entries if entry.worksheet_id == worksheet.id}
        sheets = [self.desk.worksheet_of(versions[version]) for version in sorted(versions)]
        return one_look_back(worksheet.title, [sheet.scores[0].look_back for sheet in sheets])

    def sleep(self) -> Blocks:
        """Return sleep night by night and by weeks, with which efficiency and over how many nights."""
        bars, weeks = night_bars(self.entries), sleep_weeks(nights(self.entries))
        if not bars:
            return Blocks([Heading(text="Sleep"), Text(text="No night was written down.")])
        span = Weeks(start=self.period.since, end=self.period.until)
        head = ["Week of", "Nights", "Total sleep", "SE", "SE(DSE)", "Middle of sleep", "Regularity"]
        table = Table(head=head, rows=[week_row(week) for week in weeks])
        return Blocks(
            [
                Heading(text="Sleep"),
                Chart(figure=sleep_raster(bars, **span), behind=[anchor(SLEEP, bar.day) for bar in bars]),
                Chart(figure=sleep_efficiency(bars, **span)),
                Rows(
                    caption="Sleep by weeks, means over the nights present",
                    table=table,
                    behind=[SLEEP] * len(weeks),
                ),
                Text(
                    text="SE: total sleep ÷ time in bed. SE(DSE): total sleep ÷ duration of sleep episode "
                    "(Reed & Sacco 2016). Regularity: circular standard deviation of the middle of sleep.",
                    soft=True,
                ),
            ]
        )

    def pictures(self) -> Blocks:
        """Return the pictures of the other worksheets, those with enough entries."""
        return picture_sections(self.desk, self.period, self.entries)

    def thoughts(self) -> Blocks:
        """Return the last thought records in the client's words."""
        found = [entry for entry in self.entries if entry.worksheet_id == THOUGHT_RECORD]
        blocks: list[AnyBlock] = [Heading(text="Last thought records")]
        if not found:
            return Blocks([*blocks, Text(text="None in this period.")])
        for entry in found[:LAST_RECORDS]:
            blocks += self.thought(entry)
        return Blocks(blocks)

    def thought(self, entry: Entry) -> list[AnyBlock]:
        """Return one thought record: what happened, the thought, the fairer thought, and what moved."""
        sheet = self.desk.worksheet_of(entry)
        pairs = [
            ("What happened", str(entry.answers.get("situation", ""))),
            ("The thought", hot_thought(entry)),
            ("A fairer thought", str(entry.answers.get("balanced_thought", ""))),
            ("What moved", "; ".join(figures(entry, sheet))),
            ("Next step", str(entry.answers.get("next_action", ""))),
        ]
        return [
            Heading(text=day_label(entry.about), level=3),
            Facts(pairs=[(name, value) for name, value in pairs if value]),
        ]

    def evidence(self) -> Blocks:
        """Return every entry behind the report, to which its numbers lead."""
        return evidence(self.desk, self.entries)

    def closing(self) -> Blocks:
        """Return the footer: dates, versions of the worksheets, and the hash of the data behind it all."""
        return Blocks(
            [
                *notice(self.desk, (*self.entries, *self.assignments)),
                Callout(text=SUPPORT),
                Text(
                    text=f"Data up to {full_day(self.period.until)}. "
                    f"Worksheet versions: {versions(self.entries)}. Entries: {len(self.entries)}. "
                    f"Data {data_hash(self.entries)}.",
                    soft=True,
                ),
            ]
        )


def open_progress(client: str, *, since: str = "", until: str = "") -> Progress:
    """Return the progress of a client for whoever this kernel works for; only what they may read is in it."""
    return progress_of(from_environment(), client, since=since, until=until)


def progress_of(desk: Desk, client: str, *, since: str, until: str) -> Progress:
    """Return the progress of a client for the reader at a desk."""
    today = local_day(datetime.now().astimezone(), desk.person.zone)
    span = period(desk, client, since=since, until=until, today=today)
    entries = desk.entries(span.client.id, since=span.since, until=span.until)
    return Progress(desk, span, tuple(entries), tuple(desk.assignments(span.client.id)))


def provenance(line: Course, look_back: str | None) -> str:
    """Return what stands behind a measure: look-back, n, and where its bands come from."""
    source = line.worksheet.scores[0].source
    parts = [
        f"{line.worksheet.title} version {line.worksheet.version}",
        f"look-back {look_back}" if look_back else "no stated look-back",
        f"n {len(line.points)}",
        *([f"bands: {source}"] if source else []),
    ]
    return "; ".join(parts).rstrip(".") + "."


def hot_thought(entry: Entry) -> str:
    """Return the thought the record is about: the one marked as worst, else the first."""
    marked = entry.answers.get("hot_thought")
    if marked:
        return str(marked)
    thoughts = entry.answers.get("thoughts") or []
    return str(thoughts[0].get("thought", "")) if thoughts else ""


def week_row(week: SleepWeek) -> list[str]:
    """Return one row of the sleep table."""
    regularity = span_label(week.regularity) if week.regularity is not None else "needs 3 nights"
    return [
        day_label(week.start),
        week.nights,
        span_label(week.tst),
        f"{number_label(week.se)}%",
        f"{number_label(week.se_dse)}%",
        clock_label(week.midsleep),
        regularity,
    ]
