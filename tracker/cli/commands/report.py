"""tracker report: the progress report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli import filters, options, output
from tracker.cli.state import State
from tracker.errors import UsageError
from tracker.storage.reader import reading


@filters.filtered(where=["force"])
def command(
    context: typer.Context,
    symbols: options.SymbolsOrView = None,
    *,
    wanted: filters.Wanted,
    as_of: options.AsOf = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Tell what changed since the report of this day.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="fr, en, es, ru, ar or zh; en without.")
    ] = None,
    by: Annotated[
        str,
        typer.Option("--by", metavar="WHAT", help="Split the matrix: group, resolution, addressee, office, session."),
    ] = "group",
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="SECTION", help="Only this section, e.g. overdue. Repeatable.")
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, max=120, help="How far ahead the report looks.")] = 6,
    to: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Its ending gives the format: .html .docx .xlsx .pdf ..."),
    ] = None,
    form: Annotated[str | None, typer.Option("--format", metavar="NAME", help="A text format for stdout.")] = None,
    template: Annotated[
        str | None, typer.Option("--template", metavar="NAME", help="A template of your own (--list-templates).")
    ] = None,
    list_templates: Annotated[bool, typer.Option("--list-templates", help="Show the templates and stop.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
) -> None:
    """Print the progress report, or write it to a file.

    Example: tracker report 28/2 --as-of 2016-02-01 -o progress.md
    """
    from tracker.reports.files import require_writable, write_whole
    from tracker.reports.formats import format_of, load
    from tracker.services.reporting import Layout, build_report

    state: State = context.obj
    folder = Path(state.settings["templates"])
    if list_templates:
        from tracker.reports.templates import available

        rows = [{"name": known, "makes": makes, "file": path} for known, makes, path in available(folder)]
        output.table(("name", "makes", "file"), rows, flexible=("file",))
        return
    day = options.day_of(state, as_of)
    chosen_items = wanted.of(state, symbols).selection(day)
    name = form or (format_of(to) if to else "markdown")
    chosen = load(name)
    if to is None and not chosen.TEXT:
        raise UsageError(f"--format {name} is no text; -o FILE says where to write it")
    if to is not None:
        require_writable(to, force=force)
    layout = Layout(language, by, tuple(only or ()), options.parse_day(since, "--since"), months)
    with reading(state.target) as reader:
        report = build_report(reader, chosen_items, day, state.zone, layout)
    if template is None:
        content = chosen.render(report)
    else:
        from tracker.reports.templates import find, render_with

        content = render_with(find(folder, template, to.suffix.lower() if to else ".md"), report)
    if to is None:
        output.raw(content.decode("utf-8-sig"))  # the mark of a CSV file is for files
    else:
        write_whole(to, content, force=force)
        output.problem(f"written: {to}")
