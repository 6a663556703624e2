"""What a new text does to an item: its words, what they ask, and by when; what a person corrected stays."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import exists, select

from tracker.core.codes import Deliverable
from tracker.core.due import Due
from tracker.core.request import Request
from tracker.services.columns import columns_of_item
from tracker.services.series import is_series, refresh_series
from tracker.services.storing import Destination, wording_of
from tracker.storage.changes import MERGED, as_text
from tracker.storage.models import DeadlineRow, EventRow, ItemRow, SilentEventRow, WordingRow


def reword(to: Destination, item: ItemRow, request: Request) -> str | None:
    """Gives an item its words in a changed text; returns what changed, which is to check.

    That may be its words, or what the words around it make of it: who is asked, how, and by when. The date moves with
    the deadline of the original language, unless a person set it or corrected the deadline.
    """
    older = use_words(to, item, request)
    if older is None:
        return None
    changes = []
    if older.words != request.text:
        changes.append("has other words in this text")
    if to.text.language == to.resolution.language:
        changes += _set_fields(to, item, request)
        changes += _set_deadlines(to, item, request)
    if not changes:
        return None
    to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    into = _taken_in_by(to, item)
    for other in into:
        to.recorder.set_field(other, "to_check", value=True, holds_on=to.today)
    if into:
        return f"{into[-1].ref} has other words in this text, in what was {item.ref}; to check"
    return f"{item.ref} {'; '.join(changes)}; to check"


def _taken_in_by(to: Destination, item: ItemRow) -> list[ItemRow]:
    """The items that an item was merged into, one after the other."""
    found: list[ItemRow] = []
    while (item.withdrawn or "").startswith(f"{MERGED} "):
        reason = item.withdrawn
        into = next((other for other in to.resolution.items if f"{MERGED} {other.ref}" == reason), None)
        if into is None:
            break
        item = into
        found.append(item)
    return found


def use_words(to: Destination, item: ItemRow, request: Request) -> WordingRow | None:
    """Makes the words of `request` the current ones of their language; returns the older ones."""
    return _make_current(item, wording_of(request, to.text))


def add_wording(to: Destination, item: ItemRow, older: WordingRow, start: int) -> None:
    """The words of an item stand in the new text too, at `start`, though nothing was read from them there."""
    values = {
        name: getattr(older, name)
        for name in ("language", "verb", "action", "words", "addressee_words", "reasons", "doubts")
    }
    _make_current(
        item, WordingRow(text_id=to.text.id, current=True, start_at=start, end_at=start + len(older.words), **values)
    )


def _make_current(item: ItemRow, new: WordingRow) -> WordingRow | None:
    older = None
    for wording in item.wordings:
        if wording.language == new.language and wording.current:
            older, wording.current = wording, False
    again = next((wording for wording in item.wordings if wording.text_id == new.text_id), None)
    if again is None:
        item.wordings.append(new)
        return older
    for name in ("verb", "action", "words", "addressee_words", "start_at", "end_at", "reasons", "doubts", "current"):
        setattr(again, name, getattr(new, name))
    return older


def _set_fields(to: Destination, item: ItemRow, request: Request) -> list[str]:
    """What the changed words ask, and of whom; not where a person corrected it. Returns what is told of it."""
    changes = []
    kept = {name for name in columns_of_item(request) if _is_corrected(to, item, name)}
    if kept & _WHO:
        kept |= _WHO
    for name, value in columns_of_item(request).items():
        before = getattr(item, name)
        if as_text(before) != as_text(value) and name not in kept:
            to.recorder.set_field(item, name, value, to.today)
            if name == "addressee_words":
                changes.append(f"asks {_names(value)} instead of {_names(before)}")
            elif name not in _WHO:
                changes.append(f"{name} {before or 'none'} → {value or 'none'}")
    return changes


_WHO = {"addressees", "addressee_words", "office_group"}
"""One answer in three columns: who corrected one of them said it of all, also where another stayed as it was."""


def _names(pairs: str) -> str:
    """Who is asked, in the words of the text."""
    return ", ".join(words for _, words in json.loads(pairs)) or "(nobody named)"


def _is_corrected(to: Destination, item: ItemRow, name: str) -> bool:
    """Whether a person changed this field: its last event in effect belongs to an operation that brought no text."""
    if to.recorder.is_untold(item, name):
        return False
    silent = exists().where(SilentEventRow.id == EventRow.id)
    last = to.recorder.db.scalars(
        select(EventRow)
        .where(EventRow.item_id == item.id, EventRow.field == name, ~silent)
        .order_by(EventRow.id.desc())
        .limit(1)
    ).first()
    return last is not None and not any(event.field == "text" for event in last.operation.events)


def _set_deadlines(to: Destination, item: ItemRow, request: Request) -> list[str]:
    """The deadlines of the changed text in place of the older ones; returns what that does to the date."""
    asked = replace(request, deliverable=Deliverable(item.deliverable) if item.deliverable else None)
    held = [row for row in item.deadlines if not row.by_hand]
    new = to.deadline_rows(asked)
    if [_essence(row) for row in held] == [_essence(row) for row in new]:
        return []
    for row in held:
        item.deadlines.remove(row)
    to.recorder.db.flush()
    item.deadlines.extend(new)
    to.recorder.db.flush()
    before = item.due_on
    if is_series(item):
        refresh_series(to.recorder.db, item, to.calendar, to.today)
        if item.due_on != before:
            to.recorder.add_event(item, "due_on", as_text(before), as_text(item.due_on), to.today)
    elif item.due_by_hand is None and item.deadline is None:
        to.recorder.set_field(item, "due_on", new[0].due_on if new else None, to.today)
    if item.due_on != before:
        return [f"due {before or 'without date'} → {item.due_on or 'without date'}"]
    return [
        "has another deadline in this text; the date that was set by hand stays"
        if item.due_by_hand
        else "has another deadline in this text"
    ]


def _essence(row: DeadlineRow) -> tuple[object, ...]:
    return (row.kind, row.relation, row.body, row.session, row.value, row.anchor, row.due_on)


def compare_dates(to: Destination, item: ItemRow, request: Request) -> str | None:
    """A deadline that two languages date otherwise is a doubt about the date: told, and to check."""
    mine = next((row.due_on for row in item.deadlines if not row.by_hand), None)
    due: Due | None = to.due_of(
        replace(request, deliverable=Deliverable(item.deliverable) if item.deliverable else None)
    )
    theirs = due.due_on if due else None
    if mine == theirs or item.withdrawn is not None:
        return None
    to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    return (
        f"{item.ref} is due {mine or 'without date'} by the text in {to.resolution.language} and "
        f"{theirs or 'without date'} by this one ({to.text.language}); to check"
    )
