"""The words of one language: `data/languages/<code>.toml`, read once and only when needed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import BadConfiguration
from tracker.extraction.schema import line_of, mistakes

FOLDER = Path(__file__).resolve().parent.parent / "data" / "languages"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The tables of one language file; compared by identity, so that it can key a cache."""

    language: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> Mapping[str, Any]:
        """The table `name` of the file. Raises BadConfiguration when it is missing."""
        try:
            found: Mapping[str, Any] = self.tables[name]
        except KeyError:
            raise BadConfiguration(f"{self.language}.toml: table [{name}] is missing") from None
        return found


def languages() -> tuple[str, ...]:
    """Codes of the languages that have a lexicon, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load(language: str) -> Lexicon:
    """The lexicon of `language`. Raises BadConfiguration naming file and line of a mistake."""
    path = FOLDER / f"{language}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        known = ", ".join(languages())
        raise BadConfiguration(f"no lexicon for the language {language!r}; there are {known}") from None
    except (OSError, UnicodeDecodeError) as mistake:
        raise BadConfiguration(f"{path.name}: cannot be read ({mistake})") from None
    return parse(text, path.name)


def parse(text: str, name: str) -> Lexicon:
    """The lexicon in the text of a language file called `name`. Raises BadConfiguration as `load` does."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as mistake:
        raise BadConfiguration(f"{name}: {mistake}") from None
    for table, key, message in mistakes(tables):
        raise BadConfiguration(f"{name}, line {line_of(text, table, key)}: {message}")
    return Lexicon(tables["language"], tables)
