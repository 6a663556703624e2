"""Full-text search, and indexes for long lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.storage.indexing import index_all

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table of folded words and its index, and fills them with what is stored already."""
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('title', 'preambular', 'operative', 'note', 'own')", name=op.f("ck_search_entries_kind")
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_search_entries_resolution_id_resolutions")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_search_entries_text_id_texts")),
        sa.ForeignKeyConstraint(
            ["paragraph_id"], ["paragraphs.id"], name=op.f("fk_search_entries_paragraph_id_paragraphs")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_search_entries_item_id_items")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_search_entries_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
    )
    op.create_index(op.f("ix_search_entries_text_id"), "search_entries", ["text_id"], unique=False)
    op.create_index(op.f("ix_search_entries_item_id"), "search_entries", ["item_id"], unique=False)
    op.create_index("ix_items_due", "items", ["due_on"], unique=False)
    shown = sa.text("withdrawn IS NULL AND series_id IS NULL")
    op.create_index(
        "ix_items_shown",
        "items",
        ["resolution_id", "position"],
        unique=False,
        sqlite_where=shown,
        postgresql_where=shown,
    )
    op.create_index(
        "ix_items_withdrawn",
        "items",
        ["resolution_id"],
        unique=False,
        sqlite_where=sa.text("withdrawn IS NOT NULL"),
        postgresql_where=sa.text("withdrawn IS NOT NULL"),
    )
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        # Words between blanks, all signs beyond ASCII being letters: just as `core.terms.fold` leaves them.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5("
            "folded, content='search_entries', content_rowid='id', columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute("CREATE INDEX search_index ON search_entries USING gin (to_tsvector('simple'::regconfig, folded))")
    index_all(connection)
