"""Days to put into a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Appointment:
    """A whole day on which something is due.

    `uid` stays the same for ever, `changed_at` and `version` grow with every change, so that a calendar replaces
    what it has; a `cancelled` one is shown as such, one that is not `sure` as tentative: the dates of its session are
    computed or not confirmed. `alarm_days` before the day the calendar reminds.
    """

    uid: str
    day: date
    title: str
    text: str
    link: str | None
    changed_at: datetime
    version: int
    alarm_days: int
    cancelled: bool = False
    sure: bool = True
