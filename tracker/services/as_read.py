"""What was read of an item, where a change goes back to it: the value that held is then none of its own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.status import Changed
from tracker.storage.changes import as_text
from tracker.storage.models import EventRow, ItemRow, WordingRow

_DATES = frozenset({"deadline", "due_on", "due_by_hand", "first_due_on"})
_WORDS = {"own_words": "words", "own_action": "action"}
_CODES = frozenset({"deliverable", "recurrence"})


def read_value(db: Session, item: ItemRow, column: str) -> str | None:
    """What the import stored in a column: what its first event names as the old value, else what it holds."""
    first = db.scalars(
        select(EventRow).where(EventRow.item_id == item.id, EventRow.field == column).order_by(EventRow.id).limit(1)
    ).first()
    return first.old if first is not None else as_text(getattr(item, column))


def read_wording(item: ItemRow) -> WordingRow | None:
    """What was read of an item in the language of the resolution, else in one that has it."""
    current = [row for row in item.wordings if row.current]
    mine = [row for row in current if row.language == item.resolution.language]
    return next(iter([*mine, *current]), None)


def with_reading(db: Session, item: ItemRow, change: Changed) -> Changed:
    """`change` as it is told: with what the text says, where nothing that a person said holds any more."""
    source = db.get_one(ItemRow, item.series_id) if item.series_id is not None else item
    # What a person made has no reading to go back to.
    if change.new is not None or not source.wordings:
        return change
    read = _read(db, item, source, change.field)
    return change if read is None else change._replace(read=read)


def _read(db: Session, item: ItemRow, source: ItemRow, field: str) -> str | None:
    """What was read of a field, empty for nothing; None for a field that does not hold what was read now."""
    if field in _WORDS:
        found = read_wording(source)
        return getattr(found, _WORDS[field]) if found is not None else None
    if field in _CODES:
        return "" if read_value(db, item, field) is None else None
    by_hand = item.deadline is not None or item.due_by_hand is not None
    if field not in _DATES or by_hand or item.series_id is not None:
        return None
    return next((row.words for row in item.deadlines if not row.by_hand), "")
