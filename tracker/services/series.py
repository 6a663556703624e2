"""Series as they are written: an occurrence is stored when somebody first touches it; later ones change together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar
from tracker.core.codes import DOCUMENTS, Deliverable
from tracker.core.deadline import DateDeadline, Relation
from tracker.core.due import Due
from tracker.core.series import Occurrence, Series
from tracker.core.status import CLOSED, Status, is_open
from tracker.errors import UsageError
from tracker.services.changing import Applying
from tracker.services.occurrences import far, status_of
from tracker.services.storing import calendar_of, deadline_of, deadline_row
from tracker.storage.changes import as_text, recorded_status, value_on
from tracker.storage.models import ItemRow
from tracker.storage.schema import NOTHING


def is_series(item: ItemRow) -> bool:
    """Whether an item comes back."""
    return item.series_id is None and item.recurrence is not None


def stored_occurrences(db: Session, series: ItemRow) -> list[ItemRow]:
    """The occurrences that somebody touched, in their order."""
    found = select(ItemRow).where(ItemRow.series_id == series.id).order_by(ItemRow.occurrence_on)
    return list(db.scalars(found))


def occurrences_of(series: ItemRow, calendar: Calendar, horizon: date) -> tuple[Occurrence, ...]:
    """All occurrences up to `horizon` by the rule."""
    rule = Series(
        recurrence=series.recurrence or "",
        deadlines=tuple(deadline_of(row) for row in series.held_deadlines),
        adopted_on=series.resolution.adopted_on,
        document=series.deliverable is not None and Deliverable(series.deliverable) in DOCUMENTS,
        until=series.until,
    )
    return rule.occurrences(calendar, horizon)


def refresh_series(db: Session, series: ItemRow, calendar: Calendar, today: date) -> None:
    """Puts what the occurrences make of a series into its columns: the next open date, and whether work began.

    Those columns serve filters and the index of what is overdue; they follow from the occurrences, so that no event
    tells of them. A series without dates keeps the date that a person set.
    """
    by_rule = occurrences_of(series, calendar, far(today))
    stored = stored_occurrences(db, series)
    if not by_rule and not stored and series.until is None:
        return
    keys = {_key(one) for one in stored}
    free = [one.on for one in by_rule if _rule_key(one) not in keys and one.on not in {s.occurrence_on for s in stored}]
    still = [one for one in stored if is_open(Status(one.status))]
    open_days = sorted([*free, *(one.due_on for one in still if one.due_on is not None)])
    series.due_on = open_days[0] if open_days else None
    statuses = [{"status": one.status} for one in stored] + [{"status": Status.PENDING.value}] * bool(free)
    series.status = status_of(recorded_status(db, series), statuses)
    db.flush()


def refresh_all(db: Session, items: Iterable[ItemRow], today: date) -> None:
    """Refreshes the series that are among `items`, or to which one of them belongs."""
    numbers = {item.series_id or item.id: None for item in items if item.recurrence is not None}
    if numbers:
        calendar = calendar_of(db)
        for number in numbers:
            refresh_series(db, db.get_one(ItemRow, number), calendar, today)


def _key(item: ItemRow) -> tuple[str | None, int | None] | None:
    row = item.held_deadlines[0] if item.held_deadlines else None
    return (row.body, row.session) if row is not None and row.kind == "session" else None


def _rule_key(one: Occurrence) -> tuple[str | None, int | None] | date:
    return (one.session.body, one.session.session) if one.session else one.on


def occurrence_item(db: Session, series: ItemRow, on: date, calendar: Calendar) -> ItemRow:
    """The occurrence of `series` that is due on `on`: the stored one, or a new row for it.

    The row alone is no event: nothing is said of an occurrence by storing what follows from the rule anyway.
    """
    for item in stored_occurrences(db, series):
        if item.occurrence_on == on:
            return item
    by_rule = next((one for one in occurrences_of(series, calendar, on) if one.on == on), None)
    due = by_rule.due if by_rule else Due(on, "by-hand", True, "the day that was named")
    item = ItemRow(
        resolution_id=series.resolution_id,
        series_id=series.id,
        occurrence_on=on,
        position=series.position,
        place=f"{series.place}@{on.isoformat()}",
        paragraph=series.paragraph,
        sub=series.sub,
        force=series.force,
        addressees=series.addressees,
        addressee_words=series.addressee_words,
        office_group=series.office_group,
        deliverable=series.deliverable,
        recurrence=series.recurrence,
        known_on=series.known_on,
        due_on=on,
        first_due_on=on,
        own_words=series.own_words,
        own_action=series.own_action,
        to_check=False,
    )
    item.resolution = series.resolution
    db.add(item)
    words = series.held_deadlines[0].words if series.held_deadlines else series.recurrence or ""
    deadline = by_rule.session if by_rule and by_rule.session else DateDeadline(Relation.BY, on.isoformat(), words)
    item.deadlines.append(deadline_row(0, deadline, due))
    db.flush()
    return item


def apply_to_series(applying: Applying, series: ItemRow, start: date | None, calendar: Calendar, today: date) -> None:
    """Applies a change to a series: to all occurrences from `start` on, without one from the next open one on.

    Raises UsageError for what can only be said of one occurrence.
    """
    change, db = applying.change, applying.recorder.db
    if change.promise is not None:
        raise UsageError(f"{series.ref} is a series: a date is set for one occurrence of it; nothing was changed")
    refuse_done(series, change.status, series.due_on)
    since = start or series.due_on or applying.on
    if start is not None:
        _keep_earlier(applying, series, start, calendar, today)
    if change.status in CLOSED:
        applying.set_field(series, "until", as_text(since - timedelta(days=1)))
    applying.apply(series)
    for item in stored_occurrences(db, series):
        if is_open(Status(item.status)) and item.due_on is not None and item.due_on >= since:
            _follow(applying, item)


def refuse_done(series: ItemRow, status: Status | None, following: date | None) -> None:
    """A series is never done, only its occurrences are. Raises UsageError."""
    if status in {Status.IMPLEMENTED, Status.PARTIALLY_IMPLEMENTED}:
        which = f"{series.ref}@{following or 'DATE'}"
        raise UsageError(
            f"{series.ref} comes back ({series.recurrence}), so that it is never {status}; report one occurrence: "
            f"{which}; overtaken, not_implemented or not_applicable ends the series; nothing was changed"
        )


def _wanted(applying: Applying) -> Sequence[str]:
    """The inherited fields that the change is about."""
    change = applying.change
    named = [name for name in ("assignee", "office", "priority") if getattr(change, name) is not None]
    return [*named, *(["tags"] if change.tags or change.untags else [])]


def _keep_earlier(applying: Applying, series: ItemRow, start: date, calendar: Calendar, today: date) -> None:
    """Earlier occurrences that are still open keep what they had from the series."""
    names = _wanted(applying)
    if not names:
        return
    stored = {item.occurrence_on: item for item in stored_occurrences(applying.recorder.db, series)}
    days = {one.on for one in occurrences_of(series, calendar, min(start, far(today)))} | set(stored)
    for on in sorted(day for day in days if day is not None and day < start):
        item = stored.get(on) or occurrence_item(applying.recorder.db, series, on, calendar)
        if not is_open(Status(item.status)):
            continue
        for name in names:
            if value_on(applying.recorder.db, item, name, applying.on) is None:
                held = value_on(applying.recorder.db, series, name, applying.on)
                applying.recorder.set_field(item, name, held or NOTHING, applying.on)


def _follow(applying: Applying, item: ItemRow) -> None:
    """A later occurrence that has its own values changes like its series."""
    change = applying.change
    if change.status in CLOSED:
        applying.set_field(item, "status", str(change.status))
    for name in _wanted(applying):
        if value_on(applying.recorder.db, item, name, applying.on) is None:
            continue
        if name == "tags":
            applying.tag(item)
        else:
            applying.set_field(item, name, str(getattr(change, name)))
