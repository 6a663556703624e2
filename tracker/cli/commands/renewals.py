"""tracker renewals: requests that may come back in a later resolution."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli import options, output
from tracker.cli.changes import sentence
from tracker.cli.state import State
from tracker.errors import UsageError
from tracker.services.resolutions import find_resolution
from tracker.storage.reader import reading
from tracker.storage.renewals import renewals

COLUMNS = (
    "new", "old", "likeness", "new_action", "old_action", "new_adopted_on", "old_adopted_on", "new_due_on",
    "old_due_on", "old_status", "refused",
)  # fmt: skip


def command(
    context: typer.Context,
    symbol: Annotated[
        str | None,
        typer.Argument(
            metavar="[SYMBOL]",
            help="Only what this resolution renews, or what renews it.",
            autocompletion=options.complete_references,
        ),
    ] = None,
    refuse: Annotated[
        tuple[str, str] | None, typer.Option("--refuse", metavar="NEW OLD", help="It is no renewal; with --note.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why it is none.")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="List those that were refused.")] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    by: options.By = None,
) -> None:
    """List requests that seem to renew an open one of an earlier resolution of the same body.

    `tracker update NEW --supersedes OLD` accepts: the old item becomes overtaken, with a link.

    Example: tracker renewals 28/2
    """  # fmt: skip
    state: State = context.obj
    if refuse is not None:
        from tracker.services.renewing import refuse as say_no

        for one in say_no(state.target, *refuse, note or "", state.act(by)):
            output.line(sentence(one))
        return
    if note is not None:
        raise UsageError("--note goes with --refuse; nothing was changed")
    with reading(state.target) as reader:
        resolution = find_resolution(reader, symbol)["id"] if symbol else None
        rows = renewals(reader, resolution, refused=refused)
    if as_json:
        output.as_json(rows)
    elif as_csv:
        output.as_csv(COLUMNS, rows)
    elif output.is_terminal():
        _for_people(rows)
    else:
        output.table(COLUMNS, rows)
    if not rows:
        output.problem("no renewal was refused" if refused else "no renewals are proposed")


def _for_people(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        output.heading(row["new"], f"  renews {row['old']}?  {row['likeness']} %")
        output.words(f"  new: {row['new_action']}", "       ")
        output.words(f"  old: {row['old_action']}", "       ")
        if row["refused"]:
            output.words(f"  refused: {row['refused']}", "       ")
    if rows and not rows[0]["refused"]:
        output.problem("accept: tracker update NEW --supersedes OLD")
        output.problem("refuse: tracker renewals --refuse NEW OLD --note WHY")
