"""Every change of an item passes here, so that each writes its event in the same transaction."""

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


def open_operation(
    db: Session, *, now: datetime, actor: str, command: str, summary: str = "", undoes: int | None = None
) -> OperationRow:
    """Starts an operation: the events of one command by one person."""
    operation = OperationRow(recorded_at=now, actor=actor, command=command, summary=summary, undoes=undoes)
    db.add(operation)
    db.flush()
    return operation


def value_on(db: Session, item: ItemRow, field: str, day: date) -> str | None:
    """The text value of `field` at the end of `day`, by the days on which things hold."""
    events = db.scalars(
        select(EventRow)
        .where(EventRow.item_id == item.id, EventRow.field == field, EventRow.holds_on <= day)
        .order_by(EventRow.holds_on.desc(), EventRow.id.desc())
        .limit(1)
    ).all()
    if events:
        return events[0].new
    return _initial(db, item, field)


def _initial(db: Session, item: ItemRow, field: str) -> str | None:
    """The value before the first event: what the import stored."""
    first = db.scalars(
        select(EventRow)
        .where(EventRow.item_id == item.id, EventRow.field == field)
        .order_by(EventRow.holds_on, EventRow.id)
        .limit(1)
    ).first()
    if first is not None:
        return first.old
    return as_text(getattr(item, field))


def set_field(
    db: Session, operation: OperationRow, item: ItemRow, field: str, value: Any, holds_on: date, *, force: bool = False
) -> bool:
    """Sets `field` from day `holds_on` on: one event, and the column if that day is the latest one known.

    Returns False, and writes nothing, when the value held on that day already (unless `force`).
    """
    new, old = as_text(value), value_on(db, item, field, holds_on)
    if new == old and not force:
        return False
    db.add(
        EventRow(operation_id=operation.id, item_id=item.id, field=field, old=old, new=new, holds_on=holds_on)
    )
    db.flush()
    _refresh(db, item, field)
    return True


def _refresh(db: Session, item: ItemRow, field: str) -> None:
    """Columns cache what holds by the latest day, whatever the order in which things were recorded."""
    latest = db.scalars(
        select(EventRow)
        .where(EventRow.item_id == item.id, EventRow.field == field)
        .order_by(EventRow.holds_on.desc(), EventRow.id.desc())
        .limit(1)
    ).one()
    setattr(item, field, COLUMNS[field](latest.new))
    if field == "status":
        item.status_on = latest.holds_on if latest.new else None


def add_event(
    db: Session, operation: OperationRow, item: ItemRow, field: str, old: str | None, new: str | None, holds_on: date
) -> EventRow:
    """An event that changes no column: a note, evidence, a link, the creation of an item.

    It touches the item's version, so that two writers at once are noticed.
    """
    event = EventRow(operation_id=operation.id, item_id=item.id, field=field, old=old, new=new, holds_on=holds_on)
    db.add(event)
    db.flush()
    return event


def add_evidence(
    db: Session, operation: OperationRow, item: ItemRow, kind: str, value: str, dated: date, title: str | None = None
) -> None:
    """Evidence of progress, counting from day `dated`."""
    event = add_event(db, operation, item, "evidence", None, value, dated)
    db.add(EvidenceRow(item_id=item.id, event_id=event.id, kind=kind, value=value, title=title, dated=dated))
    db.flush()
