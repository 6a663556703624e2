"""Taking in what `tracker export` wrote: into an empty database, all of it or nothing."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, MetaData, Table

from tracker.errors import BadInputFile, CannotWrite, NotFound
from tracker.services.act import Act
from tracker.services.databases import make_ready
from tracker.services.export_file import ExportFile
from tracker.storage.engine import make_engine, writing
from tracker.storage.indexing import index_all
from tracker.storage.loading import is_empty, load_rows
from tracker.storage.migrations import create_at, creating, migrate
from tracker.storage.reader import reading
from tracker.storage.schema import head_revision, revisions
from tracker.storage.tables import data_tables, rows_of
from tracker.storage.target import Target

_Rows = Iterator[tuple[str, dict[str, Any]]]


def import_data(target: Target, path: Path, act: Act) -> dict[str, int]:
    """Stores everything that the export at `path` holds; returns the number of rows of each table.

    A missing SQLite file is made. An export of an older schema is upgraded on the way. Raises NotFound, BadInputFile
    for a file that is damaged, cut off or newer than this program, CannotWrite when the database is not empty; nothing
    is stored then.
    """
    with _opened(path) as file:
        export = ExportFile(file, str(path))
        if export.schema > head_revision():
            raise BadInputFile(
                f"{path} has schema {export.schema}, newer than {head_revision()} of this program; nothing was stored; "
                "install a newer program"
            )
        if export.schema not in revisions():
            raise BadInputFile(f"{path}: schema {export.schema!r} is not known; nothing was stored")
        with _present(export) as rows, _destination(target, act) as to, writing(to) as db:
            connection = db.connection()
            if not is_empty(connection, data_tables()):
                raise CannotWrite(
                    f"{target} holds data already; nothing was changed; `tracker import-data` fills an empty database "
                    "only: --database names another one"
                )
            _load(export, connection, data_tables(), rows)
            index_all(connection)
    return export.counts


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.is_dir():
        raise BadInputFile(f"{path} is a folder; nothing was stored; give the JSON file that `tracker export` wrote")
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise NotFound(f"{path}: no such file; nothing was stored") from None
    with file:
        yield file


@contextlib.contextmanager
def _destination(target: Target, act: Act) -> Iterator[Target]:
    """The database to write to; one that is made for this is only there when everything is in it."""
    if target.is_sqlite and not target.file.exists():
        with creating(target) as new:
            yield new
    else:
        make_ready(target, act.now, make=True)
        yield target


def _load(export: ExportFile, connection: Connection, tables: list[Table], rows: _Rows) -> None:
    try:
        load_rows(connection, tables, rows)
    except ValueError as error:
        raise export.unfit(error) from error


def _complete(export: ExportFile, tables: list[Table]) -> _Rows:
    """The rows of the file. Raises BadInputFile when one of `tables` is not in it."""
    yield from export.rows()
    if missing := {table.name for table in tables} - export.counts.keys():
        raise export.unfit(f"the file has no {', '.join(sorted(missing))}")


@contextlib.contextmanager
def _present(export: ExportFile) -> Iterator[_Rows]:
    """The rows as the present schema has them: an older export goes through a database of its own schema."""
    if export.schema == head_revision():
        yield _complete(export, data_tables())
        return
    with tempfile.TemporaryDirectory() as folder:
        old = Target(path=Path(folder) / "old.sqlite3")
        create_at(old, export.schema)
        with make_engine(old).begin() as connection:
            metadata = MetaData()
            metadata.reflect(connection)
            tables = data_tables(metadata)
            _load(export, connection, tables, _complete(export, tables))
        migrate(old)
        with reading(old) as reader:
            yield ((table.name, row) for table in data_tables() for row in rows_of(reader, table))
