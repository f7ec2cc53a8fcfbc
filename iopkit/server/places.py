"""Places for kernels: there are so many, and a kernel that is ending keeps its own until its process is gone.

Who may have a page is decided elsewhere, at once (``kernels.py``). Here only its process waits: without that,
the kernel that must make room and the one that it makes room for would run side by side for a moment.
"""

import asyncio


class Places:
    """So many kernels of people run at one time, and no more; ``most`` is how many ever did."""

    def __init__(self, count: int) -> None:
        self.most = 0
        self._free = asyncio.Semaphore(count)
        self._taken: set[str] = set()

    def __len__(self) -> int:
        return len(self._taken)

    async def take(self, kernel_id: str) -> None:
        """Return when this kernel has a place."""
        await self._free.acquire()
        self._taken.add(kernel_id)
        self.most = max(self.most, len(self._taken))

    def leave(self, kernel_id: str) -> None:
        """Give the place of a kernel whose process is gone to the next; does nothing when it has none."""
        if kernel_id in self._taken:
            self._taken.remove(kernel_id)
            self._free.release()
