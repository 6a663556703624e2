"""What changed since an earlier report."""

from __future__ import annotations

from datetime import date

from tracker.core.report import Cell, Column, Section, Table, Words
from tracker.services.day import Day
from tracker.services.labels import Labels
from tracker.services.report_entries import Entry, as_date, request_of
from tracker.storage import report_queries
from tracker.storage.reader import Reader, Row

_LEFT_OUT = frozenset({"due_by_hand", "addressee_words"})
"""Fields that say again what another field of the same change says."""


def changes(reader: Reader, entries: list[Entry], since: date, day: Day, words: Labels) -> Section:
    """Every change that a report as of `since` could not show, in the order of the items.

    A change that was recorded late, about a day before `since`, is among them and marked.
    """
    named = _named(entries)
    recorded = day.end_of(since), day.end_of(day.shown)
    found = report_queries.changes_of(reader, named, since, day.shown, recorded)
    columns = tuple(
        Column(words(f"columns.{name}"), weight)
        for name, weight in (("item", 4), ("what", 2), ("before", 3), ("after", 5), ("on", 4), ("who", 2))
    )
    rows = [
        _row(ref, event, since, day, words)
        for number, ref in named.items()
        for event in found.get(number, [])
        if event["field"] not in _LEFT_OUT
    ]
    title = words("sections.changes", day=words.day(since))
    if not rows:
        return Section(title, (Words(words("sections.none")),), key="changes")
    title = words("sections.numbered", title=title, n=len(rows))
    return Section(title, (Table(columns, tuple(rows)),), key="changes")


def _named(entries: list[Entry]) -> dict[int, str]:
    """The items whose changes are told, with their references: a series before its times."""
    named: dict[int, str] = {}
    for entry in entries:
        named.setdefault(request_of(entry.row), entry.ref.partition("@")[0])
        if entry.row["id"] is not None:
            named[entry.row["id"]] = entry.ref
    return named


def _row(ref: str, event: Row, since: date, day: Day, words: Labels) -> tuple[Cell, ...]:
    holds_on = as_date(event["holds_on"])
    on = words.day(holds_on)
    if holds_on and holds_on <= since:
        on = words("changes.recorded", day=on, recorded=words.day(day.recorded_on(event["recorded_at"])))
    return (
        Cell(ref),
        Cell(words.known("changes", event["field"])),
        Cell(_value(event["field"], event["old"], words)),
        Cell(_value(event["field"], event["new"], words)),
        Cell(on, value=holds_on),
        Cell(event["actor"]),
    )


def _value(field: str, text: str | None, words: Labels) -> str:
    if text is None:
        return words("status.pending") if field == "status" else ""
    if field == "status":
        return words.known("status", text)
    if field == "created":
        return ""
    if field == "due_on":
        return words.day(text)
    if field == "to_check":
        return words("values.yes")
    return text
