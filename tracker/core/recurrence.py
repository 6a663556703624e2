"""Work that comes back: the due dates of a series, from the first one on.

`Request.recurrence` is one of the words of `PERIODS`, `every N days|weeks|months|years`, `every session`, or
`regular`: recurring without a period, of which no date follows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.core.calendar import Calendar
from tracker.core.dates import add, add_months
from tracker.core.deadline import Relation, SessionDeadline

PERIODS = {
    "monthly": 1,
    "quarterly": 3,
    "semi-annual": 6,
    "annual": 12,
    "biennial": 24,
    "triennial": 36,
    "quadrennial": 48,
}
"""Months of the periods that have a name."""

SESSIONS_A_YEAR = {"HRC": 3, "GA": 1, "ECOSOC": 1, "UPR-WG": 3}
"""Regular sessions a year: HRC three (A/RES/60/251 para 10, as held since 2006), GA and ECOSOC one.

Of ECOSOC a session is numbered by its year, so that one session is one year there too.
"""

LONGEST = 2_000
"""A series has no more occurrences than this: forty years of weekly reports."""

_ANY = date(2001, 1, 1)
"""A day from which lengths of time are compared."""

_EVERY = re.compile(r"every (?:(\d{1,3}) )?(day|week|month|year|session)s?")
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"daily": 1, "weekly": 7, "fortnightly": 14}


def period(recurrence: str) -> tuple[int, str] | None:
    """`recurrence` as a number of months, days or sessions: (6, "month"), (60, "day"), (1, "session").

    None for `regular` and other words without a period.
    """
    if recurrence in PERIODS:
        return PERIODS[recurrence], "month"
    if recurrence in _DAYS:
        return _DAYS[recurrence], "day"
    match = _EVERY.fullmatch(recurrence)
    if not match:
        return None
    count, unit = int(match[1] or 1), match[2]
    if count == 0:
        return None
    if unit in _MONTHS:
        return count * _MONTHS[unit], "month"
    return (count * 7, "day") if unit == "week" else (count, unit)


def outlasts(duration: str, recurrence: str) -> bool:
    """Whether an ISO 8601 duration is longer than the period of a recurrence, so that it says how long that goes on.

    False for a recurrence without a period in days or months.
    """
    step = period(recurrence)
    if step is None or step[1] == "session":
        return False
    try:
        return add(_ANY, duration) > later(_ANY, step, 1)
    except OverflowError:
        return True


def later(day: date, step: tuple[int, str], count: int) -> date:
    """`count` periods of months or days after `day`."""
    return add_months(day, step[0] * count) if step[1] == "month" else day + timedelta(days=step[0] * count)


def occurrences(
    first: date, recurrence: str, *, until: date | None = None, horizon: date, skipped: int = 0
) -> tuple[date, ...]:
    """The due dates of a series: `first`, then one each period, none after `until` or `horizon` (both included).

    It begins so many periods after `first` as are `skipped`.

    Months are counted from `first`, so that a series from 31 January falls on the last day of February and on
    31 March again. A recurrence without a period in days or months gives `first` alone.
    """
    end = min(until, horizon) if until else horizon
    step = period(recurrence)
    found: list[date] = []
    if step is None or step[1] == "session":
        return (first,) if first <= end else ()
    for count in range(skipped, skipped + LONGEST):
        try:
            day = later(first, step, count)
        except OverflowError:
            break
        if day > end:
            break
        found.append(day)
    return tuple(found)


def session_occurrences(
    first: SessionDeadline,
    recurrence: str,
    *,
    calendar: Calendar,
    until: date | None = None,
    horizon: date,
) -> tuple[SessionDeadline, ...]:
    """The sessions of a series that starts at the session `first`.

    An annual one comes back at the session of the same season (HRC: three sessions later). The series ends before
    the first session that the calendar cannot date, or that opens after `until` or `horizon`.
    Bodies whose number of sessions a year is not known give `first` alone, unless it is every session.
    """
    step = period(recurrence)
    count = _sessions(step, first.body) if step else None
    end = min(until, horizon) if until else horizon
    found: list[SessionDeadline] = []
    number = first.session
    while True:
        row = calendar.find(first.body, number)
        if row is None or row.opens is None or row.opens > end or len(found) == LONGEST:
            return tuple(found)
        found.append(replace(first, session=number))
        if not count:
            return tuple(found)
        number += count


def comes_back_at_sessions(body: str, recurrence: str) -> bool:
    """Whether work that is due at a session of `body` comes back at sessions; else after days or months.

    Only of what comes back within a year the latter is told: a body whose sessions a year are not known has it once.
    """
    step = period(recurrence)
    if step is None or step[1] == "session" or _sessions(step, body):
        return True
    return later(_ANY, step, 1) >= add_months(_ANY, 12)


def first_of(last: SessionDeadline, recurrence: str, *, calendar: Calendar, after: date) -> SessionDeadline:
    """The first session after the day `after` of a series that ends with the session `last`, if only that one."""
    step = period(recurrence)
    count = _sessions(step, last.body) if step else None
    number = last.session
    while count and (row := calendar.find(last.body, number - count)) and row.opens and row.opens > after:
        number -= count
    return replace(last, relation=Relation.AT, session=number)


def _sessions(step: tuple[int, str], body: str) -> int | None:
    """How many sessions of `body` later the next one of a series falls."""
    count, unit = step
    if unit == "session":
        return count
    a_year = SESSIONS_A_YEAR.get(body)
    if unit != "month" or a_year is None or count * a_year % 12:
        return None
    return count * a_year // 12
