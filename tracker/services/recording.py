"""One command of one person on its way into the database."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from sqlalchemy.orm.exc import StaleDataError

from tracker.errors import Conflict
from tracker.services.act import Act
from tracker.storage.changes import Recorder
from tracker.storage.engine import writing
from tracker.storage.target import Target


@contextlib.contextmanager
def recording(target: Target, act: Act, what: str = "an item") -> Iterator[Recorder]:
    """A transaction that holds one operation: all of it is kept at the end, or nothing.

    Raises Conflict, naming `what`, when somebody else changed an item after it was read here.
    """
    try:
        with writing(target) as db:
            yield Recorder(db, now=act.now, actor=act.actor, command=act.command)
    except StaleDataError:
        raise Conflict(f"somebody else changed {what} meanwhile; nothing was changed; try again") from None
