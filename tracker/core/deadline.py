"""Deadlines as the text states them: at a session, by a date, within a length of time, at the next session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Relation(StrEnum):
    """How a deadline relates to its session (first four, and `until`) or its date (the others)."""

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
    """`avant sa trentième session`: `body` HRC, `session` 30, relation `before`.

    `part` is "main" or "resumed" where the text names a part of the session, as the Fifth Committee does; "opening"
    for its first day, by which its agenda stands too. `ahead` is how long before the session something is due, as an
    ISO 8601 duration: P6W for `six weeks before its thirtieth session`.
    """

    relation: Relation
    body: str
    session: int
    text: str
    part: str | None = None
    ahead: str | None = None


@dataclass(frozen=True, slots=True)
class DateDeadline:
    """`in 2016`, `by 30 September 2015`: `value` is an ISO year, month or day, `ahead` as of a session."""

    relation: Relation
    value: str
    text: str
    ahead: str | None = None


@dataclass(frozen=True, slots=True)
class OffsetDeadline:
    """`within six months of the adoption`: `value` is an ISO 8601 duration.

    `anchor` is what it counts from: "adoption", "event", or the ISO day that the text names.
    """

    value: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class RelativeDeadline:
    """`at its next session`: no number and no date in the text; `body` whose session it is, if one is named."""

    value: str
    text: str
    body: str | None = None


NEXT_SESSION = ("next session", "next regular session")
"""Values of RelativeDeadline that the calendar can date."""

Deadline = SessionDeadline | DateDeadline | OffsetDeadline | RelativeDeadline


PARTS = ("kind", "relation", "body", "session", "value", "anchor", "words")
"""The parts in which a deadline is stored; `value` of a session is its part (main, resumed, opening), `anchor` of
a session or date how long ahead of it something is due."""


def rebuild(parts: Mapping[str, Any]) -> Deadline:
    """The deadline that was stored in `PARTS`."""
    words, value = parts["words"], parts["value"]
    if parts["kind"] == "session":
        relation, body, session = Relation(parts["relation"]), parts["body"] or "", parts["session"] or 0
        return SessionDeadline(relation, body, session, words, value, parts["anchor"])
    if parts["kind"] == "date":
        return DateDeadline(Relation(parts["relation"]), value or "", words, parts["anchor"])
    if parts["kind"] == "offset":
        return OffsetDeadline(value or "", parts["anchor"] or "", words)
    return RelativeDeadline(value or "", words, parts["body"])
