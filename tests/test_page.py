"""The page widget: messages in and out, nothing in its state that is not shown."""

import json
import re
from collections.abc import Iterator
from typing import Any

import comm
import pytest
from conftest import Clinic, Clock
from ipywidgets.comm import get_comm_manager
from shipped import THOUGHT, catalog, send

import iopkit
from iopkit.apps.place import key
from iopkit.apps.start import Conversation, make_page
from iopkit.errors import AccessError, NotFoundError, SignInError
from iopkit.widgets.page import PAGE_MIME, Page

__all__ = ["catalog"]


@pytest.fixture
def served(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """Yield a page whose wire leads nowhere; what another test loads of ipykernel would cut it."""
    monkeypatch.setattr(comm, "create_comm", comm.DummyComm)
    page = make_page(clinic.desk(clinic.ava), served=True)
    yield page
    page.close()


def test_under_the_server_the_view_travels_beside_the_widget_and_not_in_its_state(served: Page) -> None:
    data, _ = served._repr_mimebundle_()

    assert data[PAGE_MIME]["model"] == served.model_id
    assert data[PAGE_MIME]["view"]["body"]["name"] == "home"
    state = json.dumps({name: value for name, value in served.get_state().items() if name != "layout"})
    assert "Ava" not in state
    assert len(state) < 800


def test_in_jupyterlab_the_first_view_is_in_the_state_and_the_script_too(clinic: Clinic) -> None:
    page = make_page(clinic.desk(clinic.ava), served=False)

    greeting = page.get_state()["view"]["body"]["greeting"]
    assert re.fullmatch("Good (morning|afternoon|evening), Ava", greeting)
    assert len(page.get_state()["_esm"]) > 1000
    assert PAGE_MIME not in page._repr_mimebundle_()[0]
    page.close()


def test_a_message_from_the_browser_is_answered_on_the_same_channel(served: Page) -> None:
    sent: list[dict[str, Any]] = []
    served.comm.publish_msg = lambda kind, data=None, **_: sent.append(data)  # what a kernel puts on the wire

    for content in ({"kind": "ping", "id": "p1"}, {"kind": "nonsense"}):
        data = {"method": "custom", "content": content}
        served.comm.handle_msg({"content": {"data": data}, "buffers": []})

    assert sent == [{"method": "custom", "content": {"kind": "pong", "reply": "p1"}}]


def test_the_page_says_nothing_of_anybody_when_printed(served: Page) -> None:
    assert repr(served) == "Page()"
    assert served.model_id in {comm.comm_id for comm in get_comm_manager().comms.values()}


def test_every_message_and_view_is_plain_json(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    entry_id = send(desk, "thought-record", THOUGHT)
    conversation = Conversation(desk, clock)

    reply = conversation.reply({"kind": "open", "id": "o1", "key": key(desk, "entry", entry_id)})

    assert reply is not None
    assert json.loads(json.dumps(reply))["view"]["body"]["answers"] == THOUGHT


def test_a_page_for_another_role_is_refused(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    database = clinic.store.office.database
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(database.engine.url.database))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(clinic.store.key_file))
    monkeypatch.setenv("IOPKIT_FOR", "ava")

    with pytest.raises(AccessError, match=r"^This page is for clinicians\."):
        iopkit.app("clinician")
    with pytest.raises(AccessError, match=r"^This page is for coordinators\."):
        iopkit.app("coordinator")
    with pytest.raises(AccessError, match=r"^There is no app of that name\. There are: client, clinician, "):
        iopkit.app("visitor")
    with pytest.raises(NotFoundError):
        iopkit.show("no-such-worksheet")
    page = iopkit.app("client")
    assert page.view["body"]["name"] == "home"
    shown = iopkit.show("phq-9")
    assert shown.view["body"]["title"] == "PHQ-9"


def test_without_anybody_signed_in_there_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IOPKIT_TICKET", "IOPKIT_FOR", "IOPKIT_SERVER"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(SignInError):
        iopkit.app("client")


def test_alone_in_jupyterlab_a_worksheet_is_a_form_without_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("IOPKIT_TICKET", "IOPKIT_FOR", "IOPKIT_SERVER"):
        monkeypatch.delenv(name, raising=False)

    shown = iopkit.show("thought-record")

    assert type(shown).__name__ == "Form"
    shown.close()
