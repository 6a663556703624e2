"""What one resolution asks for: values found by `tracker.extraction`, frozen once read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tracker.core.codes import Deliverable, Force
from tracker.core.deadline import Deadline


class Addressee(NamedTuple):
    """Who is asked: a code of `data/addressees.toml` and the words of the text."""

    code: str
    text: str


class Reason(NamedTuple):
    """Why a field has its value: the rule that gave it and the words that the rule matched."""

    field: str
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt met while reading, with its place in the cleaned text; returned, never raised."""

    code: str
    message: str
    start: int = 0
    end: int = 0


TEXT_CHANGED = "text-changed"
"""The code of a difference between a text and the one before it: no doubt, but kept and told with the problems."""


@dataclass(frozen=True, slots=True)
class Request:
    """One actionable demand found in one operative paragraph, in the words of the text.

    `paragraph` is the top-level number ("16"), `sub` the first-level letter ("a") or None.
    `start` and `end` are offsets into the cleaned text; `text` is that slice.
    `deadlines` holds further deadlines of the same request, later than `deadline`.
    `doubts` are codes of problems that make the request worth checking by a person.
    """

    paragraph: str
    sub: str | None
    verb: str
    force: Force
    addressees: tuple[Addressee, ...]
    action: str
    deliverable: Deliverable | None
    deadline: Deadline | None
    deadlines: tuple[Deadline, ...]
    recurrence: str | None
    text: str
    start: int
    end: int
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[str, ...] = ()
