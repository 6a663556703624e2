"""A known resolution comes again: in another language, or with a changed text. Nothing vanishes."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar
from tracker.core.reference import Place, places
from tracker.core.request import Request
from tracker.core.resolution import Extraction
from tracker.services.storing import deadline_rows, due_of, store_item, wording_of
from tracker.storage import changes
from tracker.storage.models import ItemRow, OperationRow, ResolutionRow, TextRow


def match_items(
    db: Session,
    operation: OperationRow,
    row: ResolutionRow,
    text: TextRow,
    extraction: Extraction,
    calendar: Calendar,
    today: date,
    *,
    known: bool,
) -> list[str]:
    """Gives the items of `row` their words in the new `text`; returns what differs, in sentences.

    Items are matched by paragraph, sub-paragraph and order. `known` says that the resolution had a text in this
    language already: then new requests become items, and items whose words or deadline changed, or that the text
    no longer has, are marked to check. In another language a difference is only told: it is a doubt, not a change.
    """
    items = {item.place: item for item in row.items}
    where = places((request.paragraph, request.sub) for request in extraction.requests)
    differences = []
    for place, request in zip(where, extraction.requests, strict=True):
        item = items.pop(str(place), None)
        if item is None:
            differences.append(_new_place(db, operation, row, text, place, request, calendar, today, known=known))
        elif difference := _reword(db, operation, row, text, item, request, calendar, today, known=known):
            differences.append(difference)
    for place in items:
        differences.append(f"{row.symbol}:{place} is not in this text ({text.language}); the item is kept")
        if known:
            changes.set_field(db, operation, items[place], "to_check", True, today)
    _resort(row)
    return differences


def _new_place(
    db: Session,
    operation: OperationRow,
    row: ResolutionRow,
    text: TextRow,
    place: Place,
    request: Request,
    calendar: Calendar,
    today: date,
    *,
    known: bool,
) -> str:
    if not known:
        return f"{row.symbol}:{place} is a request in this text ({text.language}) only; no item was made"
    item = store_item(db, operation, row, text, place, len(row.items), request, calendar, today)
    changes.set_field(db, operation, item, "to_check", True, today)
    return f"{row.symbol}:{place} is new in this text; to check"


def _reword(
    db: Session,
    operation: OperationRow,
    row: ResolutionRow,
    text: TextRow,
    item: ItemRow,
    request: Request,
    calendar: Calendar,
    today: date,
    *,
    known: bool,
) -> str | None:
    """Adds the words of `request` to `item`; returns what changed against the text of the same language."""
    older = [wording for wording in item.wordings if wording.language == text.language and wording.current]
    for wording in older:
        wording.current = False
    item.wordings.append(wording_of(request, text))
    if not known or not older or older[0].words == request.text:
        return None
    changes.set_field(db, operation, item, "to_check", True, today)
    due = due_of(request, row.adopted_on, calendar)
    before = item.due_on
    if text.language == row.language:
        item.deadlines.clear()
        db.flush()
        item.deadlines.extend(deadline_rows(request, row.adopted_on, calendar))
        if not item.due_by_hand:
            changes.set_field(db, operation, item, "due_on", due.due_on if due else None, today)
    db.flush()
    moved = f"; due {before} → {item.due_on}" if before != item.due_on else ""
    return f"{row.symbol}:{item.place} has other words in this text{moved}; to check"


def _resort(row: ResolutionRow) -> None:
    """Puts the items in the order of their paragraphs."""
    for position, item in enumerate(sorted(row.items, key=_sort_key)):
        item.position = position


def _sort_key(item: ItemRow) -> tuple[int, str, str]:
    return (int(item.paragraph) if item.paragraph.isdecimal() else 0, item.sub or "", item.place)
