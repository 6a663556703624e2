"""tracker db: state and upgrade of the database."""

from __future__ import annotations

import contextlib

import typer

from tracker.cli import output
from tracker.cli.state import State
from tracker.storage.connection import connect
from tracker.storage.schema import head_revision, revision

app = typer.Typer(help="Look after the database.", rich_markup_mode=None, no_args_is_help=True)


@app.command()
def status(context: typer.Context) -> None:
    """Show where the data is and whether its schema is that of this program.

    Example: tracker db status
    """
    state: State = context.obj
    with contextlib.closing(connect(state.target)) as connection:
        found, head = revision(connection, state.target), head_revision()
        output.line(f"database: {state.target}")
        output.line(f"schema: {found or 'none'} ({'current' if found == head else f'this program has {head}'})")
        if found == head:
            for table in ("resolutions", "texts", "items", "events"):
                count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - fixed names
                output.line(f"{table}: {count}")


@app.command()
def index(context: typer.Context) -> None:
    """Make the index of `tracker search` again, from what is stored.

    Example: tracker db index
    """
    from tracker.services.databases import renew_index

    state: State = context.obj
    output.line(f"{renew_index(state.target, state.act().now)} entries")


@app.command()
def upgrade(context: typer.Context) -> None:
    """Bring the database to the schema of this program; an SQLite file is copied first.

    Example: tracker db upgrade
    """
    from tracker.storage.migrations import create
    from tracker.storage.migrations import upgrade as run

    state: State = context.obj
    if state.target.is_sqlite and state.target.path is not None and not state.target.path.exists():
        create(state.target)
        output.line(f"made {state.target}, schema {head_revision()}")
        return
    before, after, backup = run(state.target, state.act().now)
    if before == after:
        output.line(f"{state.target} has schema {after} already; nothing changed")
    else:
        output.line(f"{state.target}: schema {before or 'none'} → {after}")
    if backup:
        output.line(f"backup: {backup}")
