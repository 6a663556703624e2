"""Deadlines as the text states them, and the calendar dates they resolve to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How a deadline relates to its session (first four) or its date (the others)."""

    AT = "at"
    BEFORE = "before"
    AFTER = "after"
    BY_END = "by_end"
    BY = "by"
    ON = "on"
    IN = "in"
    FROM = "from"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class SessionDeadline:
    """`avant sa trentième session`: `body` HRC, `session` 30, relation `before`."""

    relation: Relation
    body: str
    session: int
    text: str


@dataclass(frozen=True, slots=True)
class DateDeadline:
    """`in 2016`, `by 30 September 2015`: `value` is an ISO year, month or day."""

    relation: Relation
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class OffsetDeadline:
    """`within six months of the adoption`: `value` is an ISO 8601 duration, `anchor` what it counts from."""

    value: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class RelativeDeadline:
    """`at its next session`: no number and no date in the text; `body` whose session it is, if one is named."""

    value: str
    text: str
    body: str | None = None


Deadline = SessionDeadline | DateDeadline | OffsetDeadline | RelativeDeadline
