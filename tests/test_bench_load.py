"""The load bench: sessions as pages have them, held in steps, until a save is felt."""

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from iopkit.bench import load
from iopkit.bench.load import ENOUGH_MS, FULL, QUICK, Session, Step, figures, frame
from iopkit.cli import app
from iopkit.errors import ServeError
from iopkit.server.frames import judge


def by_name(steps):
    return {figure.name: figure for figure in figures(steps)}


def test_the_largest_step_that_is_quick_enough_counts():
    steps = [Step(10, (20.0, 40.0), 300.0), Step(20, (50.0, 60.0), 620.0), Step(40, (300.0, 900.0), 1300.0)]

    found = by_name(steps)

    assert found["load.sessions"].value == 20
    assert found["load.sessions"].high == 40
    assert found["load.save.p95_ms"].value == 59.5
    assert found["load.session.megabytes"].value == 31.0


def test_when_no_step_is_quick_enough_none_is_held_and_the_time_is_told():
    found = by_name([Step(10, (ENOUGH_MS + 50, ENOUGH_MS + 150), 300.0)])

    assert found["load.sessions"].value == 0
    assert found["load.save.p95_ms"].value > ENOUGH_MS


@pytest.mark.parametrize("size", [QUICK, FULL])
def test_each_session_saves_at_least_once_in_each_step(size):
    assert size.seconds >= load.SAVE_SECONDS
    assert list(size.steps) == sorted(set(size.steps))


def test_what_a_session_sends_is_what_the_server_lets_pass():
    passed = judge(json.dumps(frame("c1", {"kind": "save", "id": "a1"})), protocol=None, comm="c1")

    assert passed.action == "save"
    assert passed.header["msg_id"] == "bench-a1"


class Wire:
    """A socket that was told what it will hear."""

    def __init__(self, *heard: dict | None) -> None:
        self.heard = [None if one is None else json.dumps(one) for one in heard]
        self.sent: list[dict] = []

    async def write_message(self, text: str) -> None:
        self.sent.append(json.loads(text))

    async def read_message(self) -> str | None:
        return self.heard.pop(0)


def said(content: dict) -> dict:
    return {"msg_type": "comm_msg", "content": {"comm_id": "c", "data": {"content": content}}}


@pytest.mark.anyio
async def test_a_session_waits_for_its_own_reply_and_goes_on_from_there():
    status = {"msg_type": "status", "content": {"execution_state": "busy"}}
    wire = Wire(
        status, said({"kind": "push", "reply": None}), said({"kind": "saved", "reply": "a1", "base": 7})
    )
    one = Session(wire, "c", key="k", base=3)

    await one.save()

    (sent,) = wire.sent
    action = sent["content"]["data"]["content"]
    assert (action["kind"], action["key"], action["base"]) == ("save", "k", 3)
    assert (one.base, len(one.saves)) == (7, 1)


@pytest.mark.anyio
async def test_a_save_that_is_refused_or_a_kernel_that_is_gone_is_no_measure():
    refused = Session(Wire(said({"kind": "refused", "reply": "a1"})), "c")
    gone = Session(Wire(None), "c")

    with pytest.raises(ServeError, match="refused"):
        await refused.save()
    with pytest.raises(ServeError, match="lost its kernel"):
        await gone.act({"kind": "ping"})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.slow
def test_the_smallest_run_prints_its_figures(monkeypatch):
    monkeypatch.setattr(load, "QUICK", replace(QUICK, steps=(1, 2), seconds=1.0))
    monkeypatch.setattr(load, "SAVE_SECONDS", 0.5)
    monkeypatch.setattr(load, "ENOUGH_MS", 1e9)

    done = CliRunner().invoke(app, ["bench", "load", "--json"], catch_exceptions=False)

    found = {figure["name"]: figure for figure in json.loads(done.stdout)["figures"]}
    assert found["load.sessions"]["value"] == 2
    assert found["load.save.p95_ms"]["n"] >= 4
    assert found["load.session.megabytes"]["value"] > 0
