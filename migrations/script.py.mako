"""${message}

Rules of a migration: it adds, it never drops data; constraints are named; it runs on SQLite and PostgreSQL alike
(op.batch_alter_table); it may not import models, which change later; there is no downgrade: restore the backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else "pass"}
