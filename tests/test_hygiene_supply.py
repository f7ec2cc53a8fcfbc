"""What iopkit is made of is written down, asked for known weaknesses, and holds no secret."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "requirements")]

from audit import NO_SOURCE, judged  # noqa: E402

from hatch_build import bill  # noqa: E402

CHECK = (ROOT / "Makefile").read_text().partition("\ncheck:")[2].partition("\n\n")[0]


def test_the_bill_of_materials_names_every_locked_package_with_its_hashes():
    made = bill(ROOT)

    lock = (ROOT / "requirements/serve.lock").read_text()
    python = [one for one in made["components"] if one["purl"].startswith("pkg:pypi/")]
    script = [one for one in made["components"] if one["purl"].startswith("pkg:npm/")]
    assert [f"{one['name']}=={one['version']}" for one in python] == re.findall(
        r"^[\w.-]+==[^\s;]+", lock, re.MULTILINE
    )
    assert [one["name"] for one in python if not one["hashes"]] == []
    assert sum(len(one["hashes"]) for one in python) == lock.count("--hash=sha256:")
    assert {"preact", "survey-core"} <= {one["name"] for one in script}
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert json.loads(json.dumps(made)) == made


def test_make_check_looks_for_secrets_and_known_weaknesses():
    assert "detect_secrets.pre_commit_hook --baseline .secrets.baseline" in CHECK
    assert "requirements/audit.py" in CHECK


def test_known_weaknesses_are_told_one_by_one_and_refused():
    found = {
        "dependencies": [
            {"name": "sound", "version": "1.0", "vulns": []},
            {"name": "weak", "version": "2.0", "vulns": [{"id": "GHSA-1", "fix_versions": ["2.1"]}]},
            {"name": "unknown", "skip_reason": "not found"},
        ]
    }

    assert judged(found) == (
        1,
        ["weak 2.0: GHSA-1, mended in 2.1", "2 of 3 locked packages were checked, 1 known weaknesses."],
    )


@pytest.mark.parametrize(
    "found", [None, {}, {"dependencies": []}, {"dependencies": [{"name": "a", "skip_reason": "not found"}]}]
)
def test_where_nobody_can_be_asked_it_says_so_and_passes(found):
    assert judged(found) == (0, [NO_SOURCE])


SECRETS = {
    "private key": "-----BEGIN RSA PRIV" + "ATE KEY-----",
    "key of a cloud": 'id = "AKIA' + 'IOSFODNN7EXAMPLQ"',
    "address with a password": "postgresql://app:" + "h7Gd93kLmq@db.example.org/clinic",
    "token": 'token = "ghp_' + 'a8Jq3nVx0ZrT5yLw2KcB7uHdM1sEf9GiPoRk"',
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_a_secret_in_a_file_is_found(tmp_path, text):
    file = tmp_path / "settings.py"
    file.write_text(text + "\n")
    command = ["-m", "detect_secrets.pre_commit_hook", "--baseline", str(ROOT / ".secrets.baseline")]

    found = subprocess.run(
        [sys.executable, *command, str(file)], cwd=tmp_path, capture_output=True, check=False
    )

    assert found.returncode == 1
