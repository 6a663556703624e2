"""tracker undo: take back a whole operation."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options
from tracker.cli.confirming import Yes
from tracker.cli.state import State
from tracker.cli.undoing import run


def command(
    context: typer.Context,
    operation: Annotated[
        int | None, typer.Argument(metavar="[OPERATION]", help="Its number in `tracker history`; else your last one.")
    ] = None,
    yes: Annotated[bool, Yes] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be taken back.")] = False,
    by: options.By = None,
) -> None:
    """Take back a whole operation: all that one command changed. History keeps both.

    Refused when a later operation changed the same fields of the same items: that one has to be undone first.
    Undoing an import withdraws the items that it made, as long as nothing else happened to them.

    Example: tracker undo --dry-run
    """
    state: State = context.obj
    run(state, operation, state.act(by), again=False, yes=yes, dry_run=dry_run)
