"""A device that two partners share: PINs, the device, each one's side; and which logins a PIN has opened."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the column that tells a login opened by a PIN from others."""
    op.add_column("login", sa.Column("shared_id", sa.String(length=40), nullable=True))
    op.create_table(
        "pin",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_pin_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", name="pk_pin"),
    )
    op.create_table(
        "shared_device",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("couple_id", sa.String(length=40), nullable=False),
        sa.Column("login_id", sa.String(length=40), nullable=True),
        sa.Column("asked_id", sa.String(length=40), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["couple_id"], ["couple.id"], name="fk_shared_device_couple_id_couple"),
        sa.ForeignKeyConstraint(["login_id"], ["login.id"], name="fk_shared_device_login_id_login"),
        sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name="fk_shared_device_asked_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_shared_device"),
        sa.UniqueConstraint("token_hash", name="uq_shared_device_token_hash"),
    )
    op.create_index("ix_shared_device_couple_id", "shared_device", ["couple_id"], unique=False)
    op.create_index("ix_shared_device_login_id", "shared_device", ["login_id"], unique=False)
    op.create_table(
        "device_side",
        sa.Column("shared_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["shared_id"], ["shared_device.id"], name="fk_device_side_shared_id_shared_device"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_device_side_person_id_person"),
        sa.PrimaryKeyConstraint("shared_id", "person_id", name="pk_device_side"),
    )
