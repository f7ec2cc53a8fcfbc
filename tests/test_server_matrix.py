"""Each refusal of the policy through the running server: hand-made messages with keys that are genuine.

Everybody has a page of their own and says what their page would never say: the right action, with a key that
is sealed for them, about a thing of somebody else. What the policy file refuses must be refused here too, no
reply may hold a text that its reader may not read, and nothing in the store may have moved.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from conftest import people_of
from server_process import PASSWORD, Browser, Line, Running, running, stand_in_assets
from sqlalchemy import select, text
from test_policy_matrix import (
    ELSEWHERE,
    ENTRIES,
    EXPECTED,
    START,
    TREATS,
    fill,
    mark,
    set_up,
)
from websockets.exceptions import InvalidStatus
from wire import V1

from iopkit.clinic.access import DOMAINS
from iopkit.clinic.tables import Base
from iopkit.worksheets.place import content_folder

pytestmark = pytest.mark.slow

APPS = {
    "client": "/client",
    "clinician": "/clinician",
    "coordinator": "/coordinator",
    "supervisor": "/supervisor",
}
AT_ONCE = 40
"""Frames on one socket: it lets 60 pass at once."""
HOME = {user: domain for domain, user in TREATS.items()}
"""Where somebody stands closest to Ava: there they are asked about what belongs to no domain."""
READABLE = ("assignment", "note", "counseling-note", "review", "consent", *ENTRIES[:4])
"""What holds a text of its own."""
MOVES = {"audit", "audit_head", "login", "reading"}
"""What reading itself may write: the audit trail, the logins, which entries were seen."""


@dataclass
class Person:
    """Somebody at a page of their own, over a socket that is opened anew before it is slowed down."""

    user: str
    kind: str
    browser: Browser
    page: dict[str, Any]
    server: Running
    said: list[str] = field(default_factory=list)
    count: int = 0
    sockets_opened: int = 0
    sockets: ExitStack = field(default_factory=ExitStack)

    def key(self, *parts: str) -> str:
        """Return a genuine key: sealed for this person, whatever it names."""
        return self.server.store.desk_for(self.user).seal(":".join(parts))

    def ask(self, *actions: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the replies to hand-made messages that are on the way together.

        The wire format changes with each socket.
        """
        replies = []
        for first in range(0, len(actions), AT_ONCE):
            self.leave()
            opened = self.browser.socket(
                self.page["kernel"], subprotocols=[V1] if self.sockets_opened % 2 else None, max_queue=None
            )
            self.sockets_opened += 1
            line = Line(self.sockets.enter_context(opened), self.page["model"])
            line.count = self.count  # an id that was used gets the answer it had
            replies += line.ask_all(*actions[first : first + AT_ONCE], seconds=60)
            self.count = line.count
        self.said += map(repr, replies)
        return replies

    def leave(self) -> None:
        self.sockets.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[Running, dict[str, dict[str, str]]]]:
    """Yield a server over one of everything in each domain, and the ids by domain."""
    folder, sheets = tmp_path_factory.mktemp("matrix"), tmp_path_factory.mktemp("sheets")
    shutil.copy(Path(__file__).parent / "data" / "clinic" / "mood-check.yaml", sheets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IOPKIT_WORKSHEETS", str(sheets))
        given = {"notebooks": content_folder("notebooks"), "assets": stand_in_assets(folder / "assets")}
        with running(folder, settings={"wrong_sign_ins": 1000}, **given) as server:
            yield server, clinic(server)


def clinic(server: Running) -> dict[str, dict[str, str]]:
    """Fill the store as the matrix of desks does, on this day."""
    store, until = server.store, datetime.now(UTC).date() + timedelta(days=90)
    people_of(store, PASSWORD)
    for user, domain in (("mel", "medical"), ("dee", "medical"), ("left", "medical"), ("nia", "medical")):
        store.add_person("clinician", user, "Mel Invented", zone="UTC", domains=[domain], password=PASSWORD)
    for user in ("vera", "viv"):
        store.add_person("supervisor", user, "Vera Invented", zone="UTC", password=PASSWORD)
    store.treat("ava", "mel", "medical", START)
    store.treat("ava", "left", "medical", START, date(2026, 3, 5))
    made = {domain: fill(store, domain, until) for domain in DOMAINS}
    store.desk_for("dee").break_glass("ava", "An emergency for the test.", minutes=240)
    store.desk_for("viv").state_reason("ava", "A reason for the test.", minutes=480)
    return made


@pytest.fixture(scope="module")
def people(server) -> Iterator[dict[str, Person]]:
    running_server, _ = server
    found = {}
    for person in running_server.store.people():
        browser = running_server.browser()
        browser.sign_in(person.user)
        page = browser.page(APPS[person.kind])
        one = found[person.user] = Person(person.user, person.kind, browser, page, running_server)
        one.ask({"kind": "ping"})  # a page without a socket is one that was left: its kernel would go
    yield found
    for one in found.values():
        one.leave()


def relation(user: str, phase: str, domain: str) -> str:
    """Return how somebody stands to Ava in a domain, while consents, shares or neither are in force."""
    fixed = {"ava": "self", "cam": "none", "dee": "broke-glass", "left": "treated", "nia": "none"}
    fixed |= {"cora": "runs", "viv": "stated-reason", "vera": "none"}
    if user in fixed:
        return fixed[user]
    if user == "ben":
        return "shared" if phase == "shared" else "partner"
    if TREATS[domain] == user:
        return "treats"
    return phase if phase and TREATS[ELSEWHERE[domain]] == user else "treats-elsewhere"


def messages(
    one: Person, ava: str, domain: str, ids: dict[str, str]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return for each action and thing the message that asks for it."""
    entry = {thing: one.key("entry", ids[thing]) for thing in ENTRIES}
    today = datetime.now(UTC).date()

    def save(thing: str) -> dict[str, Any]:
        return {"kind": "save", "key": entry[thing], "answers": {"mood": 1}, "changed": ["mood"], "base": 9}

    def note(counseling: bool) -> dict[str, Any]:
        return {"kind": "note", "key": entry["entry"], "text": "taken", "counseling": counseling}

    share = {"kind": "share", "recipient": one.key("recipient", ava), "purpose": "x", "signature": "x"}
    rhythm = {"often": "once", "starts": str(today), "due": "20:00"}
    assign = {"kind": "assign", "key": one.key("assign", "mood-check", ava), "client": one.key("client", ava)}
    return {
        **{("read", thing): {"kind": "open", "key": entry[thing]} for thing in ENTRIES},
        **{("review", thing): {"kind": "review", "key": entry[thing], "quality": 1} for thing in ENTRIES},
        **{("share", thing): {**share, "key": entry[thing]} for thing in ENTRIES},
        ("write", "draft"): save("draft"),
        ("write", "correction"): save("entry"),
        ("write", "conjoint-entry"): save("conjoint-entry"),
        ("write", "note"): note(False),
        ("write", "counseling-note"): note(True),
        ("write", "assignment"): {**assign, "domain": domain, "rhythm": rhythm},
        ("read", "group"): {"kind": "open", "key": one.key("group", ids["group"])},
        ("write", "group"): {
            "kind": "leave-group",
            "key": one.key("group-member", ids["group-member"], ids["group"]),
            "until": str(today),
        },
        ("write", "schedule"): {
            "kind": "book",
            "back": one.key("calendar"),
            "appointment": "individual",
            "clients": [one.key("client", ava)],
            "clinician": one.key("clinician", one.server.store.person(TREATS[domain]).id, domain),
            "day": str(today + timedelta(days=3)),
            "begins": "09:00",
            "minutes": 50,
            "anyway": True,
        },
    }


def messages_of_the_whole(
    one: Person, ava: str, ids: dict[str, str], seen: str
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the messages about what belongs to no domain."""
    client, today = one.key("client", ava), str(datetime.now(UTC).date())
    return {
        ("read", "person"): {"kind": "open", "key": client},
        ("acknowledge", "alert"): {"kind": "acknowledge", "key": one.key("alert", ids["alert"], ava)},
        ("consent", "consent"): {"kind": "revoke", "key": one.key("consent", ids["consent"])},
        ("acknowledge", "stated-reason"): {"kind": "seen-reason", "key": one.key("stated", seen)},
        ("pause", "joint-work"): {"kind": "pause", "key": client},
        ("resume", "joint-work"): {"kind": "pause", "key": client, "resume": True},
        ("break-glass", "person"): {"kind": "reason", "key": client, "reason": "Because I say so now."},
        ("read", "who-sees"): {"kind": "open", "key": one.key("who-sees", ava)},
        ("write", "own-calendar"): {
            "kind": "remove-block",
            "key": one.key("block", ids["own-calendar"]),
            "back": one.key("calendar"),
        },
        ("write", "program"): {
            "kind": "add-person",
            "person": "clinician",
            "user": "mallory",
            "name": "Mal Invented",
            "zone": "UTC",
        },
        ("write", "person"): {"kind": "invite", "key": one.key("invite", ava)},
        ("write", "care-team"): {
            "kind": "treat",
            "key": one.key("person", ava),
            "choice": one.key("clinician", ava, "individual"),
            "since": today,
        },
        ("write", "partner"): {
            "kind": "couple",
            "key": one.key("person", ava),
            "partner": one.key("person", ava),
        },
    }


def refused(reply: dict[str, Any]) -> bool:
    """Return whether a reply shows and does nothing."""
    return reply["kind"] == "refused" or (
        reply["kind"] == "view" and reply["view"]["body"]["name"] == "message"
    )


def contents(server: Running) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that only an allowed action may change."""
    with server.store.office.database.read() as session:
        return {
            name: sorted(map(tuple, session.execute(select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
            if name not in MOVES
        }


def grant(server: Running, phase: str) -> None:
    """Leave in force the consents, the shares, or neither."""
    with server.store.office.database.write() as session:
        run = session.connection().execute
        run(text("UPDATE consent SET revoked_at = NULL"))
        run(text("UPDATE share SET revoked_at = NULL"))
        set_up(session, phase)


@pytest.mark.parametrize("phase", ["", "consented", "shared"])
def test_what_the_policy_refuses_is_refused_to_a_hand_made_message_too(server, people, phase):
    running_server, made = server
    ava = running_server.store.person("ava").id
    seen = running_server.store.desk_for("cora").reasons()[0].id
    grant(running_server, phase)
    before, let_pass, counted = contents(running_server), [], {False: 0, True: 0}

    for one in people.values():
        one.said.clear()
        one.ask({"kind": "open", "key": ""})  # where they land
        wanted = questions(one, phase, ava, made, seen)
        for (tie, domain, what, may, _), reply in zip(
            wanted, one.ask(*(question.action for question in wanted)), strict=True
        ):
            counted[may] += 1
            if refused(reply) == may and what not in {("read", "person"), ("read", "who-sees")}:
                let_pass.append((one.user, tie, domain, *what, reply["kind"], may))

    assert not let_pass, "\n".join(map(repr, let_pass))
    assert texts_not_theirs(people, phase) == []
    assert any(mark("entry", "individual") in text for text in people["ina"].said) or phase
    assert contents(running_server) == before
    assert counted[False] > (50 if phase else 700)
    assert counted[True] > 2


class Question(NamedTuple):
    """A message, what it is about, and whether the policy lets it pass."""

    tie: str
    domain: str
    what: tuple[str, str]
    may: bool
    action: dict[str, Any]


def questions(
    one: Person, phase: str, ava: str, made: dict[str, dict[str, str]], seen: str
) -> list[Question]:
    """Return what somebody is to say while consents, shares or neither are in force."""
    found = []
    for domain in DOMAINS:
        tie = relation(one.user, phase, domain)
        if phase and tie != phase:
            continue  # nothing changes for them
        wanted = messages(one, ava, domain, made[domain])
        if domain == HOME.get(one.user, DOMAINS[0]) and not phase:
            wanted |= messages_of_the_whole(one, ava, made[domain], seen)
        for what, action in wanted.items():
            may = (one.kind, tie, domain, *what) in EXPECTED
            if not skipped(one.user, tie, what, may=may):
                found.append(Question(tie, domain, what, may, action))
    return found


def skipped(user: str, tie: str, what: tuple[str, str], *, may: bool) -> bool:
    """Return whether a message has no place here, which the matrix of desks has."""
    if user == "ben" and what[1] == "conjoint-entry":
        return True  # a partner owns it too
    if what == ("break-glass", "person") and (tie in ("treats", "broke-glass") or user in ("viv", "vera")):
        return True  # it opens other domains, and the same message states a supervisor's reason
    return may and (what[0] != "read" or what[1] == "check-in")  # that entry only calls itself a check-in


def texts_not_theirs(people: dict[str, Person], phase: str) -> list[tuple[str, str, str, str]]:
    """Return the texts that somebody was told, where they land or since, and may not read."""
    return [
        (one.user, tie, domain, thing)
        for one, domain, thing in product(people.values(), DOMAINS, READABLE)
        for tie in [relation(one.user, phase, domain)]
        if (one.kind, tie, domain, "read", thing) not in EXPECTED
        and (one.user, thing) != ("ben", "conjoint-entry")  # he owns it too
        and (tie, thing) != ("shared", "consent")  # the notice with a shared entry says what was consented to
        and any(mark(thing, domain) in text for text in one.said)
    ]


def test_nobody_reaches_the_kernel_of_anybody_else_by_address_or_socket(people):
    for one, other in product(people.values(), people.values()):
        if one is other:
            continue
        kernel = other.page["kernel"]
        assert one.browser.get(f"/api/kernels/{kernel}").status in {403, 404}
        with pytest.raises(InvalidStatus) as caught:
            one.browser.socket(kernel)
        assert caught.value.response.status_code in {403, 404}
