"""tracker export: everything that the database holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import output
from tracker.cli.state import State
from tracker.errors import UsageError


def command(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document, the one for `tracker import-data` (the default).")
    ] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="A CSV file a table, for spreadsheets and other programs; not for reload.")
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to; with --csv a folder or FILE.zip; else stdout."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
) -> None:
    """Write everything there is, for a reload or another program.

    Resolutions with their texts, items, history, evidence, links, dates of sessions. The same content gives
    the same file, byte by byte, on SQLite and PostgreSQL. `tracker import-data` reads the JSON back into an
    empty database; the CSV files are made safe for spreadsheets and are not read back.

    Example: tracker export -o tracker.json
    """
    from tracker.reports.files import whole_file
    from tracker.services.exporting import write_csv, write_document

    state: State = context.obj
    if as_json and as_csv:
        raise UsageError("--json and --csv contradict each other")
    if as_csv and to is None:
        raise UsageError("--csv writes a file a table: -o FOLDER or -o FILE.zip says where")
    if to is None:
        _print(state)
        return
    if as_csv:
        write_csv(state.target, to, force=force)
    else:
        with whole_file(to, force=force) as file:
            write_document(state.target, file)
    output.problem(f"written: {to}")


def _print(state: State) -> None:
    """Prints from a copy, so that a slow reader of the pipe does not keep others from writing."""
    import tempfile

    from tracker.services.exporting import write_document

    with tempfile.TemporaryFile() as copy:
        write_document(state.target, copy)
        copy.seek(0)
        for line in copy:
            output.raw(line.decode())
