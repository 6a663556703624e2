"""Which items a query is about, and in which order: conditions with bound values, columns from fixed tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.core.selection import Moment, Selection, symbol_key
from tracker.core.status import CLOSED, OPEN, Priority, Status, Timeliness
from tracker.storage.reader import Row


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


OPEN_CONDITION = f"status IN ({_listed(OPEN)})"
"""Written out, not bound: only then does the partial index on open items with a due date serve the query."""


def _ranked(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a value in its own order, not that of the alphabet."""
    return f"CASE {column} " + " ".join(f"WHEN '{value}' THEN {n}" for n, value in enumerate(values)) + " END"


ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "resolution": ("", ()),
    "due": ("due_on", ()),
    "first_due": ("first_due_on", ()),
    "status": ("status", tuple(Status)),
    "status_on": ("status_on", ()),
    "priority": ("priority", tuple(Priority)),
    "assignee": ("assignee", ()),
    "office": ("office", ()),
    "force": ("force", ()),
    "deliverable": ("deliverable", ()),
    "group": ("office_group", ("secretariat", "body", "states", "others")),
    "number": ("id", ()),
}
"""The orders that `--sort` offers: by which column, and the order of its values where it is not that of the alphabet.

Within one value items stand as in their resolutions.
"""

_NEVER_EMPTY = {"status", "force", "group", "number"}


def order_by(order: str, *, reverse: bool = False, filled: bool = False) -> str:
    """The ORDER BY of one of `ORDERS`. What has no value comes last, in both directions; `filled`: all have one."""
    turn = " DESC" if reverse else ""
    column, values = ORDERS[order]
    if not column:
        return f"symbol_key{turn}, position{turn}"
    value = _ranked(column, values) if values else column
    last = "" if filled or order in _NEVER_EMPTY else f"CASE WHEN {column} IS NULL THEN 1 ELSE 0 END, "
    return f"{last}{value}{turn}" + ("" if order == "number" else ", symbol_key, position")


def in_order(rows: list[Row], order: str, *, reverse: bool = False) -> list[Row]:
    """Rows that no single query gave, in the order of `order_by`; those of one item by due date."""
    column, values = ORDERS[order]

    def value(row: Row) -> Any:
        return values.index(row[column]) if values else row[column]

    rows = sorted(rows, key=lambda row: row["due_on"] or "")
    rows.sort(key=lambda row: (row["symbol_key"], row["position"]), reverse=reverse and not column)
    if not column:
        return rows
    held = sorted((row for row in rows if row[column] is not None), key=value, reverse=reverse)
    return held + [row for row in rows if row[column] is None]


class Conditions:
    """Collects conditions and the values bound to them."""

    def __init__(self) -> None:
        self.sql: list[str] = []
        self.values: dict[str, Any] = {}

    def bind(self, value: Any) -> str:
        """Binds `value`; returns the name by which SQL knows it."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f":{name}"

    def any_of(self, template: str, values: Iterable[str]) -> None:
        """`template` holds `{}` for one value; values that start with `!` must all be absent."""
        wanted: list[str] = []
        unwanted: list[str] = []
        for value in values:
            sql = template.format(self.bind(value.removeprefix("!")))
            (unwanted if value.startswith("!") else wanted).append(sql)
        self.either(wanted, unwanted)

    def either(self, wanted: Sequence[str], unwanted: Sequence[str]) -> None:
        """One of the conditions `wanted` must hold, if there are any, and none of `unwanted`."""
        if wanted:
            self.sql.append("(" + " OR ".join(wanted) + ")")
        self.sql.extend(f"({sql}) IS NOT TRUE" for sql in unwanted)


def conditions_of(selection: Selection) -> Conditions:
    """The conditions of a selection on the columns of `item_rows`."""
    found = Conditions()
    found.either(
        [_symbol(found, symbol) for symbol in selection.symbols if not symbol.startswith("!")],
        [_symbol(found, symbol.removeprefix("!")) for symbol in selection.symbols if symbol.startswith("!")],
    )
    found.any_of("UPPER(body) = UPPER({})", selection.bodies)
    found.any_of("status = {}", selection.statuses)
    found.any_of("office_group = {}", selection.groups)
    found.any_of("force = {}", selection.forces)
    for column, values in (
        ("assignee", selection.assignees),
        ("office", selection.offices),
        ("priority", selection.priorities),
        ("deliverable", selection.deliverables),
    ):
        found.any_of(f"LOWER(COALESCE({column}, '')) = LOWER({{}})", values)
    for column, values in (("addressees", selection.addressees), ("tags", selection.tags)):
        _words(found, column, values)
    if selection.timeliness and selection.moment:
        _timeliness(found, selection.timeliness, selection.moment)
    _dates(found, selection)
    if selection.no_deadline:
        found.sql.append("due_on IS NULL")
    if selection.to_check:
        found.sql.append("to_check")
    if selection.recurring:
        found.sql.append("recurrence IS NOT NULL")
    return found


def _symbol(found: Conditions, symbol: str) -> str:
    key = symbol_key(symbol)
    exact, tail, numbered = found.bind(key), found.bind(f"%/{_like(key)}"), found.bind(f"%/{_like(key)}(%")
    return f"symbol_key = {exact} OR symbol_key LIKE {tail} ESCAPE '!' OR symbol_key LIKE {numbered} ESCAPE '!'"


def _words(found: Conditions, column: str, values: Iterable[str]) -> None:
    """`column` holds words between spaces, of which a value is one; the empty value: it holds none."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for value in values:
        word = value.removeprefix("!")
        whole = f"LOWER(' ' || {column} || ' ') LIKE LOWER({found.bind(f'% {_like(word)} %')}) ESCAPE '!'"
        (unwanted if value.startswith("!") else wanted).append(whole if word else f"{column} = ''")
    found.either(wanted, unwanted)


def _dates(found: Conditions, selection: Selection) -> None:
    if selection.due_before:
        found.sql.append(f"due_on < {found.bind(selection.due_before)}")
    if selection.due_after:
        found.sql.append(f"due_on > {found.bind(selection.due_after)}")
    if selection.overdue_on:
        found.sql.append(f"due_on IS NOT NULL AND {OPEN_CONDITION} AND due_on < {found.bind(selection.overdue_on)}")


def _timeliness(found: Conditions, values: Iterable[str], moment: Moment) -> None:
    """The rules of `core.status.timeliness`, as conditions."""
    day, soon = found.bind(moment.day), found.bind(moment.soon)
    closed = f"due_on IS NOT NULL AND status IN ({_listed(CLOSED)})"
    rules = {
        Timeliness.NO_DEADLINE: "due_on IS NULL",
        Timeliness.UPCOMING: f"{OPEN_CONDITION} AND due_on > {soon} AND due_on >= {day}",
        Timeliness.DUE_SOON: f"{OPEN_CONDITION} AND due_on >= {day} AND due_on <= {soon}",
        Timeliness.OVERDUE: f"{OPEN_CONDITION} AND due_on < {day}",
        Timeliness.ON_TIME: f"{closed} AND (status_on IS NULL OR status_on <= due_on)",
        Timeliness.LATE: f"{closed} AND status_on > due_on",
    }
    sql = {value: f"({rules[Timeliness(value.removeprefix('!'))]})" for value in values}
    found.either(
        [rule for value, rule in sql.items() if not value.startswith("!")],
        [rule for value, rule in sql.items() if value.startswith("!")],
    )


def _like(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
