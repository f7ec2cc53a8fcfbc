"""Two partners write for an hour, at random; neither sees by any call of a desk what the other wrote."""

from random import Random

import pytest

from iopkit.errors import IopkitError

STEPS = 150


def look(desk, own, other, seen_ids):
    """Try every way of reading that a desk has; returns all that came back, errors included, as text."""
    calls = [
        desk.clients,
        desk.drafts,
        desk.alerts,
        *[
            lambda call=call, one=one: call(one)
            for call in (desk.entries, desk.assignments)
            for one in (own, other)
        ],
        *[lambda call=call: call(other) for call in (desk.client, desk.care_team, desk.partner, desk.alerts)],
        lambda: desk.entries_of([own, other]),
        *[lambda one=one: desk.entry(one) for one in seen_ids],
        *[lambda one=one: desk.mark_read(one) for one in seen_ids],
    ]
    found = []
    for call in calls:
        try:
            found.append(call())
        except IopkitError as error:
            found.append((type(error).__name__, str(error), error.__dict__))
    return "\n".join(everything(one) for one in found)


def everything(value):
    """Return a value with all that its repr hides."""
    if isinstance(value, list | tuple):
        return " ".join(map(everything, value))
    if isinstance(value, dict):
        return " ".join(f"{everything(key)} {everything(one)}" for key, one in value.items())
    if hasattr(value, "__dataclass_fields__"):
        return " ".join(everything(getattr(value, name)) for name in value.__dataclass_fields__)
    return str(value)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_partner_never_reads_what_the_other_wrote(clinic, store, clock, seed):
    chance, written, ids = Random(seed), {"ava": [], "ben": []}, {"ava": set(), "ben": set()}
    people = {"ava": clinic.ava, "ben": clinic.ben}

    for step in range(STEPS):
        who, other = chance.sample(["ava", "ben"], 2)
        desk = store.desk_for(who)
        clock.pass_(seconds=chance.randint(1, 40))
        if chance.random() < 0.8:
            secret = f"{who}secret{step}"
            draft = desk.draft(chance.choice(["mood-check", "urge-note"]))
            answers = {"note": secret}
            if draft.worksheet_id == "mood-check":
                answers |= {"mood": chance.randint(0, 10), "hopeless": chance.randint(0, 2)}
            submit = chance.random() < 0.4
            desk.save(draft.id, message_id=str(step), answers=answers, changed=answers, base=0, submit=submit)
            written[who].append(secret)
            ids[who].add(draft.id)
        elif step % 3 == 0:
            shown = look(desk, people[who].id, people[other].id, sorted(ids[other]))
            assert f"{other}secret" not in shown
            assert not any(one in shown for one in ids[other])

    for who, other in (("ava", "ben"), ("ben", "ava")):
        shown = look(store.desk_for(who), people[who].id, people[other].id, sorted(ids[other]))
        assert f"{other}secret" not in shown
        assert len(written[who]) > 20
        assert f"{who}secret" in shown
    assert store.verify() is None
