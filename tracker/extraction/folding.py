"""Text in the form that word lists are compared in: one letter for one letter, so that offsets stay true.

Lower case (accents stay: `décidé` is not `décide`), plain apostrophes, hyphens and odd blanks as blanks; Arabic without
vowel signs and with one form of alef. Only the Arabic signs are left out, and then `places` says where each
letter stood.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` folded from `original`; `places` maps each letter to the original, None when that is one to one."""

    original: str
    text: str
    places: tuple[int, ...] | None = None

    def words(self, start: int, end: int) -> str:
        """The words of the original that stand at `start:end` of the folded text."""
        if self.places is None:
            return self.original[start:end].strip()
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1].strip()


@cache
def _table() -> dict[int, str]:
    """Letter -> its folded form, for every letter that changes."""
    table = {ord(letter): "'" for letter in "’‘ʼ`´"}
    table |= {ord(letter): " " for letter in "-‐‑\u00ad\u00a0\u2009\u202f\u2007\u3000\t\n\r"}
    table |= {ord(letter): "ا" for letter in "أإآٱ"}
    table |= {ord("ё"): "е", ord("Ё"): "е"}
    for code in [*range(0x41, 0x5B), *range(0xC0, 0x180), *range(0x400, 0x460), *range(0xFF10, 0xFF1A)]:
        letter = chr(code)
        lower = letter.lower()
        plain = unicodedata.normalize("NFKD", lower) if code >= 0xFF10 else lower
        if code not in table and len(plain) == 1 and plain != letter:
            table[code] = plain
    return table


def fold(text: str) -> str:
    """`text` in the form in which words are compared; for word lists and patterns."""
    return _SIGNS.sub("", text).translate(_table())


def folded(text: str) -> Folded:
    """`text` folded, with the way back to its own words."""
    if not _SIGNS.search(text):
        return Folded(text, text.translate(_table()))
    places = tuple(place for place, letter in enumerate(text) if not _SIGNS.match(letter))
    return Folded(text, "".join(text[place] for place in places).translate(_table()), places)
