"""``iopkit serve``: what the operator reads, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from server_process import ROOT, caches, stop

pytestmark = pytest.mark.slow

BUILT = ROOT / "iopkit" / "widgets" / "static" / "manifest.json"


@contextmanager
def iopkit(home: Path, *arguments: str, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """Run the command with an empty home folder, and end it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IOPKIT", "XDG"))}
    python = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, "-c", "from iopkit.cli import main; main()", *arguments],
        env=kept | {"HOME": str(home), "XDG_CACHE_HOME": caches(), **python} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home,
    )
    try:
        yield process
    finally:
        stop(process)


def until_open(process: "subprocess.Popen[str]") -> list[str]:
    """Return what was printed until the address."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("Open "):
            return lines
    raise AssertionError("\n".join(lines) + process.stderr.read())


def ask(address: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(address, timeout=30) as reply:
        return reply.read().decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_empty_clinic_tells_of_its_key_and_of_the_first_person_and_ends_with_zero(tmp_path, number):
    with iopkit(tmp_path, "serve", "--port", "0") as process:
        lines = until_open(process)
        page = ask(lines[-1].removeprefix("Open "))
        process.send_signal(number)

        assert process.wait(timeout=30) == 0

    key = tmp_path / ".config" / "iopkit" / "iopkit.key"
    assert lines[:-1] == [
        f"A new key was made: {key}",
        "Keep a copy of it apart from the data and its backups. "
        "Without it nobody can read the answers any more.",
        "Nobody can sign in yet. Add the first person in another terminal: iopkit user add --help",
    ]
    assert "Nobody can sign in yet" in page
    assert (tmp_path / ".local" / "share" / "iopkit" / "iopkit.db").is_file()


def test_the_invented_clinic_is_made_once_printed_and_named_on_the_sign_in_page(tmp_path):
    for _ in range(2):
        with iopkit(tmp_path, "serve", "--demo", "--port", "0") as process:
            lines = until_open(process)
            page = ask(lines[-1].removeprefix("Open "))

        said = [line for line in lines if line]
        assert said[0].startswith("Everybody in this clinic is invented. All of them have the password: ")
        assert any(line.split() == ["ina", "Ina", "Imaginary,", "individual", "therapist"] for line in said)
        assert sum(line.endswith(", client") for line in said) == 12
        assert "Ina Imaginary, individual therapist" in page
    made = tmp_path / ".local" / "share" / "iopkit"
    assert sorted(path.name for path in made.iterdir()) == ["demo"]


def test_a_taken_port_is_one_line_and_exit_one(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with iopkit(tmp_path, "serve", "--port", str(port)) as process:
            said, complained = process.communicate(timeout=60)

    assert (process.returncode, said) == (1, "")
    assert complained == (
        f"Port {port} is taken by another program: stop it, or choose another one with --port.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--host", "0.0.0.0"], "Without encryption iopkit listens on this machine only"),
        (["--certificate", "c.pem"], "TLS needs both files"),
        (["--database", "postgresql"], ""),
    ],
)
def test_what_cannot_be_served_is_one_line_and_exit_one(tmp_path, arguments, sentence):
    environment = {"IOPKIT_KEY_FILE": str(tmp_path)} if not sentence else {}
    with iopkit(tmp_path, "serve", "--port", "0", *arguments, **environment) as process:
        said, complained = process.communicate(timeout=60)

    assert process.returncode == 1
    assert sentence in complained
    assert "Traceback" not in complained + said
    assert len(complained.splitlines()) == 1


def test_wrong_usage_is_exit_two(tmp_path):
    with iopkit(tmp_path, "serve", "--demo", "--database", "x.db") as process:
        _, complained = process.communicate(timeout=60)

    assert process.returncode == 2
    assert "--demo has a database of its own: leave out --database." in " ".join(complained.split())


def test_over_tls_the_cookie_is_bound_to_the_host_and_staying_is_demanded(tmp_path):
    import ssl

    from test_server_options import _OPENSSL

    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run([*_OPENSSL, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    arguments = ("--certificate", str(certificate), "--private-key", str(key))
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE

    with iopkit(tmp_path, "serve", "--port", "0", "--host", "0.0.0.0", *arguments) as process:
        port = until_open(process)[-1].rsplit(":", 1)[1].rstrip("/")
        https = urllib.request.HTTPSHandler(context=trusting)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), https)
        with opener.open(f"https://127.0.0.1:{port}/sign-in", timeout=30) as reply:
            headers = reply.headers

    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Secure" in headers["Set-Cookie"]
    assert "SameSite=Strict" in headers["Set-Cookie"]
