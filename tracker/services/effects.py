"""What counts once an operation is undone or redone: the events of the operations in effect, and nothing else.

An undo writes events too, so that history tells what it did; of the values that hold they say nothing. So a day of
which only undone operations told something hides nothing that is recorded later about an earlier one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.status import Changed
from tracker.storage.changes import VALUES, Recorder, let_speak, refresh, silence, value_on
from tracker.storage.models import EventRow, ItemRow, OperationRow


class Turning:
    """Takes the values back that a chain of operations set, or brings them back, and tells it in history."""

    def __init__(self, recorder: Recorder, chain: Sequence[OperationRow]) -> None:
        """`chain` is an operation, what undid it, what undid that and so on; `recorder` goes on with it."""
        self.recorder = recorder
        events = [event for operation in chain for event in operation.events if event.field in VALUES]
        keys = dict.fromkeys((event.item_id, event.field, event.holds_on) for event in events if event.item_id)
        self._before = {key: self._value(*key) for key in keys}
        silence(recorder.db, events)
        if len(chain) % 2 == 0:
            let_speak(recorder.db, chain[0])
        for number, field in dict.fromkeys((number, field) for number, field, _ in keys):
            refresh(recorder.db, recorder.db.get_one(ItemRow, number), field)

    def tell(self, event: EventRow) -> Changed | None:
        """Writes the event that takes `event` back, unless nothing is left of it that could be."""
        key = (event.item_id, event.field, event.holds_on)
        if key not in self._before:
            return None
        old, new = self._before.pop(key), self._value(*key)
        if old == new:
            return None
        item = self.recorder.db.get_one(ItemRow, event.item_id)
        silence(self.recorder.db, [self.recorder.add_event(item, event.field, old, new, event.holds_on)])
        return Changed(item.ref, event.field, old, new)

    def _value(self, number: int | None, field: str, day: date) -> str | None:
        return value_on(self.recorder.db, self.recorder.db.get_one(ItemRow, number), field, day)


def forget_calendar(db: Session, item: ItemRow) -> date | None:
    """Silences the dates that earlier undos took from the calendar; returns the latest day that was given a date."""
    wanted = select(EventRow).join(OperationRow).where(EventRow.item_id == item.id, EventRow.field == "due_on")
    silence(db, db.scalars(wanted.where(OperationRow.undoes.is_not(None))).all())
    refresh(db, item, "due_on")
    said = wanted.where(OperationRow.undoes.is_(None)).order_by(EventRow.holds_on.desc()).limit(1)
    latest = db.scalars(said).first()
    return latest.holds_on if latest is not None else None
