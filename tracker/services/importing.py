"""Storing what was extracted: a new resolution, another language of a known one, or a changed text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import select

from tracker.core.calendar import Calendar
from tracker.core.reference import Place, places, symbol_key
from tracker.core.request import Problem, Request
from tracker.core.resolution import Document, Extraction
from tracker.errors import NotAResolution
from tracker.extraction import extract
from tracker.reading import read
from tracker.services.act import Act
from tracker.services.databases import ready_to_write
from tracker.services.matching import match_items
from tracker.services.storing import Destination, calendar_of, store_resolution, store_text
from tracker.storage.changes import Recorder
from tracker.storage.engine import writing
from tracker.storage.models import ResolutionRow
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
    """What an import did with one resolution: `outcome` is new, unchanged, language or changed."""

    symbol: str
    outcome: str
    extraction: Extraction
    items: list[ImportedItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def import_extractions(
    target: Target, document: Document, extractions: Iterable[Extraction], act: Act, *, dry_run: bool = False
) -> list[Imported]:
    """Stores every resolution of one document in one transaction, or nothing at all.

    A dry run does the same in the same way and takes it back. Raises NotAResolution when a resolution has no
    symbol (`--symbol` gives one), and the errors of the storage.
    """
    found = list(extractions)
    for extraction in found:
        if extraction.resolution.symbol is None:
            raise NotAResolution(
                f"{document.name}: the text does not say which resolution it is; nothing was stored; give --symbol"
            )
    with (
        ready_to_write(target, act.now, dry_run=dry_run, make=True) as ready,
        writing(ready, keep=not dry_run) as db,
    ):
        calendar = calendar_of(db)
        recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
        done = [_import_one(recorder, document, extraction, calendar, act) for extraction in found]
        changed = [f"{one.outcome} text of {one.symbol}" for one in done if one.outcome != "unchanged"]
        if changed:
            recorder.operation.summary = ", ".join(changed)
        else:
            db.rollback()
    return done


def _import_one(
    recorder: Recorder, document: Document, extraction: Extraction, calendar: Calendar, act: Act
) -> Imported:
    found, db = extraction.resolution, recorder.db
    problems = [*document.problems, *extraction.problems]
    row = db.scalars(select(ResolutionRow).where(ResolutionRow.symbol_key == symbol_key(found.symbol or ""))).first()
    is_new = row is None
    if row is None:
        row = store_resolution(db, extraction)
    current = [text for text in row.texts if text.language == found.language and text.current]
    if any(found.text == text.cleaned or document.sha256 == text.sha256 for text in current):
        return _result(row, "unchanged", extraction, problems)
    text = store_text(db, row, document, extraction, act.now)
    to = Destination(recorder, row, text, calendar, act.today)
    differences: list[str] = []
    if is_new:
        where = places((request.paragraph, request.sub) for request in extraction.requests)
        for position, (place, request) in enumerate(zip(where, extraction.requests, strict=True)):
            to.store_item(place, position, request)
    else:
        differences = match_items(to, extraction, known=bool(current))
    problems.extend(Problem("text-differs", difference) for difference in differences)
    db.refresh(row, ["items"])
    return _result(row, "new" if is_new else "changed" if current else "language", extraction, problems)


def _result(row: ResolutionRow, outcome: str, extraction: Extraction, problems: list[Problem]) -> Imported:
    requests = extraction.requests
    where = places((request.paragraph, request.sub) for request in requests)
    stored = {item.place: item for item in row.items}
    items = []
    for place, request in zip(where, requests, strict=True):
        item = stored.get(str(place))
        verified = all(deadline.verified for deadline in item.deadlines[:1]) if item else True
        items.append(ImportedItem(place, request, item.due_on if item else None, verified))
    return Imported(row.symbol, outcome, extraction, items, problems)


def import_files(
    target: Target,
    files: Iterable[Path],
    act: Act,
    *,
    symbol: str | None = None,
    language: str | None = None,
    dry_run: bool = False,
) -> Iterator[Imported]:
    """Reads and stores files one by one, one transaction a file. Raises at the first that cannot be read."""
    for path in files:
        document = read(path)
        extractions = extract(document, language=language, symbol=symbol)
        yield from import_extractions(target, document, extractions, act, dry_run=dry_run)
