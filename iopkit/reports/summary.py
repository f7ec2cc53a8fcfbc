"""The client's own summary: what you did, how it moved, what you wrote that helped. In plain words."""

from dataclasses import dataclass, replace

from iopkit.charts import sleep_raster
from iopkit.charts.labels import day_label, number_label, span_label
from iopkit.reports.block import AnyBlock, Blocks, Callout, Chart, Facts, Heading, Speech, Text
from iopkit.reports.course import Course, Weeks, course, night_bars, nights
from iopkit.reports.notice import notice
from iopkit.reports.progress import THOUGHT_RECORD, Progress, open_progress
from iopkit.words import say
from iopkit.worksheets import Worksheet

LAST_THOUGHTS = 3


@dataclass(frozen=True)
class Summary:
    """What a client's summary is made of. Each method returns the blocks of one section."""

    progress: Progress

    @property
    def language(self) -> str:
        """The language of whoever reads it."""
        return self.progress.desk.person.language

    def opening(self) -> Blocks:
        """Return the title, whose it is and over which days."""
        mine, language = self.progress, self.language
        span = mine.period
        first, last = day_label(span.since, language), day_label(span.until, language)
        pairs = [
            (say("Name", language), span.client.name),
            (say("Days", language), say("{first} to {last}", language, first=first, last=last)),
        ]
        blocks: list[AnyBlock] = [
            Speech(language=language, title=say("Your summary", language)),
            Heading(text=say("Your summary", language), level=1),
            Facts(pairs=pairs),
            *notice(mine.desk, (*mine.entries, *mine.assignments)),
        ]
        return Blocks(blocks)

    def homework(self) -> Blocks:
        """Return what was done, in two sentences."""
        mine, language = self.progress, self.language
        done, days = mine.adherence(), len({entry.about for entry in mine.entries})
        lines = [
            say(
                "You sent {count} worksheets, about {days} different days.",
                language,
                count=len(mine.entries),
                days=days,
            )
            if mine.entries
            else say("You sent no worksheet in this time.", language)
        ]
        if done.assigned:
            words = say(
                "Of your homework you did {done} of {due}.", language, done=done.submitted, due=done.assigned
            )
            lines.append(words)
        return Blocks([Heading(text=say("What you did", language)), *[Text(text=line) for line in lines]])

    def measures(self) -> Blocks:
        """Return each questionnaire with its first and last score, in words and as a picture."""
        mine, language = self.progress, self.language
        blocks: list[AnyBlock] = [Heading(text=say("How you answered over time", language))]
        for sheet in mine.measures():
            line = replace(course(mine.entries, sheet, language), plain=True)
            if line.points:
                blocks += [
                    Heading(text=sheet.title, level=3),
                    Text(text=self.moved(sheet, line)),
                    Chart(figure=line.chart(mine.period.since, mine.period.until), language=language),
                ]
        if len(blocks) == 1:
            blocks.append(Text(text=say("You filled in no questionnaire in this time.", language)))
        return Blocks(blocks)

    def moved(self, sheet: Worksheet, line: Course) -> str:
        """Return in one or two sentences where a score was and is, and which way is better."""
        language, first, last = self.language, line.points[0], line.points[-1]
        start, end = number_label(first.value, language=language), number_label(last.value, language=language)
        if len(line.points) == 1:
            said = say("You answered it once. Your score was {end}.", language, end=end)
        else:
            said = say("Your first score was {start}, your last {end}.", language, start=start, end=end)
        better = {
            "higher": say("Higher is better.", language),
            "lower": say("Lower is better.", language),
            "neither": "",
        }[sheet.scores[0].better]
        return f"{said} {better}".strip()

    def sleep(self) -> Blocks:
        """Return how long one slept, as a picture of the nights."""
        mine, language = self.progress, self.language
        bars, found = night_bars(mine.entries), nights(mine.entries)
        blocks: list[AnyBlock] = [Heading(text=say("How you slept", language))]
        if not bars or not found:
            return Blocks([*blocks, Text(text=say("You wrote down no night in this time.", language))])
        mean = span_label(sum(night.tst for night in found.values()) / len(found), language)
        said = say(
            "You wrote down {count} nights and slept {mean} a night on average.",
            language,
            count=len(found),
            mean=mean,
        )
        span = Weeks(start=mine.period.since, end=mine.period.until)
        picture = sleep_raster(bars, **span, language=language)
        return Blocks([*blocks, Text(text=said), Chart(figure=picture, language=language)])

    def words(self) -> Blocks:
        """Return the last fairer thoughts and next steps, as they were written."""
        mine, language = self.progress, self.language
        blocks: list[AnyBlock] = [Heading(text=say("Thoughts you found", language))]
        for entry in [one for one in mine.entries if one.worksheet_id == THOUGHT_RECORD][:LAST_THOUGHTS]:
            named = {
                "balanced_thought": say("A fairer thought", language),
                "next_action": say("Next step", language),
            }
            pairs = [(name, str(entry.answers[key])) for key, name in named.items() if entry.answers.get(key)]
            if pairs:
                blocks += [Heading(text=day_label(entry.about, language), level=3), Facts(pairs=pairs)]
        if len(blocks) == 1:
            blocks.append(Text(text=say("There is no thought record in this time.", language)))
        return Blocks(blocks)

    def closing(self) -> Blocks:
        """Return whose page this is, and where help is."""
        language = self.language
        care = say("In an emergency call 911. To talk to somebody at any time, call or text 988.", language)
        kept = say(
            "This page is yours. It is made of what you wrote. Keep it where only you can read it.", language
        )
        return Blocks([Callout(text=care, tone="care"), Text(text=kept, soft=True)])


def open_summary(client: str, *, since: str = "", until: str = "") -> Summary:
    """Return the summary of a client for whoever this kernel works for: their own holds all they wrote."""
    return Summary(open_progress(client, since=since, until=until))
