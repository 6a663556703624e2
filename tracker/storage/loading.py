"""Filling an empty database with rows from elsewhere, numbers and history included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text, update
from sqlalchemy.exc import DataError, IntegrityError

from tracker.storage.tables import values_of

_ROWS, _CHARACTERS = 500, 4_000_000
"""How much is sent to the database at once."""

Row = Mapping[str, Any]


def is_empty(connection: Connection, tables: Iterable[Table]) -> bool:
    """Whether there is no row in any of `tables`. On PostgreSQL others can write only after this transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE operations, sessions IN SHARE ROW EXCLUSIVE MODE"))
    return not any(connection.execute(select(table.c.id).limit(1)).first() for table in tables)


def load_rows(connection: Connection, tables: Iterable[Table], rows: Iterable[tuple[str, Row]]) -> None:
    """Inserts `rows` (table and plain content, each table in one piece, after those that it refers to).

    Raises ValueError that says what does not fit: an unknown table or column, a value, a rule of the database.
    """
    known = {table.name: table for table in tables}
    for name, group in groupby(rows, key=lambda row: row[0]):
        if name not in known:
            raise ValueError(f"there is no table {name}")
        try:
            _fill(connection, known[name], (row for _, row in group))
        except (IntegrityError, DataError) as error:
            words = str(error.orig).strip().partition("\n")[0]
            raise ValueError(f"a row of {name} does not fit: {words}") from error


def _fill(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Rows that refer to a later row of the same table get that reference when it is there."""
    own = [column.name for column in table.columns for key in column.foreign_keys if key.column.table is table]
    later: list[dict[str, Any]] = []
    portion: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        values = values_of(table, row)
        ahead = {name: values[name] for name in own if values[name] is not None and values[name] >= values["id"]}
        if ahead:
            later.append({"id": values["id"], **ahead})
            values |= dict.fromkeys(ahead)
        portion.append(values)
        size += sum(len(value) for value in values.values() if isinstance(value, str))
        if len(portion) >= _ROWS or size > _CHARACTERS:
            connection.execute(insert(table), portion)
            portion, size = [], 0
    if portion:
        connection.execute(insert(table), portion)
    for row in later:
        connection.execute(update(table).where(table.c.id == row.pop("id")).values(row))
    _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """New rows get the numbers after the highest one; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        highest = connection.execute(select(func.max(table.c.id))).scalar_one()
        connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest or 1)))
