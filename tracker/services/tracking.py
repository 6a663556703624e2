"""Changing items: one command is one operation, written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core.selection import Selection
from tracker.core.status import Changed, Link
from tracker.errors import Conflict, NotFound, UsageError
from tracker.services.act import Act
from tracker.services.calendar import calendar_for
from tracker.services.changing import Applying, Change, canonical_symbol, check
from tracker.services.databases import make_ready
from tracker.services.occurrences import far
from tracker.services.references import find
from tracker.services.resolutions import require_resolutions
from tracker.services.series import (
    apply_to_series,
    is_series,
    occurrence_item,
    occurrences_of,
    refresh_all,
    refuse_done,
)
from tracker.services.storing import calendar_of
from tracker.storage import queries
from tracker.storage.changes import Recorder
from tracker.storage.engine import writing
from tracker.storage.models import ItemRow
from tracker.storage.reader import Reader, reading
from tracker.storage.target import Target

_SESSION = re.compile(r"([A-Z][A-Z-]*) ?((?:S-|ES-)?\d{1,4})")


def update_items(target: Target, references: Sequence[str], change: Change, act: Act) -> list[Changed]:
    """Applies `change` to the items as one operation, and returns what changed.

    Raises NotFound for an unknown reference, UsageError for a move that the rules of status forbid, Conflict when
    somebody changed an item meanwhile.
    """
    check(change, act.today)
    make_ready(target, act.now)
    with reading(target) as reader:
        rows = [find(reader, text) for text in references]
        links = tuple(_target(reader, kind, text) for kind, text in change.links)
    item_ids = [row["series_id"] or row["id"] for row in rows]
    days = [date.fromisoformat(row["occurrence_on"]) if row["series_id"] else None for row in rows]
    try:
        with writing(target) as db:
            recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
            to = tuple(link if isinstance(link, str) else db.get_one(ItemRow, link) for link in links)
            applying = Applying(recorder, change, change.on or act.today, to)
            items = {item.id: item for item in _items(db, item_ids)}
            for number, day in dict.fromkeys(zip(item_ids, days, strict=True)):
                _apply(applying, items[number], day, act.today)
            done = applying.done
            if done:
                refresh_all(db, [*items.values(), *(one for one in to if isinstance(one, ItemRow))], act.today)
                recorder.operation.summary = summary_of(done)
    except StaleDataError:
        raise Conflict(_conflict(target, item_ids, change)) from None
    return done


def _apply(applying: Applying, item: ItemRow, on: date | None, today: date) -> None:
    """Applies the change to an item, to one occurrence of a series, or to all its later ones."""
    change, db = applying.change, applying.recorder.db
    if not is_series(item):
        if change.series:
            raise UsageError(f"{item.ref} is no series: --series has no meaning there; nothing was changed")
        applying.apply(item)
        return
    calendar = calendar_of(db)
    if on is not None and not change.series:
        applying.apply(occurrence_item(db, item, on, calendar))
    elif change.series:
        apply_to_series(applying, item, on, calendar, today)
    else:
        refuse_done(item, change.status, item.due_on)
        if change.is_about_work and occurrences_of(item, calendar, far(today)):
            raise UsageError(
                f"{item.ref} comes back ({item.recurrence}): say which time, {item.ref}@{item.due_on or 'DATE'}, or "
                "--series for all later ones; nothing was changed"
            )
        applying.apply(item)


def next_time(target: Target, text: str) -> str | None:
    """Of a series with dates that `text` names, the reference of its next open occurrence; None for anything else."""
    with reading(target) as reader:
        row = find(reader, text)
        if row["recurrence"] is None or row["series_id"] is not None or row["due_on"] is None or row["due_by_hand"]:
            return None
        return f"{row['ref']}@{row['due_on']}"


def summary_of(done: Sequence[Changed]) -> str:
    """What an operation did, in one line."""
    names = list(dict.fromkeys(one.ref for one in done))
    listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{listed}: {', '.join(dict.fromkeys(one.field for one in done))}"


def selected(target: Target, selection: Selection) -> list[str]:
    """The numbers of the items that a filter selects, as references. Raises NotFound when none fits."""
    with reading(target) as reader:
        require_resolutions(reader, selection)
        rows = queries.find_items(reader, selection)
    if not rows:
        raise NotFound("no item fits this filter; nothing was changed; `tracker list` with the same filter shows why")
    return [str(row["id"]) for row in rows]


def extension_date(target: Target, text: str) -> date:
    """The day that `--extend-to` names: an ISO date, or the opening of a session (`HRC32`, `GA 71`).

    Raises UsageError when it is neither, NotFound for a session whose opening day is not known.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    match = _SESSION.fullmatch(text.strip().upper())
    if match is None:
        raise UsageError(f"--extend-to {text!r} is no date (2016-09-30) and no session (HRC32); nothing was changed")
    with reading(target) as reader:
        session = calendar_for(reader).find(match[1], match[2])
    if session is None or session.opens is None:
        raise NotFound(
            f"--extend-to {text}: the opening day of session {match[1]} {match[2]} is not known; nothing was changed; "
            f"`tracker sessions set {match[1]} {match[2]} --opens DATE` tells it"
        )
    return session.opens


def _target(reader: Reader, kind: Link, text: str) -> int | str:
    """The item that a link names, or, for `--derived-from`, a document."""
    if kind is Link.DERIVED_FROM and ":" not in text and not text.strip().isdigit():
        return canonical_symbol(text, "--derived-from")
    return int(find(reader, text)["id"])


def _items(db: Session, item_ids: Sequence[int]) -> list[ItemRow]:
    wanted = list(dict.fromkeys(item_ids))
    found: dict[int, ItemRow] = {}
    for start in range(0, len(wanted), 500):
        part = select(ItemRow).where(ItemRow.id.in_(wanted[start : start + 500]))
        found |= {item.id: item for item in db.scalars(part)}
    if missing := [number for number in wanted if number not in found]:
        raise NotFound(f"there is no item number {missing[0]}; nothing was changed")
    return [found[number] for number in wanted]


def _conflict(target: Target, item_ids: Sequence[int], change: Change) -> str:
    """Both statuses, so that the user can decide; where none was asked for, only which items."""
    with writing(target, keep=False) as db:
        items = [(item.ref, item.status) for item in _items(db, item_ids[:5])]
    if change.status is None:
        refs = ", ".join(ref for ref, _ in items)
        return f"somebody else changed {refs} meanwhile; nothing was changed; try again"
    now = ", ".join(f"{ref} is {status}" for ref, status in items)
    return (
        f"somebody else changed the item meanwhile: {now} now, you wanted {change.status}; nothing was changed; "
        "try again"
    )
