"""Joint work: what comes before it, what both own, and a pause that a partner cannot tell from nothing."""

from datetime import date

import pytest

from iopkit.apps.handle import handle
from iopkit.apps.message import Open, Ping, Save
from iopkit.apps.router import make_view
from iopkit.errors import AccessError, AnswerError, IopkitError, NotFoundError

START, UNTIL = date(2026, 3, 13), date(2026, 6, 30)
SAFE = {"alone": "yes", "afraid": "never"}
AFRAID = {"alone": "yes", "afraid": "often", "note": "please help"}


def check_in(store, user, answers, *, submit=True, message="check"):
    desk = store.desk_for(user)
    draft = desk.draft("private-check-in")
    desk.save(draft.id, message_id=message, answers=answers, changed=answers, base=draft.base, submit=submit)
    return draft.id


def prepare(store, *users, answers=SAFE):
    for user in users:
        store.desk_for(user).see_secrets_policy()
        check_in(store, user, answers)


def give(store, user="ava"):
    client = store.person(user)
    return store.desk_for("cole").assign(client.id, "talk-plan", "couples", note="Please.", starts=START)


def seen(store, user="ava"):
    return [one.worksheet_id for one in store.desk_for(user).assignments(store.person(user).id)]


def test_joint_work_waits_for_policy_and_check_in_of_both(clinic, store):
    give(store)
    found = [seen(store)]
    for user in ("ava", "ben"):
        store.desk_for(user).see_secrets_policy()
        found.append(seen(store))
        check_in(store, user, SAFE)
        found.append(seen(store))

    assert found == [[], [], [], [], ["talk-plan"]]


def test_a_check_in_that_was_not_alone_does_not_count(clinic, store):
    give(store)
    prepare(store, "ava")
    store.desk_for("ben").see_secrets_policy()
    check_in(store, "ben", {"alone": "no"})

    assert seen(store) == []


def test_a_changed_policy_is_shown_again_before_joint_work(clinic, store):
    give(store)
    prepare(store, "ava", "ben")
    store.desk_for("cora").change_program("secrets-policy", "none")

    before = seen(store), store.desk_for("ava").secrets_policy()
    for user in ("ava", "ben"):
        store.desk_for(user).see_secrets_policy()

    assert before[0] == []
    assert (before[1].value, before[1].seen) == ("none", False)
    assert "is not kept from the other" in before[1].text
    assert seen(store) == ["talk-plan"]


def test_a_client_without_a_partner_here_has_joint_worksheets_as_any_other(clinic, store):
    store.treat(clinic.cam.id, clinic.cole.id, "couples", date(2026, 3, 2))
    given = give(store, "cam")

    assert seen(store, "cam") == ["talk-plan"]
    assert store.desk_for("cam").draft("talk-plan", assignment_id=given.id).status == "draft"
    assert store.desk_for("cam").preparation() is None


def test_a_pause_takes_tasks_and_drafts_away_and_the_therapist_brings_them_back(clinic, store):
    given = give(store)
    prepare(store, "ava", "ben")
    draft = store.desk_for("ava").draft("talk-plan", assignment_id=given.id)
    store.desk_for("ina").pause_couple(clinic.ava.id)

    ava = store.desk_for("ava")
    during = seen(store), ava.drafts()
    for call in (
        lambda: ava.entry(draft.id),
        lambda: ava.draft("talk-plan", assignment_id=given.id),
        lambda: ava.save(draft.id, message_id="x", answers={"topic": "a"}, changed=["topic"], base=0),
    ):
        with pytest.raises(NotFoundError):
            call()
    state = store.desk_for("cole").joint_work(clinic.ben.id)
    with pytest.raises(AccessError):
        store.desk_for("ina").resume_couple(clinic.ava.id)
    after = store.desk_for("cole").resume_couple(clinic.ava.id)

    assert during == ([], [])
    assert (state.paused_by, state.open, after.open, after.paused_at) == ("Ina Invented", False, True, None)
    assert (seen(store), [one.id for one in ava.drafts()]) == (["talk-plan"], [draft.id])


@pytest.mark.parametrize("submit", [True, False])
def test_a_positive_check_in_pauses_by_itself_already_as_a_draft(clinic, store, submit):
    give(store)
    prepare(store, "ava", "ben")
    check_in(store, "ben", AFRAID, submit=submit, message="again")

    state = store.desk_for("cole").joint_work(clinic.ava.id)

    assert (seen(store), state.open, state.paused_by) == ([], False, None)
    assert state.paused_at is not None
    check_in(store, "ben", SAFE, message="and again")
    assert seen(store) == []


@pytest.mark.parametrize("who", ["ava", "ben", "cora", "sue", "ina"])
def test_only_the_couples_therapist_sees_how_far_joint_work_is(clinic, store, who):
    with pytest.raises(AccessError):
        store.desk_for(who).joint_work(clinic.ava.id)


@pytest.mark.parametrize("who", ["ava", "ben", "cora"])
def test_clients_and_coordinator_pause_nothing(clinic, store, who):
    with pytest.raises(AccessError):
        store.desk_for(who).pause_couple(clinic.ava.id)


def test_a_check_in_is_for_the_couples_therapist_and_cannot_be_shared(clinic, store):
    entry = check_in(store, "ben", AFRAID)

    assert store.desk_for("cole").entry(entry).answers == AFRAID
    assert store.desk_for("ben").entry(entry).answers == AFRAID
    for who in ("ava", "ina", "sue", "cora"):
        with pytest.raises(NotFoundError):
            store.desk_for(who).entry(entry)
    for person in (clinic.ava, clinic.cole):
        with pytest.raises(NotFoundError):
            store.desk_for("ben").share(entry, person.id)


def conjoint(store, given):
    ava, ben = store.desk_for("ava"), store.desk_for("ben")
    draft = ava.conjoint_draft("talk-plan", given["ava"].id)
    ava.save(draft.id, message_id="a", answers={"topic": "chores"}, changed=["topic"], base=0)
    same = ben.conjoint_draft("talk-plan", given["ben"].id)
    assert same.id == draft.id
    answers = {**same.answers, "heard": 7}
    return ben.save(
        draft.id, message_id="b", answers=answers, changed=["heard"], base=same.base, submit=True
    ).entry


@pytest.fixture
def both(clinic, store):
    given = {user: give(store, user) for user in ("ava", "ben")}
    prepare(store, "ava", "ben")
    return conjoint(store, given)


def test_both_partners_write_and_own_one_entry(clinic, store, both):
    assert both.answers == {"topic": "chores", "heard": 7}
    for who, client in (("ava", clinic.ava), ("ben", clinic.ben), ("cole", clinic.ava), ("cole", clinic.ben)):
        assert [one.id for one in store.desk_for(who).conjoint(client.id)] == [both.id]
        assert store.desk_for(who).entry(both.id).couple_id == both.couple_id
    for who in ("ina", "sue", "cora", "cam"):
        with pytest.raises(NotFoundError):
            store.desk_for(who).entry(both.id)
        with pytest.raises(AccessError):
            store.desk_for(who).conjoint(clinic.ava.id)
    assert [one.worksheet_id for one in store.desk_for("ava").entries(clinic.ava.id)] == ["private-check-in"]
    assert store.prove().fault == ""
    store.rotate_keys()
    assert store.desk_for("ben").entry(both.id).answers == both.answers


def test_a_therapist_of_one_partner_alone_does_not_read_what_both_own(clinic, store, both):
    store.add_person("clinician", "dee", "Dee Invented", zone="UTC", domains=["couples"])
    store.treat(clinic.ava.id, "dee", "couples", date(2026, 3, 2))

    with pytest.raises(NotFoundError):
        store.desk_for("dee").entry(both.id)
    with pytest.raises(AccessError):
        store.desk_for("dee").conjoint(clinic.ava.id)


def test_the_couples_record_leaves_only_with_both_signatures(clinic, store, both):
    ava, ben = store.desk_for("ava"), store.desk_for("ben")
    terms = {"purpose": "our new therapist", "until": UNTIL}
    refused = []

    def leave():
        try:
            return [one.id for one in ava.release("Dr. Known  Elsewhere")]
        except AccessError as error:
            refused.append(str(error))

    first = leave()
    mine = ava.sign_release("Dr. Known Elsewhere", **terms, signature="Ava Example")
    second = leave()
    ben.sign_release("Somebody else", **terms, signature="Ben Example")
    third = leave()
    ben.sign_release("dr. known elsewhere", **terms, signature="Ben Example")
    fourth = leave()
    ava.revoke(mine.id)
    fifth = leave()

    assert (first, second, third, fourth, fifth) == (None, None, None, [both.id], None)
    assert len(refused) == 4
    assert all("only with both signatures" in one for one in refused)
    assert [one.recipient for one in ben.disclosures(clinic.ben.id)].count("dr. known elsewhere") == 1
    with pytest.raises(AccessError):
        store.desk_for("cole").release("Dr. Known Elsewhere")
    with pytest.raises(AnswerError):
        ava.release(" ")


def reachable(store, user, ids, briefly=()):
    """Return every byte that a partner can get: each view, and each reply of a page and of a desk.

    What is asked ``briefly`` is asked once at each door that leads to an entry, and not by addresses that
    name no place: those are the same for every id.
    """
    desk, me = store.desk_for(user), store.person(user).id
    other = store.person("ava" if user == "ben" else "ben").id
    now = store.office.now()
    places = [f"{name}:{one}" for one in ids for name in ("worksheet", "entry", "assignment")]
    places += [f"worksheet:talk-plan:{one}" for one in ids]
    found = [make_view(desk, key, now=now).model_dump_json() for key in ("", desk.seal("made up"))]
    for name in (f"{way}:{one}" for one in briefly for way in ("entry", "worksheet:talk-plan")):
        key = desk.seal(name)
        found.append(handle(desk, Open(id="o", key=key), now=now).model_dump_json())
        save = Save(id="s", key=key, answers={"topic": "a"}, changed=["topic"], base=0, submit=True)
        found.append(handle(desk, save, now=now).model_dump_json())
    ids = [*ids, *briefly]
    for name in ("home", "history", "worksheet:talk-plan", "worksheet:private-check-in", *places):
        key = desk.seal(name)
        found.append(make_view(desk, key, now=now).model_dump_json())
        found.append(handle(desk, Open(id="o", key=key), now=now).model_dump_json())
        answers = {"topic": "a"}
        save = Save(id="s", key=key, answers=answers, changed=["topic"], base=0, submit=True)
        found.append(handle(desk, save, now=now).model_dump_json())
    found.append(handle(desk, Ping(id="p"), now=now).model_dump_json())
    calls = {
        name: [getattr(desk, name)]
        for name in (
            "clients", "drafts", "alerts", "shared", "consents", "reasons", "preparation", "secrets_policy",
            "access_log", "worksheets",
        )
    }  # fmt: skip
    for name in (
        "entries", "assignments", "client", "care_team", "partner", "alerts", "conjoint", "joint_work",
        "notes", "reviews", "shares", "who_sees", "disclosures", "consents", "reasons", "pause_couple",
        "resume_couple",
    ):  # fmt: skip
        calls[f"{name} of"] = [lambda one=one, name=name: getattr(desk, name)(one) for one in (me, other)]
    calls["joint draft"] = [
        lambda: desk.draft("talk-plan"),
        *[lambda one=one: desk.draft("talk-plan", assignment_id=one) for one in ids],
        *[lambda one=one: desk.conjoint_draft("talk-plan", one) for one in ids],
        *[lambda one=one: desk.entry(one) for one in ids],
        lambda: desk.release("anybody"),
    ]
    return found + [(name, said(call)) for name, list_ in calls.items() for call in list_]


def said(call):
    try:
        return everything(call())
    except IopkitError as error:
        return f"{type(error).__name__}: {error} {error.__dict__}"


def everything(value):
    """Return a value with all that its repr hides."""
    if isinstance(value, list | tuple | frozenset | set):
        return f"[{' '.join(map(everything, value))}]"
    if isinstance(value, dict):
        return " ".join(f"{everything(key)} {everything(one)}" for key, one in value.items())
    if hasattr(value, "__dataclass_fields__"):
        return " ".join(f"{name}={everything(getattr(value, name))}" for name in value.__dataclass_fields__)
    return str(value)


def nothing(store):
    """Ben has not come yet: he has neither seen the policy nor answered his check-in."""


def half(store):
    store.desk_for("ben").see_secrets_policy()


def afraid(store):
    prepare(store, "ben", answers=AFRAID)


def afraid_in_a_draft(store):
    store.desk_for("ben").see_secrets_policy()
    check_in(store, "ben", AFRAID, submit=False)


def paused(store):
    prepare(store, "ben")
    store.desk_for("cole").pause_couple(store.person("ben").id)


def paused_by_another(store):
    prepare(store, "ben")
    store.desk_for("ina").pause_couple(store.person("ava").id)


def paused_twice(store):
    afraid(store)
    store.desk_for("cole").pause_couple(store.person("ben").id)


WORLDS = (half, afraid, afraid_in_a_draft, paused, paused_by_another, paused_twice)


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.__name__)
def test_a_partner_gets_the_same_bytes_whatever_the_reason_why_joint_work_is_absent(clinic, store, world):
    given = [give(store, user).id for user in ("ava", "ben")]
    prepare(store, "ava")

    reachable(store, "ava", given)  # looking around begins drafts of her own; the second look changes nothing
    before = reachable(store, "ava", given)
    world(store)
    after = reachable(store, "ava", given)

    assert seen(store) == []
    assert without_own_looks(after) == without_own_looks(before)


def without_own_looks(found):
    """Leave out the lines of the log that the first look itself has added."""
    return [one for one in found if not (isinstance(one, tuple) and one[0] == "access_log")]


def test_the_log_of_a_partner_says_nothing_of_a_pause_or_the_others_check_in(clinic, store):
    give(store)
    prepare(store, "ava")
    log = everything(store.desk_for("ava").access_log())

    paused_twice(store)

    assert everything(store.desk_for("ava").access_log()) == log


def test_taking_a_share_back_leaves_the_partner_with_what_they_had_before(clinic, store):
    desk = store.desk_for("ben")
    draft = desk.draft("mood-check")
    answers = {"mood": 3, "note": "for her eyes"}
    desk.save(draft.id, message_id="m", answers=answers, changed=answers, base=0, submit=True)
    reachable(store, "ava", [draft.id])
    before = without_own_looks(reachable(store, "ava", [draft.id]))

    share = desk.share(draft.id, clinic.ava.id)
    during = without_own_looks(reachable(store, "ava", [draft.id]))
    desk.unshare(share.id)

    assert "for her eyes" in str(during)
    assert without_own_looks(reachable(store, "ava", [draft.id])) == before
