"""What an assignment sets in its worksheet, encrypted: it names substances, medicines and behaviors."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; None for an assignment of the worksheet as it is written."""
    op.add_column("assignment", sa.Column("settings_sealed", sa.LargeBinary(), nullable=True))
