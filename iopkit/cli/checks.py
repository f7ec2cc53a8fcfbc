"""What ``iopkit doctor`` looks at: one function a thing, each returns one line about it."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.version import Version
from sqlalchemy import func, select, text

from iopkit.clinic import Store
from iopkit.clinic.backup import newest_backup
from iopkit.clinic.badge import PROGRAM
from iopkit.clinic.migrations import HEAD
from iopkit.clinic.tables import AuditRow, PersonRow
from iopkit.errors import ServeError, StoreError
from iopkit.exchange.mail import mailer
from iopkit.widgets import assets

LITTLE, NONE_LEFT = 5 << 30, 500 << 20
"""Bytes free on a disk: below the first somebody should look, below the second saves will soon fail."""
OLD = timedelta(hours=26)
"""A daily backup and two hours for it to be late."""
AHEAD = timedelta(minutes=5)
SOON = timedelta(days=14)
"""A certificate that ends this soon should have been renewed by now."""
SAFE = {"voila": "0.5.6", "jupyter_server": "2.20", "nbconvert": "7.17.1", "tornado": "6.6"}
"""The first versions without the weaknesses that their authors have published."""
START_SECONDS = 60


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it is (``ok``, ``look`` or ``bad``) and what was found."""

    name: str
    state: str
    said: str


def store_is_open(store: Store) -> Finding:
    """Say where the store is; that it is open already proves schema and address."""
    database = store.office.database
    with database.read(PROGRAM) as session:
        if not database.is_server:
            said = session.execute(text("PRAGMA quick_check(1)")).scalar()
            if said != "ok":
                return Finding(
                    "store", "bad", f"{database.place} is damaged. Restore a backup: iopkit restore."
                )
        people = session.scalar(select(func.count()).select_from(PersonRow))
    return Finding("store", "ok", f"{database.place}, schema {HEAD}, {people} people")


def key_is_apart(store: Store) -> Finding:
    """Say where the key is; a key beside the data it guards is carried off with it."""
    path, database = store.key_file, store.office.database
    if path is None:
        return Finding("key", "ok", "given by IOPKIT_KEY_COMMAND, and it belongs to this database")
    if not database.is_server and Path(database.place).resolve().parent == path.resolve().parent:
        return Finding(
            "key",
            "look",
            f"{path} lies beside the database: whoever copies the folder has both. Move it, and name it "
            "with IOPKIT_KEY_FILE.",
        )
    return Finding("key", "ok", f"{path}, closed to others, and it belongs to this database")


def disk_has_room(store: Store) -> Finding:
    """Say how much room there is where answers are stored, else where temporary files are."""
    database = store.office.database
    folder = Path(tempfile.gettempdir()) if database.is_server else Path(database.place).parent
    free = shutil.disk_usage(folder).free
    said = f"{free / (1 << 30):.1f} GB free in {folder}"
    if free < NONE_LEFT:
        return Finding("disk", "bad", f"{said}. Saves will soon be refused: make room.")
    return Finding("disk", "ok" if free >= LITTLE else "look", said)


def clock_is_right(store: Store) -> Finding:
    """Compare the clock with the newest row of the audit trail: it never runs ahead of now."""
    with store.office.database.read(PROGRAM) as session:
        newest = session.scalar(select(func.max(AuditRow.at)))
    now = store.office.now().astimezone(UTC)
    if newest is not None and _aware(newest) > now + AHEAD:
        return Finding(
            "clock", "bad", "the audit trail has a row from the future. Set the clock by a time server."
        )
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC, not before the newest audit row")


def zones_are_known(store: Store) -> Finding:
    """Look up the time zone of everybody."""
    with store.office.database.read(PROGRAM) as session:
        zones = set(session.scalars(select(PersonRow.zone)).all()) | {"America/New_York"}
    lost = sorted(zone for zone in zones if not _known(zone))
    if lost:
        return Finding("time zones", "bad", f"unknown here: {', '.join(lost)}. Run: pip install tzdata")
    return Finding("time zones", "ok", f"{len(zones)} in use, all known")


def front_end_is_built() -> Finding:
    """See whether each file of the browser's side is there."""
    try:
        names = assets.manifest()
    except ServeError as error:
        return Finding("browser files", "bad", str(error))
    lost = [file for file in names.values() if not (assets.static / file).is_file()]
    if lost:
        return Finding(
            "browser files", "bad", f"{len(lost)} of {len(names)} are missing. Install iopkit again."
        )
    return Finding("browser files", "ok", f"{len(names)} built")


def kernel_starts() -> Finding:
    """Start one kernel as a report does, let it count, and end it."""
    began = datetime.now(UTC)
    try:
        counted = asyncio.run(_count_in_a_kernel())
    except Exception as error:  # noqa: BLE001  # whatever Jupyter raises here is what is wrong with it
        return Finding(
            "kernels", "bad", f"none starts here ({type(error).__name__}). Is ipykernel installed?"
        )
    took = (datetime.now(UTC) - began).total_seconds()
    if not counted:
        return Finding("kernels", "bad", "one started and could not count.")
    started = f"one started, counted and ended in {took:.1f} s"
    return Finding("kernels", "ok", f"{started}{how_kernels_start()}; {kernels_now()}")


def how_kernels_start() -> str:
    """Return why kernels are not forked here, as the end of a sentence; nothing where they are."""
    from iopkit.kernels import status

    reason = status().reason
    return f", the ordinary way: {reason}" if reason else ", forked"


def kernels_now() -> str:
    """Return how many kernels run on this machine and what memory they have, without those of the check."""
    from iopkit.kernels.memory import memory_of, running_kernels

    found = running_kernels()
    if not found:
        return "none runs now"
    return f"{len(found)} running now, with {memory_of(found) / 2**20:.0f} MiB"


async def _count_in_a_kernel() -> bool:
    from iopkit.kernels.one_use import OneUseKernel

    manager = OneUseKernel()
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=START_SECONDS)
        reply = await client.execute_interactive(
            "1 + 1", timeout=START_SECONDS, output_hook=lambda _message: None
        )
    finally:
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
    return bool(reply["content"]["status"] == "ok")


def mail_is_taken() -> Finding:
    """Say whether the mail server of ``iopkit remind`` answers; without one nothing is ever sent."""
    if not os.environ.get("IOPKIT_SMTP_URL"):
        return Finding("mail", "ok", "iopkit sends none: IOPKIT_SMTP_URL is not set")
    try:
        with mailer().open() as line:
            answers = line.connection is not None
    except StoreError as error:
        return Finding("mail", "bad", str(error))
    if answers:
        return Finding("mail", "ok", "the mail server answers")
    return Finding("mail", "look", "the mail server does not answer; reminders wait until it does")


def help_is_named() -> Finding:
    """Say whether the help on each page names the program's own number beside 988 and 911."""
    number = os.environ.get("IOPKIT_PROGRAM_NUMBER", "").strip()
    if number:
        return Finding("help", "ok", f"988, 911 and {number} are named on each page")
    return Finding(
        "help", "look", "pages name 988 and 911 only: set IOPKIT_PROGRAM_NUMBER to your own number"
    )


def certificate_holds(file: Path, now: datetime) -> Finding:
    """Say until when the server's certificate holds; browsers refuse the whole clinic from then on."""
    from cryptography import x509

    try:
        ends = x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except OSError as error:
        return Finding("certificate", "bad", f"{file} cannot be read: {error.strerror}")
    except ValueError:
        return Finding("certificate", "bad", f"{file} is not a certificate in PEM")
    said = f"{file} holds until {ends:%Y-%m-%d %H:%M} UTC"
    if ends <= now:
        said = f"{file} has expired on {ends:%Y-%m-%d}. Browsers refuse to connect: put a new one in place."
        return Finding("certificate", "bad", said)
    return Finding("certificate", "look" if ends - now < SOON else "ok", said)


def backup_is_fresh(folder: Path | None, now: datetime) -> Finding:
    """Say how old the newest backup in a folder is."""
    if folder is None:
        return Finding(
            "backup", "look", "nobody said where backups are: set IOPKIT_BACKUPS, or give --backups"
        )
    if not folder.is_dir():
        return Finding("backup", "bad", f"there is no folder {folder}")
    try:
        found = newest_backup(folder)
    except OSError as error:
        return Finding("backup", "bad", f"the folder {folder} cannot be read: {error.strerror}")
    if found is None:
        return Finding("backup", "bad", f"there is none in {folder}. Make one: iopkit backup FILE")
    age = now - datetime.fromisoformat(found[1].made)
    said = f"the newest is {age.total_seconds() / 3600:.0f} hours old ({found[0].name})"
    return Finding("backup", "ok" if age <= OLD else "bad", said)


def versions_are_safe(installed: Callable[[str], str] = version) -> Finding:
    """Compare what this stands on with the first versions whose published weaknesses are mended."""
    weak = list[str]()
    for name, least in SAFE.items():
        try:
            here = installed(name)
        except PackageNotFoundError:
            weak.append(f"{name} is missing")
            continue
        if Version(here) < Version(least):
            weak.append(f"{name} {here} has known weaknesses: take {least} or newer")
    if weak:
        return Finding("advisories", "bad", "; ".join(weak))
    return Finding("advisories", "ok", f"{len(SAFE)} packages are past their published weaknesses")


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
