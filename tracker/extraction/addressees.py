"""Who is asked: the names right after the verb of a request (labelling guide of the corpus, rule 7).

The addressee part of a clause is a list of names that ends where the action starts. It is walked member by
member: a name counts when it opens its member, and not when it belongs to an aside (`in consultation with
Member States`, `including the Secretariat`).
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from tracker.core.request import Addressee
from tracker.extraction.addressee_grammar import grammar_of
from tracker.extraction.addressee_reader import Reader
from tracker.extraction.addressee_references import BODY_CODES, DECISIONS, meant, reference, resolved
from tracker.extraction.context import Context
from tracker.extraction.folding import fold
from tracker.extraction.phrases import Match
from tracker.extraction.words import Words

_REACH = 900  # characters: the longest list of addressees in the corpus has about 600
_NEAR = 240  # characters that hold nearly every list
_END = re.compile(r"[;:；：؛。.](?:(?<![.])|(?=\s|$))")
_SECOND, _TIES = 100, 8  # characters behind `, and` in which somebody else is named, and how many of them are read
_OWN_RESOLUTION = re.compile(r"(?<![/\d])\d{3,4} ?[(（](?:19|20)\d\d[)）]")
"""`resolution 2140 (2014)`: a number that only the Security Council cites without saying whose it is."""


class Addressed(NamedTuple):
    """The addressees of a clause, and the offset in the clause where the action begins (0: no addressee part)."""

    addressees: tuple[Addressee, ...]
    end: int


def find_addressees(
    clause: str, context: Context, lead: str = "", *, chapeau: bool = False, repeats: bool = False
) -> Addressed:
    """The addressees that `clause`, the text right after the verb, names or implies.

    `lead` is the text of the paragraph before the verb: pronouns refer to it when no request came before.
    `chapeau`: the action stands in letters below. `repeats`: the verb takes up an earlier request, perhaps of others
    (`Reiterates the call of the Assembly upon States`).
    """
    grammar = grammar_of(context.lexicon)
    end = _END.search(clause, 0, _REACH)
    stop = end.start() if end else min(len(clause), _REACH)
    words = grammar.cut(clause, min(stop, _NEAR))
    reader = Reader(grammar, words, context)
    start = reader.after_fillers(0)
    pronoun = reference(reader, start, lead, context)
    if pronoun is not None:
        referred = meant(pronoun, lead, context)
        if referred:
            return Addressed(referred, _offset(words, start))
    if repeats:
        start = reader.after_author(start)
    names, action = reader.read(start, chapeau=chapeau)
    if stop > _NEAR and reader.open_ended:
        words = grammar.cut(clause, stop)
        reader = Reader(grammar, words, context)
        names, action = reader.read(start, chapeau=chapeau)
    if not names:
        return Addressed(_speaker(reader, clause, context), 0)
    named = dict.fromkeys(
        Addressee(_code(name, reader, context), words.slice(name.start, name.end)) for name in map(reader.whole, names)
    )
    return Addressed(tuple(resolved(row, lead, context) for row in named), _offset(words, action))


def find_others(action: str, context: Context) -> tuple[Addressee, ...]:
    """Who else is asked within an action, by the same verb: "to report in 2026, and the Board to audit the report".

    A name behind a comma with a conjunction, behind which an action starts: where `another` of the lexicon stands.
    """
    grammar = grammar_of(context.lexicon)
    if grammar.another is None:
        return ()
    found: dict[Addressee, None] = {}
    for tie in islice(grammar.another.finditer(action, 0, _REACH), _TIES):
        words = grammar.cut(action[tie.end() : tie.end() + _SECOND], _SECOND)
        reader = Reader(grammar, words, context)
        names = list(map(reader.whole, reader.adjacent(0)))
        if len(names) == 1 and reader.opens_action(names[0].end):  # more of them are the end of a list before the comma
            found[Addressee(names[0].code, words.slice(names[0].start, names[0].end))] = None
    return tuple(found)


def find_subject(clause: str, context: Context) -> tuple[Addressee, ...]:
    """The names that `clause` opens with: "Governments and the Commission are encouraged to"."""
    grammar = grammar_of(context.lexicon)
    words = grammar.cut(clause, min(len(clause), _NEAR))
    reader = Reader(grammar, words, context)
    names = map(reader.whole, reader.listed(0))
    return tuple(dict.fromkeys(Addressee(name.code, words.slice(name.start, name.end)) for name in names))


def _code(name: Match, reader: Reader, context: Context) -> str:
    """The code of a name: the president of a subsidiary body, `son président` behind a request to it, is its chair."""
    owned = name.start and reader.words.words[name.start - 1] in reader.grammar.possessive
    if name.code == "president" and owned and any(row.code == "subsidiary" for row in context.previous):
        return "subsidiary"
    return name.code


def _offset(words: Words, place: int) -> int:
    """Where in the text the word at `place` starts."""
    return words.start(place)


def _speaker(reader: Reader, clause: str, context: Context) -> tuple[Addressee, ...]:
    """The adopting body, which a decision without another subject binds; the Council where only it decides so."""
    if context.force not in DECISIONS or not context.body:
        return ()
    of_council = _OWN_RESOLUTION.search(clause, 0, _REACH) or reader.grammar.sanctions.search(fold(clause[:_NEAR]))
    if of_council and not any(name.code == "sc" for name in reader.everyone()):
        return (Addressee("sc", "SC"),)
    return (Addressee(BODY_CODES.get(context.body, "subsidiary"), context.body),)
