"""Dates whose year the text leaves to its reader: `by 20 July`, `by 1 March each year`, `by the end of the year`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tracker.core.deadline import DateDeadline, Relation
from tracker.extraction.dates import RELATIONS, STRONG
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.sessions import MOST
from tracker.extraction.sieve import Sieve
from tracker.extraction.written_dates import day_end, next_day

_WINDOW = 60
_NEXT = 10  # characters between two days in a row
_FIGURES = Sieve(re.compile(r"(?<![\d./])\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d(?![\d./])"), ("/20", ".20", "/19", ".19"))


def yearless(clause: Clause, *, again: bool) -> Iterator[Mention | Doubt]:
    """The deadlines in `clause` whose year follows from the adoption; `again`: whether the work comes back."""
    yield from _days(clause, again=again)
    yield from _this_year(clause)
    yield from _in_figures(clause)


def _days(clause: Clause, *, again: bool) -> Iterator[Mention | Doubt]:
    """Days of which the text does not say the year: the first one after the adoption, to check unless it comes back.

    `by 20 July`, `by 1 March each year`. Two such days in a row are to check: a series has one day.
    """
    vocabulary, adopted = clause.words.dates, clause.context.adopted_on
    last = -_NEXT
    for found in islice(vocabulary.yearless.finditer(clause.text), MOST):
        if found.start() - last < _NEXT:
            yield Doubt("deadline-unclear", clause.spoken(*found.span()))
        last = found.end()
        start, end = found.start(), day_end(found)
        relation = vocabulary.before.search(clause.text, max(0, start - _WINDOW), start)
        kind = relation.lastgroup if relation else None
        if relation is None or kind not in RELATIONS or kind not in STRONG or clause.is_quoted(start):
            continue
        day, first = next_day(found, adopted), relation.start()
        if day is None or not again:
            yield Doubt("deadline-unclear", clause.spoken(first, end))
        if day is not None:
            deadline = DateDeadline(RELATIONS[kind], day.isoformat(), clause.spoken(first, end))
            yield Mention(deadline, first, end, f"{kind}-day", (day.year, day.month, day.day))


def _this_year(clause: Clause) -> Iterator[Mention]:
    """`by the end of the year`: that of the adoption."""
    adopted = clause.context.adopted_on
    for found in islice(clause.words.dates.this_year.finditer(clause.text), MOST):
        if adopted and not clause.is_quoted(found.start()):
            deadline = DateDeadline(Relation.BY, str(adopted.year), clause.spoken(*found.span()))
            yield Mention(deadline, *found.span(), "by-year", (adopted.year, 12))


def _in_figures(clause: Clause) -> Iterator[Doubt]:
    """Doubts where something is due on a day in figures, of which one may be the day or the month: `by 05/06/2026`."""
    text = clause.text
    for found in islice(_FIGURES.finditer(text), MOST):
        relation = clause.words.dates.before.search(text, max(0, found.start() - _WINDOW), found.start())
        if relation and relation.lastgroup in STRONG:
            yield Doubt("deadline-unclear", clause.spoken(relation.start(), found.end()))
