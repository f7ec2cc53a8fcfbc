"""Notes, reviews, consents, shares, stated reasons, the couple's record, and why an audit row was written."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and columns."""
    _notes()
    _consents()
    _couples()
    _columns()


def _notes() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=True),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("counseling", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_note_by_id_person"),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_note_client_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_note_entry_id_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_client_id_at", "note", ["client_id", "at"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_review_by_id_person"),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_review_client_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_review_entry_id_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_client_id", "review", ["client_id"], unique=False)
    op.create_index("ix_review_entry_id", "review", ["entry_id"], unique=False)


def _consents() -> None:
    op.create_table(
        "consent",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("recipient_id", sa.String(length=40), nullable=True),
        sa.Column("entry_id", sa.String(length=40), nullable=True),
        sa.Column("couple_id", sa.String(length=40), nullable=True),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("counseling_notes", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_consent_client_id_person"),
        sa.ForeignKeyConstraint(["couple_id"], ["couple.id"], name="fk_consent_couple_id_couple"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_consent_entry_id_entry"),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name="fk_consent_recipient_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
    )
    op.create_index("ix_consent_client_id", "consent", ["client_id"], unique=False)
    op.create_index("ix_consent_couple_id", "consent", ["couple_id"], unique=False)
    op.create_index("ix_consent_recipient_id", "consent", ["recipient_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("recipient_id", sa.String(length=40), nullable=False),
        sa.Column("consent_id", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_share_client_id_person"),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name="fk_share_consent_id_consent"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_share_entry_id_entry"),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name="fk_share_recipient_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_share"),
    )
    op.create_index("ix_share_client_id", "share", ["client_id"], unique=False)
    op.create_index("ix_share_entry_id", "share", ["entry_id"], unique=False)
    op.create_index("ix_share_recipient_id", "share", ["recipient_id"], unique=False)
    op.create_table(
        "stated_reason",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("seen_by_id", sa.String(length=40), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_stated_reason_client_id_person"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_stated_reason_person_id_person"),
        sa.ForeignKeyConstraint(["seen_by_id"], ["person.id"], name="fk_stated_reason_seen_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_stated_reason"),
    )
    op.create_index("ix_stated_reason_client_id", "stated_reason", ["client_id"], unique=False)
    op.create_index("ix_stated_reason_person_id_until", "stated_reason", ["person_id", "until"], unique=False)


def _couples() -> None:
    op.create_table(
        "couple_envelope",
        sa.Column("couple_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("master_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["couple_id"], ["couple.id"], name="fk_couple_envelope_couple_id_couple"),
        sa.PrimaryKeyConstraint("couple_id", "id", name="pk_couple_envelope"),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("couple_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_pause_by_id_person"),
        sa.ForeignKeyConstraint(["couple_id"], ["couple.id"], name="fk_pause_couple_id_couple"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["person.id"], name="fk_pause_ended_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_pause"),
    )
    op.create_index("ix_pause_couple_id", "pause", ["couple_id"], unique=False)
    op.create_table(
        "program",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_program"),
    )
    op.create_table(
        "prepared",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_prepared_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "step", name="pk_prepared"),
    )


def _columns() -> None:
    op.add_column("audit", sa.Column("login_id", sa.String(length=40), nullable=True))
    op.add_column("audit", sa.Column("why", sa.Text(), nullable=False, server_default=""))
    op.add_column("entry", sa.Column("private", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("entry", sa.Column("couple_id", sa.String(length=40), nullable=True))
    op.create_index("ix_entry_couple_id", "entry", ["couple_id"], unique=False)
