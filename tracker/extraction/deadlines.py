"""By when: not yet read."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.deadline import Deadline
from tracker.core.request import Reason
from tracker.extraction.context import Context


@dataclass(frozen=True, slots=True)
class Timing:
    """The deadlines of a clause, first the earliest, its recurrence, and how they were found."""

    deadline: Deadline | None = None
    deadlines: tuple[Deadline, ...] = ()
    recurrence: str | None = None
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[str, ...] = ()


def find_deadlines(clause: str, context: Context) -> Timing:  # noqa: ARG001 - read later
    """The deadlines in `clause`, the words of a request after its verb."""
    return Timing()
