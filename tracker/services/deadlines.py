"""Deadlines that a person corrects: how they are written, and their rows beside those of the text."""

from __future__ import annotations

import contextlib
import re
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.codes import DOCUMENTS, Deliverable
from tracker.core.dates import span
from tracker.core.deadline import DateDeadline, Deadline, Relation, SessionDeadline
from tracker.core.due import Due, resolve
from tracker.errors import UsageError
from tracker.services.sessions import redate
from tracker.services.storing import calendar_of, deadline_row
from tracker.storage.changes import COLUMNS, Recorder, as_text, latest_event, value_on
from tracker.storage.models import EventRow, ItemRow


def renew_deadlines(db: Session, item: ItemRow) -> None:
    """Makes the rows of a corrected deadline again after the correction was set, changed or taken back.

    The dates of the text's own deadlines are found again too: they hang on the deliverable.
    """
    calendar = calendar_of(db)
    for row in item.deadlines:
        redate(item, row, calendar)
    for row in [row for row in item.deadlines if row.by_hand]:
        item.deadlines.remove(row)
    db.flush()
    deadline = deadline_from(item.deadline)
    if deadline is not None:
        row = deadline_row(0, deadline, due_of(db, item, deadline))
        row.by_hand = True
        item.deadlines.append(row)
    if item.recurrence is None:
        # No series, or none any more: the date is that of the item, not of its next occurrence.
        latest = latest_event(db, item, "due_on")
        item.due_on = COLUMNS["due_on"](latest.new) if latest is not None else item.first_due_on
    db.flush()


def due_of(db: Session, item: ItemRow, deadline: Deadline) -> Due | None:
    """The date that a deadline has for this item."""
    document = item.deliverable is not None and Deliverable(item.deliverable) in DOCUMENTS
    return resolve(deadline, adopted_on=item.resolution.adopted_on, calendar=calendar_of(db), document=document)


def move_due_date(recorder: Recorder, item: ItemRow, since: date) -> None:
    """The due date and the first promise follow a correction of the reading, which holds from day `since`.

    A date that a person set, or an extension, stays on the days on which it holds. The date of a series is that of
    its next occurrence (`refresh_series`).
    """
    renew_deadlines(recorder.db, item)
    held = item.held_deadlines
    due_on = held[0].due_on if held else None
    recorder.set_field(item, "first_due_on", due_on, since)
    if due_on is not None:
        # An extension may have made a date by hand the first promise, before the text was known to name one.
        for day in _later_days(recorder, item, "first_due_on", since):
            recorder.set_field(item, "first_due_on", due_on, day)
    if item.recurrence is not None:
        return
    for day in [since, *_later_days(recorder, item, "due_on", since)]:
        if value_on(recorder.db, item, "due_by_hand", day) is None:
            recorder.set_field(item, "due_on", as_text(due_on), day)


def _later_days(recorder: Recorder, item: ItemRow, field: str, since: date) -> list[date]:
    """The days after `since` from which a field held something else."""
    later = select(EventRow.holds_on).where(
        EventRow.item_id == item.id, EventRow.field == field, EventRow.holds_on > since
    )
    return sorted(set(recorder.db.scalars(later)))


_OWN_SESSION = re.compile(r"(?:(before|at|by_end) )?([A-Z][A-Z-]*) ?(\d{1,4})")
_OWN_DATE = re.compile(r"(?:(before|by|on|in) )?(\d{4}(?:-\d\d){0,2})")


def deadline_from(text: str | None) -> Deadline | None:
    """A deadline as people write it: `before HRC30`, `HRC30` (at it), `2016-09-30`, `by 2016`; None for `none`.

    Raises UsageError for anything else.
    """
    if text is None or text == "none":
        return None
    if match := _OWN_SESSION.fullmatch(text):
        return SessionDeadline(Relation(match[1] or "at"), match[2], int(match[3]), text)
    if match := _OWN_DATE.fullmatch(text):
        with contextlib.suppress(ValueError):
            span(match[2])
            return DateDeadline(Relation(match[1] or "by"), match[2], text)
    raise UsageError(
        f"deadline {text!r}: write `before HRC30`, `at HRC30`, `by_end HRC30`, `2016-09-30`, `by 2016` or `none`; "
        "nothing was changed"
    )
