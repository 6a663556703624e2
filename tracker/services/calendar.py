"""The calendar of sessions: the built-in table, with the rows that a team changed laid over it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.core.calendar import Calendar, SessionDates, read_rows
from tracker.errors import BadConfiguration

if TYPE_CHECKING:
    from tracker.storage.reader import Reader

BUILT_IN = Path(__file__).resolve().parent.parent / "data" / "sessions.csv"


def read_sessions(path: Path) -> tuple[SessionDates, ...]:
    """The rows of a CSV file of sessions. Raises BadConfiguration when it cannot be read or a row is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return read_rows(csv.DictReader(file))
    except OSError as mistake:
        raise BadConfiguration(f"{path}: {mistake.strerror or mistake}") from None
    except (UnicodeDecodeError, csv.Error) as mistake:
        raise BadConfiguration(f"{path}: {mistake}") from None
    except BadConfiguration as mistake:
        raise BadConfiguration(f"{path}: {mistake}") from None


@cache
def built_in() -> Calendar:
    """The calendar that the program brings along."""
    return Calendar(read_sessions(BUILT_IN))


def load(rows: Iterable[SessionDates] = ()) -> Calendar:
    """The built-in calendar, in which `rows` (those of the database) replace the sessions that they name."""
    changed = tuple(rows)
    return built_in().overridden(changed) if changed else built_in()


def calendar_for(reader: Reader | None) -> Calendar:
    """The built-in calendar with the sessions that were set in the database, if there is one."""
    if reader is None:
        return load()
    rows = reader.rows("SELECT body, session, kind, opens, closes, mark, source, note, part FROM sessions")
    return load(SessionDates(**{**row, "opens": _day(row["opens"]), "closes": _day(row["closes"])}) for row in rows)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
