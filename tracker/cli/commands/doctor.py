"""tracker doctor: what is wrong or doubtful in the data."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output
from tracker.cli.state import State
from tracker.storage.reader import reading
from tracker.storage.schema import head_revision

if TYPE_CHECKING:
    from tracker.services.checkup import Finding

COLUMNS = ("code", "ref", "sentence", "advice")

KINDS = {
    "damaged": "Damage",
    "history": "Values that differ from their history",
    "search": "Texts that search does not find",
    "no-session": "Sessions without dates",
    "session": "Sessions with dates that are not confirmed",
    "due-before": "Due before the adoption",
    "due-by-hand": "Dates by hand, later than the text",
    "file-missing": "Files that are gone",
    "no-evidence": "Implemented without evidence",
    "never-came": "Documents that never came",
    "symbol": "Unknown symbols",
    "no-addressee": "Items without addressee",
    "to-check": "Readings to check",
    "one-language": "Texts in one language only",
}
SHOWN = 5
"""Findings of a kind that a terminal shows."""


def command(
    context: typer.Context,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CODE", help="Only this kind, e.g. no-session. Repeatable.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 when something is found.")] = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Look for what is wrong or doubtful in the data, and say what to do about it. Nothing is changed.

    Example: tracker doctor --only no-session --check
    """
    from dataclasses import asdict

    from tracker.services.checkup import check_up

    state: State = context.obj
    for code in only or ():
        options.require_known("--only", code, tuple(KINDS))
    with reading(state.target) as reader:
        findings = check_up(reader, options.day_of(state, None), state.settings["silent_days"])
    findings = [one for one in findings if not only or one.code in only]
    rows = [asdict(one) for one in findings]
    if as_json:
        output.as_json(rows)
    elif as_csv:
        output.as_csv(COLUMNS, rows)
    elif output.is_terminal():
        _for_people(findings)
    else:
        output.table(COLUMNS, rows)
    output.problem(f"{state.target}, schema {head_revision()}{_copies(state)}: {_count(len(findings))}")
    if check and findings:
        raise typer.Exit(1)


def _count(found: int) -> str:
    return "nothing wrong or doubtful" if not found else f"{found} {'finding' if found == 1 else 'findings'}"


def _copies(state: State) -> str:
    """What is known of copies: those that upgrades made beside an SQLite file."""
    if not state.target.is_sqlite:
        return ""
    file = state.target.file
    copies = sorted(path.name for path in file.parent.glob(f"{file.name}.*.backup"))
    return f", last copy beside it {copies[-1]}" if copies else ", no copy beside it"


def _for_people(findings: list[Finding]) -> None:
    for number, (code, group) in enumerate(groupby(findings, key=lambda one: one.code)):
        found = list(group)
        if number:
            output.line()
        output.heading(KINDS[code], f" ({len(found)})")
        for one in found[:SHOWN]:
            output.words(f"  {f'{one.ref}: ' if one.ref else ''}{one.sentence}", "    ")
            output.words(f"    → {one.advice}", "      ")
        if len(found) > SHOWN:
            output.line(f"  and {len(found) - SHOWN} more: tracker doctor --only {code} --csv")
