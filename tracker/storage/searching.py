"""Looking for words: FTS5 on SQLite, tsvector on PostgreSQL, both over the same folded words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.core.selection import Selection
from tracker.core.terms import Query, Term
from tracker.storage.conditions import conditions_of
from tracker.storage.details import by_item
from tracker.storage.reader import Reader, Row

_INSIDE = """
    SELECT 1 FROM items x JOIN resolutions r ON r.id = x.resolution_id
    JOIN wordings w ON w.item_id = x.id AND w.text_id = s.text_id AND w.current
    JOIN paragraphs p ON p.id = s.paragraph_id
    WHERE x.resolution_id = s.resolution_id AND x.withdrawn IS NULL AND x.series_id IS NULL
    AND w.start_at >= p.start_at AND w.start_at < p.end_at AND {conditions}
"""
_ABOUT = "SELECT 1 FROM item_rows x WHERE x.id = s.item_id AND {conditions}"
"""Whether a selected item stands in the paragraph of an entry, and whether an entry is about one."""


_THERE = (
    "(s.item_id IS NULL OR EXISTS (SELECT 1 FROM items i WHERE i.id = s.item_id AND i.withdrawn IS NULL))",
    # An import that was undone withdrew all its items; its text is found no more than they are.
    """(NOT EXISTS (SELECT 1 FROM items i WHERE i.resolution_id = s.resolution_id AND i.withdrawn IS NOT NULL
    AND i.withdrawn LIKE 'undone: operation%') OR EXISTS (SELECT 1 FROM items i
    WHERE i.resolution_id = s.resolution_id AND i.withdrawn IS NULL AND i.series_id IS NULL))""",
)
"""What every entry that is found must be: about something that is still there."""


def find_entries(
    reader: Reader, query: Query, selection: Selection, *, language: str | None, before: int | None, limit: int
) -> list[Row]:
    """Entries that answer `query`, newest first, below the number `before`: those of items that are selected.

    What was withdrawn or undone is not found. Nothing in a query can break the grammar of an engine: its words are
    letters and digits only.
    """
    values: dict[str, Any] = {"match": _fts5(query) if reader.is_sqlite else _tsquery(query), "limit": limit}
    if reader.is_sqlite:
        source, number = "search_index f JOIN search_entries s ON s.id = f.rowid", "f.rowid"
        where = ["search_index MATCH :match"]
    else:
        source, number = "search_entries s", "s.id"
        where = ["to_tsvector('simple'::regconfig, s.folded) @@ to_tsquery('simple', :match)"]
    where += _THERE
    if before is not None:
        where.append(f"{number} < :before")
        values["before"] = before
    if language is not None:
        where.append("(s.language = :language OR s.language IS NULL)")
        values["language"] = language
    chosen = conditions_of(selection)
    if chosen.sql:
        conditions = " AND ".join(chosen.sql)
        inside, about = _INSIDE.format(conditions=conditions), _ABOUT.format(conditions=conditions)
        where.append(f"(EXISTS ({inside}) OR (s.item_id IS NOT NULL AND EXISTS ({about})))")
        values |= chosen.values
    return reader.rows(
        f"SELECT s.* FROM {source} WHERE {' AND '.join(where)} ORDER BY {number} DESC LIMIT :limit", values
    )


def _fts5(query: Query) -> str:
    def one(term: Term) -> str:
        return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")

    wanted = " AND ".join(map(one, query.wanted))
    unwanted = " OR ".join(map(one, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _tsquery(query: Query) -> str:
    def one(term: Term) -> str:
        words = [f"'{word}'" for word in term.words]
        return "(" + " <-> ".join(words) + (":*" if term.prefix else "") + ")"

    return " & ".join([*map(one, query.wanted), *(f"!{one(term)}" for term in query.unwanted)])


def words_of_entries(reader: Reader, entries: Sequence[Row]) -> dict[int, Row]:
    """By entry: its words as they stand in the text, with symbol, label, language, and the span of its paragraph."""
    return {
        number: rows[0]
        for number, rows in by_item(
            reader,
            """
            SELECT s.id AS item_id, r.symbol, p.label, p.start_at, p.end_at, e.holds_on,
                   COALESCE(p.words, e.new, CASE WHEN s.kind = 'title' THEN t.title END, i.own_words, i.own_action, '')
                   AS words
            FROM search_entries s JOIN resolutions r ON r.id = s.resolution_id
            LEFT JOIN texts t ON t.id = s.text_id LEFT JOIN paragraphs p ON p.id = s.paragraph_id
            LEFT JOIN items i ON i.id = s.item_id LEFT JOIN events e ON e.id = s.event_id
            WHERE s.id IN ({})
            """,
            [entry["id"] for entry in entries],
        ).items()
    }


def items_of_entries(reader: Reader, entries: Sequence[Row], selection: Selection) -> dict[int, list[int]]:
    """By entry: the numbers of the selected items that it is about or that stand in it, in the order of the text."""
    chosen = conditions_of(selection)
    found = by_item(
        reader,
        f"""
        SELECT s.id AS item_id, x.id AS number FROM search_entries s
        JOIN item_rows x ON x.resolution_id = s.resolution_id
        LEFT JOIN paragraphs p ON p.id = s.paragraph_id
        LEFT JOIN wordings w ON w.item_id = x.id AND w.text_id = s.text_id AND w.current
        WHERE s.id IN ({{}}) AND (x.id = s.item_id OR (w.start_at >= p.start_at AND w.start_at < p.end_at))
        {"".join(f" AND {one}" for one in chosen.sql)} ORDER BY x.position
        """,
        [entry["id"] for entry in entries],
        chosen.values,
    )
    return {entry: [row["number"] for row in rows] for entry, rows in found.items()}
