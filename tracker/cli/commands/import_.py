"""tracker import: store resolutions and their items."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output
from tracker.cli.progress import progress
from tracker.cli.state import State
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.services.importing import FileImported, Imported

_DETAILS = 5
"""With more files than this, each gets its counts only."""

_OUTCOMES = {
    "new": "new resolution",
    "unchanged": "already stored, nothing changed",
    "restored": "already stored; the items whose import was undone are back",
    "language": "new language of a known resolution",
    "changed": "changed text of a known resolution",
}


def command(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="Text, PDF, DOCX or HTML.")],
    symbol: Annotated[
        str | None, typer.Option("--symbol", metavar="SYMBOL", help="Where the text does not say it.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="fr, en, es, ru, ar or zh; else recognised.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored; store nothing.")] = False,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE.csv", help="All problems, as CSV.")] = None,
    jobs: options.Jobs = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who imports (else you).")] = None,
) -> None:
    """Read resolutions and store their requests as items. The same file again changes nothing.

    Example: tracker import examples/hrc-28-2.fr.txt
    """
    from tracker.services.batch import files_of
    from tracker.services.importing import Choices, import_files

    state: State = context.obj
    paths = files_of(files)
    if symbol is not None and len(paths) > 1:
        raise UsageError("--symbol names one resolution: give one file with it")
    choices = Choices(symbol, language, jobs)
    summary = _Summary(brief=len(paths) > _DETAILS)
    outcomes = import_files(state.target, paths, state.act(by), choices, dry_run=dry_run)
    for done in progress(outcomes, len(paths), "importing"):
        summary.add(done)
        output.flush()
    summary.finish(report)
    if dry_run:
        output.problem("dry run: nothing was stored")
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)


class _Summary:
    """Tells what became of each file, and of all of them at the end."""

    def __init__(self, *, brief: bool) -> None:
        self.brief = brief
        self.exit_code = 0
        self._counts: Counter[str] = Counter()
        self._problems: list[dict[str, object]] = []

    def add(self, done: FileImported) -> None:
        self._counts["files"] += 1
        if done.known_as:
            self._counts["skipped"] += 1
            output.line(f"{done.known_as}: {done.path} is stored already, nothing changed")
        if done.error:
            self._counts["failed"] += 1
            self.exit_code = self.exit_code or done.exit_code
            output.problem(f"error: {done.error}")
            self._problems.append({"file": done.path, "code": "failed", "message": done.error})
        for one in done.resolutions:
            self._counts["resolutions"] += 1
            self._counts["skipped"] += one.outcome == "unchanged"
            self._counts["items"] += len(one.items) if one.outcome == "new" else 0
            self._counts["problems"] += len(one.problems)
            symbol = {"file": done.path, "symbol": one.symbol}
            self._problems += [{**symbol, "code": p.code, "message": p.message} for p in one.problems]
            _show(one, brief=self.brief)

    def finish(self, report: Path | None) -> None:
        if self._counts["files"] > 1:
            names = ("files", "resolutions", "items", "problems", "skipped", "failed")
            output.line("; ".join(f"{self._counts[name]} {name}" for name in names))
        if report is not None:
            from tracker.reports.files import write_whole

            columns = ("file", "symbol", "code", "message")
            write_whole(report, output.csv_text(columns, self._problems).encode(), force=True)


def _show(done: Imported, *, brief: bool) -> None:
    found = done.extraction.resolution
    output.words(f"{done.symbol}: {found.title or '(no title)'}", "  ")
    about = [
        f"adopted {found.adopted_on}" if found.adopted_on else "date of adoption not stated",
        f"meeting {found.meeting}" if found.meeting else "",
        found.vote or "",
        f"language {found.language}",
    ]
    output.line(f"  {_OUTCOMES[done.outcome]}; {'; '.join(filter(None, about))}")
    if done.outcome != "unchanged":
        _ledger(done, brief=brief)
    if done.renewals:
        requests = "1 request seems" if done.renewals == 1 else f"{done.renewals} requests seem"
        output.line(f"  {requests} to renew an earlier one: `tracker renewals {done.symbol}`")
    if not brief:
        for problem in done.problems:
            output.problem(f"  problem: {problem.message}")


def _ledger(done: Imported, *, brief: bool) -> None:
    operative = [p for p in done.extraction.resolution.paragraphs if p.kind == "operative"]
    numbers = list(dict.fromkeys(p.number for p in operative))
    asked = {item.place.paragraph for item in done.items}
    preambular = len(done.extraction.resolution.paragraphs) - len(operative)
    output.line(
        f"  {preambular} preambular and {len(numbers)} operative paragraphs: "
        f"{len(asked)} with {len(done.items)} items, "
        f"{len([n for n in numbers if n not in asked])} without request"
    )
    if brief:
        return
    for item in done.items:
        who = ", ".join(addressee.text for addressee in item.request.addressees) or "(nobody named)"
        due = f"  due {item.due_on}{'' if item.verified else '~'}" if item.due_on else ""
        output.words(f"  :{item.place}  {item.request.verb} — {who}{due}", "      ")
    silent = [account for account in done.extraction.ledger if account.label.partition(" ")[0] not in asked]
    for account in silent:
        recalled = f" (recalled from {account.recalled})" if account.recalled else ""
        output.line(f"  {account.label}  {account.verb}: no request{recalled}")
