"""The questions that list, overdue, show, history and report ask of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from tracker.core.selection import Selection
from tracker.core.status import Status
from tracker.storage.conditions import conditions_of, order_by
from tracker.storage.details import by_item, wordings_of
from tracker.storage.gone import gone_since
from tracker.storage.reader import Reader, Row
from tracker.storage.schema import ITEM_ROWS, NOTHING

_FIXED = (
    "id", "ref", "symbol", "symbol_key", "body", "session", "adopted_on", "language", "resolution_id", "position",
    "place", "paragraph", "sub", "force", "addressees", "addressee_words", "office_group", "deliverable",
    "recurrence", "known_on", "deadline", "own_words", "version", "added", "series_id",
    "occurrence_on", "verb", "action", "words",
    "text_words", "start_at",
    "end_at", "text_id", "reasons", "doubts", "due_kind", "due_relation", "due_body", "due_session", "due_value",
    "due_text", "submit_by", "issue_by", "due_basis", "due_why", "due_verified", "text_due_on",
)  # fmt: skip
"""Columns of the view that no event changes, and those of corrections, which hold from the beginning."""

_FIRST = (
    "(SELECT COALESCE(e.old, '') FROM events e WHERE e.item_id = item_rows.id AND e.field = '{field}' "
    "ORDER BY e.holds_on, e.id LIMIT 1)"
)
"""What a field was before its first event."""

_SPEAKS = "NOT EXISTS (SELECT 1 FROM silent_events q WHERE q.id = {}.id)"
"""An event that counts: not of an operation that is undone, nor what an undo wrote."""

_SINCE = f"""CASE WHEN {{status}} <> '{{pending}}' THEN (
    SELECT min(f.holds_on) FROM events f
    WHERE f.item_id = item_rows.id AND f.field = 'status' AND {_SPEAKS.format("f")}
    AND f.holds_on <= :as_of AND f.holds_on > COALESCE((
        SELECT max(g.holds_on) FROM events g
        WHERE g.item_id = item_rows.id AND g.field = 'status' AND {_SPEAKS.format("g")} AND g.holds_on <= :as_of
        AND g.new <> {{status}}
        AND NOT EXISTS (SELECT 1 FROM events h WHERE h.item_id = g.item_id AND h.field = 'status'
                        AND h.holds_on = g.holds_on AND h.id > g.id AND {_SPEAKS.format("h")})), '0001-01-01')
) END"""
"""The day from which the status holds without a break: after the last day that ended with another one."""


_TOUCHED = (
    "(series_id IS NOT NULL OR EXISTS (SELECT 1 FROM events e WHERE e.item_id = item_rows.id AND e.field <> 'created'))"
)
"""Items of which anything was ever told, or, being an occurrence, of its series."""

_UNTOUCHED = {
    "status": f"'{Status.PENDING}'", "status_on": "NULL", "due_on": "first_due_on", "first_due_on": "first_due_on",
    "due_by_hand": "NULL", "extension": "NULL", "assignee": "NULL", "office": "NULL", "priority": "NULL",
    "tags": "''", "until": "NULL", "to_check": "to_check",
}  # fmt: skip
"""What all other items held on any day: most have no history, and looking for events of each field takes long."""


def _source(reader: Reader, as_of: date | None) -> str:
    """The items as they are, or as they were at the end of day :as_of by the days on which things hold."""
    if as_of is None:
        return "item_rows"

    def latest(field: str, value: str = "e.new", of: str = "id") -> str:
        return (
            f"(SELECT {value} FROM events e WHERE e.item_id = item_rows.{of} AND e.field = '{field}' "
            f"AND e.holds_on <= :as_of AND {_SPEAKS.format('e')} ORDER BY e.holds_on DESC, e.id DESC LIMIT 1)"
        )

    def inherited(field: str) -> str:
        return (
            f"CASE WHEN series_id IS NULL THEN {latest(field)} "
            f"ELSE NULLIF(COALESCE({latest(field)}, {latest(field, of='series_id')}), '{NOTHING}') END"
        )

    def before(field: str) -> str:
        """A date before its first event: what that one names as the old value."""
        old = _FIRST.format(field=field)
        day = reader.as_date(f"NULLIF({old}, '')")
        return f"CASE WHEN {old} IS NULL THEN first_due_on ELSE {day} END"

    moved, status = latest("due_on", "1"), f"COALESCE({latest('status')}, '{Status.PENDING}')"
    checked, now = latest("to_check", "COALESCE(e.new, '')"), "CASE WHEN to_check THEN 'yes' ELSE '' END"
    held = {
        "status": status,
        "status_on": _SINCE.format(status=status, pending=Status.PENDING),
        "due_on": f"CASE WHEN {moved} = 1 THEN {reader.as_date(latest('due_on'))} ELSE {before('due_on')} END",
        "first_due_on": f"CASE WHEN {latest('first_due_on', '1')} = 1 "
        f"THEN {reader.as_date(latest('first_due_on'))} ELSE {before('first_due_on')} END",
        "due_by_hand": latest("due_by_hand"),
        "extension": latest("extension"),
        "assignee": inherited("assignee"),
        "office": inherited("office"),
        "priority": inherited("priority"),
        "tags": f"COALESCE({inherited('tags')}, '')",
        "until": reader.as_date(latest("until")),
        "to_check": f"COALESCE({checked}, {_FIRST.format(field='to_check')}, {now}) = 'yes'",
    }

    def part(values: Mapping[str, str], condition: str) -> str:
        columns = ", ".join([*_FIXED, *(f"{values[name]} AS {name}" for name in held)])
        return f"SELECT {columns} FROM item_rows WHERE (known_on IS NULL OR known_on <= :as_of) AND {condition}"

    return f"({part(_UNTOUCHED, f'NOT {_TOUCHED}')} UNION ALL {part(held, _TOUCHED)}) AS held"


_SHOWN = "i.withdrawn IS NULL"
_NO_OCCURRENCE = "series_id IS NULL"
"""Items are counted by request: an occurrence that somebody touched belongs to its series."""


def find_items(
    reader: Reader,
    selection: Selection,
    *,
    as_of: date | None = None,
    order: str = "resolution",
    reverse: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[Row]:
    """The selected items, as they are now or (`as_of`) as they were at the end of that day.

    `order` is one of `ORDERS`; `reverse` turns it round, but what has no value stays last.
    """
    where = conditions_of(selection)
    values = where.values | bound(as_of)

    def part(condition: str, by: str, limit: int | None, offset: int) -> list[Row]:
        listed = " AND ".join([_NO_OCCURRENCE, condition, *where.sql])
        if limit is None:
            sql = f"SELECT * FROM {_source(reader, as_of)} WHERE {listed} ORDER BY {by}"
            return _completed(reader, reader.rows(sql, values))
        end = f"ORDER BY {by} LIMIT {int(limit)} OFFSET {int(offset)}"
        if as_of is not None:
            return _completed(
                reader, reader.rows(f"SELECT * FROM {_source(reader, as_of)} WHERE {listed} {end}", values)
            )
        # First which ones, then what belongs to them. CROSS JOIN: SQLite goes through the resolutions in their order.
        source = (
            "resolutions r CROSS JOIN items i" if by.startswith("symbol_key") else "items i CROSS JOIN resolutions r"
        )
        sql = f"SELECT i.id AS id FROM {source} WHERE i.resolution_id = r.id AND {_SHOWN} AND {listed} {end}"
        numbers = [row["id"] for row in reader.rows(sql, values)]
        found = {row["id"]: row for row in items_by_number(reader, numbers)}
        return [found[number] for number in numbers]

    if order != "due":
        return part("1 = 1", order_by(order, reverse=reverse), limit, offset)
    # Two queries, because an index serves each of them, but not an order in which what has no date comes last.
    dated = part("due_on IS NOT NULL", order_by(order, reverse=reverse, filled=True), limit, offset)
    if selection.overdue_on or (limit is not None and len(dated) >= limit):
        return dated
    before = len(dated) or (count_items(reader, selection, as_of=as_of, dated=True) - offset if offset else 0)
    left = None if limit is None else limit - len(dated)
    return dated + part("due_on IS NULL", order_by("resolution"), left, max(0, -before))


def _completed(reader: Reader, rows: list[Row]) -> list[Row]:
    """What stands in other tables: the words of another language, the day since when the text does not have an item.

    An item that no text in the language of its resolution has is shown in the words of another one.
    """
    silent = [row["id"] for row in rows if row["words"] is None and row["series_id"] is None]
    words = wordings_of(reader, silent) if silent else {}
    gone = gone_since(reader, rows)
    if not words and not gone:
        return rows
    return [{**row, **words.get(row["id"], [{}])[0], "gone_since": gone.get(row["id"])} for row in rows]


def occurrences_sql(reader: Reader, as_of: date | None) -> str:
    """The stored occurrences of the series `{}`, each under the number of its series as `item_id`."""
    source = _source(reader, as_of)
    return f"SELECT *, series_id AS item_id FROM {source} WHERE series_id IN ({{}}) ORDER BY occurrence_on"


def bound(as_of: date | None) -> dict[str, Any]:
    """What is bound to a query of the items at the end of a day."""
    return {"as_of": as_of} if as_of else {}


def items_by_number(reader: Reader, numbers: Iterable[int]) -> list[Row]:
    """The items with these numbers, as they are now; those that are withdrawn are left out."""
    found = by_item(reader, "SELECT item_rows.*, id AS item_id FROM item_rows WHERE id IN ({})", numbers)
    return _completed(reader, [row for rows in found.values() for row in rows])


def withdrawn_items(reader: Reader, selection: Selection) -> list[Row]:
    """The selected items that were withdrawn, as they were then: no list and no report has them any more."""
    where = conditions_of(selection)
    listed = " AND ".join([_NO_OCCURRENCE, *where.sql])
    sql = f"SELECT * FROM ({ITEM_ROWS}NOT NULL) AS gone WHERE {listed} ORDER BY symbol_key, position, id"
    return _completed(reader, reader.rows(sql, where.values))


def count_items(
    reader: Reader,
    selection: Selection,
    *,
    as_of: date | None = None,
    dated: bool = False,
    once: bool = False,
    most: int | None = None,
) -> int:
    """How many items are selected; with `most`, not more than one above it.

    `dated`: of those with a due date; `once`: of those that do not recur.
    """
    where = conditions_of(selection)
    conditions = [_NO_OCCURRENCE, *where.sql]
    conditions += ["due_on IS NOT NULL"] if dated else []
    conditions += ["recurrence IS NULL"] if once else []
    if as_of is not None:
        source = _source(reader, as_of)
    else:
        # What the view joins for words and deadlines would only take time.
        source = "items i" + (" JOIN resolutions r ON r.id = i.resolution_id" if where.sql else "")
        conditions.insert(0, _SHOWN)
    sql = f"SELECT 1 AS one FROM {source} WHERE {' AND '.join(conditions)}"
    sql += f" LIMIT {most + 1}" if most is not None else ""
    row = reader.row(f"SELECT count(*) AS n FROM ({sql}) AS found", where.values | bound(as_of))
    return int(row["n"]) if row else 0


def anything_recurs(reader: Reader) -> bool:
    """Whether any item comes back."""
    return reader.row("SELECT 1 AS one FROM items WHERE recurrence IS NOT NULL LIMIT 1") is not None


def find_resolutions(reader: Reader, symbol: str | None = None, language: str | None = None) -> list[Row]:
    """The resolutions that `symbol` fits (`28/2`, `A/HRC/RES/28/2`, `2723`), or all, with their current title.

    The title is that of the text in `language` where there is one.
    """
    where = conditions_of(Selection(symbols=(symbol,) if symbol else ()))
    sql = """
        SELECT r.*, t.id AS text_id, COALESCE(other.title, t.title) AS title, t.file, t.sha256, t.footnotes,
               t.imported_at
        FROM resolutions r LEFT JOIN texts t ON t.resolution_id = r.id AND t.language = r.language AND t.current
        LEFT JOIN texts other ON other.resolution_id = r.id AND other.language = :language AND other.current
    """
    if where.sql:
        sql += " WHERE " + " AND ".join(where.sql)
    return reader.rows(f"{sql} ORDER BY r.symbol_key", {**where.values, "language": language or ""})


def texts_of(reader: Reader, resolution_id: int) -> list[Row]:
    """All texts of a resolution, oldest first, without their words."""
    return reader.rows(
        "SELECT id, language, title, file, sha256, encoding, footnotes, current, imported_at FROM texts "
        "WHERE resolution_id = :id ORDER BY id",
        {"id": resolution_id},
    )


def paragraphs_of(reader: Reader, text_id: int) -> list[Row]:
    """The paragraphs of a text in their order."""
    return reader.rows("SELECT * FROM paragraphs WHERE text_id = :id ORDER BY position", {"id": text_id})


def problems_of(reader: Reader, text_id: int) -> list[Row]:
    """The doubts met while reading a text."""
    return reader.rows("SELECT * FROM problems WHERE text_id = :id ORDER BY id", {"id": text_id})


def history(
    reader: Reader,
    *,
    item_id: int | None = None,
    resolution_id: int | None = None,
    since: datetime | None = None,
    actor: str | None = None,
    limit: int | None = None,
) -> list[Row]:
    """The events, newest operation first, with their operation and the item they are about; `since`: with its zone."""
    where, values = ["1 = 1"], dict[str, Any]()
    for condition, name, value in (
        ("e.item_id = :item_id", "item_id", item_id),
        ("(e.resolution_id = :resolution_id OR i.resolution_id = :resolution_id)", "resolution_id", resolution_id),
        ("o.recorded_at >= :since", "since", since),
        ("LOWER(o.actor) = LOWER(:actor)", "actor", actor),
    ):
        if value is not None:
            where.append(condition)
            values[name] = value
    sql = f"""
        SELECT e.id, e.operation_id, e.item_id, e.field, e.old, e.new, e.holds_on,
               o.recorded_at, o.actor, o.command, o.summary, o.undoes,
               (SELECT u.id FROM operations u WHERE u.undoes = o.id) AS undone_by,
               r.symbol || COALESCE(':' || i.place, '') AS ref
        FROM events e JOIN operations o ON o.id = e.operation_id
        LEFT JOIN items i ON i.id = e.item_id
        LEFT JOIN resolutions r ON r.id = COALESCE(e.resolution_id, i.resolution_id)
        WHERE {" AND ".join(where)} ORDER BY o.id DESC, e.id
    """
    return reader.rows(sql + (f" LIMIT {int(limit)}" if limit else ""), values)


def stored_texts(reader: Reader) -> list[Row]:
    """Checksum, symbol and currency of every text, and whether the import of its items was undone."""
    return reader.rows(
        "SELECT t.sha256, r.symbol, t.current, "
        "EXISTS (SELECT 1 FROM items i WHERE i.resolution_id = r.id AND NOT i.added "
        "AND i.withdrawn LIKE :undone) AS undone "
        "FROM texts t JOIN resolutions r ON r.id = t.resolution_id",
        {"undone": "undone: operation%"},
    )


def stored_problems(reader: Reader) -> list[Row]:
    """The problems of all texts, each with the checksum of its text and the label of the paragraph it lies in."""
    return reader.rows(
        "SELECT t.sha256, r.symbol, p.code, p.message, t.language, (SELECT max(g.label) FROM paragraphs g "
        "WHERE g.text_id = t.id AND g.start_at <= p.start_at AND p.end_at <= g.end_at AND p.end_at > 0) AS paragraph "
        "FROM problems p JOIN texts t ON t.id = p.text_id JOIN resolutions r ON r.id = t.resolution_id ORDER BY p.id"
    )
