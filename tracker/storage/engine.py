"""SQLAlchemy over the connections of `connection.py`: the write side."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from tracker.storage.connection import begin, connect, translate
from tracker.storage.schema import check_revision
from tracker.storage.target import Target


def make_engine(target: Target, *, foreign_keys: bool = True) -> Engine:
    """An engine whose connections are those of `connect` and whose transactions are those of `begin`."""

    def creator() -> Any:
        connection = connect(target, write=True)
        if target.is_sqlite and not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
        return connection

    if target.is_sqlite:
        engine = create_engine("sqlite+pysqlite://", creator=creator, poolclass=NullPool)

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            begin(connection.connection.driver_connection, target, write=True)
    else:

        def creator_in_transactions() -> Any:
            connection = creator()
            connection.autocommit = False
            return connection

        engine = create_engine("postgresql+psycopg://", creator=creator_in_transactions, poolclass=NullPool)
    return engine


@contextlib.contextmanager
def writing(target: Target, *, keep: bool = True) -> Iterator[Session]:
    """One transaction: committed at the end, undone whole on any exception or when `keep` is false.

    Raises SchemaMismatch on another schema, and driver errors as those of `errors.py`.
    """
    engine = make_engine(target)
    try:
        with contextlib.closing(connect(target)) as probe:
            check_revision(probe, target)
        with Session(engine, expire_on_commit=False) as db:
            yield db
            if keep:
                db.commit()
            else:
                db.flush()
                db.rollback()
    except DBAPIError as error:
        raise translate(error, target) from error
    finally:
        engine.dispose()
