"""Dates of sessions that a team sets, and the due dates that hang on them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar, SessionDates
from tracker.core.codes import DOCUMENTS, Deliverable
from tracker.core.due import resolve
from tracker.errors import Conflict
from tracker.services.act import Act
from tracker.services.databases import make_ready
from tracker.services.recording import recording
from tracker.services.series import is_series, refresh_series
from tracker.services.session_checks import require_known, require_order, require_sound
from tracker.services.storing import calendar_of, deadline_of, set_due
from tracker.storage.changes import Recorder, as_text
from tracker.storage.models import DeadlineRow, ItemRow, SessionRow
from tracker.storage.target import Target

FURTHER = "further_due_on"
"""Field of the events that tell of the date of a further deadline."""

_TRIES = 20
"""How often the dates are set again when somebody changes an item at the same time."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An item of which a date moved with a session: the due date, or that of a further deadline."""

    ref: str
    old: date | None
    new: date | None
    field: str = "due_on"


def set_sessions(target: Target, sessions: Iterable[SessionDates], act: Act) -> list[Moved]:
    """Stores dates of sessions in one operation and moves the due dates that hang on them, each with its event.

    A date that a person set stays. Raises UsageError when a session closes before it opens, opens out of turn or is
    of no known body, Conflict when others change the items all the time.
    """
    wanted = list(sessions)
    require_sound(wanted)
    make_ready(target, act.now, make=True)
    for _ in range(_TRIES - 1):
        # An item that somebody changed meanwhile is no reason to leave the sessions as they were: its new state counts.
        with contextlib.suppress(Conflict):
            return _set(target, wanted, act)
    return _set(target, wanted, act)


def _set(target: Target, wanted: list[SessionDates], act: Act) -> list[Moved]:
    """One try. Raises Conflict when somebody changed an item after it was read here; then nothing is stored."""
    with recording(target, act, "items that hang on these sessions") as recorder:
        db = recorder.db
        before = calendar_of(db)
        require_known(db, before, wanted)
        changed = [one for one in wanted if _store(recorder, one, before, act.today)]
        if not changed:
            return []
        db.flush()
        after = calendar_of(db)
        require_order(after, changed)
        moved = _move(recorder, {one.body for one in changed}, after, act.today)
        names = ", ".join(f"{one.body} {one.session}" for one in changed[:5])
        recorder.operation.summary = (
            f"dates of {names}{' ...' if len(changed) > 5 else ''}; {len(moved)} due dates moved"
        )
        return moved


def _store(recorder: Recorder, new: SessionDates, calendar: Calendar, today: date) -> bool:
    parts = calendar.parts(new.body, new.session)
    old = parts[new.part - 1] if len(parts) >= new.part else None
    if old is not None and (old.opens, old.closes, old.mark) == (new.opens, new.closes, new.mark):
        return False
    row = recorder.db.scalars(
        select(SessionRow).where(
            SessionRow.body == new.body, SessionRow.session == new.session, SessionRow.part == new.part
        )
    ).first()
    if row is None:
        row = SessionRow(body=new.body, session=new.session, part=new.part)
        recorder.db.add(row)
    row.kind, row.opens, row.closes, row.mark = new.kind, new.opens, new.closes, new.mark
    row.source, row.note = new.source, new.note
    recorder.add_calendar_event(f"session {new.body} {new.session}", _span(old), _span(new), today)
    return True


def _span(dates: SessionDates | None) -> str | None:
    return f"{dates.opens or '?'} to {dates.closes or '?'}" if dates else None


def _move(recorder: Recorder, bodies: set[str], calendar: Calendar, today: date) -> list[Moved]:
    """Resolves again every deadline that hangs on a session of `bodies`."""
    hanging = select(DeadlineRow.item_id).where(
        DeadlineRow.kind.in_(("session", "relative")), or_(DeadlineRow.body.in_(bodies), DeadlineRow.body.is_(None))
    )
    moved: list[Moved] = []
    for item in recorder.db.scalars(select(ItemRow).where(ItemRow.id.in_(hanging)).order_by(ItemRow.id)):
        before = {row.id: row.due_on for row in item.held_deadlines}
        for row in item.deadlines:
            redate(item, row, calendar)
        _put_in_turn(recorder.db, item, before)
        held, old = item.held_deadlines, item.due_on
        if is_series(item):
            # Its date is that of its next open occurrence, which follows from the calendar.
            refresh_series(recorder.db, item, calendar, today)
            if item.due_on != old:
                recorder.add_event(item, "due_on", as_text(old), as_text(item.due_on), today)
                moved.append(Moved(item.ref, old, item.due_on))
            continue
        first = held[0] if held else None
        if first is not None and item.due_by_hand is None and recorder.set_field(item, "due_on", first.due_on, today):
            moved.append(Moved(item.ref, old, first.due_on))
        for row in held[1:]:
            if row.due_on != before[row.id]:
                recorder.add_event(item, FURTHER, as_text(before[row.id]), as_text(row.due_on), today)
                moved.append(Moved(item.ref, before[row.id], row.due_on, FURTHER))
    return moved


def _put_in_turn(db: Session, item: ItemRow, before: Mapping[int, date | None]) -> None:
    """The earliest of the deadlines is the one by which the item is due, where a date of them has changed."""
    held = item.held_deadlines
    wanted = sorted(held, key=lambda row: (row.due_on is None, row.due_on or date.max))
    if wanted == held or all(row.due_on == before[row.id] for row in held):
        return
    for sign in (-1, 1):  # no two rows ever stand at one place
        for place, row in enumerate(wanted):
            row.position = place if sign > 0 else -1 - place
        db.flush()
    db.expire(item, ["deadlines"])


def redate(item: ItemRow, row: DeadlineRow, calendar: Calendar) -> None:
    """Finds the date of a stored deadline again."""
    document = item.deliverable is not None and Deliverable(item.deliverable) in DOCUMENTS
    due = resolve(deadline_of(row), adopted_on=item.resolution.adopted_on, calendar=calendar, document=document)
    set_due(row, due)


def announced(
    calendar: Calendar, body: str, session: str, opens: date, closes: date | None, source: str
) -> SessionDates:
    """A session with the dates that a person gives, which count as confirmed.

    Without a closing day it keeps the one that is known, which then is not confirmed.
    """
    known = calendar.find(body, session)
    base = known or SessionDates(body, session, "regular", None, None)
    mark = "yes" if closes else "partial"
    return replace(base, opens=opens, closes=closes or base.closes, mark=mark, source=source, part=1, note="")
