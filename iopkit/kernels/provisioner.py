"""The provisioner: kernels are forked from a warm parent where that works, elsewhere started as ever."""

import asyncio
import contextlib
import functools
import os
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Float, List, Unicode

from iopkit.kernels import wire
from iopkit.kernels.parents import NotForked, Recipe, unavailable, warm_parents
from iopkit.kernels.process import ForkedProcess

_LAUNCHER = ["-m", "ipykernel_launcher"]
_UNDERSTOOD = {"env", "cwd", "stdin", "stdout", "stderr", "independent", "kernel_id", "extra_arguments"}


@dataclass(frozen=True)
class Status:
    """How kernels start here: ``forked`` with an empty ``reason``, or the ordinary way and why."""

    forked: bool
    reason: str
    started_forked: int
    started_ordinarily: int
    missing: tuple[str, ...]


class Tally:
    """Counts how the kernels of this process were started."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.started: Counter[bool] = Counter()
        self.reason = ""

    def note(self, *, forked: bool, reason: str = "") -> None:
        """Count one kernel; ``reason`` is why it was not forked."""
        with self._lock:
            self.started[forked] += 1
            self.reason = reason


@functools.cache
def _tally() -> Tally:
    return Tally()


def status() -> Status:
    """Return how kernels start in this process, and why not by a fork if the last one was not."""
    tally, started = _tally(), _tally().started
    reason = unavailable() or tally.reason
    missing = {name for parent in warm_parents().all() if parent.is_warm() for name in parent.missing}
    return Status(not reason, reason, started[True], started[False], tuple(sorted(missing)))


def warm_up(spec: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> str:
    """Start the warm parent for kernels of a kernelspec ahead of the first; return why not, or nothing.

    ``environment`` is that of the kernels to come, where it differs from this process's own.
    """
    environment = os.environ if environment is None else environment
    try:
        if reason := unavailable():
            raise NotForked(reason)
        python, _ = _split(spec["argv"])
        modules = spec["metadata"]["kernel_provisioner"]["config"]["modules"]
        warm_parents().ready(Recipe.of(python, modules, environment), environment)
    except NotForked as reason:
        return str(reason)
    return ""


class ForkProvisioner(LocalProvisioner):
    """Starts kernels as forks of a warm parent; as ``LocalProvisioner`` does where that is not possible."""

    modules = List(Unicode(), help="what the warm parent imports before it forks").tag(config=True)
    patience = Float(30.0, help="seconds to wait for a fork before starting the ordinary way").tag(
        config=True
    )
    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:  # noqa: ANN401  # as in the class it extends
        """Start a kernel and return where it listens, which it does already if it is a fork.

        With ``spare`` a fork waits for variables of its environment that it is given later, once.
        """
        spare = bool(kwargs.pop("spare", False))
        try:
            process = await self._fork(cmd, kwargs, spare=spare)
        except NotForked as reason:
            _tally().note(forked=False, reason=str(reason))
            self.log.info("kernel %s starts the ordinary way: %s", self.kernel_id, reason)
            return await super().launch_kernel(cmd, **kwargs)
        _tally().note(forked=True)
        self.process, self.pid, self.pgid = process, process.pid, process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any], *, spare: bool) -> ForkedProcess:
        if reason := unavailable():
            raise NotForked(reason)
        python, arguments = _split(cmd)
        if kwargs.get("independent") or set(kwargs) - _UNDERSTOOD:
            raise NotForked("it was asked for with options that only a new process can have")
        environment = kwargs.get("env")
        environment = dict(os.environ if environment is None else environment)
        recipe = Recipe.of(python, self.modules, environment)
        parent = warm_parents().ready(recipe, environment)
        orders = {
            "arguments": arguments,
            "environment": environment,
            "folder": str(kwargs.get("cwd") or Path.cwd()),
            "spare": spare,
        }
        with _streams(kwargs) as streams:
            line = parent.ask(streams)
        reply = await self._answer(line, orders)
        if "pid" not in reply:  # refused, or ended before it was a kernel
            line.close()
            if reply.get("replace"):
                warm_parents().replace(recipe, environment, parent)
            raise NotForked(reply.get("refused", "the fork ended before it was a kernel"))
        return ForkedProcess(reply["pid"], line, spare=spare)

    async def _answer(self, line: socket.socket, orders: dict[str, Any]) -> dict[str, Any]:
        try:
            async with asyncio.timeout(self.patience):
                return await _exchange(line, orders)
        except TimeoutError as error:
            line.close()
            raise NotForked("the warm parent did not fork in time") from error
        except wire.Closed as error:
            line.close()
            raise NotForked("the warm parent ended") from error
        except BaseException:
            line.close()  # whoever wanted this kernel does not wait for it: the parent ends it
            raise

    async def cleanup(self, restart: bool = False) -> None:
        """Let go of a process that ended by itself, so that it is reaped, and give back the ports."""
        await super().cleanup(restart)
        if isinstance(self.process, ForkedProcess) and self.process.poll() is not None:
            self.process.close()
            self.process = None

    async def wait(self) -> int | None:
        """Return the exit code once the process has ended."""
        if not isinstance(self.process, ForkedProcess):
            return await super().wait()
        process = self.process
        code = await process.ended()
        process.close()
        self.process = None
        return code


async def _exchange(line: socket.socket, orders: dict[str, Any]) -> dict[str, Any]:
    """Return the answer to orders, listening while they are sent: a refusal comes before they are read."""
    telling = asyncio.ensure_future(wire.send_async(line, orders))
    try:
        return await wire.receive_async(line)
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def _split(cmd: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the interpreter with its options, and the kernel's arguments."""
    for at in range(1, len(cmd) - 1):
        if list(cmd[at : at + 2]) == _LAUNCHER:
            return [_interpreter(cmd[0]), *cmd[1:at]], list(cmd[at + 2 :])
    raise NotForked("its kernelspec starts something else than ipykernel")


def _interpreter(name: str) -> str:
    """Return the interpreter's path, as jupyter_client understands ``python`` in a kernelspec."""
    if name in {"python", "python3", f"python3.{sys.version_info.minor}"}:
        return sys.executable
    return str(Path(name).expanduser())


@contextlib.contextmanager
def _streams(kwargs: dict[str, Any]) -> Iterator[list[int]]:
    """Lend the descriptors of the standard streams that were asked for: this process's own unless told."""
    null = os.open(os.devnull, os.O_RDWR)
    try:
        asked = [kwargs.get(name) for name in ("stdin", "stdout", "stderr")]
        yield [_stream(asked[0], null, null), _stream(asked[1], 1, null), _stream(asked[2], 2, null)]
    finally:
        os.close(null)


def _stream(asked: int | IO[bytes] | None, own: int, null: int) -> int:
    if asked is None:
        return own if _is_open(own) else null
    if asked == subprocess.DEVNULL:
        return null
    if isinstance(asked, int) and asked < 0:
        raise NotForked("it was asked for with pipes")
    return asked if isinstance(asked, int) else int(asked.fileno())


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True
