"""What ``import iopkit`` offers, and how little it loads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import iopkit


def test_the_public_names_are_sorted_and_each_can_be_imported() -> None:
    assert iopkit.__all__ == sorted(iopkit.__all__)
    assert dir(iopkit) == iopkit.__all__
    assert [name for name in iopkit.__all__ if not hasattr(iopkit, name)] == []
    assert iopkit.__all__ == ["__version__", "app", "preview", "show"]


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'iopkit' has no attribute 'shoe'"):
        iopkit.shoe  # noqa: B018


def test_importing_iopkit_loads_nothing_else() -> None:
    code = "import sys, iopkit; print([name for name in sys.modules if name.startswith('iopkit')])"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout == "['iopkit']\n"


def test_a_command_that_makes_no_report_loads_nothing_that_makes_them() -> None:
    """Papermill brings numpy and pyarrow along: a fifth of the start of each command."""
    code = "import sys, iopkit.cli; print({'papermill', 'nbclient', 'numpy', 'pyarrow'} & set(sys.modules))"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout == "set()\n"


def test_a_refusal_in_a_notebook_is_one_sentence_without_a_traceback(tmp_path: Path) -> None:
    outside = {name: value for name, value in os.environ.items() if not name.startswith("IOPKIT_")}
    command = [sys.executable, "-m", "IPython", "--no-banner", "-c", "import iopkit; iopkit.app('client')"]

    result = subprocess.run(
        command, env={**outside, "IPYTHONDIR": str(tmp_path)}, capture_output=True, text=True
    )

    shown = (result.stdout + result.stderr).strip()
    assert shown.startswith("SignInError: Nobody is signed in here.")
    assert len(shown.splitlines()) == 1
