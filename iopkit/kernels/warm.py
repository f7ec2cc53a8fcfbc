"""The warm parent: a process that has imported what kernels need, does nothing, and forks one whenever it is asked.

It runs one thread, holds code and nothing else (what is private to a kernel is read by the fork itself), and ends
with its owner, taking its forks along. Run as ``python -c BOOT control-descriptor owner-pid``.
"""

import gc
import json
import os
import select
import signal
import socket
import sys
import sysconfig
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from iopkit.kernels import fresh, wire

KERNEL = """
asyncio concurrent.futures.thread cProfile code colorsys comm ctypes debugpy decimal encodings.idna getpass inspect
IPython.core.completerlib IPython.core.magics IPython.core.payloadpage ipykernel.codeutil ipykernel.comm.comm
ipykernel.comm.manager ipykernel.control ipykernel.debugger ipykernel.displayhook ipykernel.heartbeat
ipykernel.iostream ipykernel.ipkernel ipykernel.kernelapp ipykernel.pickleutil ipykernel.shellchannel
ipykernel.subshell ipykernel.subshell_manager ipykernel.zmqshell ipykernel.serialize jedi logging.config pdb psutil
queue selectors sqlite3 stack_data stringprep tornado.ioloop tornado.platform.asyncio xmlrpc.client zmq.eventloop.zmqstream
""".split()
"""What a kernel imports while it starts or at its first cell; imported before the fork where it exists."""


@dataclass(eq=False)
class Fork:
    """A forked kernel: its process, and the line to whoever asked for it."""

    pid: int
    ended: int
    line: socket.socket
    code: int | None = None
    dropped: bool = False


class Parent:
    """Forks kernels for one owner and tells it how each of them ended."""

    def __init__(self, control: socket.socket, owner: int) -> None:
        self._control = control
        self._owner = os.pidfd_open(owner)
        if os.getppid() != owner:
            sys.exit(0)  # it died before it was being watched
        self._files: dict[str, int] = {}
        self._forks: dict[int, Fork] = {}
        self._poll = select.poll()  # select() would break beyond 1,024 descriptors

    def warm(self, modules: list[str]) -> dict[str, object]:
        """Import ``modules`` and return what came of it; ``reason`` is why this process may not fork, if so."""
        began = time.time_ns()
        before = _open_things()
        missing = [name for name in [*KERNEL, *modules] if not _imports(name)]
        self._files = _loaded_files()
        if any(changed > began for changed in self._files.values()):
            self._files[""] = (
                0  # changed while it was being read: the first request finds this parent outdated
            )
        gc.collect()
        gc.freeze()
        reason = _unsafe() or _left_open(before)
        return {"reason": reason, "missing": [name for name in modules if name in missing]}

    def serve(self) -> tuple[socket.socket, tuple[int, int, int]] | None:
        """Fork on request; in each fork return its line and streams, here None when it is all over."""
        self._poll.register(self._owner, select.POLLIN)
        self._poll.register(self._control, select.POLLIN)
        listening = True
        while listening or self._forks:
            for descriptor, _ in self._poll.poll():
                if descriptor == self._owner:
                    self.end()
                    return None
                if descriptor == self._control.fileno():
                    asked = _receive_request(self._control)
                    if asked is None:
                        listening = False
                        self._poll.unregister(self._control)
                    elif self._fork(*asked):
                        return asked
                else:
                    self._look_after(descriptor)
        return None

    def _fork(self, line: socket.socket, streams: tuple[int, int, int]) -> bool:
        """Fork; True in the fork. Refuses, with the reason, when a fork would not be safe or up to date."""
        reason = _unsafe() or self._outdated()
        pid = 0
        if not reason:
            try:
                pid = os.fork()
            except OSError:
                reason = "the system refuses another process"
            else:
                if pid == 0:
                    self._forget()
                    return True
        for stream in streams:
            os.close(stream)
        if reason:
            with line, suppress(wire.Closed):
                wire.send(line, {"refused": reason})
            return False
        self._adopt(Fork(pid, os.pidfd_open(pid), line))
        return False

    def _adopt(self, fork: Fork) -> None:
        self._forks[fork.ended] = self._forks[fork.line.fileno()] = fork
        self._poll.register(fork.ended, select.POLLIN)
        self._poll.register(fork.line, 0)  # hang-up only: what is said on it is for the fork

    def _look_after(self, descriptor: int) -> None:
        fork = self._forks.get(descriptor)
        if fork is None:
            return
        self._poll.unregister(descriptor)
        del self._forks[descriptor]
        if descriptor == fork.ended:
            self._note_end(fork)
        else:
            self._note_drop(fork)
        if fork.dropped and fork.code is not None:
            os.waitpid(fork.pid, 0)

    def _note_end(self, fork: Fork) -> None:
        """Tell how a fork ended. It stays unreaped, its number its own, until the owner lets go of the line."""
        result = os.waitid(os.P_PIDFD, fork.ended, os.WEXITED | os.WNOWAIT)
        assert result is not None  # it ended  # noqa: S101
        fork.code = result.si_status if result.si_code == os.CLD_EXITED else -result.si_status
        os.close(fork.ended)
        if not fork.dropped:
            with suppress(wire.Closed):
                wire.send(fork.line, {"ended": fork.code})

    def _note_drop(self, fork: Fork) -> None:
        """Close a line that the owner closed; a kernel whose owner let go of it has no way to be ended later."""
        fork.dropped = True
        fork.line.close()
        if fork.code is None:
            _end_group(fork.pid)

    def _outdated(self) -> str:
        for path, changed in self._files.items():
            if _changed(path) != changed:
                return "code changed after it was imported"
        return ""

    def _forget(self) -> None:
        """Close, in a fork, what is between the parent and others."""
        for descriptor in (self._owner, self._control.detach()):
            os.close(descriptor)
        for descriptor, fork in self._forks.items():
            if descriptor == fork.ended:
                os.close(descriptor)
            fork.line.close()
        self._forks.clear()

    def end(self) -> None:
        """Kill every fork with all that it started, and wait for them."""
        for fork in {fork.pid: fork for fork in self._forks.values()}.values():
            _end_group(fork.pid)
            os.waitpid(fork.pid, 0)
        self._forks.clear()


def main() -> None:
    """Be a warm parent until the owner ends, and a kernel in each fork."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("MPLBACKEND", fresh.INLINE)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would start on import
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # 1.5 s for two formats nobody checks
    parent = Parent(control, owner=int(sys.argv[2]))
    here = os.getpid()
    signal.signal(signal.SIGTERM, lambda *_: _stop(parent, here))
    gc.disable()
    report = parent.warm(json.loads(control.recv(1 << 20)))
    control.sendall(json.dumps(report).encode())
    mine = None if report["reason"] else parent.serve()
    if mine is not None:
        del parent, control
        _be_kernel(*mine, parent=here)


def _be_kernel(line: socket.socket, streams: tuple[int, int, int], *, parent: int) -> None:
    from iopkit.kernels.child import run_kernel

    if sys.modules["rfc3987_syntax"] is None:
        del sys.modules["rfc3987_syntax"]
    run_kernel(line, streams, parent=parent)


def _stop(parent: Parent, pid: int) -> NoReturn:
    if os.getpid() == pid:  # not in a fork that has not yet taken its own course
        parent.end()
    os._exit(0)


def _receive_request(control: socket.socket) -> tuple[socket.socket, tuple[int, int, int]] | None:
    """Return the line and the three streams of the next kernel, or None when no more will be asked for."""
    try:
        text, descriptors, _, _ = socket.recv_fds(control, 16, 4, socket.MSG_CMSG_CLOEXEC)
    except ConnectionError:
        return None
    if not text:
        return None
    line, stdin, stdout, stderr = descriptors
    return socket.socket(fileno=line), (stdin, stdout, stderr)


def _imports(name: str) -> bool:
    try:
        import_module(name)
    except Exception:  # noqa: BLE001  # whatever it is, the notebook that needs this module will show it
        return False
    return True


def _loaded_files() -> dict[str, int]:
    """Return when the file of each loaded module was changed; Python's own come with the interpreter."""
    python = sysconfig.get_path("stdlib")
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())}
    return {
        path: _changed(path)
        for path in files
        if path and (not path.startswith(python) or "-packages" in path)
    }


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # hundreds of files before each fork: half the time
    except OSError:
        return -1


def _unsafe() -> str:
    """Return why forking this process now could hang or corrupt its forks, or nothing."""
    threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208
    return "" if threads == 1 else f"{threads - 1} threads were started by what it imports"


def _open_things() -> dict[str, str]:
    """Return what each open descriptor leads to."""
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that reads this folder
            found[entry.name] = str(entry.readlink())
    return found


def _left_open(before: dict[str, str]) -> str:
    """Return what imports left open that forks must not share: a socket, pipe, event loop or written file."""
    for descriptor, target in _open_things().items():
        if before.get(descriptor) == target:
            continue
        kind = target.partition(":")[0]
        if kind in {"socket", "pipe", "anon_inode"} or (target[:5] != "/dev/" and _is_written(descriptor)):
            return f"something it imports left a {kind if ':' in target else 'file'} open"
    return ""


def _is_written(descriptor: str) -> bool:
    with suppress(OSError):
        text = Path(f"/proc/self/fdinfo/{descriptor}").read_text()
        flags = int(text.partition("flags:")[2].split()[0], 8)
        return flags & os.O_ACCMODE != os.O_RDONLY
    return False


def _end_group(pid: int) -> None:
    """Kill a fork and everything in its process group."""
    for kill in (os.killpg, os.kill):  # the fork may not have made its group yet
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
