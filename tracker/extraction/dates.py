"""Dates that a clause sets: `by 30 September 2015`, `in 2016`, `in the first quarter of 2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tracker.core.codes import Force
from tracker.core.dates import span
from tracker.core.deadline import DateDeadline, Relation
from tracker.extraction.mentions import Clause, Mention
from tracker.extraction.sessions import MOST, done
from tracker.extraction.time_words import TimeWords

_WINDOW = 60
_BESIDE = 110  # letters before a date that may say what else it is the date of
_AHEAD = 40
"""Years ahead up to which a date is one to work towards."""

_RELATIONS = {
    "by": Relation.BY,
    "before": Relation.BEFORE,
    "until": Relation.UNTIL,
    "to": Relation.UNTIL,
    "on": Relation.ON,
    "in": Relation.IN,
    "since": Relation.FROM,
}
_COMMAS = frozenset(",،")
_BEFORE = 160  # characters before the days of a meeting in which the verb stands that asks for it
_FOLLOWING = 80  # characters behind a date in which the verb of the asked work stands
_CLOSE = 3  # characters between the two dates of a period
_STRONG = frozenset({"by", "before", "until", "to"})
_LOOSE = frozenset({None, "in"})
"""Relations of a day that only say when something is held."""
_MONTH = len("2015-09")
_DAY = len("2015-09-30")


def dates(clause: Clause, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    """The deadlines at calendar dates in `clause`; years inside the spans of `taken` belong to sessions."""
    text, vocabulary = clause.text, clause.words.dates
    last_end, last_kind, passed = -1, None, -1
    for year in islice(vocabulary.years.finditer(text), 2 * MOST):
        start, end, value, opening = _written(text, year, clause.words)
        if (
            value is None
            or vocabulary.title_after.match(text, end)
            or any(first <= year.start() < last for first, last in taken)
        ):
            continue
        relation = vocabulary.before.search(text, max(0, start - _WINDOW), start)
        after = vocabulary.after.match(text, end)
        kind = _kind(relation, after)
        first = relation.start() if relation else start
        if kind == "till":
            kind = "until" if _renews(clause, first) else "by"
        ranged, passed = kind == "to" and 0 <= first - passed <= _CLOSE, end
        values = [opening, value] if opening else [value]  # "by 30 June and 31 December 2026"
        if kind not in _STRONG and (opening or (len(value) == _DAY and kind in _LOOSE)):
            kind, values = _days(clause, first, end, values)
            ranged = ranged or kind == "to"
        if ranged and not clause.words.renewing.search(text, 0, first):
            last_kind = None  # "for the period from 1 July 2025 to 30 June 2026" says what money is for
            continue
        if last_kind and (kind is None or start - last_end < 8):
            joined = vocabulary.also.search(text, last_end, start)
            if joined and not text[last_end : joined.start()].strip():
                kind, first = last_kind, start
        refused = clause.is_quoted(first) or _apposed(first, taken)
        if kind is None or refused or not _wanted(clause, kind, values[0], first, end):
            last_kind = None
            continue
        last = max(end, after.end() if after else 0)
        last_end, last_kind = end, kind
        for value in values:
            deadline = DateDeadline(_RELATIONS[kind], value, clause.spoken(first, last))
            begins = span(value)[0]
            # What is due in a month is due after what is due on a day of it.
            order = (begins.year, begins.month, *{_DAY: (begins.day,), _MONTH: (31,)}.get(len(value), ()))
            name = {4: "year", 7: "month"}.get(len(value), "date")
            yield Mention(deadline, first, last, f"{kind}-{name}", order)


def _kind(relation: re.Match[str] | None, after: re.Match[str] | None) -> str | None:
    found = relation.lastgroup if relation else None
    if after and after.lastgroup:
        return after.lastgroup
    return found


class _Written(NamedTuple):
    """A date at `start:end` of a clause; `opening` is the first of several days, of which `value` is the last.

    Both are ISO values; None for an impossible day.
    """

    start: int
    end: int
    value: str | None
    opening: str | None = None


def _written(text: str, year: re.Match[str], words: TimeWords) -> _Written:
    """The date that ends, or begins, with `year`."""
    vocabulary = words.dates
    start, end = year.span()
    month: str | int | None = None
    day, opening = None, None
    period = vocabulary.periods.search(text, max(0, start - _WINDOW), start)
    before = vocabulary.before_year.search(text, max(0, start - 40), start)
    after = vocabulary.after_year.match(text, end)
    if before:
        month, day = _month(before)
        start = before.start()
        if day and (first := vocabulary.first_day.search(text, max(0, start - 40), start)):
            opened, opening_day = _month(first)
            opening, start = (opened or month, opening_day), first.start()
    elif period:
        month, start = _ends(period), period.start()
    if after:
        end = after.end()
        groups = after.groupdict()
        if groups.get("month"):
            month, day = groups["month"], groups.get("day")
            if groups.get("last_day"):
                opening, month, day = (month, day), groups.get("last_month") or month, groups["last_day"]
        month = _ends(after) or month
    try:
        return _Written(start, end, _iso(year[0], month, day), _iso(year[0], *opening) if opening else None)
    except ValueError:
        return _Written(start, end, None)


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
    """Month and day from the groups `month_3_0` and `day_0` that matched."""
    groups = [(name.split("_"), words) for name, words in found.groupdict().items() if words]
    month = next((name[1] for name, _ in groups if name[0] == "month"), None)
    return month, next((words for name, words in groups if name[0] == "day"), None)


def _wanted(clause: Clause, kind: str, value: str, first: int, end: int) -> bool:
    """Whether a date is one by which something is asked, not a past fact, a goal or the name of something."""
    begins, ends = span(value)
    adopted = clause.context.adopted_on
    if adopted and (ends < adopted or begins.year > adopted.year + _AHEAD):
        return False
    if kind == "since" or clause.words.vague.search(clause.text, max(0, first - 60), first):
        return False
    if kind not in _STRONG and clause.words.soon.search(clause.text, max(0, first - 60), first):
        return False  # "as soon as possible in 2026", but not "as soon as possible before 30 June 2026"
    ends_term = kind == "until" and _renews(clause, first)  # "extends the mandate established in 2019 until 30 June"
    if done(clause, first) and not ends_term and not (adopted and begins > adopted):
        return False
    if kind in _STRONG:
        return not (len(value) == 4 and _goal(clause, value, first))
    if _beside(clause, first):
        return False
    if kind == "on":
        return adopted is not None and begins > adopted and len(value) == _DAY
    return len(value) < _DAY and _in_year(clause, first, end)


def _renews(clause: Clause, first: int) -> bool:
    """Whether the word before a date, which may mean `by` or `until`, ends a term: no other work is asked for."""
    text, words = clause.text, clause.words
    return (
        clause.context.force in (Force.DECIDE, Force.AUTHORIZE)
        and words.renewing.search(text, 0, first) is not None
        and not words.reporting.search(text, 0, first)
        and not words.convening.search(text, 0, first)
    )


def _beside(clause: Clause, first: int) -> bool:
    """Whether a date is that of something to prepare for, to take part in, or after which the work is done."""
    text, words = clause.text, clause.words
    start = max(0, first - _BESIDE, *(text.rfind(mark, 0, first) for mark in ";；؛"))
    near = max(start, *(text.rfind(mark, 0, first - 1) for mark in ",،，"))
    return bool(
        words.preparing.search(text, start, first)
        or words.attending.search(text, start, first)
        or words.later.search(text, near, first)
    )


def _apposed(first: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a date only says when a session is: "at its fourteenth session, in 2015"."""
    return any(0 <= first - last <= 3 for _, last in taken)


def _in_year(clause: Clause, first: int, last: int) -> bool:
    """Whether "in 2016" says when the asked work is done, and not when an event of that name takes place."""
    text, words, decides = clause.text, clause.words, clause.context.force is Force.DECIDE
    event = words.events.search(text, max(0, first - 60), first)
    if event:
        return bool(words.convening.search(text, 0 if decides else max(0, first - 120), event.start()))
    if decides:
        return True
    start = max(0, first - 220, *(text.rfind(mark, 0, first) for mark in ";；؛"))
    # the verb of the asked work follows its date in Chinese, and where the date stands between commas
    aside = text[:first].rstrip()[-1:] in _COMMAS and text[last : last + 1] in _COMMAS
    end = last + _FOLLOWING if aside or not words.spaced else first
    working = (words.reporting, words.convening, words.dealing)
    return any(verbs.search(text, start, end) for verbs in working)


def _held(clause: Clause, first: int, last: int) -> bool:
    """Whether days are those of a meeting which is asked for: "to convene, from 4 to 6 May 2026, a forum"."""
    text, words, decides = clause.text, clause.words, clause.context.force is Force.DECIDE
    end = first if words.spaced else last + _FOLLOWING
    start = 0 if decides else max(0, first - _BEFORE)
    return bool(words.convening.search(text, start, end) or (decides and words.holding.search(text, start, end)))


def _days(clause: Clause, first: int, last: int, values: list[str]) -> tuple[str | None, list[str]]:
    """What one or two `values` are, of which no word says by when something is due.

    The days on which something is held, counted from the first, or a term: "from 1 July to 31 December 2025".
    """
    if _held(clause, first, last):
        return "on", values[:1]
    return ("to" if len(values) > 1 else None), values[-1:]


def _goal(clause: Clause, value: str, first: int) -> bool:
    """Whether "by 2030" is the year of a general goal that the work serves: "in order to end hunger by 2030"."""
    text, words, adopted = clause.text, clause.words, clause.context.adopted_on
    if adopted is not None and int(value) < adopted.year + 4:
        return False
    if words.dates.year_end.search(text, first, first + 40):
        return False
    return bool(words.goals.search(text, max(0, first - 160), first))
