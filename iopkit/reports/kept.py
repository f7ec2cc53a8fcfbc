"""Homework kept, by domain, in words: what was due and done, how well, and what was in the way.

Each figure stands with its n; where nothing was due there is no share, where nothing was rated no quality.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from iopkit.charts.labels import number_label
from iopkit.clinic.record import Assignment, Entry, SetAside
from iopkit.clinic.record_privacy import Review
from iopkit.clinic.setting_aside import OBSTACLES
from iopkit.measures.adherence import Adherence
from iopkit.measures.obstacles import Said, said
from iopkit.reports.homework import week_adherence
from iopkit.words import say, sentence, several

REVIEW = "homework-review"
PUBLISHED = (
    sentence(
        "Published: 41.1% of homework was returned in CBT for cocaine; half or more done went with a better "
        "outcome over 12 months."
    ),
    sentence("Published: 69.8% of diary entries came in from dependent samples (Jones 2019)."),
)
"""Lines to compare with: other people and other homework, no target."""


@dataclass(frozen=True)
class Kept:
    """The homework of one client in one domain over the last seven days, and how well it was done."""

    domain: str
    week: Adherence
    by_client: Said
    by_clinician: tuple[int, ...] = field(repr=False)
    submitted: int = 0
    reviewed: int = 0
    """Of what was submitted, how much a clinician has reviewed."""


def kept(
    assignments: Sequence[Assignment],
    entries: Sequence[Entry],
    *,
    reviews: Sequence[Review],
    put_off: Sequence[SetAside],
    now: datetime,
    zone: str,
    since: datetime,
) -> list[Kept]:
    """Return what was kept in each domain that has homework; quality and obstacles since an instant."""
    domains = sorted({one.domain for one in assignments})
    of = {one.id: one.domain for one in assignments}
    return [
        _kept(
            domain,
            [one for one in assignments if one.domain == domain],
            [one for one in entries if one.domain == domain],
            reviews={one.entry_id: one for one in reversed(reviews) if one.domain == domain},
            put_off=[
                one.obstacle for one in put_off if of.get(one.assignment_id) == domain and one.at > since
            ],
            week=(now, zone, since),
        )
        for domain in domains
    ]


def _kept(
    domain: str,
    assignments: Sequence[Assignment],
    entries: Sequence[Entry],
    *,
    reviews: Mapping[str, Review],
    put_off: Sequence[str],
    week: tuple[datetime, str, datetime],
) -> Kept:
    now, zone, since = week
    late = [one for one in entries if one.submitted_at is not None and one.submitted_at > since]
    answers = [one.answers for one in late if one.worksheet_id == REVIEW]
    rated = [reviews[one.id].quality for one in late if one.id in reviews]
    counted = week_adherence(assignments, entries, now=now, zone=zone)
    return Kept(domain, counted, said(answers, put_off), tuple(rated), len(late), len(rated))


def kept_words(one: Kept, language: str = "en") -> list[str]:
    """Return what was kept in one domain as sentences, each with its n."""
    lines = [week_words(one.week, language)]
    if one.by_client.quality is not None:
        values = {"quality": number_label(one.by_client.quality, language=language)}
        lines.append(
            several(
                "Quality as the client sees it: {quality} of 4 ({count} piece)",
                "Quality as the client sees it: {quality} of 4 ({count} pieces)",
                language,
                len(one.by_client.qualities),
                **values,
            )
        )
    if one.by_clinician:
        mean = sum(one.by_clinician) / len(one.by_clinician)
        lines.append(
            say(
                "Quality as reviewed: {quality} of 4 ({n} of {of} entries reviewed)",
                language,
                quality=number_label(mean, language=language),
                n=one.reviewed,
                of=one.submitted,
            )
        )
    if one.by_client.most:
        lines.append(say("In the way: {list}", language, list=obstacle_words(one.by_client, language)))
    return lines


def week_words(week: Adherence, language: str = "en") -> str:
    """Return what was due and done in seven days: shares with their n, or that there is nothing to count."""
    if week.completion is None or week.coverage is None:
        return say("No data: nothing was due in the last 7 days", language)
    text = say(
        "{done} of {due} done in the last 7 days ({share}%)",
        language,
        done=week.submitted,
        due=week.assigned,
        share=number_label(100 * week.completion, language=language),
    )
    if not week.submitted:
        return text
    more = say(
        "{on_time} on time, {late} late, {after} filled in long after; on {days} of {of} days",
        language,
        on_time=week.on_time,
        late=week.late,
        after=week.back_filled,
        days=week.days_done,
        of=week.days_due,
    )
    return f"{text}: {more}"


def obstacle_words(found: Said, language: str = "en") -> str:
    """Return obstacles in a row, the most frequent first, with how often each was named."""
    return ", ".join(
        f"{say(OBSTACLES[name], language)} ({count})" for name, count in found.most if name in OBSTACLES
    )
