"""What tells a SQLite database's readers apart: a number of each live subject that moves when it changes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nothing has changed yet."""
    op.create_table(
        "live_mark",
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_live_mark"),
    )
