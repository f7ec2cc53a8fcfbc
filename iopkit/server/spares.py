"""Kernels that wait for whoever comes next: started, with nobody's data and no ticket, so that no page waits.

A spare is forked from the warm parent and has everything but its owner. It gets its ticket over the private
line to its process, once, and from then on is a kernel like any other. Where kernels are not forked there are
no spares: such a line exists for forks only.
"""

import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from iopkit.kernels.process import ForkedProcess

Start = Callable[[str], Awaitable[Any]]
"""Starts the kernel of an id and returns its process, when it has one that can be given something later."""
End = Callable[[str], Awaitable[None]]

TRY_AGAIN_SECONDS = 30.0


class Spares:
    """The kernels of a server that belong to nobody yet, at most ``wanted``."""

    def __init__(self, wanted: int, start: Start, end: End) -> None:
        self._wanted = wanted
        self._start = start
        self._end = end
        self._waiting: dict[str, ForkedProcess] = {}
        self._filling = False
        self._not_before = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, kernel_id: object) -> bool:
        return kernel_id in self._waiting

    def take(self) -> tuple[str, ForkedProcess] | None:
        """Return the spare that has waited longest, which waits no more; None when there is none."""
        for kernel_id in list(self._waiting):
            process = self._waiting.pop(kernel_id)
            if process.poll() is None:
                return kernel_id, process
        return None

    async def refill(self) -> None:
        """Start what is missing; kernels that are not forked are ended again, and tried again later."""
        if self._filling or time.monotonic() < self._not_before:
            return
        self._filling = True
        try:
            while len(self._waiting) < self._wanted:
                kernel_id = str(uuid.uuid4())
                process = await self._start(kernel_id)
                if not isinstance(process, ForkedProcess):
                    self._not_before = time.monotonic() + TRY_AGAIN_SECONDS
                    await self._end(kernel_id)
                    return
                self._waiting[kernel_id] = process
        finally:
            self._filling = False

    async def drop(self, kernel_id: str) -> None:
        """End one spare, if it is one."""
        if self._waiting.pop(kernel_id, None) is not None:
            await self._end(kernel_id)

    async def drop_dead(self) -> None:
        """Let go of the spares that ended by themselves."""
        for kernel_id, process in list(self._waiting.items()):
            if process.poll() is not None:
                await self.drop(kernel_id)

    async def close(self) -> None:
        """End all spares, and start no more."""
        self._wanted = 0
        for kernel_id in list(self._waiting):
            await self.drop(kernel_id)
