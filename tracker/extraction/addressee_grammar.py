"""The table [addressees] of a lexicon, compiled once into patterns; and the gazetteer of States."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracker.errors import BadConfiguration
from tracker.extraction.addressee_codes import codes
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.phrases import Names, one_of

STATES = Path(__file__).resolve().parent.parent / "data" / "states.csv"
"""Names of the Member and observer States of the United Nations, a column a language, forms separated by `|`."""


@dataclass(frozen=True, slots=True)
class Action:
    """Where the asked action starts: a word such as `to`, `de`, `que` before a verb, or a bare infinitive.

    A marker counts unless its surroundings say that it belongs to a name (`parties to the conflict`,
    `pursuant to`): `after` are words that it may not follow, `nouns` look like infinitives and are none.
    """

    pattern: re.Pattern[str]
    after: frozenset[str]
    nouns: frozenset[str]
    infinitive: bool

    def find(self, text: str, start: int, stop: int) -> re.Match[str] | None:
        """The first marker in `text[start:stop]`."""
        for found in self.pattern.finditer(text, start, stop):
            word = found[0].rpartition(" ")[2].rpartition("’")[2]
            if self.infinitive and (word.lower() in self.nouns or word[:1].isupper()):
                continue
            before = text[start : found.start()].rstrip().rpartition(" ")[2].lower().strip(",")
            if before not in self.after:
                return found
        return None


@dataclass(frozen=True, eq=False, slots=True)
class Grammar:
    """How one language names addressees; each pattern is explained in `docs/languages.md`."""

    spaced: bool
    names: Names
    within: Mapping[str, Names]
    action: Action
    opener: re.Pattern[str]
    joiner: re.Pattern[str]
    filler: re.Pattern[str]
    that: re.Pattern[str]
    lists: re.Pattern[str]
    adverbials: re.Pattern[str]
    consulted: re.Pattern[str]
    implied: re.Pattern[str]
    pronoun: re.Pattern[str]
    attached: frozenset[str]
    closer: re.Pattern[str]
    stop: re.Pattern[str]
    resumer: re.Pattern[str]
    modifier: re.Pattern[str]
    adjectives: int
    bare_subject: bool
    head_last: bool
    verb_first: bool
    own: frozenset[str]
    ignored: re.Pattern[str]


@cache
def grammar_of(lexicon: Lexicon) -> Grammar:
    """The compiled table [addressees]. Raises BadConfiguration when an entry is wrong."""
    table = lexicon.table("addressees")
    spaced = bool(table.get("spaced", True))

    def words(key: str, *, whole: bool = False) -> re.Pattern[str]:
        return one_of(_strings(lexicon, table, key), spaced=spaced, whole=whole)

    names = list(_names(lexicon, table.get("names", {})))
    names += [("state", form) for form in _states(lexicon.language)]
    within = {body: Names([*_names(lexicon, forms)], spaced=spaced) for body, forms in table.get("within", {}).items()}
    return Grammar(
        spaced=spaced,
        names=Names(names, spaced=spaced),
        within=within,
        action=_action(lexicon, table.get("action", {}), spaced),
        opener=words("openers"),
        joiner=words("joiners", whole=True),
        filler=words("fillers"),
        that=words("that"),
        lists=words("lists", whole=True),
        adverbials=words("adverbials", whole=True),
        consulted=words("consulted", whole=True),
        implied=words("implied", whole=True),
        pronoun=words("pronouns"),
        attached=frozenset(_strings(lexicon, table, "attached")),
        closer=words("closers"),
        stop=words("prepositions"),
        resumer=words("resumers"),
        modifier=words("modifiers"),
        bare_subject=bool(table.get("bare_subject", False)),
        head_last=bool(table.get("head_last", False)),
        adjectives=int(table.get("adjectives", 0)),
        verb_first=bool(table.get("verb_first", False)),
        own=frozenset(_strings(lexicon, table, "own")),
        ignored=re.compile(f"[{re.escape(table['ignored'])}]" if table.get("ignored") else r"(?!)"),
    )


def _strings(lexicon: Lexicon, table: Mapping[str, Any], key: str) -> list[str]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise BadConfiguration(f"{lexicon.language}.toml: [addressees] {key} must be a list of words")
    return found


def _names(lexicon: Lexicon, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for code in table:
        if code not in codes():
            raise BadConfiguration(f"{lexicon.language}.toml: [addressees.names] {code} is no addressee code")
        for form in _strings(lexicon, table, code):
            yield code, form


def _states(language: str) -> Iterator[str]:
    with STATES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for form in (row.get(language) or "").split("|"):
                if form:
                    yield f"={form}"


def _action(lexicon: Lexicon, table: Mapping[str, Any], spaced: bool) -> Action:
    markers = one_of(_strings(lexicon, table, "markers"), spaced=spaced).pattern
    clauses = one_of(_strings(lexicon, table, "clauses"), spaced=spaced).pattern
    between = one_of(_strings(lexicon, table, "between"), spaced=spaced).pattern
    not_before = one_of(_strings(lexicon, table, "not_before"), spaced=spaced).pattern
    endings = "|".join(map(re.escape, _strings(lexicon, table, "endings")))
    if endings:
        verb = rf"(?:(?:{between})\s?){{0,4}}[\w-]{{1,30}}(?:{endings})(?!\w)"
    else:
        verb = rf"(?!\w*ing(?!\w)|[A-Z\d]|(?:{not_before}))" if _strings(lexicon, table, "not_before") else ""
    marked = rf"(?:{markers})\s?{verb}" if _strings(lexicon, table, "markers") else verb
    parts = [rf"(?<!\w){part}" for part in (marked, f"(?:{clauses})") if part and part != "(?:(?!))"]
    return Action(
        re.compile("|".join(parts) or r"(?!)"),
        frozenset(_strings(lexicon, table, "not_after")),
        frozenset(_strings(lexicon, table, "nouns")),
        bool(endings),
    )


def first_of(patterns: Iterable[re.Pattern[str]], text: str, start: int, stop: int) -> int | None:
    """Where the first of `patterns` starts in `text[start:stop]`, or None."""
    places = [found.start() for pattern in patterns if (found := pattern.search(text, start, stop))]
    return min(places, default=None)
