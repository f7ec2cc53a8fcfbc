"""`iopkit doctor`: one line for each thing a server needs, and an exit code that a script can act on."""

import json
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from iopkit.cli import app, checks
from iopkit.clinic.backup import back_up
from iopkit.clinic.office import utc_now

NAMES = [
    "store",
    "key",
    "disk",
    "clock",
    "time zones",
    "browser files",
    "kernels",
    "mail",
    "help",
    "backup",
    "advisories",
]


def place(store):
    return ["--database", store.office.database.place, "--key-file", str(store.key_file)]


def test_each_thing_gets_one_line_and_a_sound_installation_exits_with_0(clinic, store, tmp_path):
    backups = tmp_path / "backups"
    backups.mkdir()
    now = store.at(utc_now)
    back_up(now.office, backups / "one")

    done = CliRunner().invoke(
        app, ["doctor", "--json", "--backups", str(backups), *place(store)], catch_exceptions=False
    )

    found = json.loads(done.stdout)
    assert [finding["name"] for finding in found] == NAMES
    assert [finding for finding in found if finding["state"] == "bad"] == []
    assert done.exit_code == 0
    assert "Example" not in done.stdout


def test_a_missing_database_is_said_and_the_rest_is_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "kernel_starts", lambda: checks.Finding("kernels", "ok", ""))

    done = CliRunner().invoke(app, ["doctor", "--database", str(tmp_path / "none.db")])

    lines = done.stdout.splitlines()
    assert lines[0].startswith("BAD   store          There is no database at")
    assert len(lines) == 7
    assert done.exit_code == 1
    assert not (tmp_path / "none.db").exists()


def test_a_program_without_a_number_of_its_own_is_told_to_name_it(monkeypatch):
    monkeypatch.delenv("IOPKIT_PROGRAM_NUMBER", raising=False)
    unnamed = checks.help_is_named()
    monkeypatch.setenv("IOPKIT_PROGRAM_NUMBER", " 202-555-0101 ")
    named = checks.help_is_named()

    assert (unnamed.state, named.state) == ("look", "ok")
    assert "set IOPKIT_PROGRAM_NUMBER" in unnamed.said
    assert "202-555-0101" in named.said


def test_a_key_beside_the_data_is_pointed_out(store, tmp_path):
    assert checks.key_is_apart(store).state == "ok"

    store.office.keys.file = store.office.keys.file.__class__(
        tmp_path / "store" / "data" / "key", store.office.keys.file.keys
    )

    assert checks.key_is_apart(store).state == "look"


def test_a_clock_that_was_set_back_is_found(clinic, store, clock):
    clinic.desk(clinic.ava)

    before = checks.clock_is_right(store)
    clock.pass_(days=-1)
    after = checks.clock_is_right(store)

    assert (before.state, after.state) == ("ok", "bad")


@pytest.mark.parametrize(("free", "state"), [(6 << 30, "ok"), (1 << 30, "look"), (100 << 20, "bad")])
def test_a_disk_that_fills_up_is_found_before_saves_fail(free, state, store, monkeypatch):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": free}))

    assert checks.disk_has_room(store).state == state


def test_a_backup_that_is_missing_or_old_is_found(clinic, store, clock, tmp_path):
    none = checks.backup_is_fresh(tmp_path, clock())
    back_up(store.office, tmp_path / "one")
    fresh = checks.backup_is_fresh(tmp_path, clock() + timedelta(hours=25))
    old = checks.backup_is_fresh(tmp_path, clock() + timedelta(hours=27))

    assert (none.state, fresh.state, old.state) == ("bad", "ok", "bad")
    assert old.said == "the newest is 27 hours old (one)"
    assert checks.backup_is_fresh(None, clock()).state == "look"
    assert checks.backup_is_fresh(tmp_path / "gone", clock()).state == "bad"


def test_an_outdated_or_missing_package_is_found():
    def installed(name):
        if name == "tornado":
            raise PackageNotFoundError
        return {"voila": "0.5.5"}.get(name, "99")

    found = checks.versions_are_safe(installed)

    assert found.state == "bad"
    assert found.said == "voila 0.5.5 has known weaknesses: take 0.5.6 or newer; tornado is missing"


def certificate_until(day, file):
    """Write a certificate that ends at noon of a day, and is signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "clinic.example")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(day - timedelta(days=90)).not_valid_after(day)
    file.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [
        (-1, "bad", "has expired on 2026-11-29. Browsers refuse to connect: put a new one in place."),
        (0, "bad", "has expired on 2026-11-30"),
        (13, "look", "holds until 2026-12-13 12:00 UTC"),
        (15, "ok", "holds until 2026-12-15 12:00 UTC"),
    ],
)
def test_the_doctor_says_until_when_a_certificate_holds(days, state, said, tmp_path):
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    file = certificate_until(now + timedelta(days=days), tmp_path / "clinic.pem")

    found = checks.certificate_holds(file, now)

    assert (found.name, found.state) == ("certificate", state)
    assert found.said.startswith(f"{file} {said}")


def test_what_is_no_certificate_is_bad(tmp_path):
    (tmp_path / "clinic.pem").write_text("no certificate")

    wrong = [
        checks.certificate_holds(tmp_path / name, utc_now()).said.removeprefix(f"{tmp_path / name} ")
        for name in ("none.pem", "clinic.pem")
    ]

    assert wrong == ["cannot be read: No such file or directory", "is not a certificate in PEM"]


def test_the_command_looks_at_the_certificate_that_it_is_given(tmp_path, monkeypatch):
    monkeypatch.setattr(checks, "kernel_starts", lambda: checks.Finding("kernels", "ok", ""))
    file = certificate_until(utc_now() - timedelta(days=2), tmp_path / "clinic.pem")

    done = CliRunner().invoke(
        app, ["doctor", "--certificate", str(file), "--database", str(tmp_path / "none.db")]
    )

    assert f"BAD   certificate    {file} has expired on " in done.stdout
    assert done.exit_code == 1
