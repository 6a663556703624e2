"""tracker search: words in texts, titles and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from tracker.cli import filters, options, output
from tracker.cli.items import UNSURE, marked, yes_or_no
from tracker.cli.layout import Layout
from tracker.cli.state import State
from tracker.errors import UsageError
from tracker.services.resolutions import require_resolutions
from tracker.storage.reader import reading

if TYPE_CHECKING:
    from tracker.services.searching import Found

COLUMNS = (
    "ref", "symbol", "kind", "paragraph", "language", "status", "timeliness", "due_on", "holds_on", "snippet",
    "due_verified",
)  # fmt: skip
"""Columns of TSV and CSV: only ever added to."""

PAGE = 10
"""Answers that a terminal shows at once."""


MINUS = "\u2212"


class CLASS(typer.core.TyperCommand):
    """`-word` is a word to leave out, not an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Writes the hyphen before such words as a minus sign."""
        plain = args.index("--") if "--" in args else len(args)
        words = [
            MINUS + word[1:] if at < plain and word[:1] == "-" and word[1:2] not in {"", "-"} and word != "-h" else word
            for at, word in enumerate(args)
        ]
        return super().parse_args(ctx, words)


@filters.filtered(layout=["columns", "limit", "page"], all_=True)
def command(
    context: typer.Context,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS...", help="Words, -without, begin*, '\"side by side\"'; @VIEW.")
    ],
    *,
    wanted: filters.Wanted,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only texts in this language.")
    ] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Find words in all texts, titles and notes, whatever their accents and case; what answers best comes first.

    All words must be there. With a filter of `tracker list`, only what belongs to such items is found.

    Example: tracker search '"droits de l’homme"' coop* -fonds --status '!implemented'
    """
    from tracker.core.terms import parse_query
    from tracker.services.searching import search

    state: State = context.obj
    day = options.day_of(state, None)
    typed = [word for word in words if not word.startswith("@")]
    chosen = wanted.of(state, [word for word in words if word.startswith("@")], defaults=True)
    selection = chosen.selection(day)
    layout = chosen.layout(columns=COLUMNS, rows=0 if as_json or as_csv else PAGE)
    query = parse_query(" ".join(typed))
    with reading(state.target) as reader:
        require_resolutions(reader, selection)
        found = search(reader, query, selection, day, language=language, limit=layout.limit, offset=layout.offset)
    _show(found, layout, as_json=as_json, as_csv=as_csv)
    if not found.answers:
        output.problem(f"nothing found for {' '.join(typed)}" if not found.count else f"page {layout.page} is empty")


def _show(found: Found, layout: Layout, *, as_json: bool, as_csv: bool) -> None:
    if as_json and layout.columns:
        raise UsageError("--columns is for tables and --csv")
    if as_json:
        output.as_json(found.answers)
    elif as_csv:
        output.as_csv(layout.columns or COLUMNS, [_flat(answer) for answer in found.answers])
    elif output.is_terminal() and not layout.columns:
        for answer in found.answers:
            _answer(answer)
        if any(answer["due_verified"] is False for answer in found.answers):
            output.problem(UNSURE)
    else:
        output.table(layout.columns or COLUMNS, [_flat(answer) for answer in found.answers], flexible=("snippet",))
    shown, last = len(found.answers), layout.offset + len(found.answers)
    if shown and (found.more or last < found.count):
        more = "more than " if found.more else ""
        output.problem(
            f"{layout.offset + 1} to {last} of {more}{found.count} shown; --page {layout.page + 1} shows more"
        )


def _flat(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "due_verified": yes_or_no(answer["due_verified"])}


def _answer(answer: dict[str, Any]) -> None:
    output.heading(answer["ref"] or answer["symbol"], f"  {_about(answer)}")
    output.marked(answer["snippet"], answer["spans"], "  ")


def _about(answer: dict[str, Any]) -> str:
    """`paragraph 26, pending, due 2015-09-13, fr`."""
    label = answer["paragraph"]
    place = {
        "title": "title",
        "note": f"note of {answer['holds_on']}",
        "preamble": f"preamble {label}" if label else "preamble",
        "paragraph": f"paragraph {label}: no request",
    }.get(answer["kind"], "")
    due = f"due {marked(answer['due_on'], answer['due_verified'])}" if answer["due_on"] else ""
    others = len(answer["items"]) - 1
    further = f"and {others} more {'item' if others == 1 else 'items'}" if others > 0 else ""
    return ", ".join(filter(None, (place, answer["status"] or "", due, further, answer["language"] or "")))
