"""Patterns that are looked for only in texts which hold a part of them.

Most clauses name no session and no length of time. Whether a few letters occur in a text is known some hundred times
as fast as whether a pattern matches somewhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import Any

_SHORTEST = 2  # bytes of a needle: a single letter is in nearly every text, a Chinese sign is not
_RARE = 5  # letters that few texts have
_NOWHERE: tuple[re.Match[str], ...] = ()
_SIGN = re.compile(r"\\.|\[\^?\]?[^\]]{0,200}\]|\{[^}]{0,9}\}|\(\?[:=!]|\(\?<[=!]|\(\?P<\w{1,40}>|.", re.DOTALL)
_OPTIONAL = frozenset("?*{")
"""First letters of the signs that may let what stands before them be absent."""


class Sieve:
    """A compiled pattern, and letters of which some are in each text that it matches; none: no letters are known."""

    __slots__ = ("needles", "pattern")

    def __init__(self, pattern: re.Pattern[str], needles: Iterable[str] = ()) -> None:
        self.pattern = pattern
        self.needles = tuple(needles)

    def finditer(self, text: str, start: int = 0) -> Iterable[re.Match[str]]:
        """As of the pattern."""
        return self.pattern.finditer(text, start) if not self.needles or holds(text, self.needles) else _NOWHERE


def holds(text: str, letters: Iterable[str]) -> bool:
    """Whether one of `letters` is in `text`."""
    for one in letters:  # noqa: SIM110 - `any` of a generator takes three times as long
        if one in text:
            return True
    return False


def either(sieves: Iterable[Sieve]) -> tuple[str, ...]:
    """Letters of which every text that one of `sieves` matches has some; none where that is not known."""
    listed = [sieve.needles for sieve in sieves]
    return _fewest(one for rows in listed for one in rows) if all(listed) else ()


def _fewest(found: Iterable[str]) -> tuple[str, ...]:
    """Those that hold no other one: a text with the longer has the shorter too."""
    once = tuple(dict.fromkeys(found))
    return tuple(one for one in once if not any(other in one and other != one for other in once))


def needles(phrases: Iterable[str], usual: Collection[str] = ()) -> tuple[str, ...]:
    """Letters of which every text that one of the patterns matches has some; none where that is not known.

    `usual` are words that most texts have in which the patterns are looked for: others are better.
    """
    found: dict[str, None] = {}
    for phrase in phrases:
        rows = _alternatives(_SIGN.findall(phrase), partial(_worth, usual))
        if any(len(row.encode()) < _SHORTEST for row in rows):
            return ()
        found |= dict.fromkeys(rows)
    return _fewest(found)


def _alternatives(signs: list[str], worth: Callable[[tuple[str, ...]], Any]) -> tuple[str, ...]:
    """The best needles of each alternative of a group; takes its signs off the front of `signs`, with its end."""
    done: tuple[str, ...] = ()
    known: list[tuple[str, ...]] = [("",)]  # sets of needles of which one is in every match
    row = ""
    while signs and signs[0] != ")":
        sign = signs.pop(0)
        optional = bool(signs) and signs[0][0] in _OPTIONAL
        if (sign.isalnum() or sign in "'-") and not optional:
            row += sign
            continue
        known.append((row,))
        row = ""
        if sign[0] == "(":
            inner = _alternatives(signs, worth)
            if sign[:2] != "(?" or sign[2] in ":P":
                optional = bool(signs) and signs[0][0] in _OPTIONAL
                known += [] if optional else [inner]
        elif sign == "|":
            done += max(known, key=worth)
            known = [("",)]
    if signs:
        signs.pop(0)
    return done + max([*known, (row,)], key=worth)


def _worth(usual: Collection[str], rows: tuple[str, ...]) -> tuple[bool, int, int]:
    """Long letters are rare; beyond some, a single row is looked for sooner than several."""
    rare = min(_RARE, *map(len, rows)) - 2 * any(word in row for row in rows for word in usual)
    return all(len(row.encode()) >= _SHORTEST for row in rows), rare, -len(rows)
