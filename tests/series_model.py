"""What the command line should do with a request that comes back, said plainly; from docs/tracking.md.

One series, every six months from its adoption on. Its times are items of their own once somebody touched them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.model import CLOSED, DONE, MISSING, OPEN, REF, REFUSED, WORK, Event, Item, Model, Operation, iso

SERIES = "1"
NOTHING = "-"
"""What a time says of a thing of which it shall have none, whatever its series has."""


@dataclass
class SeriesModel(Model):
    """The series is the item `1`, a time that somebody touched `1@2026-04-04`; other times follow from the rule."""

    touched: set[date] = field(default_factory=set)

    @property
    def series(self) -> Item:
        """The series itself."""
        return self.items[SERIES]

    def is_there(self) -> bool:
        """Whether its import is in effect."""
        return self.series.withdrawn is None

    def times(self, years: int) -> list[date]:
        """The times up to some years ahead, the ones that somebody touched whatever their day, by due date."""
        last = min(self.today.replace(year=self.today.year + years), date.fromisoformat(self.until()))
        by_rule = {date(year, month, 4) for year in range(2025, last.year + 1) for month in (4, 10)}
        listed = {day for day in by_rule if date(2025, 4, 4) < day <= last} | self.touched
        return sorted(listed, key=lambda day: (self.due_on(day), day))

    def until(self) -> str:
        """The last day of the series."""
        return self.series.held("until") or "9999-12-31"

    def time(self, day: date) -> Item | None:
        """A time that somebody touched."""
        return self.items.get(f"{SERIES}@{day}")

    def of(self, day: date, name: str) -> str | None:
        """What a time has, from its series where it has nothing of its own."""
        item = self.time(day)
        if name in WORK:
            return self._held(item or self.series, name)
        return item.held(name) if item else None

    def status(self, day: date) -> str:
        """What was reported of a time."""
        return self.of(day, "status") or "pending"

    def due_on(self, day: date) -> date:
        """When a time is due."""
        return date.fromisoformat(self.of(day, "due_on") or day.isoformat())

    def next_due(self) -> date | None:
        """When the next open time is due."""
        return min((self.due_on(day) for day in self.times(10) if self.status(day) in OPEN), default=None)

    def whole_status(self) -> str:
        """A series is under way once a time was reported, and as long as one is open after its end."""
        own, statuses = self.series.held("status") or "pending", {self.status(day) for day in self.times(10)}
        if (own == "pending" and statuses - {"pending"}) or (own in CLOSED and statuses & set(OPEN)):
            return "in_progress"
        return own

    def shown_status(self) -> str | None:
        """What was said of the series itself, else what its times make of it."""
        return self.series.held("status") if self.series.events("status") else self.whole_status()

    def touch(self, day: date) -> Item:
        """The time as an item of its own; nothing is said of it by that."""
        item = self.time(day)
        if item is None:
            due = {"due_on": iso(day), "first_due_on": iso(day), "status": "pending", "force": "request"}
            item = self.items[f"{SERIES}@{day}"] = Item(f"{SERIES}@{day}", due, None)
            self.touched.add(day)
        return item

    def update_time(self, day: date, change: dict[str, str], actor: str) -> int:
        """A report about one time."""
        if not self.is_there() or day not in self.times(10):
            return MISSING
        item = self.time(day) or Item("", {"status": "pending", "due_on": iso(day), "first_due_on": iso(day)}, None)
        if self._refuses(item, change, self.today):
            return REFUSED
        operation = self.begin(actor)
        self._change(operation, self.touch(day), change)
        return self.finish(operation)

    def _change(self, operation: Operation, item: Item, change: dict[str, str]) -> None:
        """What several fields are set to; a time says so when it shall have nothing."""
        tags = self._tags(item)
        wanted = [tag for tag in dict.fromkeys([*tags, *change.get("tag", "")]) if tag != change.get("untag")]
        if wanted != tags:
            change = {**change, "tags": " ".join(wanted)}
        for name in ("status", "assignee", "priority", "tags"):
            if name in change and (change[name] or self._held(item, name)):
                nothing = NOTHING if item is not self.series and name in WORK else None
                old = self.shown_status() if item is self.series and name == "status" else item.held(name)
                if old != (change[name] or nothing):
                    event = Event(REF + item.place, name, old, change[name] or nothing, self.today)
                    self._add(operation, item, event)
        self._update(operation, item, {name: change[name] for name in ("note", "extend") if name in change}, self.today)

    def _held(self, item: Item, name: str) -> str | None:
        own = item.held(name)
        held = self.series.held(name) if own is None else own
        return None if held == NOTHING else held

    def _tags(self, item: Item) -> list[str]:
        return (self._held(item, "tags") or "").split()

    def update_series(self, start: date | None, change: dict[str, str], actor: str) -> int:
        """A change of all times from `start` on, or from the next open one on."""
        if not self.is_there() or (start is not None and start not in self.times(10)):
            return MISSING
        if "extend" in change or change.get("status") in {"implemented", "partially_implemented"}:
            return REFUSED
        shown = Item("", {"status": self.shown_status()}, None)
        if self._refuses(shown, change, self.today):
            return REFUSED
        operation, since = self.begin(actor), start or self.next_due() or self.today
        if start is not None:
            self._keep_earlier(operation, start, change)
        if change.get("status") in CLOSED:
            self.say(operation, self.series, "until", iso(since - timedelta(days=1)), self.today)
        self._change(operation, self.series, change)
        for day in sorted(self.touched):
            item = self.items[f"{SERIES}@{day}"]
            if self.status(day) in OPEN and self.due_on(day) >= since:
                self._change(operation, item, self._following(item, change))
        return self.finish(operation)

    def _following(self, item: Item, change: dict[str, str]) -> dict[str, str]:
        """What a later time changes with its series: its end, and of the rest what it had of its own."""
        own = {name for name in WORK if item.held(name) is not None}
        own |= {"tag", "untag"} if "tags" in own else set()
        own |= {"status"} if change.get("status") in CLOSED else set()
        return {name: value for name, value in change.items() if name in own}

    def _keep_earlier(self, operation: Operation, start: date, change: dict[str, str]) -> None:
        """Earlier open times keep what they had."""
        names: list[str] = [name for name in ("assignee", "priority") if name in change]
        names += ["tags"] if {"tag", "untag"} & change.keys() else []
        for day in [day for day in self.times(10) if day < start] if names else []:
            item = self.touch(day)
            for name in names if self.status(day) in OPEN else []:
                if item.held(name) is None:
                    self.say(operation, item, name, self.series.held(name) or NOTHING, self.today)

    def note(self, actor: str) -> int:
        """A note about a series that does not say which time is meant: only one that has none any more takes it."""
        if not self.is_there():
            return MISSING
        if self.until() >= "2025-10-04":
            return REFUSED
        operation = self.begin(actor)
        self._update(operation, self.series, {"note": "called"}, self.today)
        return self.finish(operation)


__all__ = ["DONE", "SERIES", "SeriesModel"]
