"""The language in which a person's pages are written; everybody's was English."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; whoever is there already goes on in English."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("language", sa.String(length=200), nullable=False, server_default="en"))
    with op.batch_alter_table("person") as person:
        person.alter_column("language", server_default=None)
