"""Run a report notebook: Papermill sets the parameters, a kernel of its own runs it, no file is written.

Papermill's own way to run copies the notebook for each cell and writes it as JSON at the end even when nobody
asked for a file: a quarter of a report's time. Here Papermill fills in the parameters and nbclient runs.
"""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
from jupyter_core.utils import ensure_event_loop
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillException
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

import iopkit.errors
from iopkit.errors import IopkitError, ReportError
from iopkit.kernels.one_use import NAME, OneUseKernel
from iopkit.reports.order import CELL_SECONDS

START_SECONDS = 60
MOST_OUTPUT = 20_000_000
"""What a notebook may show in all, in characters: a report is read by people, and held in memory once."""
ENDED = "The notebook ended its own process."
TOO_MUCH = f"The notebook printed more than {MOST_OUTPUT // 1_000_000} million characters."


class TooMuchError(ReportError):
    """A notebook shows more than a report can hold."""


class OneRun(NotebookClient):
    """Runs one notebook in one kernel, and stops it when it shows more than a report can hold."""

    shown = 0

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:  # noqa: ANN401 - as in the class it extends
        """Take in one message of the kernel."""
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "update_display_data"):
            self.shown += weight(msg["content"])
            if self.shown > MOST_OUTPUT:
                raise TooMuchError(TOO_MUCH)
        return super().process_message(msg, cell, cell_index)


def weight(content: Mapping[str, Any]) -> int:
    """Return about how many characters an output has."""
    if "text" in content:
        return len(content["text"])
    return sum(len(value) if isinstance(value, str) else 1000 for value in content.get("data", {}).values())


def run_notebook(
    template: Path,
    parameters: Mapping[str, str],
    environment: Mapping[str, str],
    *,
    seconds: int = CELL_SECONDS,
) -> Any:  # noqa: ANN401 - a notebook of nbformat, which has no types
    """Return the executed notebook (nbformat); an error in a cell is raised as ours where it is one of ours.

    A kernel is used for one report and then ended, so that nothing of one client can show up in another's.
    It works in a folder of its own that is removed after it. ``seconds`` is for one cell.
    """
    try:
        notebook = prepared(template, parameters)
        with tempfile.TemporaryDirectory(prefix="iopkit-report-", ignore_cleanup_errors=True) as folder:
            run = OneRun(
                notebook,
                kernel_name=NAME,
                kernel_manager_class=OneUseKernel,
                shutdown_kernel="immediate",
                timeout=seconds,
                startup_timeout=START_SECONDS,
                store_widget_state=False,
                record_timing=False,
            )
            return executed(run, os.environ | dict(environment), folder)
    except CellExecutionError as error:
        raise in_our_words(error, notebook) from None
    except CellTimeoutError:
        raise ReportError(f"A cell of the notebook took longer than {seconds} seconds.") from None
    except DeadKernelError:
        raise ReportError(ENDED) from None
    except IopkitError:
        raise
    except (PapermillException, nbformat.ValidationError, RuntimeError, ValueError) as error:
        raise ReportError(f"The notebook could not be run ({type(error).__name__}).") from None


def prepared(template: Path, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 - a notebook of nbformat
    """Return the notebook of a template with its parameters filled in by Papermill."""
    loaded = load_notebook_node(str(template))  # type: ignore[no-untyped-call]  # papermill has no types
    return parameterize_notebook(  # type: ignore[no-untyped-call]  # papermill has no types
        loaded, dict(parameters), kernel_name=NAME, language="python"
    )


def executed(run: OneRun, environment: Mapping[str, str], folder: str) -> Any:  # noqa: ANN401 - a notebook
    """Return the notebook after all its cells have run; its kernel and its folder are gone then."""
    run.reset_execution_trackers()
    with run.setup_kernel(env=dict(environment), cwd=folder):
        try:
            for index, cell in enumerate(run.nb.cells):
                run.execute_cell(cell, index)
        except BaseException:
            stop_watching()
            raise
    return run.nb


def stop_watching() -> None:
    """End what nbclient still waits for after a cell that did not end well: its kernel is going away."""
    for task in asyncio.all_tasks(ensure_event_loop()):
        task.cancel()


def in_our_words(error: CellExecutionError, notebook: Any) -> IopkitError:  # noqa: ANN401 - a notebook
    """Return the error of a cell: ours as it was, any other by its kind only: its text may hold answers."""
    kind = getattr(iopkit.errors, error.ename, None)
    if isinstance(kind, type) and issubclass(kind, IopkitError):
        return ReportError(str(error.evalue))
    cell = next((at for at, one in enumerate(notebook.cells, 1) if failed(one)), 0)
    return ReportError(f"The notebook stopped in cell {cell} ({error.ename}).")


def failed(cell: Mapping[str, Any]) -> bool:
    """Return whether a cell ended with an error."""
    with suppress(KeyError):
        return any(output["output_type"] == "error" for output in cell["outputs"])
    return False
