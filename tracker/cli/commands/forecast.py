"""tracker forecast: documents that sessions expect, as conference services ask for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import filters, options, output
from tracker.cli.items import UNSURE
from tracker.cli.state import State
from tracker.storage.reader import reading

if TYPE_CHECKING:
    from tracker.core.report import Report


@filters.filtered(where=["force"])
def command(
    context: typer.Context,
    session: Annotated[
        str | None, typer.Option("--session", metavar="SESSION", help="One session, e.g. HRC30; all without.")
    ] = None,
    names: options.SymbolsOrView = None,
    *,
    wanted: filters.Wanted,
    as_of: options.AsOf = None,
    to: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Its ending gives the format: .xlsx, .csv ...")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """List the documents that sessions expect, with the columns of the conference services' forecast.

    Example: tracker forecast --session HRC30 --as-of 2015-04-01
    """
    from tracker.reports.files import require_writable, write_whole
    from tracker.reports.formats import format_of, load
    from tracker.services.forecasting import build_forecast, parse_session

    state: State = context.obj
    day = options.day_of(state, as_of)
    items = wanted.of(state, names).selection(day)
    if to is not None:
        require_writable(to, force=force)
    with reading(state.target) as reader:
        named = parse_session(session) if session else None
        report = build_forecast(reader, items, day, named)
    if to is not None:
        write_whole(to, load(format_of(to)).render(report), force=force)
        output.problem(f"written: {to}")
    elif output.is_terminal():
        _for_people(report)
    else:
        output.raw(load("csv").render(report).decode("utf-8-sig"))  # the mark of a CSV file is for files


def _for_people(report: Report) -> None:
    """What fits a terminal: when which session expects what."""
    from tracker.services.forecasting import NOT_CONFIRMED

    rows = [
        {
            "meeting": meeting.text.replace(NOT_CONFIRMED, "~"),
            "submit_by": submit.text,
            "issue_by": issue.text,
            "mandate": mandate.text,
            "title": title.text,
        }
        for title, mandate, _, _, _, submit, issue, meeting, _ in report.items.rows
    ]
    if rows:
        output.table(("meeting", "submit_by", "issue_by", "mandate", "title"), rows, flexible=("title",))
        if any(row["meeting"].endswith("~") for row in rows):
            output.problem(UNSURE)
        output.problem("-o forecast.xlsx writes all columns of the form")
    else:
        output.problem("no document is expected")
