"""Alembic's entry: takes the connection that `tracker.storage.migrations` hands in."""

from __future__ import annotations

from alembic import context

from tracker.storage import models  # noqa: F401 - declares the tables
from tracker.storage.base import Base, is_ours

connection = context.config.attributes.get("connection")
if connection is None:  # `alembic revision --autogenerate` by a developer: an empty database in memory
    from sqlalchemy import create_engine

    connection = create_engine("sqlite://").connect()

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    include_object=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
