"""tracker split: one item that is several requests becomes several."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import options, output
from tracker.cli.changes import sentence
from tracker.cli.state import State
from tracker.errors import UsageError


def command(
    context: typer.Context,
    reference: options.Reference,
    part: Annotated[
        list[str] | None, typer.Option("--part", metavar="TEXT", help="What one part asks; the first keeps REF.")
    ] = None,
    by: options.By = None,
) -> None:
    """Split an item that is several requests. Without --part, in your editor.

    The first part keeps the reference, the status and the history; the others become items of the same paragraph,
    with the same addressees and deadlines. The parts stay when the text is imported again.

    Example: tracker split 28/2:26 --part 'to elaborate a report' --part 'to submit it to the Council'
    """
    from tracker.services.splitting import split_item

    state: State = context.obj
    parts = part or _in_editor(state, reference)
    if not parts:
        output.problem("nothing was changed")
        return
    for one in split_item(state.target, reference, parts, state.act(by)):
        output.line(sentence(one))


def _in_editor(state: State, reference: str) -> list[str] | None:
    from tracker.cli.editor import fill_in
    from tracker.services.day import Day
    from tracker.services.showing import view_item
    from tracker.storage.reader import reading

    with reading(state.target) as reader:
        row = view_item(reader, reference, Day(state.today)).row
    form = (
        f"# {row['ref']}: put an empty line between the parts, save, and leave the editor.\n"
        f"# The first part keeps the reference. Unchanged or empty: nothing changes.\n\n{row['action']}\n"
    )
    return fill_in(form, _parts, ".txt")


def _parts(text: str) -> list[str]:
    """The paragraphs of what came back, without the lines that begin with #."""
    lines = ["" if not line.strip() else line for line in text.splitlines() if not line.startswith("#")]
    found = [part for part in "\n".join(lines).split("\n\n") if part.strip()]
    if len(found) < 2:
        raise UsageError("only one part: put an empty line between two parts; nothing was changed")
    return found
