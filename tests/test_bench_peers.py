"""The peers of the page bench: the same questions, versions that are named, never imported by iopkit."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from iopkit.bench import page, peers
from iopkit.bench.form import ITEMS
from iopkit.bench.peers import PEERS, against, peer_site, programs
from iopkit.errors import ServeError


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_each_peer_asks_the_same_questions_in_the_same_order(peer):
    code = ast.parse(peer.code())

    texts = [node.value for node in ast.walk(code) if isinstance(node, ast.Constant)]
    asked = [text for text in texts if text in {question for _, _, question, _ in ITEMS}]

    assert sorted(asked) == sorted(question for _, _, question, _ in ITEMS)
    for _, _, _, choices in ITEMS:
        assert set(choices) <= set(texts)


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_each_peer_listens_on_this_machine_only(peer):
    command = peer.command("form.py", 4321)

    assert command[0] == peer.name
    assert "127.0.0.1" in command
    assert "4321" in command


def test_the_peers_are_never_imported_by_this_program():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import iopkit.bench.page, sys; print({*sys.modules} & {*sys.argv})",
            *names(),
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == "set()"


def names() -> list[str]:
    return [peer.name for peer in PEERS]


def test_a_peer_is_compared_by_its_warm_visits():
    (figure,) = against({"shiny": [0.4, 0.6, 0.5]}, [0.5, 0.5, 0.5])

    assert (figure.name, figure.value) == ("page.warm.shiny_over_ours", 1.0)
    assert (figure.low, figure.high) == (0.8, 1.2)


class Installer:
    """Stands in for venv and pip: notes what was asked for, and fails at will."""

    def __init__(self, code: int = 0) -> None:
        self.code = code
        self.asked: list[list[str]] = []

    def run(self, command: list[str], **_: object) -> "Installer":
        self.asked.append(command)
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True, exist_ok=True)
        return self

    @property
    def returncode(self) -> int:
        return self.code


def test_the_peers_are_installed_once_in_the_versions_that_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path)
    installer = Installer()
    monkeypatch.setattr(peers.subprocess, "run", installer.run)

    first, again = programs(), programs()

    assert first == again == tmp_path / "bench-peers" / "bin"
    assert len(installer.asked) == 2
    assert installer.asked[1][-3:] == [f"{peer.name}=={peer.version}" for peer in PEERS]
    assert all(peer.version[0].isdigit() for peer in PEERS)


def test_peers_that_cannot_be_had_are_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path)
    monkeypatch.setattr(peers.subprocess, "run", Installer(code=1).run)

    with pytest.raises(ServeError, match="could not be installed"):
        programs()
    assert not (tmp_path / "bench-peers" / "installed").exists()


def test_a_peers_site_ends_with_the_bench(tmp_path):
    program = tmp_path / "shiny"
    program.write_text("#!/bin/sh\nexec sleep 600\n")
    program.chmod(0o700)

    with peer_site(PEERS[0], tmp_path, tmp_path) as running:
        assert running.process.poll() is None
        assert running.site.address.startswith("http://127.0.0.1:")
        assert (tmp_path / "form.py").read_text() == PEERS[0].code()

    assert running.process.poll() is not None


def test_without_being_asked_for_no_peer_is_installed(monkeypatch):
    monkeypatch.setattr(page, "programs", lambda: pytest.fail("installed"))

    with page.open_peers(False, lambda text: None) as found:
        assert found == {}
