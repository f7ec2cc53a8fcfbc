"""Files that the app hands out over the page's own line: one's own copy, a worksheet without a server."""

import io
import json
import re
import zipfile
from base64 import b64decode

import pytest
from conftest import Clinic, Clock

from iopkit.apps.handle import handle
from iopkit.apps.message import ACTION, Refused
from iopkit.apps.message_files import FileMade
from iopkit.apps.place import key
from iopkit.clinic import Desk


def act(desk: Desk, clock: Clock, **action: str) -> FileMade | Refused:
    reply = handle(desk, ACTION.validate_python({"id": "a1", **action}), now=clock())
    assert isinstance(reply, FileMade | Refused)
    return reply


def test_a_client_takes_their_own_copy(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)

    reply = act(desk, clock, kind="copy")

    assert isinstance(reply, FileMade)
    assert (reply.file, reply.media) == ("my-record.zip", "application/zip")
    assert "record.html" in zipfile.ZipFile(io.BytesIO(b64decode(reply.data))).namelist()
    assert ("You", "exported the record") in [(one.who, one.what) for one in desk.access_log()]


@pytest.mark.parametrize("who", ["ina", "cora"])
def test_staff_have_no_copy_to_take(clinic: Clinic, clock: Clock, who: str) -> None:
    reply = act(clinic.desk(getattr(clinic, who)), clock, kind="copy")

    assert isinstance(reply, Refused)
    assert reply.text == "Only a client takes a copy of their own record. Others export what they may."


def test_an_open_worksheet_is_taken_along_as_one_file(clinic: Clinic, clock: Clock) -> None:
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")

    reply = act(desk, clock, kind="offline", key=key(desk, "entry", draft.id))

    assert isinstance(reply, FileMade)
    page = b64decode(reply.data).decode()
    told = re.search(r'<script type="application/json" id="iopkit-offline">(.*?)</script>', page, re.S)
    assert told is not None
    data = json.loads(told[1])
    assert (data["worksheet"], data["version"], data["assignment"]) == ("mood-check", "1.0", None)
    assert "Ava" not in told[1]
    assert "default-src 'none'" in page


@pytest.mark.parametrize("worksheet", ["private-check-in", "sent"])
def test_what_a_partner_must_not_find_and_what_was_sent_stay_here(
    clinic: Clinic, clock: Clock, worksheet: str
) -> None:
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check" if worksheet == "sent" else worksheet)
    if worksheet == "sent":
        desk.save(draft.id, message_id="m", answers={"mood": 3}, changed=["mood"], base=0, submit=True)

    reply = act(desk, clock, kind="offline", key=key(desk, "entry", draft.id))

    assert isinstance(reply, Refused)
    assert reply.text == "This worksheet can only be filled in here."


def test_nobody_takes_another_ones_worksheet(clinic: Clinic, clock: Clock) -> None:
    ava, ben = clinic.desk(clinic.ava), clinic.desk(clinic.ben)
    draft = ava.draft("mood-check")

    replies = [
        act(ben, clock, kind="offline", key=key(ava, "entry", draft.id)),
        act(ben, clock, kind="offline", key=key(ben, "entry", draft.id)),
    ]

    assert [type(one) for one in replies] == [Refused, Refused]
