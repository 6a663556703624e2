"""Patterns of the words for time: how entries of a lexicon become regular expressions of folded text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.extraction.alternation import any_of, opened
from tracker.extraction.folding import fold
from tracker.extraction.sieve import Sieve, needles

NEVER = re.compile(r"(?!)")
"""A pattern that matches nothing, for keys that a language leaves out."""

_NOWHERE = ("\0",)
"""Letters that no text has: what a language leaves out is not looked for."""


@dataclass(frozen=True, slots=True)
class Edges:
    """How words are bounded: not at all in Chinese, where every letter touches the next."""

    start: str
    prefix: str
    right: str

    @property
    def left(self) -> str:
        """Where a word begins, with what may be written together with it."""
        return self.start + self.prefix

    def whole(self, phrases: Iterable[Any]) -> re.Pattern[str]:
        """Any of `phrases`, as whole words."""
        listed = list(phrases)
        return re.compile(f"{self.left}{any_phrase(listed)}{self.right}") if listed else NEVER

    def sieve(self, phrases: Iterable[Any], usual: Collection[str] = ()) -> Sieve:
        """As `whole`, for words that most texts have not."""
        listed = [str(phrase) for phrase in phrases]
        if not listed:
            return Sieve(NEVER, _NOWHERE)
        return Sieve(self.whole(listed), needles(map(pattern, listed), usual))

    def ending(self, phrases: Iterable[Any], more: str = "") -> re.Pattern[str]:
        """Any of `phrases` right before the end of the searched span."""
        listed = list(phrases)
        return re.compile(rf"{self.left}{any_phrase(listed)}{more}\s*$") if listed else NEVER

    def ending_by(self, phrases: Mapping[str, Iterable[Any]], more: str = "") -> re.Pattern[str]:
        """As `ending`, the name of the list that matched being the last group."""
        return re.compile(rf"{self.left}{any_named(phrases)}{self.right}{more}\s*$")


def any_phrase(phrases: Iterable[Any]) -> str:
    """One group that matches any of `phrases`, the longest first."""
    return any_of(sorted({pattern(str(phrase)) for phrase in phrases}, key=len, reverse=True))


def any_named(phrases: Mapping[str, Iterable[Any]]) -> str:
    """One group that matches any phrase of any list, a group named after its list."""
    found = [f"(?P<{name}>{any_phrase(listed)})" for name, listed in phrases.items() if listed]
    opening = opened(pattern(str(phrase)) for listed in phrases.values() for phrase in listed)
    return f"{opening}(?:{'|'.join(found)})" if found else "(?!)"


def pattern(phrase: str) -> str:
    """A word or pattern of a lexicon, folded as the text is; a blank matches up to three."""
    spaced = fold(phrase).replace("(?p<", "(?P<").replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}")
    return spaced.replace(r"\w+", r"\w{1,40}+")


def folded_words(found: Iterable[Any]) -> frozenset[str]:
    """The words as they stand in a folded text."""
    return frozenset(fold(str(word)) for word in found)
