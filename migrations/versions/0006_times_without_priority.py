"""A time of a series may say that it has no priority, whatever its series has: `-`."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BEFORE = "priority IN ('high', 'normal', 'low')"
_AFTER = "priority IN ('high', 'normal', 'low', '-')"


def upgrade() -> None:
    """Widens the check of the column.

    SQLite changes no check in place, and `items` made anew would lose others; a check that allows more changes nothing
    in the rows, so that the schema's own text may be edited (sqlite.org/lang_altertable.html, section 7).
    """
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_items_priority"), "items", type_="check")
        op.create_check_constraint(op.f("ck_items_priority"), "items", _AFTER)
        return
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'items'", (_BEFORE, _AFTER)
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=OFF")
