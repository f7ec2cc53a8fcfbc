"""Patterns: two series of one client, paired day by day, with what they cannot tell. Never why.

Nothing is searched for: whoever looks chooses a pair, so that chance is not picked out of hundreds.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from iopkit.apps.message_patterns import PairUp
from iopkit.apps.place import CLIENT, Place, key, place
from iopkit.apps.screen import is_safe, may_show
from iopkit.apps.view_patterns import Idea, Patterns
from iopkit.apps.view_privacy import Choice
from iopkit.charts.figure import Figure
from iopkit.charts.labels import number_label
from iopkit.charts.presence import presence_map
from iopkit.charts.scatter import Axis, scatter
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Entry
from iopkit.errors import NotFoundError
from iopkit.measures.association import FEWEST, Association, association, drifts
from iopkit.measures.pairing import pairs, presence
from iopkit.reports.course import SLEEP
from iopkit.reports.homework import local_day
from iopkit.reports.series import Track, tracks
from iopkit.words import mark, say, sentence, several

PATTERNS = ("patterns",)
WEEKS = 12
LAGS: dict[Literal[0, 1], str] = {
    0: mark("{first} and {second}, on the same day"),
    1: mark("{first}, and {second} a day later"),
}
IDEAS: tuple[tuple[str, str, Literal[0, 1]], ...] = (
    ("sleep-diary.se", "urge-log.craving", 0),
    ("sleep-diary.se", "dbt-diary-card.urge_max", 0),
    ("sleep-diary.se", "dbt-diary-card.emotion_max", 0),
    ("sleep-diary.se", "thought-record.distress_before", 0),
    ("sleep-diary.tst", "daily-routine.mood", 0),
    ("mindfulness-practice.minutes", "daily-routine.mood", 0),
    ("mindfulness-practice.minutes", "urge-log.craving", 0),
    ("urge-log.craving", "sleep-diary.se", 1),
)
"""Pairs that are often asked about: shown where a client has both."""
BETTER = {
    "higher": sentence("higher is better"),
    "lower": sentence("lower is better"),
    "neither": sentence("neither end is better"),
}
EMPTY = sentence(
    "There is nothing to pair yet. Figures of worksheets about single days, such as the sleep diary, "
    "will be here."
)
NOT_THERE = sentence("There is no such page of this client for you.")
GONE = sentence("This figure is not here for you. Choose another one.")
SAME = sentence("Choose two different figures.")
LEANS = {
    "up": sentence("In these days, higher values of the one went with higher values of the other."),
    "down": sentence("In these days, higher values of the one went with lower values of the other."),
    "neither": sentence("In these days there was no clear pattern either way: the interval holds 0."),
}
NIGHTS = sentence(
    "A night belongs to the day on which it ended, so the same day is the one that followed it."
)
DRIFT = sentence("Both drifted over these weeks, and what drifts goes together by itself.")
STILL = mark("{count} pairs, but one of the two hardly moves from day to day. No figure is given.")
CAUTIONS = (
    sentence("This says that two figures moved together or not. It says nothing about why."),
    sentence("A third thing can stand behind both: a hard week, a weekend, another medicine, time itself."),
    sentence(
        "Days without an entry may be unlike the others. Where many are missing, ask about those days first."
    ),
    sentence(
        "Of 20 pairs that have nothing to do with each other, about one shows a p under 0.05. Decide which "
        "pair you want to see before you look."
    ),
    sentence(
        "One person, some weeks: a question to bring to the client. No basis for a decision by itself, and "
        "nothing about anybody else."
    ),
)


def patterns(desk: Desk, where: Place, *, now: datetime) -> Patterns:
    """Return the page at a place: the client, on a screen that is safe to share or not, and the chosen pair.

    On a safe screen only series of its one domain are there.
    """
    client_id, domain = where.part(0), where.part(2)
    person, language = desk.client(client_id), desk.person.language
    today = local_day(now, person.zone)
    start = today - timedelta(7 * WEEKS - 1)
    entries = [
        one
        for one in desk.entries_for_patterns(client_id, since=start, until=today)
        if not is_safe(where) or shares(one, domain)
    ]
    if is_safe(where) and domain not in desk.domains_of([client_id])[client_id]:
        raise NotFoundError(NOT_THERE)
    found = {one.name: one for one in tracks(entries, desk.worksheet)}
    base = Patterns(
        client=person.name,
        key=key(desk, *PATTERNS, *where.parts[:3]),
        back=key(desk, *CLIENT, *(where.parts[:3] if is_safe(where) else (client_id,))),
        series=[Choice(value=series_key(desk, one), label=label(one, language)) for one in found.values()],
        ideas=ideas(desk, where, found),
        cautions=[say(text, language) for text in CAUTIONS],
        empty="" if found else say(EMPTY, language),
    )
    if not where.part(3):
        return base
    first, second = found.get(where.part(3)), found.get(where.part(4))
    if first is None or second is None:
        return base.model_copy(update={"lines": [say(GONE, language)]})
    lag = lag_of(where)
    chosen = {"first": series_key(desk, first), "second": series_key(desk, second), "lag": lag}
    return base.model_copy(update=chosen | pair_up(first, second, lag, start, today, language))


def shares(entry: Entry, domain: str) -> bool:
    """Return whether an entry may be on a screen that is safe to share."""
    return entry.domain == domain and may_show(entry)


def lag_of(where: Place) -> Literal[0, 1]:
    """Return how many days the second series is behind the first."""
    return 1 if where.part(5) == "1" else 0


def series_key(desk: Desk, track: Track) -> str:
    """Return the opaque key of a series."""
    return key(desk, "series", track.name)


def label(track: Track, language: str) -> str:
    """Return a series to choose: what it is, and on how many days it has a value."""
    days = len(track.days)
    names = {"worksheet": track.worksheet.title, "series": track.score.title}
    return several(
        "{worksheet}: {series}, {count} day", "{worksheet}: {series}, {count} days", language, days, **names
    )


def ideas(desk: Desk, where: Place, found: Mapping[str, Track]) -> list[Idea]:
    """Return the pairs often asked about that this client has, except the one that is shown."""
    safe = where.parts[1:3] if is_safe(where) else ("", "")
    return [
        Idea(
            key=key(desk, *PATTERNS, where.part(0), *safe, first, second, str(lag)),
            label=pair_words(found[first], found[second], lag, desk.person.language),
        )
        for first, second, lag in IDEAS
        if first in found and second in found
        if (first, second, str(lag)) != where.parts[3:6]
    ]


def pair_words(first: Track, second: Track, lag: Literal[0, 1], language: str) -> str:
    """Return a pair in words."""
    return say(LAGS[lag], language, first=first.score.title, second=second.score.title)


def pair_up(
    first: Track, second: Track, lag: Literal[0, 1], start: date, today: date, language: str
) -> dict[str, object]:
    """Return what there is to say and to show of a pair."""
    paired = pairs(first.days, second.days, lag=lag, start=start, end=today)
    first_values, second_values = [one.first for one in paired], [one.second for one in paired]
    said = association(first_values, second_values)
    told = lines(said, language)
    if said.kind == "shown" and drifts(first_values) and drifts(second_values):
        told.append(say(DRIFT, language))
    figures: list[Figure] = []
    if said.kind != "few":
        across, up = (Axis(one.score.title, one.unit, one.ends) for one in (first, second))
        figures.append(
            scatter(say("The days as dots", language), paired, across=across, up=up, language=language)
        )
    figures.append(
        presence_map(
            say("Which days have what", language),
            presence(first.days, second.days, lag=lag, start=start, end=today),
            names=(first.score.title, second.score.title),
            language=language,
        )
    )
    return {
        "kind": said.kind,
        "pair": pair_words(first, second, lag, language),
        "lines": [*told, *about(first, second, language)],
        "figures": figures,
    }


def lines(said: Association, language: str = "en") -> list[str]:
    """Return what can be said of the pairs: which way, the figures, and how they were worked out."""
    if said.kind == "few":
        counts = {"count": said.n, "least": FEWEST}
        return [say("Too few: {count} pairs, and no figure is given under {least}.", language, **counts)]
    if said.kind == "still":
        return [say(STILL, language, count=said.n)]
    figures = say(
        "Spearman's rho {rho}, 95% interval {low} to {high}, from {count} pairs; permutation p {p}.",
        language,
        rho=decimal(said.rho, language),
        low=decimal(said.low, language),
        high=decimal(said.high, language),
        count=said.n,
        p=p_words(said.p or 0.0, language),
    )
    return [
        say(LEANS[said.leans], language),
        figures,
        *([runs_words(said, language)] if said.runs > 1 else []),
    ]


def runs_words(said: Association, language: str) -> str:
    """Return what it means that neighbouring days resemble each other."""
    return say(
        "Neighbouring days resemble each other in both, so they were drawn in runs of {count}. "
        "The interval is still somewhat too narrow then.",
        language,
        count=said.runs,
    )


def decimal(value: float | None, language: str) -> str:
    """Return a correlation with two decimals."""
    return number_label(value or 0.0, 2, language)


def p_words(p: float, language: str) -> str:
    """Return a p with three decimals, the smallest as what it is under.

    >>> p_words(0.0005, "en"), p_words(0.0312, "en")
    ('under 0.001', '0.031')
    """
    if p < 0.001:
        return say("under {p}", language, p=number_label(0.001, 3, language))
    return number_label(p, 3, language)


def about(first: Track, second: Track, language: str) -> list[str]:
    """Return what one must know of the two series to read the picture."""
    found = [
        say(
            "{series}: {better}.",
            language,
            series=one.score.title,
            better=say(BETTER[one.score.better], language),
        )
        for one in (first, second)
    ]
    if SLEEP in (first.worksheet.id, second.worksheet.id):
        found.append(say(NIGHTS, language))
    found += [
        say(
            "{series}: from versions {list} of its worksheet.",
            language,
            series=one.score.title,
            list=", ".join(one.versions),
        )
        for one in (first, second)
        if len(one.versions) > 1
    ]
    return found


def chosen_place(desk: Desk, action: PairUp) -> Place:
    """Return the place of the pair that was asked for; NotFoundError when it is none."""
    where = place(desk, action.key)
    names = [place(desk, sealed) for sealed in (action.first, action.second)]
    if where.name != PATTERNS[0] or any(one.name != "series" for one in names):
        raise NotFoundError(GONE)
    first, second = (one.part(0) for one in names)
    if first == second:
        raise NotFoundError(SAME)
    parts = (where.part(0), where.part(1), where.part(2), first, second, str(action.lag))
    return Place(*PATTERNS, parts)
