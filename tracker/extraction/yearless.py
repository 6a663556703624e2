"""Dates whose year the text leaves to its reader: `by 20 July`, `by 1 March each year`, `by the end of the year`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from tracker.core.dates import span
from tracker.core.deadline import DateDeadline, Relation
from tracker.extraction.dates import RELATIONS, STRONG
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.sessions import MOST
from tracker.extraction.sieve import Sieve
from tracker.extraction.written_dates import day_end, next_day

_WINDOW = 60
_FIGURE = re.compile(r"(?<!\d)\d{1,2}(?!\d)|\d{5}")  # without one there is no day: most clauses have none
_WORD = re.compile(r"\w+")
_NEXT = 10  # characters between two days in a row
_YEAR = re.compile(r"[^;.]{0,40}?((?:19|20)\d\d)")  # the year of a day stands near by
_YEAR_BEFORE, _NEAR = re.compile(r"(?:19|20)\d\d年"), 20  # in Chinese the year of a day stands before it
_MARKED = re.compile(r"(?<![\d/.])(?:19|20)\d{3,4}(?![\d/])")
_FIGURES = Sieve(re.compile(r"(?<![\d./])\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?![\d./])"), ("/20", ".20", "/19", ".19"))


def yearless(clause: Clause, again: tuple[int, int] | None, begins: Mention | None) -> Iterator[Mention | Doubt]:
    """The deadlines in `clause` whose year follows from the adoption.

    `again` is where its recurrence stands, `begins` the year in which it starts: `each year, starting in 2026`.
    """
    if _FIGURE.search(clause.text) is not None:
        yield from _days(clause, again, begins)
        yield from _in_figures(clause)
        yield from _with_marks(clause)
    yield from _this_year(clause)
    yield from _other_year(clause)


def _days(clause: Clause, again: tuple[int, int] | None, begins: Mention | None) -> Iterator[Mention | Doubt]:
    """Days of which the text does not say the year: the first one after the adoption, to check unless it comes back.

    `by 20 July`, `by 1 March each year`.
    """
    after = clause.context.adopted_on
    if after and begins and isinstance(begins.deadline, DateDeadline):
        after = max(after, span(begins.deadline.value)[0] - timedelta(days=1))
    for day in _related(list(_named(clause, again, begins)), clause):
        yearly = day.kind == "on" and again is not None and clause.words.reporting.search(clause.text, 0, day.start)
        if day.kind not in RELATIONS or not (day.kind in STRONG or yearly) or clause.is_quoted(day.start):
            continue
        on, spoken = next_day(day.found, after), clause.spoken(day.first, day.last)
        if on is None or not again:
            yield Doubt("deadline-unclear", spoken)
        if on is not None:
            deadline = DateDeadline(RELATIONS[day.kind], on.isoformat(), spoken)
            yield Mention(deadline, day.first, day.last, f"{day.kind}-day", (on.year, on.month, on.day))


@dataclass(frozen=True, slots=True)
class _Day:
    """A day without a year at `start:end`; with the words of its relation, `kind`, from `first` to `last`."""

    found: re.Match[str]
    start: int
    end: int
    first: int
    last: int
    kind: str | None


def _named(clause: Clause, again: tuple[int, int] | None, begins: Mention | None) -> Iterator[_Day]:
    """The days that have no year of their own."""
    text, vocabulary = clause.text, clause.words.dates
    for found in islice(vocabulary.yearless.finditer(text), MOST):
        start, end = found.start(), day_end(found)
        year = _YEAR.match(text, found.end())
        if year and not _is_apart(year.start(1), end, again, begins):
            continue
        if not clause.words.spaced and _YEAR_BEFORE.search(text, max(0, start - _NEAR), start):
            continue
        relation = vocabulary.before.search(text, max(0, start - _WINDOW), start)
        after = vocabulary.after.match(text, found.end())
        kind = after.lastgroup if after and after.lastgroup else relation.lastgroup if relation else None
        yield _Day(found, start, end, relation.start() if relation else start, after.end() if after else end, kind)


def _related(days: list[_Day], clause: Clause) -> list[_Day]:
    """The days, each in a row with the relation that one of them has: `by 30 June and 31 December`."""
    for row in (range(1, len(days)), range(len(days) - 2, -1, -1)):
        for place in row:
            day, other = days[place], days[place + (1 if row.step < 0 else -1)]
            left, right = sorted((day, other), key=lambda one: one.start)
            between = _WORD.findall(clause.text, left.found.end(), right.start)
            near = right.start - left.found.end() < _NEXT
            if day.kind not in STRONG and near and not clause.words.sessions.lists.isdisjoint(between):
                days[place] = replace(day, kind=other.kind, first=day.start)
    return days


def _is_apart(year: int, end: int, again: tuple[int, int] | None, begins: Mention | None) -> bool:
    """Whether a year near the day that ends at `end` is not its own: `by 30 June each year until 2026`."""
    return bool((again and end <= again[0] < year) or (begins and begins.start <= year < begins.end))


def _this_year(clause: Clause) -> Iterator[Mention]:
    """`by the end of the year`: that of the adoption."""
    adopted = clause.context.adopted_on
    for found in islice(clause.words.dates.this_year.finditer(clause.text), MOST):
        if adopted and not clause.is_quoted(found.start()):
            deadline = DateDeadline(Relation.BY, str(adopted.year), clause.spoken(*found.span()))
            yield Mention(deadline, *found.span(), "by-year", (adopted.year, 12))


def _with_marks(clause: Clause) -> Iterator[Doubt]:
    """Doubts where something is due in a year with further figures: `by 30 June 20251`, the mark of a footnote."""
    text = clause.text
    for found in islice(_MARKED.finditer(text), MOST):
        named = clause.words.dates.before_year.search(text, max(0, found.start() - _WINDOW), found.start())
        start = named.start() if named else found.start()
        relation = clause.words.dates.before.search(text, max(0, start - _WINDOW), start)
        if named and relation and relation.lastgroup in STRONG and not clause.is_quoted(start):
            yield Doubt("deadline-unclear", clause.spoken(relation.start(), found.end()))


def _other_year(clause: Clause) -> Iterator[Doubt]:
    """Doubts where something is due in a year, or a part of one, that only its adoption tells: `by next year`."""
    for found in islice(clause.words.dates.other_year.finditer(clause.text), MOST):
        asked = clause.words.reporting.search(clause.text, 0, found.start())
        if asked and not clause.is_quoted(found.start()):
            yield Doubt("deadline-unclear", clause.spoken(*found.span()))


def _in_figures(clause: Clause) -> Iterator[Doubt]:
    """Doubts where something is due on a day in figures, of which one may be the day or the month: `by 05/06/2026`."""
    text = clause.text
    for found in islice(_FIGURES.finditer(text), MOST):
        relation = clause.words.dates.before.search(text, max(0, found.start() - _WINDOW), found.start())
        if relation and relation.lastgroup in STRONG:
            yield Doubt("deadline-unclear", clause.spoken(relation.start(), found.end()))
