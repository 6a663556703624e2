"""Events that count for nothing, because their operation is undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FILL = """
    INSERT INTO silent_events (id)
    WITH RECURSIVE chain(root, id, length) AS (
        SELECT id, id, 1 FROM operations WHERE undoes IS NULL AND id IN (SELECT undoes FROM operations)
        UNION ALL SELECT c.root, o.id, c.length + 1 FROM operations o JOIN chain c ON o.undoes = c.id
    ), ends(root, length) AS (SELECT root, MAX(length) FROM chain GROUP BY root)
    SELECT e.id FROM events e JOIN chain c ON c.id = e.operation_id JOIN ends n ON n.root = c.root
    WHERE e.item_id IS NOT NULL AND e.field IN (
        'status', 'due_on', 'due_by_hand', 'first_due_on', 'extension', 'deadline', 'own_words', 'own_action', 'until',
        'assignee', 'office', 'priority', 'tags', 'to_check', 'force', 'addressees', 'addressee_words', 'office_group',
        'deliverable', 'recurrence'
    )
    AND NOT (c.length = 1 AND n.length % 2 = 1)
    AND NOT (e.field IN ('due_on', 'first_due_on') AND c.length = n.length AND n.length % 2 = 0)
"""
"""An operation, its undo, the redo and so on are a chain; with an odd number of links the first one is in effect."""


def upgrade() -> None:
    """Makes the table and fills it with what undo and redo have left so far.

    A due date that the last undo wrote goes on counting: sessions may have moved, and no stored date is to change.
    """
    op.create_table(
        "silent_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["events.id"], name=op.f("fk_silent_events_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silent_events")),
    )
    op.execute(_FILL)
