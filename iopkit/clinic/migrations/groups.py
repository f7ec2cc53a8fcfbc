"""Groups: who leads and belongs, what was given to all of them, and which appointments are a group's."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID, WORD = sa.String(length=40), sa.String(length=200)


def names(table: str, column: str, other: str = "person") -> sa.ForeignKeyConstraint:
    """Return that a column names a row of another table."""
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def upgrade() -> None:
    """Make the tables; there is no group yet, and who comes to an appointment comes to all of it."""
    belonging()
    work()
    op.add_column("appointment", sa.Column("group_id", ID, nullable=True))
    op.create_index("ix_appointment_group_id", "appointment", ["group_id"], unique=False)
    for bound in ("since", "until"):
        op.add_column("appointment_member", sa.Column(bound, sa.DateTime(), nullable=True))


def belonging() -> None:
    """Make the groups and who belongs to them."""
    op.create_table(
        "client_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("domain", WORD, nullable=False),
        sa.Column("leaders", sa.JSON(), nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        names("client_group", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_client_group"),
    )
    op.create_table(
        "group_member",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("domain", WORD, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        names("group_member", "group_id", "client_group"),
        names("group_member", "client_id"),
        names("group_member", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_group_member"),
    )
    op.create_index("ix_group_member_client_id", "group_member", ["client_id"], unique=False)
    op.create_index("ix_group_member_group_id", "group_member", ["group_id"], unique=False)


def work() -> None:
    """Make what was given to groups, and which assignments came of it."""
    op.create_table(
        "group_work",
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("worksheet_id", WORD, nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("settings_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rrule", sa.Text(), nullable=False),
        sa.Column("due", sa.Time(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("grace", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        names("group_work", "group_id", "client_group"),
        names("group_work", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_group_work"),
    )
    op.create_index("ix_group_work_group_id", "group_work", ["group_id"], unique=False)
    op.create_table(
        "group_assignment",
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("work_id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("domain", WORD, nullable=False),
        names("group_assignment", "assignment_id", "assignment"),
        names("group_assignment", "work_id", "group_work"),
        names("group_assignment", "client_id"),
        sa.PrimaryKeyConstraint("assignment_id", name="pk_group_assignment"),
    )
    op.create_index("ix_group_assignment_client_id", "group_assignment", ["client_id"], unique=False)
    op.create_index("ix_group_assignment_work_id", "group_assignment", ["work_id"], unique=False)
