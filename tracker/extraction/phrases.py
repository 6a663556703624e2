"""Surface forms as the lexicons write them, and a tree of them that tells which one stands at a place of a text.

A form is written in plain words with four signs: `*` any further letters of the word, `( )` and `|`
alternatives, `?` after a group or a letter: optional. A leading `=` asks for a capital
letter at the start. A hyphen stands for any dash, with or without blanks round it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from tracker.errors import BadConfiguration
from tracker.extraction.words import Splitter, Words, form_words

_SIGN = re.compile(r"[()|?]|[^()|?]+")
_PLAIN = re.compile(r"[^()|?]*")
_SHORT = 2
"""Letters of words whose accent tells them from others: `à` is not `a`."""
REMEMBERED, USUAL = 5_000, 40
"""First words that are remembered, and the letters of a word that is: a hostile text fills no memory."""
_DASH = r"\s?(?:--|[-‐‑–—])\s?"


def expand(form: str) -> list[str]:
    """The forms that `form` stands for, without groups. Raises BadConfiguration when its groups do not close."""
    if _PLAIN.fullmatch(form):
        return [" ".join(form.split())]
    signs = _SIGN.findall(form)
    texts = _branches(signs, form)
    if signs:
        raise BadConfiguration(f"form {form!r}: a group is closed that was not opened")
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))


def _branches(signs: list[str], form: str) -> list[str]:
    """The texts of one group; takes its signs off the front of `signs`, up to the sign that closes it."""
    done: list[str] = []
    branch = [""]
    while signs and signs[0] != ")":
        sign = signs.pop(0)
        if sign == "|":
            done, branch = done + branch, [""]
        elif sign == "?":
            if not branch[-1]:
                raise BadConfiguration(f"form {form!r}: nothing stands before a question mark")
            branch = [text for left in branch for text in (left[:-1], left)]
        elif sign == "(":
            branch = _joined(branch, _group(signs, form))
        else:
            branch = [left + sign for left in branch]
    return done + branch


def _joined(lefts: list[str], rights: list[str]) -> list[str]:
    return [left + right for left in lefts for right in rights]


def _group(signs: list[str], form: str) -> list[str]:
    inner = _branches(signs, form)
    if not signs:
        raise BadConfiguration(f"form {form!r}: a group is not closed")
    signs.pop(0)
    if signs and signs[0] == "?":
        signs.pop(0)
        return ["", *inner]
    return inner


def to_pattern(form: str, *, spaced: bool) -> str:
    """The regular expression of an expanded form; `spaced`: the language sets blanks between words."""
    exact, words = form.startswith("="), form.removeprefix("=")
    text = re.escape(words).replace(r"\*", r"\w*").replace("’", "['’]").replace(r"\-", _DASH)
    text = text.replace(r"\ ", r"\s" if spaced else r"\s?")
    if spaced and not words.endswith(("’", "*")):
        text += r"(?!\w)"
    return text if exact else f"(?i:{text})"


class Match(NamedTuple):
    """A form found in a text: its code, and the words it stands on (`end` is the first after it)."""

    code: str
    start: int
    end: int


class _Node:
    """A place in the tree: the whole words and the beginnings of words that may follow, and the code that ends here."""

    __slots__ = ("capital", "code", "prefixes", "sizes", "whole")

    def __init__(self) -> None:
        self.whole: dict[str, _Node] = {}
        self.prefixes: dict[str, _Node] = {}
        self.sizes: tuple[int, ...] = ()
        self.code: str | None = None
        self.capital: str | None = None

    def after(self, word: str) -> _Node:
        """The node after `word`, made if it is new; after its form without an accent on the first letter too."""
        prefix = word.removesuffix("*")
        known = self.whole if prefix == word else self.prefixes
        node = known.setdefault(prefix, _Node())
        if len(prefix) > _SHORT and not prefix[0].isascii():
            known.setdefault(_without_accent(prefix), node)
        if known is self.prefixes:
            self.sizes = tuple(sorted({len(begun) for begun in known}))
        return node


def _without_accent(word: str) -> str:
    """`Etats`, `Egypte`: French leaves the accent of a capital out where type has none."""
    return unicodedata.normalize("NFD", word[0])[0] + word[1:]


class Phrases:
    """Forms with a code each. A word is looked up once, however many forms there are."""

    def __init__(self, forms: Iterable[tuple[str, str]], *, spaced: bool, splitter: Splitter | None = None) -> None:
        self._root = _Node()
        self._openings: dict[str, tuple[_Node, ...]] = {}
        for code, form in forms:
            for text in expand(form.removeprefix("=")):
                node = self._root
                for word in form_words(text, spaced=spaced, splitter=splitter):
                    node = node.after(word)
                if form.startswith("="):
                    node.capital = code
                else:
                    node.code = code

    def starts_with(self, word: str) -> bool:
        """Whether a form can start with `word`."""
        root = self._root
        return word in root.whole or any(word[:size] in root.prefixes for size in root.sizes)

    def match(self, words: Words, place: int, stop: int) -> Match | None:
        """The longest form that stands in `words[:stop]` at `place`, or None; whole words before beginnings."""
        end, code, texts = place, None, words.words
        if place >= stop:
            return None
        openings = self._openings.get(texts[place])
        if openings is None:
            openings = self._opened_by(texts[place])
        if not openings:
            return None
        open_nodes = [(after, place + 1) for after in openings]
        while open_nodes:
            node, at = open_nodes.pop()
            if at > end:
                found = (node.capital and words.capital(place) and node.capital) or node.code
                if found:
                    end, code = at, found
            if at < stop:
                word = texts[at]
                if node.sizes:
                    open_nodes += [(after, at + 1) for size in node.sizes if (after := node.prefixes.get(word[:size]))]
                if after := node.whole.get(word):
                    open_nodes.append((after, at + 1))
        return Match(code, place, end) if code else None

    def _opened_by(self, word: str) -> tuple[_Node, ...]:
        """The nodes after a first word, remembered: most words of a text come again, and open no form."""
        root = self._root
        found = [after for size in root.sizes if (after := root.prefixes.get(word[:size]))]
        if whole := root.whole.get(word):
            found.append(whole)
        if len(self._openings) < REMEMBERED and len(word) < USUAL:
            self._openings[word] = tuple(found)
        return tuple(found)

    def __bool__(self) -> bool:
        return bool(self._root.whole or self._root.prefixes)
