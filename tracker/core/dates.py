"""Arithmetic with ISO dates: what a year, month or day covers, durations from a day on, and when a day begins."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo


def span(value: str) -> tuple[date, date]:
    """First and last day of an ISO year, month or day (`2016`, `2015-09`, `2015-09-30`).

    Raises ValueError when `value` is none of them.
    """
    if len(value) == 4:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    if len(value) == 7:
        year, month = int(value[:4]), int(value[5:])
        return date(year, month, 1), _last_of(year, month)
    day = date.fromisoformat(value)
    return day, day


def _last_of(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


_DURATION = r"P(\d{1,4})([YMWD])|PT(\d{1,5})(H)"


def add(day: date, duration: str) -> date:
    """`day` plus an ISO 8601 duration in one unit: P3Y, P6M, P2W, P30D, PT72H (hours make whole days).

    Months and years are those of the calendar: 31 August plus six months is the last day of February.
    Raises ValueError for other durations, OverflowError beyond the year 9999.
    """
    return _moved(day, duration, 1)


def subtract(day: date, duration: str) -> date:
    """`day` less an ISO 8601 duration, as `add` counts it: the day that lies so long before. Raises what `add` does."""
    return _moved(day, duration, -1)


_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour"}


def in_words(duration: str) -> str:
    """An ISO 8601 duration in one unit as people say it: P6W -> 6 weeks. Raises ValueError for other durations."""
    count, unit = _parts(duration)
    return f"{count} {_UNITS[unit]}{'' if count == 1 else 's'}"


def _parts(duration: str) -> tuple[int, str]:
    match = re.fullmatch(_DURATION, duration)
    if not match:
        raise ValueError(f"{duration!r} is no duration of one unit, such as P6M")
    return int(match[1] or match[3]), match[2] or match[4]


def _moved(day: date, duration: str, sign: int) -> date:
    count, unit = _parts(duration)
    if unit in "YM":
        return add_months(day, sign * count * (12 if unit == "Y" else 1))
    return day + timedelta(days=sign * {"W": count * 7, "D": count}.get(unit, -(-count // 24)))


def add_months(day: date, count: int) -> date:
    """The same day `count` calendar months later, or the last day of that month where it is shorter."""
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{count} months from {day.isoformat()}")
    return date(year, month + 1, min(day.day, _last_of(year, month + 1).day))


def start_of(day: date, zone: tzinfo | None) -> datetime:
    """The moment at which `day` begins in `zone` (None: that of the system), with its zone."""
    if day.year <= 1970:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)  # before anything; not every system knows more
    begins = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the zone comes next
    return begins.replace(tzinfo=zone) if zone else begins.astimezone()


def moment_of(recorded: str) -> datetime:
    """A time that was recorded (ISO text, in UTC where it names no zone), in UTC."""
    found = datetime.fromisoformat(recorded)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
