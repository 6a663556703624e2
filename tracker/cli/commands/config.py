"""tracker config: each setting, its value, and where it came from."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tracker import config
from tracker.cli import options, output
from tracker.cli.state import State
from tracker.errors import UsageError
from tracker.storage.target import without_password

COLUMNS = ("setting", "value", "source", "purpose")


def command(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One setting, or @VIEW; all without.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Show the settings and saved views: value, where it came from (option, environment, file, default), purpose.

    A setting stands in tracker.toml (in this folder, or in your configuration folder) or in the environment as
    TRACKER_NAME.

    Example: tracker config due_soon_days
    """
    state: State = context.obj
    rows = [*_settings(state), *_views()]
    if name is not None:
        known = {row["setting"]: row for row in rows}
        if name not in known:
            raise UsageError(f"there is no setting {name!r}; known: {', '.join(known)}")
        if not as_json and not output.is_terminal():
            output.line(output.cell(known[name]["value"]))
            return
        rows = [known[name]]
    if as_json:
        output.as_json(rows if name is None else rows[0])
    elif output.is_terminal():
        _for_people(rows)
    else:
        output.table(COLUMNS, rows)


def _settings(state: State) -> list[dict[str, Any]]:
    state.settings.moment()  # a zone or a day that is none is told here too
    return [
        {
            "setting": name,
            "value": without_password(held.value) if isinstance(held.value, str) else held.value,
            "source": held.source,
            "purpose": config.SETTINGS[name].purpose,
        }
        for name, held in state.settings.items()
    ]


def _views() -> list[dict[str, Any]]:
    from tracker.cli.views import words_of

    file = config.file_in_use()
    return [
        {
            "setting": f"@{name}",
            "value": " ".join(words_of(saved, f"{file}: view {name}")),
            "source": f"file {file}",
            "purpose": f"saved view: tracker list @{name}",
        }
        for name, saved in config.table("views").items()
    ]


def _for_people(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        known = config.SETTINGS.get(row["setting"])
        value = row["value"] if row["value"] != "" else known.default if known else ""
        output.heading(row["setting"], f" = {value}  ({row['source']})")
        output.words(f"    {row['purpose']}", "    ")
