"""Every kind of person, relation, domain, action and thing through a real desk: what the policy file says.

Each cell runs in a transaction of its own that is rolled back, so that no cell sees what another did.
"""

import csv
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Clock, open_copy
from sqlalchemy import text

from iopkit.clinic.access import DOMAINS
from iopkit.clinic.cipher import Place
from iopkit.clinic.entries import entry_place
from iopkit.clinic.record_calendar import Booking
from iopkit.clinic.tables import CoupleRow, EntryRow
from iopkit.errors import AccessError, AnswerError, NotFoundError
from iopkit.measures.appointments import Span

START, UNTIL = date(2026, 3, 2), date(2026, 12, 31)
TREATS = {"individual": "ina", "couples": "cole", "substance-use": "sue", "medical": "mel"}
ELSEWHERE = dict(zip(DOMAINS, (*DOMAINS[1:], DOMAINS[0]), strict=True))
RELATIONS = [
    *[("client", relation) for relation in ("self", "partner", "shared", "none")],
    *[("clinician", relation) for relation in ("treats", "consented", "shared", "broke-glass")],
    *[("clinician", relation) for relation in ("treats-elsewhere", "treated", "none")],
    ("coordinator", "runs"),
    ("supervisor", "stated-reason"),
    ("supervisor", "none"),
]
COLLAPSE = ("consented", "shared", "treats-elsewhere")
"""Relations that hold in one domain: what belongs to no domain is asked for the closest relation instead."""
ENTRIES = ("entry", "private-entry", "check-in", "conjoint-entry", "draft")


def written_down():
    with (Path(__file__).parent / "data" / "policy.csv").open(newline="") as file:
        return {
            (row["kind"], row["relation"], domain, row["action"], row["thing"])
            for row in csv.DictReader(file)
            for domain in DOMAINS
            if row[domain] == "yes"
        }


EXPECTED = written_down()


@pytest.fixture(scope="module")
def template(tmp_path_factory, templates, catalog):
    """Fill a clinic with one of everything, in each domain."""
    folder = tmp_path_factory.mktemp("policy") / "store"
    shutil.copytree(templates / "clinic", folder)
    with open_copy(folder, Clock(), catalog) as store:
        for user, domain in (("mel", "medical"), ("dee", "medical"), ("left", "medical"), ("nia", "medical")):
            store.add_person("clinician", user, "Mel Invented", zone="UTC", domains=[domain])
        for user in ("vera", "viv"):
            store.add_person("supervisor", user, "Vera Invented", zone="UTC")
        store.treat("ava", "mel", "medical", START)
        store.treat("ava", "left", "medical", START, date(2026, 3, 5))
        made = {domain: fill(store, domain) for domain in DOMAINS}
        store.desk_for("dee").break_glass("ava", "An emergency for the test.", minutes=240)
        store.desk_for("viv").state_reason("ava", "A reason for the test.", minutes=480)
    return folder, made


@pytest.fixture(scope="module")
def store(template, tmp_path_factory, catalog):
    folder = tmp_path_factory.mktemp("policy-copy") / "store"
    shutil.copytree(template[0], folder)
    with open_copy(folder, Clock(), catalog) as opened:
        yield opened


def fill(store, domain, until=UNTIL):
    """Make one of everything in a domain; each holds a text of its own, ``mark-note-couples``."""
    ava, therapist = store.desk_for("ava"), store.desk_for(TREATS[domain])
    mine = ava.person.id
    given = therapist.assign(
        mine, "mood-check", domain, note=mark("assignment", domain), starts=START, rrule="FREQ=DAILY"
    )
    ids = {"assignment": given.id}
    for thing in (*ENTRIES, "draft"):
        draft = ava.draft("mood-check", assignment_id=ids["assignment"])
        if thing != "draft":
            answers = {"mood": 3, "hopeless": 1, "note": mark(thing, domain)}
            ava.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)
        ids[thing] = draft.id
    ids["note"] = therapist.note(mine, domain, mark("note", domain), entry_id=ids["entry"]).id
    ids["review"] = therapist.review(ids["entry"], 3, mark("review", domain)).id
    ids["alert"] = therapist.alerts(mine)[0].id
    ids["schedule"] = therapist.book(booking(therapist, mine, domain))
    ids["group"] = therapist.make_group(mark("group", domain), domain, [therapist.person.id])
    ids["group-member"] = therapist.join_group(ids["group"], mine, since=date(2026, 3, 13))
    ids["own-calendar"] = ava.add_busy_time("work", hour())
    with store.office.database.write() as session:
        run = session.connection().exec_driver_sql
        run("UPDATE entry SET private = 1 WHERE id = ?", (ids["private-entry"],))
        run("UPDATE entry SET worksheet_id = 'private-check-in' WHERE id = ?", (ids["check-in"],))
    own_together(store, ids["conjoint-entry"])
    ids["counseling-note"] = counsel(store, mine, domain)
    terms = {"purpose": mark("consent", domain), "until": until, "signature": "Ava Example"}
    other = store.person(TREATS[ELSEWHERE[domain]])
    ids["consent"] = ava.consent([domain], other.id, **terms).id
    if domain == "substance-use":
        ava.consent([domain], other.id, **terms, counseling_notes=True)
    for thing in ("entry", "private-entry"):
        for who in (other, store.person("ben")):
            ids[f"{thing} {who.user}"] = ava.share(ids[thing], who.id, **terms).id
    return ids


def hour():
    """Return an hour of tomorrow."""
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Span(start, start + timedelta(hours=1))


def booking(desk, client_id, domain):
    """Return an appointment of a client with whoever sits at a desk."""
    return Booking("individual", (client_id,), desk.person.id, domain, "UTC", hour())


def mark(thing, domain):
    """Return the text that stands in one thing and nowhere else."""
    return f"mark-{thing}-of-{domain}"


def own_together(store, entry_id):
    """Make an entry one of both partners, sealed with the couple's own key."""
    office = store.office
    with office.database.write() as session:
        row, couple = session.get_one(EntryRow, entry_id), session.query(CoupleRow).one()
        office.ensure_couple_envelope(session, couple.id)
        held = office.unseal(session, entry_place(row), row.sealed)
        row.couple_id = couple.id
        row.sealed = office.seal(session, Place("entry", couple.id, row.id, "sealed"), held)


def counsel(store, client_id, domain):
    """Write a counseling note, and move it to a domain where nobody could have written it."""
    words = mark("counseling-note", domain)
    made = store.desk_for("sue").note(client_id, "substance-use", words, counseling=True).id
    with store.office.database.write() as session:
        session.execute(
            text("UPDATE note SET domain = :domain WHERE id = :id"), {"domain": domain, "id": made}
        )
    return made


def actor(kind, relation, domain):
    """Return who has this relation to Ava in this domain."""
    if kind == "clinician":
        return {
            "treats": TREATS[domain],
            "broke-glass": "dee",
            "treated": "left",
            "none": "nia",
        }.get(relation, TREATS[ELSEWHERE[domain]])
    clients = {"self": "ava", "partner": "ben", "shared": "ben", "none": "cam"}
    return {"client": clients.get(relation, ""), "coordinator": "cora"}.get(
        kind, "viv" if relation == "stated-reason" else "vera"
    )


def set_up(session, relation):
    """Leave only the consents and shares that make this relation."""
    run = session.connection().exec_driver_sql
    if relation != "consented":
        run("UPDATE consent SET revoked_at = '2026-03-13 00:00:00.000000' WHERE entry_id IS NULL")
    if relation != "shared":
        run("UPDATE share SET revoked_at = '2026-03-13 00:00:00.000000'")


def calls(desk, ava, domain, ids):
    """Return for each action and thing of a domain the call that asks for it."""

    def save(thing):
        return lambda: desk.save(ids[thing], message_id="x", answers={"mood": 1}, changed=["mood"], base=9)

    def share(thing):
        return lambda: desk.share(ids[thing], "nobody")

    def members():
        mine = [one for one in desk.groups() if one.id == ids["group"]]
        return any(who.client.id == ava for one in mine for who in one.members) or refuse()

    def listed(thing, call):
        return lambda: ids[thing] in {one.id for one in call(ava)} or refuse()

    return {
        **{("read", thing): (lambda thing=thing: desk.entry(ids[thing])) for thing in ENTRIES},
        **{("review", thing): (lambda thing=thing: desk.review(ids[thing], 3)) for thing in ENTRIES},
        **{("share", thing): share(thing) for thing in ENTRIES},
        ("write", "draft"): save("draft"),
        ("write", "correction"): save("entry"),
        ("read", "correction"): lambda: desk.versions(ids["entry"]),
        ("write", "conjoint-entry"): save("conjoint-entry"),
        ("read", "assignment"): listed("assignment", desk.assignments),
        ("write", "assignment"): lambda: desk.assign(ava, "mood-check", domain, note="", starts=START),
        ("read", "note"): listed("note", desk.notes),
        ("read", "counseling-note"): listed("counseling-note", desk.notes),
        ("read", "review"): listed("review", desk.reviews),
        ("write", "note"): lambda: desk.note(ava, domain, "words"),
        ("write", "counseling-note"): lambda: desk.note(ava, domain, "words", counseling=True),
        ("read", "consent"): listed("consent", desk.consents),
        ("read", "group"): members,
        ("write", "group"): lambda: desk.leave_group(ids["group-member"], date(2026, 3, 20)),
        ("write", "schedule"): lambda: desk.book(booking(desk, ava, domain)),
    }


def calls_of_the_whole(desk, ava, ids):
    """Return the calls for what belongs to no domain: asked for the closest relation."""
    reason = desk._seat.office.memory.setdefault("reason", {})
    return {
        ("read", "person"): lambda: desk.client(ava),
        ("read", "care-team"): lambda: desk.care_team(ava),
        ("read", "partner"): lambda: desk.partner(ava) or refuse(),
        ("read", "alert"): lambda: desk.alerts(ava),
        ("acknowledge", "alert"): lambda: desk.acknowledge(ids["alert"], "seen"),
        ("read", "share"): lambda: desk.shares(ava),
        ("consent", "consent"): lambda: desk.revoke(ids["consent"]),
        ("read", "stated-reason"): lambda: desk.reasons(ava),
        ("acknowledge", "stated-reason"): lambda: desk.acknowledge_reason(reason["id"]),
        ("read", "who-sees"): lambda: desk.who_sees(ava),
        ("read", "disclosures"): lambda: desk.disclosures(ava),
        ("pause", "joint-work"): lambda: desk.pause_couple(ava),
        ("read", "schedule"): lambda: desk.meetings(hour().start, hour().end, client_id=ava),
        ("read", "own-calendar"): lambda: desk.busy_times(ava),
        ("write", "own-calendar"): lambda: desk.remove_busy_time(ids["own-calendar"]),
        ("read", "program"): desk.program,
        ("write", "program"): lambda: desk.change_program("name", "Other"),
        ("break-glass", "person"): lambda: desk.break_glass("ava", "An emergency for the test."),
        ("state-reason", "person"): lambda: desk.state_reason("ava", "A reason for the test."),
    }


def refuse():
    raise NotFoundError("not in the list")


def answer(store, relation, ask):
    """Return whether a call is allowed, in a transaction that is rolled back."""
    found = None
    try:
        with store.office.database.batch(), store.office.database.write() as session:
            set_up(session, relation)
            try:
                ask()
                found = True
            except AnswerError:
                found = True  # the policy has let it pass: what was asked for made no sense
            except (AccessError, NotFoundError):
                found = False
            raise Undo
    except Undo:
        return found


class Undo(Exception):  # noqa: N818  (nothing went wrong)
    """Roll back."""


def elsewhere(relation):
    """Return what this relation is not asked about: emergencies are for other domains, co-owners are self."""
    if relation in ("treats", "broke-glass"):
        return [("break-glass", "person")]
    if relation == "stated-reason":
        return [("state-reason", "person")]
    owned = [("read", "conjoint-entry"), ("write", "conjoint-entry"), ("share", "conjoint-entry")]
    return owned if relation in ("partner", "shared") else []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize(("kind", "relation"), RELATIONS, ids=" ".join)
def test_a_desk_answers_every_cell_as_it_is_written_down(template, store, kind, relation, domain):
    ids, ava = template[1][domain], store.person("ava").id
    desk = store.desk_for(actor(kind, relation, domain))
    store.office.memory["reason"] = {"id": store.desk_for("cora").reasons()[0].id}
    asked = calls(desk, ava, domain, ids)
    if not (kind == "clinician" and relation in COLLAPSE):
        asked |= calls_of_the_whole(desk, ava, ids)
    for what in elsewhere(relation):
        asked.pop(what, None)

    found = {what: answer(store, relation, ask) for what, ask in asked.items()}

    wrong = {
        what: allowed
        for what, allowed in found.items()
        if allowed != ((kind, relation, domain, *what) in EXPECTED)
    }
    assert wrong == {}
    assert len(found) >= 24
