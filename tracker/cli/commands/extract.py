"""tracker extract: read resolutions and show what they ask for, without a database."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.cli import options, output
from tracker.cli.items import UNSURE, marked
from tracker.cli.progress import progress


def command(
    files: Annotated[list[Path], options.file_argument("FILE|FOLDER...", options.READ)],
    symbol: options.ReadSymbol = None,
    language: options.ReadLanguage = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which rule and words gave each field.")] = False,
    jobs: options.Jobs = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, one line a file.")] = False,
) -> None:
    """Show who is asked for what, by when. Nothing is stored, no database is needed.

    Example: tracker extract examples/hrc-28-2.fr.txt
    """
    from tracker.services.batch import run
    from tracker.services.documents import contracts_in, line_in
    from tracker.services.folders import documents_in

    documents = documents_in(files)
    paths = documents.files
    work: Callable[..., str | tuple[dict[str, Any], ...]] = line_in if as_json else contracts_in
    failed = 0
    for _, error in documents.failed:
        output.problem(f"error: {error}")
        failed = failed or error.exit_code
    with closing(run(functools.partial(work, symbol=symbol, language=language), paths, jobs)) as outcomes:
        for outcome in progress(outcomes, len(paths), "reading"):
            if outcome.result is None:
                output.problem(f"error: {outcome.error}")
                failed = failed or outcome.exit_code
            elif isinstance(outcome.result, str):
                output.raw(outcome.result)
            else:
                for found in outcome.result:
                    _show(found)
                    if explain:
                        _explain(found)
    if failed:
        raise typer.Exit(failed)


def _show(found: dict[str, Any]) -> None:
    output.words(f"{found['symbol'] or found['file']}: {found['title'] or '(no title)'}", "  ")
    rows = [
        {
            "paragraph": place,
            "due": _due(_earliest(request)),
            "force": request["force"],
            "who": ", ".join(addressee["text"] for addressee in request["addressees"]) or "-",
            "action": request["action"],
        }
        for place, request in _placed(found)
    ]
    output.table(("paragraph", "due", "force", "who", "action"), rows, flexible=("who", "action", "due"))
    if any(_earliest(request).get("due_verified") is False for request in found["requests"]):
        output.problem(UNSURE)
    for problem in found["problems"]:
        output.problem(f"problem: {problem['message']}")


def _earliest(request: dict[str, Any]) -> dict[str, Any]:
    """The deadline by which an item would be due: the earliest one that has a date, else the first one."""
    stated = [one for one in (request["deadline"], *request["deadlines"]) if one]
    dated = [one for one in stated if one["due_on"]]
    return min(dated, key=lambda one: str(one["due_on"])) if dated else stated[0] if stated else {}


def _due(deadline: dict[str, Any]) -> str:
    """The date, else the words that set none."""
    return marked(deadline["due_on"], deadline["due_verified"]) if deadline.get("due_on") else deadline.get("text", "")


def _placed(found: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The requests, each with the place that its item would have: `19.2`."""
    from tracker.core.reference import places

    requests = found["requests"]
    where = places((request["paragraph"], request["sub"]) for request in requests)
    return [(str(place), request) for place, request in zip(where, requests, strict=True)]


def _explain(found: dict[str, Any]) -> None:
    for place, request in _placed(found):
        output.line(f"{place} {request['verb']}")
        for reason in request["reasons"]:
            output.words(f"    {reason['field']}: {reason['rule']} — “{reason['words']}”", "      ")
        for doubt in request["doubts"]:
            output.line(f"    to check: {doubt}")
