"""tracker overdue: open items whose due date is past."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli import filters, options
from tracker.cli.items import COLUMNS, PAGED, show_items, shown_of
from tracker.cli.state import State
from tracker.services.resolutions import require_resolutions
from tracker.services.viewing import count_overdue, list_overdue
from tracker.storage.queries import count_items
from tracker.storage.reader import reading


@filters.filtered(layout=PAGED, all_=True)
def command(
    context: typer.Context,
    names: options.SymbolsOrView = None,
    *,
    wanted: filters.Wanted,
    as_of: options.AsOf = None,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 when something is overdue (for cron).")] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """List what is overdue: open, with a due date strictly before today. Due today is not overdue.

    The filters are those of `tracker list`.

    Example: tracker overdue --as-of 2015-09-14 --check
    """
    state: State = context.obj
    day = options.day_of(state, as_of)
    wanted = wanted.of(state, names, defaults=True)
    filtered = wanted.selection(day)
    rows = 0 if as_json or as_csv else state.settings["page_rows"]
    layout = wanted.layout("due", columns=COLUMNS, rows=rows)
    with reading(state.target) as reader:
        require_resolutions(reader, filtered)
        items = list_overdue(
            reader, filtered, day, order=layout.order, reverse=layout.reverse, limit=layout.limit, offset=layout.offset
        )
        found = len(items)
        if layout.limit and (layout.offset or found == layout.limit):
            found = count_overdue(reader, filtered, day, layout.counted)
        looked_at = 0 if found else count_items(reader, filtered, as_of=day.rebuilt)
    show_items(
        items,
        as_json=as_json,
        as_csv=as_csv,
        empty=f"nothing overdue on {day.shown}; {looked_at} {'item' if looked_at == 1 else 'items'} looked at"
        if not found
        else "",
        columns=layout.columns,
        whole=len(items) == found,
    )
    shown_of(layout, len(items), min(found, layout.counted), more=found > layout.counted)
    if check and found:
        raise typer.Exit(1)
