"""The warm parent: a process that has imported what kernels need and forks one whenever it is asked.

It runs one thread, holds code and nothing else (what is private to a kernel only the fork itself reads), and
ends with its owner, taking its forks along. Run as ``python -c BOOT control-descriptor owner-pid``.
"""

import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import NoReturn

from iopkit.kernels import fresh, safety, wire

KERNEL = """
IPython.core.completerlib IPython.core.debugger IPython.core.logger IPython.core.magics IPython.core.oinspect
IPython.core.payloadpage IPython.extensions.storemagic IPython.utils.wildcard
asyncio cProfile code comm concurrent.futures.process concurrent.futures.thread debugpy encodings.idna
faulthandler iopkit.kernels.child ipykernel.codeutil ipykernel.comm.comm ipykernel.comm.manager
ipykernel.control ipykernel.debugger ipykernel.displayhook ipykernel.heartbeat ipykernel.iostream
ipykernel.ipkernel ipykernel.kernelapp ipykernel.pickleutil ipykernel.serialize ipykernel.shellchannel
ipykernel.subshell ipykernel.subshell_manager ipykernel.zmqshell jedi logging.config pdb psutil queue sqlite3
stack_data tornado.platform.asyncio zmq.eventloop.zmqstream
""".split()  # noqa: SIM905  # a list as long as this reads better so
"""What a kernel imports while it starts or at its first cell; imported before the fork where it exists."""

ENOUGH, QUIET_MS = 3, 2000
"""Rehearse once so many forks were asked for, or when nobody has asked for one for so long."""
LOOK_SECONDS = 0.05


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
        self._reason = ""  # why this process cannot fork at all
        self._code = safety.Code()
        self._forks: dict[int, Fork] = {}
        self._refused: dict[int, socket.socket] = {}
        self._rehearsals: list[str] = []
        self._asked = 0
        self._practised = False
        self._filling: list[object] = []  # kept in the forks too: to let go of it would copy its pages
        self.practising = False
        self._listening = True
        self._poll = select.poll()  # select() would break beyond 1,024 descriptors

    def warm(self, modules: list[str]) -> dict[str, object]:
        """Import ``modules`` and return what came of it; ``reason`` is why this process may not fork.

        One that is written ``module:function`` is a rehearsal: its function is called when nobody waits.
        """
        began = time.time_ns()
        before = safety.open_things()
        missing = []
        self._rehearsals = [name for name in modules if ":" in name]
        asked = [name.partition(":")[0] for name in modules]
        for name in [*KERNEL, *asked]:
            if not _imports(name) and name in asked:
                missing.append(name)
            if fault := safety.threads_running() or safety.left_open(before):
                self._reason = f"{fault} by importing {name}"
                break
        self._reason = self._reason or _rehearse()
        self._settle(began)
        return {"reason": self._reason, "missing": missing}

    def _settle(self, began: int) -> None:
        """Note which code is loaded, and put all there is where no fork's garbage collector touches it."""
        self._code.note(began)
        gc.collect()
        sys._clear_type_cache()
        self._filling.append(safety.fill_holes())
        gc.freeze()

    def _patience(self) -> int | None:
        """Return how long to wait for requests before a rehearsal: the first is worth it where more come."""
        if not self._rehearsals:
            return None
        return 0 if self._asked >= ENOUGH and not self._practised else QUIET_MS

    def _practise(self) -> None:
        """Do one rehearsal: forks from now on share what it leaves behind. One that fails only costs time.

        Forks that end meanwhile are looked after all the same; who asks for another one waits.
        """
        began, before = time.time_ns(), safety.open_things()
        name = self._rehearsals.pop(0)
        self.practising = True
        signal.signal(signal.SIGALRM, lambda *_: self._look_after_ended())
        signal.setitimer(signal.ITIMER_REAL, LOOK_SECONDS, LOOK_SECONDS)
        _imports(name)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        self.practising, self._practised = False, True
        if fault := safety.threads_running() or safety.left_open(before):
            self._reason = f"{fault} by {name}"
        self._settle(began)

    def serve(self) -> tuple[socket.socket, tuple[int, int, int]] | None:
        """Fork on request; in each fork return its line and streams, here None when it is all over."""
        self._poll.register(self._owner, select.POLLIN)
        self._poll.register(self._control, select.POLLIN)
        while self._listening or self._forks:
            waiting = self._poll.poll(self._patience())
            if not waiting:
                self._practise()
            for descriptor, _ in waiting:
                if descriptor == self._owner:
                    self.end()
                    return None
                if descriptor == self._control.fileno():
                    asked = self._receive_request()
                    if asked and self._fork(*asked):
                        return asked
                else:
                    self._look_after(descriptor)
        return None

    def _receive_request(self) -> tuple[socket.socket, tuple[int, int, int]] | None:
        """Return the line and the three streams of the next kernel; None when there is none."""
        text, descriptors = b"", list[int]()
        with suppress(ConnectionError):
            text, descriptors, _, _ = socket.recv_fds(self._control, 16, 4, socket.MSG_CMSG_CLOEXEC)
        if not text:
            self._listening = False
            self._poll.unregister(self._control)
        if len(descriptors) != 4:  # the rest did not fit into this process; the owner sees its line closed
            for descriptor in descriptors:
                os.close(descriptor)
            return None
        self._asked += 1
        line, stdin, stdout, stderr = descriptors
        return socket.socket(fileno=line), (stdin, stdout, stderr)

    def _fork(self, line: socket.socket, streams: tuple[int, int, int]) -> bool:
        """Fork; True in the fork. Refuses, with the reason, when a fork would not be safe or up to date."""
        unfit = self._reason or safety.threads_running() or self._code.outdated()
        fork = None if unfit else _try_fork(line)
        if fork is not None and fork.pid == 0:
            self._forget()
            return True
        for stream in streams:
            os.close(stream)
        if fork is None:
            self._refuse(
                line, unfit or "the system refuses another process", replace=bool(unfit) and not self._reason
            )
        else:
            self._forks[fork.ended] = self._forks[line.fileno()] = fork
            self._poll.register(fork.ended, select.POLLIN)
            self._poll.register(line, 0)  # hang-up only: what is said on it is for the fork
        return False

    def _refuse(self, line: socket.socket, reason: str, *, replace: bool) -> None:
        """Say why there is no fork, and whether another parent could. The line stays until that is read."""
        with suppress(wire.Closed):
            wire.send(line, {"refused": reason, "replace": replace})
        self._refused[line.fileno()] = line
        self._poll.register(line, 0)

    def _look_after_ended(self) -> None:
        for descriptor, _ in self._poll.poll(0):
            if descriptor == self._owner:
                self.end()
                sys.exit(0)
            if descriptor in self._forks or descriptor in self._refused:
                self._look_after(descriptor)

    def _look_after(self, descriptor: int) -> None:
        self._poll.unregister(descriptor)
        if descriptor in self._refused:
            self._refused.pop(descriptor).close()
            return
        fork = self._forks.pop(descriptor)
        if descriptor == fork.ended:
            self._note_end(fork)
        else:
            self._note_drop(fork)
        if fork.dropped and fork.code is not None:
            os.waitpid(fork.pid, 0)

    def _note_end(self, fork: Fork) -> None:
        """Tell how a fork ended. It stays unreaped, its number its own, until the owner lets go of it."""
        result = os.waitid(os.P_PIDFD, fork.ended, os.WEXITED | os.WNOWAIT)
        if result is None:
            raise ChildProcessError("a fork was reaped by somebody else")
        fork.code = result.si_status if result.si_code == os.CLD_EXITED else -result.si_status
        os.close(fork.ended)
        if not fork.dropped:
            with suppress(wire.Closed):
                wire.send(fork.line, {"ended": fork.code})

    def _note_drop(self, fork: Fork) -> None:
        """Close a line that the owner closed; a kernel that its owner let go of could not be ended later."""
        fork.dropped = True
        fork.line.close()
        if fork.code is None:
            _end_group(fork.pid)

    def _forget(self) -> None:
        """Close, in a fork, what is between the parent and others."""
        for descriptor in (self._owner, self._control.detach()):
            os.close(descriptor)
        for descriptor, fork in self._forks.items():
            if descriptor == fork.ended:
                os.close(descriptor)
            fork.line.close()
        for line in self._refused.values():
            line.close()
        self._forks.clear()

    def end(self) -> None:
        """Kill every fork with all that it started, and wait for them."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        for fork in {fork.pid: fork for fork in self._forks.values()}.values():
            _end_group(fork.pid)
            os.waitpid(fork.pid, 0)
        self._forks.clear()


def main() -> None:
    """Be a warm parent until the owner ends, and a kernel in each fork."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits[1], limits[1]))  # two descriptors for each fork
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
    with suppress(ConnectionError):  # nobody asks any more
        control.sendall(json.dumps(report).encode())
    mine = parent.serve()
    if mine is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        _be_kernel(*mine, parent=here)


def _be_kernel(line: socket.socket, streams: tuple[int, int, int], *, parent: int) -> None:
    from iopkit.kernels.child import run_kernel

    if sys.modules["rfc3987_syntax"] is None:
        del sys.modules["rfc3987_syntax"]
    run_kernel(line, streams, parent=parent)


def _stop(parent: Parent, pid: int) -> NoReturn:
    if os.getpid() == pid:  # not in a fork that has not yet taken its own course
        parent.end()
        if parent.practising:
            sys.exit(0)  # what a rehearsal put on disk is removed
    os._exit(0)


def _try_fork(line: socket.socket) -> Fork | None:
    """Fork; None when there is no memory, or a limit on processes or open files is reached."""
    try:
        pid = os.fork()
    except OSError:
        return None
    if pid == 0:
        return Fork(0, -1, line)
    try:
        return Fork(pid, os.pidfd_open(pid), line)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return None


def _rehearse() -> str:
    """Go through what of a kernel's start may be done here; return what keeps kernels from being forked."""
    if not _imports("iopkit.kernels.child"):
        return "ipykernel cannot be imported"
    import_module("iopkit.kernels.child").rehearse()
    return safety.threads_running()


def _imports(name: str) -> bool:
    module, _, function = name.partition(":")
    try:
        found = import_module(module)
        if function:
            getattr(found, function)()
    except Exception:  # noqa: BLE001  # whatever it is, the notebook that needs this module will show it
        return False
    return True


def _end_group(pid: int) -> None:
    """Kill a fork and everything in its process group."""
    for kill in (os.killpg, os.kill):  # the fork may not have made its group yet
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)
