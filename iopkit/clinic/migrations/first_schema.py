"""The first schema: people, logins, worksheets, entries, alerts, audit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("audit", "revision")


def upgrade() -> None:
    """Make every table, and the triggers that keep audit and revisions append-only."""
    _people()
    _logins()
    _worksheets()
    _revisions()
    _safety()
    _audit()
    for table in APPEND_ONLY:
        _forbid_changes(table)


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("zone", sa.String(length=200), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("user_name", name="uq_person_user_name"),
    )
    op.create_table(
        "envelope",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("master_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_envelope_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "id", name="pk_envelope"),
    )
    op.create_table(
        "key_check",
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_key_check"),
    )
    op.create_table(
        "couple",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("first_id", sa.String(length=40), nullable=False),
        sa.Column("second_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["person.id"], name="fk_couple_first_id_person"),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name="fk_couple_second_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_couple"),
    )
    op.create_index("ix_couple_first_id", "couple", ["first_id"], unique=False)
    op.create_index("ix_couple_second_id", "couple", ["second_id"], unique=False)
    op.create_table(
        "care_team",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("clinician_id", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_care_team_client_id_person"),
        sa.ForeignKeyConstraint(["clinician_id"], ["person.id"], name="fk_care_team_clinician_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_care_team"),
    )
    op.create_index("ix_care_team_client_id", "care_team", ["client_id"], unique=False)
    op.create_index(
        "ix_care_team_clinician_id_client_id", "care_team", ["clinician_id", "client_id"], unique=False
    )


def _logins() -> None:
    op.create_table(
        "login",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_login_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_login"),
        sa.UniqueConstraint("token_hash", name="uq_login_token_hash"),
    )
    op.create_index("ix_login_person_id", "login", ["person_id"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("login_id", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["login_id"], ["login.id"], name="fk_ticket_login_id_login"),
        sa.PrimaryKeyConstraint("hash", name="pk_ticket"),
    )
    op.create_index("ix_ticket_login_id", "ticket", ["login_id"], unique=False)
    op.create_table(
        "wrong_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_sign_in"),
    )
    op.create_index("ix_wrong_sign_in_origin_at", "wrong_sign_in", ["origin", "at"], unique=False)


def _worksheets() -> None:
    op.create_table(
        "worksheet",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "version", name="pk_worksheet"),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("worksheet_id", sa.String(length=200), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("due", sa.Time(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_assignment_by_id_person"),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_assignment_client_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_client_id", "assignment", ["client_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("worksheet_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("assignment_id", sa.String(length=40), nullable=True),
        sa.Column("status", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name="fk_entry_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_entry_client_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_entry"),
    )
    op.create_index("ix_entry_client_id_about", "entry", ["client_id", "about"], unique=False)
    op.create_index("ix_entry_client_id_status", "entry", ["client_id", "status"], unique=False)


def _revisions() -> None:
    op.create_table(
        "revision",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_revision_by_id_person"),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_revision_client_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_revision_entry_id_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("entry_id", "number", name="uq_revision_entry_id_number"),
    )
    op.create_table(
        "message",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_message_client_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_message_entry_id_entry"),
        sa.PrimaryKeyConstraint("entry_id", "id", name="pk_message"),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_conflict_by_id_person"),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_conflict_client_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_conflict_entry_id_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_entry_id", "conflict", ["entry_id"], unique=False)
    op.create_table(
        "reading",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_reading_entry_id_entry"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reading_person_id_person"),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name="pk_reading"),
    )


def _safety() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("priority", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by_id", sa.String(length=40), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_alert_client_id_person"),
        sa.ForeignKeyConstraint(["done_by_id"], ["person.id"], name="fk_alert_done_by_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_alert_entry_id_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
    )
    op.create_index("ix_alert_client_id", "alert", ["client_id"], unique=False)
    op.create_index("ix_alert_entry_id", "alert", ["entry_id"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.String(length=40), nullable=True),
        sa.Column("through", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=True),
        sa.Column("thing", sa.String(length=200), nullable=False),
        sa.Column("thing_id", sa.Text(), nullable=True),
        sa.Column("key_id", sa.String(length=40), nullable=False),
        sa.Column("mac", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_index("ix_audit_client_id", "audit", ["client_id"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.execute(sa.text("INSERT INTO audit_head VALUES (1, 0, :mac)").bindparams(mac="0" * 64))


def _forbid_changes(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_unchanged() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} rows are never changed'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_unchanged()"
    )
