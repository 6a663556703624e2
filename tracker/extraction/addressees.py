"""Who is asked: not yet read."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.request import Addressee
from tracker.extraction.context import Context


@dataclass(frozen=True, slots=True)
class Addressed:
    """The addressees of a clause, and the offset in the clause where the action begins (0: no addressee part)."""

    addressees: tuple[Addressee, ...]
    end: int


def find_addressees(clause: str, context: Context) -> Addressed:  # noqa: ARG001 - read later
    """The addressees of `clause`, the words after the verb."""
    return Addressed((), 0)
