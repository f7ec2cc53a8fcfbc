"""Rooms in which two partners do a drill live, what happened in them, and who is there."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "room",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("couple_id", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("drill_id", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["couple_id"], ["couple.id"], name="fk_room_couple_id_couple"),
        sa.ForeignKeyConstraint(["client_id"], ["person.id"], name="fk_room_client_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_room"),
    )
    op.create_index("ix_room_couple_id", "room", ["couple_id"], unique=False)
    op.create_index("ix_room_client_id", "room", ["client_id"], unique=False)
    op.create_table(
        "room_event",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("room_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("verb", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_room_event_room_id_room"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_room_event_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_room_event"),
        sa.UniqueConstraint("room_id", "message_id", name="uq_room_event_room_id_message_id"),
    )
    op.create_index("ix_room_event_room_id", "room_event", ["room_id"], unique=False)
    op.create_table(
        "room_seat",
        sa.Column("room_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name="fk_room_seat_room_id_room"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_room_seat_person_id_person"),
        sa.PrimaryKeyConstraint("room_id", "person_id", name="pk_room_seat"),
    )
