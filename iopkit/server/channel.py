"""The websocket between a page and its kernel: what comes in is judged, what goes out is of use to a page."""

import asyncio
import time
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.web import HTTPError

from iopkit.server.frames import ACTIVE, Allowance, DroppedError, judge
from iopkit.server.kernels import KERNEL_GONE

FLOOD = 1008
"""A socket that goes on sending more than it may is closed with this."""

_SHOWN = frozenset({"comm_msg", "comm_close", "kernel_info_reply", "status"})
_REFUSED_MOST = 400
_SAVES_MOST = 100
"""Saves of one socket that are timed at once; one that is never replied to stays in their number."""


class PageConnection(ZMQChannelsWebsocketConnection):
    """Passes on what a page may say (see ``frames``), and back only replies to it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.allowance = Allowance()
        self._saves: dict[str, float] = {}

    async def prepare(self) -> None:
        """Wait until the kernel answers, but not for one that ends meanwhile: the page then asks anew."""
        opening = asyncio.ensure_future(super().prepare())
        ending = asyncio.ensure_future(self.multi_kernel_manager.ended(self.kernel_id))
        try:
            await asyncio.wait({opening, ending}, return_when=asyncio.FIRST_COMPLETED)
            if ending.done():
                raise HTTPError(403)
            await opening
        except BaseException:
            opening.cancel()
            if self.kernel_info_channel is not None and not self.kernel_info_channel.closed():
                self.kernel_info_channel.close()
            raise
        finally:
            ending.cancel()

    def connect(self) -> Any:
        """Open the channels to the kernel, and count this browser among those that look at it."""
        connected = super().connect()
        if not self.multi_kernel_manager.joined(self):
            self.websocket_handler.close(KERNEL_GONE)
        return connected

    def disconnect(self) -> None:  # type: ignore[override]  # its parent's is not async either, whatever the base says
        """Close the channels."""
        super().disconnect()
        self.multi_kernel_manager.parted(self, self.websocket_handler.close_code)

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Send a frame to the kernel when it may pass; say nothing when it may not."""
        if not self.channels:
            return
        if not self.allowance.take():
            if self.allowance.refused > _REFUSED_MOST:
                self.websocket_handler.close(FLOOD)
            return
        kernels = self.multi_kernel_manager
        try:
            frame = judge(incoming_msg, protocol=self.subprotocol, comm=kernels.comm(self.kernel_id))
            parts = [self.session.pack(part) for part in (frame.header, {}, {}, frame.content)]
        except (DroppedError, RecursionError) as reason:
            self.log.info("frame dropped: %s", type(reason).__name__)
            return
        if frame.action in ACTIVE:
            kernels.active(self.kernel_id)
        if frame.action == "save" and len(self._saves) < _SAVES_MOST:
            self._saves[frame.header["msg_id"]] = time.monotonic()
        self.session.send_raw(self.channels["shell"], parts)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Send to the page what it can use; output, tracebacks and other comms' openings stay here."""
        _, parts = self.session.feed_identities(outgoing_msg)
        kind = self.session.unpack(parts[1]).get("msg_type")
        if kind == "comm_msg" and self._saves:
            asked = self._saves.pop(self.session.unpack(parts[2]).get("msg_id", ""), None)
            if asked is not None:
                self.multi_kernel_manager.server.metrics.save_times.note(time.monotonic() - asked)
        if kind in _SHOWN:
            super().handle_outgoing_message(stream, outgoing_msg)
