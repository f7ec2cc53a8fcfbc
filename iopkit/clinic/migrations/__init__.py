"""The schema's history (Alembic). It travels in the wheel and runs when a store is opened."""

HEAD = "0014"
"""The newest schema this program knows; a test holds it equal to the newest file in ``versions/``."""
