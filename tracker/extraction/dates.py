"""Dates that a clause sets: `by 30 September 2015`, `in 2016`, `in the first quarter of 2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from tracker.core.codes import Force
from tracker.core.dates import span
from tracker.core.deadline import DateDeadline, Relation
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.sessions import MOST, done, told
from tracker.extraction.written_dates import written

_WINDOW = 60
_BESIDE = 110  # letters before a date that may say what else it is the date of
_AHEAD = 40
"""Years ahead up to which a date is one to work towards."""

RELATIONS = {
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
_LETTERS = re.compile(r"[^\W\d_]+")
_CLAUSE = 40  # characters between how often work comes back and from when on
_CLOSE = 3  # characters between the two dates of a period
STRONG = frozenset({"by", "before", "until", "to"})
"""Relations of which each says that something is due."""
_LOOSE = frozenset({None, "in"})
"""Relations of a day that only say when something is held."""
_MONTH = len("2015-09")
_DAY = len("2015-09-30")


def dates(
    clause: Clause, taken: list[tuple[int, int]], again: tuple[int, int] | None = None
) -> Iterator[Mention | Doubt]:
    """The deadlines at calendar dates in `clause`; years inside the spans of `taken` belong to sessions.

    `again` is where the words stand that say how often the work comes back: a date beside them may be the first one.
    Doubts where a date is asked for, but not which: `in early 2016`.
    """
    text, vocabulary = clause.text, clause.words.dates
    last_end, last_kind, passed = -1, None, -1
    for year in islice(vocabulary.years.finditer(text), 2 * MOST):
        start, end, value, openings = written(text, year, clause.words)
        if vocabulary.title_after.match(text, end) or any(first <= year.start() < last for first, last in taken):
            continue
        relation = vocabulary.before.search(text, max(0, start - _WINDOW), start)
        after = vocabulary.after.match(text, end)
        kind = _kind(relation, after)
        first = relation.start() if relation else start
        kind, first = ("until", passed) if _ends_range(clause, kind, passed, start, again) else (kind, first)
        if value is None:
            yield from _impossible(clause, kind, first, end)
            continue
        yield from _rough(clause, kind, first, end, value)
        if kind == "till":
            kind = "until" if _renews(clause, first) else "by"
        ranged, passed = kind == "to" and 0 <= first - passed <= _CLOSE, end
        values = [*openings, value]  # "by 30 June and 31 December 2026"
        if kind not in STRONG and len(value) == _DAY and (openings or kind in _LOOSE):
            kind, values = _days(clause, first, end, values, on=kind == "on")
            ranged = ranged or kind == "to"
        if ranged and again:
            kind = "until"
        elif ranged and not clause.words.renewing.search(text, 0, first):
            last_kind = None  # "for the period from 1 July 2025 to 30 June 2026" says what money is for
            continue
        if last_kind and (kind is None or start - last_end < 8) and _goes_on(clause, last_kind, last_end, start, value):
            kind, first = last_kind, start
        refused = clause.is_quoted(first) or _apposed(first, taken)
        begun = kind == "since" and again is not None and _begins(clause, values[0], first, end, again)
        if kind is None or refused or not (begun or _wanted(clause, kind, values[0], first, end)):
            last_kind = None
            continue
        last = max(end, after.end() if after else 0)
        last_end, last_kind = end, kind
        yield from _early(clause, start, last)
        yield from (_mention(clause, kind, value, first, last) for value in values)


def _ends_range(clause: Clause, kind: str | None, passed: int, start: int, again: tuple[int, int] | None) -> bool:
    """Whether a date at `start` ends the time that the one which ends at `passed` begins: "annually, 2016 to 2019"."""
    return (
        again is not None
        and kind is None
        and passed >= 0
        and clause.text[passed:start].strip() in clause.words.sessions.ranges
    )


def _impossible(clause: Clause, kind: str | None, first: int, end: int) -> Iterator[Doubt]:
    """A doubt where something is due on a day that there is not: `by 31 February`."""
    if kind in STRONG and not clause.is_quoted(first):
        yield Doubt("deadline-unclear", clause.spoken(first, end))


def _goes_on(clause: Clause, kind: str, last: int, start: int, value: str) -> bool:
    """Whether a date at `start` has the relation `kind` of the one that ends at `last`: "1 May 2026, 1 May 2027"."""
    text = clause.text
    joined = clause.words.dates.also.search(text, last, start)
    listed = len(value) == _DAY and kind in STRONG and text[last:start].strip() in _COMMAS
    return listed or (joined is not None and not text[last : joined.start()].strip())


def _mention(clause: Clause, kind: str, value: str, first: int, last: int) -> Mention:
    """A deadline at a date; what is due in a month is due after what is due on a day of it."""
    begins = span(value)[0]
    order = (begins.year, begins.month, *{_DAY: (begins.day,), _MONTH: (31,)}.get(len(value), ()))
    name = {4: "year", 7: "month"}.get(len(value), "date")
    return Mention(
        DateDeadline(RELATIONS[kind], value, clause.spoken(first, last)), first, last, f"{kind}-{name}", order
    )


def _early(clause: Clause, start: int, end: int) -> Iterator[Doubt]:
    """A doubt where something is due before the last day of a month: `in mid-June 2016`."""
    if clause.words.dates.early.match(clause.text, start):
        yield Doubt("deadline-unclear", clause.spoken(start, end))


def _rough(clause: Clause, kind: str | None, start: int, end: int, value: str) -> Iterator[Doubt]:
    """A doubt where a date that starts at `start` is asked for, but roughly: `in early 2016`, `early in 2016`."""
    rough = clause.words.dates.rough.search(clause.text, max(0, start - _WINDOW), start) if kind in _LOOSE else None
    if rough is None:
        return
    relation = clause.words.dates.before.search(clause.text, max(0, rough.start() - _WINDOW), rough.start())
    first = (relation or rough).start()
    asked = _kind(relation, None) or "in"
    value = value if asked == "on" else value[:_MONTH]
    if not clause.is_quoted(first) and _wanted(clause, asked, value, first, end):
        yield Doubt("deadline-unclear", clause.spoken(first, end))


def _kind(relation: re.Match[str] | None, after: re.Match[str] | None) -> str | None:
    found = relation.lastgroup if relation else None
    if after and after.lastgroup:
        return after.lastgroup
    return found


def _wanted(clause: Clause, kind: str, value: str, first: int, end: int) -> bool:
    """Whether a date is one by which something is asked, not a past fact, a goal or the name of something."""
    begins, ends = span(value)
    adopted = clause.context.adopted_on
    if adopted and (ends < adopted or begins.year > adopted.year + _AHEAD):
        return False
    if kind == "since" or told(clause, first) or clause.words.vague.search(clause.text, max(0, first - 60), first):
        return False
    if kind not in STRONG and clause.words.soon.search(clause.text, max(0, first - 60), first):
        return False  # "as soon as possible in 2026", but not "as soon as possible before 30 June 2026"
    ends_term = kind == "until" and _renews(clause, first)  # "extends the mandate established in 2019 until 30 June"
    if done(clause, first) and not ends_term and not (adopted and begins > adopted):
        return False
    if kind in STRONG:
        return not (len(value) == 4 and _goal(clause, value, first))
    if _beside(clause, first):
        return False
    if kind == "on":
        return adopted is not None and begins > adopted and len(value) == _DAY
    return len(value) < _DAY and _in_year(clause, first, end)


def _begins(clause: Clause, value: str, first: int, last: int, again: tuple[int, int]) -> bool:
    """Whether a date says from when on work comes back: "every six months, starting on 1 January 2026"."""
    adopted = clause.context.adopted_on
    beside = min(abs(first - again[1]), abs(again[0] - last)) <= _CLAUSE
    return beside and adopted is not None and span(value)[1] > adopted


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


def _days(clause: Clause, first: int, last: int, values: list[str], *, on: bool) -> tuple[str | None, list[str]]:
    """What one or two `values` are, of which no word says by when something is due.

    The days on which something is held, counted from the first, two days of reports ("to report on 1 May and 1 June
    2026"), or a term: "from 1 July to 31 December 2025".
    """
    text, words = clause.text, clause.words
    if _held(clause, first, last):
        return "on", values[:1]
    apart = on and len({value[:_MONTH] for value in values}) > 1  # a meeting is held on days that follow each other
    if apart and not words.sessions.lists.isdisjoint(_LETTERS.findall(text, first, last)):
        return ("on", values) if words.reporting.search(text, 0, first) else (None, values)
    return ("to" if len(values) > 1 else None), values[-1:]


def _goal(clause: Clause, value: str, first: int) -> bool:
    """Whether "by 2030" is the year of a general goal that the work serves: "in order to end hunger by 2030"."""
    text, words, adopted = clause.text, clause.words, clause.context.adopted_on
    if adopted is not None and int(value) < adopted.year + 4:
        return False
    if words.dates.year_end.search(text, first, first + 40):
        return False
    return bool(words.goals.search(text, max(0, first - 160), first))
