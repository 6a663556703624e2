"""Saved views: filters under a name, in `[views]` of tracker.toml; `tracker list @mine` uses one."""

from __future__ import annotations

import shlex
from typing import Any

from tracker import config
from tracker.cli.filters import parse_words
from tracker.cli.state import State
from tracker.errors import BadConfiguration, UsageError


def read(name: str) -> dict[str, Any]:
    """The options of the view `@name`. Raises UsageError for an unknown one, BadConfiguration for a wrong one."""
    saved, plain = config.table("views"), name.removeprefix("@")
    if plain not in saved:
        known = ", ".join(f"@{one}" for one in sorted(saved)) or "none; [views] in tracker.toml defines them"
        raise UsageError(f"there is no view {name}; known: {known}")
    source = f"{config.file_in_use()}: view {plain}"
    return parse_words(words_of(saved[plain], source), source)


def read_defaults(state: State) -> dict[str, Any]:
    """The options of the setting default_filters. Raises BadConfiguration."""
    where = state.settings.value("default_filters").source
    source = f"setting default_filters ({where})"
    return parse_words(words_of(state.settings["default_filters"], source), source)


def words_of(saved: Any, source: str) -> list[str]:
    """A view as words of a command line: it is text, or a table whose keys are options. Raises BadConfiguration."""
    if isinstance(saved, str):
        try:
            return shlex.split(saved)
        except ValueError as error:
            raise BadConfiguration(f"{source}: {error}") from None
    if not isinstance(saved, dict):
        raise BadConfiguration(f"{source} is neither text nor a table of options")
    words: list[str] = []
    for key, value in saved.items():
        option = f"--{key.replace('_', '-')}"
        if value is True:
            words.append(option)
        elif value is not False:
            values = value if isinstance(value, list) else [value]
            words += [word for one in values for word in (option, str(one))]
    return words
