"""tracker import: store resolutions and their items."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import output
from tracker.cli.state import State

if TYPE_CHECKING:
    from tracker.services.importing import Imported

_OUTCOMES = {
    "new": "new resolution",
    "unchanged": "already stored, nothing changed",
    "language": "new language of a known resolution",
    "changed": "changed text of a known resolution",
}


def command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Resolutions: text, PDF, DOCX, HTML.")],
    symbol: Annotated[
        str | None, typer.Option("--symbol", metavar="SYMBOL", help="Where the text does not say it.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="fr, en, es, ru, ar or zh.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored; store nothing.")] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who imports (else you).")] = None,
) -> None:
    """Read resolutions and store their requests as items. The same file again changes nothing.

    Example: tracker import examples/hrc-28-2.fr.txt
    """
    from tracker.services.importing import import_files

    state: State = context.obj
    for imported in import_files(state.target, files, state.act(by), symbol=symbol, language=language, dry_run=dry_run):
        _show(imported)
        output.flush()
    if dry_run:
        output.problem("dry run: nothing was stored")


def _show(done: Imported) -> None:
    found = done.extraction.resolution
    output.line(f"{done.symbol}: {found.title or '(no title)'}")
    about = [
        f"adopted {found.adopted_on}" if found.adopted_on else "date of adoption not stated",
        f"meeting {found.meeting}" if found.meeting else "",
        found.vote or "",
        f"language {found.language}",
    ]
    output.line(f"  {_OUTCOMES[done.outcome]}; {'; '.join(filter(None, about))}")
    if done.outcome != "unchanged":
        _ledger(done)
    for problem in done.problems:
        output.problem(f"  problem: {problem.message}")


def _ledger(done: Imported) -> None:
    operative = [p for p in done.extraction.resolution.paragraphs if p.kind == "operative"]
    numbers = list(dict.fromkeys(p.number for p in operative))
    asked = {item.place.paragraph for item in done.items}
    preambular = len(done.extraction.resolution.paragraphs) - len(operative)
    output.line(
        f"  {preambular} preambular and {len(numbers)} operative paragraphs: "
        f"{len(asked)} with {len(done.items)} items, "
        f"{len([n for n in numbers if n not in asked])} without request"
    )
    for item in done.items:
        who = ", ".join(addressee.text for addressee in item.request.addressees) or "(nobody named)"
        due = f"  due {item.due_on}{'' if item.verified else '~'}" if item.due_on else ""
        output.line(f"  :{item.place}  {item.request.verb} — {who}{due}")
    silent = [account for account in done.extraction.ledger if account.label.partition(" ")[0] not in asked]
    for account in silent:
        recalled = f" (recalled from {account.recalled})" if account.recalled else ""
        output.line(f"  {account.label}  {account.verb}: no request{recalled}")
