"""Pathways on the screens: a small path for the client; for the clinician what each step waits for."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from iopkit.apps.obstacles import title
from iopkit.apps.place import key
from iopkit.apps.view_cycle import Path, PathStep
from iopkit.apps.view_privacy import Choice
from iopkit.apps.words import day_words, upper
from iopkit.clinic.desk import Desk
from iopkit.clinic.pathways import Walk
from iopkit.clinic.walking import Standing
from iopkit.reports.homework import local_day
from iopkit.words import say, sentence

SAID = {
    "done": sentence("Done"),
    "open": sentence("Open now"),
    "ready": sentence("Opens today"),
    "skipped": sentence("Left out"),
}
STOPPED = sentence("Stopped. What was open stays in the plan.")
SIGNS = {">=": "≥", "<=": "≤", "!=": "≠"}


def own_paths(desk: Desk, walks: Sequence[Walk], *, now: datetime) -> list[Path]:
    """Return a client's running pathways; what only a score or a yes could open is not shown before it is."""
    today = local_day(now, desk.person.zone)
    return [
        path(desk, walk, [one for one in walk.steps if is_shown(one)], today)
        for walk in walks
        if not walk.is_over
    ]


def is_shown(one: Standing) -> bool:
    """Return whether a client sees a step: not what depends on a score or a talk that is still to come."""
    return one.state in ("open", "done") or (one.step.when is None and one.step.ask is None)


def client_paths(desk: Desk, walks: Sequence[Walk], today: date) -> list[Path]:
    """Return a client's pathways for their clinicians: those that run, and the last one that is over."""
    over = [walk for walk in walks if walk.is_over][:1]
    return [path(desk, walk, walk.steps, today) for walk in walks if not walk.is_over or walk in over]


def path(desk: Desk, walk: Walk, steps: Sequence[Standing], today: date) -> Path:
    """Return one pathway with its steps in words."""
    language, mine = desk.person.language, may_change(desk, walk)
    return Path(
        key=key(desk, "pathway", walk.id) if mine and not walk.is_over else "",
        title=walk.pathway.title,
        about=say(STOPPED, language) if walk.stopped_at else walk.pathway.about,
        by=say("Started by {name}", language, name=walk.by.name),
        steps=[step(desk, walk, one, today, mine=mine and walk.stopped_at is None) for one in steps],
    )


def may_change(desk: Desk, walk: Walk) -> bool:
    """Return whether the reader treats the client in the pathway's domain."""
    return (
        desk.person.kind == "clinician" and walk.domain in desk.domains_of([walk.client_id])[walk.client_id]
    )


def step(desk: Desk, walk: Walk, one: Standing, today: date, *, mine: bool) -> PathStep:
    """Return one step: its worksheet and what it waits for; with its key where one may decide about it."""
    waits = mine and one.state in ("waits", "asks")
    return PathStep(
        key=key(desk, "way", walk.id, one.step.id) if waits else "",
        title=title(desk, one.step.worksheet),
        state=one.state,
        text=state_words(desk, walk, one, today),
        ask=(one.step.ask or "") if mine and one.state == "asks" else "",
    )


def state_words(desk: Desk, walk: Walk, one: Standing, today: date) -> str:
    """Return how a step stands, in words."""
    language = desk.person.language
    if one.state in SAID:
        return say(SAID[one.state], language)
    if one.state == "asks":
        return say("Waits for your yes", language)
    if one.waits_for == "day" and one.since is not None:
        return say("Opens {day}", language, day=day_words(one.since, today, language))
    if one.waits_for == "score" and one.step.when:
        return say("Opens when {condition}", language, condition=condition_words(desk, one.step.when))
    before = next(way for way in walk.pathway.steps if way.id == one.step.after)
    name = title(desk, before.worksheet)
    if one.step.entries > 1:
        return say("Opens after “{title}”, {count} times", language, title=name, count=one.step.entries)
    return say("Opens after “{title}”", language, title=name)


def condition_words(desk: Desk, condition: str) -> str:
    """Return a condition on scores as a clinician reads it: "PHQ-9 (Total) ≥ 10"."""

    def named(found: re.Match[str]) -> str:
        sheet = desk.worksheet(found[1])
        score = next(one.title for one in sheet.scores if one.name == found[2])
        return sheet.title if len(sheet.scores) == 1 else f"{sheet.title} ({score})"

    text = re.sub(r"\{([a-z0-9-]+)\.([a-z0-9_]+)\}", named, condition)
    for sign, shown in SIGNS.items():
        text = text.replace(sign, shown)
    language = desk.person.language
    return text.replace(" and ", f" {say('and', language)} ").replace(" or ", f" {say('or', language)} ")


def choices(desk: Desk, client_id: str, walks: Sequence[Walk]) -> list[Choice]:
    """Return the pathways one may start for a client: of one's domains, and not running already."""
    mine = desk.domains_of([client_id])[client_id]
    running = {walk.pathway.id for walk in walks if walk.stopped_at is None}
    return [
        Choice(value=one.id, label=upper(one.title))
        for one in desk.pathway_templates()
        if one.domain in mine and one.id not in running and one.status != "retired"
    ]
