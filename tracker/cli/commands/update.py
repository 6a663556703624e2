"""tracker update: report what became of items."""

from __future__ import annotations

import sys
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tracker.core.status import Changed
    from tracker.services.changing import Change, Promise
    from tracker.services.further import Further

from tracker.cli import filters, options, output
from tracker.cli.changes import sentence
from tracker.cli.confirming import Yes, confirm
from tracker.cli.state import State
from tracker.core.status import Changed, Link, Priority, Status
from tracker.errors import UsageError


@filters.filtered(where=["status", "assignee", "office", "tag", "priority"])
def command(
    context: typer.Context,
    references: options.SomeReferences = None,
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help=", ".join(Status) + ".")] = None,
    note: Annotated[list[str] | None, typer.Option("--note", metavar="TEXT", help="What was done, or why.")] = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="SYMBOL|URL|FILE", help="What proves it. Repeatable.")
    ] = None,
    evidence_title: Annotated[str | None, typer.Option("--evidence-title", metavar="TEXT", help="Its title.")] = None,
    evidence_date: Annotated[
        str | None, typer.Option("--evidence-date", metavar="DATE", help="Its date (else that of --on).")
    ] = None,
    assignee: Annotated[
        str | None, typer.Option("--assignee", metavar="NAME", help="Colleague who follows it; '' for nobody.")
    ] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="NAME", help="In charge; '' for none.")] = None,
    priority: Annotated[str | None, typer.Option("--priority", metavar="P", help=", ".join(Priority) + ".")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", metavar="WORD", help="Add a tag. Repeatable.")] = None,
    untag: Annotated[list[str] | None, typer.Option("--untag", metavar="WORD", help="Take a tag off.")] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DATE", help="Due date set by hand; stays when sessions move.")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why --due sets it.")] = None,
    extend_to: Annotated[
        str | None,
        typer.Option("--extend-to", metavar="DATE|SESSION", help="Later date, or HRC32: the day it opens."),
    ] = None,
    authority: Annotated[
        str | None, typer.Option("--authority", metavar="SYMBOL", help="The document that grants the extension.")
    ] = None,
    supersedes: Annotated[
        list[str] | None, typer.Option("--supersedes", metavar="REF", help="Earlier item that this one renews.")
    ] = None,
    derived_from: Annotated[
        list[str] | None, typer.Option("--derived-from", metavar="REF|SYMBOL", help="What it follows from.")
    ] = None,
    related: Annotated[list[str] | None, typer.Option("--related", metavar="REF", help="An item to see too.")] = None,
    confirmed: Annotated[bool, typer.Option("--confirm", help="The reading was checked and is right.")] = False,
    series: Annotated[
        bool, typer.Option("--series", help="Of what comes back: this and all later times, not one.")
    ] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day from which it holds (else today).")
    ] = None,
    by: options.By = None,
    *,
    wanted: filters.Wanted,
    yes: Annotated[bool, Yes] = False,
    as_json: options.AsJson = False,
) -> None:
    """Report what became of items; every change is kept in their history. Closing needs evidence or a note.

    The items are named, or selected by the options of `tracker list` (with --where- before those that
    set something here: --where-status, --where-assignee ...), or by a saved view (@mine); then their
    number is shown and confirmed.

    Example: tracker update 28/2:26 --status implemented --evidence A/HRC/31/81 --on 2016-01-15
    """
    from tracker.services.changing import Change
    from tracker.services.further import untracked
    from tracker.services.tracking import selected, update_items

    state: State = context.obj
    change = Change(
        status=options.one_of(Status, status, "--status"),
        notes=tuple(note or ()),
        evidence=tuple(evidence or ()),
        evidence_title=evidence_title,
        evidence_date=options.parse_day(evidence_date, "--evidence-date"),
        assignee=assignee,
        office=office,
        priority=options.one_of(Priority, priority, "--priority"),
        tags=tuple(tag or ()),
        untags=tuple(untag or ()),
        promise=_promise(state, options.parse_day(due, "--due"), reason, extend_to, authority),
        links=(
            *((Link.SUPERSEDES, text) for text in supersedes or ()),
            *((Link.DERIVED_FROM, text) for text in derived_from or ()),
            *((Link.RELATED, text) for text in related or ()),
        ),
        confirm=confirmed,
        series=series,
        on=options.parse_day(on, "--on"),
    )
    _require_something(change, Change(on=change.on, series=series))
    views = [name for name in references or () if name.startswith("@")]
    references = [name for name in references or () if not name.startswith("@")]
    chosen = wanted.of(state, views).selection(options.day_of(state, None))
    if filters.is_empty(chosen) is not bool(references):
        raise UsageError("say which items: references (28/2:26), or a filter (--symbol 28/2), not both")
    if not references:
        references = selected(state.target, chosen)
        count = len(references)
        question = f"{count} {'item' if count == 1 else 'items'} ({chosen.in_words()}) will be changed. Go on?"
        confirm(question, yes=yes)
    elif change.is_about_work and not series:
        references, change = _which_times(state, references, change)
    act = state.act(by)
    done = update_items(state.target, references, change, act)
    _tell(done, untracked(state.target, done, change.on or act.today), as_json=as_json)


def _tell(done: list[Changed], left: list[Further], *, as_json: bool) -> None:
    """What changed, and which deadlines of the text nothing follows any more."""
    if as_json:
        changes = [{"ref": one.ref, "field": one.field, "old": one.old, "new": one.new} for one in done]
        untracked = [{"ref": one.ref, "due_on": one.due_on, "words": one.words} for one in left]
        output.as_json({"changes": changes, "untracked": untracked})
        return
    for one in done:
        output.line(sentence(one))
    for ref, of_it in groupby(left, key=lambda one: one.ref):
        first, *others = of_it
        days = " and ".join(one.due_on for one in (first, *others))
        how = f"tracker add '{first.symbol}' '{first.paragraph}' --action TEXT {' '.join(first.options)}"
        each = " (one each)" if others else ""
        output.line(f"{ref}  the text goes on to {days}, which nothing tracks now: {how}{each}")
    if not done:
        output.problem("nothing changed: all of this held already")


def _which_times(state: State, references: list[str], change: Change) -> tuple[list[str], Change]:
    """Asks whether this time or all later ones are meant where a reference names a series and somebody can answer."""
    from dataclasses import replace

    from tracker.services.tracking import next_time

    if sys.stdin is None or not sys.stdin.isatty():
        return references, change
    found = []
    for text in references:
        following = next_time(state.target, text)
        if following is None:
            found.append(text)
            continue
        question = f"{text} comes back: change only {following} (o), or all later ones too (a)?"
        answer = typer.prompt(output.safe(question), type=str, err=True).strip().lower()
        if answer.startswith("a") and len(references) == 1:
            return references, replace(change, series=True)
        if not answer.startswith("o"):
            raise UsageError("answer o or a (all later ones of one series at a time); nothing was changed")
        found.append(following)
    return found, change


def _require_something(change: object, nothing: object) -> None:
    if change == nothing:
        raise UsageError(
            "nothing to update: give --status, --note, --evidence, --assignee, --due ... (tracker update --help); "
            "nothing was changed"
        )


def _promise(
    state: State, due: date | None, reason: str | None, extend_to: str | None, authority: str | None
) -> Promise | None:
    from tracker.services.changing import Promise, canonical_symbol
    from tracker.services.tracking import extension_date

    if (due is None) != (reason is None):
        raise UsageError("--due and --reason go together: a date set by hand needs a reason; nothing was changed")
    if (extend_to is None) != (authority is None):
        raise UsageError("--extend-to and --authority go together: who granted it? Nothing was changed")
    if due is not None and extend_to is not None:
        raise UsageError("--due and --extend-to contradict each other; nothing was changed")
    if due is not None:
        return Promise(due, reason=reason)
    if extend_to is not None and authority is not None:
        document = canonical_symbol(authority, "--authority")
        return Promise(extension_date(state.target, extend_to), authority=document)
    return None
