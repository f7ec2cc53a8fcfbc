"""Known weaknesses of the locked packages: exit 1 with a line for each; a line when nobody could be asked."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("serve.lock")
NO_SOURCE = "No source of advisories can be reached from here; no package was checked for known weaknesses."
PATIENCE = 120


def asked(lock: Path) -> dict[str, Any] | None:
    """Return what pip-audit found out about a lock; None when it reached nobody who knows."""
    command = ["-m", "pip_audit", "--disable-pip", "--requirement", str(lock), "--format", "json"]
    quiet = ["--progress-spinner", "off", "--desc", "off"]
    try:
        done = subprocess.run(  # noqa: S603  # its words are all ours
            [sys.executable, *command, *quiet], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return found


def judged(found: dict[str, Any] | None) -> tuple[int, list[str]]:
    """Return the exit code and what to say about an answer of pip-audit."""
    packages = (found or {}).get("dependencies", [])
    known = [package for package in packages if "vulns" in package]
    if not known:
        return 0, [NO_SOURCE]
    weak = [
        f"{package['name']} {package['version']}: {weakness['id']}, "
        f"mended in {', '.join(weakness.get('fix_versions') or ['no version yet'])}"
        for package in known
        for weakness in package["vulns"]
    ]
    said = f"{len(known)} of {len(packages)} locked packages were checked, {len(weak)} known weaknesses."
    return int(bool(weak)), [*weak, said]


if __name__ == "__main__":
    code, lines = judged(asked(LOCK))
    print("\n".join(lines))  # noqa: T201
    sys.exit(code)
