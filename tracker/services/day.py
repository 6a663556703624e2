"""The day for which things are told."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import NamedTuple

from tracker.core.dates import add_months, moment_of, start_of
from tracker.core.lead_times import ISSUE_WEEKS, SUBMIT_WEEKS
from tracker.core.selection import Moment
from tracker.core.status import DUE_SOON_DAYS

HORIZON_MONTHS = 24
"""How far ahead the occurrences of a series are shown."""


class Day(NamedTuple):
    """The day for which things are told: `as_of` is None for today, as known now; and the settings that hold.

    `zone` is the one in which days begin and end; None is that of the system.
    """

    today: date
    as_of: date | None = None
    due_soon_days: int = DUE_SOON_DAYS
    series_months: int = HORIZON_MONTHS
    submit_weeks: int = SUBMIT_WEEKS
    issue_weeks: int = ISSUE_WEEKS
    zone: tzinfo | None = None

    @property
    def shown(self) -> date:
        """The day itself."""
        return self.as_of or self.today

    @property
    def rebuilt(self) -> date | None:
        """The day to rebuild from the events: only one before today differs from what holds now."""
        return self.as_of if self.as_of is not None and self.as_of < self.today else None

    @property
    def moment(self) -> Moment:
        """The day, and the last day that is soon on it, for conditions on timeliness."""
        soon = min(self.shown.toordinal() + self.due_soon_days, date.max.toordinal())
        return Moment(self.shown, date.fromordinal(soon))

    @property
    def horizon(self) -> date:
        """The last day up to which the occurrences of series are shown."""
        try:
            return add_months(self.shown, self.series_months)
        except OverflowError:
            return date.max

    def end_of(self, day: date) -> datetime:
        """The moment at which `day` is over."""
        return start_of(date.fromordinal(min(day.toordinal() + 1, date.max.toordinal())), self.zone)

    def recorded_on(self, recorded: str) -> date:
        """The day on which something was recorded (ISO text in UTC)."""
        return moment_of(recorded).astimezone(self.zone).date()
