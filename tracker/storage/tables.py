"""The tables as `tracker export` writes them: all that is not derived, each value in one plain form on every engine.

Texts and whole numbers stay what they are, truth is true or false, days are ISO dates, times are in UTC with
microseconds (`2026-11-24T12:00:00.000000Z`), nothing is null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Integer, MetaData, String, Table

from tracker.storage import models  # noqa: F401 - declares the tables
from tracker.storage.base import Base, UtcTime, is_ours
from tracker.storage.reader import Reader

DERIVED = frozenset({"alembic_version", "search_entries"})
"""Tables that are made again from the others, or from the program."""

Plain = str | int | bool | None


def data_tables(metadata: MetaData = Base.metadata) -> list[Table]:
    """The tables with data of their own, each after those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in DERIVED and is_ours(table, table.name)]


def rows_of(reader: Reader, table: Table) -> Iterator[dict[str, Plain]]:
    """The rows of `table` in plain form, in the order of their numbers; one by one, however many there are."""
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    kinds = {column.name: column.type for column in table.columns}
    times = [name for name, kind in kinds.items() if isinstance(kind, (UtcTime, DateTime))]
    truths = [name for name, kind in kinds.items() if isinstance(kind, Boolean)]
    for row in reader.each(f'SELECT {columns} FROM "{table.name}" ORDER BY id'):
        for name in times:
            row[name] = _utc(row[name])
        for name in truths:
            row[name] = None if row[name] is None else bool(row[name])
        yield row


def _utc(text: str | None) -> str | None:
    return None if text is None else datetime.fromisoformat(text).isoformat(timespec="microseconds") + "Z"


def values_of(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The values to store for a row in plain form. Raises ValueError that names what does not fit the table."""
    if row.keys() != set(table.columns.keys()):
        wrong = sorted(row.keys() ^ set(table.columns.keys()))
        raise ValueError(f"{table.name} does not have the columns that the file has: {', '.join(wrong)[:200]}")
    return {column.name: _value(column, row[column.name]) for column in table.columns}


def _value(column: Column[Any], plain: Any) -> Any:
    try:
        if plain is None:
            if column.nullable:
                return None
            raise ValueError
        return _typed(column.type, plain)
    except ValueError:
        raise ValueError(f"{column.table.name}.{column.name} cannot be {str(plain)[:60]!r}") from None


def _typed(kind: Any, plain: Any) -> Any:
    """The value of a column of type `kind`. Raises ValueError when `plain` is none."""
    if isinstance(kind, Boolean) and isinstance(plain, bool):
        return plain
    if isinstance(kind, Integer) and type(plain) is int and abs(plain) < 2**63:
        return plain
    if isinstance(plain, str) and "\0" not in plain:
        if isinstance(kind, Date) and len(plain) == len("2026-11-24"):
            return date.fromisoformat(plain)
        if isinstance(kind, (UtcTime, DateTime)) and plain.endswith("Z"):
            return datetime.fromisoformat(plain)
        if isinstance(kind, String):
            plain.encode()  # half a surrogate pair is no text
            return plain
    raise ValueError
