"""tracker extract: read resolutions and show what they ask for, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli import output
from tracker.errors import BadInputFile


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Resolutions: text, PDF, DOCX, HTML.")],
    symbol: Annotated[
        str | None, typer.Option("--symbol", metavar="SYMBOL", help="Where the text does not say it.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="fr, en, es, ru, ar or zh.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, one line a file.")] = False,
) -> None:
    """Show who is asked for what, by when. Nothing is stored, no database is needed.

    Example: tracker extract examples/hrc-28-2.fr.txt
    """
    from tracker.services.extracting import extract_file, one_line

    failed = 0
    for path in files:
        try:
            found = extract_file(path, symbol=symbol, language=language)
        except BadInputFile as error:
            # One bad file among many is told and does not stop the rest.
            output.problem(f"error: {error}")
            failed = failed or error.exit_code
            continue
        if as_json:
            output.raw(json.dumps(one_line(found), ensure_ascii=False) + "\n")
        else:
            for one in found:
                _show(one)
        output.flush()
    if failed:
        raise typer.Exit(failed)


def _show(found: dict[str, Any]) -> None:
    output.line(f"{found['symbol'] or found['file']}: {found['title'] or '(no title)'}")
    rows = [
        {
            "paragraph": f"{request['paragraph']}{'(' + request['sub'] + ')' if request['sub'] else ''}",
            "due": (request["deadline"] or {}).get("due_on") or (request["deadline"] or {}).get("text"),
            "force": request["force"],
            "who": ", ".join(addressee["text"] for addressee in request["addressees"]) or "-",
            "action": request["action"],
        }
        for request in found["requests"]
    ]
    output.table(("paragraph", "due", "force", "who", "action"), rows, flexible=("who", "action"))
    for problem in found["problems"]:
        output.problem(f"problem: {problem['message']}")
