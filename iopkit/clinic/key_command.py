"""Keys held by a command: what it prints is a key file, so that a vault can keep them and no disk does.

The command runs without a shell. Nothing of what it prints or complains about is ever shown or logged.
"""

import os
import shlex
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from iopkit.clinic.key import KeyFile, key_document, parse_keys
from iopkit.clinic.settings import key_command, key_path
from iopkit.errors import StoreError

SECONDS = 30.0
BY_HAND = "Run it by hand to see why."


def read_key_command(command: str, *, seconds: float = SECONDS) -> KeyFile:
    """Return the keys that a command prints; StoreError, without a word of its output, when it does not."""
    try:
        words = shlex.split(command)
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)  # noqa: S603  # the operator's own command
    except (OSError, ValueError, IndexError):
        raise StoreError(f"The key command cannot be run: check IOPKIT_KEY_COMMAND. {BY_HAND}") from None
    except subprocess.TimeoutExpired:
        raise StoreError(f"The key command took longer than {seconds:g} seconds. {BY_HAND}") from None
    if done.returncode:
        raise StoreError(f"The key command ended with exit code {done.returncode}. {BY_HAND}")
    return KeyFile(None, parse_keys(done.stdout.decode("utf-8", "replace"), "What the key command prints"))


def path_for_kernels() -> Path:
    """Return where this process's kernels find the keys: the key file, or the command's keys in memory.

    The command and what it needs to reach a vault stay with this process. The file ends with it.
    """
    command = key_command()
    return _handed(command) if command else key_path()


@cache
def _handed(command: str) -> Path:
    content = key_document(read_key_command(command).keys).encode()
    if not hasattr(os, "memfd_create"):
        return _private_file(content)
    handle = os.memfd_create("iopkit-key")
    os.fchmod(handle, 0o400)
    os.write(handle, content)
    return Path(f"/proc/{os.getpid()}/fd/{handle}")


def _private_file(content: bytes) -> Path:
    """Return a file only this user can read, for systems without files in memory."""
    handle, name = tempfile.mkstemp(prefix="iopkit-key-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    path = Path(name)
    path.chmod(0o400)
    return path
