"""The verbs of a language as texts are read with them: trees of phrases, and what stands before a verb."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

NO_ADVERB = "no adverb"
"""Kind of a phrase that begins like an adverb and is none: a Special Rapporteur is not asked especially."""

_SIGN = re.compile(r"\w")
WORD = re.compile(r"\w+(?:[’-]\w+)*’?|[^\w\s]")


@dataclass(slots=True)
class Node:
    """A node of the tree of phrases: the words that may follow, and the kind of the phrase that ends here.

    Its last `behind` words only have to follow: `extends > until`.
    """

    next: dict[str, Node] = field(default_factory=dict)
    kind: str | None = None
    behind: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class LetterRules:
    """What tells lettered actions from lettered topics: ends of a chapeau, openings of a letter, announcements.

    `bare`: actions open without a particle or an ending to know them by (Chinese), so that any letter may be one.
    `aside`: as `chapeau`, with words between a comma and the colon. `inside`: what tells an action behind the names of
    those who are asked. `asked`: what a letter says of those whom it asks, a passive verb. `likewise`: whole actions
    that stand for the one of the request before.
    """

    chapeau: re.Pattern[str] | None
    aside: re.Pattern[str] | None
    action: re.Pattern[str] | None
    topics: re.Pattern[str] | None
    nouns: re.Pattern[str] | None
    tasks: re.Pattern[str] | None
    lists: re.Pattern[str] | None
    exempt: re.Pattern[str] | None
    asked: re.Pattern[str] | None
    inside: re.Pattern[str] | None
    likewise: re.Pattern[str] | None
    bare: bool


@dataclass(frozen=True, eq=False, slots=True)
class Catalogue:
    """The compiled table [verbs] of one lexicon."""

    spaced: bool
    phrases: Node
    adverbs: Node
    leads: Node
    composed: Node
    passives: Node
    passive_starts: re.Pattern[str]
    determiners: frozenset[str]
    nouns: Node
    gap: int
    stops: frozenset[str]
    strong: tuple[str, ...]
    boundary: re.Pattern[str]
    marks: frozenset[str]
    connectors: Node
    pronouns: frozenset[str]
    elided: tuple[str, ...]
    attached: str
    starts: frozenset[str]
    openings: frozenset[str]
    verb_starts: frozenset[str]
    gender: tuple[frozenset[str], ...]
    relatives: re.Pattern[str] | None
    plurals: re.Pattern[str] | None
    recalled: re.Pattern[str]
    tight: frozenset[str]
    opening_only: frozenset[str]
    performed: frozenset[str]
    followed: Mapping[str, tuple[str, ...]]
    nouns_too: frozenset[str]
    noun_followers: frozenset[str]
    by_addressee: frozenset[str]
    by_words: Mapping[str, tuple[tuple[str, str], ...]]
    suffixed: frozenset[str]
    letters: LetterRules


class Tokens:
    """The words of a folded text from `start` on, as far as `reach`; an empty word behind the last one.

    `open_end`: there is none but at the end of the text, so that who asks for more gets an IndexError.
    """

    __slots__ = ("_ends", "_start", "text", "words")

    def __init__(self, text: str, start: int, spaced: bool, reach: int, *, open_end: bool = False) -> None:
        if not spaced:
            reach //= 3
            self.words = [sign for sign in text[start : start + reach] if not sign.isspace()]
        else:
            self.words = WORD.findall(text, start, start + reach)
        if not open_end or start + reach >= len(text):
            self.words += "", ""
        else:
            del self.words[-1:]  # it may go on
        self.text = text
        self._start = start
        self._ends: list[int] = []

    def start(self, at: int) -> int:
        """Where word number `at` starts in the text."""
        return self.end(at) - len(self.words[at])

    def end(self, at: int) -> int:
        """Where word number `at` ends in the text."""
        ends, words = self._ends, self.words
        while len(ends) <= at:  # nothing but blanks stands between two words, so that the next such letters are it
            word = words[len(ends)]
            ends.append(self.text.index(word, ends[-1] if ends else self._start) + len(word))
        return ends[at]


def next_word(text: str, start: int, spaced: bool) -> str:
    """The first word of a folded text from `start` on; empty behind the last one."""
    found = (WORD if spaced else _SIGN).search(text, start)
    return found[0] if found else ""


def plain_walk(tree: Node, tokens: Tokens, at: int) -> int | None:
    """The last token of the longest phrase of `tree` that starts at token `at`."""
    node, best = tree, None
    found = tokens.words
    while following := node.next.get(found[at]):
        node = following
        if node.kind:
            best = at if node.kind != NO_ADVERB else None
        at += 1
    return best
