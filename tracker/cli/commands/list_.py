"""tracker list: items with who, what, by when and what became of them."""

from __future__ import annotations

import typer

from tracker.cli import options
from tracker.cli.items import show_items
from tracker.cli.state import State
from tracker.core.selection import Selection
from tracker.services.viewing import list_items, require_resolutions
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
    no_deadline: options.NoDeadline = False,
    to_check: options.ToCheck = False,
    as_of: options.AsOf = None,
    language: options.Language = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """List items: who is asked for what, by when, and what became of it.

    Example: tracker list --symbol 28/2 --group secretariat
    """
    state: State = context.obj
    day = options.day_of(state, as_of)
    wanted = options.selection(
        symbols=symbol, bodies=body, statuses=status, addressees=addressee, groups=group, assignees=assignee,
        due_before=due_before, due_after=due_after, no_deadline=no_deadline, to_check=to_check,
    )  # fmt: skip
    with reading(state.target) as reader:
        require_resolutions(reader, wanted)
        items = list_items(reader, wanted, day, language=language)
        looked_at = count_items(reader, Selection(), as_of=day.rebuilt)
    show_items(items, as_json=as_json, as_csv=as_csv, empty=f"no item fits; {looked_at} items looked at")
