"""References to items as people write them: `28/2:26`, `A/HRC/RES/28/2:19.2`, `:12(b)`, or the number of `list`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.errors import UsageError

_ADDED = ("", "bis", "ter", "quater", "quinquies")
_PLACE = re.compile(
    r"""
    (?P<paragraph>\d{1,4})          # 26
    (?:\s?(?P<added>(?i:bis|ter|quater|quinquies))(?![^\W\d_]))?+   # 26bis: put in behind 26
    (?:\s*\(?(?P<sub>[^\W\d_]{1,4})\)?)?   # (b), b, in any script
    (?:\.(?P<nth>\d{1,3}))?         # .2: the second request of the paragraph
    (?:@(?P<on>\d{4}-\d\d-\d\d))?   # @2016-03-31: of a series the occurrence due on that day
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in its resolution: paragraph, sub-paragraph, and which request of it (from 1).

    `on` names one occurrence of a series by the day on which it is due.
    """

    paragraph: str
    sub: str | None = None
    nth: int = 1
    on: date | None = None

    def __str__(self) -> str:
        sub = f"({self.sub})" if self.sub else ""
        on = f"@{self.on.isoformat()}" if self.on else ""
        return f"{self.paragraph}{sub}{f'.{self.nth}' if self.nth > 1 else ''}{on}"

    @property
    def of_series(self) -> Place:
        """The place without the day."""
        return replace(self, on=None)


@dataclass(frozen=True, slots=True)
class Reference:
    """A parsed reference: `number` of the list, or `symbol` (None: the only resolution) with a `place`."""

    text: str
    number: int | None = None
    symbol: str | None = None
    place: Place | None = None


def parse_place(text: str) -> Place | None:
    """The place that `text` names (`19.2`, `12(b)`, `12 (b).2`, `19@2016-03-31`), or None."""
    match = _PLACE.fullmatch(text.strip())
    if not match:
        return None
    sub = match["sub"].lower() if match["sub"] else None
    try:
        on = date.fromisoformat(match["on"]) if match["on"] else None
    except ValueError:
        return None
    return Place(f"{int(match['paragraph'])}{(match['added'] or '').lower()}", sub, int(match["nth"] or 1), on)


def paragraph_order(paragraph: str) -> tuple[int, int]:
    """What sorts the numbers of paragraphs: `2`, `2bis`, `2ter`, `3`; first what is no number."""
    number = paragraph.rstrip("abeinqrstu")
    added = paragraph[len(number) :]
    return (int(number), _ADDED.index(added)) if number.isdecimal() and added in _ADDED else (0, 0)


def parse(text: str) -> Reference:
    """Reads a reference. Raises UsageError when `text` has none of the forms."""
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit() and len(stripped) < 18:
        return Reference(text, number=int(stripped))
    symbol, colon, rest = stripped.rpartition(":")
    place = parse_place(rest) if colon else None
    if place is None:
        raise UsageError(
            f"{text!r} is no reference to an item: write 28/2:26, A/HRC/RES/28/2:19.2, :12(b) or its number"
        )
    return Reference(text, symbol=symbol.strip() or None, place=place)


def places(positions: Iterable[tuple[str, str | None]]) -> list[Place]:
    """Numbers the requests of each paragraph and sub-paragraph from 1, in their order."""
    seen: Counter[tuple[str, str | None]] = Counter()
    found = []
    for paragraph, sub in positions:
        seen[paragraph, sub] += 1
        found.append(Place(paragraph, sub, seen[paragraph, sub]))
    return found
