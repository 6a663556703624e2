"""What belongs to items: deadlines, evidence, notes, words; asked for many items at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.storage.reader import Reader, Row


def deadlines_of(reader: Reader, item_ids: Iterable[int | None]) -> dict[int, list[Row]]:
    """The deadlines of items by item, the first one first."""
    return by_item(
        reader,
        "SELECT d.* FROM deadlines d JOIN items i ON i.id = d.item_id AND d.by_hand = (i.deadline IS NOT NULL) "
        "WHERE d.item_id IN ({}) ORDER BY d.item_id, d.position",
        item_ids,
    )


def evidence_of(reader: Reader, item_ids: Iterable[int | None], as_of: date | None = None) -> dict[int, list[Row]]:
    """The evidence of items by item, as known at the end of `as_of`."""
    until = "AND dated <= :as_of" if as_of else ""
    return by_item(
        reader,
        f"SELECT * FROM evidence WHERE item_id IN ({{}}) AND NOT withdrawn {until} ORDER BY item_id, dated, id",
        item_ids,
        {"as_of": as_of} if as_of else {},
    )


def notes_of(reader: Reader, item_ids: Iterable[int | None], as_of: date | None = None) -> dict[int, list[Row]]:
    """The notes of items by item, oldest first, as known at the end of `as_of`; undone ones left out."""
    until = "AND e.holds_on <= :as_of" if as_of else ""
    return by_item(
        reader,
        "SELECT e.item_id, e.new AS note, e.holds_on, o.actor FROM events e JOIN operations o ON o.id = e.operation_id "
        "WHERE e.field = 'note' AND e.new IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM operations u WHERE u.undoes = o.id) "
        f"AND e.item_id IN ({{}}) {until} ORDER BY e.item_id, e.holds_on, e.id",
        item_ids,
        {"as_of": as_of} if as_of else {},
    )


def links_of(reader: Reader, item_ids: Iterable[int | None]) -> dict[int, list[Row]]:
    """The links of items by item: `kind`, `to` (a reference or a symbol); `superseded_by` and `derived` from others."""
    return by_item(
        reader,
        """
        SELECT l.item_id, l.kind, COALESCE(l.symbol, r.symbol || ':' || i.place) AS target, l.id
        FROM links l LEFT JOIN items i ON i.id = l.other_id LEFT JOIN resolutions r ON r.id = i.resolution_id
        WHERE NOT l.withdrawn AND l.item_id IN ({})
        UNION ALL
        SELECT l.other_id, CASE l.kind WHEN 'supersedes' THEN 'superseded_by' WHEN 'derived_from' THEN 'source_of'
               ELSE l.kind END, r.symbol || ':' || i.place, l.id
        FROM links l JOIN items i ON i.id = l.item_id JOIN resolutions r ON r.id = i.resolution_id
        WHERE NOT l.withdrawn AND l.other_id IN ({}) ORDER BY 1, 4
        """,
        item_ids,
    )


_AS_IMPORTED = """COALESCE(
    (SELECT e.old FROM events e WHERE e.item_id = i.id AND e.field = 'addressee_words' ORDER BY e.id LIMIT 1),
    i.addressee_words
)"""
"""The addressees before anybody corrected them."""


def wordings_of(reader: Reader, item_ids: Iterable[int | None], language: str | None = None) -> dict[int, list[Row]]:
    """The current words of items by item: in `language`, where items not imported in it are missing, or in all.

    What a person corrected goes before what the text says.
    """
    return by_item(
        reader,
        f"""
        SELECT w.item_id, w.text_id, w.verb, COALESCE(i.own_action, w.action) AS action,
               COALESCE(i.own_words, w.words) AS words,
               CASE WHEN i.addressee_words = {_AS_IMPORTED} THEN w.addressee_words ELSE i.addressee_words END
               AS addressee_words, w.start_at, w.end_at
        FROM wordings w JOIN items i ON i.id = w.item_id
        WHERE {"w.language = :language AND " if language else ""}w.current AND w.item_id IN ({{}})
        ORDER BY w.item_id, w.id
        """,
        item_ids,
        {"language": language} if language else {},
    )


def by_item(
    reader: Reader, sql: str, item_ids: Iterable[int | None], values: dict[str, Any] | None = None
) -> dict[int, list[Row]]:
    """Runs `sql`, whose `{}` is the list of items, in portions that every engine takes.

    Occurrences that nobody touched have no number, and nothing belongs to them: they are passed over.
    """
    ids, found = sorted({item_id for item_id in item_ids if item_id is not None}), dict[int, list[Row]]()
    for start in range(0, len(ids), 500):
        listed = ", ".join(str(int(item_id)) for item_id in ids[start : start + 500])
        for row in reader.rows(sql.replace("{}", listed), values):
            found.setdefault(row["item_id"], []).append(row)
    return found
