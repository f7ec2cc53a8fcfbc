"""Who fills in one draft together."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; no draft is open to anybody but its client."""
    op.create_table(
        "together",
        sa.Column("entry_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("item", sa.String(length=200), nullable=False),
        sa.Column("typing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_together_client_id_person"),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name="fk_together_entry_id_entry"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_together_person_id_person"),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name="pk_together"),
    )
    op.create_index("ix_together_client_id", "together", ["client_id"], unique=False)
