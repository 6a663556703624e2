"""Which texts are current, without reading them: that column stands behind the text itself."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the index."""
    op.create_index("ix_texts_current", "texts", ["language", "current", "resolution_id"])
