"""Backups: one moment of a clinic's database in one sealed file, opened again before it counts; and back.

A backup is taken while the clinic works. What is restored is proved whole before it is put in its place, and
nothing is ever overwritten.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from sqlalchemy import URL, inspect

from iopkit.clinic import opening, postgres_tools
from iopkit.clinic.database import connect
from iopkit.clinic.key import KeyFile, read_key_file
from iopkit.clinic.key_command import read_key_command
from iopkit.clinic.office import Office, utc_now
from iopkit.clinic.proof import Proof, prove
from iopkit.clinic.schema import move_forward
from iopkit.clinic.sealed_file import Label, new_label, read_label, seal_file, unseal_file
from iopkit.clinic.settings import Settings, backup_url, database_url, key_command, key_path, plain
from iopkit.clinic.workroom import workroom
from iopkit.errors import StoreError


@dataclass(frozen=True)
class Backup:
    """A backup that was made and opened: where, how large, and what was proved of it (SQLite only)."""

    path: Path
    size: int
    proof: Proof | None


def back_up(office: Office, to: Path, backup_key: Path | None = None) -> Backup:
    """Write a sealed backup to the new file ``to``; it is there only once it was opened and found whole."""
    if to.exists():
        raise StoreError(f"There is a file {to} already. Nothing is overwritten: choose another name.")
    keys = read_key_file(backup_key) if backup_key else office.keys.read_again()
    is_server = office.database.is_server
    made = office.now().astimezone(UTC).isoformat(timespec="seconds")
    label = new_label("postgresql" if is_server else "sqlite", made, keys.newest)
    with _room(to.parent) as room:
        copy, draft, opened = room / "copy", room / "draft", room / "opened"
        if is_server:
            postgres_tools.dump(backup_url(office.database.engine.url), copy)
        else:
            _copy_sqlite(office, copy)
        seal_file(copy, draft, label, keys.newest)
        copy.unlink()
        unseal_file(draft, opened, keys)
        proof = _check(office, opened, is_server=is_server)
        _put(draft, to)
    return Backup(to, to.stat().st_size, proof)


def restore(
    file: Path,
    url: str | None = None,
    key_file: str | Path | None = None,
    *,
    owner: str | None = None,
    backup_key: Path | None = None,
) -> Proof:
    """Bring a backup into an empty place and return the proof of it; StoreError where there is anything."""
    label, target = read_label(file), database_url(url)
    keys = read_key_file(backup_key) if backup_key else _keys(key_file)
    kind = target.get_backend_name()
    if kind != label.kind:
        raise StoreError(
            f"This is a backup of {label.kind}, and {plain(target)} is not one. Name another database."
        )
    if kind == "sqlite":
        return _restore_sqlite(file, target, key_file, keys)
    return _restore_server(file, target, key_file, keys, owner)


def newest_backup(folder: Path) -> tuple[Path, Label] | None:
    """Return the newest backup in a folder and its label, or None."""
    found = list[tuple[Path, Label]]()
    for path in folder.iterdir():
        if path.is_file() and not path.name.startswith("."):
            try:
                found.append((path, read_label(path)))
            except StoreError:
                continue
    return max(found, key=lambda pair: pair[1].made, default=None)


def _copy_sqlite(office: Office, to: Path) -> None:
    target = connect(URL.create("sqlite", database=str(to)))
    try:
        office.database.copy_to(target)
    finally:
        target.close()


def _check(office: Office, opened: Path, *, is_server: bool) -> Proof | None:
    """Open what was sealed; StoreError unless it is a whole store, once its copy is brought up to date."""
    if is_server:
        postgres_tools.check(opened)
        return None
    copy = Office(
        connect(URL.create("sqlite", database=str(opened)), create=False),
        office.keys,
        office.settings,
        office.now,
    )
    try:
        move_forward(copy.database)
        return _whole(copy)
    finally:
        copy.database.close()


def _whole(office: Office) -> Proof:
    found = prove(office)
    if found.fault:
        raise StoreError(found.fault)
    return found


def _restore_sqlite(file: Path, target: URL, key_file: str | Path | None, keys: KeyFile) -> Proof:
    place = Path(str(target.database))
    if any(place.with_name(place.name + end).exists() for end in ("", "-wal", "-shm")):
        raise StoreError(
            f"There is a database at {place} already. Nothing is overwritten: name an empty place."
        )
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The database {place} cannot be made here: {error.strerror}.") from error
    with _room(place.parent) as room:
        copy = room / "copy"
        unseal_file(file, copy, keys)
        _bring_up_to_date(copy)
        proof = _open_and_prove(str(copy), key_file)
        _put(copy, place)
    return proof


def _restore_server(
    file: Path, target: URL, key_file: str | Path | None, keys: KeyFile, owner: str | None
) -> Proof:
    app = target.render_as_string(hide_password=False)
    maker = database_url(owner) if owner else target
    database = connect(maker)
    try:
        with database.read() as session:
            if inspect(session.connection()).get_table_names():
                raise StoreError(f"The database {plain(maker)} is not empty. Nothing is overwritten.")
        with _room(None) as room:
            unseal_file(file, room / "dump", keys)
            postgres_tools.load(room / "dump", maker)
        move_forward(database)  # rights do not travel in the file; the wall brings its own
    finally:
        database.close()
    if owner:
        opening.prepare(owner, app, key_file)
    return _open_and_prove(app, key_file)


def _bring_up_to_date(file: Path) -> None:
    """Move a copy forward; what was taken by an older program is restored to this one."""
    database = connect(URL.create("sqlite", database=str(file)), create=False)
    try:
        move_forward(database)
    finally:
        database.close()


def _open_and_prove(url: str, key_file: str | Path | None) -> Proof:
    office, _made = opening.open_office(url, key_file, create=False, settings=Settings(), now=utc_now)
    try:
        return _whole(office)
    finally:
        office.database.close()


def _keys(key_file: str | Path | None) -> KeyFile:
    command = key_command(key_file)
    return read_key_command(command) if command else read_key_file(key_path(key_file))


@contextmanager
def _room(folder: Path | None) -> Iterator[Path]:
    """Open a private folder, on the disk of ``folder``, that is gone afterwards."""
    try:
        with workroom(folder or Path(tempfile.gettempdir())) as room:
            yield room
    except OSError as error:
        raise StoreError(
            f"The backup cannot be written or read: {error.strerror}. Nothing was kept."
        ) from error


def _put(draft: Path, to: Path) -> None:
    """Give a finished file its name, unless somebody else took it meanwhile, and wait for the disk."""
    try:
        os.link(draft, to)
    except FileExistsError as error:
        raise StoreError(f"There is a file {to} already. Nothing is overwritten.") from error
    handle = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
