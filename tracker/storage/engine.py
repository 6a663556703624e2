"""SQLAlchemy over the connections of `connection.py`: the write side."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tracker.storage.connection import begin, connect, translate
from tracker.storage.indexing import keep_index
from tracker.storage.schema import check_revision
from tracker.storage.target import Target

# Else what fails while a connection is closed is printed; it is raised too, if it matters.
logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())


@cache
def make_engine(target: Target, *, foreign_keys: bool = True) -> Engine:
    """An engine whose connections are those of `connect` and whose transactions are those of `begin`.

    Kept for the life of the process, since it holds the statements that SQLAlchemy has compiled, not connections.
    """

    def creator() -> Any:
        connection = connect(target, write=True)
        if not target.is_sqlite:
            connection.autocommit = False
        elif not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
        return connection

    dialect = "sqlite+pysqlite" if target.is_sqlite else "postgresql+psycopg"
    engine = create_engine(f"{dialect}://", creator=creator, poolclass=NullPool)
    if target.is_sqlite:

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            begin(connection.connection.driver_connection, target, write=True)

    return engine


@contextlib.contextmanager
def writing(target: Target, *, keep: bool = True) -> Iterator[Session]:
    """One transaction: committed at the end, undone whole on any exception or when `keep` is false.

    Raises SchemaMismatch on another schema, and driver errors as those of `errors.py`.
    """
    try:
        with Session(make_engine(target), expire_on_commit=False) as db:
            # Inside the transaction: nobody can change the schema between this look and the writing.
            check_revision(db.connection().connection.driver_connection, target)
            keep_index(db)
            yield db
            db.flush()
            if keep:
                db.commit()
            else:
                db.rollback()
    except DBAPIError as error:
        raise translate(error, target) from error
