"""A key held by a command: read without a shell, never shown, a sentence for each way it can go wrong."""

import json
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from iopkit.clinic import open_store
from iopkit.clinic.key import add_key, key_document, make_key_file, new_key, read_key_file
from iopkit.clinic.key_command import path_for_kernels, read_key_command
from iopkit.errors import StoreError

ROOT = Path(__file__).parent.parent


def printing(path):
    """Return a command that prints a file, as a vault's own command would print a secret."""
    return shlex.join([sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", str(path)])


@pytest.fixture
def vault(tmp_path, monkeypatch):
    """Keep the keys in a file that only the command knows, and the configuration folder empty."""
    path = make_key_file(tmp_path / "vault" / "secret").path
    monkeypatch.setenv("IOPKIT_KEY_COMMAND", printing(path))
    monkeypatch.delenv("IOPKIT_KEY_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return path


def test_a_store_opens_with_the_keys_that_a_command_prints_and_no_file_is_made(vault, tmp_path):
    with open_store(str(tmp_path / "db")) as store:
        added = store.add_person("client", "ava", "Ava Example", zone="UTC")
        assert store.key_file is None
    with open_store(str(tmp_path / "db")) as again:
        assert again.person("ava") == added

    assert not (tmp_path / "config").exists()


def test_a_key_added_in_the_vault_guards_everything_after_a_rotation(vault, tmp_path):
    with open_store(str(tmp_path / "db")) as store:
        store.add_person("client", "ava", "Ava Example", zone="UTC")
        added = add_key(read_key_file(vault)).newest

        done = store.rotate_keys()

        assert (done.key_id, done.is_new, done.people) == (added.id, False, 1)


def test_without_a_new_key_in_the_vault_a_rotation_says_how_to_put_one_there(vault, tmp_path):
    with (
        open_store(str(tmp_path / "db")) as store,
        pytest.raises(StoreError, match="store there what `iopkit keys make` prints, start iopkit again"),
    ):
        store.rotate_keys()


def test_the_command_sees_no_shell(tmp_path):
    canary = tmp_path / "canary"

    with pytest.raises(StoreError, match="is not a key file of iopkit"):
        read_key_command(f"echo x; touch {canary} && $(touch {canary})")

    assert not canary.exists()


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("/no/such/command", "The key command cannot be run: check IOPKIT_KEY_COMMAND"),
        ("'open quote", "The key command cannot be run: check IOPKIT_KEY_COMMAND"),
        (" ", "The key command cannot be run: check IOPKIT_KEY_COMMAND"),
        ("false", "The key command ended with exit code 1. Run it by hand to see why"),
        ("sleep 60", "The key command took longer than 0.2 seconds"),
        ("echo canary-not-a-key", "What the key command prints is not a key file of iopkit"),
        ("printf '\\377'", "What the key command prints is not a key file of iopkit"),
    ],
)
def test_what_a_command_can_do_wrong_is_a_sentence_without_its_output(command, why):
    with pytest.raises(StoreError) as refused:
        read_key_command(command, seconds=0.2 if "sleep" in command else 30)

    assert str(refused.value).startswith(why)
    assert "canary" not in str(refused.value)


def test_neither_output_nor_complaints_reach_a_traceback(tmp_path):
    secret = new_key().secret.hex()
    code = f"import sys; sys.stderr.write('{secret}'); print('{secret}'); sys.exit(3)"
    run = "import sys; from iopkit.clinic.key_command import read_key_command; read_key_command(sys.argv[1])"

    done = subprocess.run(
        [sys.executable, "-c", run, shlex.join([sys.executable, "-c", code])],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "exit code 3" in done.stderr
    assert secret not in done.stderr.replace(code, "") + done.stdout


def test_the_keys_of_another_database_are_refused(vault, tmp_path, monkeypatch):
    open_store(str(tmp_path / "db")).close()
    monkeypatch.setenv("IOPKIT_KEY_COMMAND", printing(make_key_file(tmp_path / "other").path))

    with pytest.raises(StoreError) as refused:
        open_store(str(tmp_path / "db"))

    assert str(refused.value) == (
        "What the key command prints does not belong to this database. Without its own key nobody can read "
        "the answers in it. Name the right one with IOPKIT_KEY_COMMAND."
    )


def test_file_and_command_together_are_refused(vault, tmp_path, monkeypatch):
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(vault))

    with pytest.raises(StoreError, match="Set IOPKIT_KEY_FILE or IOPKIT_KEY_COMMAND, not both"):
        open_store(str(tmp_path / "db"))


def test_kernels_get_the_keys_from_memory_and_never_the_command(vault, tmp_path):
    with open_store(str(tmp_path / "db")) as store:
        added = store.add_person("client", "ava", "Ava Example", zone="UTC")

    path = path_for_kernels()

    assert read_key_file(path).keys == read_key_file(vault).keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    run = (
        "import sys; from iopkit.clinic import open_store\n"
        "with open_store(sys.argv[1], create=False) as store: print(store.person('ava').id)"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(tmp_path / "db")],
        env={"IOPKIT_KEY_FILE": str(path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == added.id


def test_without_a_command_kernels_get_the_key_file(tmp_path, monkeypatch):
    monkeypatch.delenv("IOPKIT_KEY_COMMAND", raising=False)
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "key"))

    assert path_for_kernels() == tmp_path / "key"


def test_a_key_document_is_what_a_key_file_holds(tmp_path):
    file = make_key_file(tmp_path / "key")

    assert json.loads(key_document(file.keys)) == json.loads(file.path.read_text())
