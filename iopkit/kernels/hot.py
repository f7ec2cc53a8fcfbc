"""Hot code side by side: what a kernel runs when it starts and shows its page lies on few pages of memory.

To run a function writes on the page of its code: Python counts who uses it. The thousand functions that each
kernel runs lie among tens of thousands that it does not: it copies a page for nearly each of them.
Here a kernel plays in a fork of the warm parent that is thrown away, and tells which code it ran. The parent
then makes that code anew, in this order: side by side it takes a third of the pages.
"""

import gc
import os
import select
import shutil
import signal
import sys
import tempfile
import threading
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

from iopkit.kernels import fresh
from iopkit.kernels.bare import BARE

PATIENCE = 30.0
"""Seconds for a kernel that plays; one that takes longer is ended, and all stays as it is."""
made = 0
"""How many pieces of code lie side by side in this process."""
_CHANNELS = ("shell", "iopub", "stdin", "control", "hb")


def gather(cell: str) -> None:
    """Let a kernel run a cell in a fork that is thrown away; put the code that it ran side by side."""
    global made
    made = settle(heard(cell))


def heard(cell: str) -> list[int]:
    """Return which code a kernel runs, by address and in the order of its first run; nothing if it fails."""
    folder = tempfile.mkdtemp(prefix="iopkit-gather-")
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _play(cell, Path(folder), writing, os.getppid())
    os.close(writing)
    try:
        return array("Q", _all_of(reading)).tolist()
    except ValueError:  # it ended in the middle of a word
        return []
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def unheard() -> Iterator[None]:
    """Do something in a kernel that plays, of which no page's kernel does the like."""
    listening = sys.getprofile()
    sys.setprofile(None)
    try:
        yield
    finally:
        sys.setprofile(listening)


def settle(addresses: Iterable[int]) -> int:
    """Make the code at these addresses anew, side by side, and return how much of it was found."""
    gc.unfreeze()
    functions = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    known = dict(_codes(one.__code__ for one in functions))
    order = [address for address in addresses if address in known]
    hot, copies = frozenset(order), dict[int, CodeType]()
    for address in order:
        _anew(known[address], hot, copies)
    for one in functions:
        if id(one.__code__) in copies:
            one.__code__ = copies[id(one.__code__)]
    return len(copies)


def _codes(found: Iterable[CodeType]) -> Iterable[tuple[int, CodeType]]:
    """Yield pieces of code and those that lie in them, by their addresses."""
    for code in found:
        yield id(code), code
        yield from _codes(one for one in code.co_consts if isinstance(one, CodeType))


def _anew(code: CodeType, hot: frozenset[int], copies: dict[int, CodeType]) -> CodeType:
    """Return a copy of hot code, with copies of what is hot inside of it; code that is not hot as it is."""
    if id(code) not in hot:
        return code
    if id(code) not in copies:
        inner = [_anew(one, hot, copies) if isinstance(one, CodeType) else one for one in code.co_consts]
        same = all(new is old for new, old in zip(inner, code.co_consts, strict=True))
        copies[id(code)] = code.replace() if same else code.replace(co_consts=tuple(inner))
    return copies[id(code)]


def _all_of(reading: int) -> bytes:
    """Return what comes through a pipe until it is closed; nothing when that takes too long."""
    poll, parts = select.poll(), bytearray()
    poll.register(reading, select.POLLIN)
    while poll.poll(PATIENCE * 1000):
        part = os.read(reading, 1 << 16)
        if not part:
            return bytes(parts)
        parts += part
    return b""


def _play(cell: str, folder: Path, writing: int, parent: int) -> None:
    """Be a kernel for one cell, tell what ran, and end; nothing of the parent's is kept open."""
    try:
        fresh.detach(parent)
        _let_go(writing)
        threading.Timer(PATIENCE, os._exit, [1]).start()
        ran: dict[int, CodeType] = {}
        _listen(ran)
        _start(cell, folder, lambda: _tell(ran, writing))
    finally:
        os._exit(1)


def _let_go(kept: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(null, stream)
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _listen(ran: dict[int, CodeType]) -> None:
    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            ran.setdefault(id(frame.f_code), frame.f_code)  # kept: another piece cannot take its address

    threading.setprofile(note)
    sys.setprofile(note)


def _tell(ran: Mapping[int, CodeType], writing: int) -> None:
    with os.fdopen(writing, "wb") as out:
        out.write(array("Q", list(ran)).tobytes())
    os._exit(0)


def _start(cell: str, folder: Path, then: Any) -> None:  # noqa: ANN401  # a function without parameters
    """Run a kernel and a client of it, in one process; ``then`` is called when the cell is done."""
    from jupyter_client.blocking.client import BlockingKernelClient
    from jupyter_client.connect import write_connection_file

    from iopkit.kernels.child import kernel_app

    place = str(folder / "kernel.json")
    ports: Any = {f"{name}_port": number for number, name in enumerate(_CHANNELS, 1)}
    write_connection_file(place, transport="ipc", ip=str(folder / "k"), key=b"nobody", **ports)
    fresh.take_environment(_environment(folder), str(folder))
    fresh.reseed()
    app = kernel_app(["-f", place], None)
    if app.shell is not None:
        fresh.reconnect(app.shell)

    def speak() -> None:
        sys.setprofile(None)
        client = BlockingKernelClient(connection_file=place)
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        client.execute_interactive(cell, timeout=PATIENCE, output_hook=lambda _message: None)
        then()

    threading.Thread(target=speak, daemon=True).start()
    app.start()


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return kept | {BARE: "1", "IPYTHONDIR": str(folder / "ipython"), "JUPYTER_RUNTIME_DIR": str(folder)}
