"""Large databases for measuring: copies of the resolutions that one holds, made by SQL with other symbols and dates."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

TABLES = ("resolutions", "texts", "paragraphs", "items", "wordings", "deadlines", "events")

SYMBOL = "replace(symbol, '/' || session || '/', '/' || (1000 + k) || '/')"
"""The symbol of copy number `k`: as if another session had adopted it."""

_OTHER = {
    ("resolutions", "symbol"): SYMBOL,
    ("resolutions", "symbol_key"): SYMBOL,
    ("texts", "sha256"): "sha256 || k",
    ("texts", "original"): "''",
    ("texts", "cleaned"): "''",
}
_KEYS = {"id", "resolution_id", "text_id", "item_id", "paragraph_id", "event_id", "series_id"}
_STEP = 1_000
"""Numbers that one copy has room for in each table."""


def opened(path: Path) -> sqlite3.Connection:
    """A database that need not survive a power cut."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def multiply(
    connection: sqlite3.Connection, items: int, other: Mapping[tuple[str, str], str], tables: Sequence[str] = TABLES
) -> int:
    """Copies all that is there until there are about `items` items; returns how many there are.

    `other` has the SQL for columns that differ in copy number `k`, by table and column.
    """
    differ = {**_OTHER, **other}
    copies = items // _count(connection) - 1
    connection.execute("BEGIN")
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [differ.get((table, name), f"{name} + k * {_STEP}" if name in _KEYS else name) for name in columns]
        connection.execute(
            f"WITH RECURSIVE copy(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copy WHERE k < {copies}) "  # noqa: S608
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM copy, "
            f"(SELECT * FROM {table} WHERE id < {_STEP})"
        )
    connection.execute("COMMIT")
    return _count(connection)


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM items").fetchone()[0])
