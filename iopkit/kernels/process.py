"""A forked kernel as its owner sees it: what ``subprocess.Popen`` offers, for a grandchild."""

import asyncio
import os
import select
import signal
import socket
import subprocess
from collections.abc import Mapping

from iopkit.kernels import wire


class ForkedProcess:
    """A running kernel. Its number stays its own, even after its end, until ``wait`` or ``close``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket, *, spare: bool = False) -> None:
        self.pid = pid
        self.spare = spare
        self.returncode: int | None = None
        self._line = line

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, or None while the process runs."""
        if self.returncode is None and self._readable(0):
            try:
                self.returncode = wire.receive(self._line)["ended"]
            except (wire.Closed, OSError):
                self.returncode = -signal.SIGKILL  # the warm parent is gone, and its forks with it
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once the process has ended; TimeoutExpired after ``timeout`` seconds."""
        if self.returncode is None:
            self._readable(timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("a forked kernel", timeout or 0)
        self.close()
        return code

    async def ended(self) -> int:
        """Return the exit code once the process has ended, without blocking the loop meanwhile."""
        loop = asyncio.get_running_loop()
        while (code := self.poll()) is None:
            own = os.dup(
                self._line.fileno()
            )  # a loop keeps one reader for each descriptor; others may wait too
            said = asyncio.Event()
            loop.add_reader(own, said.set)
            try:
                await said.wait()
            finally:
                loop.remove_reader(own)
                os.close(own)
        return code

    async def give(self, variables: Mapping[str, str]) -> bool:
        """Set variables in the environment of a spare, once; False when it has ended or is no spare."""
        if not self.spare:
            return False
        self.spare = False
        try:
            await wire.send_async(self._line, {"variables": dict(variables)})
            reply = await wire.receive_async(self._line)
        except wire.Closed:
            return False
        if "ended" in reply:
            self.returncode = reply["ended"]
        return "taken" in reply

    def send_signal(self, number: int) -> None:
        """Send a signal to the process; does nothing when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of the process: it is reaped if it has ended and killed if it has not."""
        if self.returncode is None and self.poll() is None:
            self.returncode = -signal.SIGKILL
        self._line.close()

    def __del__(self) -> None:
        line = getattr(self, "_line", None)
        if line is not None:
            line.close()  # a kernel that nobody holds any more ends

    def _readable(self, timeout: float | None) -> bool:
        waiting = select.poll()
        waiting.register(self._line, select.POLLIN)
        return bool(waiting.poll(None if timeout is None else timeout * 1000))
