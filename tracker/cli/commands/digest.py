"""tracker digest: the reminder mail."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import config
from tracker.cli import filters, options, output
from tracker.cli.state import State
from tracker.errors import UsageError
from tracker.storage.reader import reading


@filters.filtered()
def command(
    context: typer.Context,
    for_: Annotated[
        list[str] | None, typer.Option("--for", metavar="NAME", help="Only what this colleague follows. Repeatable.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3650, help="How far ahead it looks (else due_soon_days).")
    ] = None,
    names: options.SymbolsOrView = None,
    *,
    wanted: filters.Wanted,
    as_of: options.AsOf = None,
    language: options.Language = None,
    html: Annotated[bool, typer.Option("--html", help="Print the HTML part instead of the text.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send it by the server of [smtp] in tracker.toml.")] = False,
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="ADDRESS", help="Where to (else `to` of [smtp]). Repeatable.")
    ] = None,
) -> None:
    """Print, or send, a reminder: overdue, due soon, documents to submit.

    Example: tracker digest --days 60 --as-of 2015-07-01
    """
    from tracker.reports.formats import load
    from tracker.services.digest import build_digest

    state: State = context.obj
    day = options.day_of(state, as_of)
    chosen = wanted.of(state, names).narrowed("assignee", for_).selection(day)
    ahead = days or max(1, state.settings["due_soon_days"])
    with reading(state.target) as reader:
        report, subject = build_digest(reader, chosen, day, state.zone, days=ahead, language=language)
    text = load("text").render(report).decode("utf-8")
    if not send:
        output.raw(load("html").render(report).decode("utf-8") if html else text)
        return
    from tracker.services import mailing

    smtp = mailing.read_smtp(config.table("smtp"))
    addresses = tuple(to or smtp.to)
    if not addresses:
        raise UsageError("--send needs an address: give --to, or `to` in [smtp] of tracker.toml; nothing was sent")
    message = mailing.compose(
        subject, text, load("html").render(report).decode("utf-8"), smtp, addresses, state.settings.moment()[0]
    )
    mailing.send(message, smtp)
    output.problem(f"sent to {', '.join(addresses)}")
