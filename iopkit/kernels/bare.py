"""Kernels that belong to a server: without profile, configuration files, start-up files and debugger.

Nothing of the operator's own IPython runs in them then. A fork that does not look for all of it shares the
pages of what would look with its parent, and is ready sooner.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ipykernel import debugger, ipkernel, kernelbase
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import observe

BARE = "IOPKIT_BARE"
"""The variable that asks for such a kernel; ``IPYTHONDIR`` must be set besides."""
_ASKED = (
    (IPythonKernel.do_execute, ("cell_meta", "cell_id")),
    (ZMQInteractiveShell.run_cell, ("cell_id", "cell_meta")),
    (ZMQInteractiveShell.run_cell_async, ("cell_id", "cell_meta")),
)
"""What each kernel asks of its own methods, at its start and at each cell."""

Accepts = Callable[[Callable[..., object], Sequence[str]], Mapping[str, Any]]


class NoProfile(ProfileDir):
    """The place of a profile, where nothing is made: what is kept there makes its own folder."""

    @observe("location")
    def _location_changed(self, change: object) -> None:
        """Make no folders, where the profile of IPython makes its own."""


def place_of(environment: Mapping[str, str]) -> str:
    """Return the folder of a bare kernel's profile; nothing for a kernel that is not bare."""
    folder = environment.get("IPYTHONDIR", "")
    return str(Path(folder) / "profile_default") if environment.get(BARE) and folder else ""


def without_debugger() -> None:
    """Let kernels of this process know no debugger."""
    debugger._is_debugpy_available = False


def remember_parameters() -> None:
    """Have ipykernel look at the signature of a method once in a process, and at the known ones now."""
    remembered = _remembering(kernelbase._accepts_parameters)
    for module in (kernelbase, ipkernel):
        vars(module)["_accepts_parameters"] = remembered
    for method, names in _ASKED:
        remembered(method, names)


def _remembering(ask: Accepts) -> Accepts:
    known = functools.cache(lambda function, names: ask(function, names))

    def accepts(method: Callable[..., object], names: Sequence[str]) -> dict[str, Any]:
        return dict(known(getattr(method, "__func__", method), tuple(names)))

    return accepts
