"""The warm parents of this process: one for each interpreter, list of modules and shaping environment."""

import atexit
import functools
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_ROOT = str(Path(__file__).resolve().parents[2])
_BOOT = "import sys; sys.path[0] = sys.argv[3]; from iopkit.kernels.warm import main; del sys.path[0]; main()"
_SHAPING = ("PYTHON", "LD_", "LC_", "LANG", "VIRTUAL_ENV", "CONDA_PREFIX", "HOME", "XDG_", "MPL")
_PLAIN = ("PATH", "TMPDIR", "TMP", "TEMP")
_MOST_PARENTS = 4
_MOST_DEATHS = 3


class NotForked(Exception):  # noqa: N818  # no failure: the kernel then starts the ordinary way
    """Why a kernel is not forked, in words for a log."""


@dataclass(frozen=True)
class Recipe:
    """All that decides which code a warm parent holds."""

    python: tuple[str, ...]
    built: int
    modules: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, python: Sequence[str], modules: Sequence[str], environment: Mapping[str, str]) -> "Recipe":
        """Return the recipe for kernels of this interpreter (and options), modules and environment."""
        shaping = sorted((name, value) for name, value in environment.items() if _shapes(name))
        return cls(tuple(python), _changed(python[0]), tuple(modules), tuple(shaping))


class WarmParent:
    """A warm parent process and the line on which it is asked to fork."""

    def __init__(self, recipe: Recipe, environment: Mapping[str, str], *, successor: bool) -> None:
        self.successor = successor
        self.reason = ""
        self.missing: list[str] = []
        self._warm = False
        self._lock = threading.Lock()
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        plain = {name: environment[name] for name in _PLAIN if name in environment}
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  # the interpreter that the kernelspec names
                [*recipe.python, "-c", _BOOT, str(theirs.fileno()), str(os.getpid()), _ROOT],
                env=plain | dict(recipe.environment),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.send(json.dumps(recipe.modules).encode())

    def is_warm(self) -> bool:
        """Return True once all is imported and forking is safe; ``reason`` says why it never will be."""
        with self._lock:
            if not self._warm and not self.reason:
                with suppress(BlockingIOError, ConnectionError):
                    self._hear(self._control.recv(1 << 16, socket.MSG_DONTWAIT))
            return self._warm

    def _hear(self, text: bytes) -> None:
        if text:
            report = json.loads(text)
            self.reason, self.missing = report["reason"], report["missing"]
            self._warm = not self.reason

    def is_alive(self) -> bool:
        """Return True while the process runs."""
        return self.process.poll() is None

    def ask(self, streams: Sequence[int]) -> socket.socket:
        """Ask for a fork with these standard streams; return the line to it (non-blocking)."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"fork"], [theirs.fileno(), *streams], socket.MSG_DONTWAIT)
            except OSError as error:
                ours.close()
                raise NotForked("the warm parent does not answer") from error
        ours.setblocking(False)
        return ours

    def retire(self) -> None:
        """Ask for no more forks: the process ends with the last of those it has."""
        self._control.close()

    def end(self) -> None:
        """End the process and all its forks."""
        self._control.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def forget(self) -> None:
        """Let go of a parent that belongs to the process this one was forked from."""
        self._control.close()
        self.process.returncode = 0


class WarmParents:
    """The warm parents of this process, started when they are first needed and again when they die."""

    def __init__(self) -> None:
        self._parents: dict[Recipe, WarmParent] = {}
        self._retired: list[WarmParent] = []
        self._deaths: dict[Recipe, int] = {}
        self._lock = threading.Lock()
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self._forget)

    def ready(self, recipe: Recipe, environment: Mapping[str, str]) -> WarmParent:
        """Return a parent to ask; NotForked while one that died or became outdated is being replaced.

        The very first one is returned while it still warms up: it imports what the kernel would import.
        """
        with self._lock:
            parent = self._parents.get(recipe) or self._start(recipe, environment, successor=False)
            warm = parent.is_warm()  # before it dies for a reason, it says which
            if not parent.is_alive():
                parent = self._succeed(recipe, environment, parent, was_warm=warm)
            self._parents.pop(recipe, None)
            self._parents[recipe] = parent  # the last in line was used last
            self._make_room()
        if parent.reason:
            parent.retire()
            raise NotForked(parent.reason)
        if parent.successor and not parent.is_warm():
            raise NotForked("the warm parent starts again")
        return parent

    def replace(self, recipe: Recipe, environment: Mapping[str, str], parent: WarmParent) -> None:
        """Start a successor of a parent that refused: its code is outdated."""
        with self._lock:
            if self._parents.get(recipe) is parent:
                self._retire(parent)
                self._parents[recipe] = self._start(recipe, environment, successor=True)

    def all(self) -> list[WarmParent]:
        """Return the parents in use."""
        with self._lock:
            return list(self._parents.values())

    def end(self) -> None:
        """End all parents and their forks."""
        with self._lock:
            for parent in [*self._parents.values(), *self._retired]:
                parent.end()
            self._parents.clear()
            self._retired.clear()

    def _start(self, recipe: Recipe, environment: Mapping[str, str], *, successor: bool) -> WarmParent:
        try:
            return WarmParent(recipe, environment, successor=successor)
        except OSError as error:
            raise NotForked("the warm parent could not be started") from error

    def _succeed(
        self, recipe: Recipe, environment: Mapping[str, str], parent: WarmParent, *, was_warm: bool
    ) -> WarmParent:
        """Return a successor of a parent that died, or it itself when it is of no use to try again."""
        if not was_warm:
            self._deaths[recipe] = self._deaths.get(recipe, 0) + 1
            if self._deaths[recipe] >= _MOST_DEATHS:
                parent.reason = parent.reason or "the warm parent dies while it starts"
            if parent.reason:
                return parent
        parent.retire()
        return self._start(recipe, environment, successor=True)

    def _make_room(self) -> None:
        for recipe in list(self._parents)[:-_MOST_PARENTS]:
            self._retire(self._parents.pop(recipe))
        self._retired = [parent for parent in self._retired if parent.is_alive()]

    def _retire(self, parent: WarmParent) -> None:
        parent.retire()
        self._retired.append(parent)

    def _forget(self) -> None:
        self._lock = threading.Lock()
        for parent in [*self._parents.values(), *self._retired]:
            parent.forget()
        self._parents.clear()
        self._retired.clear()


@functools.cache
def warm_parents() -> WarmParents:
    """Return the warm parents of this process."""
    return WarmParents()


def unavailable() -> str:
    """Return why this machine cannot fork kernels, or nothing if it can."""
    if sys.platform != "linux":
        return "kernels are forked on Linux only"
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return "this Linux has no process descriptors (pidfd), which came with version 5.3"
    return "" if Path("/proc/self/fd").is_dir() else "/proc is not mounted"


def _shapes(name: str) -> bool:
    return name.startswith(_SHAPING) or name.endswith("_NUM_THREADS")


def _changed(python: str) -> int:
    try:
        return Path(python).stat().st_mtime_ns
    except OSError:
        return -1
