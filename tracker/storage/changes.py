"""Every change of an item passes a `Recorder`, so that each writes its event in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, select
from sqlalchemy.orm import Session, selectinload

from tracker.core.reference import Place
from tracker.core.status import Link, Status
from tracker.storage.models import (
    EventRow,
    EvidenceRow,
    ItemRow,
    LinkRow,
    OperationRow,
    RenewalRow,
    SilentEventRow,
)

_Reader = Callable[[str | None], Any]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


COLUMNS: dict[str, _Reader] = {
    "status": lambda text: text or Status.PENDING.value,
    "due_on": _day,
    "due_by_hand": lambda text: text or None,
    "first_due_on": _day,
    "extension": lambda text: text or None,
    "deadline": lambda text: text or None,
    "own_words": lambda text: text or None,
    "own_action": lambda text: text or None,
    "until": _day,
    "withdrawn": lambda text: text or None,
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

VALUES = frozenset(COLUMNS) - {"withdrawn"}
"""Fields whose value on a day is what the operations in effect say of it; whether an item is there is a fact apart."""

REFUSAL = "refusal"
"""The field of events that say of a proposed renewal that it is none: `A/HRC/RES/28/2:16: the reason`."""

ADDED = ("note", "evidence", REFUSAL, *Link)
"""Fields of which an item has any number: each event adds one, or takes one back."""


def as_text(value: Any) -> str | None:
    """The text form of a value in an event: ISO dates, `yes` for true; None stays None."""
    if isinstance(value, bool):
        return "yes" if value else None
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value not in (None, "") else None


MERGED = "merged into"
"""How the reason begins for which an item is withdrawn that another one took in."""

UNDONE = "undone: operation"
"""How the reason begins for which an item is withdrawn whose making was undone."""


class Recorder:
    """One command by one person on the way into the database: an operation and its events."""

    def __init__(self, db: Session, *, now: datetime, actor: str, command: str, undoes: int | None = None) -> None:
        self.db = db
        self._operation = OperationRow(recorded_at=now, actor=actor, command=command, summary="", undoes=undoes)
        self._stored = False
        self._known: set[int] = set()
        self._told: set[tuple[int, str]] = set()

    def prepare(self, resolution_id: int) -> None:
        """Loads at once what a change of many items of a resolution asks for: their rows, and of what events tell.

        Asked item by item, that took most of the time of a changed text with thousands of requests.
        """
        of_it = select(ItemRow).where(ItemRow.resolution_id == resolution_id)
        belongings = selectinload(ItemRow.wordings), selectinload(ItemRow.deadlines)
        # Held, since the session forgets rows that nobody holds.
        self._items = self.db.scalars(of_it.options(*belongings)).all()
        self._known = {item.id for item in self._items}
        told = select(EventRow.item_id, EventRow.field).join(ItemRow, ItemRow.id == EventRow.item_id)
        pairs = self.db.execute(told.where(ItemRow.resolution_id == resolution_id).distinct())
        self._told = {(item_id, field) for item_id, field in pairs if item_id is not None}

    def is_untold(self, item: ItemRow, field: str) -> bool:
        """Whether it is known, without asking the database, that no event ever told of `field`."""
        return item.id in self._known and (item.id, field) not in self._told

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
        # Without events the column holds on every day; a status is what more than its own column tells.
        simple = field != "status" and self.is_untold(item, field)
        new = as_text(value)
        old = as_text(getattr(item, field)) if simple else value_on(self.db, item, field, holds_on)
        if new == old:
            return False
        if simple:
            self._add(item, field, old, new, holds_on)
            setattr(item, field, COLUMNS[field](new))
            return True
        self.add_event(item, field, old, new, holds_on)
        refresh(self.db, item, field)
        return True

    def add_event(self, item: ItemRow, field: str, old: str | None, new: str | None, holds_on: date) -> EventRow:
        """An event; alone it changes no column: a note, a link, the creation of an item."""
        event = self._add(item, field, old, new, holds_on)
        self.db.flush()
        return event

    def _add(self, item: ItemRow, field: str, old: str | None, new: str | None, holds_on: date) -> EventRow:
        """An event that goes to the database with the next flush, behind those before it."""
        event = EventRow(
            operation_id=self.operation.id, item_id=item.id, field=field, old=old, new=new, holds_on=holds_on
        )
        self.db.add(event)
        self._told.add((item.id, field))
        return event

    def add_created(self, made: Mapping[str, int], holds_on: date) -> None:
        """The events of the creation of items, written together; `made` are their places and numbers."""
        operation_id = self.operation.id
        events = [
            {"operation_id": operation_id, "item_id": item_id, "field": "created", "new": place, "holds_on": holds_on}
            for place, item_id in made.items()
        ]
        self.db.connection().execute(insert(EventRow), events)

    def move(self, wanted: Mapping[ItemRow, Place], all_items: Iterable[ItemRow], holds_on: date) -> None:
        """Puts items of one resolution at other places, occurrences with their series; an event for each item."""
        before = {item: item.place for item in wanted}
        merged = {f"{MERGED} {item.ref}": item for item in wanted}
        into = [(item, merged[item.withdrawn]) for item in all_items if item.withdrawn in merged]
        moving = {one.id for one in wanted}
        with_them = [(item, item.series_id) for item in all_items if item.series_id in moving]
        days = {item: item.place.partition("@")[2] for item, _ in with_them}
        # Two items may change places: first all of them leave theirs.
        for item in [*wanted, *days]:
            item.place = f"~{item.id}"
        self.db.flush()
        for item, place in wanted.items():
            item.place, item.paragraph, item.sub = str(place), place.paragraph, place.sub
        series = {item.id: item for item in wanted}
        for item, number in with_them:
            of = series[number or 0]
            item.place, item.paragraph, item.sub = f"{of.place}@{days[item]}", of.paragraph, of.sub
        self.db.flush()
        for item, other in into:
            # No event: the reason is the same, only the reference in it is another.
            item.withdrawn = f"{MERGED} {other.ref}"
        for item, old in before.items():
            self._add(item, "place", old, item.place, holds_on)
        self.db.flush()

    def add_text_event(self, resolution_id: int, old: str | None, new: str, holds_on: date) -> None:
        """An event that is about a resolution: a text of it was stored."""
        self.db.add(
            EventRow(
                operation_id=self.operation.id, resolution_id=resolution_id, field="text", old=old, new=new,
                holds_on=holds_on,
            )
        )  # fmt: skip
        self.db.flush()

    def add_calendar_event(self, field: str, old: str | None, new: str | None, holds_on: date) -> None:
        """An event that is about no item: the dates of a session."""
        self.db.add(EventRow(operation_id=self.operation.id, field=field, old=old, new=new, holds_on=holds_on))
        self.db.flush()

    def add_evidence(self, item: ItemRow, kind: str, value: str, dated: date, title: str | None = None) -> EvidenceRow:
        """Evidence of progress, counting from day `dated`."""
        event = self.add_event(item, "evidence", None, value, dated)
        evidence = EvidenceRow(
            item_id=item.id, event_id=event.id, kind=kind, value=value, title=title, dated=dated, withdrawn=False
        )
        item.evidence.append(evidence)
        self.db.flush()
        return evidence

    def add_link(self, item: ItemRow, kind: Link, to: ItemRow | str, holds_on: date) -> None:
        """A link from `item` to another item or to the document with this symbol."""
        event = self.add_event(item, kind.value, None, to if isinstance(to, str) else to.ref, holds_on)
        link = LinkRow(item_id=item.id, event_id=event.id, kind=kind.value, withdrawn=False)
        if isinstance(to, str):
            link.symbol = to
        else:
            link.other_id = to.id
        self.db.add(link)
        self.db.flush()

    def refuse_renewal(self, item: ItemRow, other: ItemRow, reason: str, holds_on: date) -> EventRow:
        """Says that `item`, proposed as a renewal of `other`, is none."""
        event = self.add_event(item, REFUSAL, None, f"{other.ref}: {reason}", holds_on)
        self._refuse(item, event.new or "", refused=True)
        return event

    def _refuse(self, item: ItemRow, said: str, *, refused: bool) -> None:
        """Writes a refusal into the proposal that it is about, or takes it off."""
        ref, _, reason = said.partition(": ")
        for row in self.db.scalars(select(RenewalRow).where(RenewalRow.item_id == item.id)):
            if self.db.get_one(ItemRow, row.other_id).ref == ref:
                row.refused = reason if refused else None
        self.db.flush()

    def revert(self, event: EventRow, item: ItemRow) -> EventRow | None:
        """Takes back one event of no value with one of the same day; returns it, or None when nothing is left to do.

        The making of an item is taken back by withdrawing it: nothing is ever deleted.
        """
        if event.field == "created":
            if item.withdrawn is not None:
                return None
            # With a series go its occurrences that were stored: of them nothing is in effect any more.
            stored = self.db.scalars(select(ItemRow).where(ItemRow.series_id == item.id)).all()
            for one in (item, *stored):
                self.set_field(one, "withdrawn", f"{UNDONE} {event.operation_id}", event.holds_on)
            return latest_event(self.db, item, "withdrawn")
        if event.field in ADDED:
            self._turn(event, item)
            return self.add_event(item, event.field, event.new, event.old, event.holds_on)
        changed = self.set_field(item, event.field, COLUMNS[event.field](event.old), event.holds_on)
        return latest_event(self.db, item, event.field, event.holds_on) if changed else None

    def _turn(self, event: EventRow, item: ItemRow) -> None:
        """Withdraws the row that an event added, or brings back the one that it withdrew."""
        withdraw, value = event.new is not None, event.new or event.old
        if event.field == REFUSAL:
            self._refuse(item, value or "", refused=not withdraw)
            return
        rows: list[EvidenceRow | LinkRow] = []
        if event.field == "evidence":
            rows += [one for one in item.evidence if one.value == value]
        elif event.field != "note":
            rows += [
                link
                for link in self.db.scalars(
                    select(LinkRow).where(LinkRow.item_id == item.id, LinkRow.kind == event.field).order_by(LinkRow.id)
                )
                if value == (link.symbol or self.db.get_one(ItemRow, link.other_id).ref)
            ]
        for row in [one for one in rows if one.withdrawn is not withdraw][-1:]:
            row.withdrawn = withdraw


# Made once: every change asks several times, and to put a statement together takes longer than to run it.
_OF_FIELD = select(EventRow).where(EventRow.item_id == bindparam("item"), EventRow.field == bindparam("field"))
_FIRST = _OF_FIELD.order_by(EventRow.holds_on, EventRow.id).limit(1)
_HEARD = _OF_FIELD.where(~exists().where(SilentEventRow.id == EventRow.id))
_SPEAKING = _HEARD.order_by(EventRow.holds_on, EventRow.id)
_LATEST = (
    _HEARD.where(EventRow.holds_on <= bindparam("day")).order_by(EventRow.holds_on.desc(), EventRow.id.desc()).limit(1)
)


def silence(db: Session, events: Iterable[EventRow]) -> None:
    """Lets events of values count for nothing from now on."""
    for event in events:
        if event.field in VALUES and db.get(SilentEventRow, event.id) is None:
            db.add(SilentEventRow(id=event.id))
    db.flush()


def let_speak(db: Session, operation: OperationRow) -> None:
    """Lets the events of an operation count again."""
    db.flush()
    of_it = select(EventRow.id).where(EventRow.operation_id == operation.id)
    db.execute(delete(SilentEventRow).where(SilentEventRow.id.in_(of_it)))


def value_on(db: Session, item: ItemRow, field: str, day: date) -> str | None:
    """The text value of `field` at the end of `day`, by the days on which things hold."""
    latest = latest_event(db, item, field, day)
    if latest is not None:
        return latest.new
    if field == "status" and item.recurrence is not None and item.series_id is None:
        return item.status  # what its occurrences make of it
    first = db.scalars(_FIRST, {"item": item.id, "field": field}).first()
    # Before its first event a field has the value that the import stored, which that event names as the old one.
    return first.old if first is not None else as_text(getattr(item, field))


def recorded_status(db: Session, item: ItemRow) -> str:
    """The status that was reported last by the days on which things hold, whatever the column caches."""
    latest = latest_event(db, item, "status")
    return (latest.new if latest is not None else None) or Status.PENDING.value


def latest_event(db: Session, item: ItemRow, field: str, day: date | None = None) -> EventRow | None:
    """The event that says what `field` is at the end of `day` (None: today), or None where nothing was said."""
    latest: EventRow | None = db.scalars(
        _LATEST, {"item": item.id, "field": field, "day": day if day is not None else date.max}
    ).first()
    return latest


def said_after(db: Session, item: ItemRow, field: str, day: date) -> EventRow | None:
    """The event that says what `field` is on the first day after `day` of which something was said."""
    events: Iterable[EventRow] = db.scalars(_SPEAKING, {"item": item.id, "field": field})
    later = [event for event in events if event.holds_on > day]
    return next((event for event in reversed(later) if event.holds_on == later[0].holds_on), None)


def refresh(db: Session, item: ItemRow, field: str) -> None:
    """Columns cache what holds by the latest day, whatever the order in which things were recorded."""
    if field != "status":
        setattr(item, field, COLUMNS[field](value_on(db, item, field, date.max)))
    else:
        item.status = recorded_status(db, item)
        item.status_on = _held_since(db, item)
    db.flush()


def _held_since(db: Session, item: ItemRow) -> date | None:
    """The day from which the status holds without a break; a report that was corrected the same day does not count."""
    if item.status == Status.PENDING:
        return None
    events: Iterable[EventRow] = db.scalars(_SPEAKING, {"item": item.id, "field": "status"})
    by_day = {event.holds_on: event.new for event in events}
    since: date | None = None
    for day, status in by_day.items():
        since = (since or day) if status == item.status else None
    return since
