"""The deadlines of items as days of a calendar: due dates, and submission and issue of documents."""

from __future__ import annotations

from datetime import UTC, datetime

from tracker.core.agenda import Appointment
from tracker.core.selection import Selection
from tracker.services import labels
from tracker.services.day import Day
from tracker.services.labels import Labels
from tracker.services.report_entries import Entry, as_date, collect
from tracker.services.report_matrix import deadline_words, document_link
from tracker.services.resolutions import require_resolutions
from tracker.storage import report_queries
from tracker.storage.reader import Reader, Row

_ALARMS = {"submit": 14, "issue": 7}
"""Days before a step in the making of a document at which the calendar reminds."""


def build_agenda(reader: Reader, selection: Selection, day: Day, language: str | None = None) -> list[Appointment]:
    """All dated steps of the selected items; those of closed items are cancelled, so that calendars drop them."""
    require_resolutions(reader, selection)
    words = labels.load(language or "en")
    entries = collect(reader, selection, day, language, times=True)
    numbers = [number for entry in entries for number in (entry.row["id"], entry.row["series_id"])]
    changed = report_queries.changed_at(reader, numbers)
    found = []
    for entry in entries:
        moment = _moment(changed.get(entry.row["id"]) or changed.get(entry.row["series_id"]))
        for kind, key in (("due", "due_on"), ("submit", "submit_by"), ("issue", "issue_by")):
            if entry.item[key]:
                found.append(_appointment(entry, kind, entry.item[key], moment, words, day))
    return sorted(found, key=lambda one: (one.day, one.uid))


def _appointment(entry: Entry, kind: str, on: str, changed_at: datetime, words: Labels, day: Day) -> Appointment:
    who = "; ".join(text for _, text in entry.addressees)
    lines = [who, entry.action, deadline_words(entry, words), words(f"status.{entry.item['status']}")]
    found = as_date(on)
    if found is None:
        raise ValueError(f"{entry.ref} has no {kind} date")
    return Appointment(
        uid=f"{entry.row['symbol_key']}:{_place(entry.row)}/{kind}@mandate-tracker",
        day=found,
        title=words(f"calendar.{kind}", ref=entry.ref),
        text="\n".join(filter(None, lines)),
        link=document_link("symbol", entry.row["symbol"]),
        changed_at=changed_at,
        version=int(entry.row["version"] or 0),
        alarm_days=_ALARMS.get(kind, day.due_soon_days),
        cancelled=not entry.is_open,
    )


def _place(row: Row) -> str:
    """What stays the same of an item for ever; of a time that hangs on a session, the session: its day may move."""
    place = str(row["place"])
    if row["series_id"] is None or row["due_kind"] != "session":
        return place
    return f"{place.partition('@')[0]}@{row['due_body']}{row['due_session']}"


def _moment(text: str | None) -> datetime:
    """When an item was last changed, in UTC."""
    found = datetime.fromisoformat(text) if text else datetime(2000, 1, 1, tzinfo=UTC)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
