"""The words of one language: `data/languages/<code>.toml`, read once and only when needed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import BadConfiguration
from tracker.extraction.schema import SCHEMA, line_of, mistakes, unreadable
from tracker.extraction.vocabulary import VOCABULARY

TABLES = {**SCHEMA, **VOCABULARY}
"""The tables of a language file, with the keys of each."""

FOLDER = Path(__file__).resolve().parent.parent / "data" / "languages"


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The tables of one language file; compared by identity, so that it can key a cache."""

    language: str
    tables: Mapping[str, Any]
    text: str = ""

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
    for table, key, message in mistakes(tables, TABLES):
        raise BadConfiguration(f"{name}, line {line_of(text, table, key)}: {message}")
    if tables["language"] != name.partition(".")[0]:
        where = f"{name}, line {line_of(text, None, 'language')}"
        raise BadConfiguration(f"{where}: language is {tables['language']!r}, which is not the name of the file")
    return Lexicon(tables["language"], tables, text)


@contextmanager
def compiling(lexicon: Lexicon) -> Iterator[None]:
    """Around the code that compiles a table: a pattern or form that is none raises BadConfiguration with its line.

    Each pattern is tried alone only when compiling them together has failed, since that takes time.
    """
    try:
        yield
    except (re.error, BadConfiguration) as mistake:
        name = f"{lexicon.language}.toml"
        for table, shape in VOCABULARY.items():
            for place, key, message in unreadable(table, lexicon.tables[table], shape):
                raise BadConfiguration(f"{name}, line {line_of(lexicon.text, place, key)}: {message}") from None
        raise BadConfiguration(f"{name}: {mistake}") from None
