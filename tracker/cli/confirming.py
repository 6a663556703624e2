"""Asking before something large is done."""

from __future__ import annotations

import sys

import typer

from tracker.cli import output
from tracker.errors import UsageError

Yes = typer.Option("--yes", "-y", help="Do not ask.")


def confirm(question: str, *, yes: bool) -> None:
    """Asks on the terminal; nothing is done unless the answer is yes.

    Raises UsageError where nobody can be asked and --yes is not given.
    """
    if yes:
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"{question} there is nobody to ask: give --yes; nothing was changed")
    if not typer.confirm(output.safe(question), err=True):
        output.problem("nothing was changed")
        raise typer.Exit(1)
