"""Options that several commands share."""

from __future__ import annotations

import os
import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from tracker.cli.state import State
from tracker.core.codes import Deliverable
from tracker.core.codes import Force as Forces
from tracker.errors import UsageError
from tracker.services.day import Day


def parse_day(text: str | None, option: str) -> date | None:
    """An ISO date. Raises UsageError for anything else."""
    if text is None:
        return None
    try:
        if len(text) != len("2015-09-13"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date; write it like 2015-09-13") from None


def complete_references(context: typer.Context, incomplete: str) -> list[str]:
    """References and symbols that begin with what was typed, for the shell.

    Bash takes a colon for the end of a word: then the symbol stands before it, and only the rest is asked for.
    """
    from tracker.errors import TrackerError
    from tracker.storage.reader import reading

    words = os.environ.get("COMP_WORDS", "").split()[: int(os.environ.get("COMP_CWORD", "0") or 0)]
    before = ""
    if incomplete == ":" and words:
        before, incomplete = f"{words[-1]}:", ""
    elif len(words) > 1 and words[-1] == ":":
        before = f"{words[-2]}:"
    database = context.find_root().params.get("database")
    try:
        with reading(State(database).target) as reader:
            rows = reader.rows("SELECT ref, symbol FROM item_rows ORDER BY symbol_key, position LIMIT 20000")
    except TrackerError:
        return []
    known: dict[str, None] = {}
    for row in rows:
        short = row["ref"].split("/RES/")[-1]
        known.update(dict.fromkeys((short, row["ref"], row["symbol"])))
    found = [word.removeprefix(before) for word in known if word.startswith(before + incomplete)]
    return found[:200]


READ = "Text, PDF, Word (DOCX, DOC), RTF, ODT or HTML."
"""What `extract` and `import` read."""


def file_argument(metavar: str, text: str) -> Any:
    """An argument that names files to read; whether they can be read is told by what reads them."""
    return typer.Argument(metavar=metavar, help=text, parser=_path)


def _path(text: str) -> Path:
    """Raises UsageError for nothing, which Python takes for the current folder."""
    if not text:
        raise UsageError("the name of the file is empty")
    return Path(text)


def _known_language(text: str | None) -> str | None:
    """Raises UsageError for a language that the program does not read."""
    if text is not None:
        from tracker.extraction.lexicon import languages

        require_known("--language", text, languages())
    return text


def _known_symbol(text: str | None) -> str | None:
    """Raises UsageError for what cannot be the symbol of a document, in a series that is known or another one."""
    if text is not None and not (_OTHER_SYMBOL.fullmatch(text.strip()) and any(map(str.isdecimal, text))):
        raise UsageError(f"--symbol {text!r} is no document symbol; write it like A/HRC/RES/28/2")
    return text


_OTHER_SYMBOL = re.compile(r"[A-Z][A-Za-z0-9]{0,20}(?:[/. -][A-Za-z0-9.*-]{1,30}| ?\([A-Z0-9-]{1,10}\)[A-Z]?){1,12}")


References = Annotated[
    list[str],
    typer.Argument(
        metavar="REF...", help="28/2:26, :12(b) or the number of `list`.", autocompletion=complete_references
    ),
]
SomeReferences = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REF]...", help="28/2:26, :12(b) or the number of `list`.", autocompletion=complete_references
    ),
]
Reference = Annotated[
    str,
    typer.Argument(metavar="REF", help="28/2:26, :12(b) or the number of `list`.", autocompletion=complete_references),
]
AskedAddressees = Annotated[
    list[str] | None,
    typer.Option("--addressee", metavar="CODE[=WORDS]", help="Who is asked, with the words of the text. Repeatable."),
]
Force = Annotated[str | None, typer.Option("--force", metavar="FORCE", help=", ".join(Forces) + ".")]
OwnDeadline = Annotated[
    str | None, typer.Option("--deadline", metavar="WHEN", help="before HRC30, at HRC30, 2016-09-30, by 2016, none.")
]
OwnDeliverable = Annotated[
    str | None, typer.Option("--deliverable", metavar="KIND", help=", ".join(Deliverable) + ", none.")
]
OwnRecurrence = Annotated[
    str | None, typer.Option("--recurrence", metavar="PERIOD", help="annual, every 6 months, every session, none ...")
]
OwnAction = Annotated[str | None, typer.Option("--action", metavar="TEXT", help="What is asked, in short.")]
OwnWords = Annotated[str | None, typer.Option("--words", metavar="TEXT", help="The words of the text that ask it.")]
SymbolsOrView = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SYMBOL|@VIEW]...", help="Resolutions, e.g. 28/2; a saved view.", autocompletion=complete_references
    ),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it (else you).")]
Jobs = Annotated[
    int | None, typer.Option("--jobs", metavar="N", min=1, help="Processes that read files (else one a core).")
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As things were at the end of this day.")]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="CODE", help="In the words of this text, where it was imported.", callback=_known_language
    ),
]
ReadLanguage = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="CODE", help="fr, en, es, ru, ar or zh; else recognised.", callback=_known_language
    ),
]
ReadSymbol = Annotated[
    str | None,
    typer.Option("--symbol", metavar="SYMBOL", help="Where the text does not say it.", callback=_known_symbol),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, stable.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV with a header.")]


FIRST_DAY = date.min
"""A day for checks that do not depend on the day."""


def require_known(option: str, value: str, known: tuple[str, ...]) -> None:
    """Raises UsageError with the possible values unless `value` is one."""
    if value not in known:
        raise UsageError(f"{option} {value!r} is not one of {', '.join(known)}")


E = TypeVar("E", bound=StrEnum)


def one_of(known: type[E], text: str | None, option: str) -> E | None:
    """`text` as a value of `known`. Raises UsageError with the possible ones."""
    try:
        return known(text) if text is not None else None
    except ValueError:
        raise UsageError(f"{option} {text!r} is not one of {', '.join(known)}") from None


def day_of(state: State, as_of: str | None) -> Day:
    """The day that a command tells about."""
    settings = state.settings
    return Day(
        state.today, parse_day(as_of, "--as-of"), due_soon_days=settings["due_soon_days"],
        series_months=settings["series_months"], submit_weeks=settings["submit_weeks"],
        issue_weeks=settings["issue_weeks"], zone=settings.zone,
    )  # fmt: skip
