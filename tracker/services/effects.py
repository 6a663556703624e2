"""What holds on each day once operations are undone: the events of those that are in effect, and nothing else.

An undo writes events of the same days as those that it takes back. On such a day it repeats what held before, and
that may itself be taken back later: then the day has to be told again, or a value that nobody stands for would stay.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.status import Changed
from tracker.storage.changes import COLUMNS, Recorder, value_on
from tracker.storage.models import EventRow, ItemRow, OperationRow


def settle(recorder: Recorder, item: ItemRow, field: str, undone: AbstractSet[int]) -> list[Changed]:
    """Tells every day of a field again where it holds what only undone operations said; returns what was written.

    `undone` are the operations that are not in effect; those that undo or redo say nothing of their own.
    """
    events = _events(recorder.db, item, field)
    said = [event for event in events if event.operation.undoes is None and event.operation_id not in undone]
    base = events[0].old if events else None
    written = []
    for day in sorted({event.holds_on for event in events}):
        before = [event.new for event in said if event.holds_on <= day]
        wanted = before[-1] if before else base
        held = value_on(recorder.db, item, field, day)
        if held != wanted and recorder.set_field(item, field, COLUMNS[field](wanted), day):
            written.append(Changed(item.ref, field, held, wanted))
    return written


def _events(db: Session, item: ItemRow, field: str) -> list[EventRow]:
    """The events of a field in the order in which they hold."""
    wanted = select(EventRow).join(OperationRow).where(EventRow.item_id == item.id, EventRow.field == field)
    return list(db.scalars(wanted.order_by(EventRow.holds_on, EventRow.id)))
