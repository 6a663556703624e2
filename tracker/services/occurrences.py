"""Series as they are read: their occurrences, those that somebody touched and those that follow from the rule.

Reading never writes: an occurrence is computed until somebody touches it, and only then stored, under its series and
the day on which it was due.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.core.dates import add_months
from tracker.core.status import CLOSED, OPEN, Status
from tracker.services.day import Day
from tracker.storage import details, queries
from tracker.storage.reader import Reader, Row

FAR_MONTHS = 120
"""How far ahead the next open occurrence of a series is looked for."""


def is_series(row: Row) -> bool:
    """Whether an item comes back; not every series has dates (`regularly`, or yearly from no named year on)."""
    return row["series_id"] is None and row["recurrence"] is not None


def far(day: date) -> date:
    """The last day up to which the next open occurrence is looked for."""
    return add_months(day, FAR_MONTHS) if day.year < date.max.year - FAR_MONTHS // 12 else date.max


def occurrences_of(reader: Reader, rows: Iterable[Row], day: Day) -> dict[int, list[Row]]:
    """The occurrences of the series among `rows` by the number of the series, each list by due date."""
    series = {row["id"]: row for row in rows if is_series(row)}
    if not series:
        return {}
    # Sessions and the rules of series are loaded where something comes back: most lists are done before that.
    from tracker.services.calendar import calendar_for
    from tracker.services.recurring import merged

    calendar = calendar_for(reader)
    deadlines = details.deadlines_of(reader, series)
    stored = details.by_item(reader, queries.occurrences_sql(reader, day.rebuilt), series, queries.bound(day.rebuilt))
    return {
        number: [
            {**one, "gone_since": row.get("gone_since")}
            for one in merged(row, deadlines.get(number, []), stored.get(number, []), calendar, far(day.shown))
        ]
        for number, row in series.items()
    }


def no_more(reader: Reader, rows: Iterable[Row], day: Day) -> dict[int, list[Row]]:
    """The occurrences that would follow if nobody had ended their series, as closed as it is."""
    ended = {row["id"]: row for row in rows if row["until"] is not None}
    unending = [{**row, "until": None} for row in ended.values()]
    # While earlier occurrences are open, the series still counts as under way.
    status = {n: row["status"] if row["status"] in CLOSED else Status.OVERTAKEN.value for n, row in ended.items()}
    return {
        number: [
            {**one, "status": status[number], "status_on": ended[number]["status_on"]}
            for one in found
            if one["id"] is None and one["due_on"] > ended[number]["until"]
        ]
        for number, found in occurrences_of(reader, unending, day).items()
    }


def within(occurrences: Iterable[Row], day: Day) -> list[Row]:
    """The occurrences that are shown: those up to the horizon, and those that somebody touched."""
    last = day.horizon.isoformat()
    return [one for one in occurrences if one["id"] is not None or one["due_on"] <= last]


def summed_up(row: Row, occurrences: Sequence[Row]) -> Row:
    """A series in one row: due when its next open occurrence is, under way once an occurrence was reported."""
    if not occurrences and row["until"] is None:
        return row
    following = next((one for one in occurrences if one["status"] in OPEN), None)
    due = following or dict.fromkeys(_DUE)
    return {**row, **{name: due[name] for name in _DUE}, "status": status_of(row["status"], occurrences)}


_DUE = (
    "due_on", "first_due_on", "text_due_on", "due_kind", "due_relation", "due_body", "due_session", "due_value",
    "submit_by", "issue_by", "due_basis", "due_why", "due_verified",
)  # fmt: skip
"""What a series takes over from its next open occurrence."""


def status_of(own: str, occurrences: Iterable[Row]) -> str:
    """The status of a series: its own, unless its occurrences say that something was done or is still open."""
    statuses = {one["status"] for one in occurrences}
    reported = any(status != Status.PENDING for status in statuses)
    if (own == Status.PENDING and reported) or (own in CLOSED and statuses & set(OPEN)):
        return Status.IN_PROGRESS.value
    return own
