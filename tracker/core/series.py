"""A request that comes back, as the dates on which its occurrences are due.

Sources: labelled formulas of recurrence ("every six months", "annually, starting at its fiftieth session"): months
and days run from the first date that the text names, else from the adoption; a yearly or rarer duty is anchored to
the session of its first time, and has no date where the text names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.core.calendar import Calendar
from tracker.core.dates import add_months, span
from tracker.core.deadline import (
    NEXT_SESSION,
    DateDeadline,
    Deadline,
    OffsetDeadline,
    Relation,
    RelativeDeadline,
    SessionDeadline,
)
from tracker.core.due import Due, resolve
from tracker.core.lead_times import ISSUE_WEEKS, SUBMIT_WEEKS
from tracker.core.recurrence import (
    comes_back_at_sessions,
    first_of,
    later,
    occurrences,
    outlasts,
    period,
    session_occurrences,
)

_YEAR = len("2026")
_SINCE = (Relation.FROM, Relation.IN, Relation.ON)
"""Relations of a date before which no time of a series of sessions falls."""

_RANGE = 3
"""So many sessions in one expression are a range, from its first to its last one."""

_ANY = date(2001, 1, 1)
"""A day from which lengths of time are compared."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a series is due; `session` where it hangs on one."""

    due: Due
    session: SessionDeadline | None = None

    @property
    def on(self) -> date:
        """The due date."""
        return self.due.due_on


@dataclass(frozen=True, slots=True)
class Series:
    """What the dates of a series follow from.

    `deadlines` are those of the request in their order, `until` the day on which the series was ended by hand.
    `document` tells whether a document is asked for; the weeks are those before a session, as in `resolve`.
    """

    recurrence: str
    deadlines: tuple[Deadline, ...]
    adopted_on: date | None
    document: bool
    until: date | None = None
    submit_weeks: int = SUBMIT_WEEKS
    issue_weeks: int = ISSUE_WEEKS

    def occurrences(self, calendar: Calendar, horizon: date) -> tuple[Occurrence, ...]:
        """All occurrences that are due up to `horizon`, in their order; empty where no date is known."""
        step = period(self.recurrence)
        if step is None:
            return ()
        ends = [day for day in (self.until, self._term(calendar, step)) if day is not None]
        until = min(ends) if ends else None
        named = [one for one in self.deadlines if not self._is_term(one, step)]
        found = {one.on: one for one in self._dated(named, calendar, until, horizon)}
        last = min(until, horizon) if until else horizon
        return tuple(found[day] for day in sorted(found) if day <= last)

    def _resolve(self, deadline: Deadline, calendar: Calendar) -> Due | None:
        return resolve(
            deadline, adopted_on=self.adopted_on, calendar=calendar, document=self.document,
            submit_weeks=self.submit_weeks, issue_weeks=self.issue_weeks,
        )  # fmt: skip

    def _is_term(self, deadline: Deadline, step: tuple[int, str]) -> bool:
        """Whether a deadline says how long the duty lasts: `until ...`, or a span longer than the period."""
        if getattr(deadline, "relation", None) is Relation.UNTIL:
            return True
        if isinstance(deadline, DateDeadline) and step[1] == "session":
            return deadline.relation not in {Relation.FROM, Relation.AFTER}
        if isinstance(deadline, DateDeadline) and deadline.relation is Relation.BY and len(deadline.value) == _YEAR:
            # "monthly, to the end of 2026": what comes back within a year does not begin at the end of one.
            return later(_ANY, step, 1) < add_months(_ANY, 12)
        return isinstance(deadline, OffsetDeadline) and outlasts(deadline.value, self.recurrence)

    def _term(self, calendar: Calendar, step: tuple[int, str]) -> date | None:
        """The last day of the duty by the text."""
        ends = [self._resolve(one, calendar) for one in self.deadlines if self._is_term(one, step)]
        days = [due.due_on for due in ends if due is not None]
        return min(days) if days else None

    def _dated(
        self, named: Sequence[Deadline], calendar: Calendar, until: date | None, horizon: date
    ) -> Iterator[Occurrence]:
        sessions = [one for deadline in named if (one := self._session(deadline, calendar)) is not None]
        starts = [] if sessions else self._starts(named, calendar)
        if not starts:
            # A report to the Council and to the Assembly is a series of sessions of each.
            firsts = {one.body: one for one in reversed(sessions)} or self._of_terms(calendar)
            for first in firsts.values():
                if comes_back_at_sessions(first.body, self.recurrence):
                    yield from self._at_sessions(first, calendar, until, horizon)
                elif due := self._resolve(first, calendar):
                    # "at its thirtieth session and every six months thereafter"
                    starts.append((due.due_on, 0))
        for start, skipped in starts:
            why = f"{self.recurrence}, counted from {start.isoformat()}"
            for day in occurrences(start, self.recurrence, until=until, horizon=horizon, skipped=skipped):
                yield Occurrence(Due(day, "series", True, why))

    def _at_sessions(
        self, first: SessionDeadline, calendar: Calendar, until: date | None, horizon: date
    ) -> Iterator[Occurrence]:
        """The times at sessions from `first` on, but for those before the day on which the duty begins."""
        begins = [
            span(one.value)[0] for one in self.deadlines if isinstance(one, DateDeadline) and one.relation in _SINCE
        ]
        last = self._last_of_range(first)
        for one in session_occurrences(first, self.recurrence, calendar=calendar, until=until, horizon=horizon):
            if last and one.session > last:
                return
            row, due = calendar.find(one.body, one.session), self._resolve(one, calendar)
            if due is not None and row and row.opens and all(row.opens >= day for day in begins):
                yield Occurrence(due, one)

    def _last_of_range(self, first: SessionDeadline) -> int | None:
        """The last session of `annually, from its 31st to its 36th session`, whose sessions are one expression."""
        of_it = [
            one.session
            for one in self.deadlines
            if isinstance(one, SessionDeadline) and (one.body, one.text) == (first.body, first.text)
        ]
        return max(of_it) if len(of_it) >= _RANGE else None

    def _session(self, deadline: Deadline, calendar: Calendar) -> SessionDeadline | None:
        """The session from which a deadline lets the series run, if it does."""
        if isinstance(deadline, SessionDeadline):
            return replace(deadline, relation=Relation.AT) if deadline.relation is Relation.FROM else deadline
        if not isinstance(deadline, RelativeDeadline) or deadline.value not in NEXT_SESSION or deadline.body is None:
            return None
        row = calendar.next_after(deadline.body, self.adopted_on) if self.adopted_on else None
        if row is None or row.number is None:
            return None
        return SessionDeadline(Relation.AT, deadline.body, row.number, deadline.text)

    def _of_terms(self, calendar: Calendar) -> dict[str, SessionDeadline]:
        """By body the first session of a series of which only the last one is named: `annually until its 36th session`.

        The last one tells the season of those before it.
        """
        found = {}
        for end in self.deadlines:
            if isinstance(end, SessionDeadline) and end.relation is Relation.UNTIL and self.adopted_on:
                found[end.body] = first_of(end, self.recurrence, calendar=calendar, after=self.adopted_on)
        return found

    def _starts(self, named: Iterable[Deadline], calendar: Calendar) -> list[tuple[date, int]]:
        """The days from which a series of days or months counts, and how many periods pass before its first time.

        The first day that the text names, and others of the same year where it names none (`by 30 June and 31 December
        each year`); else the adoption, of what comes back within a year.
        """
        step = period(self.recurrence)
        found: list[date] = []
        for deadline in named:
            due = self._resolve(deadline, calendar)
            day = due.due_on if due else None
            if isinstance(deadline, DateDeadline) and deadline.relation is Relation.FROM:
                day = _first_within(deadline.value, step)
            if day and (not found or (step and _is_yearless(deadline) and found[0] < day < later(found[0], step, 1))):
                found.append(day)
        if found or self.adopted_on is None or step is None or step[1] == "session":
            return [(day, 0) for day in found]
        if later(_ANY, step, 1) < add_months(_ANY, 12):
            return [(self.adopted_on, 1)]
        return [(day, 0) for day in self._back_from_term(step)]

    def _back_from_term(self, step: tuple[int, str]) -> Iterator[date]:
        """The first day of a yearly or rarer duty of which only the end is named: `annually until 2018`.

        Its last time is on the last day; the first one falls half a period after the adoption, or later.
        """
        for one in self.deadlines:
            if isinstance(one, DateDeadline) and one.relation is Relation.UNTIL and self.adopted_on:
                last, count = span(one.value)[1], 0
                while later(last, step, count - 1) >= add_months(self.adopted_on, step[0] // 2):
                    count -= 1
                yield later(last, step, count)
                return


def _first_within(value: str, step: tuple[int, str] | None) -> date:
    """The first due date of work that starts in a year, month or day: the end of its first period, or of that time."""
    first, last = span(value)
    if step is None or step[1] == "session":
        return last
    return min(last, later(first, step, 1) - timedelta(days=1)) if first != last else last


def _is_yearless(deadline: Deadline) -> bool:
    """Whether a deadline is a day of which the text leaves the year open."""
    return isinstance(deadline, DateDeadline) and re.search(r"\d{4}", deadline.text) is None
