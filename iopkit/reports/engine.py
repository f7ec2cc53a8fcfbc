"""Run a report notebook with Papermill: parameters in, the executed notebook out, nothing written to disk."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import execute_notebook

import iopkit.errors
from iopkit.errors import IopkitError, ReportError
from iopkit.kernels.engine import ForkedEngine
from iopkit.kernels.one_use import NAME

papermill_engines.register(NAME, ForkedEngine)  # type: ignore[no-untyped-call]  # papermill has no types
CELL_SECONDS = 120
START_SECONDS = 60


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
                engine_name=NAME,
                kernel_name=NAME,
                language="python",
                progress_bar=False,
                autosave_cell_every=0,
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
