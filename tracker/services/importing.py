"""Files into the database, one after the other: a bad one does not stop the rest, a known one is passed over."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.reading.limits import LARGEST
from tracker.services import batch
from tracker.services.act import Act
from tracker.services.databases import make_ready, rehearsal
from tracker.services.documents import resolutions_in
from tracker.services.intake import Imported, import_extractions
from tracker.storage import queries
from tracker.storage.engine import writing
from tracker.storage.reader import Row, reading
from tracker.storage.target import Target


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of one file: its resolutions, or why it was skipped or failed.

    `known_as` is the symbol under which its very bytes are stored, `older` that a newer text took its place;
    `problems` are then those of its reading, as rows (symbol, code, message, language, paragraph).
    """

    path: Path
    resolutions: tuple[Imported, ...] = ()
    known_as: str | None = None
    older: bool = False
    problems: tuple[Row, ...] = ()
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
) -> Generator[FileImported]:
    """Reads and stores files in their order, one transaction a file; a bad file does not stop the rest.

    A file whose very bytes are stored already is skipped unread, so that an interrupted import goes on where it was.
    A text that a newer one replaced becomes current again when it is imported alone, but not from a folder.
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
    work = partial(resolutions_in, symbol=choices.symbol, language=choices.language)
    ready = False
    with contextlib.closing(batch.run(work, [path for path in paths if path not in known], choices.jobs)) as results:
        for path in paths:
            if path in known:
                yield known[path]
                continue
            outcome = next(results)
            if outcome.result is None:
                yield FileImported(path, error=outcome.error, exit_code=outcome.exit_code)
                continue
            if not ready and db is None:
                # The database is made only when there is something to store.
                make_ready(target, act.now, make=True)
                ready = True
            done = import_extractions(target, *outcome.result, act, db, restore=len(paths) == 1)
            yield FileImported(path, tuple(done))


def _known(target: Target, paths: Sequence[Path], choices: Choices) -> dict[Path, FileImported]:
    """Files whose very bytes are stored already; a single file is read again for its ledger."""
    if len(paths) < 2 or choices.symbol or choices.language or (target.is_sqlite and not target.file.exists()):
        return {}
    with reading(target) as reader:
        rows = queries.stored_texts(reader)
        problems = queries.stored_problems(reader)
    symbols = {row["sha256"]: row["symbol"] for row in rows}
    current = {row["sha256"] for row in rows if row["current"]}
    undone = {row["sha256"] for row in rows if row["undone"]}
    by_text: dict[str, list[Row]] = {}
    for row in problems:
        by_text.setdefault(row.pop("sha256"), []).append(row)
    found = {}
    for path in paths:
        digest = _digest(path)
        if digest in symbols and digest not in undone:
            found[path] = FileImported(
                path, known_as=symbols[digest], older=digest not in current, problems=tuple(by_text.get(digest, ()))
            )
    return found


def _digest(path: Path) -> str:
    """The checksum of a file; empty for what will not be read anyway."""
    with contextlib.suppress(OSError):
        if path.is_file() and path.stat().st_size <= LARGEST:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
    return ""
