"""Options that several commands share."""

from __future__ import annotations

import os
from datetime import date
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from tracker.cli.state import State
from tracker.core.request import Deliverable
from tracker.core.request import Force as Forces
from tracker.core.selection import Selection
from tracker.core.status import Status
from tracker.errors import UsageError
from tracker.services.day import Day

GROUPS = ("secretariat", "body", "states", "others")


def parse_day(text: str | None, option: str) -> date | None:
    """An ISO date. Raises UsageError for anything else."""
    if text is None:
        return None
    try:
        if len(text) != len("2015-09-13"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date; write it like 2015-09-13") from None


def complete_references(context: typer.Context, incomplete: str) -> list[str]:
    """References and symbols that begin with what was typed, for the shell.

    Bash takes a colon for the end of a word: then the symbol stands before it, and only the rest is asked for.
    """
    from tracker.errors import TrackerError
    from tracker.storage.reader import reading

    words = os.environ.get("COMP_WORDS", "").split()[: int(os.environ.get("COMP_CWORD", "0") or 0)]
    before = ""
    if incomplete == ":" and words:
        before, incomplete = f"{words[-1]}:", ""
    elif len(words) > 1 and words[-1] == ":":
        before = f"{words[-2]}:"
    database = context.find_root().params.get("database")
    try:
        with reading(State(database).target) as reader:
            rows = reader.rows("SELECT ref, symbol FROM item_rows ORDER BY symbol_key, position LIMIT 20000")
    except TrackerError:
        return []
    known: dict[str, None] = {}
    for row in rows:
        short = row["ref"].split("/RES/")[-1]
        known.update(dict.fromkeys((short, row["ref"], row["symbol"])))
    found = [word.removeprefix(before) for word in known if word.startswith(before + incomplete)]
    return found[:200]


References = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...", help="28/2:26, :12(b) or the number of `list`.", autocompletion=complete_references
    ),
]
SomeReferences = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REF]...", help="28/2:26, :12(b) or the number of `list`.", autocompletion=complete_references
    ),
]
Reference = Annotated[
    str,
    typer.Argument(metavar="REF", help="28/2:26, :12(b) or the number of `list`.", autocompletion=complete_references),
]
AskedAddressees = Annotated[
    list[str] | None,
    typer.Option("--addressee", metavar="CODE[=WORDS]", help="Who is asked, with the words of the text. Repeatable."),
]
Force = Annotated[str | None, typer.Option("--force", metavar="FORCE", help=", ".join(Forces) + ".")]
OwnDeadline = Annotated[
    str | None, typer.Option("--deadline", metavar="WHEN", help="before HRC30, at HRC30, 2016-09-30, by 2016, none.")
]
OwnDeliverable = Annotated[
    str | None, typer.Option("--deliverable", metavar="KIND", help=", ".join(Deliverable) + ", none.")
]
OwnRecurrence = Annotated[
    str | None, typer.Option("--recurrence", metavar="PERIOD", help="annual, every 6 months, every session, none ...")
]
OwnAction = Annotated[str | None, typer.Option("--action", metavar="TEXT", help="What is asked, in short.")]
OwnWords = Annotated[str | None, typer.Option("--words", metavar="TEXT", help="The words of the text that ask it.")]
Symbols = Annotated[
    list[str] | None, typer.Option("--symbol", metavar="SYMBOL", help="Resolution, e.g. 28/2. Repeatable.")
]
Bodies = Annotated[list[str] | None, typer.Option("--body", metavar="BODY", help="HRC, GA, SC, ECOSOC ...")]
Statuses = Annotated[
    list[str] | None, typer.Option("--status", metavar="STATUS", help="A status, or !status for all others.")
]
Addressees = Annotated[
    list[str] | None, typer.Option("--addressee", metavar="CODE", help="ohchr, secretary-general, states ...")
]
Groups = Annotated[list[str] | None, typer.Option("--group", metavar="GROUP", help=", ".join(GROUPS) + ".")]
Assignees = Annotated[list[str] | None, typer.Option("--assignee", metavar="NAME", help="Colleague who follows it.")]
WhereStatuses = Annotated[
    list[str] | None, typer.Option("--where-status", metavar="STATUS", help="Items with it, or !status for all others.")
]
WhereAssignees = Annotated[
    list[str] | None, typer.Option("--where-assignee", metavar="NAME", help="Items that this colleague follows.")
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it (else you).")]
DueBefore = Annotated[str | None, typer.Option("--due-before", metavar="DATE", help="Due before this day.")]
DueAfter = Annotated[str | None, typer.Option("--due-after", metavar="DATE", help="Due after this day.")]
NoDeadline = Annotated[bool, typer.Option("--no-deadline", help="Only items without a due date.")]
ToCheck = Annotated[bool, typer.Option("--to-check", help="Only items that the reader was unsure of.")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes that read files (else one a core).")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As things were at the end of this day.")]
Language = Annotated[
    str | None, typer.Option("--language", metavar="CODE", help="In the words of this text, where it was imported.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, stable.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV with a header.")]


E = TypeVar("E", bound=StrEnum)


def one_of(known: type[E], text: str | None, option: str) -> E | None:
    """`text` as a value of `known`. Raises UsageError with the possible ones."""
    try:
        return known(text) if text is not None else None
    except ValueError:
        raise UsageError(f"{option} {text!r} is not one of {', '.join(known)}") from None


def day_of(state: State, as_of: str | None) -> Day:
    """The day that a command tells about."""
    settings = state.settings
    return Day(
        state.today, parse_day(as_of, "--as-of"), due_soon_days=settings["due_soon_days"],
        series_months=settings["series_months"], submit_weeks=settings["submit_weeks"],
        issue_weeks=settings["issue_weeks"],
    )  # fmt: skip


def selection(
    *,
    symbols: list[str] | None = None,
    bodies: list[str] | None = None,
    statuses: list[str] | None = None,
    addressees: list[str] | None = None,
    groups: list[str] | None = None,
    assignees: list[str] | None = None,
    due_before: str | None = None,
    due_after: str | None = None,
    no_deadline: bool = False,
    to_check: bool = False,
) -> Selection:
    """The filter options as a selection. Raises UsageError for a value that cannot match anything."""
    _known("--status", statuses, tuple(Status))
    _known("--group", groups, GROUPS)
    return Selection(
        symbols=tuple(symbols or ()),
        bodies=tuple(bodies or ()),
        statuses=tuple(statuses or ()),
        addressees=tuple(addressees or ()),
        groups=tuple(groups or ()),
        assignees=tuple(assignees or ()),
        due_before=parse_day(due_before, "--due-before"),
        due_after=parse_day(due_after, "--due-after"),
        no_deadline=no_deadline,
        to_check=to_check,
    )


def _known(option: str, values: list[str] | None, known: tuple[str, ...]) -> None:
    for value in values or ():
        if value.removeprefix("!") not in known:
            raise UsageError(f"{option} {value!r} is not one of {', '.join(known)}")
