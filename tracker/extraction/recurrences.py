"""Work that comes back: `annually`, `every six months`, `on a regular basis`."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.extraction.durations import length
from tracker.extraction.mentions import Clause
from tracker.extraction.sieve import holds

_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_NAMED = {
    "every 1 year": "annual",
    "every 2 years": "biennial",
    "every 3 years": "triennial",
    "every 1 month": "monthly",
}


@dataclass(frozen=True, slots=True)
class Recurring:
    """A recurrence found at `start:end` of the folded clause: `value` as `core.recurrence` reads it."""

    value: str
    start: int
    end: int


def recurrence(clause: Clause) -> Recurring | None:
    """The first recurrence of the asked work in `clause`, those with a period before `regular`."""
    text, words = clause.text, clause.words
    if words.recurring and not holds(text, words.recurring):
        return None
    found: list[Recurring] = []
    for value, pattern in words.recurrence:
        for match in pattern.finditer(text):
            name = _every(length(match, words)) if value == "every" else value
            if name and not words.unless.search(text, max(0, match.start() - 60), match.start()):
                found.append(Recurring(name, match.start(), match.end()))
                break
    return min(found, key=lambda one: (one.value == "regular", one.start)) if found else None


def _every(amount: str | None) -> str | None:
    """The name of a period: P6M -> every 6 months."""
    if amount is None or amount[-1] not in _UNITS:
        return None
    count, unit = int(amount[1:-1]), _UNITS[amount[-1]]
    name = f"every {count} {unit}{'s' if count > 1 else ''}"
    return _NAMED.get(name, name)
