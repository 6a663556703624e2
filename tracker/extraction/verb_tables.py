"""The table [verbs] of a lexicon -> its catalogue, compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from tracker.extraction.alternation import any_of
from tracker.extraction.catalogue import NO_ADVERB, WORD, Catalogue, LetterRules, Node, Tokens
from tracker.extraction.lexicon import Lexicon, compiling
from tracker.extraction.spelling import fold_word

MARKS = ",;:.،؛，；：。—–"

_EDGE = r"(?<!\w)"  # where a word starts
_BEHIND = ">"
"""Stands in a phrase before the words that only have to follow."""

_ASIDE = "[,،] [^,،;:]{1,120}$"
"""What stands between the particle of an action and its letters: `that, within existing resources:`."""


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
    passives = _passive_tree(table, spaced)
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
        passives=passives,
        passive_starts=re.compile(f"{_EDGE if spaced else ''}(?:{_any(passives.next) if passives.next else '(?!)'})"),
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
        letters=_letter_rules(table.get("letters", {}), [phrase for _, phrase in _passives(table)]),
    )


def _passives(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(force, phrase) of each passive verb: an auxiliary, where the language has one, and a participle."""
    rows = dict(table.get("passive", {}))
    auxiliaries = [f"{fold_word(word)} " for word in rows.pop("auxiliaries", ())]
    for force, participles in rows.items():
        for participle in map(fold_word, participles):
            yield from ((force, auxiliary + participle) for auxiliary in auxiliaries or ("",))


def _by_words(rows: Mapping[str, Iterable[str]]) -> tuple[tuple[str, str], ...]:
    """(words, force) for `turns to the States with an appeal`, the longest words first."""
    found = [(fold_word(word), force) for force, words in rows.items() for word in words]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _passive_tree(table: Mapping[str, Any], spaced: bool) -> Node:
    tree = Node()
    for force, phrase in _passives(table):
        _add(tree, phrase, force, spaced)
    return tree


def _letter_rules(table: Mapping[str, Any], passives: Iterable[str]) -> LetterRules:
    asked = {"asked": [phrase.partition(_BEHIND)[0].strip() for phrase in passives]}

    def compiled(key: str, before: str, after: str) -> re.Pattern[str] | None:
        rows = [fold_word(row) for row in {**table, **asked}.get(key, ())]
        return re.compile(f"{before}(?:{_any(rows)}){after}") if rows else None

    bare = bool(table.get("bare", False))
    edge = "" if bare else _EDGE
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
    return re.compile(rf"(?:[{MARKS}]| (?:(?:{connectors})(?!\w){joined}))(?=\s*({WORD.pattern}))")


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
