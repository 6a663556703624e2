"""The deadlines of items as days of a calendar: due dates, and submission and issue of documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from tracker.core.agenda import Appointment
from tracker.core.lead_times import ISSUE_WEEKS, SUBMIT_WEEKS
from tracker.core.selection import Selection
from tracker.services import labels
from tracker.services.day import Day
from tracker.services.further import later_stages
from tracker.services.labels import Labels
from tracker.services.report_entries import Entry, addressee_cell, collect
from tracker.services.report_matrix import deadline_words, document_link
from tracker.services.resolutions import require_resolutions
from tracker.services.revisions import DUE, ISSUE, STAGE, SUBMIT, Revisions
from tracker.services.viewing import weeks_before
from tracker.storage import agenda, details
from tracker.storage.reader import Reader, Row

_ALARMS = {SUBMIT: 14, ISSUE: 7}
"""Days before a step in the making of a document at which the calendar reminds."""

_COLUMNS = {DUE: "due_on", SUBMIT: "submit_by", ISSUE: "issue_by"}


def build_agenda(reader: Reader, selection: Selection, day: Day, language: str | None = None) -> list[Appointment]:
    """All dated steps of the selected items; those that are no more are cancelled, so that calendars drop them.

    No more are those of closed and of withdrawn items, the times of a series after its end, and days that an item
    lost.
    """
    require_resolutions(reader, selection)
    words = labels.load(language or "en")
    entries = collect(reader, selection, day, language, times=True, ended=True)
    rows = [entry.row for entry in entries]
    revisions = Revisions(reader, rows)
    lost = agenda.last_due_dates(reader, [row["id"] for row in rows if row["due_on"] is None])
    deadlines = details.deadlines_of(reader, [row["id"] for row in rows])
    found = [
        _appointment(step, kind, on, revisions, words, day, dropped=dropped)
        for entry in entries
        for step in (entry, *_stages(entry, deadlines.get(entry.row["id"], []), day))
        for kind, on, dropped in _steps(step, lost)
    ]
    return sorted(found, key=lambda one: (one.day, one.uid))


def _stages(entry: Entry, deadlines: Sequence[Row], day: Day) -> Iterator[Entry]:
    """The item as due by each further deadline of its request: `two reports, by 4 July and by 3 January`."""
    later = later_stages(entry.row, deadlines)
    for stage in later_stages({**entry.row, "due_on": entry.row["text_due_on"]}, deadlines):
        due = {"due_on": stage["due_on"], "submit_by": weeks_before(stage["submit_by"], SUBMIT_WEEKS, day.submit_weeks),
               "issue_by": weeks_before(stage["issue_by"], ISSUE_WEEKS, day.issue_weeks)}  # fmt: skip
        item = {**entry.item, **due, "first_due_on": stage["due_on"], "due_verified": bool(stage["verified"])}
        named = {f"due_{name}": stage[name] for name in ("kind", "relation", "body", "session", "value", "basis")}
        row = {**entry.row, **due, **named, "due_text": stage["words"], STAGE: stage["position"] + 1}
        if stage not in later:  # the item itself is due then, or later: it was extended
            row["gone"] = True
        yield replace(entry, row=row, item=item)


def _steps(entry: Entry, lost: dict[int, str]) -> Iterator[tuple[str, date, bool]]:
    """The entries of an item: which, on what day, and whether they are no more."""
    before = {"due_on": lost.get(entry.row["id"]), "submit_by": entry.row["submit_by"],
              "issue_by": entry.row["issue_by"]}  # fmt: skip
    for kind, column in _COLUMNS.items():
        on = entry.item[column] or before[column]
        if on:
            yield kind, date.fromisoformat(on), entry.item[column] is None or "gone" in entry.row


def _appointment(
    entry: Entry, kind: str, on: date, revisions: Revisions, words: Labels, day: Day, *, dropped: bool
) -> Appointment:
    who = addressee_cell(entry, words).text if entry.addressees else ""
    lines = [who, entry.action, deadline_words(entry, words), words(f"status.{entry.item['status']}")]
    revision = revisions.of(entry.row, kind)
    step = f"{kind}-{entry.row[STAGE]}" if STAGE in entry.row else kind
    return Appointment(
        uid=f"{entry.row['symbol_key']}:{revisions.place(entry.row)}/{step}@mandate-tracker",
        day=on,
        title=words(f"calendar.{kind}", ref=entry.ref),
        text="\n".join(filter(None, lines)),
        link=document_link("symbol", entry.row["symbol"]),
        changed_at=revision.changed_at,
        version=revision.number,
        alarm_days=_ALARMS.get(kind, day.due_soon_days),
        cancelled=dropped or not entry.is_open,
        sure=entry.item["due_verified"] is not False,
    )
