"""Work that comes back: `annually`, `every six months`, `on a regular basis`."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.extraction.durations import length
from tracker.extraction.mentions import Clause, Doubt
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


def recurrence(clause: Clause) -> tuple[Recurring | None, list[Doubt]]:
    """The first recurrence of the asked work in `clause`, those with a period before `regular`.

    With doubts where it is not clear when: at each session of one month; first so, then otherwise.
    """
    matches = clause.words.recurring_unclear.finditer(clause.text)
    doubts = [Doubt("deadline-unclear", clause.spoken(*match.span())) for match in matches]
    named = _named(clause)
    if not named:
        return None, doubts
    found = min(named, key=lambda one: (one.value == "regular", one.start))
    if len(named) > 1 and found.value != "regular":
        # The same words may have two names (`every three months` is quarterly): words apart from the first ones count.
        doubts += [
            Doubt("deadline-unclear", clause.spoken(one.start, one.end))
            for one in named
            if one.start >= found.end and one.value not in {found.value, "regular"}
        ][:1]
    return found, doubts


def _named(clause: Clause) -> list[Recurring]:
    """What is said of work that comes back, in the order of the text."""
    text, words = clause.text, clause.words
    if words.recurring and not holds(text, words.recurring):
        return []
    found: list[Recurring] = []
    for value, pattern in words.recurrence:
        for match in pattern.finditer(text):
            name = _every(length(match, words)) if value == "every" else value
            if name and not words.unless.search(text, max(0, match.start() - 60), match.start()):
                found.append(Recurring(name, match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _every(amount: str | None) -> str | None:
    """The name of a period: P6M -> every 6 months."""
    if amount is None or amount[-1] not in _UNITS:
        return None
    count, unit = int(amount[1:-1]), _UNITS[amount[-1]]
    name = f"every {count} {unit}{'s' if count > 1 else ''}"
    return _NAMED.get(name, name)
