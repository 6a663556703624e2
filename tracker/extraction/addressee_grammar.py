"""The table [addressees] of a lexicon, made ready once; and the gazetteer of States."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.extraction.folding import fold
from tracker.extraction.lexicon import Lexicon, compiling
from tracker.extraction.phrases import Phrases
from tracker.extraction.words import Splitter, Words, cut

STATES = Path(__file__).resolve().parent.parent / "data" / "states.csv"
"""Names of the Member and observer States of the United Nations, a column a language, forms separated by `|`."""

JOINER, ADVERBIAL, LIST, CONSULTED = "joiner", "adverbials", "lists", "consulted"
"""Kinds of marks between names, the weakest first."""


@dataclass(frozen=True, eq=False, slots=True)
class Action:
    """Where the asked action starts: a word such as `to`, `de`, `que` before a verb, or a bare infinitive.

    A marker counts unless its surroundings say that it belongs to a name (`parties to the conflict`,
    `pursuant to`): `after` are words that it may not follow, `before` words that it may not stand before,
    `between` may stand between it and an infinitive, `nouns` look like infinitives and are none, words that end
    like `other` are no verbs (`to promoting`), `verbs` apart.
    """

    markers: Phrases
    clauses: Phrases
    between: Phrases
    endings: tuple[str, ...]
    nouns: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    other: tuple[str, ...]
    verbs: frozenset[str]

    def find(self, words: Words, start: int, stop: int) -> int | None:
        """The place of the first marker in `words[start:stop]`."""
        return next((place for place in range(start, stop) if self.at(words, place, stop, start)), None)

    def at(self, words: Words, place: int, stop: int, start: int = 0) -> bool:
        """Whether the action starts at `place`; what stands before `start` does not matter."""
        if place >= stop or not self._starts(words, place, stop):
            return False
        return place == start or words.words[place - 1] not in self.after

    def _starts(self, words: Words, place: int, stop: int) -> bool:
        if self.clauses.match(words, place, stop):
            return True
        if not self.markers:
            return self._is_infinitive(words, place)
        marker = self.markers.match(words, place, stop)
        if marker is None:
            return False
        if not self.endings:
            return not self.before or self._is_verb(words, marker.end, stop)
        verb = marker.end
        for _ in range(5):
            if verb < stop and self._is_infinitive(words, verb):
                return True
            between = self.between.match(words, verb, stop)
            if between is None:
                return False
            verb = between.end
        return False

    def _is_infinitive(self, words: Words, place: int) -> bool:
        word = words.words[place]
        return word.endswith(self.endings) and len(word) > 2 and word not in self.nouns and not words.capital(place)

    def _is_verb(self, words: Words, place: int, stop: int) -> bool:
        """`to` is before a verb when neither a determiner nor a name nor a gerund follows."""
        if place >= stop:
            return True
        word = words.words[place]
        if word in self.before or (word.endswith(self.other) and word not in self.verbs):
            return False
        return word[0].isalpha() and not words.capital(place)


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """How one language names addressees; the keys are explained in the lexicon of English."""

    spaced: bool
    names: Phrases
    within: Mapping[str, Phrases]
    action: Action
    marks: Phrases
    opener: Phrases
    filler: Phrases
    that: Phrases
    modal: Phrases
    implied: Phrases
    pronoun: Phrases
    closer: Phrases
    stop: Phrases
    resumer: Phrases
    modifier: Phrases
    attached: frozenset[str]
    own: frozenset[str]
    sanctions: re.Pattern[str]
    adjectives: int
    verb_first: bool
    bare_subject: bool
    head_last: bool
    splitter: Splitter | None

    def cut(self, text: str, stop: int) -> Words:
        """The words of `text[:stop]`."""
        return cut(text, stop, spaced=self.spaced, splitter=self.splitter)


@cache
def grammar_of(lexicon: Lexicon) -> Grammar:
    """The table [addressees], ready for use. Raises BadConfiguration when an entry is wrong."""
    with compiling(lexicon):
        return _grammar_of(lexicon)


def _grammar_of(lexicon: Lexicon) -> Grammar:
    table = lexicon.table("addressees")
    spaced = bool(table.get("spaced", True))

    def forms(*keys: str) -> Iterator[tuple[str, str]]:
        return ((key, form) for key in keys for form in table.get(key, ()))

    def phrases(*keys: str) -> Phrases:
        return Phrases(forms(*keys), spaced=spaced, splitter=splitter)

    names = [*_names(table.get("names", {})), *(("state", form) for form in _states(lexicon))]
    prefixes = tuple(table.get("prefixes", ()))
    marks = ("joiners", ADVERBIAL, LIST, CONSULTED)
    splitter = None
    if prefixes:
        known = [*names, *forms("openers", *marks, "fillers", "closers", "pronouns", "implied")]
        splitter = _splitter(Phrases(known, spaced=spaced), prefixes)
    return Grammar(
        spaced=spaced,
        names=Phrases(names, spaced=spaced, splitter=splitter),
        within={
            body: Phrases(_names(named), spaced=spaced, splitter=splitter)
            for body, named in table.get("within", {}).items()
        },
        action=_action(table.get("action", {}), spaced),
        marks=phrases(*marks),
        opener=phrases("openers"),
        filler=phrases("fillers"),
        that=phrases("that"),
        modal=phrases("modals"),
        implied=phrases("implied"),
        pronoun=phrases("pronouns"),
        closer=phrases("closers"),
        stop=phrases("prepositions"),
        resumer=phrases("resumers"),
        modifier=phrases("modifiers"),
        attached=frozenset(table.get("attached", ())),
        own=frozenset(table.get("own", ())),
        sanctions=re.compile("|".join(map(fold, table.get("sanctions", ()))) or "(?!)"),
        adjectives=int(table.get("adjectives", 0)),
        verb_first=bool(table.get("verb_first", False)),
        bare_subject=bool(table.get("bare_subject", False)),
        head_last=bool(table.get("head_last", False)),
        splitter=splitter,
    )


def _splitter(known: Phrases, prefixes: tuple[str, ...]) -> Splitter:
    """Takes off what is written together with a word, unless the lexicon knows the word as it is.

    The first prefix is the conjunction: it comes off every unknown word, as it starts the next member of a list;
    the others only where a known word remains. `لل` stands for a preposition and the article.
    """
    conjunction, *others = prefixes

    def preposition(word: str) -> tuple[str, ...]:
        if known.starts_with(word):
            return (word,)
        if word.startswith("لل") and known.starts_with("ا" + word[1:]):
            return ("ل", "ا" + word[1:])
        return next(
            ((one, word[1:]) for one in others if word.startswith(one) and known.starts_with(word[1:])), (word,)
        )

    @cache
    def split(word: str) -> tuple[str, ...]:
        if word.startswith(conjunction) and len(word) > 2 and not known.starts_with(word):
            return (conjunction, *preposition(word[1:]))
        return preposition(word)

    return split


def _action(table: Mapping[str, Any], spaced: bool) -> Action:
    def phrases(key: str) -> Phrases:
        return Phrases(((key, form) for form in table.get(key, ())), spaced=spaced)

    return Action(
        markers=phrases("markers"),
        clauses=phrases("clauses"),
        between=phrases("between"),
        endings=tuple(table.get("endings", ())),
        nouns=frozenset(table.get("nouns", ())),
        before=frozenset(table.get("not_before", ())),
        after=frozenset(table.get("not_after", ())),
        other=tuple(table.get("not_endings", ())),
        verbs=frozenset(table.get("verbs", ())),
    )


def _names(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((code, form) for code, forms in table.items() for form in forms)


def _states(lexicon: Lexicon) -> Iterator[str]:
    language, script = lexicon.language, lexicon.table("recognise")["script"]
    capital = "=" if script in ("latin", "cyrillic") else ""
    with STATES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in (row.get(language) or "").split("|"):
                if form:
                    yield capital + form
