"""The Containerfile, where there is no container: each instruction makes sense, and what it says works.

In the soak its build is carried out below a folder, line by line, and what it made runs as its user.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from server_process import free_port, stop

ROOT = Path(__file__).parent.parent
FILE = ROOT / "deploy" / "container" / "Containerfile"
KNOWN = {
    *("FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME"),
    *("EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"),
}
PASSED = re.compile(r"(?i)pip_|npm_|ssl_|\w+_proxy$")
"""Settings of this machine without which it reaches no registry."""
OTHER = ("setpriv", "--reuid={}", "--regid={}", "--clear-groups", "--inh-caps=+dac_read_search")
OTHER += ("--ambient-caps=+dac_read_search",)
"""Runs a program as another user, who may also read what the image would hold: this machine's own Python."""
Instruction = tuple[str, str]


def stages() -> dict[str, list[Instruction]]:
    """Return the instructions of each stage by its name, the last one's is ""."""
    text = re.sub(r"(?m)^\s*#.*\n", "", FILE.read_text())
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    found: dict[str, list[Instruction]] = {}
    for line in lines:
        word, rest = line.split(None, 1)
        if word == "FROM":
            name = re.search(r" AS (\w+)$", rest)
            at = found.setdefault(name[1] if name else "", [])
        at.append((word, rest.strip()))
    return found


def said(stage: str, word: str) -> list[str]:
    return [rest for each, rest in stages()[stage] if each == word]


def commands(stage: str) -> list[str]:
    """Return the commands that a stage runs, one by one."""
    return [one.strip() for line in said(stage, "RUN") for one in line.split("&&")]


def listed(text: str) -> list[str]:
    """Return the words of an instruction that is written as a list."""
    return re.findall(r'"((?:[^"\\]|\\.)*)"', text)


def settings() -> dict[str, str]:
    """Return the environment that the image sets."""
    return dict(re.findall(r"(\w+)=(\S+)", " ".join(said("", "ENV"))))


def health() -> list[str]:
    (check,) = said("", "HEALTHCHECK")
    return listed(check[check.index("CMD") :])


def test_each_instruction_is_one_and_each_stage_begins_with_an_image():
    found = stages()

    assert list(found) == ["build", ""]
    for instructions in found.values():
        assert instructions[0][0] == "FROM"
        assert {word for word, _rest in instructions} <= KNOWN
        assert instructions[0][1].split()[0] == "docker.io/library/python:3.12-slim"


def test_what_is_copied_is_there():
    assert said("build", "COPY") == [". ."]
    (copied,) = said("", "COPY")
    option, source, target = copied.split()
    made = [one for one in commands("build") if one == f"python -m venv {source}"]

    assert option == "--from=build"
    assert target == source  # a virtual environment may not be moved
    assert len(made) == 1
    assert settings()["PATH"] == f"{source}/bin:$PATH"


def test_what_the_build_asks_of_make_and_pip_is_known_to_them():
    checked = set()
    for command in commands("build"):
        words = shlex.split(command)
        if words[0] == "make":
            done = subprocess.run([*words, "-n"], cwd=ROOT, capture_output=True, check=False)
            assert done.returncode == 0, done.stderr
        elif words[1:3] == ["-m", "pip"]:
            helped = subprocess.run(
                [sys.executable, "-m", "pip", words[3], "--help"], capture_output=True, text=True, check=True
            ).stdout
            options = [word for word in words[4:] if word.startswith("--")]
            assert [one for one in options if f"{one} " not in helped] == []
            if "-r" in words:
                assert (ROOT / words[words.index("-r") + 1]).is_file()
        else:
            assert words[0] in ("apt-get", "rm", "python")
        checked.add(" ".join(words[:4]))

    assert len(checked) == 7
    packages = [one for one in commands("build") if one.startswith("apt-get install")]
    assert packages == ["apt-get install -y --no-install-recommends make"]


def test_the_volumes_belong_to_the_user_and_hold_what_is_kept():
    (volumes,) = said("", "VOLUME")
    made = next(one for one in commands("") if one.startswith("install -d"))
    kept = [value for name, value in settings().items() if name.startswith("IOPKIT_")]

    assert made == f"install -d -o iopkit -g iopkit -m 0700 {' '.join(listed(volumes))}"
    assert sorted(str(Path(place).parent) for place in kept) == sorted(listed(volumes))
    assert "--uid 10001" in commands("")[0]


def test_the_port_is_the_same_everywhere():
    words = listed(said("", "CMD")[0])

    assert said("", "EXPOSE") == [words[words.index("--port") + 1]] == ["8866"]
    assert "127.0.0.1:8866/" in health()[-1]


@contextmanager
def run_as_it_says(programs: Path, place: Path, user: int | None) -> Iterator[dict[str, str]]:
    """Run what the image runs, in the environment it sets and no other; yield that, with the port in it."""
    port = str(free_port())
    entry, command = (listed(said("", word)[0]) for word in ("ENTRYPOINT", "CMD"))
    environment = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(place / "home")}
    for name, value in settings().items():
        if name != "PATH":
            environment[name] = str(place) + value
    words = [*entry, *(port if word == "8866" else word for word in command)]
    found = str(programs / words[0])
    changed = [] if user is None else [word.format(user) for word in OTHER]
    log = place / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*changed, found, *words[1:]],
            env=environment,
            cwd=place / "home",
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        assert process.stdout is not None
        assert any(line.startswith("Open http") for line in process.stdout), log.read_text()
        yield {**environment, "PORT": port}
    finally:
        stop(process)


def healthy(environment: dict[str, str]) -> int:
    """Return what the image's check of its health exits with."""
    program, *words = (word.replace("8866", environment["PORT"]) for word in health())
    path = Path(environment["PATH"].split(":")[0]) / program
    return subprocess.run(
        [path, *words], env=environment, timeout=60, capture_output=True, check=False
    ).returncode


def rooms(folder: Path) -> Path:
    for name in ("data", "keys", "home"):
        (folder / name).mkdir(mode=0o700)
    return folder


def test_what_the_container_runs_works_in_its_own_environment_and_says_that_it_is_well(tmp_path: Path):
    place = rooms(tmp_path)
    with run_as_it_says(Path(sys.executable).parent, place, user=None) as environment:
        assert healthy(environment) == 0
        assert (place / "data" / "iopkit.db").is_file()
        assert (place / "keys" / "iopkit.key").stat().st_mode & 0o777 == 0o400

    assert healthy(environment) != 0


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """Make a folder that another user can reach."""
    with tempfile.TemporaryDirectory(prefix="iopkit-container-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.soak
@pytest.mark.timeout(2400)
@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can run a program as another user"
)
def test_the_build_carried_out_line_by_line_makes_a_program_that_runs_as_its_user(elsewhere: Path):
    source = elsewhere / "src"
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as tar:
        tar.extractall(source, filter="data")
    (elsewhere / "bin").mkdir()
    (elsewhere / "bin" / "python").symlink_to(Path(sys._base_executable).resolve())
    passed = {name: value for name, value in os.environ.items() if PASSED.match(name)}
    environment = {**passed, "PATH": f"{elsewhere}/bin:{os.environ['PATH']}", "HOME": str(elsewhere)}
    given = {"cwd": source, "env": environment, "capture_output": True, "text": True, "check": False}

    for command in commands("build"):
        if command.split()[0] in ("apt-get", "rm"):
            continue  # what is installed there is make, and this machine has it
        for moved in ("/opt/iopkit", "/wheels"):
            command = re.sub(rf"(?<=\s){moved}", f"{elsewhere}{moved}", f" {command}").strip()
        done = subprocess.run(["/bin/sh", "-c", command], **given)
        assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])

    place = rooms(elsewhere)
    for name in ("data", "keys", "home"):
        os.chown(place / name, 10001, 10001)
    with run_as_it_says(elsewhere / "opt" / "iopkit" / "bin", place, user=10001) as found:
        assert healthy(found) == 0
        assert (place / "data" / "iopkit.db").stat().st_uid == 10001
    kept = {path.name for path in (elsewhere / "opt").rglob("*") if path.suffix in (".key", ".db", ".iopkit")}
    assert kept == {"test.key"}  # of Tornado's own tests
