"""Every change of an item passes a `Recorder`, so that each writes its event in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.status import Status
from tracker.storage.models import EventRow, EvidenceRow, ItemRow, OperationRow

_Reader = Callable[[str | None], Any]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


COLUMNS: dict[str, _Reader] = {
    "status": lambda text: text or Status.PENDING.value,
    "due_on": _day,
    "due_by_hand": lambda text: text == "yes",
    "assignee": lambda text: text or None,
    "office": lambda text: text or None,
    "priority": lambda text: text or None,
    "tags": lambda text: text or "",
    "to_check": lambda text: text == "yes",
    "force": lambda text: text,
    "addressees": lambda text: text or "",
    "addressee_words": lambda text: text or "[]",
    "office_group": lambda text: text,
    "deliverable": lambda text: text or None,
    "recurrence": lambda text: text or None,
}
"""Fields of an item that events change, each with how its text becomes the value of the column."""


def as_text(value: Any) -> str | None:
    """The text form of a value in an event: ISO dates, `yes` for true; None stays None."""
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value not in (None, "") else None


class Recorder:
    """One command by one person on the way into the database: an operation and its events."""

    def __init__(self, db: Session, *, now: datetime, actor: str, command: str, undoes: int | None = None) -> None:
        self.db = db
        self._operation = OperationRow(recorded_at=now, actor=actor, command=command, summary="", undoes=undoes)
        self._stored = False

    @property
    def operation(self) -> OperationRow:
        """The operation; it is stored with the first event, so that a command that changes nothing leaves none."""
        if not self._stored:
            self.db.add(self._operation)
            self.db.flush()
            self._stored = True
        return self._operation

    def set_field(self, item: ItemRow, field: str, value: Any, holds_on: date) -> bool:
        """Sets `field` from day `holds_on` on: one event, and the column if that day is the latest one known.

        Returns False, and writes nothing, when the value held on that day already.
        """
        new, old = as_text(value), value_on(self.db, item, field, holds_on)
        if new == old:
            return False
        self.add_event(item, field, old, new, holds_on)
        _refresh(self.db, item, field)
        return True

    def add_event(self, item: ItemRow, field: str, old: str | None, new: str | None, holds_on: date) -> EventRow:
        """An event; alone it changes no column: a note, a link, the creation of an item."""
        event = EventRow(
            operation_id=self.operation.id, item_id=item.id, field=field, old=old, new=new, holds_on=holds_on
        )
        self.db.add(event)
        self.db.flush()
        return event

    def add_calendar_event(self, field: str, old: str | None, new: str | None, holds_on: date) -> None:
        """An event that is about no item: the dates of a session."""
        self.db.add(EventRow(operation_id=self.operation.id, field=field, old=old, new=new, holds_on=holds_on))
        self.db.flush()

    def add_evidence(self, item: ItemRow, kind: str, value: str, dated: date) -> EvidenceRow:
        """Evidence of progress, counting from day `dated`."""
        event = self.add_event(item, "evidence", None, value, dated)
        evidence = EvidenceRow(item_id=item.id, event_id=event.id, kind=kind, value=value, dated=dated)
        self.db.add(evidence)
        self.db.flush()
        return evidence


def value_on(db: Session, item: ItemRow, field: str, day: date) -> str | None:
    """The text value of `field` at the end of `day`, by the days on which things hold."""
    latest = _latest(db, item, field, day)
    if latest is not None:
        return latest.new
    first = db.scalars(
        select(EventRow)
        .where(EventRow.item_id == item.id, EventRow.field == field)
        .order_by(EventRow.holds_on, EventRow.id)
        .limit(1)
    ).first()
    # Before its first event a field has the value that the import stored, which that event names as the old one.
    return first.old if first is not None else as_text(getattr(item, field))


def _latest(db: Session, item: ItemRow, field: str, day: date | None = None) -> EventRow | None:
    wanted = select(EventRow).where(EventRow.item_id == item.id, EventRow.field == field)
    if day is not None:
        wanted = wanted.where(EventRow.holds_on <= day)
    return db.scalars(wanted.order_by(EventRow.holds_on.desc(), EventRow.id.desc()).limit(1)).first()


def _refresh(db: Session, item: ItemRow, field: str) -> None:
    """Columns cache what holds by the latest day, whatever the order in which things were recorded."""
    latest = _latest(db, item, field)
    if latest is not None:
        setattr(item, field, COLUMNS[field](latest.new))
        if field == "status":
            item.status_on = latest.holds_on if latest.new else None
