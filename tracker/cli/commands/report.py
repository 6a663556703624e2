"""tracker report: the progress report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.state import State
from tracker.storage.reader import reading


def command(
    context: typer.Context,
    symbols: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SYMBOL...]",
            help="Resolutions, e.g. 28/2; all without.",
            autocompletion=options.complete_references,
        ),
    ] = None,
    body: options.Bodies = None,
    status: options.Statuses = None,
    addressee: options.Addressees = None,
    group: options.Groups = None,
    assignee: options.Assignees = None,
    due_before: options.DueBefore = None,
    due_after: options.DueAfter = None,
    as_of: options.AsOf = None,
    to: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Its ending gives the format.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="NAME", help="markdown (for stdout).")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Print the progress report, or write it to a file.

    Example: tracker report 28/2 --as-of 2016-02-01 -o progress.md
    """
    from tracker.reports.files import write_whole
    from tracker.reports.formats import format_of, load
    from tracker.services.reporting import build_report

    state: State = context.obj
    wanted = options.selection(
        symbols=symbols, bodies=body, statuses=status, addressees=addressee, groups=group, assignees=assignee,
        due_before=due_before, due_after=due_after,
    )  # fmt: skip
    chosen = load(form or (format_of(to) if to else "markdown"))
    with reading(state.target) as reader:
        report = build_report(reader, wanted, options.day_of(state, as_of), state.zone)
    content = chosen.render(report)
    if to is None:
        output.raw(content.decode("utf-8"))
    else:
        write_whole(to, content, force=force)
        output.problem(f"written: {to}")
