"""Asks survey-core itself, under Node: the other side of the parity tests."""

import json
import subprocess
from pathlib import Path
from typing import Any

SCRIPTS = Path(__file__).parent / "node"


def ask(script: str, payload: object) -> Any:
    """Return what a script of tests/node answers to ``payload``."""
    command = ["node", str(SCRIPTS / script)]
    done = subprocess.run(command, input=json.dumps(payload), capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
