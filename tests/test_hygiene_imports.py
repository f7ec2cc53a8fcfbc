"""Imports point one way, so that each room of the engine can be read, tested and run without those above."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "iopkit").rglob("*.py"))
}
LEVEL = {
    "errors": 0,
    "words": 0.5,
    "worksheets": 1,
    "measures": 2,
    "charts": 3,
    "clinic": 4,
    "widgets": 5,
    "exchange": 5,
    "reports": 5,
    "apps": 6,
    "server": 7,
    "bench": 8,
    "cli": 9,
    "__main__": 10,
}
"""Each room may import the rooms of a lower level. ``kernels`` imports none of ours and all may import it."""

JUPYTER = ["IPython", "anywidget", "ipykernel", "ipywidgets", "jupyter_client", "jupyter_server", "nbconvert"]
JUPYTER += ["nbclient", "nbformat", "papermill", "tornado", "traitlets", "voila"]


def imported(name: str, path: Path) -> Iterator[str]:
    """List full names of what a module imports, anywhere in it, relative imports resolved."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{alias.name}" for alias in node.names)


def ours(target: str) -> str | None:
    """Find the module of ours that an imported name lies in."""
    parts = target.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))

    return next((name for name in names if name in MODULES), None)


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def graph() -> dict[str, set[str]]:
    found = {name: {ours(target) for target in imported(name, path)} for name, path in MODULES.items()}

    return {
        name: {target for target in targets if target and target != name} for name, targets in found.items()
    }


def wrong_way(name: str, target: str) -> bool:
    here, there = room(name), room(target)
    if not here or not there or here == there:
        return False  # the package itself only names what its rooms offer
    if "kernels" in (here, there):
        return here == "kernels"

    return LEVEL[there] >= LEVEL[here]


def test_each_room_imports_only_the_rooms_below_it():
    wrong = [
        f"{name} → {target}"
        for name, targets in graph().items()
        for target in targets
        if wrong_way(name, target)
    ]

    assert sorted(wrong) == []


def test_every_room_has_its_place_in_the_order():
    rooms = {room(name) for name in MODULES} - {"", "kernels"}

    assert rooms - set(LEVEL) == set()


def test_no_two_modules_import_each_other_not_even_by_a_detour():
    left = graph()

    while free := [name for name, targets in left.items() if not targets & set(left)]:
        left = {name: targets for name, targets in left.items() if name not in free}

    assert {name: sorted(targets & set(left)) for name, targets in left.items()} == {}


def test_only_one_module_reads_yaml():
    readers = [
        name
        for name, path in MODULES.items()
        if {"ruamel", "yaml"} & {t.split(".")[0] for t in imported(name, path)}
    ]

    assert readers == ["iopkit.worksheets.load"]


def test_only_widgets_and_apps_import_a_widget_library():
    users = {
        room(name)
        for name, path in MODULES.items()
        if {"anywidget", "ipywidgets"} & {target.split(".")[0] for target in imported(name, path)}
    }

    assert users <= {"widgets", "apps"}


@pytest.mark.parametrize("module", ["worksheets", "measures", "charts", "clinic.access"])
def test_what_counts_and_decides_runs_without_jupyter(module):
    block = f"import sys; sys.modules.update(dict.fromkeys({JUPYTER!r})); import iopkit.{module}"

    done = subprocess.run(
        [sys.executable, "-c", block], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
