"""The key file: made once, readable by one user only, and a sentence for each way it can be wrong."""

import json
import stat

import pytest

from iopkit.clinic import open_store
from iopkit.clinic.key import KeyRing, add_key, make_key_file, new_key, read_key_file
from iopkit.errors import StoreError


def test_a_new_key_file_holds_one_key_and_says_what_losing_it_means(tmp_path):
    file = make_key_file(tmp_path / "keys" / "iopkit.key")

    content = json.loads(file.path.read_text())

    assert len(file.keys) == len(content["keys"]) == 1
    assert content["about"] == (
        "iopkit's key. Without this file nobody can read the answers in the database, not even the authors "
        "of iopkit. Keep a copy in a safe place, apart from the backups of the database."
    )
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o400
    assert [path.name for path in file.path.parent.iterdir()] == ["iopkit.key"]


def test_two_first_starts_agree_on_the_key_that_was_first(tmp_path):
    first = make_key_file(tmp_path / "key")
    second = make_key_file(tmp_path / "key")

    assert second.keys == first.keys


def test_a_key_never_shows_its_secret():
    key = new_key()

    assert key.secret.hex() not in repr(key)
    assert repr(key) == f"Key(id='{key.id}')"


def test_each_purpose_has_a_secret_of_its_own():
    key = new_key()

    secrets = {key.derive("audit"), key.derive("origin"), key.derive("view ava"), key.secret}

    assert len(secrets) == 4
    assert key.derive("audit") == key.derive("audit")


def test_a_rotated_file_keeps_the_old_key_and_writes_with_the_new_one(tmp_path):
    before = make_key_file(tmp_path / "key")

    after = add_key(before)

    assert after.oldest == before.newest
    assert after.newest != before.newest
    assert stat.S_IMODE(after.path.stat().st_mode) == 0o400


def test_a_key_ring_finds_a_key_that_another_process_added(tmp_path):
    ring = KeyRing(make_key_file(tmp_path / "key"))
    added = add_key(ring.file).newest

    assert ring.find(added.id) == added


def test_a_key_that_the_file_lacks_is_a_sentence(tmp_path):
    path = tmp_path / "key"

    with pytest.raises(StoreError) as refused:
        make_key_file(path).find("0123abcd")

    assert str(refused.value) == (
        f"The key file {path} does not belong to this database (it lacks key 0123abcd). Without it nobody "
        "can read the answers in this database. Name the right one with IOPKIT_KEY_FILE."
    )


@pytest.mark.parametrize("mode", [0o444, 0o440, 0o604, 0o660])
def test_a_key_file_that_others_may_open_is_refused(tmp_path, mode):
    path = make_key_file(tmp_path / "key").path
    path.chmod(mode)

    with pytest.raises(StoreError) as refused:
        read_key_file(path)

    assert str(refused.value) == (
        f"The key file {path} is open to other users of this machine (mode {mode:04o}). "
        f"Close it with: chmod 400 {path}"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"keys": []}',
        b'{"keys": [{"id": "a"}]}',
        b'{"keys": [{"id": "a", "secret": "!"}]}',
        b"\xff\xfe",
    ],
)
def test_a_file_that_is_no_key_file_is_refused(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o400)

    with pytest.raises(StoreError, match=r"is not a key file of iopkit|cannot be read: it is not text"):
        read_key_file(path)


def test_a_short_secret_is_refused(tmp_path):
    path = tmp_path / "key"
    path.write_text('{"keys": [{"id": "a", "secret": "c2hvcnQ="}]}')
    path.chmod(0o400)

    with pytest.raises(StoreError, match="is not a key file of iopkit"):
        read_key_file(path)


def test_a_database_without_its_key_file_says_what_losing_it_means_and_makes_no_other(tmp_path):
    database, key = tmp_path / "iopkit.db", tmp_path / "key"
    open_store(str(database), key).close()
    key.unlink()

    with pytest.raises(StoreError) as refused:
        open_store(str(database), key)

    assert str(refused.value) == (
        f"The key file {key} is missing. Without it nobody can read the answers in this database. "
        "Put it back from the copy you keep, or name it with IOPKIT_KEY_FILE."
    )
    assert not key.exists()


def test_the_key_of_another_database_is_refused(tmp_path):
    database, key = tmp_path / "iopkit.db", tmp_path / "key"
    open_store(str(database), key).close()
    other = make_key_file(tmp_path / "other").path

    with pytest.raises(StoreError) as refused:
        open_store(str(database), other)

    assert str(refused.value) == (
        f"The key file {other} does not belong to this database. Without its own key nobody can read the "
        "answers in it. Name the right one with IOPKIT_KEY_FILE."
    )


def test_a_forged_key_of_the_right_id_is_refused(tmp_path):
    database, key = tmp_path / "iopkit.db", tmp_path / "key"
    open_store(str(database), key).close()
    content = json.loads(key.read_text())
    content["keys"][0]["secret"] = "A" * 43 + "="
    key.unlink()
    key.write_text(json.dumps(content))
    key.chmod(0o400)

    with pytest.raises(StoreError, match="does not belong to this database"):
        open_store(str(database), key)
