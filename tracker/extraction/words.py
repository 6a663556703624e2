"""A clause cut into words and marks, as the phrases of the lexicons are."""

from __future__ import annotations

import re
from collections.abc import Callable

_SPACED = re.compile(r"[\w\u0640\u064b-\u0652\u0670]+|[-‐‑–—]+|[^\w\s]")  # Arabic vowel marks belong to their word
_FORM = re.compile(r"\w+\*?|\*|[-‐‑–—]+|[^\w\s]")
_CLOSE = re.compile(r"[A-Za-z0-9]+|\S")  # no blanks between words: every sign is one
_DECORATION = re.compile("[\u0640\u064b-\u0652\u0670]")  # the stroke that stretches a line, and vowel marks
_SAME = {"'": "’", "‐": "-", "‑": "-", "–": "-", "—": "-", "--": "-", "（": "(", "）": ")"}

Splitter = Callable[[str], tuple[str, ...]]
"""Cuts a word into the words that are written as one (Arabic conjunctions and prepositions)."""


class Words:
    """The words and marks of `text` in lower case, and where each stands, which few are asked for."""

    __slots__ = ("_ends", "_lower", "_starts", "text", "words")

    def __init__(self, text: str, lower: str, words: list[str]) -> None:
        self.text, self.words = text, words
        self._lower = lower
        self._starts: list[int] = []
        self._ends: list[int] = []

    def start(self, place: int) -> int:
        """Where the word at `place` starts; the length of the text read, behind the last word."""
        if place >= len(self.words):
            return self.end(len(self.words) - 1) if self.words else 0
        self._find(place)
        return self._starts[place]

    def end(self, place: int) -> int:
        """Where the word at `place` ends."""
        self._find(place)
        return self._ends[place]

    def capital(self, place: int) -> bool:
        """Whether the word at `place` starts with a capital letter."""
        self._find(place)
        return self.text[self._starts[place]].isupper()

    def slice(self, start: int, end: int) -> str:
        """The text from the word `start` to the word before `end`."""
        return self.text[self.start(start) : self.end(end - 1)]

    def put(self, places: list[tuple[int, int]]) -> None:
        """Where all words stand, of which some are written as one."""
        self._starts, self._ends = [start for start, _ in places], [end for _, end in places]

    def _find(self, place: int) -> None:
        starts, ends = self._starts, self._ends
        while len(ends) <= place:  # nothing but blanks stands between two words, so that the next such letters are it
            word = self.words[len(ends)]
            starts.append(self._lower.index(word, ends[-1] if ends else 0))
            ends.append(starts[-1] + len(word))


def cut(text: str, stop: int, *, spaced: bool, splitter: Splitter | None = None) -> Words:
    """The words of `text[:stop]`; `spaced`: the language sets blanks between words."""
    lower = _lower(text[:stop])
    pattern = _SPACED if spaced else _CLOSE
    if splitter is None:
        words = pattern.findall(lower)
        return Words(text, lower, [_SAME.get(word, word) for word in words] if "--" in lower else words)
    words = []
    places: list[tuple[int, int]] = []
    for found in pattern.finditer(lower):
        word, (start, end) = found[0], found.span()
        parts = splitter(_DECORATION.sub("", word)) or (word,)
        for part in parts[:-1]:
            words.append(part)
            places.append((start, min(start + len(part), end - 1)))
            start = places[-1][1]
        words.append(_SAME.get(parts[-1], parts[-1]))
        places.append((start, end))
    cut_words = Words(text, lower, words)
    cut_words.put(places)
    return cut_words


def _lower(text: str) -> str:
    """`text` in lower case and with one kind of each mark, letter for letter."""
    lower = text.lower()
    if len(lower) != len(text):  # İ is two letters in lower case
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    for mark, plain in _SAME.items() if not lower.isascii() else (("'", "’"),):
        if len(mark) == 1:
            lower = lower.replace(mark, plain)
    return lower


def form_words(form: str, *, spaced: bool, splitter: Splitter | None = None) -> list[str]:
    """The words of a form of a lexicon; `*` stays at the end of the word that may go on."""
    words = [_SAME.get(word, word) for word in (_FORM if spaced else _CLOSE).findall(form.lower())]
    if splitter is None:
        return words
    return [part for word in words for part in _split_form(word, splitter)]


def _split_form(word: str, splitter: Splitter) -> tuple[str, ...]:
    parts = splitter(word.removesuffix("*"))
    return (*parts[:-1], parts[-1] + "*") if word.endswith("*") else parts
