"""Bringing a database to the schema of this program. Alembic is imported only here, when an upgrade is due."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from tracker.errors import Busy, CannotWrite, SchemaMismatch
from tracker.storage.connection import connect, translate
from tracker.storage.engine import make_engine
from tracker.storage.schema import (
    SEARCH_INDEX,
    drop_views,
    head_revision,
    migrations_folder,
    recreate_schema_objects,
    revision,
)
from tracker.storage.target import Target


def create(target: Target) -> None:
    """Makes the SQLite database `target`. One that somebody else makes meanwhile is kept; an empty file is filled."""
    if target.file.exists():
        migrate(target)
        return
    with contextlib.suppress(Busy), creating(target):
        pass


@contextlib.contextmanager
def creating(target: Target) -> Iterator[Target]:
    """A new SQLite database beside `target`, which takes its place at the end with all that was written to it.

    Any exception leaves nothing behind. Raises Busy when somebody else made `target` meanwhile: it stays as it is.
    """
    new = Target(path=target.file.with_name(f".{target.file.name}.{os.getpid()}.new"))
    try:
        with _making(target):
            if target.usual:
                target.file.parent.mkdir(parents=True, exist_ok=True)
            elif not target.file.parent.is_dir():
                raise CannotWrite(f"the database {target} cannot be made: there is no folder {target.file.parent}")
            new.file.unlink(missing_ok=True)
            new.file.touch()  # where that cannot be done, the error is about the database, not about this file
        create_at(new, "head", named=target)
        yield new
        with _making(target):
            _put_in_place(new.file, target.file)
    finally:
        with contextlib.suppress(OSError):
            new.file.unlink(missing_ok=True)
            new.file.with_name(f"{new.file.name}-journal").unlink(missing_ok=True)


@contextlib.contextmanager
def _making(target: Target) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"the database {target} cannot be made: {error.strerror or error}") from error


def _put_in_place(new: Path, path: Path) -> None:
    """Renames without replacing: a hard link fails when the name is taken, a rename would not."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise Busy(f"somebody else made {path} meanwhile; it was left alone; look at it and try again") from None
    except OSError:
        if path.exists():
            raise
        new.rename(path)


def create_at(target: Target, to: str, named: Target | None = None) -> None:
    """Makes the SQLite database `target`, called `named` in errors, with the tables of schema `to` (newest: `head`)."""
    connect(target, write=True, create=True).close()
    migrate(target, to, named)


def upgrade(target: Target, now: datetime) -> tuple[str | None, str, Path | None]:
    """Upgrades to the newest schema; returns the revisions before and after, and the backup that was made.

    SQLite is copied first, beside the original. Raises SchemaMismatch when the database is newer than the program.
    """
    with contextlib.closing(connect(target, write=True)) as connection:
        before = revision(connection, target)
        head = head_revision()
        if before == head:
            return before, head, None
        if before is not None and before > head:
            raise SchemaMismatch(
                f"{target} has schema {before}, newer than {head} of this program; nothing was changed"
            )
        if (
            before is None
            and target.is_sqlite
            and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        ):
            raise SchemaMismatch(f"{target} holds other data, not tracker's; it was left alone")
        backup = _backup(connection, target, before, now) if target.is_sqlite and before else None
    migrate(target)
    return before, head, backup


def _backup(connection: sqlite3.Connection, target: Target, before: str, now: datetime) -> Path:
    path = target.file.with_name(f"{target.file.name}.{before}.{now:%Y%m%dT%H%M%S}.backup")
    _copy(connection, target, path)
    return path


def _copy(connection: sqlite3.Connection, target: Target, path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(path)) as copy:
            connection.backup(copy)
    except sqlite3.Error as error:
        raise translate(error, target) from error


def copy_to(target: Target, path: Path) -> None:
    """Copies the SQLite database `target` as it is at this moment, other writers or not, to `path`."""
    with contextlib.closing(connect(target)) as connection:
        _copy(connection, target, path)


def migrate(target: Target, to: str = "head", named: Target | None = None) -> None:
    """Runs the missing migrations in one transaction, with foreign keys off (batch mode rebuilds tables).

    Raises the errors of `translate`, which call the database `named` (else `target`).
    """
    try:
        with make_engine(target, foreign_keys=False).begin() as connection:
            counts = _row_counts(connection, target)
            config = Config()
            config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
            config.attributes["connection"] = connection
            drop_views(connection)
            command.upgrade(config, to)
            _verify(connection, target, counts)
            if to == "head":
                recreate_schema_objects(connection, sqlite=target.is_sqlite)
    except DBAPIError as error:
        raise translate(error, named or target) from error


def _tables(connection: Connection, target: Target) -> Iterator[str]:
    if target.is_sqlite:
        rows = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            f"AND name NOT LIKE '{SEARCH_INDEX}%'"
        )
    else:
        rows = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return (str(row[0]) for row in rows.fetchall())


def _row_counts(connection: Connection, target: Target) -> dict[str, int]:
    counts = {}
    for table in _tables(connection, target):
        if table != "alembic_version":
            counts[table] = int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one())
    return counts


def _verify(connection: Connection, target: Target, before: dict[str, int]) -> None:
    """Nothing may be lost by a migration: no row fewer, no row that refers to nothing."""
    after = _row_counts(connection, target)
    lost = [table for table, count in before.items() if after.get(table, 0) < count]
    broken = target.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if lost or broken:
        raise SchemaMismatch(f"the upgrade of {target} would lose rows of {', '.join(lost) or 'linked tables'}; undone")
