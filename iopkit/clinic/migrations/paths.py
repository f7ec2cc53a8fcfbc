"""Pathways that were started, and what was decided on them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pathway",
        _text("id", 40),
        _text("client_id", 40),
        _text("domain", 200),
        _text("by_id", 40),
        _text("template", 200),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        _person("pathway", "client_id"),
        _person("pathway", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pathway"),
    )
    op.create_index("ix_pathway_client_id", "pathway", ["client_id"], unique=False)
    op.create_table(
        "pathway_step",
        _text("pathway_id", 40),
        _text("step", 200),
        _text("client_id", 40),
        _text("domain", 200),
        _text("by_id", 40),
        _text("decided", 200),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name="fk_pathway_step_pathway_id_pathway"),
        _person("pathway_step", "client_id"),
        _person("pathway_step", "by_id"),
        sa.PrimaryKeyConstraint("pathway_id", "step", name="pk_pathway_step"),
    )
    op.create_index("ix_pathway_step_client_id", "pathway_step", ["client_id"], unique=False)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_{table}_{column}_person")
