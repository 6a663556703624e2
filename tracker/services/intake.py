"""One document into the database: a new resolution, another language of a known one, or a changed text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar
from tracker.core.reference import Place, parse_place, places
from tracker.core.request import TEXT_CHANGED, Problem, Request
from tracker.core.resolution import Document, Extraction
from tracker.core.selection import symbol_key
from tracker.services.act import Act
from tracker.services.comparing import front_matter_changes, paragraph_changes
from tracker.services.documents import require_symbols
from tracker.services.matching import match_items
from tracker.services.renewing import propose
from tracker.services.series import refresh_all
from tracker.services.storing import (
    Destination,
    add_problems,
    calendar_of,
    make_current,
    store_resolution,
    store_text,
)
from tracker.storage.changes import UNDONE, Recorder
from tracker.storage.engine import writing
from tracker.storage.models import DeadlineRow, ItemRow, ResolutionRow, TextRow, WordingRow
from tracker.storage.target import Target


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One item as it stands after the import, with the request that the text makes."""

    place: Place
    request: Request
    due_on: date | None
    verified: bool


@dataclass(slots=True)
class Imported:
    """What an import did with one resolution, and how many items it made.

    `outcome` is new, language, changed, restored (items whose import was undone are back), unchanged, older (a newer
    text has replaced this one), or repeated (the file holds another text of the same symbol before this one); the
    last three store nothing.
    `renewals` is the number of requests that it may renew, or that may renew it.
    """

    symbol: str
    outcome: str
    extraction: Extraction
    made: int = 0
    renewals: int = 0
    items: list[ImportedItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


_WORDED = (
    select(WordingRow.start_at, ItemRow.place, ItemRow.due_on, DeadlineRow.verified)
    .join(WordingRow.item)
    .outerjoin(
        DeadlineRow,
        (DeadlineRow.item_id == ItemRow.id)
        & (DeadlineRow.position == 0)
        & (DeadlineRow.by_hand == ItemRow.deadline.is_not(None)),
    )
    .where(WordingRow.text_id == bindparam("text_id"))
)
"""Of each item that has words in a text: where they begin, its place, its date, and whether that is sure."""

STORED = frozenset({"new", "language", "changed", "restored"})
"""Outcomes with which something was stored."""


def import_extractions(
    target: Target,
    document: Document,
    extractions: Iterable[Extraction],
    act: Act,
    db: Session | None = None,
    *,
    restore: bool = False,
) -> list[Imported]:
    """Stores every resolution of one document in one transaction, or nothing at all.

    `db`: in this transaction of the caller's instead. `restore`: a text that was replaced is current again.
    Raises NotAResolution when a resolution has no symbol (`--symbol` gives one), and the errors of the storage.
    """
    found = list(extractions)
    require_symbols(document, found)
    if db is not None:
        with db.begin_nested():
            return _import(db, document, found, act, restore=restore)
    with writing(target) as own:
        return _import(own, document, found, act, restore=restore)


def _import(
    db: Session, document: Document, extractions: list[Extraction], act: Act, *, restore: bool
) -> list[Imported]:
    recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
    intake = _Intake(recorder, document, calendar_of(db), act, restore)
    done = [intake.take(extraction) for extraction in extractions]
    changed = [f"{one.outcome} text of {one.symbol}" for one in done if one.outcome in STORED]
    if changed:
        recorder.operation.summary = ", ".join(changed)
    return done


@dataclass(slots=True)
class _Intake:
    """One document on its way into the database; `seen` are the resolutions that it held so far."""

    recorder: Recorder
    document: Document
    calendar: Calendar
    act: Act
    restore: bool
    seen: set[str] = field(default_factory=set)

    def take(self, extraction: Extraction) -> Imported:
        """Stores one resolution of the document."""
        found, db = extraction.resolution, self.recorder.db
        key = symbol_key(found.symbol or "")
        row = db.scalars(select(ResolutionRow).where(ResolutionRow.symbol_key == key)).first()
        texts = [text for text in row.texts if text.language == found.language] if row else []
        # The same words in other bytes, or the same bytes; of these only the first resolution with this symbol.
        digest = self.document.sha256 if key not in self.seen else None
        same = next((text for text in texts if found.text == text.cleaned or text.sha256 == digest), None)
        if row is not None and key in self.seen and same is None:
            return _repeated(row, extraction)
        self.seen.add(key)
        if row is not None and same is not None and same.current:
            return self._take_again(row, extraction, same, is_back=self._bring_back(row))
        if row is not None and same is not None and not self.restore:
            return self._result(row, same, "older", extraction, [_older(row, self.document, texts)])
        if row is None:
            return self._store_new(store_resolution(db, extraction), extraction)
        self._bring_back(row)
        return self._store_text(row, extraction, [text for text in texts if text.current], same)

    def _take_again(self, row: ResolutionRow, extraction: Extraction, same: TextRow, *, is_back: bool) -> Imported:
        """The paragraphs are known; another file may know more of the day and the meeting."""
        same_file = same.sha256 == self.document.sha256
        told = [] if same_file else front_matter_changes(self._destination(row, same), extraction, known=True)
        if not told:
            return self._result(row, same, "restored" if is_back else "unchanged", extraction)
        self.recorder.add_text_event(row.id, "changed", f"text of {row.symbol} in {same.language}", self.act.today)
        refresh_all(self.recorder.db, row.items, self.act.today)
        problems = [Problem(TEXT_CHANGED, sentence) for sentence in told]
        add_problems(same, problems)
        return self._result(row, same, "changed", extraction, problems)

    def _store_new(self, row: ResolutionRow, extraction: Extraction) -> Imported:
        to = self._destination(row, store_text(self.recorder.db, row, self.document, extraction, self.act.now))
        self.recorder.add_text_event(row.id, "new", f"text of {row.symbol} in {to.text.language}", self.act.today)
        where = places((request.paragraph, request.sub) for request in extraction.requests)
        to.store_items(zip(where, range(len(where)), extraction.requests, strict=True))
        if any(request.recurrence for request in extraction.requests):
            refresh_all(self.recorder.db, row.items, self.act.today)
        done = self._result(row, to.text, "new", extraction)
        done.made, done.renewals = len(where), propose(self.recorder.db, row, to.text)
        return done

    def _store_text(
        self, row: ResolutionRow, extraction: Extraction, current: list[TextRow], same: TextRow | None
    ) -> Imported:
        self.recorder.prepare(row.id)
        db, outcome, before = self.recorder.db, "changed" if current else "language", len(row.items)
        if same is None:
            text = store_text(db, row, self.document, extraction, self.act.now)
        else:
            text = make_current(db, row, same)
        self.recorder.add_text_event(row.id, outcome, f"text of {row.symbol} in {text.language}", self.act.today)
        to = self._destination(row, text, current[-1] if current else None)
        differences = [
            *front_matter_changes(to, extraction, known=bool(current)),
            *paragraph_changes(current, text),
            *match_items(to, extraction, known=bool(current)),
        ]
        db.refresh(row, ["items"])
        refresh_all(db, row.items, self.act.today)
        problems = [Problem(TEXT_CHANGED if current else "text-differs", difference) for difference in differences]
        add_problems(text, problems)
        done = self._result(row, text, outcome, extraction, problems)
        done.made, done.renewals = len(row.items) - before, propose(db, row, text)
        return done

    def _result(
        self, row: ResolutionRow, text: TextRow, outcome: str, extraction: Extraction, problems: Iterable[Problem] = ()
    ) -> Imported:
        """What is told of the resolution: the item of a request is the one whose words begin where it does."""
        requests = extraction.requests
        where = places((request.paragraph, request.sub) for request in requests)
        held = {row.start_at: row for row in self.recorder.db.execute(_WORDED, {"text_id": text.id})}
        items = []
        for place, request in zip(where, requests, strict=True):
            item = held.get(request.start)
            if item is None:
                items.append(ImportedItem(place, request, None, verified=True))
            else:
                at = parse_place(item.place) or place
                items.append(ImportedItem(at, request, item.due_on, verified=item.verified is not False))
        return Imported(row.symbol, outcome, extraction, items=items, problems=[*extraction.problems, *problems])

    def _destination(self, row: ResolutionRow, text: TextRow, before: TextRow | None = None) -> Destination:
        return Destination(self.recorder, row, text, self.calendar, self.act.today, before)

    def _bring_back(self, row: ResolutionRow) -> bool:
        """Who imports again what was undone wants it back; whether there was anything."""
        undone = [item for item in row.items if (item.withdrawn or "").startswith(UNDONE) and not item.added]
        for item in undone:
            self.recorder.set_field(item, "withdrawn", None, row.adopted_on or self.act.today)
        return bool(undone)


def _older(row: ResolutionRow, document: Document, texts: Iterable[TextRow]) -> Problem:
    newer = next((text.file for text in texts if text.current), "a newer text")
    return Problem(
        "older-text",
        f"{document.name}: {newer} has replaced this text of {row.symbol}; nothing was changed; "
        "import it alone to take it back",
    )


def _repeated(row: ResolutionRow, extraction: Extraction) -> Imported:
    message = f"{row.symbol} comes twice in this file, with different texts; the first one was stored, not this one"
    return Imported(row.symbol, "repeated", extraction, problems=[*extraction.problems, Problem("repeated", message)])
