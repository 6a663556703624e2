"""Who acts, and when: read once in `cli` and passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One command by one person: `now` with its zone (recorded as UTC), `today` in the configured zone."""

    now: datetime
    today: date
    actor: str
    command: str
