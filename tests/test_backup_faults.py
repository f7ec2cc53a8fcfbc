"""A backup that cannot be finished leaves nothing; one that is not what was sealed opens nowhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from iopkit.clinic.backup import back_up, newest_backup
from iopkit.clinic.key import make_key_file
from iopkit.clinic.sealed_file import PIECE, TAG, new_label, read_label, seal_file, unseal_file
from iopkit.errors import StoreError

ROOT = Path(__file__).parent.parent
LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
from iopkit.cli import main
main()
"""
PLENTY = 1 << 30


def run(*words: object, limit: int = PLENTY, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file larger than ``limit``."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(limit), *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a command that was refused."""
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_a_disk_that_fills_up_leaves_no_half_backup(clinic, store, tmp_path):
    backups = tmp_path / "backups"
    backups.mkdir()
    words = ["backup", backups / "one", "--database", store.office.database.place]
    words += ["--key-file", store.key_file]

    done = run(*words, limit=40_000)

    assert re.match(r"The database .* (could not be read or written|has no room left)", said(done))
    assert list(backups.iterdir()) == []
    assert run(*words).returncode == 0


def test_a_disk_that_fills_up_during_a_restore_leaves_no_half_clinic(clinic, store, tmp_path):
    back_up(store.office, tmp_path / "one")
    target = tmp_path / "new" / "clinic.db"
    words = ["restore", tmp_path / "one", "--database", target, "--key-file", store.key_file]

    done = run(*words, limit=40_000)

    assert said(done) == "The backup cannot be written or read: File too large. Nothing was kept."
    assert list(target.parent.iterdir()) == []
    assert run(*words).returncode == 0


def test_a_full_disk_leaves_no_half_backup_of_a_server(postgres, postgres_homes, tmp_path):
    address, key = postgres_homes.again("clinic")
    place = ["--database", address, "--key-file", key]

    done = run("backup", tmp_path / "one", *place, limit=4096, IOPKIT_BACKUP_URL=postgres.url("clinic"))

    assert said(done).startswith("pg_dump ended with exit code ")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def sealed(tmp_path):
    """Return the keys and the whole of a small sealed file."""
    keys = make_key_file(tmp_path / "key")
    (tmp_path / "plain").write_bytes(b"the answers of a clinic")
    label = new_label("sqlite", "2026-03-14T00:00:00+00:00", keys.newest)
    seal_file(tmp_path / "plain", tmp_path / "sealed", label, keys.newest)
    return keys, (tmp_path / "sealed").read_bytes()


def is_refused(data: bytes, keys, folder: Path) -> bool:
    """Return whether a file with these bytes is refused."""
    file, out = folder / "file", folder / "out"
    file.write_bytes(data)
    out.unlink(missing_ok=True)
    try:
        unseal_file(file, out, keys)
    except StoreError:
        return True
    return False


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_a_change_of_any_byte_is_refused(bit, sealed, tmp_path):
    keys, data = sealed

    taken = [
        at
        for at in range(len(data))
        if not is_refused(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :], keys, tmp_path)
    ]

    assert taken == []
    assert not is_refused(data, keys, tmp_path)


def test_a_file_cut_short_at_any_byte_is_refused(sealed, tmp_path):
    keys, data = sealed

    assert [at for at in range(len(data)) if not is_refused(data[:at], keys, tmp_path)] == []


@pytest.mark.parametrize(
    "order", [(1, 0, 2), (0, 2), (0, 1), (0, 1, 1, 2), (1, 2), ()], ids=lambda order: str(order)
)
def test_pieces_that_were_moved_left_out_or_repeated_are_refused(order, tmp_path):
    keys = make_key_file(tmp_path / "key")
    (tmp_path / "plain").write_bytes(b"x" * (2 * PIECE + 100))
    label = new_label("sqlite", "2026-03-14T00:00:00+00:00", keys.newest)
    seal_file(tmp_path / "plain", tmp_path / "sealed", label, keys.newest)
    data = (tmp_path / "sealed").read_bytes()
    start = len(data) - (2 * PIECE + 100) - 3 * TAG
    pieces = [data[at : at + PIECE + TAG] for at in range(start, len(data), PIECE + TAG)]

    assert is_refused(data[:start] + b"".join(pieces[at] for at in order), keys, tmp_path)
    assert not is_refused(data[:start] + b"".join(pieces), keys, tmp_path)


def test_a_backup_of_another_key_is_refused_in_one_line(clinic, store, tmp_path):
    other = make_key_file(tmp_path / "other.key")
    back_up(store.office, tmp_path / "one", tmp_path / "other.key")
    target = tmp_path / "new" / "clinic.db"

    done = run("restore", tmp_path / "one", "--database", target, "--key-file", store.key_file)

    assert said(done).startswith(f"The backup {tmp_path}/one was sealed with key {other.newest.id}, which is")
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("made", ["", "yesterday", "2026-03-14T00:00:00", "~"])
def test_a_file_whose_label_names_no_moment_is_no_backup(made, clinic, store, tmp_path):
    """One damaged byte of a label must not hide the newest backup, nor stop who looks for it."""
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(store.office, folder / "whole")
    when = read_label(folder / "whole").made
    (folder / "damaged").write_bytes((folder / "whole").read_bytes().replace(when.encode(), made.encode(), 1))

    path, label = newest_backup(folder)

    assert (path.name, label.made) == ("whole", when)
