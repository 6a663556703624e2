"""Changing items: one command is one operation, written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core.status import Status, refusal
from tracker.errors import Conflict, NotFound, UsageError
from tracker.services.act import Act
from tracker.services.databases import make_ready
from tracker.services.viewing import find
from tracker.storage.changes import Recorder, value_on
from tracker.storage.engine import writing
from tracker.storage.models import ItemRow
from tracker.storage.reader import reading
from tracker.storage.target import Target

_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Za-z0-9.\-]+(?: ?\((?:\d{4}|[IVXLC]+)\))?){1,6}(?: [A-Z])?")
_URL = re.compile(r"https?://[^\s/]+\.?[^\s]*")


@dataclass(frozen=True, slots=True)
class Change:
    """What a command wants of each item: a field that is None stays as it is."""

    status: Status | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    assignee: str | None = None
    confirm: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to one field of one item."""

    ref: str
    field: str
    old: str | None
    new: str | None


def evidence_kind(value: str) -> str:
    """`symbol`, `url` or `file`. Raises UsageError for anything else."""
    if _URL.fullmatch(value):
        return "url"
    if _SYMBOL.fullmatch(value):
        return "symbol"
    if Path(value).is_file():
        return "file"
    raise UsageError(f"--evidence {value!r} is no document symbol (A/HRC/31/81), no URL and no file here")


def update_items(target: Target, references: Sequence[str], change: Change, act: Act) -> list[Changed]:
    """Applies `change` to the items as one operation, and returns what changed.

    Raises NotFound for an unknown reference, UsageError for a move that the rules of status forbid, Conflict when
    somebody changed an item meanwhile.
    """
    on = change.on or act.today
    if on > act.today:
        raise UsageError(f"--on {on}: a day in the future; a change holds from a day that has come")
    kinds = {value: evidence_kind(value) for value in change.evidence}
    make_ready(target, act.now)
    with reading(target) as reader:
        item_ids = [find(reader, text)["id"] for text in references]
    try:
        with writing(target) as db:
            recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
            done: list[Changed] = []
            for item in _items(db, item_ids):
                done += _apply(recorder, item, change, kinds, on)
            if done:
                fields = ", ".join(sorted({one.field for one in done}))
                recorder.operation.summary = f"{len({one.ref for one in done})} items: {fields}"
    except StaleDataError:
        raise Conflict(_conflict(target, item_ids, change)) from None
    return done


def _items(db: Session, item_ids: Sequence[int]) -> list[ItemRow]:
    wanted = list(dict.fromkeys(item_ids))
    found = {item.id: item for item in db.scalars(select(ItemRow).where(ItemRow.id.in_(wanted)))}
    if missing := [number for number in wanted if number not in found]:
        raise NotFound(f"there is no item number {missing[0]}; nothing was changed")
    return [found[number] for number in wanted]


def _apply(recorder: Recorder, item: ItemRow, change: Change, kinds: dict[str, str], on: date) -> list[Changed]:
    ref = f"{item.resolution.symbol}:{item.place}"
    done = []
    if change.status is not None:
        old = Status(value_on(recorder.db, item, "status", on) or Status.PENDING)
        has_note = bool(change.notes)
        grounded = has_note or bool(kinds) or any(not one.withdrawn for one in item.evidence)
        if reason := refusal(old, change.status, has_ground=grounded, has_note=has_note):
            raise UsageError(f"{ref}: {reason}; nothing was changed")
        if recorder.set_field(item, "status", change.status.value, on):
            done.append(Changed(ref, "status", old.value, change.status.value))
    for value, kind in kinds.items():
        if not any(one.value == value and not one.withdrawn for one in item.evidence):
            recorder.add_evidence(item, kind, value, on)
            done.append(Changed(ref, "evidence", None, value))
    for note in change.notes:
        recorder.add_event(item, "note", None, note, on)
        done.append(Changed(ref, "note", None, note))
    if change.assignee is not None:
        before = value_on(recorder.db, item, "assignee", on)
        if recorder.set_field(item, "assignee", change.assignee, on):
            done.append(Changed(ref, "assignee", before, change.assignee or None))
    if change.confirm and recorder.set_field(item, "to_check", value=False, holds_on=on):
        done.append(Changed(ref, "to_check", "yes", None))
    return done


def _conflict(target: Target, item_ids: Sequence[int], change: Change) -> str:
    """Both values, so that the user can decide."""
    with writing(target, keep=False) as db:
        now = ", ".join(f"{item.resolution.symbol}:{item.place} is {item.status}" for item in _items(db, item_ids))
    wanted = change.status or "another value"
    return f"somebody else changed the item meanwhile: {now} now, you wanted {wanted}; nothing was changed; try again"
