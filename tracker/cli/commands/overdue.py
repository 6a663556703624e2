"""tracker overdue: open items whose due date is past."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.items import show_items
from tracker.cli.state import State
from tracker.services.viewing import list_overdue, require_resolutions
from tracker.storage.queries import count_items
from tracker.storage.reader import reading


def command(
    context: typer.Context,
    symbol: options.Symbols = None,
    body: options.Bodies = None,
    status: options.Statuses = None,
    addressee: options.Addressees = None,
    group: options.Groups = None,
    assignee: options.Assignees = None,
    due_before: options.DueBefore = None,
    due_after: options.DueAfter = None,
    as_of: options.AsOf = None,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 when something is overdue (for cron).")] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """List what is overdue: open, with a due date strictly before today. Due today is not overdue.

    Example: tracker overdue --as-of 2015-09-14 --check
    """
    state: State = context.obj
    day = options.day_of(state, as_of)
    filtered = options.selection(
        symbols=symbol, bodies=body, statuses=status, addressees=addressee, groups=group, assignees=assignee,
        due_before=due_before, due_after=due_after,
    )  # fmt: skip
    with reading(state.target) as reader:
        require_resolutions(reader, filtered)
        items = list_overdue(reader, filtered, day)
        looked_at = count_items(reader, filtered, as_of=day.rebuilt)
    show_items(
        items,
        as_json=as_json,
        as_csv=as_csv,
        empty=f"nothing overdue on {day.shown}; {looked_at} {'item' if looked_at == 1 else 'items'} looked at",
    )
    if check and items:
        raise typer.Exit(1)
