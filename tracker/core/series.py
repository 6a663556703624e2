"""A request that comes back, as the dates on which its occurrences are due.

Sources: labelled formulas of recurrence ("every six months", "annually, starting at its fiftieth session"): months
and days run from the first date that the text names, else from the adoption; a yearly or rarer duty is anchored to
the session of its first time, and has no date where the text names none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.calendar import Calendar
from tracker.core.dates import add, add_months, span
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
from tracker.core.recurrence import occurrences, period, session_occurrences

_YEAR = len("2026")
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
        if isinstance(deadline, DateDeadline) and deadline.relation is Relation.BY and len(deadline.value) == _YEAR:
            # "monthly, to the end of 2026": what comes back within a year does not begin at the end of one.
            return step[1] != "session" and _later(_ANY, step, 1) < add_months(_ANY, 12)
        if not isinstance(deadline, OffsetDeadline) or step[1] == "session":
            return False
        try:
            return add(_ANY, deadline.value) > _later(_ANY, step, 1)
        except OverflowError:
            return True

    def _term(self, calendar: Calendar, step: tuple[int, str]) -> date | None:
        """The last day of the duty by the text."""
        ends = [self._resolve(one, calendar) for one in self.deadlines if self._is_term(one, step)]
        days = [due.due_on for due in ends if due is not None]
        return min(days) if days else None

    def _dated(
        self, named: Sequence[Deadline], calendar: Calendar, until: date | None, horizon: date
    ) -> Iterator[Occurrence]:
        sessions = [one for deadline in named if (one := self._session(deadline, calendar)) is not None]
        if sessions:
            # A report to the Council and to the Assembly is a series of sessions of each.
            for first in {one.body: one for one in reversed(sessions)}.values():
                for one in session_occurrences(first, self.recurrence, calendar=calendar, until=until, horizon=horizon):
                    due = self._resolve(one, calendar)
                    if due is not None:
                        yield Occurrence(due, one)
            return
        start = self._start(named, calendar)
        if start is not None:
            why = f"{self.recurrence}, counted from {start.isoformat()}"
            for day in occurrences(start, self.recurrence, until=until, horizon=horizon):
                yield Occurrence(Due(day, "series", True, why))

    def _session(self, deadline: Deadline, calendar: Calendar) -> SessionDeadline | None:
        """The session from which a deadline lets the series run, if it does."""
        if isinstance(deadline, SessionDeadline):
            return deadline
        if not isinstance(deadline, RelativeDeadline) or deadline.value not in NEXT_SESSION or deadline.body is None:
            return None
        row = calendar.next_after(deadline.body, self.adopted_on) if self.adopted_on else None
        if row is None or row.number is None:
            return None
        return SessionDeadline(Relation.AT, deadline.body, row.number, deadline.text)

    def _start(self, named: Iterable[Deadline], calendar: Calendar) -> date | None:
        """The first due date of a series of days or months."""
        for deadline in named:
            if isinstance(deadline, DateDeadline) and deadline.relation is Relation.FROM:
                return span(deadline.value)[1]
            due = self._resolve(deadline, calendar)
            if due is not None:
                return due.due_on
        step = period(self.recurrence)
        if self.adopted_on is None or step is None or step[1] == "session":
            return None
        return _later(self.adopted_on, step, 1) if _later(_ANY, step, 1) < add_months(_ANY, 12) else None


def _later(day: date, step: tuple[int, str], count: int) -> date:
    """`count` periods of months or days after `day`."""
    return add_months(day, step[0] * count) if step[1] == "month" else day + timedelta(days=step[0] * count)
