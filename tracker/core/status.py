"""What became of an item, and how that stands to its due date.

Sources: the Secretariat's mandate registry of 2006 (completed, in progress, not implemented, non-applicable,
no indication) and the auditors' vocabulary (implemented, under implementation, not implemented, overtaken by events).
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """What is known of the follow-up of an item."""

    PENDING = "pending"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PARTIALLY_IMPLEMENTED = "partially_implemented"
    IMPLEMENTED = "implemented"
    NOT_IMPLEMENTED = "not_implemented"
    OVERTAKEN = "overtaken"
    NOT_APPLICABLE = "not_applicable"


class Timeliness(StrEnum):
    """How an item stands to its due date; always derived, never stored."""

    NO_DEADLINE = "no_deadline"
    UPCOMING = "upcoming"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"


class Priority(StrEnum):
    """How pressing an item is for the office."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class Link(StrEnum):
    """How an item hangs together with another item or a document."""

    SUPERSEDES = "supersedes"
    DERIVED_FROM = "derived_from"
    RELATED = "related"


OPEN = (Status.PENDING, Status.NOT_STARTED, Status.IN_PROGRESS, Status.PARTIALLY_IMPLEMENTED)
"""Something remains to be done, so that the item can become overdue."""

CLOSED = (Status.IMPLEMENTED, Status.NOT_IMPLEMENTED, Status.OVERTAKEN, Status.NOT_APPLICABLE)
"""Nothing further is to be done."""

_REPORTED = (Status.IN_PROGRESS, Status.PARTIALLY_IMPLEMENTED, *CLOSED)

MOVES: dict[Status, tuple[Status, ...]] = {
    Status.PENDING: (Status.NOT_STARTED, *_REPORTED),
    Status.NOT_STARTED: _REPORTED,
    **{status: tuple(other for other in _REPORTED if other is not status) for status in _REPORTED},
}
"""Allowed moves. Nothing goes back to pending or not_started: that would unsay a report; undo it instead."""

DUE_SOON_DAYS = 30

AGEING = ("1-30", "31-90", "91-180", "over 180")
"""The buckets of days overdue in their order; the steps are those of auditors' tables: month, quarter, half a year."""

_AGES = (30, 90, 180)
"""The last day of each bucket but the last one."""


def is_open(status: Status) -> bool:
    """Whether something remains to be done."""
    return status in OPEN


def is_overdue(due_on: date | None, status: Status, today: date) -> bool:
    """Open, with a due date strictly before `today`: due today is not overdue, no date is not overdue."""
    return due_on is not None and status in OPEN and due_on < today


def timeliness(
    due_on: date | None, status: Status, status_on: date | None, today: date, soon_days: int = DUE_SOON_DAYS
) -> Timeliness:
    """How an item stands to its due date at the end of `today`.

    `status_on` is the day from which the status holds: a closed item is on time when that day is not after
    the due date. `soon_days` is the number of days before the due date from which an item is due soon.
    """
    if due_on is None:
        return Timeliness.NO_DEADLINE
    if status in CLOSED:
        return Timeliness.LATE if status_on is not None and status_on > due_on else Timeliness.ON_TIME
    if due_on < today:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if due_on <= today + timedelta(days=soon_days) else Timeliness.UPCOMING


def ageing(days: int | None) -> str | None:
    """The bucket of a number of days overdue, one of `AGEING`; None when not overdue."""
    return AGEING[bisect_left(_AGES, days)] if days is not None and days >= 1 else None


def refusal(old: Status, new: Status, *, has_ground: bool, has_note: bool) -> str | None:
    """Why a status may not change from `old` to `new`, or None if it may.

    `has_ground` says that evidence or a note comes with the change or is already there: closing needs one.
    `has_note` says that a note comes with it: reopening needs one.
    """
    if old is new:
        return None
    if new not in MOVES[old]:
        return f"an item that is {old} cannot become {new}; possible: {', '.join(MOVES[old])} (or undo the report)"
    if old in CLOSED and new in OPEN and not has_note:
        return f"reopening an item that is {old} needs a note (--note) that says why"
    if new in CLOSED and not has_ground:
        return f"closing an item as {new} needs evidence (--evidence) or a note (--note) that says why"
    return None


class Changed(NamedTuple):
    """What happened to one field of one item; `after` is the first later day of which something else was said.

    `read` is what the text says where the field goes back to it, empty for nothing.
    """

    ref: str
    field: str
    old: str | None
    new: str | None
    after: tuple[date, str | None] | None = None
    read: str | None = None
