"""Who acts, and when: read once in `cli` and passed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple


class Act(NamedTuple):
    """One command by one person: `now` with its zone (recorded as UTC), `today` in the configured zone."""

    now: datetime
    today: date
    actor: str
    command: str
