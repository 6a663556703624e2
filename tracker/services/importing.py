"""Storing what was extracted: a new resolution, another language of a known one, or a changed text."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar
from tracker.core.reference import Place, parse_place, places, symbol_key
from tracker.core.request import Problem, Request
from tracker.core.resolution import Document, Extraction
from tracker.errors import NotAResolution
from tracker.extraction import extract
from tracker.reading import read
from tracker.services import batch
from tracker.services.act import Act
from tracker.services.databases import make_ready, rehearsal
from tracker.services.matching import match_items, paragraph_changes
from tracker.services.renewing import propose
from tracker.services.series import refresh_all
from tracker.services.storing import Destination, calendar_of, is_text, store_resolution, store_text
from tracker.storage import queries
from tracker.storage.changes import UNDONE, Recorder
from tracker.storage.engine import writing
from tracker.storage.models import ItemRow, ResolutionRow, TextRow, WordingRow
from tracker.storage.reader import reading
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
    """What an import did with one resolution: `outcome` is new, unchanged, restored, language or changed.

    `renewals` is the number of requests that it may renew, or that may renew it.
    """

    symbol: str
    outcome: str
    extraction: Extraction
    items: list[ImportedItem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    renewals: int = 0


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of one file: its resolutions, or why it was skipped or failed."""

    path: Path
    resolutions: tuple[Imported, ...] = ()
    known_as: str | None = None
    error: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user said about the files: symbol and language where the text does not, and how many processes."""

    symbol: str | None = None
    language: str | None = None
    jobs: int | None = None


def import_files(
    target: Target, paths: Sequence[Path], act: Act, choices: Choices, *, dry_run: bool = False
) -> Iterator[FileImported]:
    """Reads and stores files in their order, one transaction a file; a bad file does not stop the rest.

    A file whose very bytes are stored already is skipped unread, so that an interrupted import goes on where it was.
    A dry run does the same on a copy (SQLite) or takes it back at the end (PostgreSQL). Raises the errors of storage.
    """
    if not dry_run:
        yield from _import_files(target, paths, act, choices, None)
        return
    with rehearsal(target, act.now) as copy:
        if copy.is_sqlite:
            yield from _import_files(copy, paths, act, choices, None)
        else:
            with writing(copy, keep=False) as db:
                yield from _import_files(copy, paths, act, choices, db)


def _import_files(
    target: Target, paths: Sequence[Path], act: Act, choices: Choices, db: Session | None
) -> Iterator[FileImported]:
    known = _known(target, paths, choices)
    work = partial(_read, symbol=choices.symbol, language=choices.language)
    results = batch.run(work, [path for path in paths if path not in known], choices.jobs)
    ready = False
    for path in paths:
        if path in known:
            yield FileImported(path, known_as=known[path])
            continue
        outcome = next(results)
        if outcome.result is None:
            yield FileImported(path, error=outcome.error, exit_code=outcome.exit_code)
            continue
        if not ready and db is None:
            # The database is made only when there is something to store.
            make_ready(target, act.now, make=True)
            ready = True
        try:
            yield FileImported(path, tuple(import_extractions(target, *outcome.result, act, db)))
        except NotAResolution as error:
            yield FileImported(path, error=str(error), exit_code=error.exit_code)


def _read(path: Path, symbol: str | None, language: str | None) -> tuple[Document, tuple[Extraction, ...]]:
    document = read(path)
    return document, extract(document, language=language, symbol=symbol)


def _known(target: Target, paths: Sequence[Path], choices: Choices) -> dict[Path, str]:
    """Files whose bytes are a current text already, with the symbol; a single file is read again for its ledger."""
    if len(paths) < 2 or choices.symbol or choices.language or (target.is_sqlite and not target.file.exists()):
        return {}
    with reading(target) as reader:
        stored = {row["sha256"]: row["symbol"] for row in queries.current_texts(reader)}
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):
            symbol = stored.get(hashlib.sha256(path.read_bytes()).hexdigest())
            if symbol is not None:
                found[path] = symbol
    return found


def import_extractions(
    target: Target, document: Document, extractions: Iterable[Extraction], act: Act, db: Session | None = None
) -> list[Imported]:
    """Stores every resolution of one document in one transaction, or nothing at all.

    `db`: in this transaction of the caller's instead. Raises NotAResolution when a resolution has no symbol
    (`--symbol` gives one), and the errors of the storage.
    """
    found = list(extractions)
    for extraction in found:
        if extraction.resolution.symbol is None:
            raise NotAResolution(
                f"{document.name}: the text does not say which resolution it is; nothing was stored; give --symbol"
            )
    if db is not None:
        with db.begin_nested():
            return _import(db, document, found, act)
    with writing(target) as own:
        return _import(own, document, found, act)


def _import(db: Session, document: Document, extractions: list[Extraction], act: Act) -> list[Imported]:
    calendar = calendar_of(db)
    recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
    done = [_import_one(recorder, document, extraction, calendar, act) for extraction in extractions]
    changed = [f"{one.outcome} text of {one.symbol}" for one in done if one.outcome != "unchanged"]
    if changed:
        recorder.operation.summary = ", ".join(changed)
    return done


def _import_one(
    recorder: Recorder, document: Document, extraction: Extraction, calendar: Calendar, act: Act
) -> Imported:
    found, db = extraction.resolution, recorder.db
    problems = list(extraction.problems)
    row = db.scalars(select(ResolutionRow).where(ResolutionRow.symbol_key == symbol_key(found.symbol or ""))).first()
    is_new = row is None
    if row is None:
        row = store_resolution(db, extraction)
    undone = [item for item in row.items if (item.withdrawn or "").startswith(UNDONE) and not item.added]
    for item in undone:
        # Who imports again what was undone wants it back.
        recorder.set_field(item, "withdrawn", None, row.adopted_on or act.today)
    current = [text for text in row.texts if text.language == found.language and text.current]
    for text in current:
        if is_text(text, document, extraction):
            return _result(db, row, text, "restored" if undone else "unchanged", extraction, problems)
    text = store_text(db, row, document, extraction, act.now)
    outcome = "new" if is_new else "changed" if current else "language"
    recorder.add_text_event(row.id, outcome, f"text of {row.symbol} in {text.language}", act.today)
    to = Destination(recorder, row, text, calendar, act.today)
    differences: list[str] = []
    if is_new:
        where = places((request.paragraph, request.sub) for request in extraction.requests)
        for position, (place, request) in enumerate(zip(where, extraction.requests, strict=True)):
            to.store_item(place, position, request)
    else:
        differences = [*paragraph_changes(current, text), *match_items(to, extraction, known=bool(current))]
    problems.extend(Problem("text-differs", difference) for difference in differences)
    db.refresh(row, ["items"])
    refresh_all(db, row.items, act.today)
    done = _result(db, row, text, outcome, extraction, problems)
    done.renewals = propose(db, row, text)
    return done


def _result(
    db: Session, row: ResolutionRow, text: TextRow, outcome: str, extraction: Extraction, problems: list[Problem]
) -> Imported:
    requests = extraction.requests
    where = places((request.paragraph, request.sub) for request in requests)
    worded = select(WordingRow.start_at, ItemRow).join(WordingRow.item).where(WordingRow.text_id == text.id)
    stored = dict(list(db.execute(worded)))
    items = []
    for place, request in zip(where, requests, strict=True):
        item = stored.get(request.start)
        verified = all(deadline.verified for deadline in item.held_deadlines[:1]) if item else True
        held = parse_place(item.place) if item else None
        items.append(ImportedItem(held or place, request, item.due_on if item else None, verified))
    return Imported(row.symbol, outcome, extraction, items, problems)
