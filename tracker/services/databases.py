"""Getting a database ready for a command that writes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tracker.storage.engine import writing
from tracker.storage.indexing import index_all
from tracker.storage.migrations import copy_to, create, upgrade
from tracker.storage.target import Target


def make_ready(target: Target, now: datetime, *, make: bool = False) -> None:
    """Before writing: an older SQLite file is upgraded, a missing one is made when `make` says so.

    PostgreSQL is upgraded only by `tracker db upgrade`.
    """
    if target.is_sqlite:
        if make and _missing(target):
            create(target)
        else:
            upgrade(target, now)


def renew_index(target: Target, now: datetime) -> int:
    """Makes all that search looks in again, from what is stored; returns the number of entries."""
    make_ready(target, now)
    with writing(target) as db:
        return index_all(db.connection())


@contextlib.contextmanager
def rehearsal(target: Target, now: datetime) -> Iterator[Target]:
    """A copy of the SQLite database for a dry run, upgraded like the real one would be; PostgreSQL as it is."""
    if not target.is_sqlite:
        yield target
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Target(path=Path(folder) / target.file.name)
        if _missing(target):
            create(copy)
        else:
            copy_to(target, copy.file)
            upgrade(copy, now)
        yield copy


def _missing(target: Target) -> bool:
    return not target.file.exists() or target.file.stat().st_size == 0
