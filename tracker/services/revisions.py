"""Which entry of a calendar is which, and how often it changed: RFC 5545, UID and SEQUENCE.

A calendar drops what comes again with a SEQUENCE that did not grow, and takes an entry with another UID for another
one. Both follow from history alone, which only grows: reading never writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.core.calendar import Calendar
from tracker.core.codes import DOCUMENTS
from tracker.core.dates import moment_of
from tracker.services.calendar import calendar_for
from tracker.storage import agenda
from tracker.storage.reader import Reader, Row

DUE, SUBMIT, ISSUE = "due", "submit", "issue"
"""The entries of an item: the due date, and when a document is handed in and out."""

STAGE = "stage"
"""Of a row that stands for a further deadline of its item: the number of that deadline, from 2 on."""

_WEIGHT = 100
"""A change of the item counts for more than all moves of its session: who asks for another session loses those."""

_OPENS, _CLOSES = frozenset({0}), frozenset({1})
_ON_OPENING = frozenset({"before-session", "ahead-of-session", "session-opens", "at-session-document"})
"""Rules of `resolve` by which something is due when its session opens."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The SEQUENCE of an entry, and when it last changed."""

    number: int
    changed_at: datetime


class Revisions:
    """The revisions of the entries of some items."""

    def __init__(self, reader: Reader, rows: Iterable[Row]) -> None:
        numbers = [number for row in rows for number in (row["id"], row["series_id"])]
        self._items = agenda.changes_of_items(reader, numbers)
        self._texts = agenda.changes_of_texts(reader)
        self._sessions: dict[str, list[Row]] = {}
        for move in agenda.moves_of_sessions(reader):
            self._sessions.setdefault(move["field"], []).append(move)
        self._calendar: Calendar = calendar_for(reader)
        self._places = _first_places(reader)

    def of(self, row: Row, kind: str) -> Revision:
        """The revision of one entry: it grows with what changes its item, and when a session moves its day."""
        told = [self._items.get(row["id"]), self._items.get(row["series_id"]), self._texts.get(row["resolution_id"])]
        changes = sum(int(one["changes"]) for one in told if one)
        moves = list(self._moves(row, kind))
        stored = self._items.get(row["id"])
        moved = int(stored["moves"]) if kind == DUE and stored and STAGE not in row else len(moves)
        moments = [*(one["changed_at"] for one in told if one), *(move["recorded_at"] for move in moves)]
        return Revision(
            _WEIGHT * changes + moved, max(map(moment_of, moments), default=datetime(2000, 1, 1, tzinfo=UTC))
        )

    def _moves(self, row: Row, kind: str) -> Iterator[Row]:
        """The changes of session dates that moved an entry."""
        body, session = row["due_body"], row["due_session"]
        if row["due_kind"] == "relative" and body is not None:
            names = [name for name in self._sessions if name.startswith(f"session {body} ")]
        elif row["due_kind"] == "session":
            names = [f"session {body} {session}"]
        else:
            return
        sides = self._sides(row, kind)
        for name in names:
            for move in self._sessions.get(name, ()):
                before, after = _span(move["old"]), _span(move["new"])
                if any(before[side] != after[side] for side in sides):
                    yield move

    def _sides(self, row: Row, kind: str) -> frozenset[int]:
        """Whether an entry hangs on the opening of its session or on its end; where that is not sure, on both."""
        if row["due_value"] or len(self._calendar.parts(row["due_body"], row["due_session"] or "")) > 1:
            return _OPENS | _CLOSES
        if kind != DUE or row["due_basis"] in _ON_OPENING:
            return _OPENS
        # A document for a session that opens soon after the adoption is due at its end: the opening decides that.
        return _CLOSES | (_OPENS if row["deliverable"] in DOCUMENTS else frozenset())

    def place(self, row: Row) -> str:
        """What names an item for ever: the place where it first stood in its resolution.

        Of a time that hangs on a session it is the session, because its day may move.
        """
        own = str(row["place"])
        place = self._places.get(row["series_id"] or row["id"], own.partition("@")[0])
        if row["series_id"] is None:
            return place
        on_session = row["due_kind"] == "session"
        return f"{place}@{row['due_body']}{row['due_session']}" if on_session else f"{place}@{row['occurrence_on']}"


def _first_places(reader: Reader) -> dict[int, str]:
    """The first places of items that moved, and of those at whose place another one stood before."""
    found, taken = dict[int, str](), set[tuple[int, str]]()
    for row in agenda.first_places(reader):
        key = (row["resolution_id"], row["place"])
        found[row["id"]] = f"{row['place']}~{row['id']}" if key in taken else row["place"]
        taken.add(key)
    return found


def _span(days: str | None) -> tuple[str, str]:
    opens, _, closes = (days or "").partition(" to ")
    return opens, closes
