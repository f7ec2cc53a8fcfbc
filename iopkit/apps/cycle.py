"""Homework under way: a clinician changes, pauses, lets go on; a client puts off. Each is said in words."""

from datetime import datetime

from iopkit.apps.assigning import expected
from iopkit.apps.client import plan_words
from iopkit.apps.message import Refused, Reply, Shown
from iopkit.apps.message_cycle import (
    Adjust,
    Adjustable,
    ChangeRhythm,
    CycleAction,
    DecideStep,
    GoOn,
    PutOff,
    Rest,
    StartPath,
    StopPath,
)
from iopkit.apps.rhythm import chosen, rule
from iopkit.apps.router import make_view
from iopkit.apps.words import upper
from iopkit.clinic.desk import Desk
from iopkit.clinic.record import Assignment, Entry
from iopkit.errors import AnswerError, NotFoundError
from iopkit.reports.homework import due, entries_for, local_day
from iopkit.words import say, sentence, several

GONE = sentence("This assignment is not there any more. Reload the page.")


def answer_cycle(desk: Desk, action: CycleAction, *, now: datetime) -> Reply:
    """Return the reply to an action about homework under way; what makes no sense is said in its words."""
    try:
        if isinstance(action, Adjust):
            return adjust(desk, action, now=now)
        back = done(desk, action, now=now)
    except AnswerError as error:
        language = desk.person.language
        return Refused(reply=action.id, text=" ".join(say(problem, language) for problem in error.problems))
    return Shown(reply=action.id, view=make_view(desk, back, now=now))


Change = ChangeRhythm | Rest | GoOn | PutOff | StartPath | DecideStep | StopPath


def done(desk: Desk, action: Change, *, now: datetime) -> str:
    """Do what an action asks; return the key of the view to show next ("" is home)."""
    if isinstance(action, PutOff):
        put_off(desk, action, now=now)
        return ""
    if isinstance(action, StartPath | DecideStep | StopPath):
        walk(desk, action, now=now)
        return action.back
    where = expected(desk, action.key, "assignment").part(0)
    match action:
        case ChangeRhythm():
            wanted = action.rhythm
            desk.change_rhythm(
                where,
                rrule=rule(wanted),
                due=wanted.due,
                starts=wanted.starts,
                ends=wanted.ends,
                grace=wanted.grace,
            )
        case Rest():
            desk.pause_assignment(where, action.until)
        case GoOn():
            desk.go_on(where)
    return action.back


def walk(desk: Desk, action: StartPath | DecideStep | StopPath, *, now: datetime) -> None:
    """Start a pathway, decide about a step of one, or stop it."""
    match action:
        case StartPath():
            client = desk.client(expected(desk, action.key, "client").part(0))
            today = local_day(now, client.zone)
            desk.start_pathway(client.id, action.template, starts=today, message_id=action.id)
        case DecideStep():
            where = expected(desk, action.key, "way")
            desk.decide_step(where.part(0), where.part(1), action.decided)
        case StopPath():
            desk.stop_pathway(expected(desk, action.key, "pathway").part(0))


def put_off(desk: Desk, action: PutOff, *, now: datetime) -> None:
    """Keep what a client put off today, with what is in the way if they said so."""
    desk.set_aside(
        expected(desk, action.key, "aside").part(0),
        day=local_day(now, desk.person.zone),
        kind=action.how,
        obstacle=action.obstacle,
        words=action.words,
        message_id=action.id,
    )


def adjust(desk: Desk, action: Adjust, *, now: datetime) -> Adjustable:
    """Return how an assignment stands and what each change would do, with what was done so far."""
    where = expected(desk, action.key, "assignment")
    client = desk.client(where.part(1))
    given = next((one for one in desk.assignments(client.id) if one.id == where.part(0)), None)
    if given is None:
        raise NotFoundError(GONE)
    language, today = desk.person.language, local_day(now, client.zone)
    entries = desk.entries(client.id)
    kept = done_words(given, entries, language)
    still = open_words(given, entries, now=now, zone=client.zone, language=language)
    return Adjustable(
        reply=action.id,
        title=desk.worksheet(given.worksheet_id).title,
        now=upper(plan_words(given, today, zone=client.zone, language=language)),
        today=today,
        rhythm=chosen(given),
        change=say("The new rhythm holds from today on. {kept}", language, kept=kept),
        pause=say(
            "Nothing becomes due in a pause, and nothing counts as not done. {kept}", language, kept=kept
        ),
        end=" ".join(
            [
                say("It leaves the client's list at once. {kept}", language, kept=kept),
                *([still] if still else []),
            ]
        ),
    )


def done_words(given: Assignment, entries: list[Entry], language: str) -> str:
    """Return what happens to what was done from an assignment."""
    count = len(entries_for(given, entries))
    if not count:
        return say("Nothing has been sent from it so far.", language)
    return several(
        "The {count} entry sent from it stays in the record.",
        "The {count} entries sent from it stay in the record.",
        language,
        count,
    )


def open_words(given: Assignment, entries: list[Entry], *, now: datetime, zone: str, language: str) -> str:
    """Return what happens to what is open at the moment, "" when nothing is."""
    today = local_day(now, zone)
    here = due(given, entries, today=today, zone=zone)
    is_open = any(
        one.entry is None and one.occurrence.holds(today) and one.occurrence.due > now for one in here
    )
    return (
        say("What is open today is not asked for any more; a draft of it is kept.", language)
        if is_open
        else ""
    )
