"""The calendar: appointments and who comes, busy times, feeds, reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID, WORD = sa.String(length=40), sa.String(length=200)


def person(table: str, column: str) -> sa.ForeignKeyConstraint:
    """Return that a column names a person."""
    return sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_{table}_{column}_person")


def appointment(table: str) -> sa.ForeignKeyConstraint:
    """Return that a column names an appointment."""
    name = f"fk_{table}_appointment_id_appointment"
    return sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=name)


def upgrade() -> None:
    """Make the tables; nobody has an appointment, a feed or a reminder yet."""
    appointments()
    own()
    reminders()


def appointments() -> None:
    """Make what is booked, who comes, who came."""
    op.create_table(
        "appointment",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("domain", WORD, nullable=False),
        sa.Column("clinician_id", ID, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("zone", WORD, nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("rrule", WORD, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        person("appointment", "clinician_id"),
        person("appointment", "by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_clinician_id", "appointment", ["clinician_id"], unique=False)
    op.create_table(
        "appointment_member",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("domain", WORD, nullable=False),
        appointment("appointment_member"),
        person("appointment_member", "client_id"),
        sa.PrimaryKeyConstraint("appointment_id", "client_id", name="pk_appointment_member"),
    )
    op.create_index("ix_appointment_member_client_id", "appointment_member", ["client_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("appointment_id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("domain", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("by_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        appointment("attendance"),
        person("attendance", "client_id"),
        person("attendance", "by_id"),
        sa.PrimaryKeyConstraint("appointment_id", "client_id", "began_at", name="pk_attendance"),
    )
    op.create_index("ix_attendance_client_id", "attendance", ["client_id"], unique=False)


def own() -> None:
    """Make a client's busy times and the address of their feed."""
    op.create_table(
        "busy_time",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("zone", WORD, nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("rrule", WORD, nullable=False),
        person("busy_time", "client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_busy_time"),
    )
    op.create_index("ix_busy_time_client_id_starts_at", "busy_time", ["client_id", "starts_at"], unique=False)
    op.create_table(
        "calendar_feed",
        sa.Column("client_id", ID, nullable=False),
        sa.Column("token_hash", WORD, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=True),
        person("calendar_feed", "client_id"),
        sa.PrimaryKeyConstraint("client_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
    )


def reminders() -> None:
    """Make who wants reminders, and which were sent."""
    op.create_table(
        "reminder_choice",
        sa.Column("client_id", ID, nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("email_sealed", sa.LargeBinary(), nullable=False),
        person("reminder_choice", "client_id"),
        sa.PrimaryKeyConstraint("client_id", name="pk_reminder_choice"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", ID, nullable=False),
        sa.Column("client_id", ID, nullable=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=True),
        person("reminder", "client_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("client_id", "what", name="uq_reminder_client_id_what"),
    )
