"""Occurrences of series, items added by hand, and proposals of renewals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns in place: rebuilding `items` on SQLite would lose its checks."""
    op.execute(
        "ALTER TABLE items ADD COLUMN series_id INTEGER CONSTRAINT fk_items_series_id_items REFERENCES items (id)"
    )
    op.add_column("items", sa.Column("occurrence_on", sa.Date(), nullable=True))
    op.add_column("items", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("items", sa.Column("added", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(
        "ix_items_series",
        "items",
        ["series_id", "occurrence_on"],
        unique=True,
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )
    op.create_index("ix_items_position", "items", ["resolution_id", "position"], unique=False)
    op.create_table(
        "renewals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_renewals_item_id_items")),
        sa.ForeignKeyConstraint(["other_id"], ["items.id"], name=op.f("fk_renewals_other_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewals")),
        sa.UniqueConstraint("item_id", "other_id", name=op.f("uq_renewals_item_id_other_id")),
    )
    op.create_index(op.f("ix_renewals_other_id"), "renewals", ["other_id"], unique=False)
