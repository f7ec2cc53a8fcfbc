"""The server's log: what happened and where, never who, which, or what they wrote.

Records of our own modules are written as they are: their messages hold no names, answers or ids. Of anybody
else's only the level, the place and the kind of error are written: their texts may hold addresses or answers.
"""

import logging
import sys
from pathlib import Path
from typing import Any

import iopkit

_OURS = str(Path(iopkit.__file__).resolve().parent)
_LOGGERS = ("iopkit", "tornado", "asyncio", "traitlets", "Server", "concurrent.futures")


class Discreet(logging.Formatter):
    """Writes one line for each record; a line break in a message cannot forge a second one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for ``record``."""
        when = self.formatTime(record, "%Y-%m-%d %H:%M:%S")
        return f"{when} {record.levelname} {_what(record)}"


def _what(record: logging.LogRecord) -> str:
    place = f"{record.module}:{record.lineno}"
    error = record.exc_info[1] if record.exc_info else None
    kind = f" {type(error).__name__}{_where(error)}" if error is not None else ""
    if record.pathname.startswith(_OURS):
        return record.getMessage().replace("\r", " ").replace("\n", " ") + kind
    return place + kind


def _where(error: BaseException) -> str:
    """Return the place an error was raised at."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (
        f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace is not None else ""
    )


def keep_discreet() -> None:
    """Send every record of the server and its libraries, from warnings up, to stderr through ``Discreet``."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("iopkit").setLevel(logging.INFO)


def log_request(handler: Any) -> None:
    """Write a request's method, route, status and milliseconds; no address, no query, no person."""
    kind, status = type(handler).__name__, handler.get_status()
    milliseconds = 1000.0 * handler.request.request_time()
    logging.getLogger("iopkit.access").info(
        "%s %s %d %.0f ms", handler.request.method, kind, status, milliseconds
    )
