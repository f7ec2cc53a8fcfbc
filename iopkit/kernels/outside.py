"""A line to whoever started this process. In a kernel ``sys.stderr`` leads to its notebook: nobody reads it.

Only what somebody hands over here goes out: what libraries print in a kernel may hold anything.
"""

import os
import sys
import time
from contextlib import suppress

_STDERR = 2


def tell(text: str) -> None:
    """Write one line to the standard error that this process was given, as a server writes its log."""
    line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} ERROR {' '.join(text.split())}\n"
    with suppress(OSError, ValueError):  # nobody listens any more: then nobody is to be told
        given = given_stderr()
        if given is None:
            print(line, end="", file=sys.stderr, flush=True)  # noqa: T201
        else:
            os.write(given, line.encode("utf-8", "backslashreplace"))  # whole, whoever else writes there


def given_stderr() -> int | None:
    """Return the descriptor that ipykernel put aside when it took over standard error; None outside of it."""
    kept = getattr(sys.stderr, "_original_stdstream_copy", None)
    if kept is not None:
        return int(kept)
    return _STDERR if type(sys.stderr).__module__.startswith("ipykernel") else None
