"""An action of the page in, a reply out. Whatever goes wrong becomes a sentence; nothing typed is lost."""

from base64 import b64encode
from datetime import datetime

from iopkit.apps.calendar_answers import answer_calendar
from iopkit.apps.cycle import answer_cycle
from iopkit.apps.drill_answers import answer_drill
from iopkit.apps.fault import report
from iopkit.apps.file_answers import answer_files
from iopkit.apps.group_answers import answer_groups
from iopkit.apps.hand_over import refusal as refusal_by_pin
from iopkit.apps.library_answers import answer_library
from iopkit.apps.message import Acknowledge, Action, Open, Ping, Pong, Refused, Reply, Save, Saved, Shown
from iopkit.apps.message_calendar import (
    AddBlock,
    Attend,
    Book,
    CallOff,
    RemoveBlock,
    TakeCalendar,
    WriteCalendar,
    WriteLetter,
)
from iopkit.apps.message_cycle import (
    Adjust,
    ChangeRhythm,
    DecideStep,
    GoOn,
    PutOff,
    Rest,
    StartPath,
    StopPath,
)
from iopkit.apps.message_drill import ActInDrill, BeginDrill, BeHere
from iopkit.apps.message_files import TakeCopy, TakeOffline, TakeRelease
from iopkit.apps.message_groups import GroupAction
from iopkit.apps.message_language import Speak, Spoken
from iopkit.apps.message_library import Assign, End, Find, Prepare, Print, SetUp, Weigh
from iopkit.apps.message_live import At, NoteItem
from iopkit.apps.message_live import Open as OpenTogether
from iopkit.apps.message_outbox import AskOutbox, OutboxSecret
from iopkit.apps.message_patterns import PairUp
from iopkit.apps.message_privacy import (
    Pause,
    Review,
    Revoke,
    SeePolicy,
    Share,
    Sign,
    SignRelease,
    StateReason,
    Unshare,
    WriteNote,
)
from iopkit.apps.message_program import AddPerson, Couple, EndTreat, Invite, SeenReason, Treat
from iopkit.apps.patterns import chosen_place
from iopkit.apps.place import Place, place
from iopkit.apps.privacy_answers import answer_privacy
from iopkit.apps.program_answers import answer_program
from iopkit.apps.router import make_view, view_at
from iopkit.apps.together_answers import answer_together
from iopkit.apps.words import local
from iopkit.charts.labels import clock_label
from iopkit.clinic.desk import Desk
from iopkit.errors import AnswerError, DatabaseError, IopkitError, NotFoundError, StoreError
from iopkit.words import said, say, sentence, several

WRONG = sentence(
    "Something went wrong here. What you typed is still on this page; try again in a moment. "
    "If it happens again, tell the program."
)

CLOSED = sentence(
    "Nothing can be stored or opened at the moment. What you typed is still on this page and is sent again "
    "by itself. If it stays this way, tell the program."
)


def handle(desk: Desk, action: Action, *, now: datetime) -> Reply:
    """Return the reply to an action; it never raises."""
    language = desk.person.language
    try:
        return refusal_by_pin(desk, action) or answer(desk, action, now=now)
    except AnswerError as error:
        return Refused(reply=action.id, text=refusal(error, language), items=items(error))
    except DatabaseError:  # where it lies is for operators: `iopkit doctor` says it
        return Refused(reply=action.id, text=say(CLOSED, language), again=True)
    except StoreError as error:
        return Refused(reply=action.id, text=said(error, language), again=True)
    except IopkitError as error:
        return Refused(reply=action.id, text=said(error, language))
    except Exception as error:  # noqa: BLE001 - the page must hear of it, whatever it is
        report(error)
        return Refused(reply=action.id, text=say(WRONG, language))


def answer(desk: Desk, action: Action, *, now: datetime) -> Reply:
    """Return the reply to an action that goes well."""
    if isinstance(action, GroupAction):
        return answer_groups(desk, action, now=now)
    match action:
        case Open():
            return Shown(reply=action.id, view=make_view(desk, action.key, now=now))
        case Save():
            return save(desk, action)
        case Acknowledge():
            return acknowledge(desk, action, now=now)
        case Speak():
            desk.speak(action.language)
            return Spoken(reply=action.id)
        case TakeCopy() | TakeRelease() | TakeOffline():
            return answer_files(desk, action, now=now)
        case Find() | Prepare() | Weigh() | SetUp() | Assign() | End() | Print():
            return answer_library(desk, action, now=now)
        case (
            Sign()
            | SignRelease()
            | Revoke()
            | Share()
            | Unshare()
            | WriteNote()
            | Review()
            | Pause()
            | StateReason()
            | SeePolicy()
        ):
            return answer_privacy(desk, action, now=now)
        case At() | OpenTogether() | NoteItem():
            return answer_together(desk, action, now=now)
        case AddPerson() | Invite() | Treat() | EndTreat() | Couple() | SeenReason():
            return answer_program(desk, action, now=now)
        case BeginDrill() | ActInDrill() | BeHere():
            return answer_drill(desk, action, now=now)
        case (
            Book()
            | Attend()
            | CallOff()
            | AddBlock()
            | RemoveBlock()
            | TakeCalendar()
            | WriteCalendar()
            | WriteLetter()
        ):
            return answer_calendar(desk, action, now=now)
        case AskOutbox():
            return OutboxSecret(reply=action.id, secret=b64encode(desk.outbox_secret()).decode())
        case Adjust() | ChangeRhythm() | Rest() | GoOn() | PutOff() | StartPath() | DecideStep() | StopPath():
            return answer_cycle(desk, action, now=now)
        case PairUp():
            return Shown(reply=action.id, view=view_at(desk, chosen_place(desk, action), now=now))
        case Ping():
            desk.alive()
            return Pong(reply=action.id)


def save(desk: Desk, action: Save) -> Saved:
    """Store the answers and return what is in the store after COMMIT."""
    where = expect(desk, action.key, "entry")
    saved = desk.save(
        where.part(0),
        message_id=action.id,
        answers=action.answers,
        changed=action.changed,
        base=action.base,
        submit=action.submit,
        page=action.page,
        draft=action.draft,
    )
    return Saved(
        reply=action.id,
        at=clock_label(local(saved.at, saved.entry.zone).time(), desk.person.language),
        base=saved.entry.base,
        answers=dict(saved.entry.answers),
        conflicts=list(saved.conflicts),
        asks=dict(saved.asks),
        refused=dict(saved.refused),
    )


def acknowledge(desk: Desk, action: Acknowledge, *, now: datetime) -> Shown:
    """Note that an alert was seen, and return the client's page again."""
    where = expect(desk, action.key, "alert")
    desk.acknowledge(where.part(0), action.note)
    return Shown(reply=action.id, view=view_at(desk, Place("client", (where.part(1),)), now=now))


def expect(desk: Desk, sealed: str, name: str) -> Place:
    """Return the place behind a key, which must be of this name."""
    where = place(desk, sealed)
    if where.name != name:
        raise NotFoundError(sentence("This page is an old one. Reload it; what you typed is kept."))
    return where


def refusal(error: AnswerError, language: str = "en") -> str:
    """Return what to say above the form."""
    return several(
        "Please look at one answer again; the rest is kept.",
        "Please look at {count} answers again; the rest is kept.",
        language,
        len(error.problems),
    )


def items(error: AnswerError) -> dict[str, str]:
    """Return what is wrong by item, from problems written as ``item: what``."""
    pairs = (problem.partition(": ") for problem in error.problems)
    return {item: text for item, colon, text in pairs if colon}
