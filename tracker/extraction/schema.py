"""What a language file may hold: table -> key -> type of its value.

A new key is one line here; a key that is not here is a mistake in the file, and named with its line. Tables in
OPEN take any key, as long as the values are words, numbers and flags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value: what it is called in messages, how it is checked, whether the key may be missing."""

    name: str
    fits: Callable[[Any], bool]
    optional: bool = False


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


def _is_groups(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_words(words) for words in value.values())


def _is_tree(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_tree, value.values()))
    if isinstance(value, list):
        return all(map(_is_tree, value))
    return isinstance(value, str | int | float | bool)


WORD = Type("a text", lambda value: isinstance(value, str) and bool(value))
WORDS = Type("a list of texts", _is_words)
FLAG = Type("true or false", lambda value: isinstance(value, bool))
SHARE = Type("a number from 0 to 1", lambda value: isinstance(value, float) and 0 < value < 1)
COUNT = Type("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0)
GROUPS = Type("a table of lists of texts", _is_groups)
TREE = Type("words, numbers and flags, in lists and tables", _is_tree)


def maybe(wanted: Type) -> Type:
    """The same type for a key that not every language needs."""
    return Type(wanted.name, wanted.fits, optional=True)


SCHEMA: Mapping[str, Mapping[str, Type]] = {
    "recognise": {"name": WORD, "script": WORD, "share": SHARE, "word_spacing": FLAG, "openers": WORDS, "words": WORDS},
    "bodies": {
        **dict.fromkeys(("HRC", "GA", "SC", "ECOSOC", "UNEA", "UNHABITAT", "ESCAP"), WORDS),
        **dict.fromkeys(("ECA", "ECE", "ECLAC", "ESCWA", "TC", "CHR", "CND", "CCPCJ", "CSW", "COP"), maybe(WORDS)),
        "short": GROUPS,
    },
    "structure": {
        **dict.fromkeys(("articles", "after_hyphen", "adverbs"), WORDS),
        **dict.fromkeys(("preamble_particles", "preamble_words", "preamble_suffixes", "operative_words"), WORDS),
        **dict.fromkeys(("annex", "section", "adopted", "draft", "draft_follows", "vote", "meeting", "months"), WORDS),
        **dict.fromkeys(("adopted_after", "numbered"), maybe(WORDS)),
        "date": WORD,
    },
}
"""The tables whose keys are fixed."""

OPEN = frozenset({"verbs", "addressees", "deliverables", "numbers", "deadlines", "recurrence"})
"""The tables whose modules check their own keys."""

HEAD: Mapping[str, Type] = {"schema": COUNT, "language": WORD}
"""The keys before the first table."""


def mistakes(tables: Mapping[str, Any]) -> Iterator[tuple[str | None, str | None, str]]:
    """Table, key and message of everything that is wrong in a parsed language file."""
    for key, wanted in HEAD.items():
        if key not in tables or not wanted.fits(tables[key]):
            yield None, key, f"{key} must be {wanted.name}"
    for name, table in tables.items():
        if name in HEAD:
            continue
        if name in OPEN and isinstance(table, dict):
            yield from _of_open(name, table)
        elif name in SCHEMA and isinstance(table, dict):
            yield from _of_table(name, table, SCHEMA[name])
        else:
            yield None, name, f"[{name}] is no table of a language file"
    for name in [*SCHEMA, *sorted(OPEN)]:
        if name not in tables:
            yield None, None, f"table [{name}] is missing"


def _of_open(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str | None, str]]:
    for key, value in table.items():
        if not _is_tree(value):
            yield name, key, f"[{name}] {key} must be {TREE.name}"


def _of_table(name: str, table: Mapping[str, Any], keys: Mapping[str, Type]) -> Iterator[tuple[str, str | None, str]]:
    for key, value in table.items():
        if key not in keys:
            yield name, key, f"[{name}] has no key {key!r}"
        elif not keys[key].fits(value):
            yield name, key, f"[{name}] {key} must be {keys[key].name}"
    for key, wanted in keys.items():
        if key not in table and not wanted.optional:
            yield name, None, f"[{name}] lacks the key {key!r}"


def line_of(text: str, table: str | None, key: str | None) -> int:
    """The number of the line on which `key` of `table` stands in the file; that of the table where there is none."""
    place = 0
    if table is not None:
        header = re.search(rf"^\[\[?{re.escape(table)}\]", text, re.MULTILINE)
        place = header.start() if header else 0
    if key is not None:
        pattern = rf'^ *(?:"?{re.escape(key)}"?\s*=|\[\[?(?:{re.escape(table or "")}\.)?{re.escape(key)}\b)'
        found = re.compile(pattern, re.MULTILINE).search(text, place)
        place = found.start() if found else place
    return text.count("\n", 0, place) + 1
