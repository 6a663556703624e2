"""tracker merge: several items that are one request become one."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.changes import sentence
from tracker.cli.state import State


def command(
    context: typer.Context,
    references: options.References,
    keep: Annotated[
        bool, typer.Option("--keep", help="Where they differ in status, date ..., what the first has holds.")
    ] = False,
    action: Annotated[
        str | None, typer.Option("--action", metavar="TEXT", help="What the merged item asks (else both, joined).")
    ] = None,
    by: options.By = None,
) -> None:
    """Merge items of one resolution into the first. The others are withdrawn; their history stays, with a link.

    Example: tracker merge 28/2:19 28/2:19.2
    """
    from tracker.services.splitting import merge_items

    state: State = context.obj
    for one in merge_items(state.target, references, state.act(by), keep=keep, action=action):
        output.line(sentence(one))
