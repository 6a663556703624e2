"""What all tables share: the naming of constraints, times with zone, enums as text with a check."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Date, DateTime, Dialect, MetaData, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from tracker.core.status import OPEN
from tracker.storage.schema import SEARCH_INDEX

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

OPEN_SQL = "status IN (" + ", ".join(f"'{status}'" for status in OPEN) + ")"
"""The condition of the partial index: queries must repeat it word for word to use the index."""


SHOWN_SQL = "withdrawn IS NULL AND series_id IS NULL"
"""The condition of the indexes of lists: requests, without what was withdrawn and without occurrences of series."""


class UtcTime(TypeDecorator[datetime]):
    """A point in time with zone UTC; SQLite keeps it as text without zone, so the zone is put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Stores UTC; refuses a time without zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Gives the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def is_ours(_object: Any, name: str | None, *_: Any) -> bool:
    """Whether Alembic has to do with it: the index of full text is no table of ours."""
    return not (name or "").startswith(SEARCH_INDEX)


def one_of(column: str, values: Any) -> CheckConstraint:
    """A constraint that `column` holds one of `values`."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


class Base(DeclarativeBase):
    """All tables share the naming of constraints, so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text, date: Date, datetime: UtcTime}
