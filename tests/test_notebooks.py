"""Notebooks are thin, clean, and run from top to bottom for an invented person."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import nbformat
import pytest
from shipped import NIGHT, THOUGHT, phq9, send

from iopkit.clinic import PasswordCost, Settings, open_store

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
READERS = {
    "clinician": "ina",
    "progress": "ina",
    "discharge": "ina",
    "coordinator": "cora",
    "program": "cora",
    "supervisor": "vera",
}
"""Who runs a notebook here, where it is not the client."""

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_the_apps_worksheets_and_reports_of_the_design_are_there() -> None:
    names = {str(path.relative_to(ROOT / "notebooks")) for path in NOTEBOOKS}

    assert names >= {
        "apps/client.ipynb",
        "apps/clinician.ipynb",
        "apps/coordinator.ipynb",
        "apps/library.ipynb",
        "apps/supervisor.ipynb",
        "reports/client-summary.ipynb",
        "reports/discharge.ipynb",
        "reports/program.ipynb",
        "reports/progress.ipynb",
        "start-here.ipynb",
        "worksheets/nutrition-log.ipynb",
        "worksheets/sleep-diary.ipynb",
        "worksheets/speaker-listener.ipynb",
        "worksheets/thought-record.ipynb",
    }


@each
def test_a_notebook_holds_no_output_count_or_widget_state(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)

    nbformat.validate(notebook)
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
        assert cell.metadata.keys() <= {"tags"}
    assert notebook.metadata.kernelspec == {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }


@each
def test_a_notebook_is_thin(path: Path) -> None:
    code = code_of(path)

    assert len(nbformat.read(path, as_version=4).cells) <= 12
    assert sum(len(source.splitlines()) for source in code) <= 40
    assert re.findall(r"^\s*(?:def|class|for|while|try)\b", "\n".join(code), re.MULTILINE) == []


@each
def test_what_a_report_is_made_of_has_one_cell_of_typed_parameters(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]

    if path.parent.name in ("reports", "worksheets"):
        (source,) = tagged
        named = re.findall(r"^(\w+): str = ", source, re.MULTILINE)
        assert named[-2:] == ["since", "until"]
        assert named[:-2] == {"program": [], "couple": ["couple"]}.get(path.stem, ["client"])
    else:
        assert tagged == []


def test_start_here_teaches_in_five_cells() -> None:
    code = code_of(ROOT / "notebooks" / "start-here.ipynb")

    assert len(nbformat.read(ROOT / "notebooks" / "start-here.ipynb", as_version=4).cells) == 5
    assert 'iopkit.show("thought-record")' in code[0]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("clinic")
    place = str(folder / "data" / "iopkit.db"), str(folder / "keys" / "iopkit.key")
    settings = Settings(password_cost=PasswordCost(passes=1, memory_kib=8, lanes=1))
    with open_store(*place, settings=settings, now=lambda: datetime.now(UTC)) as store:
        ava = store.add_person("client", "ava", "Ava Example", zone="America/New_York")
        ina = store.add_person("clinician", "ina", "Ina Invented", zone="UTC", domains=["individual"])
        store.treat(ava.id, ina.id, "individual", date(2026, 1, 1))
        store.couple(ava.id, store.add_person("client", "ben", "Ben Example", zone="UTC").id)
        store.add_person("coordinator", "cora", "Cora Invented", zone="UTC")
        store.add_person("supervisor", "vera", "Vera Invented", zone="UTC")
        desk = store.desk_for("ava")
        send(desk, "phq-9", phq9(14))
        send(desk, "thought-record", THOUGHT)
        send(desk, "sleep-diary", NIGHT)
    return {"IOPKIT_DATABASE_URL": place[0], "IOPKIT_KEY_FILE": place[1], "PYTHONPATH": str(ROOT)}


@each
def test_a_notebook_runs_from_top_to_bottom(path: Path, environment: dict[str, str], tmp_path: Path) -> None:
    own = dict(environment)
    if path.stem != "start-here":
        own["IOPKIT_FOR"] = READERS.get(path.stem, "ava")
    copy = tmp_path / path.name
    code = path.read_text()
    for whose in ("client", "couple"):
        code = code.replace(f'{whose}: str = \\"\\"', f'{whose}: str = \\"ava\\"')
    copy.write_text(code)
    command = [sys.executable, "-W", "default", "-m", "pytest", "--nbval", "-q", "-p", "no:randomly"]
    command += ["-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", str(tmp_path), str(copy)]

    result = subprocess.run(command, env=os.environ | own, capture_output=True, text=True, timeout=240)

    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-2000:]
    assert f"{len(code_of(path))} passed" in result.stdout
