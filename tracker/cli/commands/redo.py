"""tracker redo: bring back what was undone."""

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
        int | None, typer.Argument(metavar="[OPERATION]", help="The one that was undone; else your last undo.")
    ] = None,
    yes: Annotated[bool, Yes] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be brought back.")] = False,
    by: options.By = None,
) -> None:
    """Bring back an operation that was undone.

    Example: tracker redo --dry-run
    """
    state: State = context.obj
    run(state, operation, state.act(by), again=True, yes=yes, dry_run=dry_run)
