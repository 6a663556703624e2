"""A clause cut into words and marks, as the phrases of the lexicons are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_SPACED = re.compile(r"[\w\u0640\u064b-\u0652\u0670]+|[-‐‑–—]+|[^\w\s]")  # Arabic vowel marks belong to their word
_CLOSE = re.compile(r"[A-Za-z0-9]+|\S")  # no blanks between words: every sign is one
_DECORATION = re.compile("[\u0640\u064b-\u0652\u0670]")  # the stroke that stretches a line, and vowel marks
_SAME = {"'": "’", "‐": "-", "‑": "-", "–": "-", "—": "-", "--": "-", "（": "(", "）": ")"}

Splitter = Callable[[str], tuple[str, ...]]
"""Cuts a word into the words that are written as one (Arabic conjunctions and prepositions)."""


class Words(NamedTuple):
    """The words and marks of `text` in lower case, each with its place."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def capital(self, place: int) -> bool:
        """Whether the word at `place` starts with a capital letter."""
        return self.text[self.starts[place]].isupper()

    def slice(self, start: int, end: int) -> str:
        """The text from the word `start` to the word before `end`."""
        return self.text[self.starts[start] : self.ends[end - 1]]


def cut(text: str, stop: int, *, spaced: bool, splitter: Splitter | None = None) -> Words:
    """The words of `text[:stop]`; `spaced`: the language sets blanks between words."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    pieces = [
        (found[0].lower(), found.start(), found.end())
        for found in (_SPACED if spaced else _CLOSE).finditer(text, 0, stop)
    ]
    if splitter is None:
        return Words(
            text,
            [_SAME.get(word, word) for word, _, _ in pieces],
            [at for _, at, _ in pieces],
            [end for _, _, end in pieces],
        )
    for word, at, end in pieces:
        parts = splitter(_DECORATION.sub("", word)) or (word,)
        place = at
        for part in parts[:-1]:
            words.append(part)
            starts.append(place)
            place = min(place + len(part), end - 1)
            ends.append(place)
        words.append(_SAME.get(parts[-1], parts[-1]))
        starts.append(place)
        ends.append(end)
    return Words(text, words, starts, ends)


def form_words(form: str, *, spaced: bool, splitter: Splitter | None = None) -> list[str]:
    """The words of a form of a lexicon; `*` stays at the end of the word that may go on."""
    pattern = r"\w+\*?|\*|[-‐‑–—]+|[^\w\s]" if spaced else r"[A-Za-z0-9]+|\S"
    words = [_SAME.get(word, word) for word in re.findall(pattern, form.lower())]
    if splitter is None:
        return words
    return [part for word in words for part in _split_form(word, splitter)]


def _split_form(word: str, splitter: Splitter) -> tuple[str, ...]:
    parts = splitter(word.removesuffix("*"))
    return (*parts[:-1], parts[-1] + "*") if word.endswith("*") else parts
