"""Messages between a program and the kernels forked for it: JSON behind its length, of any size."""

import asyncio
import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


class Closed(Exception):  # noqa: N818  # a state of the line, not a mistake
    """The other end of the line is gone."""


def pack(message: dict[str, Any]) -> bytes:
    """Return a message as it goes over the line."""
    text = json.dumps(message).encode()  # plain ASCII: even what is not valid Unicode in a variable survives
    return _LENGTH.pack(len(text)) + text


def send(line: socket.socket, message: dict[str, Any]) -> None:
    """Send a message, waiting while the line is full; Closed when nobody listens any more."""
    try:
        line.sendall(pack(message))
    except OSError as error:
        raise Closed from error


def receive(line: socket.socket) -> dict[str, Any]:
    """Return the next message, waiting for it; Closed when none will come."""
    (length,) = _LENGTH.unpack(_read(line, _LENGTH.size))
    return _decoded(_read(line, length))


async def send_async(line: socket.socket, message: dict[str, Any]) -> None:
    """Send a message over a non-blocking line; Closed when nobody listens any more."""
    try:
        await asyncio.get_running_loop().sock_sendall(line, pack(message))
    except OSError as error:
        raise Closed from error


async def receive_async(line: socket.socket) -> dict[str, Any]:
    """Return the next message of a non-blocking line; Closed when none will come."""
    (length,) = _LENGTH.unpack(await _read_async(line, _LENGTH.size))
    return _decoded(await _read_async(line, length))


def _read(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = line.recv(size - len(parts))
        except ConnectionError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts += part
    return bytes(parts)


async def _read_async(line: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = await asyncio.get_running_loop().sock_recv(line, size - len(parts))
        except ConnectionError as error:
            raise Closed from error
        if not part:
            raise Closed
        parts += part
    return bytes(parts)


def _decoded(text: bytes) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(text)
    return message
