"""Which items a list, a report or an update is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple


class Moment(NamedTuple):
    """The day for which timeliness is told, and the last day that is soon on it."""

    day: date
    soon: date


class Selection(NamedTuple):
    """All conditions hold together; the values of one condition are alternatives. Empty: every item.

    Every value of the lists may start with `!` for "not"; an empty one stands for "none": nobody, no office.
    `timeliness` is derived for `moment`, which has to be there with it.
    """

    symbols: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    deliverables: tuple[str, ...] = ()
    timeliness: tuple[str, ...] = ()
    moment: Moment | None = None
    due_before: date | None = None
    due_after: date | None = None
    no_deadline: bool = False
    to_check: bool = False
    overdue_on: date | None = None
    recurring: bool = False

    def in_words(self) -> str:
        """The conditions as text for a report: `group secretariat; due before 2016-01-01`, or `all items`."""
        parts = []
        for field, value in self._asdict().items():
            name = field.replace("_", " ")
            if type(value) is tuple and value:  # `moment` is none
                parts.append(f"{name}: {', '.join(value)}")
            elif isinstance(value, date):
                parts.append(f"{name} {value.isoformat()}")
            elif value is True:
                parts.append(name)
        return "; ".join(parts) or "all items"


def symbol_key(symbol: str) -> str:
    """The form under which symbols are compared: no blanks, upper case (`S/RES/2723(2024)`)."""
    return "".join(symbol.split()).upper()


def fits(values: Iterable[str | None], wanted: Sequence[str]) -> bool:
    """Whether the values of one item meet the alternatives of one condition; `!` before one means "not".

    Capitals do not count, as in the database; no value at all is the empty one.
    """
    held = {value.casefold() for value in values if value} or {""}
    needed = [one.casefold() for one in wanted if not one.startswith("!")]
    unwanted = [one.removeprefix("!").casefold() for one in wanted if one.startswith("!")]
    return (not needed or not held.isdisjoint(needed)) and held.isdisjoint(unwanted)
