"""tracker calendar: deadlines as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import filters, options, output
from tracker.cli.state import State
from tracker.storage.reader import reading


@filters.filtered(where=["force"])
def command(
    context: typer.Context,
    to: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.ics", help="The calendar file to write.")],
    names: options.SymbolsOrView = None,
    *,
    wanted: filters.Wanted,
    language: options.Language = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Write deadlines, and the days to submit and to issue documents, as a calendar file.

    Imported again, a calendar updates the same entries; those of closed items are cancelled.

    Example: tracker calendar --group secretariat -o deadlines.ics
    """
    from tracker.reports.files import require_writable, write_whole
    from tracker.reports.ics import render
    from tracker.services import labels
    from tracker.services.agenda import build_agenda

    state: State = context.obj
    day = options.day_of(state, None)
    chosen = wanted.of(state, names).selection(day)
    require_writable(to, force=force)
    with reading(state.target) as reader:
        found = build_agenda(reader, chosen, day, language)
    write_whole(to, render(found, labels.load(language or "en")("calendar.name")), force=force)
    output.problem(f"written: {to} ({len(found)} entries)")
