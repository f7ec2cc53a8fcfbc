"""What the log hears of a fault in a kernel: where it happened, and never what it was about."""

import traceback
from pathlib import Path

from iopkit.kernels.outside import tell


def report(error: Exception) -> None:
    """Write where a fault happened to the log: its kind and the lines of code, never a message or value."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames]
    tell(", ".join([f"iopkit: {type(error).__name__} while answering a page", *reversed(places)]))
