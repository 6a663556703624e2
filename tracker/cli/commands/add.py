"""tracker add: an item for a request that the reader missed."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.state import State


def command(
    context: typer.Context,
    symbol: Annotated[
        str,
        typer.Argument(metavar="SYMBOL", help="The resolution: 28/2.", autocompletion=options.complete_references),
    ],
    paragraph: Annotated[str, typer.Argument(metavar="PARAGRAPH", help="Its operative paragraph: 24, 12(b).")],
    action: Annotated[str, typer.Option("--action", metavar="TEXT", help="What is asked, in short.")],
    words: options.OwnWords = None,
    addressee: options.AskedAddressees = None,
    force: options.Force = None,
    deadline: options.OwnDeadline = None,
    deliverable: options.OwnDeliverable = None,
    recurrence: options.OwnRecurrence = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why it is an item.")] = None,
    by: options.By = None,
) -> None:
    """Make an item of a request that the reader missed. It holds from the adoption and stays when the text comes again.

    Without --words, the paragraph stands for them; without --force, it is a request.

    Example: tracker add 28/2 24 --action 'consult States and report' --addressee secretary-general
    """
    from tracker.core.correction import Correction, parse_addressee
    from tracker.services.adding import add_item

    state: State = context.obj
    said = Correction(
        force=force,
        addressees=tuple(map(parse_addressee, addressee)) if addressee else None,
        deadline=deadline,
        deliverable=deliverable,
        recurrence=recurrence,
        action=action,
        words=words,
    )
    done = add_item(state.target, symbol, paragraph, said, state.act(by), note=note)
    output.line(f"{done.ref}  added by hand{f', due {done.due_on}' if done.due_on else ''}")
