"""tracker sessions: the calendar that due dates hang on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import typer.core

from tracker.cli import options, output
from tracker.cli.state import State
from tracker.errors import NotFound, UsageError
from tracker.storage.reader import reading

if TYPE_CHECKING:
    from tracker.core.calendar import Calendar
    from tracker.services.sessions import Moved


class _ListByDefault(typer.core.TyperGroup):
    """`tracker sessions HRC` is `tracker sessions list HRC`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Puts `list` before arguments that name no command."""
        if not args or (args[0] not in self.commands and args[0] not in {"-h", "--help"}):
            args = ["list", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    help="Show the dates of sessions (tracker sessions [BODY]), or change them.",
    rich_markup_mode=None,
    cls=_ListByDefault,
)

COLUMNS = ("body", "session", "kind", "opens", "closes", "verified", "source", "note")
"""Those of `data/sessions.csv`: what is listed can be edited and imported."""

_TABLE = ("body", "session", "opens", "closes", "dates_are", "note")
_MARKS = {"yes": "", "partial": "partly confirmed", "rule": "computed", "no": "not confirmed"}


@app.command("list")
def show(
    context: typer.Context,
    body: Annotated[str | None, typer.Argument(metavar="[BODY]", help="HRC, GA, ECOSOC ...; all without.")] = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """List the sessions that are known, with how sure their dates are.

    Example: tracker sessions list HRC
    """
    calendar = _calendar(context.obj)
    rows = [
        {
            "body": row.body,
            "session": row.session,
            "kind": row.kind,
            "opens": row.opens and row.opens.isoformat(),
            "closes": row.closes and row.closes.isoformat(),
            "verified": row.mark,
            "dates_are": _MARKS[row.mark],
            "source": row.source,
            "note": row.note,
        }
        for code in ([_code(body)] if body else calendar.bodies())
        for row in calendar.of_body(code)
    ]
    if not rows:
        raise NotFound(f"no sessions of {body} are known; known bodies: {', '.join(calendar.bodies())}")
    if as_json:
        output.as_json([{name: row[name] for name in COLUMNS} for row in rows])
    elif as_csv:
        output.as_csv(COLUMNS, rows)
    else:
        output.table(_TABLE if output.is_terminal() else COLUMNS, rows, flexible=("note",))


@app.command("set")
def set_(
    context: typer.Context,
    body: Annotated[str, typer.Argument(metavar="BODY", help="HRC, GA, ECOSOC ...")],
    session: Annotated[str, typer.Argument(metavar="SESSION", help="64, or S-38 for a special session.")],
    opens: Annotated[str, typer.Option("--opens", metavar="DATE", help="First day.")],
    closes: Annotated[str | None, typer.Option("--closes", metavar="DATE", help="Last day.")] = None,
    source: Annotated[str, typer.Option("--source", metavar="TEXT", help="Where the dates come from.")] = "",
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who sets it (else you).")] = None,
) -> None:
    """Set the dates of a session; due dates that hang on it move with it.

    Example: tracker sessions set HRC 64 --opens 2027-03-01 --closes 2027-04-02
    """
    from tracker.services.sessions import announced, set_sessions

    state: State = context.obj
    first, last = options.parse_day(opens, "--opens"), options.parse_day(closes, "--closes")
    if first is None:
        raise UsageError("--opens is empty")
    dates = announced(_calendar(state), _code(body), session.upper(), first, last, source or "set by hand")
    _tell(set_sessions(state.target, [dates], state.act(by)))


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, options.file_argument("FILE.csv", "The columns of `sessions list --csv`.")],
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who imports (else you).")] = None,
) -> None:
    """Set the dates of all sessions of a CSV file; due dates that hang on them move with them.

    Commas, semicolons or tabs separate its columns; days are 2027-03-01 or 1.3.2027.

    Example: tracker sessions import calendar.csv
    """
    from tracker.services.session_file import read_file
    from tracker.services.sessions import set_sessions

    state: State = context.obj
    if not file.is_file():
        raise NotFound(f"{file}: no such file")
    _tell(set_sessions(state.target, read_file(file), state.act(by)))


def _code(body: str) -> str:
    """Codes are in capitals; a body without one has the name that the text gives it, as `doctor` tells it."""
    return " ".join(body.split()) if " " in body.strip() else body.strip().upper()


def _calendar(state: State) -> Calendar:
    from tracker.services.calendar import calendar_for

    try:
        with reading(state.target) as reader:
            return calendar_for(reader)
    except NotFound:
        return calendar_for(None)


_FIELDS = {"due_on": "due", "further_due_on": "further deadline"}


def _tell(moved: list[Moved]) -> None:
    for one in moved:
        output.line(f"{one.ref}  {_FIELDS[one.field]}: {one.old or '-'} → {one.new or '-'}")
    output.problem(f"{len(moved)} due {'date' if len(moved) == 1 else 'dates'} moved")
