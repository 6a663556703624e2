"""The table [verbs] of a lexicon, compiled: trees of phrases and adverbs, and what stands before a verb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tracker.extraction.alternation import any_of
from tracker.extraction.lexicon import Lexicon, compiling
from tracker.extraction.spelling import fold_word

NO_ADVERB = "no adverb"
"""Kind of a phrase that begins like an adverb and is none: a Special Rapporteur is not asked especially."""

_BEHIND = ">"
"""Stands in a phrase before the words that only have to follow."""

MARKS = ",;:.،؛，；：。—–"

_ASIDE = "[,،] [^,،;:]{1,120}$"
"""What stands between the particle of an action and its letters: `that, within existing resources:`."""

_SIGN = re.compile(r"\w")
_WORD = re.compile(r"\w+(?:[’-]\w+)*’?|[^\w\s]")


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
    those who are asked. `asked`: what a letter says of those whom it asks. `likewise`: whole actions that stand for the
    one of the request before.
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
            self.words = _WORD.findall(text, start, start + reach)
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
    found = (_WORD if spaced else _SIGN).search(text, start)
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


@cache
def catalogue_of(lexicon: Lexicon) -> Catalogue:
    """The table [verbs] of `lexicon`, compiled once. Raises BadConfiguration when a pattern is none."""
    with compiling(lexicon):
        return _catalogue_of(lexicon)


def _catalogue_of(lexicon: Lexicon) -> Catalogue:
    table = lexicon.table("verbs")
    spaced = bool(table.get("spaced", lexicon.tables.get("word_spacing", True)))
    gender = tuple(frozenset(pair) for pair in table.get("gender", ()))
    phrases, composed = Node(), Node()
    suffixes = [fold_word(word) for word in table.get("suffixes", ())]
    suffixed: set[str] = set()
    for group in ("plain", "force"):
        for kind, rows in table.get(group, {}).items():
            for row in _both_genders(rows, table):
                _add(phrases, row, kind, spaced)
                if group == "force" and " " not in row:
                    for suffix in suffixes:
                        suffixed.add(row + suffix)
                        _add(phrases, row + suffix, kind, spaced)
    repeat = table.get("composed", {})
    for row in _both_genders(repeat.get("verbs", ()), table):
        _add(composed, row, "verb", spaced)
    nouns = Node()
    for kind, rows in repeat.get("nouns", {}).items():
        for row in rows:
            _add(nouns, fold_word(row), kind, spaced)
    adverbs, leads = _tree(table.get("adverbs", ()), spaced), _tree(table.get("leads", ()), spaced)
    for row in table.get("no_adverbs", ()):
        _add(adverbs, fold_word(row), NO_ADVERB, spaced)
    connectors = _tree(table.get("connectors", ()), spaced)
    pronouns = [fold_word(word) for word in table.get("pronouns", ())]
    attached = str(table.get("attached", ""))
    relatives = [fold_word(word) for word in table.get("relatives", ())]
    starts = frozenset({*phrases.next, *composed.next, *leads.next, *adverbs.next, *pronouns})
    return Catalogue(
        spaced=spaced,
        phrases=phrases,
        adverbs=adverbs,
        leads=leads,
        composed=composed,
        determiners=frozenset(map(fold_word, repeat.get("determiners", ()))),
        nouns=nouns,
        gap=int(repeat.get("gap", 5)),
        stops=frozenset(fold_word(word) for word in repeat.get("stops", ())),
        strong=tuple(fold_word(word) for word in table.get("strong", ())),
        boundary=_boundary(table, spaced, attached),
        marks=frozenset(MARKS),
        connectors=connectors,
        pronouns=frozenset(pronouns),
        elided=tuple(word for word in pronouns if word.endswith("’")),
        attached=attached,
        verb_starts=frozenset({*phrases.next, *composed.next}),
        starts=starts,
        openings=starts.union(connectors.next),
        gender=gender,
        relatives=re.compile(rf"\b(?:{_any(relatives)})\b(?: (?P<next>\w+))?") if relatives else None,
        plurals=re.compile("|".join(fold_word(row) for row in table["plurals"])) if "plurals" in table else None,
        recalled=re.compile(_any(fold_word(word) for word in table.get("recalled", {}).get("verbs", ("\0",)))),
        opening_only=frozenset(_both_genders(table.get("opening_only", ()), table)),
        performed=frozenset(fold_word(word) for word in table.get("performed", ())),
        followed={
            verb: tuple(fold_word(words) for words in rows)
            for name, rows in table.get("followed", {}).items()
            for verb in _both_genders([name], table)
        },
        nouns_too=frozenset(fold_word(word) for word in table.get("nouns", ())),
        noun_followers=frozenset(fold_word(word) for word in table.get("noun_followers", ())),
        tight=frozenset(fold_word(word) for word in table.get("tight", ())),
        by_addressee=frozenset(fold_word(word) for word in table.get("by_addressee", ())),
        by_words={fold_word(verb): _by_words(rows) for verb, rows in table.get("by_words", {}).items()},
        suffixed=frozenset(suffixed),
        letters=_letter_rules(table.get("letters", {})),
    )


def _by_words(rows: Mapping[str, Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """(words, force) for `turns to the States with an appeal`, the longest words first."""
    found = [(fold_word(word), force) for force, words in rows.items() for word in words]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _letter_rules(table: Mapping[str, Any]) -> LetterRules:
    def compiled(key: str, before: str, after: str) -> re.Pattern[str] | None:
        rows = [fold_word(row) for row in table.get(key, ())]
        return re.compile(f"{before}(?:{_any(rows)}){after}") if rows else None

    bare = bool(table.get("bare", False))
    edge = "" if bare else r"(?<!\w)"
    openings = [
        re.escape(fold_word(row)) + (r"(?!\w)" if not row.endswith(("’", "'")) else "")
        for row in table.get("action", ())
    ]
    endings = [rf"(?<!\w)\w{{1,40}}(?:{_any(table['endings'])})(?!\w)"] if table.get("endings") else []
    endings += table.get("openings", [])
    if bare:
        openings = [""]
    action = re.compile("|".join([*openings, *endings])) if openings or endings else None
    return LetterRules(
        chapeau=compiled("chapeau", edge, "$"),
        aside=compiled("chapeau", edge, _ASIDE),
        action=action,
        topics=compiled("topics", edge, "$"),
        nouns=compiled("nouns", edge, "$"),
        tasks=compiled("tasks", edge, ""),
        lists=compiled("lists", edge, ""),
        exempt=compiled("exempt", edge, ""),
        asked=compiled("asked", edge, r"(?!\w)"),
        inside=re.compile("|".join(table["inside"])) if "inside" in table else action,
        likewise=compiled("likewise", r"^\W*(?:\w+ ){0,2}", r"\W*$"),
        bare=bare,
    )


def _boundary(table: Mapping[str, Any], spaced: bool, attached: str) -> re.Pattern[str]:
    """Marks and conjunctions behind which a clause may begin; group 1 is the next word."""
    connectors = _any(fold_word(word) for word in table.get("connectors", ()))
    if not spaced:
        tight = _any(fold_word(word) for word in table.get("tight", ()))
        return re.compile(rf"(?:[{MARKS}]|{tight})(?=\s*(\w))")
    joined = rf"|{attached}(?=\w)" if attached else ""
    return re.compile(rf"(?:[{MARKS}]| (?:(?:{connectors})(?!\w){joined}))(?=\s*({_WORD.pattern}))")


def _any(rows: Iterable[str]) -> str:
    return any_of(re.escape(row) for row in sorted(set(rows), key=lambda row: (-len(row), row)))


def _both_genders(rows: Iterable[str], table: Mapping[str, Any]) -> Iterator[str]:
    for row in map(fold_word, rows):
        yield row
        for masculine, feminine in table.get("gender", ()):
            if row.startswith(masculine):
                yield feminine + row[len(masculine) :]


def _tree(rows: Iterable[str], spaced: bool) -> Node:
    tree = Node()
    for row in rows:
        _add(tree, fold_word(row), "word", spaced)
    return tree


def _add(tree: Node, phrase: str, kind: str, spaced: bool) -> None:
    node, (words, _, following) = tree, phrase.partition(_BEHIND)
    behind = Tokens(following, 0, spaced, 3 * len(phrase)).words[:-2]
    for word in [*Tokens(words, 0, spaced, 3 * len(phrase)).words[:-2], *behind]:
        node = node.next.setdefault(word, Node())
    node.kind, node.behind = kind, len(behind)
