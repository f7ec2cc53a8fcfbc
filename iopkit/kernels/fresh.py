"""What a fork must not share: process group, chance, environment, and what imports remembered of these."""

import ctypes
import gc
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

INLINE = "module://matplotlib_inline.backend_inline"
"""The drawing backend of kernels; matplotlib must be imported with it, and told of the kernel later."""

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def detach(parent: int) -> None:
    """Put this process into a session and group of its own, to be killed when ``parent`` dies."""
    os.setsid()
    if (
        _LIBC is None
        or _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0
        or os.getppid() != parent
    ):
        os._exit(1)  # the parent died before it was being watched: nobody is left to be told
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.enable()


def take_streams(streams: Sequence[int]) -> None:
    """Make three descriptors this process's standard input, output and error."""
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)


def take_environment(environment: Mapping[str, str], folder: str) -> None:
    """Replace the environment and the working folder, and what was already read from the old ones."""
    os.environ.clear()
    os.environ.update(environment)
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    os.chdir(folder)
    time.tzset()
    tempfile.tempdir = None


def reseed() -> None:
    """Give every source of chance a state of its own."""
    random.seed()
    tempfile._name_sequence = None  # type: ignore[attr-defined]
    numpy_random: Any = sys.modules.get("numpy.random")
    if numpy_random is not None:
        numpy_random.seed()


def reconnect(shell: "InteractiveShell") -> None:
    """Tell libraries that looked for a kernel when they were imported, in vain, that there is one now."""
    if "ipywidgets" in sys.modules:
        import_module("ipywidgets").register_comm_target()
    if "matplotlib" in sys.modules:
        _reconnect_matplotlib(shell)


def _reconnect_matplotlib(shell: "InteractiveShell") -> None:
    matplotlib: Any = sys.modules["matplotlib"]
    wanted = os.environ.get("MPLBACKEND", INLINE)
    if matplotlib.get_backend() != wanted:
        matplotlib.use(wanted, force=False)
    if wanted == INLINE and "matplotlib_inline.backend_inline" in sys.modules:
        shell.enable_matplotlib("inline")  # without this figures are drawn and never sent
