"""Messages arrive whole whatever their size and content, and the end of a line is no message."""

import asyncio
import socket
import threading

import pytest

from iopkit.kernels import wire


@pytest.fixture
def line():
    left, right = socket.socketpair()
    with left, right:
        yield left, right


@pytest.mark.parametrize(
    "message",
    [{}, {"ended": -9}, {"environment": {"ODD": "caf\udce9", "ÄÖ": "\n\0"}}],
    ids=["empty", "number", "not Unicode"],
)
def test_a_message_arrives_as_it_was_sent(line, message):
    wire.send(line[0], message)

    assert wire.receive(line[1]) == message


def test_a_message_larger_than_the_buffers_arrives_whole(line):
    large = {"x": "y" * 2_000_000}
    sender = threading.Thread(target=wire.send, args=(line[0], large))
    sender.start()

    received = wire.receive(line[1])
    sender.join()

    assert received == large


def test_messages_keep_their_order_and_borders(line):
    for number in range(3):
        wire.send(line[0], {"number": number})

    assert [wire.receive(line[1])["number"] for _ in range(3)] == [0, 1, 2]


def test_a_loop_sends_and_receives_without_standing_still(line):
    large = {"x": "y" * 1_000_000}
    for end in line:
        end.setblocking(False)

    async def exchange() -> dict[str, object]:
        sending = asyncio.ensure_future(wire.send_async(line[0], large))
        received = await wire.receive_async(line[1])
        await sending
        return received

    assert asyncio.run(exchange()) == large


def test_a_closed_line_is_told_while_listening_and_while_speaking(line):
    line[0].close()

    with pytest.raises(wire.Closed):
        wire.receive(line[1])
    with pytest.raises(wire.Closed):
        wire.send(line[1], {"x": "y" * 1_000_000})


def test_a_message_that_breaks_off_is_no_message(line):
    line[0].sendall(wire.pack({"a": "long one"})[:-3])
    line[0].close()

    with pytest.raises(wire.Closed):
        wire.receive(line[1])


def test_a_closed_line_is_told_in_a_loop(line):
    line[0].close()
    line[1].setblocking(False)

    with pytest.raises(wire.Closed):
        asyncio.run(wire.receive_async(line[1]))
    with pytest.raises(wire.Closed):
        asyncio.run(wire.send_async(line[1], {"x": "y" * 1_000_000}))
