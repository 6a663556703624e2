"""tracker import: store resolutions and their items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import imported, options, output
from tracker.cli.failures import interruptions, of_system
from tracker.cli.progress import progress
from tracker.cli.state import State
from tracker.errors import CannotWrite, TrackerError, UsageError

if TYPE_CHECKING:
    from tracker.core.request import Problem
    from tracker.services.folders import Documents
    from tracker.services.importing import FileImported
    from tracker.services.intake import Imported

_DETAILS = 5
"""With more files than this, each gets one line only."""

_REPORT = ("file", "symbol", "code", "message", "language", "paragraph")


def command(
    context: typer.Context,
    files: Annotated[list[Path], options.file_argument("FILE|FOLDER...", options.READ)],
    symbol: options.ReadSymbol = None,
    language: options.ReadLanguage = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be stored; store nothing.")] = False,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE.csv", help="All problems, as CSV.")] = None,
    jobs: options.Jobs = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="The ledger: one JSON object a line, one line a file.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who imports (else you).")] = None,
) -> None:
    """Read resolutions and store their requests as items. The same file again changes nothing.

    Each file is stored whole or not at all; what was interrupted goes on where it was when it is started again.

    Example: tracker import examples/hrc-28-2.fr.txt
    """
    from tracker.services.folders import documents_in
    from tracker.services.importing import Choices, import_files

    state: State = context.obj
    documents = documents_in(files)
    paths = documents.files
    if symbol is not None and len(paths) > 1:
        raise UsageError("--symbol names one resolution: give one file with it")
    if report is not None:
        _require_report(report)
    choices = Choices(symbol, language, jobs)
    summary = _Summary(len(paths), documents, as_json=as_json)
    try:
        with closing(import_files(state.target, paths, state.act(by), choices, dry_run=dry_run)) as outcomes:
            for done in progress(outcomes, len(paths), "importing"):
                summary.add(done)
                output.flush()
    except BrokenPipeError:
        raise  # nobody reads any more
    except (TrackerError, OSError) as error:
        # An interruption may come as an error of the database: it has words of its own.
        if dry_run or len(paths) < 2 or interruptions.came is not None:
            raise
        raise summary.stopped(of_system(error) if isinstance(error, OSError) else error, paths) from error
    finally:
        summary.finish(report)
    if dry_run:
        output.problem("dry run: nothing was stored")
    if summary.exit_code:
        raise typer.Exit(summary.exit_code)


def _require_report(path: Path) -> None:
    """Before the work, not after it. A report of an earlier run may be replaced, another file may not."""
    from tracker.reports.files import require_writable

    if path.is_file():
        with path.open("rb") as file:
            if not file.readline(1000).startswith(",".join(_REPORT).encode()):
                raise CannotWrite(f"{path} exists already and is no report of an import; name another file")
    require_writable(path, force=True)


class _Summary:
    """Tells what became of each file, and of all of them at the end."""

    def __init__(self, total: int, documents: Documents, *, as_json: bool) -> None:
        self.exit_code = 0
        self._stopped = False
        self._total, self._others, self._as_json = total, documents.others, as_json
        self._brief = total > _DETAILS
        self._counts: Counter[str] = Counter()
        self._problems: list[dict[str, object]] = []
        for folder, error in documents.failed:
            self._fail(folder, str(error), error.exit_code)

    def add(self, done: FileImported) -> None:
        self._count(done)
        if done.error:
            self._fail(done.path, done.error, done.exit_code)
        if self._as_json:
            from tracker.services.import_contract import contract_of

            output.raw(output.json_text(contract_of(done)) + "\n")
            return
        if done.known_as and not self._brief:
            what = "an older text than the one stored" if done.older else "stored already"
            output.words(f"{done.known_as}: {done.path} is {what}, nothing changed", "  ")
        for one in done.resolutions:
            (imported.show_briefly if self._brief else imported.show)(one)

    def _fail(self, path: Path, error: str, exit_code: int) -> None:
        output.problem(f"error: {error}")
        self._counts["failed"] += 1
        self.exit_code = self.exit_code or exit_code
        self._problems.append({"file": path, "code": "failed", "message": error})

    def _count(self, done: FileImported) -> None:
        self._counts["documents"] += 1
        self._counts["stored"] += not done.error
        if done.known_as:
            self._counts["skipped"] += 1
            # As many as the import that stored it told: who imports again wants to know what is left to look at.
            self._counts["problems"] += sum(not imported.is_change(problem["code"]) for problem in done.problems)
            self._problems += [{"file": done.path, **problem} for problem in done.problems]
        skips = [one.outcome in {"unchanged", "older"} for one in done.resolutions]
        self._counts["skipped"] += bool(skips) and all(skips)
        for one in done.resolutions:
            self._counts["resolutions"] += one.outcome == "new"
            self._counts["items"] += one.made
            self._counts["problems"] += sum(not imported.is_change(problem.code) for problem in one.problems)
            self._problems += [_problem_row(done.path, one, problem) for problem in one.problems]

    def stopped(self, error: TrackerError, paths: Sequence[Path]) -> TrackerError:
        """An error that ends an import of many files, with what it leaves: each file is a transaction of its own."""
        self._stopped = True
        # What the storage says is true of that transaction alone.
        what = str(error).replace("nothing was changed", "what was begun was taken back")
        done, stored = self._counts["documents"], self._counts["stored"]
        left = f", {paths[done]} is not; the same command again goes on with the rest" if done < len(paths) else ""
        return type(error)(f"{what}; {stored} of {len(paths)} files are stored{left}")

    def finish(self, report: Path | None) -> None:
        """The table of all, also of what was done when the command was interrupted, and the file of problems."""
        done = self._counts["documents"]
        if self._total > 1 and done and not self._as_json:
            names = ("documents", "resolutions", "items", "problems", "skipped", "failed")
            output.table(names, [{name: self._counts[name] for name in names}])
        if done < self._total > 1 and not self._stopped:
            output.problem(f"{done} of {self._total} files were done; the same command again goes on with the rest")
        if self._others:
            named = ", ".join(str(path) for path in self._others[:3]) + (" ..." if len(self._others) > 3 else "")
            output.problem(f"not read, since they are no documents by their ending: {len(self._others)} ({named})")
        if report is not None:
            from tracker.reports.files import write_whole

            rows = [*self._problems]
            rows += [
                {"file": path, "code": "not-read", "message": "no document by its ending"} for path in self._others
            ]
            write_whole(report, output.csv_text(_REPORT, rows).encode(), force=True)
            output.problem(f"written: {report}")


def _problem_row(path: Path, one: Imported, problem: Problem) -> dict[str, object]:
    """A line of the report: `paragraph` is the label of the paragraph that the problem lies in, if it lies in one."""
    around = (p.label for p in one.extraction.resolution.paragraphs if p.start <= problem.start < p.end)
    return {
        "file": path, "symbol": one.symbol, "code": problem.code, "message": problem.message,
        "language": one.extraction.resolution.language, "paragraph": next(around, "") if problem.end else "",
    }  # fmt: skip
