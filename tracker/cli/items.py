"""How lists of items look: one table, one JSON, one CSV for all commands that list items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tracker.cli import output
from tracker.cli.layout import Layout
from tracker.cli.tables import Shorter
from tracker.core.status import AGEING

CSV_COLUMNS = (
    "ref", "id", "symbol", "paragraph", "sub", "force", "addressees", "addressee_words", "group", "action",
    "deliverable", "status", "status_on", "timeliness", "days_overdue", "due_on", "due_text", "due_verified",
    "submit_by", "issue_by", "first_due_on", "recurrence", "assignee", "office", "priority", "tags", "to_check",
    "extended", "late_against_first", "ageing", "added",
    "gone", "gone_since",
)  # fmt: skip
"""Columns of `--csv`: only ever added to."""

_TABLE = ("no", "ref", "due", "status", "who", "request")
_PIPE = (
    "ref", "id", "due_on", "status", "timeliness", "group", "addressees", "assignee", "to_check", "action", "ageing",
    "due_verified",
)  # fmt: skip


UNSURE = "~ the dates of this session are computed or not confirmed"

COLUMNS = CSV_COLUMNS
"""What `--columns` offers."""

PAGED = ("sort", "reverse", "columns", "limit", "page")
"""The options about the look of a list of items."""

_LONG = ("action", "addressees", "addressee_words", "due_text", "tags", "office", "assignee")
"""Columns that a terminal may shorten."""


def show_items(
    items: Sequence[Mapping[str, Any]],
    *,
    as_json: bool,
    as_csv: bool,
    empty: str,
    columns: Sequence[str] = (),
    whole: bool = True,
) -> None:
    """Prints items as asked, or only `columns` of them; `empty` is said on stderr instead of an empty table.

    `whole`: these are all that were found, not one page of them.
    """
    if as_json:
        output.as_json([{name: _value(item, name) for name in columns} if columns else item for item in items])
    elif as_csv:
        output.as_csv(columns or CSV_COLUMNS, [flat(item) for item in items])
    elif columns:
        if items or not output.is_terminal():
            output.table(columns, [flat(item) for item in items], flexible=_LONG)
    elif items or not output.is_terminal():
        if output.is_terminal():
            rows = [_short(item) for item in items]
            output.table(_TABLE, rows, flexible=("who", "no", "request"), shorter=_shorter(items))
            _explain(items, whole)
        else:
            output.table(_PIPE, [flat(item) for item in items])
    if empty and not items:
        output.problem(empty)


def _explain(items: Sequence[Mapping[str, Any]], whole: bool) -> None:
    """The marks in the table, and how old what is overdue is."""
    if any(item["due_verified"] is False for item in items):
        output.problem(UNSURE)
    if any(item["extended"] for item in items):
        output.problem("+ extended; `tracker show` tells the first date and whether it was kept")
    ages = Counter(item["ageing"] for item in items if item["ageing"])
    if ages:
        where = "" if whole else " on this page"
        output.problem(f"overdue{where}: " + ", ".join(f"{ages[age]} by {age} days" for age in AGEING if ages[age]))


def shown_of(layout: Layout, shown: int, count: int, *, more: bool = False) -> None:
    """Says how many rows of how many were shown, and how to get at the others; `more`: of more than `count`."""
    if (shown == count and not more) or layout.limit is None:
        return
    first = layout.offset + 1
    if not shown:
        output.problem(f"page {layout.page} is empty: there are {count} items")
        return
    further = f"; --page {layout.page + 1} shows more" if more or layout.offset + shown < count else ""
    output.problem(f"{first} to {layout.offset + shown} of {'more than ' * more}{count} shown{further}")


def _value(item: Mapping[str, Any], name: str) -> Any:
    return item[name] if name in item else flat(item)[name]


def _shorter(items: Sequence[Mapping[str, Any]]) -> Shorter:
    """What a narrow terminal can do without: the body of a symbol, unless two share the rest; `pending` of overdue."""
    symbols = {item["symbol"] for item in items}
    known = Counter(symbol.rpartition("/RES/")[2] for symbol in symbols)
    refs = [
        ref if known[short.rpartition(":")[0]] > 1 else short
        for item in items
        if (short := (ref := output.cell(item["ref"])).rpartition("/RES/")[2])
    ]
    return (("ref", refs), ("status", [status(item).removeprefix("pending, ") for item in items]))


def flat(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item with one text a value, as tables and CSV have it."""
    return {
        **item,
        "addressees": " ".join(dict.fromkeys(addressee["code"] for addressee in item["addressees"])),
        "addressee_words": "; ".join(addressee["text"] for addressee in item["addressees"]),
        "due_verified": yes_or_no(item["due_verified"]),
    }


def _short(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "no": item["id"],
        "ref": item["ref"],
        "due": due(item),
        "status": status(item),
        "who": ", ".join(dict.fromkeys(addressee["code"] for addressee in item["addressees"])) or "-",
        "request": f"{'? ' if item['to_check'] else ''}{item['action']}",
    }


def due(item: Mapping[str, Any]) -> str:
    """The due date with `~` where the dates of its session are not confirmed, `+` where it was extended."""
    return marked(item["due_on"], item["due_verified"]) + ("+" if item["extended"] else "")


def marked(due_on: str | None, verified: bool | None) -> str:
    """A due date, with `~` where the dates of its session are computed or not confirmed; `-` for none."""
    return f"{due_on or '-'}{'~' if due_on and verified is False else ''}"


def yes_or_no(verified: bool | None) -> str:
    """Whether dates are confirmed, as tables and CSV have it; empty where that is no question."""
    return {True: "yes", False: "no", None: ""}[verified]


def status(item: Mapping[str, Any]) -> str:
    """The status, with what the date makes of it where that matters."""
    if item["timeliness"] == "overdue":
        return f"{item['status']}, {item['days_overdue']} d overdue"
    return f"{item['status']}, late" if item["timeliness"] == "late" else str(item["status"])
