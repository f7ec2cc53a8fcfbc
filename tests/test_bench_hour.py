"""The group hour: who saves waits for it, and what is lost is found."""

import json

import pytest
from typer.testing import CliRunner

from iopkit.bench import hour
from iopkit.bench.hour import (
    FULL,
    QUICK,
    Hour,
    Person,
    Size,
    figures,
    group_hour,
    missing,
    saved,
    written,
)
from iopkit.cli import app
from iopkit.errors import ServeError


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def somebody(app: str = "client") -> Person:
    return Person("came0", app, "token", "key", "entry")


class Page:
    """A page whose kernel says what it was told to say."""

    def __init__(self, *replies: dict) -> None:
        self.base, self.replies, self.sent = 0, list(replies), []

    async def act(self, action: dict) -> dict:
        self.sent.append(action)
        return self.replies.pop(0)


def test_the_hour_that_is_promised_is_the_full_one():
    assert Size(clients=30, clinicians=6, pace=2.0, seconds=600.0) == FULL
    assert QUICK.seconds <= 60


@pytest.mark.anyio
async def test_a_save_is_on_the_clock_until_it_is_stored_and_goes_on_from_there(monkeypatch):
    monkeypatch.setattr(hour, "AGAIN_SECONDS", 0.05)
    one = somebody()
    page = Page(
        {"kind": "refused", "again": True}, {"kind": "saved", "base": 7}, {"kind": "saved", "base": 8}
    )

    await saved(one, page)
    await saved(one, page)

    assert [each["base"] for each in page.sent] == [0, 0, 7]
    assert page.sent[0] == page.sent[1] != page.sent[2]
    assert (page.base, len(one.took)) == (8, 2)
    assert one.took[0] >= 50 > 0


@pytest.mark.anyio
async def test_a_save_that_is_refused_for_good_is_no_measure():
    with pytest.raises(ServeError, match="refused"):
        await saved(somebody(), Page({"kind": "refused", "again": False}))


@pytest.mark.anyio
async def test_a_clinician_saves_notes_and_keeps_to_the_pace():
    one = somebody("clinician")
    page = Page(*[{"kind": "view", "view": {}}] * 3)

    await written(one, page, Size(pace=0.05, seconds=0.14), late=0.0)

    assert [(each["kind"], each["key"]) for each in page.sent] == [("note", "key")] * 3
    assert len({each["text"] for each in page.sent}) == 3


def test_what_was_called_stored_and_is_not_there_is_lost(clinic, store, monkeypatch):
    monkeypatch.setattr(hour, "ITEM", "note")
    desk = store.desk_for("ava")
    entry = desk.draft("mood-check")
    one = Person("ava", "client", "", "", entry.id)
    for number in range(3):
        answers = one.action(number, 0)["answers"]
        desk.save(entry.id, message_id=f"m{number}", answers=answers, changed=answers, base=number)

    one.took += [1.0] * 3
    whole = missing(store, one)
    one.took.append(1.0)
    answers = {"note": "what nobody wrote"}
    desk.save(entry.id, message_id="other", answers=answers, changed=answers, base=3)

    assert (whole, missing(store, one)) == (0, 1)


def test_a_note_that_was_called_stored_and_is_not_there_is_lost(clinic, store):
    desk = store.desk_for("ava")
    entry = desk.draft("mood-check")
    answers = {"mood": 5}
    sent = {"answers": answers, "changed": answers, "base": 0, "submit": True}
    desk.save(entry.id, message_id="m0", **sent)
    one = Person("ina", "clinician", "", "", entry.id, took=[1.0, 1.0])
    store.desk_for("ina").note(clinic.ava.id, "individual", "kept", entry_id=entry.id)

    assert missing(store, one) == 1


def test_the_figures_are_the_promised_percentiles_and_the_counts():
    found = {each.name: each for each in figures(Hour(tuple(float(each) for each in range(1, 101)), lost=2))}

    assert list(found) == [
        "hour.save.p50_ms",
        "hour.save.p95_ms",
        "hour.save.p99_ms",
        "hour.saves",
        "hour.lost",
    ]
    assert (found["hour.save.p95_ms"].value, found["hour.save.p99_ms"].value) == (95.0, 99.0)
    assert (found["hour.save.p99_ms"].low, found["hour.save.p99_ms"].high) == (1.0, 100.0)
    assert (found["hour.saves"].value, found["hour.lost"].value) == (100, 2)


@pytest.mark.slow
def test_a_short_hour_through_the_real_server_loses_nothing(monkeypatch):
    small = Size(clients=5, clinicians=2, pace=0.5, seconds=5.0)
    monkeypatch.setattr(hour, "QUICK", small)

    done = CliRunner().invoke(app, ["bench", "hour", "--json"], catch_exceptions=False)

    found = {each["name"]: each["value"] for each in json.loads(done.stdout)["figures"]}
    assert found["hour.lost"] == 0
    assert found["hour.saves"] >= 2 * (small.clients + small.clinicians)
    assert found["hour.save.p50_ms"] <= found["hour.save.p95_ms"] <= found["hour.save.p99_ms"]


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_whole_group_hour_loses_nothing(record_property):
    measured = group_hour(FULL)

    for each in figures(measured):
        record_property(each.name, each.value)
    assert measured.lost == 0
    assert len(measured.took) > 5_000
