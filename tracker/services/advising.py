"""What to do first: each item once, under the most pressing of its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.core.selection import Selection
from tracker.core.status import OPEN
from tracker.services.day import Day
from tracker.services.viewing import as_item, expanded, open_rows, told
from tracker.storage import queries
from tracker.storage.reader import Reader
from tracker.storage.silence import last_told, silent_items

REASONS = ("overdue", "due_soon", "to_submit", "to_check", "silent")
"""In the order in which they press."""

_LONGEST_SESSION = 370
"""Days from the opening of a session to its end, and then some."""


@dataclass(frozen=True, slots=True)
class Step:
    """An item that needs somebody: the reason, and the same in words."""

    reason: str
    why: str
    item: dict[str, Any]


def what_next(reader: Reader, selection: Selection, day: Day, silent_days: int, limit: int | None = None) -> list[Step]:
    """Overdue, due soon, documents to submit, to check, without information for `silent_days`; `limit` in all."""
    seen: set[str] = set()
    steps: list[Step] = []
    for source in (
        _due(reader, selection, day, limit),
        _to_submit(reader, selection, day),
        # An item that stands there for another reason already takes no place of the limit.
        _to_check(reader, selection, day, limit and 2 * limit),
        _silent(reader, selection, day, silent_days, limit and 2 * limit),
    ):
        for step in source:
            if step.item["ref"] not in seen:
                seen.add(step.item["ref"])
                steps.append(step)
            if len(steps) == limit:
                # The next source is not even asked: it looks at all open items.
                return steps
    return steps


def _due(reader: Reader, selection: Selection, day: Day, limit: int | None) -> Iterator[Step]:
    """What is overdue, and what is due soon: both in the order of their dates."""
    for row in open_rows(reader, selection, day, day.moment.soon + timedelta(days=1), limit=limit):
        item = as_item(row, day)
        if item["days_overdue"]:
            yield Step("overdue", f"{_count(item['days_overdue'])} overdue", item)
        else:
            yield Step("due_soon", f"due {_when(date.fromisoformat(item['due_on']), day.shown)}", item)


def _to_submit(reader: Reader, selection: Selection, day: Day) -> Iterator[Step]:
    """Documents that have to be handed in soon, or should have been, for a session that is still ahead."""
    last = day.moment.soon
    ahead = last + timedelta(days=7 * day.submit_weeks + _LONGEST_SESSION) if last.year < date.max.year - 800 else last
    # Open items by date, those of the last day too: that is how the index of open items is asked.
    rows = queries.find_items(reader, selection._replace(overdue_on=ahead), order="due")
    found = []
    for row in expanded(reader, rows, day):
        item = as_item(row, day)
        if item["status"] in OPEN and item["submit_by"] and item["submit_by"] <= last.isoformat():
            when = _when(date.fromisoformat(item["submit_by"]), day.shown)
            found.append(Step("to_submit", f"submit by {item['submit_by']}, {when}", item))
    yield from sorted(found, key=lambda step: (step.item["submit_by"], step.item["ref"]))


def _to_check(reader: Reader, selection: Selection, day: Day, limit: int | None) -> Iterator[Step]:
    rows = queries.find_items(reader, selection._replace(to_check=True), limit=limit)
    for row in told(reader, rows, day):
        doubts = ", ".join((row["doubts"] or "").split()) or "the text changed"
        yield Step("to_check", f"to check: {doubts}", as_item(row, day))


def _silent(reader: Reader, selection: Selection, day: Day, days: int, limit: int | None) -> Iterator[Step]:
    if days >= day.shown.toordinal():
        return
    rows = silent_items(reader, selection, day.shown - timedelta(days=days), limit)
    last = last_told(reader, [row["id"] for row in rows])
    for row in told(reader, rows, day):
        since = last.get(row["id"])
        why = f"no information since {since}" if since else "no information yet"
        yield Step("silent", why, as_item(row, day))


def _when(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {_count(days)}" if days > 0 else f"{_count(-days)} ago"


def _count(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"
