"""A network in between: every byte takes its time, and the wire can be cut, or pulled out for a while."""

import asyncio
import threading
from types import TracebackType
from typing import Self

Chunk = tuple[float, bytes]
"""When some bytes arrive, and which; no bytes mean that this way is closed."""


TRICKLE = 0.05
"""Seconds between two drops where the network only trickles."""


class SlowNetwork:
    """A TCP relay to a port of this machine; each way takes ``seconds``, in order, at any rate.

    With ``rate`` no more than so many bytes a second go each way on each connection.
    """

    def __init__(self, port: int, seconds: float) -> None:
        self.target = port
        self.seconds = seconds
        self.rate = 0
        self.port = 0
        self.out = False
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def cut(self) -> None:
        """Break every connection that is open."""

        def cut() -> None:
            for writer in list(self._writers):
                writer.transport.abort()

        self._loop.call_soon_threadsafe(cut)

    def unplug(self) -> None:
        """Break every connection and let none in until ``plug``."""
        self.out = True
        self.cut()

    def plug(self) -> None:
        """Let connections in again."""
        self.out = False

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        self._relays: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for relay in self._relays:
            relay.cancel()
        await asyncio.gather(*self._relays, return_exceptions=True)

    def _accept(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        if self.out:
            near_out.transport.abort()
            return
        relay = asyncio.ensure_future(self._relay(near_in, near_out))
        self._relays.add(relay)
        relay.add_done_callback(self._relays.discard)

    async def _relay(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        try:
            far_in, far_out = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:  # nobody listens there
            near_out.transport.abort()
            return
        self._writers |= {near_out, far_out}
        try:
            await asyncio.gather(self._carry(near_in, far_out), self._carry(far_in, near_out))
        except OSError:
            pass
        finally:
            self._writers -= {near_out, far_out}
            near_out.transport.abort()
            far_out.transport.abort()

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        on_the_way: asyncio.Queue[Chunk] = asyncio.Queue()
        arriving = asyncio.ensure_future(self._deliver(on_the_way, sink))
        try:
            while data := await source.read(65536):
                on_the_way.put_nowait((self._loop.time() + self.seconds, data))
            on_the_way.put_nowait((self._loop.time() + self.seconds, b""))
            await arriving
        finally:
            arriving.cancel()

    async def _deliver(
        self, on_the_way: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter
    ) -> None:
        while True:
            due, data = await on_the_way.get()
            await asyncio.sleep(due - self._loop.time())
            if not data:
                sink.write_eof()
                return
            while (rate := self.rate) and data:
                piece = max(1, int(rate * TRICKLE))
                sink.write(data[:piece])
                await asyncio.sleep(TRICKLE)
                data = data[piece:]
            sink.write(data)
            await sink.drain()
