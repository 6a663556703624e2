"""The documents that a session expects, as the conference services in Geneva ask for them twice a year."""

from __future__ import annotations

import re
from datetime import date

from tracker.core.codes import DOCUMENTS
from tracker.core.report import Cell, Column, Report, Section, Table, Words
from tracker.core.selection import Selection
from tracker.errors import UsageError
from tracker.services import labels
from tracker.services.calendar import calendar_for
from tracker.services.day import Day
from tracker.services.report_entries import Entry, collect, number
from tracker.services.resolutions import require_resolutions
from tracker.storage.reader import Reader

COLUMNS = (
    ("title", 8), ("legislative mandate (resolution/decision/other)", 4), ("estimated word count", 2),
    ("original language", 2), ("target languages", 2), ("projected date of submission", 2),
    ("requested date of issuance", 2), ("meeting name", 3), ("meeting date", 2),
)  # fmt: skip
"""Exactly the columns of the form (ungeneva.org/en/meetings-events/dms/information), always in English."""

_SECRETARIAT_WORDS, _OTHER_WORDS = 8_500, 10_700
"""The most words that a report may have (A/RES/52/214, 53/208, 59/265): of the Secretariat, of others."""
_TARGETS = "A, C, E, F, R, S"
"""Documents for meetings are issued in the six official languages."""


def parse_session(text: str) -> tuple[str, int]:
    """`HRC30`, `HRC 30` -> (`HRC`, 30). Raises UsageError."""
    match = re.fullmatch(r"([A-Za-z]+)[ /-]?(\d{1,4})", text.strip())
    if not match:
        raise UsageError(f"--session {text!r} is not a body and a number, such as HRC30")
    return match[1].upper(), int(match[2])


def build_forecast(reader: Reader, selection: Selection, day: Day, session: tuple[str, int] | None = None) -> Report:
    """Open requests for documents that a session considers, by session and date of submission."""
    require_resolutions(reader, selection)
    calendar = calendar_for(reader)
    words = labels.load("en")
    columns = tuple(Column(title, weight, title == "estimated word count") for title, weight in COLUMNS)
    rows = []
    for entry in sorted(collect(reader, selection, day, times=True), key=_order):
        here = (entry.row["due_body"], entry.row["due_session"])
        if not _is_expected(entry) or (session and here != session):
            continue
        found = calendar.find(*here)
        rows.append(_row(entry, found.opens if found else None))
    table = Table(columns, tuple(rows))
    title = f"Documents expected by {session[0]} {session[1]}" if session else "Documents expected by sessions"
    return Report(
        title=title,
        language="en",
        facts=(("As of", words.day(day.shown)), ("Documents", str(len(rows)))),
        sections=(Section(title, (table if rows else Words("None."),), key="matrix", wide=True),),
        items=table,
        contents_title=words("title.contents"),
        sources_title=words("title.sources"),
    )


def _is_expected(entry: Entry) -> bool:
    return entry.is_open and entry.row["due_kind"] == "session" and entry.item["deliverable"] in DOCUMENTS


def _order(entry: Entry) -> tuple[str, int, str, str, int]:
    row = entry.row
    return (row["due_body"] or "", row["due_session"] or 0, entry.item["submit_by"] or "", row["symbol_key"],
            row["position"])  # fmt: skip


def _row(entry: Entry, opens: date | None) -> tuple[Cell, ...]:
    item, row = entry.item, entry.row
    most = _SECRETARIAT_WORDS if item["group"] == "secretariat" else _OTHER_WORDS
    foreign = None if entry.language == "en" else entry.language
    return (
        Cell(entry.action, language=foreign),
        Cell(f"{row['symbol']}, paragraph {row['place'].partition('@')[0]}"),
        number(most),
        Cell(""),
        Cell(_TARGETS),
        _day(item["submit_by"]),
        _day(item["issue_by"]),
        Cell(f"{row['due_body']} {row['due_session']}"),
        _day(opens.isoformat() if opens else None),
    )


def _day(text: str | None) -> Cell:
    return Cell(text or "", value=date.fromisoformat(text) if text else None)
