"""Assignments can be ended before their last day, and that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when an assignment was ended; None while it runs."""
    op.add_column("assignment", sa.Column("stopped_at", sa.DateTime(), nullable=True))
