"""What signing in needs: devices of logins, steps, second factors, invitations, accounts elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; whoever is signed in stays so, on a device that nobody knows."""
    op.add_column("login", sa.Column("device", sa.String(length=200), nullable=True))
    _of_person(
        "sign_in_step",
        sa.Column("token_hash", sa.String(length=200), nullable=False),
        sa.Column("needs", sa.String(length=200), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        key=["token_hash"],
    )
    _of_person(
        "second_factor",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        key=["id"],
    )
    _of_person(
        "recovery_code",
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        key=["hash"],
    )
    _of_person(
        "invitation",
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        key=["hash"],
    )
    _of_person(
        "identity",
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        key=["issuer", "subject"],
    )


def _of_person(table: str, *columns: "sa.Column[object]", key: list[str]) -> None:
    op.create_table(
        table,
        *columns,
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id_person"),
        sa.PrimaryKeyConstraint(*key, name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_person_id", table, ["person_id"], unique=False)
