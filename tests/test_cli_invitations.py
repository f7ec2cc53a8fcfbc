"""The commands about invitations, second factors, accounts elsewhere and keys, as an operator types them."""

import json
import re
import shlex
import sys

import pyotp
import pytest
from typer.testing import CliRunner

from iopkit.cli import app
from iopkit.clinic import open_store
from iopkit.errors import IopkitError, SignInError, StoreError

WORDS = "seven quiet rivers run"
TOLD = (
    r"Hand this link to them and to nobody else\. It works once, until "
    r"\w+ \d\d \w+ \d{4}, \d\d:\d\d \S+:\n  (http://127\.0\.0\.1:8866/invitation#[\w-]{32})\n"
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command against a database of this test; returns what it printed."""
    monkeypatch.setenv("IOPKIT_DATABASE_URL", str(tmp_path / "iopkit.db"))
    monkeypatch.setenv("IOPKIT_KEY_FILE", str(tmp_path / "iopkit.key"))
    monkeypatch.delenv("IOPKIT_ADDRESS", raising=False)

    def run(*words, typed=""):
        done = CliRunner().invoke(app, [*words], input=typed, catch_exceptions=True)
        if isinstance(done.exception, IopkitError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_a_person_added_without_a_password_gets_a_link_that_works(run):
    said = run("user", "add", "client", "ava", "Ava Example", typed="\n")

    found = re.fullmatch(r"Added client ava \([0-9a-f]{32}\)\.\n" + TOLD, said)
    assert found
    with open_store() as store:
        assert store.accept(found[1].split("#")[1], WORDS).user == "ava"


def test_a_person_added_with_a_password_gets_no_link(run):
    assert "invitation" not in run("user", "add", "client", "ava", "Ava Example", typed=WORDS + "\n")


def test_a_new_link_ends_the_one_before(run):
    first = run("user", "add", "client", "ava", "Ava Example", typed="\n").split("#")[1].strip()

    said = run("user", "invite", "ava")

    assert re.fullmatch(TOLD, said)
    with open_store() as store, pytest.raises(SignInError, match="a newer one was made"):
        store.invited(first)


@pytest.mark.parametrize("address", ["https://clinic.example", "https://clinic.example/"])
def test_a_link_leads_to_the_address_that_people_know(run, monkeypatch, address):
    monkeypatch.setenv("IOPKIT_ADDRESS", address)

    assert "  https://clinic.example/invitation#" in run("user", "add", "client", "a1", "A B", typed="\n")


def test_an_address_with_more_than_a_host_is_a_sentence(run, monkeypatch):
    monkeypatch.setenv("IOPKIT_ADDRESS", "clinic.example/iopkit")

    with pytest.raises(StoreError, match="IOPKIT_ADDRESS is the server's address alone"):
        run("user", "add", "client", "ava", "Ava Example", typed="\n")


def test_a_lost_phone_is_taken_away(run):
    run("user", "add", "client", "ava", "Ava Example", typed=WORDS + "\n")
    assert run("user", "second-factor", "ava") == "ava has no second factor.\n"
    with open_store() as store:
        person = store.person("ava")
        secret = store.pairing(person.id).key.replace(" ", "")
        with store.office.database.write() as session:
            from iopkit.clinic import second_factor

            second_factor.confirm(store.office, session, person.id, pyotp.TOTP(secret).now())

    assert run("user", "second-factor", "ava") == "ava has a second factor.\n"
    assert run("user", "second-factor", "ava", "--remove") == "ava has no second factor.\n"


def test_an_account_elsewhere_is_linked_and_unlinked(run):
    run("user", "add", "client", "ava", "Ava Example", typed=WORDS + "\n")

    said = run("user", "link", "ava", "https://id.example", "s-1")

    assert said == "ava can sign in through https://id.example.\n"
    with open_store() as store:
        assert store.sign_in_as("https://id.example", "s-1").token
    assert run("user", "unlink", "ava") == "No account elsewhere signs in as ava.\n"
    with open_store() as store, pytest.raises(SignInError, match="not linked to anybody here"):
        store.sign_in_as("https://id.example", "s-1")


def test_keys_rotate_and_the_audit_trail_holds(run, tmp_path):
    run("user", "add", "client", "ava", "Ava Example", typed=WORDS + "\n")

    said = run("keys", "rotate").replace(str(tmp_path), "")

    assert re.fullmatch(
        r"Key [0-9a-f]{8} guards the answers now\. Copy /iopkit\.key again, apart from backups\.\n", said
    )
    assert run("audit", "verify") == "The audit trail is whole: 2 rows, 1 encrypted values.\n"


def test_a_vault_is_filled_from_the_command_line_and_rotated(run, tmp_path, monkeypatch):
    monkeypatch.delenv("IOPKIT_KEY_FILE")
    vault = tmp_path / "vault"
    vault.write_text(run("keys", "make"))
    code = "import sys; print(open(sys.argv[1]).read())"
    monkeypatch.setenv("IOPKIT_KEY_COMMAND", shlex.join([sys.executable, "-c", code, str(vault)]))
    run("user", "add", "client", "ava", "Ava Example", typed=WORDS + "\n")

    with pytest.raises(StoreError, match="The keys come from a command"):
        run("keys", "rotate")
    vault.write_text(run("keys", "make"))
    said = run("keys", "rotate")

    newest = json.loads(vault.read_text())["keys"][1]["id"]
    assert said == f"Key {newest} guards the answers now.\n"
    assert "Ava Example" in run("user", "list")
