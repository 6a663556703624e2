"""tracker next: what to do first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import filters, options, output
from tracker.cli.items import CSV_COLUMNS, UNSURE, due, flat
from tracker.cli.state import State
from tracker.services.resolutions import require_resolutions
from tracker.storage.reader import reading

if TYPE_CHECKING:
    from tracker.services.advising import Step

HEADINGS = {
    "overdue": "Overdue",
    "due_soon": "Due soon",
    "to_submit": "Documents to submit",
    "to_check": "To check",
    "silent": "Without information",
}
ROWS = 40
"""Items that a terminal shows without --limit."""

_PIPE = ("reason", "why", "ref", "due_on", "status", "assignee", "addressees", "action", "due_verified")


@filters.filtered(layout=["limit"], all_=True)
def command(
    context: typer.Context,
    names: options.SymbolsOrView = None,
    *,
    for_: Annotated[
        list[str] | None, typer.Option("--for", metavar="NAME", help="Only what this colleague follows. Repeatable.")
    ] = None,
    wanted: filters.Wanted,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Show what to do first, and why: overdue, due soon, documents to submit, to check, without information.

    Each item once. Soon is due_soon_days, a document is submitted submit_weeks before its session, an open item is
    named after silent_days without information (tracker config).

    Example: tracker next --for Ana --limit 10
    """
    from tracker.services.advising import what_next

    state: State = context.obj
    day = options.day_of(state, None)
    chosen = wanted.of(state, names, defaults=True).narrowed("assignee", for_)
    selection, limit = chosen.selection(day), chosen.layout().limit
    if limit is None and output.is_terminal() and not as_json and not as_csv:
        limit = ROWS
    with reading(state.target) as reader:
        require_resolutions(reader, selection)
        steps = what_next(reader, selection, day, state.settings["silent_days"], limit and limit + 1)
    more = limit is not None and len(steps) > limit
    steps = steps[:limit]
    if as_json:
        output.as_json([{"reason": step.reason, "why": step.why, **step.item} for step in steps])
    elif as_csv:
        output.as_csv(("reason", "why", *CSV_COLUMNS), [_flat(step) for step in steps])
    elif output.is_terminal():
        _for_people(steps)
    else:
        output.table(_PIPE, [_flat(step) for step in steps])
    if not steps:
        output.problem("nothing to do: nothing is overdue, due soon, to submit, to check or without information")
    elif more:
        output.problem(f"the first {limit}; --limit N shows more")


def _flat(step: Step) -> dict[str, Any]:
    return {"reason": step.reason, "why": step.why, **flat(step.item)}


def _for_people(steps: list[Step]) -> None:
    for number, (reason, group) in enumerate(groupby(steps, key=lambda step: step.reason)):
        if number:
            output.line()
        output.heading(HEADINGS[reason])
        rows = [
            {
                "ref": step.item["ref"],
                "due": due(step.item),
                "why": step.why,
                "who": step.item["assignee"] or ", ".join(dict.fromkeys(a["code"] for a in step.item["addressees"])),
                "request": step.item["action"],
            }
            for step in group
        ]
        output.table(("ref", "due", "why", "who", "request"), rows, flexible=("who", "request"))
    if any(step.item["due_verified"] is False for step in steps):
        output.problem(UNSURE)
