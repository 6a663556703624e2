"""What a report tells of each item: as it was at the end of a day, with its words in the wanted language."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.core.report import Cell
from tracker.core.selection import Selection
from tracker.core.status import OPEN, Status, Timeliness
from tracker.services.day import Day
from tracker.services.labels import Labels
from tracker.services.occurrences import no_more, occurrences_of, within
from tracker.services.viewing import as_item, fits_time, told
from tracker.storage import details, queries, report_queries
from tracker.storage.reader import Reader, Row

GROUPS = ("secretariat", "body", "states", "others")
"""The order of a report: what the Secretariat has to do itself comes first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item with all that a report says of it; `changes` only where a report asks for them."""

    row: Row
    item: dict[str, Any]
    words: str
    action: str
    language: str
    addressees: tuple[tuple[str, str], ...]
    notes: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    moves: list[Row] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """`A/HRC/RES/28/2:26`."""
        return str(self.item["ref"])

    @property
    def due_on(self) -> date | None:
        """The due date that holds."""
        return as_date(self.item["due_on"])

    @property
    def closed_on(self) -> date | None:
        """The day since which the item is implemented, if it is."""
        return as_date(self.item["status_on"]) if self.item["status"] == Status.IMPLEMENTED else None

    @property
    def is_open(self) -> bool:
        """Whether something remains to be done."""
        return self.item["status"] in OPEN

    @property
    def is_overdue(self) -> bool:
        """Open, with a due date that has passed."""
        return bool(self.item["timeliness"] == Timeliness.OVERDUE)

    @property
    def was_moved(self) -> bool:
        """Whether the due date that holds is another than the first one, or somebody told of an extension."""
        moved = self.item["first_due_on"] is not None and self.item["first_due_on"] != self.item["due_on"]
        return moved or any(move["field"] == "extension" for move in self.moves)


def as_date(text: str | None) -> date | None:
    """An ISO date of the database."""
    return date.fromisoformat(text) if text else None


def collect(
    reader: Reader,
    selection: Selection,
    day: Day,
    language: str | None = None,
    *,
    times: bool = False,
    ended: bool = False,
) -> list[Entry]:
    """The selected items at the end of the day, in the words of `language` where a text in it was imported.

    A series is one item, due when its next open occurrence is; `times`: each of its occurrences up to the horizon;
    `ended`: also those that are no more, because somebody ended the series or because the item was withdrawn
    (`gone` in its row).
    """
    rows = _find(reader, selection, day, times=times, ended=ended)
    if ended:
        rows += _gone(reader, selection, day)
    ids = [row["id"] for row in rows]
    notes, evidence = details.notes_of(reader, ids, day.rebuilt), details.evidence_of(reader, ids, day.rebuilt)
    moves = report_queries.moves_of(reader, ids, day.rebuilt)
    translated = details.wordings_of(reader, [request_of(row) for row in rows], language) if language else {}
    entries = []
    for row in rows:
        item, here = as_item(row, day), row["id"]
        other = translated.get(request_of(row), [None])[0]
        named = json.loads(other["addressee_words"]) if other else [(a["code"], a["text"]) for a in item["addressees"]]
        entries.append(
            Entry(
                row=row,
                item=item,
                words=(other or row)["words"] or row["action"] or "",
                action=(other or row)["action"] or "",
                language=language if other and language else row["language"],
                addressees=tuple((code, words) for code, words in named),
                notes=notes.get(here, []),
                evidence=evidence.get(here, []),
                moves=moves.get(here, []),
            )
        )
    return entries


def _find(reader: Reader, selection: Selection, day: Day, *, times: bool, ended: bool) -> list[Row]:
    """The selected items, each series as one item or as its times: those that fit, even where the series does not.

    What is asked about the work (status, colleague, dates) is asked of the times of a series.
    """
    rows = queries.find_items(reader, selection, as_of=day.rebuilt)
    whole = selection._replace(
        statuses=(), assignees=(), offices=(), tags=(), priorities=(), timeliness=(), due_before=None, due_after=None,
        no_deadline=False, to_check=False, recurring=True,
    )  # fmt: skip
    series = queries.find_items(reader, whole, as_of=day.rebuilt)
    dated = {number: within(found, day) for number, found in occurrences_of(reader, series, day).items() if found}
    if ended:
        for number, found in no_more(reader, series, day).items():
            dated[number] = [*dated.get(number, ()), *within(found, day)]
    fitting = {number: [time for time in found if fits_time(time, selection, day)] for number, found in dated.items()}
    if times:
        shown = [row for row in rows if row["id"] not in dated]
        shown += [time for row in series for time in fitting.get(row["id"], ())]
    else:
        known = {row["id"] for row in rows}
        shown = told(
            reader, [*rows, *(row for row in series if fitting.get(row["id"]) and row["id"] not in known)], day
        )
    places = {row["id"]: row["position"] for row in series}
    return sorted(
        shown,
        key=lambda row: (row["symbol_key"], places.get(row["series_id"], row["position"]), row["occurrence_on"] or ""),
    )


def _gone(reader: Reader, selection: Selection, day: Day) -> list[Row]:
    """The items that were withdrawn, each series as its times."""
    rows = queries.withdrawn_items(reader, selection)
    dated = {number: within(found, day) for number, found in occurrences_of(reader, rows, day).items() if found}
    times = [time for row in rows for time in dated.get(row["id"], (row,))]
    return [{**time, "gone": True} for time in times]


def request_of(row: Row) -> int:
    """The number of the item that has the words: of one time of a series, the series."""
    return int(row["series_id"] or row["id"])


def number(value: int) -> Cell:
    """A number as a cell."""
    return Cell(str(value), value=value)


def foreign(text: str, entry: Entry, words: Labels) -> Cell:
    """Words of the resolution: their language is said where it is not that of the report."""
    return Cell(text, language=None if entry.language == words.language else entry.language)


def day_cell(day: date | str | None, words: Labels) -> Cell:
    """A day as a cell: in words for people, as a date for programs."""
    found = as_date(day) if isinstance(day, str) else day
    return Cell(words.day(found), value=found)


def due_words(entry: Entry, words: Labels) -> str:
    """The due date, marked where the dates of its session are computed or not confirmed."""
    day = words.day(entry.due_on)
    return words("values.unconfirmed", day=day) if entry.due_on and entry.item["due_verified"] is False else day


def due_cell(entry: Entry, words: Labels) -> Cell:
    """The due date as a cell."""
    return Cell(due_words(entry, words), value=entry.due_on)


def addressee_cell(entry: Entry, words: Labels) -> Cell:
    """Who is asked, in the words of the text."""
    if not entry.addressees:
        return Cell(words("values.no_addressee"))
    if all(text in words.tables["bodies"] for _, text in entry.addressees):
        # The body itself, which a decision does not name.
        return Cell("; ".join(words.known("bodies", text) for _, text in entry.addressees))
    return foreign("; ".join(text for _, text in entry.addressees), entry, words)


def by_due(entry: Entry) -> tuple[date, str, int]:
    """The order by due date, then by place."""
    return entry.due_on or date.max, entry.row["symbol_key"], entry.row["position"]


def in_order(entries: list[Entry]) -> list[Entry]:
    """The entries by place, a series before its times."""
    return sorted(entries, key=lambda one: (one.row["symbol_key"], one.row["position"], one.row["occurrence_on"] or ""))


def one_line(text: str) -> str:
    """`text` without line breaks, for a line of a cell."""
    return " ".join(text.split())


Wanted = Callable[[Entry], bool]
"""Whether a section is about an entry."""
