"""The commands about people, keys, audit and the invented clinic, as an operator types them."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iopkit.cli import app
from iopkit.clinic import open_store
from iopkit.errors import IopkitError, StoreError

ROOT = Path(__file__).parent.parent
WORDS = "seven quiet rivers run"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command against a database of this test; returns what it printed."""
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(tmp_path / "iopkit.db"))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "iopkit.key"))

    def run(*words, typed=""):
        done = CliRunner().invoke(app, [*words], input=typed, catch_exceptions=True)
        if isinstance(done.exception, IopkitError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


@pytest.fixture
def ava(run):
    run("user", "add", "client", "ava", "Ava Example", typed=WORDS + "\n")


def test_a_person_is_added_with_the_password_from_standard_input(run, tmp_path):
    said = run("user", "add", "client", "Ava", "Ava Example", "--zone", "America/Chicago", typed=WORDS + "\n")

    assert re.fullmatch(r"Added client ava \([0-9a-f]{32}\)\.\n", said)
    with open_store() as store:
        assert store.login(store.sign_in("ava", WORDS, address="here")).person.zone == "America/Chicago"


def test_the_first_person_brings_a_key_file_and_the_warning_that_goes_with_it(tmp_path):
    place = {"IOPKIT_DATABASE_URL": str(tmp_path / "a.db"), "IOPKIT_KEY_FILE": str(tmp_path / "a.key")}

    done = subprocess.run(
        [sys.executable, "-m", "iopkit", "user", "add", "client", "ava", "Ava Example"],
        env={**os.environ, **place},
        cwd=ROOT,
        input="\n",
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == (
        f"A new key file was made: {tmp_path}/a.key. Without it nobody can read the answers in the database. "
        "Keep a copy in a safe place, apart from the backups.\n"
    )


def test_a_refusal_is_one_line_and_exit_code_one(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "iopkit", "user", "list", "--database", str(tmp_path / "none.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"There is no database at {tmp_path}/none.db. Name the right one with IOPKIT_DATABASE_URL, "
        "or make one by adding the first person: iopkit user add.\n"
    )


def test_people_are_listed_as_lines_and_as_json(run, ava):
    run("user", "add", "clinician", "ina", "Ina Invented", "--domain", "individual", typed="\n")

    assert [line.split(maxsplit=1)[1] for line in run("user", "list").splitlines()] == [
        "ava          Ava Example          client",
        "ina          Ina Invented         clinician individual",
    ]
    rows = json.loads(run("user", "list", "--json"))
    assert rows[1] | {"id": ""} == {
        "id": "",
        "user": "ina",
        "kind": "clinician",
        "name": "Ina Invented",
        "domains": ["individual"],
        "zone": "America/New_York",
        "language": "en",
        "locked": False,
    }


def test_a_password_is_changed(run, ava):
    run("user", "password", "ava", typed="four green apples fly\n")

    with open_store() as store:
        assert store.sign_in("ava", "four green apples fly", address="here")


def test_a_person_is_locked_and_let_in_again(run, ava):
    assert run("user", "lock", "ava") == "ava is locked; open logins have ended.\n"
    assert "(locked)" in run("user", "list")

    assert run("user", "lock", "ava", "--undo") == "ava can sign in again.\n"
    assert "(locked)" not in run("user", "list")


def test_a_clinician_is_put_on_a_care_team(run, ava):
    run("user", "add", "clinician", "ina", "Ina Invented", "--domain", "individual", typed="\n")

    said = run("user", "treat", "ava", "ina", "individual", "--since", "2026-01-02", "--until", "2026-02-03")

    assert said == "ina treats ava (individual).\n"
    with open_store() as store:
        (member,) = store.desk_for("ava").care_team(store.person("ava").id)
    assert (member.clinician.user, str(member.since), str(member.until)) == (
        "ina",
        "2026-01-02",
        "2026-02-03",
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            ["user", "add", "guest", "gil", "Gil Example"],
            "A person is one of",
        ),
        (["user", "add", "client", "a b", "Gil Example"], "A user name has 2 to 64 letters"),
        (["user", "add", "client", "gil", " "], "A person needs a name"),
        (["user", "add", "client", "gil", "Gil Example", "--zone", "Mars/Base"], "is not an IANA name"),
        (["user", "add", "clinician", "gil", "Gil Example"], "A clinician needs one or more domains"),
        (["user", "add", "clinician", "gil", "G E", "--domain", "dance"], "Unknown domain 'dance'"),
        (["user", "add", "client", "gil", "G E", "--domain", "couples"], "Only a clinician has domains"),
        (["user", "add", "client", "ava", "Ava Again"], "That user name is taken"),
        (["user", "treat", "ava", "ava", "individual"], "A care team joins a client and a clinician"),
        (["user", "password", "nobody"], "There is nobody by that user name or id"),
        (["user", "add", "client", "gil", "Gil Example"], "at least 12 characters"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(run, ava, words, why):
    typed = "short\n" if why.startswith("at least") else WORDS + "\n"

    with pytest.raises(IopkitError, match=re.escape(why)):
        run(*words, typed=typed)


def test_a_broken_audit_trail_is_a_refusal_that_names_the_row(run, ava, tmp_path):
    with sqlite3.connect(tmp_path / "iopkit.db") as connection:
        connection.execute("DROP TRIGGER audit_no_update")
        connection.execute("UPDATE audit SET thing = 'other' WHERE seq = 1")
    connection.close()

    with pytest.raises(StoreError) as refused:
        run("audit", "verify")

    assert str(refused.value) == (
        "The audit trail is broken at row 1: it was changed, removed, or not written by iopkit."
    )


def test_the_invented_clinic_is_made_and_told(run):
    told = json.loads(run("demo", "--clients", "1", "--weeks", "1", "--until", "2026-03-13", "--json"))

    assert told["password"] == "warm tea on a rainy day"
    assert [(person["user"], person["kind"]) for person in told["people"]] == [
        ("ina", "clinician"),
        ("cole", "clinician"),
        ("sue", "clinician"),
        ("max", "clinician"),
        ("cora", "coordinator"),
        ("ava", "client"),
    ]
    with open_store() as store:
        assert store.desk_for("ava").entries(store.person("ava").id)
