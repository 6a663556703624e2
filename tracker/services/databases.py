"""Getting a database ready for a command that writes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tracker.storage.migrations import create, upgrade
from tracker.storage.target import Target


@contextlib.contextmanager
def ready_to_write(target: Target, now: datetime, *, dry_run: bool = False, make: bool = False) -> Iterator[Target]:
    """The database to write to: an older SQLite file is upgraded, a missing one is made when `make` says so.

    A dry run leaves both alone: where no database is there yet it works on one of its own.
    PostgreSQL is upgraded only by `tracker db upgrade`.
    """
    if not target.is_sqlite:
        yield target
        return
    missing = make and (not target.file.exists() or target.file.stat().st_size == 0)
    if dry_run and missing:
        with tempfile.TemporaryDirectory() as folder:
            scratch = Target(path=Path(folder) / "dry-run.sqlite3")
            create(scratch)
            yield scratch
        return
    if missing:
        create(target)
    elif not dry_run:
        upgrade(target, now)
    yield target
