"""A kernel client that knows at once when a kernel is ready, where jupyter_client waits for silence."""

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_core.utils import ensure_async

FIRST_SECONDS, MOST_SECONDS = 0.02, 1.0
"""How long the kernel's own "idle" is waited for before it is asked again; doubled each time."""
REPLY_SECONDS = 60.0
"""How long a kernel that was heard may take to reply to the requests that it was sent besides."""


class ReadyClient(AsyncKernelClient):
    """Waits until a kernel answers and is heard on all channels, and not a moment longer.

    ``AsyncKernelClient`` waits for 0.2 s without output instead, each time. A kernel's first output may be
    lost while its channel is being joined; once its "idle" after a request of ours is heard, none is.
    """

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once the kernel is ready; RuntimeError when it died or took over ``timeout`` seconds."""
        end = float("inf") if timeout is None else time.monotonic() + timeout
        patience, asked = FIRST_SECONDS, [self.kernel_info()]
        while not await self._idle_after(asked, patience):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")
            patience = min(2 * patience, MOST_SECONDS)
            asked.append(self.kernel_info())
        await self._take_replies(set(asked))

    wait_for_ready = _async_wait_for_ready

    async def _idle_after(self, asked: list[Any], seconds: float) -> bool:
        """Return whether the kernel was heard to be idle after one of these requests."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                heard = await ensure_async(self.iopub_channel.get_msg(timeout=left))
            except Empty:
                return False
            ours = heard["parent_header"].get("msg_id") in asked
            if ours and heard["content"].get("execution_state") == "idle":
                return True
        return False

    async def _take_replies(self, asked: set[Any]) -> None:
        """Take the replies to these requests: they were sent before the "idle" that was heard."""
        while asked:
            reply = await ensure_async(self.shell_channel.get_msg(timeout=REPLY_SECONDS))
            asked.discard(reply["parent_header"].get("msg_id"))
            self._handle_kernel_info_reply(reply)
