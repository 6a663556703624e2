"""What a language file may hold: table -> key -> type of its value.

A new key is one line here or in `vocabulary`; a key that is not there is a mistake in the file, and named with
its line, and so is a value of another type and a pattern that does not compile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.errors import BadConfiguration
from tracker.extraction.folding import fold
from tracker.extraction.phrases import expand


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a value: what it is called in messages, how it is checked, whether the key may be missing.

    `reads` raises for a text that is no pattern, or no form of `phrases`.
    """

    name: str
    fits: Callable[[Any], bool]
    optional: bool = False
    reads: Callable[[str], object] | None = None


@dataclass(frozen=True, slots=True)
class Each:
    """A table whose keys the language chooses, or chooses from `keys`; `of` is the type of each value."""

    of: Shape
    keys: frozenset[str] = frozenset()


Shape = Type | Each | Mapping[str, "Shape"]

Mistake = tuple[str | None, str | None, str]
"""Table, key and message."""


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_words, value))


def _compiled(text: str) -> re.Pattern[str]:
    return re.compile(fold(text).replace("(?p<", "(?P<").replace("{amount}", ""))


_CAPTURES = re.compile(r"\\.|\[[^\]]{0,40}+\]|\((?!\?)")
"""A group that captures; or an escaped sign or a set of characters, in which a parenthesis is only one."""

SCRIPT = Type("latin, cyrillic, arabic or han", lambda value: value in ("latin", "cyrillic", "arabic", "han"))
WORD = Type("a text", lambda value: isinstance(value, str) and bool(value))
WORDS = Type("a list of texts", _is_words)
FLAG = Type("true or false", lambda value: isinstance(value, bool))
SHARE = Type("a number from 0 to 1", lambda value: isinstance(value, float) and 0 < value < 1)
COUNT = Type("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0)
TEXT = Type("a text", lambda value: isinstance(value, str))
PATTERN = Type("a pattern", lambda value: isinstance(value, str), reads=_compiled)
PATTERNS = Type("a list of patterns", _is_texts, reads=_compiled)
ROWS = Type("a list of lists of patterns", _is_rows, reads=_compiled)
FORMS = Type("a list of texts", _is_words, reads=expand)


def maybe(wanted: Type) -> Type:
    """The same type for a key that not every language needs."""
    return Type(wanted.name, wanted.fits, optional=True, reads=wanted.reads)


def _each_of(keys: tuple[str, ...], wanted: Type) -> Mapping[str, Type]:
    return dict.fromkeys(keys, wanted)


HEAD: Mapping[str, Type] = {"schema": COUNT, "language": WORD}
"""The keys before the first table."""

SCHEMA: Mapping[str, Mapping[str, Shape]] = {
    "recognise": {
        "name": WORD,
        "script": SCRIPT,
        "share": SHARE,
        "word_spacing": FLAG,
        "openers": WORDS,
        "words": WORDS,
    },
    "bodies": {
        **_each_of(("HRC", "GA", "SC", "ECOSOC", "UNEA", "UNHABITAT", "ESCAP"), WORDS),
        **_each_of(("ECA", "ECE", "ECLAC", "ESCWA", "TC", "CHR", "CND", "CCPCJ", "CSW", "COP"), maybe(WORDS)),
        "short": Each(WORDS),
    },
    "structure": {
        **_each_of(("articles", "after_hyphen", "adverbs"), WORDS),
        **_each_of(("preamble_particles", "preamble_words", "preamble_suffixes", "operative_words"), WORDS),
        **_each_of(("annex", "section", "adopted", "draft", "draft_follows", "vote", "meeting", "months"), WORDS),
        **_each_of(("adopted_after", "numbered"), maybe(WORDS)),
        "date": WORD,
    },
}
"""The tables that show the structure of a resolution. Those of its language stand in `vocabulary`."""


def mistakes(tables: Mapping[str, Any], schema: Mapping[str, Mapping[str, Shape]]) -> Iterator[Mistake]:
    """Everything that is wrong in a parsed language file, patterns left aside."""
    for key, wanted in HEAD.items():
        if key not in tables or not wanted.fits(tables[key]):
            yield None, key, f"{key} must be {wanted.name}"
    for name, table in tables.items():
        if name in HEAD:
            continue
        if name in schema and isinstance(table, dict):
            yield from _of_table(name, table, schema[name])
        else:
            yield None, name, f"[{name}] is no table of a language file"
    for name in schema:
        if name not in tables:
            yield None, None, f"table [{name}] is missing"


def _of_table(name: str, table: Mapping[str, Any], keys: Mapping[str, Shape]) -> Iterator[Mistake]:
    for key, value in table.items():
        if key not in keys:
            yield name, key, f"[{name}] has no key {key!r}"
        else:
            yield from _of_value(name, key, value, keys[key])
    for key, wanted in keys.items():
        if key not in table and isinstance(wanted, Type) and not wanted.optional:
            yield name, None, f"[{name}] lacks the key {key!r}"


def _of_value(table: str, key: str, value: Any, wanted: Shape) -> Iterator[Mistake]:
    if isinstance(wanted, Type):
        if not wanted.fits(value):
            yield table, key, f"[{table}] {key} must be {wanted.name}"
        elif wanted.reads is _compiled and (text := next(filter(_captures, _texts(value)), None)):
            yield table, key, f"[{table}] {key}: {text!r} has a group that captures; write (?: ) for it"
    elif not isinstance(value, dict):
        yield table, key, f"[{table}] {key} must be a table"
    elif isinstance(wanted, Each):
        keys = wanted.keys or value
        yield from _of_table(f"{table}.{key}", value, {inner: _optional(wanted.of) for inner in keys})
    else:
        yield from _of_table(f"{table}.{key}", value, wanted)


def _captures(pattern: str) -> bool:
    return "(" in pattern and any(found[0] == "(" for found in _CAPTURES.finditer(pattern))


def _optional(shape: Shape) -> Shape:
    return maybe(shape) if isinstance(shape, Type) else shape


def unreadable(table: str, value: Any, shape: Shape) -> Iterator[Mistake]:
    """The patterns and forms in `value`, the table or key called `table`, that are none."""
    if isinstance(shape, Type):
        name, _, key = table.rpartition(".")
        if shape.reads is None:
            return
        for text in _texts(value):
            try:
                shape.reads(text)
            except (re.error, BadConfiguration) as mistake:
                yield name, key, f"[{name}] {key}: {text!r} cannot be read ({mistake})"
        return
    for key, inner in value.items():
        yield from unreadable(f"{table}.{key}", inner, shape.of if isinstance(shape, Each) else shape[key])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value:
            yield from _texts(inner)


def line_of(text: str, table: str | None, key: str | None) -> int:
    """The line on which `key` of `table` stands in the file; that of the table, or of its parent, without one."""
    place = 0
    while table:
        header = re.search(rf"^\[{re.escape(table)}\]", text, re.MULTILINE)
        if header:
            place = header.start()
            break
        table, _, parent = table.rpartition(".")  # an inline table, or a table that only its children show
        key = parent if table else key
    if key is not None:
        pattern = rf'^ *(?:["\']?{re.escape(key)}["\']?\s*=|\[(?:{re.escape(table or "")}\.)?{re.escape(key)}\b)'
        found = re.compile(pattern, re.MULTILINE).search(text, place)
        place = found.start() if found else place
    return text.count("\n", 0, place) + 1
