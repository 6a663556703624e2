"""Open items of which nobody has told anything for a long time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.core.selection import Selection
from tracker.storage.conditions import OPEN_CONDITION, conditions_of
from tracker.storage.details import by_item
from tracker.storage.reader import Reader, Row

_TOLD = """
    SELECT {what} FROM items x CROSS JOIN events e CROSS JOIN operations o
    WHERE {items} AND e.item_id = x.id AND o.id = e.operation_id
    AND e.field IN ('status', 'note', 'evidence') AND o.undoes IS NULL
    AND NOT EXISTS (SELECT 1 FROM operations u WHERE u.undoes = o.id)
"""
"""Reports: what was undone told nothing. SQLite keeps to the order of a CROSS JOIN; it began with the operations, of
which one can have the events of many items."""


def silent_items(reader: Reader, selection: Selection, since: date, limit: int | None) -> list[Row]:
    """Open items that were asked for before the day `since` and of which nothing was told from that day on.

    Neither about the time from `since` on, nor, whatever it was about, in that time; nor of an occurrence of a series.
    """
    where = conditions_of(selection)
    told = [
        _TOLD.format(what="1", items=f"x.{key} = item_rows.id")
        + " AND (e.holds_on >= :since OR o.recorded_at >= :since)"
        for key in ("id", "series_id")
    ]
    listed = [
        "series_id IS NULL", OPEN_CONDITION, "(known_on IS NULL OR known_on < :since)",
        *(f"NOT EXISTS ({one})" for one in told), *where.sql,
    ]  # fmt: skip
    sql = f"SELECT * FROM item_rows WHERE {' AND '.join(listed)} ORDER BY known_on, symbol_key, position"
    return reader.rows(sql + (f" LIMIT {int(limit)}" if limit is not None else ""), {**where.values, "since": since})


def last_told(reader: Reader, item_ids: Iterable[int]) -> dict[int, str]:
    """The last day about which something was told of each item, as ISO text; items of which nothing was are missing."""
    what = "COALESCE(x.series_id, x.id) AS item_id, MAX(e.holds_on) AS day"
    sql = _TOLD.format(what=what, items="COALESCE(x.series_id, x.id) IN ({})") + " GROUP BY COALESCE(x.series_id, x.id)"
    return {number: rows[0]["day"] for number, rows in by_item(reader, sql, item_ids).items()}
