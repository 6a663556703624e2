"""What a calendar file asks of history: how often an item changed, which sessions moved, where an item first stood."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.storage.details import by_item
from tracker.storage.reader import Reader, Row

_ABOUT_SESSIONS = "x.item_id IS NULL AND x.resolution_id IS NULL"


def changes_of_items(reader: Reader, item_ids: Iterable[int | None]) -> dict[int, Row]:
    """How often each item was changed, how often its due date moved with a session, and when last, in UTC as ISO text.

    Being made is no change.
    """
    # Asked once, not for every event: there is one about no item for each text.
    with_session = f"e.operation_id IN (SELECT x.operation_id FROM events x WHERE {_ABOUT_SESSIONS})"
    moved = f"CASE WHEN e.field = 'due_on' AND {with_session} THEN 1 ELSE 0 END"
    made = "CASE WHEN e.field = 'created' THEN 1 ELSE 0 END"
    found = by_item(
        reader,
        f"SELECT item_id, SUM(1 - made - moved) AS changes, SUM(moved) AS moves, MAX(recorded_at) AS changed_at FROM ("
        f"SELECT e.item_id, {made} AS made, {moved} AS moved, o.recorded_at "
        f"FROM events e JOIN operations o ON o.id = e.operation_id WHERE e.item_id IN ({{}})) AS told GROUP BY item_id",
        item_ids,
    )
    return {number: rows[0] for number, rows in found.items()}


def changes_of_texts(reader: Reader) -> dict[int, Row]:
    """By resolution: how often a text of it was imported after the first one, and when last."""
    rows = reader.rows(
        "SELECT e.resolution_id, SUM(CASE WHEN e.old = 'new' THEN 0 ELSE 1 END) AS changes, "
        "MAX(o.recorded_at) AS changed_at FROM events e JOIN operations o ON o.id = e.operation_id "
        "WHERE e.resolution_id IS NOT NULL AND e.field = 'text' GROUP BY e.resolution_id"
    )
    return {row["resolution_id"]: row for row in rows}


def moves_of_sessions(reader: Reader) -> list[Row]:
    """Every change of the dates of a session: `field` names it (`session HRC 57`), `old` and `new` are its days."""
    return reader.rows(
        "SELECT x.field, x.old, x.new, o.recorded_at FROM events x JOIN operations o ON o.id = x.operation_id "
        f"WHERE {_ABOUT_SESSIONS} AND x.field LIKE 'session %' ORDER BY x.id"
    )


def first_places(reader: Reader) -> list[Row]:
    """Number, resolution and first place of the items of resolutions in which items moved, the oldest items first."""
    return reader.rows(
        "SELECT i.id, i.resolution_id, COALESCE((SELECT e.old FROM events e WHERE e.item_id = i.id "
        "AND e.field = 'place' ORDER BY e.id LIMIT 1), i.place) AS place FROM items i "
        "WHERE i.series_id IS NULL AND i.resolution_id IN (SELECT m.resolution_id FROM events p "
        "JOIN items m ON m.id = p.item_id WHERE p.field = 'place') ORDER BY i.id"
    )


def last_due_dates(reader: Reader, item_ids: Iterable[int | None]) -> dict[int, str]:
    """The due date that each item had last, of those that lost it."""
    found = by_item(
        reader,
        "SELECT item_id, old FROM events e WHERE field = 'due_on' AND new IS NULL AND old IS NOT NULL "
        "AND item_id IN ({}) ORDER BY item_id, id",
        item_ids,
    )
    return {number: rows[-1]["old"] for number, rows in found.items()}
