"""The documents that a session expects, as the conference services in Geneva ask for them twice a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.core.calendar import SessionDates
from tracker.core.codes import DOCUMENTS
from tracker.core.lead_times import ISSUE_WEEKS, SUBMIT_WEEKS
from tracker.core.report import Cell, Column, Report, Section, Table, Words
from tracker.core.selection import Selection
from tracker.errors import UsageError
from tracker.services import labels
from tracker.services.calendar import calendar_for
from tracker.services.day import Day
from tracker.services.report_entries import Entry, collect, number
from tracker.services.resolutions import require_resolutions
from tracker.services.viewing import weeks_before
from tracker.storage import details
from tracker.storage.reader import Reader

COLUMNS = (
    ("title", 8), ("legislative mandate (resolution/decision/other)", 4), ("estimated word count", 2),
    ("original language", 2), ("target languages", 2), ("projected date of submission", 2),
    ("requested date of issuance", 2), ("meeting name", 3), ("meeting date", 2),
)  # fmt: skip
"""Exactly the columns of the form (ungeneva.org/en/meetings-events/dms/information), always in English."""

NOT_CONFIRMED = " (dates not confirmed)"
"""Stands behind the name of a session whose dates are computed or not confirmed."""

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
    for document in sorted(_expected(reader, collect(reader, selection, day, times=True), day), key=_order):
        if session and session != (document.body, document.session):
            continue
        found = calendar.find(document.body, document.session)
        rows.append(_row(document, found))
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


class _Document(NamedTuple):
    """One document for one session: `an oral update at its 48th session and a report at its 51st` makes two."""

    entry: Entry
    body: str
    session: int
    submit_by: str | None
    issue_by: str | None


def _expected(reader: Reader, entries: Sequence[Entry], day: Day) -> Iterator[_Document]:
    """The documents that open requests are to give to sessions; a series has its times, others their deadlines."""
    stages = details.deadlines_of(reader, [entry.row["id"] for entry in entries])
    for entry in entries:
        row, item = entry.row, entry.item
        if not entry.is_open or item["deliverable"] not in DOCUMENTS:
            continue
        if row["due_kind"] == "session":
            yield _Document(entry, row["due_body"], row["due_session"], item["submit_by"], item["issue_by"])
        later = [] if row["recurrence"] else stages.get(row["id"], [])[1:]
        for stage in later:
            if stage["kind"] == "session":
                submit = weeks_before(stage["submit_by"], SUBMIT_WEEKS, day.submit_weeks)
                issue = weeks_before(stage["issue_by"], ISSUE_WEEKS, day.issue_weeks)
                yield _Document(entry, stage["body"], stage["session"], submit, issue)


def _order(document: _Document) -> tuple[str, int, str, str, int]:
    row = document.entry.row
    return document.body, document.session, document.submit_by or "", row["symbol_key"], row["position"]


def _row(document: _Document, dates: SessionDates | None) -> tuple[Cell, ...]:
    entry, row = document.entry, document.entry.row
    most = _SECRETARIAT_WORDS if entry.item["group"] == "secretariat" else _OTHER_WORDS
    foreign = None if entry.language == "en" else entry.language
    return (
        Cell(entry.action, language=foreign),
        Cell(f"{row['symbol']}, paragraph {row['place'].partition('@')[0]}"),
        number(most),
        Cell(""),
        Cell(_TARGETS),
        _day(document.submit_by),
        _day(document.issue_by),
        Cell(f"{document.body} {document.session}{'' if dates is None or dates.verified else NOT_CONFIRMED}"),
        _day(dates.opens.isoformat() if dates and dates.opens else None),
    )


def _day(text: str | None) -> Cell:
    return Cell(text or "", value=date.fromisoformat(text) if text else None)
