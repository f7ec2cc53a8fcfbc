"""From a key to a view: which place it stands for, who may be there, and what frames it."""

from collections.abc import Callable
from datetime import datetime

from iopkit.apps.calendar import calendar
from iopkit.apps.caseload import caseload
from iopkit.apps.client import client
from iopkit.apps.couple import couple
from iopkit.apps.drill import drill
from iopkit.apps.groups import group, groups
from iopkit.apps.hand_over import ELSEWHERE, hand_over, is_closed, landing
from iopkit.apps.help import help_lines
from iopkit.apps.history import history
from iopkit.apps.home import home
from iopkit.apps.library import library, preview
from iopkit.apps.patterns import patterns
from iopkit.apps.place import CASELOAD, HISTORY, HOME, LIBRARY, PEOPLE, REASON, Place, key, place
from iopkit.apps.plan import safety_plan
from iopkit.apps.privacy import access_log, policy, who_sees
from iopkit.apps.program import all_consents, people, person, watch
from iopkit.apps.reason import reason
from iopkit.apps.release import my_consents
from iopkit.apps.screen import banner
from iopkit.apps.versions import versions
from iopkit.apps.view import Body, Message, NavItem, Person, View
from iopkit.apps.words import TREATS, listing
from iopkit.apps.worksheet import open_entry, open_entry_as, open_worksheet
from iopkit.clinic.desk import Desk
from iopkit.errors import AccessError, NotFoundError
from iopkit.words import LANGUAGES, said, say, sentence

CALENDAR = ("calendar", sentence("Calendar"))
GROUPS = ("groups", sentence("Groups"))
NAV = {
    "client": (
        (HOME[0], sentence("Home")),
        CALENDAR,
        (HISTORY[0], sentence("My record")),
        (LIBRARY[0], sentence("Library")),
    ),
    "clinician": (
        (CASELOAD[0], sentence("Caseload")),
        CALENDAR,
        GROUPS,
        (LIBRARY[0], sentence("Library")),
    ),
    "coordinator": (
        (PEOPLE[0], sentence("People")),
        GROUPS,
        CALENDAR,
        ("watch", sentence("Alerts")),
        ("all-consents", sentence("Consents")),
        (LIBRARY[0], sentence("Library")),
    ),
    "supervisor": ((REASON[0], sentence("Read with a reason")),),
}
"""The navigation of each kind of person: place and label."""

COUPLE = ("couple", sentence("The two of you"))
Maker = Callable[[Desk, Place, datetime], Body]
LIBRARY_MAKERS: dict[str, Maker] = {
    "library": lambda desk, where, now: library(desk, where.part(0), where.part(1)),
    "preview": lambda desk, where, now: preview(desk, where),
}
"""The library is open to every kind of person; what it shows them differs."""
MAKERS: dict[tuple[str, str], Maker] = {
    ("client", "home"): lambda desk, where, now: home(desk, now=now),
    ("client", "history"): lambda desk, where, now: history(desk, now=now),
    ("client", "worksheet"): lambda desk, where, now: open_worksheet(desk, where, now=now),
    ("client", "entry"): lambda desk, where, now: open_entry(desk, where.part(0), now=now),
    ("client", "versions"): lambda desk, where, now: versions(desk, where.part(0), now=now),
    ("client", "couple"): lambda desk, where, now: couple(desk, "", now=now),
    ("client", "drill"): lambda desk, where, now: drill(desk, where.part(0), now=now),
    ("clinician", "couple"): lambda desk, where, now: couple(desk, where.part(0), now=now),
    ("clinician", "drill"): lambda desk, where, now: drill(desk, where.part(0), now=now),
    ("clinician", "caseload"): lambda desk, where, now: caseload(desk, now=now),
    ("clinician", "client"): lambda desk, where, now: client(desk, where, now=now),
    ("clinician", "patterns"): lambda desk, where, now: patterns(desk, where, now=now),
    ("clinician", "worksheet"): lambda desk, where, now: open_worksheet(desk, where, now=now),
    ("clinician", "entry"): lambda desk, where, now: open_entry_as(desk, where, now=now),
    ("clinician", "reason"): lambda desk, where, now: reason(desk, where.part(0)),
    ("supervisor", "reason"): lambda desk, where, now: reason(desk, where.part(0)),
    ("supervisor", "client"): lambda desk, where, now: client(desk, where, now=now),
    ("supervisor", "entry"): lambda desk, where, now: open_entry(desk, where.part(0), now=now),
    ("client", "who-sees"): lambda desk, where, now: who_sees(desk, ""),
    ("client", "access-log"): lambda desk, where, now: access_log(desk, now=now),
    ("client", "consents"): lambda desk, where, now: my_consents(desk),
    ("client", "policy"): lambda desk, where, now: policy(desk),
    ("coordinator", "people"): lambda desk, where, now: people(desk, now=now),
    ("coordinator", "person"): lambda desk, where, now: person(desk, where.part(0), now=now),
    ("coordinator", "who-sees"): lambda desk, where, now: who_sees(desk, where.part(0)),
    ("coordinator", "all-consents"): lambda desk, where, now: all_consents(desk, now=now),
    ("coordinator", "watch"): lambda desk, where, now: watch(desk, now=now),
    **{
        (kind, "calendar"): lambda desk, where, now: calendar(desk, where, now=now)
        for kind in ("client", "clinician", "coordinator")
    },
    **{
        (kind, "groups"): lambda desk, where, now: groups(desk, now=now)
        for kind in ("clinician", "coordinator")
    },
    **{
        (kind, "group"): lambda desk, where, now: group(desk, where.part(0), now=now)
        for kind in ("clinician", "coordinator")
    },
    **{
        (kind, name): make
        for kind in ("client", "clinician", "coordinator")
        for name, make in LIBRARY_MAKERS.items()
    },
}
"""Which kind of person may be at which place, and what makes the view there."""

NOT_HERE = (
    sentence("This is not here"),
    sentence(
        "The address may be an old one, or it belongs to somebody else. What you saved is safe: "
        "choose a page above to go on."
    ),
)
NOT_YOURS = sentence("This is not yours to open")
NOTHING = (
    sentence("You are signed in"),
    sentence(
        "There is no page for your work here yet. People and care teams are kept with the iopkit command."
    ),
)
TITLES = {
    "home": sentence("Home"),
    "history": sentence("My record"),
    "caseload": sentence("Caseload"),
    "client": sentence("Client"),
    "who-sees": sentence("Who can see what"),
    "access-log": sentence("Who looked when"),
    "consents": sentence("My consents"),
    "policy": sentence("Before you two work together"),
    "reason": sentence("Read with a reason"),
    "people": sentence("People"),
    "person": sentence("Person"),
    "all-consents": sentence("Consents"),
    "watch": sentence("Alerts"),
    "couple": COUPLE[1],
    "calendar": CALENDAR[1],
    "patterns": sentence("Patterns"),
    "groups": GROUPS[1],
    "group": sentence("Group"),
    "versions": sentence("Earlier versions"),
}
KINDS = {
    "client": sentence("client"),
    "clinician": sentence("clinician"),
    "coordinator": sentence("coordinator"),
    "supervisor": sentence("supervisor"),
}


def make_view(desk: Desk, sealed: str, *, now: datetime) -> View:
    """Return the view behind a key ("" is where the person lands), or a page that says why there is none."""
    with desk.one_view():
        try:
            where = landing(desk) if desk.is_joint and not sealed else place(desk, sealed)
        except NotFoundError:
            return frame(desk, Place("nothing"), message(desk, *NOT_HERE), now=now)
        return view_at(desk, where, now=now)


def view_at(desk: Desk, where: Place, *, now: datetime) -> View:
    """Return the view at a place, or a page that says why it cannot be shown; all of it is one read."""
    with desk.one_view():
        return made_at(desk, where, now=now)


def made_at(desk: Desk, where: Place, *, now: datetime) -> View:
    """Return the view at a place, or a page that says why it cannot be shown."""
    if is_closed(desk, where):
        return frame(desk, where, message(desk, *ELSEWHERE), now=now)
    make = MAKERS.get((desk.person.kind, where.name))
    if make is None:
        return frame(desk, where, message(desk, *(NOTHING if where.name == "nothing" else NOT_HERE)), now=now)
    try:
        return frame(desk, where, make(desk, where, now), now=now)
    except NotFoundError:
        return frame(desk, where, message(desk, *NOT_HERE), now=now)
    except AccessError as error:
        return frame(desk, where, refused(desk, where, said(error, desk.person.language)), now=now)


def refused(desk: Desk, where: Place, why: str) -> Message:
    """Return a page that says why a place is not open; a clinician may state an emergency from there."""
    shown = message(desk, NOT_YOURS, why)
    if desk.person.kind != "clinician" or where.name != "client":
        return shown
    label = say("This is an emergency", desk.person.language)
    return shown.model_copy(update={"ask": key(desk, *REASON, *where.parts), "ask_label": label})


def message(desk: Desk, title: str, text: str) -> Message:
    """Return a page that only says something."""
    language = desk.person.language
    return Message(title=say(title, language), text=say(text, language))


def frame(desk: Desk, where: Place, body: Body, *, now: datetime) -> View:
    """Return the body with what every page has: who is signed in, navigation, help."""
    language, safe = desk.person.language, banner(desk, where)
    own = not desk.is_joint
    return View(
        key=address(desk, where, body),
        title=title(body, language),
        person=Person(name=desk.person.name, role=role(desk)),
        nav=[
            NavItem(key=key(desk, name), label=say(label, language), current=name == where.name)
            for name, label in ([] if safe else navigation(desk))
        ],
        help=help_lines(language=language),
        idle_seconds=desk.idle_seconds,
        language=language,
        languages=dict(LANGUAGES) if own else {},
        own_calendar=own and desk.person.kind == "client",
        safe=safe,
        plan=safety_plan(desk) if own else None,
        hand_over=hand_over(desk, now=now),
        body=body,
    )


def navigation(desk: Desk) -> list[tuple[str, str]]:
    """Return the pages in the navigation: one more for a client who has a partner here."""
    if desk.is_joint:
        return [COUPLE]
    found = list(NAV.get(desk.person.kind, ()))
    return [*found, COUPLE] if desk.person.kind == "client" and desk.in_couple() else found


def address(desk: Desk, where: Place, body: Body) -> str:
    """Return the key that stands in the address; a form keeps its entry's, so that reload resumes it."""
    return body.key if body.name in ("worksheet", "drill") else key(desk, where.name, *where.parts)


def title(body: Body, language: str = "en") -> str:
    """Return the title of the page, without anybody's name in it."""
    if body.name in ("worksheet", "message", "preview"):
        return body.title
    if body.name == "drill":
        return body.heading
    return say(TITLES.get(body.name, sentence("Library")), language)


def role(desk: Desk) -> str:
    """Return what the signed-in person is here."""
    person = desk.person
    names = [say(TREATS[domain], person.language) for domain in sorted(person.domains)]
    return listing(names, person.language) or say(KINDS[person.kind], person.language)
