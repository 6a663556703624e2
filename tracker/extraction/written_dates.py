"""How a clause writes dates: `30 September 2015`, `the first quarter of 2024`, `20 July`."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from typing import NamedTuple

from tracker.core.dates import span
from tracker.extraction.time_words import TimeWords

_WINDOW = 60
_DAY = len("2015-09-30")
_MONTHS = 24  # letters of a month and what joins it to the next
_ARTICLE = len(" the ")


class Written(NamedTuple):
    """A date at `start:end` of a clause; `openings` are the days or months before it, of which `value` is the last.

    All are ISO values; None for an impossible day.
    """

    start: int
    end: int
    value: str | None
    openings: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return not self.openings and self.value is not None and len(self.value) == _DAY


def written(text: str, year: re.Match[str], words: TimeWords) -> Written:
    """The date that ends, or begins, with `year`."""
    vocabulary = words.dates
    start, end = year.span()
    month: str | int | None = None
    day = None
    openings: list[tuple[str | int | None, str | None]] = []
    period = vocabulary.periods.search(text, max(0, start - _WINDOW), start)
    before = vocabulary.before_year.search(text, max(0, start - 40), start)
    after = vocabulary.after_year.match(text, end)
    if before:
        month, day = _month(before)
        start = before.start()
        if day and (first := vocabulary.first_day.search(text, max(0, start - 40), start)):
            opened, opening_day = _month(first)
            openings, start = [(opened or month, opening_day)], first.start()
        while not day and (first := vocabulary.first_month.search(text, max(0, start - _MONTHS), start)):
            openings, start = [_month(first), *openings], first.start()
    elif period:
        month, start = _ends(period), period.start()
    if after:
        end = after.end()
        groups = after.groupdict()
        if groups.get("month"):
            month, day = groups["month"], groups.get("day")
            if groups.get("last_day"):
                openings, month, day = [(month, day)], groups.get("last_month") or month, groups["last_day"]
        month = _ends(after) or month
    try:
        return Written(start, end, _iso(year[0], month, day), tuple(_iso(year[0], *one) for one in openings))
    except ValueError:
        return Written(start, end, None)


def written_behind(text: str, end: int, words: TimeWords) -> Written | None:
    """The day that is written right behind `end`, with no more than an article between them."""
    year = next(iter(words.dates.years.finditer(text, end)), None)
    if year is None or year.start() - end > _WINDOW:
        return None
    found = written(text, year, words)
    return found if found.is_day and 0 <= found.start - end <= _ARTICLE else None


def _iso(year: str, month: str | int | None, day: str | None) -> str:
    """The ISO value. Raises ValueError when there is no such day."""
    value = year + (f"-{int(month):02}" if month else "") + (f"-{int(day):02}" if day and month else "")
    span(value)
    return value


def _ends(period: re.Match[str]) -> int | None:
    """The last month of a quarter or half, from the group `ends_6` that matched."""
    found = next((name for name, words in period.groupdict().items() if words and name.startswith("ends_")), None)
    return int(found.removeprefix("ends_")) if found else None


def _month(found: re.Match[str]) -> tuple[str | None, str | None]:
    """Month and day from the groups `month_3_0` and `day_0` that matched, or from `month` and `day` in figures."""
    groups = [(name.split("_"), words) for name, words in found.groupdict().items() if words]
    month = next((name[1] if len(name) > 1 else words for name, words in groups if name[0] == "month"), None)
    return month, next((words for name, words in groups if name[0] == "day"), None)


def day_end(found: re.Match[str]) -> int:
    """Where the day and month of a match end, without the words that may lead on to a year."""
    return max(found.end(name) for name, words in found.groupdict().items() if words)


def next_day(found: re.Match[str], adopted: date | None) -> date | None:
    """The first such day after the adoption; None when that is not known, or there is no such day in these years."""
    if adopted is None:
        return None
    month, day = _month(found)
    for year in (adopted.year, adopted.year + 1):
        with contextlib.suppress(ValueError):
            if (on := date.fromisoformat(_iso(str(year), month, day))) > adopted:
                return on
    return None
