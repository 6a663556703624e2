"""The read side: plain SQL with bound parameters over the DB-API; no SQLAlchemy."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from tracker.storage.connection import begin, connect, translate
from tracker.storage.schema import check_revision
from tracker.storage.target import Target

Row = dict[str, Any]


class Reader:
    """A consistent view of the database at one moment.

    Dates and times come out as the same text on every engine: ISO, times in UTC (`2026-11-24 12:00:00.000000`).
    """

    def __init__(self, connection: Any, target: Target) -> None:
        self._connection = connection
        self._target = target

    @property
    def is_sqlite(self) -> bool:
        """Whether the data is in an SQLite file."""
        return self._target.is_sqlite

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """All rows of `sql`, whose parameters are written `:name`."""
        if not self._target.is_sqlite:
            sql = re.sub(r"(?<![:\w]):([a-z]\w*)", r"%(\1)s", sql.replace("%", "%%"))
        try:
            cursor = self._connection.execute(sql, self._bound(parameters or {}))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, self._values(row), strict=True)) for row in cursor.fetchall()]
        except Exception as error:
            raise translate(error, self._target) from error

    def each(self, sql: str) -> Iterator[Row]:
        """The rows of `sql`, which has no parameters, one by one: any number of them in little memory."""
        try:
            # The driver of PostgreSQL fetches all rows at once but for a named cursor.
            with contextlib.closing(self._connection.cursor(*(() if self._target.is_sqlite else ("rows",)))) as cursor:
                cursor.execute(sql)
                names = [column[0] for column in cursor.description]
                for row in cursor:
                    yield dict(zip(names, self._values(row), strict=True))
        except Exception as error:
            raise translate(error, self._target) from error

    def as_date(self, sql: str) -> str:
        """SQL that turns the text of an event into a date, as columns of dates are stored on this engine."""
        return sql if self._target.is_sqlite else f"CAST({sql} AS date)"

    def _values(self, row: Iterable[Any]) -> Iterable[Any]:
        """SQLite has nothing but text and numbers."""
        return row if self._target.is_sqlite else map(_plain, row)

    def _bound(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """SQLite keeps dates as ISO text."""
        return {name: _plain(value) if self._target.is_sqlite else value for name, value in parameters.items()}

    def row(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Row | None:
        """The first row of `sql`, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


@contextlib.contextmanager
def reading(target: Target) -> Iterator[Reader]:
    """Opens `target` for reading. Raises NotFound, SchemaMismatch and the errors of `translate`."""
    with contextlib.closing(connect(target)) as connection:
        check_revision(connection, target)
        begin(connection, target, write=False)
        yield Reader(connection, target)
