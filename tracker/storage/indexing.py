"""Keeping the table that search looks in equal to what there is to find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, event, func, insert, select
from sqlalchemy import text as sql
from sqlalchemy.orm import PassiveFlag, Session
from sqlalchemy.orm.attributes import get_history

from tracker.core.terms import fold
from tracker.storage.models import EventRow, ItemRow, SearchRow, TextRow

PORTION = 4_000
"""Words of one entry: PostgreSQL indexes no more than a megabyte at once."""

Entry = dict[str, Any]


def _entries(kind: str, words: str | None, **about: Any) -> Iterator[Entry]:
    """The entries for one text; of a very long one more than one."""
    folded = fold(words or "")
    place = {"language": None, "text_id": None, "paragraph_id": None, "item_id": None, "event_id": None, **about}
    if 0 < len(folded) <= PORTION:  # fewer letters than a portion has words: nearly always
        yield {"kind": kind, "folded": folded, **place}
        return
    apart = folded.split()
    for start in range(0, len(apart), PORTION):
        yield {"kind": kind, "folded": " ".join(apart[start : start + PORTION]), **place}


def keep_index(db: Session) -> None:
    """From now on everything that `db` stores can be found, and what it takes back cannot."""
    event.listen(db, "after_flush", _after_flush)


def _after_flush(db: Session, _context: object) -> None:
    connection = db.connection()
    new = [entry for row in db.dirty for entry in _again(connection, row)]
    new += [entry for row in db.new for entry in _of(connection, row)]
    _add(connection, new)


def index_text(db: Session, text_id: int) -> None:
    """Makes the entries of a new current text; of its paragraphs the session does not know."""
    connection = db.connection()
    new: list[Entry] = []
    for what, of_text in (("titles", "AND id = :text_id"), ("paragraphs", "AND p.text_id = :text_id ORDER BY p.id")):
        rows = connection.execute(sql(f"{_STORED[what]} {of_text}"), {"text_id": text_id})
        new += [entry for row in rows for entry in _of_row(what, row)]
    _add(connection, new)


def _add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Stores entries; on SQLite also in the index, which PostgreSQL keeps by itself."""
    if not entries:
        return
    last = connection.execute(select(func.coalesce(func.max(SearchRow.id), 0))).scalar_one()
    connection.execute(insert(SearchRow), entries)
    if connection.dialect.name == "sqlite":
        added = "INSERT INTO search_index (rowid, folded) SELECT id, folded FROM search_entries WHERE id > :last"
        connection.execute(sql(added), {"last": last})


def _remove(connection: Connection, where: ColumnElement[bool]) -> None:
    gone = connection.execute(select(SearchRow.id, SearchRow.folded).where(where)).fetchall()
    if gone and connection.dialect.name == "sqlite":
        # An index without texts of its own is told what it held.
        removed = "INSERT INTO search_index (search_index, rowid, folded) VALUES ('delete', :id, :folded)"
        connection.execute(sql(removed), [row._asdict() for row in gone])
    if gone:
        connection.execute(delete(SearchRow).where(where))


def _again(connection: Connection, row: object) -> Iterable[Entry]:
    """Takes away what a changed row had in the index; the entries that it has now."""
    if isinstance(row, TextRow) and _has_changed(row, "current"):
        _remove(connection, SearchRow.text_id == row.id)
        if row.current:
            return [*_of_title(row.id, row.resolution_id, row.language, row.title), *_of_paragraphs(row)]
    elif isinstance(row, ItemRow) and (_has_changed(row, "own_words") or _has_changed(row, "own_action")):
        _remove(connection, and_(SearchRow.item_id == row.id, SearchRow.kind == "own"))
        return _of_item(row)
    return ()


def _of(connection: Connection, row: object) -> Iterable[Entry]:
    """The entries of a new row; a text has its own in `index_text`."""
    if isinstance(row, ItemRow):
        return _of_item(row)
    if isinstance(row, EventRow) and row.field == "note" and row.item_id is not None:
        if row.new is None:
            _remove(connection, SearchRow.id == _entry_of_note(row))
        else:
            resolution = connection.execute(select(ItemRow.resolution_id).where(ItemRow.id == row.item_id))
            return _of_note(row.id, row.item_id, resolution.scalar_one(), row.new)
    return ()


def _has_changed(row: TextRow | ItemRow, name: str) -> bool:
    return get_history(row, name, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes()


def _entry_of_note(row: EventRow) -> Any:
    """The newest entry of a note that this event takes back."""
    noted = EventRow.__table__
    return (
        select(func.max(SearchRow.id))
        .join(noted, noted.c.id == SearchRow.event_id)
        .where(SearchRow.item_id == row.item_id, noted.c.new == row.old)
        .scalar_subquery()
    )


def _of_title(text_id: int, resolution_id: int, language: str, title: str | None) -> Iterator[Entry]:
    return _entries("title", title, resolution_id=resolution_id, text_id=text_id, language=language)


def _of_paragraph(row: Any, resolution_id: int, language: str) -> Iterator[Entry]:
    return _entries(
        row.kind, row.words, resolution_id=resolution_id, text_id=row.text_id, paragraph_id=row.id, language=language
    )


def _of_paragraphs(text: TextRow) -> Iterator[Entry]:
    for row in text.paragraphs:
        yield from _of_paragraph(row, text.resolution_id, text.language)


def _of_item(row: Any) -> Iterator[Entry]:
    """The words that a person gave an item; those that were read stand in its paragraph."""
    return _entries("own", row.own_words or row.own_action, resolution_id=row.resolution_id, item_id=row.id)


def _of_note(event_id: int, item_id: int, resolution_id: int, note: str) -> Iterator[Entry]:
    return _entries("note", note, resolution_id=resolution_id, item_id=item_id, event_id=event_id)


_STORED = {
    "titles": "SELECT id, resolution_id, language, title FROM texts WHERE current",
    "paragraphs": (
        "SELECT p.id AS id, p.text_id, p.kind, p.words, t.resolution_id, t.language "
        "FROM paragraphs p JOIN texts t ON t.id = p.text_id WHERE t.current"
    ),
    "items": "SELECT id, resolution_id, own_words, own_action FROM items WHERE own_words IS NOT NULL "
    "OR own_action IS NOT NULL",
    "notes": (
        "SELECT e.id AS id, e.item_id, e.new, i.resolution_id FROM events e JOIN items i ON i.id = e.item_id "
        "WHERE e.field = 'note' AND e.new IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM operations u WHERE u.undoes = e.operation_id)"
    ),
}
_AT_ONCE = 1_000


def index_all(connection: Connection) -> int:
    """Makes all entries again from what is stored, for a database that was filled without them; returns how many."""
    if connection.dialect.name == "sqlite":
        connection.execute(sql("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    connection.execute(sql("DELETE FROM search_entries"))
    for what, query in _STORED.items():
        after = 0
        while rows := connection.execute(
            sql(f"SELECT * FROM ({query}) AS found WHERE id > :after ORDER BY id LIMIT {_AT_ONCE}"), {"after": after}
        ).fetchall():
            _add(connection, [entry for row in rows for entry in _of_row(what, row)])
            after = rows[-1].id
    return int(connection.execute(select(func.count()).select_from(SearchRow)).scalar_one())


def _of_row(what: str, row: Any) -> Iterator[Entry]:
    if what == "titles":
        return _of_title(row.id, row.resolution_id, row.language, row.title)
    if what == "paragraphs":
        return _of_paragraph(row, row.resolution_id, row.language)
    if what == "notes":
        return _of_note(row.id, row.item_id, row.resolution_id, row.new)
    return _of_item(row)
