"""Create the tables: resolutions and their texts, items and their history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates everything; views and triggers follow from `tracker.storage.schema`."""
    op.create_table(
        "operations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["operations.id"], name=op.f("fk_operations_undoes_operations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations")),
        sa.UniqueConstraint("undoes", name=op.f("uq_operations_undoes")),
    )
    op.create_table(
        "resolutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("symbol_key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("meeting", sa.Text(), nullable=True),
        sa.Column("vote", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resolutions")),
        sa.UniqueConstraint("symbol", name=op.f("uq_resolutions_symbol")),
        sa.UniqueConstraint("symbol_key", name=op.f("uq_resolutions_symbol_key")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=True),
        sa.Column("closes", sa.Date(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("mark IN ('yes', 'partial', 'rule', 'no')", name=op.f("ck_sessions_mark")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("body", "session", "part", name=op.f("uq_sessions_body_session_part")),
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Text(), nullable=False),
        sa.Column("sub", sa.Text(), nullable=True),
        sa.Column("force", sa.Text(), nullable=False),
        sa.Column("addressees", sa.Text(), nullable=False),
        sa.Column("addressee_words", sa.Text(), nullable=False),
        sa.Column("office_group", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=True),
        sa.Column("recurrence", sa.Text(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_by_hand", sa.Text(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("extension", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("own_words", sa.Text(), nullable=True),
        sa.Column("own_action", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Text(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("priority", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("to_check", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "deliverable IN ('report', 'update', 'study', 'panel', 'consultation', 'meeting', 'election', 'funding', 'assistance', 'plan', 'other')",
            name=op.f("ck_items_deliverable"),
        ),
        sa.CheckConstraint(
            "force IN ('request', 'urge', 'call', 'invite', 'encourage', 'recommend', 'demand', 'decide', 'authorize', 'instruct', 'intend')",
            name=op.f("ck_items_force"),
        ),
        sa.CheckConstraint(
            "office_group IN ('secretariat', 'body', 'states', 'others')", name=op.f("ck_items_office_group")
        ),
        sa.CheckConstraint("priority IN ('high', 'normal', 'low')", name=op.f("ck_items_priority")),
        sa.CheckConstraint(
            "status IN ('pending', 'not_started', 'in_progress', 'partially_implemented', 'implemented', 'not_implemented', 'overtaken', 'not_applicable')",
            name=op.f("ck_items_status"),
        ),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_items_resolution_id_resolutions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("resolution_id", "place", name=op.f("uq_items_resolution_id_place")),
    )
    op.create_index(
        "ix_items_open_due",
        "items",
        ["due_on"],
        unique=False,
        sqlite_where=sa.text(
            "due_on IS NOT NULL AND status IN ('pending', 'not_started', 'in_progress', 'partially_implemented')"
        ),
        postgresql_where=sa.text(
            "due_on IS NOT NULL AND status IN ('pending', 'not_started', 'in_progress', 'partially_implemented')"
        ),
    )
    op.create_table(
        "texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resolution_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("cleaned", sa.Text(), nullable=False),
        sa.Column("footnotes", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["resolution_id"], ["resolutions.id"], name=op.f("fk_texts_resolution_id_resolutions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
        sa.UniqueConstraint("resolution_id", "language", "sha256", name=op.f("uq_texts_resolution_id_language_sha256")),
    )
    op.create_index(op.f("ix_texts_sha256"), "texts", ["sha256"], unique=False)
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("submit_by", sa.Date(), nullable=True),
        sa.Column("issue_by", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('session', 'date', 'offset', 'relative')", name=op.f("ck_deadlines_kind")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_deadlines_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
        sa.UniqueConstraint("item_id", "by_hand", "position", name=op.f("uq_deadlines_item_id_by_hand_position")),
    )
    op.create_index("ix_deadlines_session", "deadlines", ["body", "session"], unique=False)
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("resolution_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("holds_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_events_item_id_items")),
        sa.ForeignKeyConstraint(["operation_id"], ["operations.id"], name=op.f("fk_events_operation_id_operations")),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=op.f("fk_events_resolution_id_resolutions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index("ix_events_item_field", "events", ["item_id", "field", "holds_on"], unique=False)
    op.create_index(op.f("ix_events_operation_id"), "events", ["operation_id"], unique=False)
    op.create_index(op.f("ix_events_resolution_id"), "events", ["resolution_id"], unique=False)
    op.create_table(
        "paragraphs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=True),
        sa.Column("recalled", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('preambular', 'operative')", name=op.f("ck_paragraphs_kind")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_paragraphs_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraphs")),
        sa.UniqueConstraint("text_id", "position", name=op.f("uq_paragraphs_text_id_position")),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_problems_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
    )
    op.create_index(op.f("ix_problems_text_id"), "problems", ["text_id"], unique=False)
    op.create_table(
        "wordings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("addressee_words", sa.Text(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("doubts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_wordings_item_id_items")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_wordings_text_id_texts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        sa.UniqueConstraint("item_id", "text_id", name=op.f("uq_wordings_item_id_text_id")),
    )
    op.create_index("ix_wordings_item_language", "wordings", ["item_id", "language"], unique=False)
    op.create_index(op.f("ix_wordings_text_id"), "wordings", ["text_id"], unique=False)
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('symbol', 'url', 'file')", name=op.f("ck_evidence_kind")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_evidence_event_id_events")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_evidence_item_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_item_id"), "evidence", ["item_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(other_id IS NULL) <> (symbol IS NULL)", name=op.f("ck_links_target")),
        sa.CheckConstraint("kind IN ('supersedes', 'derived_from', 'related')", name=op.f("ck_links_kind")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_links_event_id_events")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_links_item_id_items")),
        sa.ForeignKeyConstraint(["other_id"], ["items.id"], name=op.f("fk_links_other_id_items")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_item_id"), "links", ["item_id"], unique=False)
    op.create_index(op.f("ix_links_other_id"), "links", ["other_id"], unique=False)
