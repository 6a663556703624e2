"""tracker import-data: an export back into an empty database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.state import State


def command(
    context: typer.Context,
    file: Annotated[Path, options.file_argument("FILE", "The JSON that `tracker export` wrote.")],
) -> None:
    """Load an export into an empty database.

    SQLite or PostgreSQL; numbers, history and undo are as they were. All of it or nothing. A missing SQLite
    file is made; on PostgreSQL `tracker db upgrade` makes the tables first.

    Example: tracker --database new.sqlite3 import-data tracker.json
    """
    from tracker.services.reloading import import_data

    state: State = context.obj
    counts = import_data(state.target, file, state.act())
    shown = ", ".join(f"{counts[name]} {name}" for name in ("resolutions", "texts", "items", "events"))
    output.line(f"{state.target}: loaded {shown}")
