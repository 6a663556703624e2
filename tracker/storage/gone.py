"""Items that the present text of their resolution no longer has, and since when; items stay, whatever a text loses.

An item is in the text when its words in the language of the resolution are those of the text that is current there. A
part that was split off is there as long as the item that it comes from, and any other item made by hand unless all
items that were read in its paragraph are gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.storage.details import by_item
from tracker.storage.reader import Reader, Row

# Served from an index: whether a text is current stands behind the text itself.
_REPLACED = (
    "SELECT resolution_id AS item_id, id FROM texts "
    "WHERE language = :language AND current = FALSE AND resolution_id IN ({})"
)
_ITEMS = (
    "SELECT i.resolution_id AS item_id, i.id, i.paragraph, i.sub, i.added, w.text_id FROM items i "
    "JOIN resolutions r ON r.id = i.resolution_id "
    "LEFT JOIN wordings w ON w.item_id = i.id AND w.language = r.language AND w.current "
    "WHERE i.series_id IS NULL AND i.resolution_id IN ({}) ORDER BY i.id"
)
# A part is linked by the command that makes it.
_ORIGINS = (
    "SELECT l.item_id, l.other_id FROM links l JOIN events e ON e.id = l.event_id "
    "JOIN events c ON c.operation_id = e.operation_id AND c.item_id = l.item_id AND c.field = 'created' "
    "WHERE l.kind = 'related' AND l.other_id IS NOT NULL AND l.item_id IN ({})"
)
_TEXT_EVENTS = (
    "FROM events e JOIN operations o ON o.id = e.operation_id {more} "
    "WHERE e.resolution_id = t.resolution_id AND e.field = 'text' AND {condition} LIMIT 1"
)
_NEXT_VERSION = _TEXT_EVENTS.format(
    more="JOIN texts n ON n.resolution_id = e.resolution_id AND n.imported_at = o.recorded_at",
    condition="n.language = t.language AND n.id > t.id ORDER BY n.id, e.id",
)
# No newer text was stored: an older one was taken back.
_TAKEN_BACK = _TEXT_EVENTS.format(more="", condition="e.new LIKE '% in ' || t.language ORDER BY e.id DESC")
_SINCE = (
    "SELECT t.id AS item_id, "
    f"COALESCE((SELECT e.holds_on {_NEXT_VERSION}), (SELECT e.holds_on {_TAKEN_BACK})) AS since "
    "FROM texts t WHERE t.id IN ({})"
)


def gone_since(reader: Reader, rows: Iterable[Row]) -> dict[int, str]:
    """The day since when the text does not have an item any more, by item, for all items of the resolutions of `rows`.

    Items that the text has are not among them.
    """
    replaced = _replaced(reader, rows)
    if not replaced:
        return {}
    items = by_item(reader, _ITEMS, replaced.values())
    by_hand = [item["id"] for found in items.values() for item in found if _is_by_hand(item)]
    origins = {part: links[0]["other_id"] for part, links in by_item(reader, _ORIGINS, by_hand).items()}
    last: dict[int, int] = {}
    for found in items.values():
        last |= {item["id"]: item["text_id"] for item in found if item["text_id"] in replaced}
        for item in filter(_is_by_hand, found):
            text = last.get(origins[item["id"]]) if item["id"] in origins else _last_text_of(item, found, last)
            if text is not None:
                last[item["id"]] = text
    since = by_item(reader, _SINCE, last.values())
    return {item: since[text][0]["since"] for item, text in last.items()}


def _replaced(reader: Reader, rows: Iterable[Row]) -> dict[int, int]:
    """The texts that others replaced in the languages of their resolutions, each with its resolution."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        wanted.setdefault(row["language"], set()).add(row["resolution_id"])
    return {
        text["id"]: number
        for language, numbers in wanted.items()
        for number, texts in by_item(reader, _REPLACED, numbers, {"language": language}).items()
        for text in texts
    }


def _is_by_hand(item: Row) -> bool:
    return bool(item["added"]) and item["text_id"] is None


def _last_text_of(item: Row, others: Sequence[Row], last: dict[int, int]) -> int | None:
    """The last text that had what was read in the paragraph of an item; None while there still is anything."""
    where = item["paragraph"], item["sub"]
    read = [one for one in others if one["text_id"] is not None and (one["paragraph"], one["sub"]) == where]
    return max(last[one["id"]] for one in read) if read and all(one["id"] in last for one in read) else None
