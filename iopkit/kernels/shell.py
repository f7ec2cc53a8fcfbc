"""The shell of kernels to come, made before the fork: their largest part, and the same for each.

What a shell reads from its process (streams, folder, environment, profile) is read again in the fork. Where a
kernel is configured otherwise than the shell was, it makes its own.
"""

import atexit
import fnmatch
import os
import sys
import tempfile
from types import ModuleType
from typing import Any, ClassVar

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.shellapp import InteractiveShellApp
from traitlets.config import Config

from iopkit.kernels.bare import NoProfile


class ReadyShell:
    """A shell without a kernel, and what it was configured by."""

    def __init__(self, config: Config) -> None:
        self.says = _said(config)
        self.shell: Any = ZMQInteractiveShell.instance(
            config=Config(config),
            ipython_dir=tempfile.gettempdir(),
            profile_dir=NoProfile(),
            compiler_class=XCachingCompiler,
        )
        _practise(self.shell)
        self.files = [file for module in list(sys.modules.values()) if (file := _file(module))]
        self.modules = set(sys.modules)

    def fits(self, config: Config) -> bool:
        """Return True for a kernel with the configuration this shell was made by."""
        return _said(config) == self.says

    def drop(self) -> None:
        """Let go of a shell that is of no use: the kernel makes one of its own."""
        atexit.unregister(self.shell.atexit_operations)
        ZMQInteractiveShell.clear_instance()

    def look_around(self, app: Any) -> None:  # noqa: ANN401  # a kernel's program, which ships loose types
        """Read again, in the fork, what was read before it; called when the kernel's streams are in place."""
        shell = self.shell
        shell.ipython_dir, shell.profile_dir = app.ipython_dir, app.profile_dir
        shell.starting_dir = os.getcwd()  # noqa: PTH109  # a text, as it is in an ordinary kernel
        shell.init_environment()
        shell.save_sys_module_state()
        shell.init_traceback_handlers(((), None))

    def join(self, kernel: Any) -> None:  # noqa: ANN401
        """Give the shell its kernel, and the kernel's debugger the files it was spared to look for."""
        self.shell.parent = self.shell.kernel = kernel
        kernel._kernel_modules = self.files
        if getattr(kernel, "debugger", None) is not None:
            kernel.debugger.kernel_modules = self.files


def _practise(shell: Any) -> None:  # noqa: ANN401  # see above
    """Have done what each shell does first and keeps: patterns compiled, IPython's own extensions loaded."""
    shell.transform_cell("1\n")
    shell.display_formatter.format(1)
    for extension in InteractiveShellApp().default_extensions:
        shell.extension_manager.load_extension(extension)
    for pattern in ("*.py", "*.ipy"):
        fnmatch.filter([""], pattern)


class _NoModules:
    """``sys`` as it is, but for its modules."""

    modules: ClassVar[dict[str, object]] = {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  # whatever ``sys`` holds
        return getattr(sys, name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(sys, name, value)


class FewModules:
    """Lets the code of one module find no modules meanwhile: to look at all would copy the pages of each."""

    def __init__(self, where: ModuleType) -> None:
        self.names = vars(where)

    def __enter__(self) -> None:
        self.names["sys"] = _NoModules()

    def __exit__(self, *_: object) -> None:
        self.names["sys"] = sys


def annotate(*kinds: type) -> None:
    """Let classes that have no annotations know so: a class told it later, in a fork, changes.

    So do all that inherit from it, and from ``typing.Generic`` hundreds do. pyzmq asks its own for theirs.
    """
    for kind in kinds:
        for one in kind.__mro__:
            getattr(one, "__annotations__", None)


def _said(config: Config) -> dict[str, dict[str, object]]:
    """Return what a configuration says: to be asked for a section leaves it there, empty."""
    return {name: dict(section) for name, section in config.items() if section}


def _file(module: object) -> str | None:
    return getattr(module, "__file__", None)
