"""What a page may say to its kernel, and everything else that it may not."""

import json

import pytest
from wire import V1, as_json, as_v1, hostile, message

from iopkit.server.frames import LARGEST, Allowance, DroppedError, judge

HOSTILE = list(hostile("page"))


@pytest.mark.parametrize(("protocol", "written"), [(None, as_json), (V1, as_v1)])
def test_a_pages_own_action_passes_in_both_wire_formats(protocol, written):
    frame = judge(written(message()), protocol=protocol, comm="page")

    assert frame.content == {
        "comm_id": "page",
        "data": {"method": "custom", "content": {"kind": "ping", "id": "a1"}},
    }
    assert frame.action == "ping"


@pytest.mark.parametrize(("protocol", "written"), [(None, as_json), (V1, as_v1)])
def test_a_question_for_the_kernels_version_passes_without_its_content(protocol, written):
    frame = judge(written(message("kernel_info_request", {"x": 1})), protocol=protocol, comm=None)

    assert frame.header["msg_type"] == "kernel_info_request"
    assert frame.content == {}


def test_only_the_message_id_and_the_session_of_a_header_are_kept():
    forged = message(header={"subshell_id": "other", "username": "root", "date": "1970", "version": "99"})

    frame = judge(as_json(forged), protocol=None, comm="page")

    kept = {name: value for name, value in frame.header.items() if name != "date"}
    assert kept == {
        "msg_id": "s-a1",
        "session": "s",
        "msg_type": "comm_msg",
        "username": "page",
        "version": "5.3",
    }
    assert frame.header["date"] != "1970"


def test_an_action_passes_whole_whatever_is_written_in_it():
    text = "emoji 🫶, right-to-left שלום, control \x07, <script>"
    action = {"kind": "save", "answers": {"a": text}}
    content = {"comm_id": "page", "data": {"method": "custom", "content": action}}

    frame = judge(as_v1(message(content=content)), protocol=V1, comm="page")

    assert frame.content["data"]["content"]["answers"]["a"] == text


@pytest.mark.parametrize(("protocol", "written"), [(None, as_json), (V1, as_v1)])
def test_half_a_character_is_replaced_so_that_the_rest_of_the_answer_arrives(protocol, written):
    action = {"kind": "save", "answers": {"a": "cut \ud83d off, \udc00, whole \U0001f600"}}
    content = {"comm_id": "page", "data": {"method": "custom", "content": action}}

    frame = judge(written(message(content=content)), protocol=protocol, comm="page")

    assert frame.content["data"]["content"]["answers"]["a"] == "cut \ufffd off, \ufffd, whole \U0001f600"


@pytest.mark.parametrize("protocol", [None, V1])
def test_none_of_two_hundred_hostile_frames_passes(protocol):
    passed = []
    for frame in HOSTILE:
        try:
            passed.append(judge(frame, protocol=protocol, comm="page"))
        except DroppedError:
            continue

    assert len(HOSTILE) > 200
    assert passed == []


def test_nothing_passes_to_a_comm_before_the_page_is_made():
    with pytest.raises(DroppedError, match="a comm that is not this page's"):
        judge(as_json(message(comm="page")), protocol=None, comm=None)


@pytest.mark.parametrize(("protocol", "written"), [(None, as_json), (V1, as_v1)])
def test_a_frame_over_512_kilobytes_is_dropped_unread(protocol, written):
    action = {"kind": "save", "answers": {"a": "x" * LARGEST}}
    content = {"comm_id": "page", "data": {"method": "custom", "content": action}}

    with pytest.raises(DroppedError, match="larger than 512 kB"):
        judge(written(message(content=content)), protocol=protocol, comm="page")


def test_buffers_are_dropped_in_both_formats():
    with_buffer = message() | {"buffers": ["x"]}
    parts = as_v1(message())
    seven = (7).to_bytes(8, "little") + parts[8:]

    for frame, protocol in ((as_json(with_buffer), None), (seven, V1), (b"\x00\x00\x00\x01", None)):
        with pytest.raises(DroppedError, match="buffers, which no page sends"):
            judge(frame, protocol=protocol, comm="page")


def test_the_reason_for_dropping_holds_nothing_that_stood_in_the_frame():
    for frame in HOSTILE:
        with pytest.raises(DroppedError) as caught:
            judge(frame, protocol=None, comm="page")

        assert str(caught.value) in {
            "malformed",
            "not on the shell channel",
            "a message type that no page sends",
            "a comm that is not this page's",
            "not a custom message",
            "buffers, which no page sends",
        }


def test_a_frame_shows_no_answer_when_it_is_printed():
    content = {"comm_id": "page", "data": {"method": "custom", "content": {"kind": "save", "a": "canary"}}}

    frame = judge(json.dumps(message(content=content)), protocol=None, comm="page")

    assert "canary" not in repr(frame)


def test_sixty_frames_at_once_then_twenty_a_second():
    allowance = Allowance(since=100.0)

    at_once = sum(allowance.take(100.0) for _ in range(100))
    a_second_later = sum(allowance.take(101.0) for _ in range(100))

    assert (at_once, a_second_later) == (60, 20)
    assert allowance.refused == 120
