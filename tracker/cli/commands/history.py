"""tracker history: who changed what, and when."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker.cli import options, output
from tracker.cli.changes import SAID_TWICE, sentence
from tracker.cli.state import State
from tracker.core.status import Changed
from tracker.services.resolutions import find_resolution
from tracker.storage.queries import history
from tracker.storage.reader import Reader, reading

COLUMNS = (
    "operation",
    "recorded_at",
    "who",
    "ref",
    "field",
    "old",
    "new",
    "holds_on",
    "undoes",
    "undone_by",
    "command",
)


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
    begin = state.settings.start_of(start) if start else None
    with reading(state.target) as reader:
        item, resolution = _about(reader, reference)
        rows = [
            {
                "command": row["command"],
                "undoes": row["undoes"],
                "undone_by": row["undone_by"],
                "operation": row["operation_id"],
                "recorded_at": str(row["recorded_at"])[:19].replace("T", " "),
                "who": row["actor"],
                "ref": row["ref"],
                "field": row["field"],
                "old": row["old"],
                "new": row["new"],
                "holds_on": row["holds_on"],
            }
            for row in history(reader, item_id=item, resolution_id=resolution, since=begin, actor=by)
        ]
    _show(state, rows, as_json=as_json, as_csv=as_csv)


def _about(reader: Reader, reference: str | None) -> tuple[int | None, int | None]:
    if reference is None:
        return None, None
    if ":" in reference or reference.isdecimal():
        from tracker.services.references import find_number

        return find_number(reader, reference), None
    return None, find_resolution(reader, reference)["id"]


def _show(state: State, rows: list[dict[str, Any]], *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        output.as_json(rows)
    elif as_csv:
        output.as_csv(COLUMNS, rows)
    elif output.is_terminal():
        _grouped(state, rows)
    else:
        output.table(COLUMNS, rows)
    if not rows:
        output.problem("no changes")


def _grouped(state: State, rows: list[dict[str, Any]]) -> None:
    """For people: each operation with its command, and what it changed; times in the configured zone."""
    last = None
    for row in rows:
        if row["field"] in SAID_TWICE:
            continue
        recorded = state.local(row["recorded_at"])
        if row["operation"] != last:
            last = row["operation"]
            undone = f" (undone by {row['undone_by']})" if row["undone_by"] else ""
            undoes = f" (undoes {row['undoes']})" if row["undoes"] else ""
            output.words(f"{row['operation']}  {recorded}  {row['who']}{undone}{undoes}", "    ")
            output.words(f"    {row['command']}", "      ")
        since = "" if row["holds_on"] == recorded[:10] else f", from {row['holds_on']}"
        change = Changed(row["ref"] or "", row["field"], row["old"], row["new"])
        output.words(f"  {sentence(change).strip()}{since}", "    ")
