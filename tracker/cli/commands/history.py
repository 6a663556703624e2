"""tracker history: who changed what, and when."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli import options, output
from tracker.cli.state import State
from tracker.services.viewing import find, find_resolution
from tracker.storage.queries import history
from tracker.storage.reader import Reader, reading

COLUMNS = ("operation", "recorded_at", "who", "ref", "field", "old", "new", "holds_on")


def command(
    context: typer.Context,
    reference: Annotated[
        str | None,
        typer.Argument(
            metavar="[REF|SYMBOL]",
            help="An item or a resolution; all without.",
            autocompletion=options.complete_references,
        ),
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Recorded on or after this day.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only what this person did.")] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Show the changes of an item, a resolution or everything, newest first.

    Example: tracker history 28/2:26
    """
    state: State = context.obj
    start = options.parse_day(since, "--since")
    with reading(state.target) as reader:
        item, resolution = _about(reader, reference)
        rows = [
            {
                "operation": row["operation_id"],
                "recorded_at": str(row["recorded_at"])[:19].replace("T", " "),
                "who": row["actor"],
                "ref": row["ref"],
                "field": row["field"] + (" (undone)" if row["undone_by"] else ""),
                "old": row["old"],
                "new": row["new"],
                "holds_on": row["holds_on"],
            }
            for row in history(reader, item_id=item, resolution_id=resolution, since=start, actor=by)
        ]
    _show(rows, as_json=as_json, as_csv=as_csv)


def _about(reader: Reader, reference: str | None) -> tuple[int | None, int | None]:
    if reference is None:
        return None, None
    if ":" in reference or reference.isdecimal():
        return find(reader, reference)["id"], None
    return None, find_resolution(reader, reference)["id"]


def _show(rows: list[dict[str, Any]], *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        output.as_json(rows)
    elif as_csv:
        output.as_csv(COLUMNS, rows)
    else:
        output.table(COLUMNS, rows, flexible=("who", "old", "new", "recorded_at"))
    if not rows:
        output.problem("no changes")
