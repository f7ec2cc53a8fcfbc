"""The kernelspec by which any Jupyter program chooses forked kernels."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "kernel.json"


def kernelspec(modules: Sequence[str] | None = None) -> dict[str, Any]:
    """Return what ``kernel.json`` holds, with ``modules`` imported before each fork instead of our own."""
    spec: dict[str, Any] = json.loads(_FILE.read_text())
    if modules is not None:
        spec["metadata"]["kernel_provisioner"]["config"]["modules"] = list(modules)
    return spec


def install_kernelspec(folder: Path, *, modules: Sequence[str] | None = None, name: str = "iopkit") -> Path:
    """Write the kernelspec below ``folder`` (a Jupyter data folder); return the folder it lies in."""
    place = Path(folder) / "kernels" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "kernel.json").write_text(json.dumps(kernelspec(modules), indent=1) + "\n")
    return place
