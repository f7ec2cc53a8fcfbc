"""Run a report notebook with Papermill: parameters in, the executed notebook out, nothing written to disk."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import execute_notebook
from traitlets import default

import iopkit.errors
from iopkit.errors import IopkitError, ReportError
from iopkit.kernels import kernelspec

CELL_SECONDS = 120
START_SECONDS = 60


class ForkedSpec(KernelSpecManager):
    """Knows one kernel: ours, forked from a warm parent where that works."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return our kernelspec, with this interpreter, whatever a notebook asks for."""
        spec = kernelspec()
        argv = [sys.executable if part == "python" else part for part in spec.pop("argv")]
        return KernelSpec(argv=argv, name="iopkit", **spec)


class ReportKernel(AsyncKernelManager):
    """Starts the kernel of one report; its sockets lie in a folder of its own that nobody else may enter."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - whatever its parents take
        super().__init__(**options)
        self._room = tempfile.mkdtemp(prefix="iopkit-")
        self.transport = "ipc"
        # Without these two the sockets lie in the working folder, by names that two processes share.
        self.connection_file = str(Path(self._room) / "kernel.json")
        self.ip = str(Path(self._room) / "kernel")

    @default("kernel_spec_manager")
    def _only_ours(self) -> KernelSpecManager:
        return ForkedSpec(parent=self)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self._room, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources


def run_notebook(template: Path, parameters: Mapping[str, str], environment: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return the executed notebook (nbformat); an error in a cell is raised as ours where it is one of ours.

    A kernel is used for one report and then ended, so that nothing of one client can show up in another's.
    """
    with surroundings(environment):
        try:
            return execute_notebook(  # type: ignore[no-untyped-call]  # papermill has no types
                str(template),
                None,
                parameters=dict(parameters),
                kernel_name="iopkit",
                language="python",
                kernel_manager_class=ReportKernel,
                progress_bar=False,
                autosave_cell_every=0,
                shutdown_kernel="immediate",
                request_save_on_cell_execute=False,
                execution_timeout=CELL_SECONDS,
                start_timeout=START_SECONDS,
            )
        except PapermillExecutionError as error:
            raise in_our_words(error) from None
        except (PapermillException, nbformat.ValidationError, RuntimeError, ValueError) as error:
            raise ReportError(f"The notebook could not be run ({type(error).__name__}).") from error


def in_our_words(error: PapermillExecutionError) -> IopkitError:
    """Return the error of a cell: ours as it was, any other by its kind only: its text may hold answers."""
    kind = getattr(iopkit.errors, error.ename, None)
    if isinstance(kind, type) and issubclass(kind, IopkitError):
        return ReportError(str(error.evalue))
    return ReportError(f"The notebook stopped in cell {error.exec_count} ({error.ename}).")


@contextmanager
def surroundings(environment: Mapping[str, str]) -> Iterator[None]:
    """Run with these environment variables, which the kernel inherits, and put back what was there."""
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
