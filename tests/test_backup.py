"""Backups: taken while people write, opened before they count, restored to the same clinic every time."""

import shutil
import threading

import pytest
from conftest import open_home
from postgres_homes import APP, OWNER
from typer.testing import CliRunner

from iopkit.cli import app
from iopkit.clinic.backup import back_up, newest_backup, restore
from iopkit.clinic.key import make_key_file
from iopkit.errors import StoreError

CANARY = "canary-of-the-backup"


@pytest.fixture
def written(clinic, clock):
    """Give a clinic in which Ava has saved a few answers; returns her entry's id."""
    desk = clinic.desk(clinic.ava)
    draft = desk.draft("mood-check")
    desk.save(draft.id, message_id="m", answers={"note": CANARY}, changed=["note"], base=0)
    return draft.id


def save_until(stop, desk, entry, acknowledged):
    number = 0
    while not stop.is_set():
        answers = {"note": f"note {number}"}
        desk.save(entry, message_id=f"w{number}", answers=answers, changed=answers, base=0)
        acknowledged.append(number)
        number += 1


def revisions(store, user, entry):
    return [revision.answers for revision in store.desk_for(user).revisions(entry)]


def test_a_backup_under_load_restores_to_a_clinic_that_is_whole(clinic, store, tmp_path, catalog, clock):
    desk = clinic.desk(clinic.ava)
    entry = desk.draft("mood-check").id
    stop, acknowledged = threading.Event(), []
    writer = threading.Thread(target=save_until, args=(stop, desk, entry, acknowledged))
    writer.start()
    while len(acknowledged) < 20:
        stop.wait(0.01)

    before = len(acknowledged)
    made = back_up(store.office, tmp_path / "one.backup")
    while len(acknowledged) < before + 5:
        stop.wait(0.01)
    stop.set()
    writer.join()
    found = restore(tmp_path / "one.backup", str(tmp_path / "new" / "clinic.db"), store.key_file)

    assert made.proof == found
    with open_home((str(tmp_path / "new" / "clinic.db"), store.key_file), clock, catalog) as restored:
        kept = int(restored.desk_for("ava").entry(entry).answers["note"].split()[1])
        assert kept >= before - 1, "what was acknowledged before the backup began is in it"
        assert kept < len(acknowledged), "the writer went on meanwhile"
        assert restored.prove().fault == ""


def test_a_backup_holds_nothing_in_clear_and_only_its_owner_may_read_it(written, store, tmp_path):
    back_up(store.office, tmp_path / "one.backup")

    sealed = (tmp_path / "one.backup").read_bytes()

    assert (tmp_path / "one.backup").stat().st_mode & 0o077 == 0
    assert b"SQLite format" not in sealed
    assert b"ava" not in sealed
    assert CANARY.encode() not in sealed
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".iopkit")] == []


@pytest.mark.parametrize(
    "where", ["head", "label", "first", "middle", "last", "cut", "cut to a piece", "longer"]
)
def test_a_changed_or_cut_backup_is_refused_and_leaves_nothing(where, written, store, tmp_path):
    file, place = tmp_path / "one.backup", tmp_path / "new.db"
    back_up(store.office, file)
    data = bytearray(file.read_bytes())
    start = data.index(b"}\n") + 2
    places = {"head": 0, "label": start - 5, "first": start, "middle": len(data) // 2, "last": len(data) - 1}
    if where in places:
        data[places[where]] ^= 1
    elif where == "longer":
        data += b"x"
    else:
        data = data[: -1 if where == "cut" else start + 16]
    file.write_bytes(data)

    with pytest.raises(StoreError, match=r"was changed, cut|is not a backup of iopkit|sealed with key"):
        restore(file, str(place), store.key_file)

    assert not place.exists()


def test_nothing_is_ever_overwritten(written, store, tmp_path):
    file, place = tmp_path / "one.backup", tmp_path / "there.db"
    back_up(store.office, file)
    place.write_text("something")

    with pytest.raises(StoreError, match="Nothing is overwritten"):
        back_up(store.office, file)
    with pytest.raises(StoreError, match="Nothing is overwritten"):
        restore(file, str(place), store.key_file)

    assert place.read_text() == "something"


def test_another_key_opens_no_backup_and_a_key_of_the_backups_own_does(written, store, tmp_path):
    make_key_file(tmp_path / "backup.key")
    back_up(store.office, tmp_path / "one.backup", tmp_path / "backup.key")

    with pytest.raises(StoreError, match="not among these keys"):
        restore(tmp_path / "one.backup", str(tmp_path / "a.db"), store.key_file)
    restore(
        tmp_path / "one.backup", str(tmp_path / "b.db"), store.key_file, backup_key=tmp_path / "backup.key"
    )

    assert (tmp_path / "b.db").exists()


def test_a_backup_without_the_clinics_key_is_not_a_clinic(written, store, tmp_path):
    make_key_file(tmp_path / "backup.key")
    make_key_file(tmp_path / "other.key")
    back_up(store.office, tmp_path / "one.backup", tmp_path / "backup.key")

    with pytest.raises(StoreError, match="does not belong to this database"):
        restore(
            tmp_path / "one.backup",
            str(tmp_path / "b.db"),
            tmp_path / "other.key",
            backup_key=tmp_path / "backup.key",
        )

    assert not (tmp_path / "b.db").exists()


def test_the_newest_backup_is_told_by_its_label_not_its_name(written, store, clock, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.txt").write_text("not one")
    back_up(store.office, folder / "z")
    clock.pass_(hours=2)
    back_up(store.office, folder / "a")

    path, label = newest_backup(folder)

    assert path.name == "a"
    assert label.made == clock().isoformat()


def test_an_operator_backs_up_restores_and_verifies(written, store, tmp_path):
    place = ["--database", str(tmp_path / "new.db"), "--key-file", str(store.key_file)]
    here = ["--database", store.office.database.place, "--key-file", str(store.key_file)]
    file = str(tmp_path / "one.backup")

    said = [
        CliRunner().invoke(app, words, catch_exceptions=False)
        for words in (["backup", file, *here], ["restore", file, *place], ["audit", "verify", *place])
    ]

    assert [done.exit_code for done in said] == [0, 0, 0]
    assert "is whole" in said[0].stdout
    assert said[1].stdout.startswith("Restored and proved: ")
    assert said[2].stdout.startswith("The audit trail is whole: ")


def test_a_postgresql_backup_restores_behind_its_wall(
    postgres, postgres_homes, tmp_path, clock, catalog, monkeypatch
):
    address, key = postgres_homes.again("clinic")
    monkeypatch.setenv("IOPKIT_BACKUP_URL", postgres.url("clinic"))
    with open_home((address, shutil.copy(key, tmp_path / "key")), clock, catalog) as store:
        desk = store.desk_for("ava")
        entry = desk.draft("mood-check").id
        desk.save(entry, message_id="m", answers={"note": CANARY}, changed=["note"], base=0)
        made = back_up(store.office, tmp_path / "one.backup")
        whole = store.prove()
    owner, _key = postgres_homes.make("restored_backup")
    empty = owner.replace(OWNER, APP)

    found = restore(tmp_path / "one.backup", empty, tmp_path / "key", owner=owner)

    assert made.proof is None
    assert found == whole
    with open_home((empty, tmp_path / "key"), clock, catalog) as restored:
        assert restored.desk_for("ava").entry(entry).answers == {"note": CANARY}
        with pytest.raises(StoreError, match="is not empty"):
            restore(tmp_path / "one.backup", empty, tmp_path / "key", owner=owner)
