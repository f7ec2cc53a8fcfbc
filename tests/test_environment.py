"""environment.yml asks conda for exactly what pyproject.toml asks pip for."""

import re
import tomllib
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONDA = YAML(typ="safe").load((ROOT / "environment.yml").read_text())
LISTED = [line for line in CONDA["dependencies"] if isinstance(line, str)]

CONDA_NAME = {
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "typst": "typst-py",
    "tzdata": "python-tzdata",
}
"""Where conda-forge names a package otherwise than PyPI (its own ``tzdata`` is not the Python one)."""


def conda_line(requirement: str) -> str:
    name = re.split(r"[<>=!~\[; ]", requirement, maxsplit=1)[0]

    return CONDA_NAME.get(name, name) + requirement.removeprefix(name)


def test_every_requirement_of_the_project_is_listed_for_conda_with_the_same_bound():
    groups = PROJECT["dependency-groups"]

    wanted = PROJECT["project"]["dependencies"] + groups["build"] + groups["notebook"]

    assert sorted(map(conda_line, wanted)) == sorted(set(LISTED) - {"pip", "nodejs>=20", "python>=3.11"})


def test_the_same_python_is_asked_for():
    assert "python" + PROJECT["project"]["requires-python"] in LISTED


def test_the_list_is_sorted_after_what_it_stands_on():
    assert LISTED[:3] == ["python>=3.11", "pip", "nodejs>=20"]
    assert LISTED[3:] == sorted(LISTED[3:])


def test_pip_installs_only_this_checkout():
    assert CONDA["dependencies"][-1] == {"pip": ["-e ."]}
