"""Whatever somebody does to the database by other means, ``iopkit audit verify`` finds it."""

import socket
import sqlite3
import sys
import time
from datetime import date
from random import Random

import pytest
from sqlalchemy import LargeBinary, text

from iopkit.cli import app
from iopkit.clinic import proof
from iopkit.clinic.audit import COLUMNS
from iopkit.clinic.proof import OF_ENTRY, OWN
from iopkit.clinic.tables import AuditHeadRow, AuditRow, Base
from iopkit.errors import StoreError

YEAR = date(2026, 12, 31)
TABLES = ("entry", "revision", "message", "conflict", "alert", "note", "review", "consent", "stated_reason")


@pytest.fixture
def full(clinic, store):
    """Values in every table that keeps them; returns a connection that can do what the store forbids."""
    ava, ina = clinic.desk(clinic.ava), clinic.desk(clinic.ina)
    for number in range(4):
        draft = ava.draft("mood-check")
        answers = {"mood": number, "hopeless": 1, "note": f"text {number}"}
        ava.save(draft.id, message_id=f"m{number}", answers=answers, changed=answers, base=0, submit=True)
        second = clinic.desk(clinic.ava)
        second.save(
            draft.id, message_id=f"c{number}", answers=answers | {"mood": 9}, changed=["mood"], base=0
        )
    for alert in ina.alerts():
        ina.acknowledge(alert.id, "Called.")
    for number in range(3):
        ina.note(clinic.ava.id, "individual", f"note {number}")
        ina.review(ava.entries(clinic.ava.id)[number].id, number, "Good.")
        ava.consent(["couples"], clinic.ina.id, purpose="care", until=YEAR, signature="Ava Example")
        clinic.desk(clinic.sue).break_glass("cam", f"An emergency, number {number}.")
    ina.assign(clinic.ava.id, "mood-check", "individual", note="Please.", starts=YEAR)
    assert store.prove().fault == ""
    connection = sqlite3.connect(store.office.database.place, isolation_level=None)
    for table in ("audit", "revision"):
        for verb in ("update", "delete"):
            connection.execute(f"DROP TRIGGER {table}_no_{verb}")
    yield connection
    connection.close()


def ids(connection, table):
    return [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]


def test_every_encrypted_column_is_opened():
    opened = {(kind.table.__tablename__, column) for kind in (*OWN, *OF_ENTRY) for column in kind.columns}
    elsewhere = {("envelope", "sealed"), ("couple_envelope", "sealed"), ("key_check", "sealed")}

    declared = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }

    assert declared == opened | elsewhere


def test_a_whole_store_says_how_much_was_looked_at(full, store):
    found = store.prove()

    assert found.rows == store.prove().rows > 20
    assert found.values == sum(
        full.execute(f"SELECT count({column}) FROM {kind.table.__tablename__}").fetchone()[0]
        for kind in (*OWN, *OF_ENTRY)
        for column in kind.columns
    )


@pytest.mark.parametrize("table", TABLES)
def test_one_changed_byte_is_found_at_its_row(full, store, table):
    (row_id, value) = full.execute(f"SELECT id, sealed FROM {table} WHERE sealed IS NOT NULL").fetchone()
    full.execute(
        f"UPDATE {table} SET sealed = ? WHERE id = ?",
        (value[:-20] + bytes([value[-20] ^ 1]) + value[-19:], row_id),
    )

    fault = store.prove().fault

    assert f"of table {table}, row" in fault
    assert row_id in fault


@pytest.mark.parametrize("table", TABLES)
def test_two_swapped_ciphertexts_are_found(full, store, table):
    rows = full.execute(f"SELECT rowid, sealed FROM {table} WHERE sealed IS NOT NULL LIMIT 2").fetchall()
    (first, one), (second, other) = rows
    full.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", (other, first))
    full.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", (one, second))

    assert f"of table {table}, row" in store.prove().fault


def test_an_older_answer_put_back_is_found(full, store, clinic):
    entry = ids(full, "entry")[0]
    (older,) = full.execute("SELECT sealed FROM entry WHERE id = ?", (entry,)).fetchone()
    desk = clinic.desk(clinic.ava)
    held = desk.entry(entry)
    answers = dict(held.answers) | {"mood": 1}
    desk.save(entry, message_id="last", answers=answers, changed=["mood"], base=held.base)
    full.execute("UPDATE entry SET sealed = ? WHERE id = ?", (older, entry))

    assert store.prove().fault == (
        f"The entry {entry} is not what its revisions say. Restore the database from a backup."
    )


def test_a_removed_revision_is_found(full, store):
    entry = ids(full, "entry")[0]
    full.execute("DELETE FROM revision WHERE entry_id = ? AND number = 1", (entry,))

    assert f"The entry {entry} is not what its revisions say" in store.prove().fault


def test_a_changed_key_of_a_person_is_found(full, store, clinic):
    full.execute("UPDATE envelope SET sealed = zeroblob(60) WHERE person_id = ?", (clinic.ava.id,))

    assert store.prove().fault == (
        f"The key of {clinic.ava.id} was changed or moved. Restore the database from a backup."
    )


def test_a_reason_or_a_login_added_to_a_row_is_found(full, store):
    full.execute("UPDATE audit SET why = 'consent:1' WHERE seq = 3")

    assert store.verify() == 3


def test_a_row_names_the_login_it_came_from_and_what_allowed_it(clinic, store):
    ava, ina = clinic.desk(clinic.ava), clinic.desk(clinic.ina)
    signed = ava.consent(
        ["substance-use"], clinic.ina.id, purpose="care", until=YEAR, signature="Ava Example"
    )
    draft = ava.draft("urge-note")
    ava.save(draft.id, message_id="m", answers={"craving": 3}, changed=["craving"], base=0, submit=True)

    ina.entry(draft.id)

    with store.office.database.read() as session:
        row = session.execute(text("SELECT login_id, why FROM audit ORDER BY seq DESC LIMIT 1")).one()
        login = session.execute(
            text("SELECT id FROM login WHERE person_id = :id ORDER BY signed_in_at DESC"),
            {"id": clinic.ina.id},
        ).first()
    assert tuple(row) == (login[0], f"consent:{signed.id}")


def test_an_anchor_outside_finds_a_trail_cut_with_its_head(full, store, tmp_path):
    path = tmp_path / "anchors"
    proof.append_anchor(path, store.anchor())
    last = full.execute("SELECT seq FROM audit_head").fetchone()[0]
    (mac,) = full.execute("SELECT mac FROM audit WHERE seq = ?", (last - 2,)).fetchone()
    full.execute("DELETE FROM audit WHERE seq > ?", (last - 2,))
    full.execute("UPDATE audit_head SET seq = ?, mac = ?", (last - 2, mac))

    assert store.prove().fault == ""
    assert store.prove(proof.read_anchors(path)).fault == (
        f"The audit trail was cut: an anchor knows row {last}, and it ends at row {last - 2}."
    )


def test_an_anchor_outside_finds_a_trail_written_anew(full, store):
    line = store.anchor()

    other = line[:-64] + "0" * 64

    assert store.prove([line]).fault == ""
    assert "was written anew" in store.prove([other]).fault


def test_the_commands_write_an_anchor_and_verify_against_it(full, store, tmp_path, capsys):
    place = ["--database", store.office.database.place, "--key-file", str(store.key_file)]
    path = tmp_path / "anchors"

    app(["audit", "anchor", "--to", str(path), *place], standalone_mode=False)
    line = capsys.readouterr().out
    app(["audit", "verify", "--anchor", str(path), *place], standalone_mode=False)

    assert path.read_text() == line
    assert capsys.readouterr().out.startswith("The audit trail is whole: ")


def test_verify_ends_with_the_first_broken_row(full, store, tmp_path):
    place = ["--database", store.office.database.place, "--key-file", str(store.key_file)]
    full.execute("DELETE FROM audit WHERE seq = 7")

    with pytest.raises(StoreError, match="The audit trail is broken at row 7"):
        app(["audit", "verify", *place], standalone_mode=False)


def test_an_anchor_goes_to_a_syslog(store):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)

        proof.send_anchor(store.anchor(), server.getsockname())

        assert b"iopkit: " in (told := server.recv(1000))
        assert f"iopkit audit row 0 {'0' * 64}".encode() in told


@pytest.mark.parametrize("made", [None, "nothing here\n"])
def test_a_file_without_anchors_is_refused(tmp_path, made):
    path = tmp_path / "anchors"
    if made is not None:
        path.write_text(made)

    with pytest.raises(StoreError, match="anchor"):
        proof.read_anchors(path)


def tamper(connection, chance, kind):
    """Do one of six kinds of harm; returns what undoes it."""
    last = connection.execute("SELECT max(seq) FROM audit").fetchone()[0]
    seq = chance.randint(1, last - 1)
    if kind in ("row changed", "row removed", "rows swapped"):
        kept = connection.execute("SELECT * FROM audit WHERE seq IN (?, ?)", (seq, seq + 1)).fetchall()
        if kind == "row changed":
            column = chance.choice(["actor_id", "action", "thing", "why", "login_id", "through"])
            connection.execute(f"UPDATE audit SET {column} = ? WHERE seq = ?", (f"x{chance.random()}", seq))
        elif kind == "row removed":
            connection.execute("DELETE FROM audit WHERE seq = ?", (seq,))
        else:
            for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
                connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (new, old))
        return lambda: put_back(connection, "audit", "seq", [seq, seq + 1], kept)
    table = chance.choice(TABLES)
    rows = connection.execute(f"SELECT rowid, sealed FROM {table} WHERE sealed IS NOT NULL").fetchall()
    (first, one), (second, other) = chance.sample(rows, 2)
    if kind == "byte changed":
        at = chance.randrange(len(one))
        other = one[:at] + bytes([one[at] ^ chance.randint(1, 255)]) + one[at + 1 :]
    elif kind == "value swapped":
        connection.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", (one, second))
    else:
        other = one[: chance.randrange(len(one))]
    connection.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", (other, first))

    def undo():
        for row_id, value in rows:
            connection.execute(f"UPDATE {table} SET sealed = ? WHERE rowid = ?", (value, row_id))

    return undo


def put_back(connection, table, key, keys, rows):
    for one in (*keys, -1):
        connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (one,))
    for row in rows:
        connection.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)


KINDS = ("row changed", "row removed", "rows swapped", "byte changed", "value swapped", "value cut")


@pytest.mark.parametrize(
    "count", [60, pytest.param(1000, marks=[pytest.mark.soak, pytest.mark.timeout(900)])]
)
def test_tamperings_of_six_kinds_are_all_found(full, store, count):
    chance, missed = Random(count), []

    for number in range(count):
        undo = tamper(full, chance, KINDS[number % len(KINDS)])
        if not store.prove().fault:
            missed.append((number, KINDS[number % len(KINDS)]))
        undo()

    assert missed == []
    assert store.prove().fault == ""


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_a_million_rows_are_verified_in_ten_seconds(clinic, store, clock):
    audit, rows = store.office.audit, []
    with store.office.database.write() as session:
        head = session.get_one(AuditHeadRow, 1)
        names = [column.key for column in COLUMNS]
        key_id = store.office.keys.file.newest.id
        seq, mac = head.seq, head.mac
        while seq < 1_000_000:
            told = (
                seq + 1,
                clock(),
                clinic.ina.id,
                "login",
                "view",
                clinic.ava.id,
                "entry",
                "e" * 32,
                "l" * 32,
                "",
            )
            mac = audit._mac(key_id, mac, told)
            seq += 1
            rows.append(dict(zip(names, told, strict=True), key_id=key_id, mac=mac))
            if len(rows) == 20_000 or seq == 1_000_000:
                session.execute(AuditRow.__table__.insert(), rows)
                rows.clear()
        head.seq, head.mac = seq, mac

    began = time.process_time()
    broken = store.verify()
    took = time.process_time() - began  # of this process alone: other work on the machine does not count

    sys.stdout.write(f"1,000,000 audit rows verified in {took:.1f} s\n")
    assert broken is None
    assert took < 10
