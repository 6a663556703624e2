"""tracker list: items with who, what, by when and what became of them."""

from __future__ import annotations

import typer

from tracker.cli import filters, options
from tracker.cli.items import COLUMNS, PAGED, show_items, shown_of
from tracker.cli.state import State
from tracker.core.selection import Selection
from tracker.services.resolutions import require_resolutions
from tracker.services.viewing import list_items
from tracker.storage.queries import count_items
from tracker.storage.reader import reading


@filters.filtered(layout=PAGED, all_=True)
def command(
    context: typer.Context,
    names: options.SymbolsOrView = None,
    *,
    wanted: filters.Wanted,
    as_of: options.AsOf = None,
    language: options.Language = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """List items: who is asked for what, by when, and what became of it.

    Filters may be repeated; `!` before a value means not. A view is saved in tracker.toml: [views], mine =
    "--assignee Ana --status !implemented".

    Example: tracker list 28/2 --group secretariat --status '!implemented' --sort due
    """
    state: State = context.obj
    day = options.day_of(state, as_of)
    wanted = wanted.of(state, names, defaults=True)
    chosen = wanted.selection(day)
    rows = 0 if as_json or as_csv else state.settings["page_rows"]
    layout = wanted.layout(columns=COLUMNS, rows=rows)
    most = None if chosen == Selection() else layout.counted
    with reading(state.target) as reader:
        require_resolutions(reader, chosen)
        items = list_items(
            reader, chosen, day, order=layout.order, reverse=layout.reverse, limit=layout.limit,
            offset=layout.offset, language=language,
        )  # fmt: skip
        count = count_items(reader, chosen, as_of=day.rebuilt, most=most) if layout.limit else len(items)
        looked_at = 0 if count else count_items(reader, Selection(), as_of=day.rebuilt)
    show_items(
        items,
        as_json=as_json,
        as_csv=as_csv,
        empty=f"no item fits; {looked_at} {'item' if looked_at == 1 else 'items'} looked at" if not count else "",
        columns=layout.columns,
        whole=len(items) == count,
    )
    more = layout.limit is not None and most is not None and count > most
    shown_of(layout, len(items), count - more, more=more)
