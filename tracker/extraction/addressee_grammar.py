"""The table [addressees] of a lexicon, made ready once; and the gazetteer of States."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.extraction.addressee_action import Action
from tracker.extraction.folding import fold
from tracker.extraction.lexicon import Lexicon, compiling
from tracker.extraction.phrases import Phrases, expand
from tracker.extraction.words import Splitter, Words, cut

STATES = Path(__file__).resolve().parent.parent / "data" / "states.csv"
"""Names of the Member and observer States of the United Nations, a column a language, forms separated by `|`."""

JOINER, ADVERBIAL, LIST, CONSULTED = "joiner", "adverbials", "lists", "consulted"
"""Kinds of marks between names, the weakest first."""


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
    closed: Phrases
    closing: frozenset[str]
    passive: Phrases
    done_by: Phrases
    possessive: frozenset[str]
    persons: frozenset[str]
    stop: Phrases
    governing: Phrases
    performed: Phrases
    resumer: Phrases
    modifier: Phrases
    barred: Phrases
    heads: Phrases
    complement: Phrases
    author: Phrases
    recipient: Phrases
    plural: Phrases
    latter: Phrases
    office: frozenset[str]
    bare: frozenset[str]
    gerunds: tuple[str, ...]
    participles: tuple[str, ...]
    qualities: frozenset[str]
    attached: frozenset[str]
    own: frozenset[str]
    sanctions: re.Pattern[str]
    another: re.Pattern[str] | None
    adjectives: int
    postposed: int
    compounds: bool
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
        closer=phrases("closers", "closed"),
        closed=phrases("closed"),
        closing=frozenset(one.split()[-1] for form in table.get("closed", ()) for one in expand(form)),
        passive=phrases("passive"),
        done_by=phrases("done_by"),
        persons=frozenset(table.get("persons", ())),
        possessive=frozenset(table.get("possessive", ())),
        stop=phrases("prepositions"),
        governing=phrases("governing"),
        performed=phrases("performed"),
        resumer=phrases("resumers"),
        modifier=phrases("modifiers"),
        barred=phrases("barred"),
        heads=phrases("heads"),
        complement=phrases("complements"),
        author=phrases("authors"),
        recipient=phrases("recipients"),
        plural=phrases("plural"),
        latter=phrases("latter"),
        office=frozenset(table.get("office", ())),
        bare=frozenset(table.get("bare", ())),
        gerunds=tuple(table.get("gerunds", ())),
        participles=tuple(table.get("participles", ())),
        qualities=frozenset(table.get("qualities", ())),
        attached=frozenset(table.get("attached", ())),
        own=frozenset(table.get("own", ())),
        sanctions=re.compile("|".join(map(fold, table.get("sanctions", ()))) or "(?!)"),
        another=re.compile(str(table["another"])) if "another" in table else None,
        adjectives=int(table.get("adjectives", 0)),
        postposed=int(table.get("postposed", 0)),
        compounds=bool(table.get("compounds", False)),
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
