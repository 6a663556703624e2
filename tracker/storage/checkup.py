"""What may be wrong or doubtful in the data: questions that only `doctor` asks."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.core.status import Status
from tracker.storage.conditions import OPEN_CONDITION
from tracker.storage.reader import Reader, Row

CACHED = (
    "status", "due_on", "due_by_hand", "first_due_on", "extension", "deadline", "own_words", "own_action", "until",
    "withdrawn", "assignee", "office", "priority", "tags", "to_check", "force", "addressees", "addressee_words",
    "office_group", "deliverable", "recurrence",
)  # fmt: skip
"""Columns of an item that cache what its events say: the fields of `storage.changes.COLUMNS`."""

_OF_SERIES = frozenset({"status", "due_on"})
"""What follows from the occurrences of a series, not from its events."""


def session_deadlines(reader: Reader) -> list[Row]:
    """The deadlines of open items that hang on a session: `ref`, `body`, `session`, `due_on`, `verified`."""
    return reader.rows(
        f"SELECT i.ref, d.body, d.session, d.due_on, d.verified FROM item_rows i JOIN deadlines d ON d.item_id = i.id "
        f"AND d.by_hand = (i.deadline IS NOT NULL) WHERE d.kind = 'session' AND i.{OPEN_CONDITION} "
        "ORDER BY d.body, d.session, i.symbol_key, i.position"
    )


def evidence_files(reader: Reader) -> list[Row]:
    """The files that are evidence: `ref` and `value`."""
    return reader.rows(
        "SELECT i.ref, e.value FROM evidence e JOIN item_rows i ON i.id = e.item_id "
        "WHERE e.kind = 'file' AND NOT e.withdrawn ORDER BY i.symbol_key, i.position, e.id"
    )


def without_evidence(reader: Reader) -> list[Row]:
    """Items, not series, that nothing proves anything of."""
    return reader.rows(
        "SELECT * FROM item_rows WHERE NOT EXISTS (SELECT 1 FROM evidence e JOIN items x ON x.id = e.item_id "
        "WHERE x.id = item_rows.id AND NOT e.withdrawn) AND (recurrence IS NULL OR series_id IS NOT NULL) "
        f"AND (status = '{Status.IMPLEMENTED}' OR {OPEN_CONDITION} AND due_on IS NOT NULL) "
        "ORDER BY symbol_key, position"
    )


def without_addressee(reader: Reader) -> list[Row]:
    """Items that ask nobody in particular."""
    return reader.rows(
        "SELECT * FROM item_rows WHERE addressees = '' AND series_id IS NULL ORDER BY symbol_key, position"
    )


def in_one_language(reader: Reader) -> list[Row]:
    """Resolutions of which there is a text in one language only."""
    return reader.rows(
        "SELECT r.symbol, MIN(t.language) AS language FROM resolutions r JOIN texts t ON t.resolution_id = r.id "
        "WHERE t.current GROUP BY r.symbol, r.symbol_key HAVING count(*) = 1 ORDER BY r.symbol_key"
    )


def symbols(reader: Reader) -> list[Row]:
    """All symbols that somebody typed or a text gave: `ref`, `what` they are, `symbol`."""
    return reader.rows(
        """
        SELECT symbol AS ref, 'resolution' AS what, symbol FROM resolutions
        UNION ALL SELECT i.ref, 'evidence', e.value FROM evidence e JOIN item_rows i ON i.id = e.item_id
        WHERE e.kind = 'symbol' AND NOT e.withdrawn
        UNION ALL SELECT i.ref, 'source', l.symbol FROM links l JOIN item_rows i ON i.id = l.item_id
        WHERE l.symbol IS NOT NULL AND NOT l.withdrawn
        UNION ALL SELECT i.ref, 'authority', i.extension FROM item_rows i WHERE i.extension IS NOT NULL
        ORDER BY 1, 2, 3
        """
    )


def to_check(reader: Reader) -> list[Row]:
    """Items that nobody has confirmed yet, each with the problems met in its words."""
    return reader.rows(
        "SELECT i.ref, i.doubts, p.message FROM item_rows i LEFT JOIN problems p ON p.text_id = i.text_id "
        "AND p.start_at < i.end_at AND p.end_at > i.start_at WHERE i.to_check ORDER BY i.symbol_key, i.position, p.id"
    )


def doubtful_dates(reader: Reader) -> list[Row]:
    """Items whose date a person set later than the text without an authority, or that are due before the adoption."""
    return reader.rows(
        "SELECT * FROM item_rows WHERE due_on < adopted_on OR (due_by_hand IS NOT NULL AND extension IS NULL "
        "AND text_due_on IS NOT NULL AND due_on > text_due_on) ORDER BY symbol_key, position"
    )


def cached_values(reader: Reader) -> Iterator[tuple[Row, dict[str, list[Row]]]]:
    """Each item with its events by field, oldest first; items by number, a portion at a time."""
    after, columns = 0, ", ".join(f"i.{name}" for name in CACHED)
    while items := reader.rows(
        f"SELECT i.id, i.series_id, i.status_on, r.symbol || ':' || i.place AS ref, {columns} "
        "FROM items i JOIN resolutions r ON r.id = i.resolution_id WHERE i.id > :after ORDER BY i.id LIMIT 1000",
        {"after": after},
    ):
        events: dict[int, dict[str, list[Row]]] = {}
        for event in reader.rows(
            "SELECT e.item_id, e.field, e.old, e.new, e.holds_on, s.id AS silent FROM events e "
            "LEFT JOIN silent_events s ON s.id = e.id WHERE e.item_id > :after AND e.item_id <= :last "
            "ORDER BY e.holds_on, e.id",
            {"after": after, "last": items[-1]["id"]},
        ):
            events.setdefault(event["item_id"], {}).setdefault(event["field"], []).append(event)
        for item in items:
            yield item, events.get(item["id"], {})
        after = items[-1]["id"]


def wrong_columns(item: Row, events: dict[str, list[Row]]) -> Iterator[tuple[str, str | None, str | None]]:
    """Where a column of an item is not what its events say: field, what stands there, what they say."""
    series = item["recurrence"] is not None and item["series_id"] is None
    for field in CACHED:
        held, about = _as_text(item[field]), events.get(field, [])
        told = [event for event in about if event["silent"] is None]
        if series and field in _OF_SERIES:
            continue
        if told:
            wanted = told[-1]["new"] or (Status.PENDING.value if field == "status" else None)
        elif field == "status":
            wanted = Status.PENDING.value
        elif about:
            wanted = about[0]["old"] or None
        elif field == "due_on":
            wanted = _as_text(item["first_due_on"])
        else:
            continue
        if held != wanted:
            yield field, held, wanted
    since = _held_since([event for event in events.get("status", []) if event["silent"] is None])
    if not series and item["status_on"] != since:
        yield "status_on", item["status_on"], since


def _held_since(events: list[Row]) -> str | None:
    by_day = {event["holds_on"]: event["new"] for event in events}
    since: str | None = None
    last = events[-1]["new"] if events else None
    if last in {None, Status.PENDING}:
        return None
    for day, status in by_day.items():
        since = (since or day) if status == last else None
    return since


def _as_text(value: object) -> str | None:
    if value in (True, 1):
        return "yes"
    return str(value) if value not in (None, "", False, 0) else None


def broken_rows(reader: Reader) -> list[str]:
    """What the engine itself finds wrong; PostgreSQL keeps such rows out."""
    if not reader.is_sqlite:
        return []
    found = [
        f"a row of {row['table']} refers to nothing in {row['parent']}"
        for row in reader.rows("PRAGMA foreign_key_check")
    ]
    damage = [row["quick_check"] for row in reader.rows("PRAGMA quick_check(20)")]
    return found + [str(one) for one in damage if one != "ok"]


def unindexed(reader: Reader) -> list[str]:
    """Symbols of resolutions with a current text that search does not find."""
    rows = reader.rows(
        "SELECT DISTINCT r.symbol, r.symbol_key FROM texts t JOIN resolutions r ON r.id = t.resolution_id "
        "WHERE t.current AND EXISTS (SELECT 1 FROM paragraphs p WHERE p.text_id = t.id AND p.words <> '') "
        "AND NOT EXISTS (SELECT 1 FROM search_entries s WHERE s.text_id = t.id) ORDER BY r.symbol_key"
    )
    found = [row["symbol"] for row in rows]
    if reader.is_sqlite and not found:
        # The index has no list of what is in it: the first and the last entry are looked for by a word of theirs.
        for row in reader.rows(
            "SELECT s.id, s.folded, r.symbol FROM search_entries s JOIN resolutions r ON r.id = s.resolution_id "
            "WHERE s.id IN (SELECT MIN(id) FROM search_entries UNION SELECT MAX(id) FROM search_entries)"
        ):
            word = {"match": f'"{row["folded"].split(" ")[0]}"', "id": row["id"]}
            if not reader.rows("SELECT rowid FROM search_index WHERE search_index MATCH :match AND rowid = :id", word):
                found.append(row["symbol"])
    return found
