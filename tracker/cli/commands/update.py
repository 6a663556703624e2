"""tracker update: report what became of items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tracker.services.tracking import Changed

from tracker.cli import options, output
from tracker.cli.state import State
from tracker.core.status import Status
from tracker.errors import UsageError


def command(
    context: typer.Context,
    references: options.References,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help=", ".join(Status) + ".")] = None,
    note: Annotated[list[str] | None, typer.Option("--note", metavar="TEXT", help="What was done, or why.")] = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="SYMBOL|URL|FILE", help="What proves it. Repeatable.")
    ] = None,
    assignee: Annotated[
        str | None, typer.Option("--assignee", metavar="NAME", help="Colleague who follows it; '' for nobody.")
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="The reading was checked and is right.")] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day from which it holds (else today).")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who reports it (else you).")] = None,
) -> None:
    """Report what became of items; every change is kept in their history. Closing needs evidence or a note.

    Example: tracker update 28/2:26 --status implemented --evidence A/HRC/31/81 --on 2016-01-15
    """
    from tracker.services.tracking import Change, update_items

    state: State = context.obj
    change = Change(
        status=_status(status),
        notes=tuple(note or ()),
        evidence=tuple(evidence or ()),
        assignee=assignee,
        confirm=confirm,
        on=options.parse_day(on, "--on"),
    )
    if change == Change(on=change.on):
        raise UsageError("nothing to update: give --status, --note, --evidence, --assignee or --confirm")
    done = update_items(state.target, references, change, state.act(by))
    for one in done:
        output.line(_sentence(one))
    if not done:
        output.problem("nothing changed: all of this held already")


def _status(text: str | None) -> Status | None:
    try:
        return Status(text) if text is not None else None
    except ValueError:
        raise UsageError(f"--status {text!r} is not one of {', '.join(Status)}") from None


def _sentence(one: Changed) -> str:
    if one.field in {"note", "evidence"}:
        return f"{one.ref}  {one.field} added: {one.new}"
    return f"{one.ref}  {one.field}: {one.old or '-'} → {one.new or '-'}"
