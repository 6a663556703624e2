"""What changed since an earlier report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from tracker.core.report import Cell, Column, Section, Table, Words
from tracker.services.day import Day
from tracker.services.labels import Labels
from tracker.services.report_entries import Entry, as_date, request_of
from tracker.storage import report_queries
from tracker.storage.reader import Reader, Row

_LEFT_OUT = frozenset({"due_by_hand", "addressees", "office_group"})
"""Fields that say again what another field of the same change says."""

_NAMES = {
    "first_due_on": "columns.first_due",
    "deadline": "columns.deadline",
    "addressee_words": "columns.addressee",
    "own_words": "columns.request",
    "own_action": "columns.request",
    "place": "columns.paragraph",
    "force": "filter.forces",
    "deliverable": "filter.deliverables",
}
"""Fields that have a name elsewhere in the report; the others stand under `changes`."""

_VALUES = {"status": "status", "priority": "priority", "force": "force", "deliverable": "deliverable"}
"""Fields whose values have words, each with their table."""

_DAYS = frozenset({"due_on", "further_due_on", "first_due_on", "until"})


def changes(reader: Reader, entries: list[Entry], since: date, day: Day, words: Labels) -> Section:
    """Every change that a report as of `since` could not show, in the order of the items.

    New items come first. A change that was recorded late, about a day before `since`, is among them and marked.
    """
    named = _named(entries)
    recorded = day.end_of(since), day.end_of(day.shown)
    found = report_queries.changes_of(reader, named, since, day.shown, recorded)
    columns = tuple(
        Column(words(f"columns.{name}"), weight)
        for name, weight in (("item", 4), ("what", 2), ("before", 3), ("after", 5), ("on", 4), ("who", 2))
    )
    told = [(ref, event) for number, ref in named.items() for event in found.get(number, [])]
    rows = [
        *_made([(ref, event) for ref, event in told if event["field"] == "created"], since, day, words),
        *(
            _row(ref, event, since, day, words)
            for ref, event in told
            if event["field"] != "created" and event["field"] not in _LEFT_OUT
        ),
    ]
    title = words("sections.changes", day=words.day(since))
    if not rows:
        return Section(title, (Words(words("sections.none")),), key="changes")
    title = words("sections.numbered", title=title, n=len(rows))
    return Section(title, (Table(columns, tuple(rows)),), key="changes")


def _named(entries: list[Entry]) -> dict[int, str]:
    """The items whose changes are told, with their references, in their order: a series before its times."""
    named: dict[int, str] = {}
    for entry in entries:
        named.setdefault(request_of(entry.row), entry.ref.partition("@")[0])
        if entry.row["id"] is not None:
            named[entry.row["id"]] = entry.ref
    return named


def _made(told: list[tuple[str, Row]], since: date, day: Day, words: Labels) -> Iterator[tuple[Cell, ...]]:
    """New items: one row for those that one person made of a resolution at one time."""

    def together(one: tuple[str, Row]) -> tuple[str, ...]:
        ref, event = one
        return ref.partition(":")[0], event["recorded_at"], str(event["holds_on"]), event["actor"]

    for (symbol, *_), group in groupby(told, key=together):
        made = list(group)
        ref, event = made[0]
        if len(made) == 1:
            yield _row(ref, event, since, day, words)
            continue
        places = words("filter.comma").join(one.partition(":")[2] for one, _ in made)
        on, who = _row(ref, event, since, day, words)[-2:]
        yield Cell(symbol), Cell(words("changes.new_items")), Cell(""), Cell(places), on, who


def _row(ref: str, event: Row, since: date, day: Day, words: Labels) -> tuple[Cell, ...]:
    holds_on, field = as_date(event["holds_on"]), event["field"]
    on = words.day(holds_on)
    if holds_on and holds_on <= since:
        on = words("changes.recorded", day=on, recorded=words.day(day.recorded_on(event["recorded_at"])))
    return (
        Cell(ref),
        Cell(words(_NAMES[field]) if field in _NAMES else words.known("changes", field)),
        Cell(_value(field, event["old"], words)),
        Cell(_value(field, event["new"], words)),
        Cell(on, value=holds_on),
        Cell(event["actor"]),
    )


def _value(field: str, text: str | None, words: Labels) -> str:
    if text is None:
        return words("status.pending") if field == "status" else ""
    if field in _VALUES:
        return words.known(_VALUES[field], text)
    if field in _DAYS:
        return words.day(text)
    if field == "addressee_words":
        return words("summary.separator").join(said for _, said in json.loads(text))
    if field == "created":
        return ""
    return words("values.yes") if field == "to_check" else text
