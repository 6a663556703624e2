"""The one place where a connection is opened and set up; SQLAlchemy's engine uses it too."""

from __future__ import annotations

import sqlite3
from typing import Any

from tracker.errors import (
    BadConfiguration,
    Busy,
    CannotWrite,
    NotFound,
    NotPermitted,
    SchemaMismatch,
    TrackerError,
    Unavailable,
)
from tracker.storage.target import Target

LOCK_SECONDS = 30
"""How long a writer waits for another one before it gives up."""


def connect(target: Target, *, write: bool = False, create: bool = False) -> Any:
    """A DB-API connection to `target`, in autocommit mode: the caller says BEGIN.

    Raises NotFound when there is no such database and `create` is false, and the other errors of `translate`.
    """
    return _connect_sqlite(target, write, create) if target.is_sqlite else _connect_postgresql(target)


def _connect_sqlite(target: Target, write: bool, create: bool) -> sqlite3.Connection:
    if not create and not target.file.exists():
        raise NotFound(f"there is no database at {target}; `tracker import FILE` makes one, --database names another")
    if target.file.is_dir():
        raise NotFound(f"{target} is a folder, not a database")
    mode = "rwc" if create else "rw"
    connection = None
    try:
        connection = sqlite3.connect(
            f"file:{_uri_path(target)}?mode={mode}", uri=True, timeout=LOCK_SECONDS, isolation_level=None
        )
        for pragma in (
            "foreign_keys=ON",
            "recursive_triggers=ON",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            # EXTRA also syncs the folder after the journal is removed, so that a commit survives a power cut.
            "synchronous=EXTRA" if write else "query_only=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        # That of SQLite knows ASCII alone: `--assignee émile` would not find Émile.
        connection.create_function("LOWER", 1, _lower, deterministic=True)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise translate(error, target) from error
    return connection


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def _uri_path(target: Target) -> str:
    """The path with what an SQLite address would misread escaped (sqlite.org/uri.html)."""
    path = str(target.file).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"///{path.lstrip('/')}" if path.startswith("//") else path


def _connect_postgresql(target: Target) -> Any:
    try:
        import psycopg
    except ImportError:
        raise Unavailable("PostgreSQL needs its driver: pip install 'mandate-tracker[postgres]'") from None
    try:
        return psycopg.connect(
            target.url or "",
            autocommit=True,
            connect_timeout=10,
            options=f"-c lock_timeout={LOCK_SECONDS}s -c timezone=UTC -c client_min_messages=warning",
        )
    except psycopg.Error as error:
        raise translate(error, target) from error


def begin(connection: Any, target: Target, *, write: bool) -> None:
    """Opens the transaction: writers take the lock at once, since a deferred lock loses updates."""
    if target.is_sqlite:
        command = "BEGIN IMMEDIATE" if write else "BEGIN"
    else:
        command = "BEGIN" if write else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    try:
        connection.execute(command)
    except Exception as error:
        raise translate(error, target) from error


def translate(error: BaseException, target: Target) -> TrackerError:
    """The error to show for one of the driver; anything unknown to us stays a bug and is raised as it is."""
    original = getattr(error, "orig", None) or error
    message = str(original).strip().splitlines()[0] if str(original).strip() else type(original).__name__
    if isinstance(original, sqlite3.Error):
        return _translate_sqlite(original, message, target)
    module = type(original).__module__.split(".")[0]
    if module == "psycopg":
        return _translate_postgresql(original, message, target)
    raise error


def _translate_sqlite(error: sqlite3.Error, message: str, target: Target) -> TrackerError:
    for words, kind, advice in (
        ("locked", Busy, "somebody else is writing; nothing was changed; try again"),
        ("not a database", SchemaMismatch, "this file is not a tracker database; it was left alone"),
        ("malformed", SchemaMismatch, "the database is damaged; restore a backup"),
        ("no such module: fts5", Unavailable, "the SQLite of this Python has no full-text search (FTS5)"),
        ("no such table", SchemaMismatch, "this is not a tracker database, or a damaged one; it was left alone"),
        ("readonly", NotPermitted, "the file or its folder cannot be written; nothing was changed"),
        ("full", CannotWrite, "the disk is full; what was begun was taken back"),
        ("disk I/O", CannotWrite, "the disk cannot be written; what was begun was taken back"),
        ("unable to open", NotPermitted, "the file cannot be opened; check its folder and permissions"),
    ):
        if words in message:
            return kind(f"database {target}: {message}; {advice}")
    raise error


def _translate_postgresql(error: BaseException, message: str, target: Target) -> TrackerError:
    state = getattr(error, "sqlstate", None) or ""
    name = type(error).__name__
    if name == "ProgrammingError" and not state:  # before anything was sent
        why = f": {message}" if str(target) == target.url else ""  # it may quote the password
        return BadConfiguration(f"the address of the database {target} cannot be understood{why}")
    if name in {"LockNotAvailable", "DeadlockDetected", "SerializationFailure"}:
        return Busy(f"database {target}: {message}; somebody else is writing; nothing was changed; try again")
    if name == "UniqueViolation":
        return Busy(f"database {target}: somebody else stored the same meanwhile; nothing was changed; try again")
    if state == "42501" or state.startswith("28"):
        return NotPermitted(f"database {target}: {message}; ask its owner for access")
    if state == "3D000" or (not state and 'database "' in message and "does not exist" in message):
        return NotFound(f"database {target}: {message}")
    if state == "42P01":
        return SchemaMismatch(f"database {target} has no tracker tables; run `tracker db upgrade`")
    if name in {"OperationalError", "ConnectionTimeout", "AdminShutdown"} or state.startswith(("08", "57", "53")):
        return Unavailable(f"database {target}: {message}; nothing was changed; try again when the server answers")
    raise error
