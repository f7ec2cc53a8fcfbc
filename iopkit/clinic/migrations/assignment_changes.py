"""Former rhythms and pauses of assignments, minutes of grace, and what a client put off."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    op.add_column("assignment", sa.Column("grace", sa.Integer(), nullable=False, server_default="0"))
    _table(
        "former_rhythm",
        _by(),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("due", sa.Time(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_former_rhythm_by_id_person"),
    )
    _table(
        "rest",
        _by(),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_rest_by_id_person"),
    )
    _table(
        "set_aside",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
    )


def _by() -> sa.Column[str]:
    return sa.Column("by_id", sa.String(length=40), nullable=False)


def _table(name: str, *more: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("assignment_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("domain", sa.String(length=200), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=f"fk_{name}_assignment_id_assignment"
        ),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name=f"fk_{name}_client_id_person"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )
    for column in ("assignment_id", "client_id"):
        op.create_index(f"ix_{name}_{column}", name, [column], unique=False)
