"""Who is asked: the names right after the verb of a request (labelling guide of the corpus, rule 7).

The addressee part of a clause is a list of names that ends where the action starts. It is walked member by
member: a name counts when it opens its member, and not when it belongs to an aside (`in consultation with
Member States`, `including the Secretariat`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.core.request import Addressee, Force
from tracker.extraction.addressee_grammar import grammar_of
from tracker.extraction.addressee_reader import PERSONS, Reader
from tracker.extraction.context import Context
from tracker.extraction.folding import fold
from tracker.extraction.words import Words

BODY_CODES = {"HRC": "hrc", "GA": "ga", "SC": "sc", "ECOSOC": "ecosoc"}
"""Codes of the principal organs (and the Council); every other body counts as a subsidiary one."""

_REACH = 900  # characters: the longest list of addressees in the corpus has about 600
_NEAR = 240  # characters that hold nearly every list
_LEAD = 1500  # characters before the verb in which a pronoun finds its name
_END = re.compile(r"[;:；：؛]|[.](?=\s|$)|。")
_LAST_WORD = re.compile(r"(\w+’?)\s*$")
_OWN_RESOLUTION = re.compile(r"(?<![/\d])\d{3,4} ?[(（](?:19|20)\d\d[)）]")
"""`resolution 2140 (2014)`: a number that only the Security Council cites without saying whose it is."""

_DECISIONS = (Force.DECIDE, Force.INTEND)


@dataclass(frozen=True, slots=True)
class Addressed:
    """The addressees of a clause, and the offset in the clause where the action begins (0: no addressee part)."""

    addressees: tuple[Addressee, ...]
    end: int


def find_addressees(clause: str, context: Context, lead: str = "") -> Addressed:
    """The addressees that `clause`, the text right after the verb, names or implies.

    `lead` is the text of the paragraph before the verb: pronouns refer to it when no request came before.
    """
    grammar = grammar_of(context.lexicon)
    end = _END.search(clause, 0, _REACH)
    stop = end.start() if end else min(len(clause), _REACH)
    words = grammar.cut(clause, min(stop, _NEAR))
    reader = Reader(grammar, words, context)
    start = reader.after_fillers(0)
    if _refers_back(reader, start, lead, context):
        referred = context.previous or named_in(lead, context)
        if referred:
            return Addressed(referred, _offset(words, start))
    names, action = reader.read(start)
    if stop > _NEAR and reader.open_ended:
        words = grammar.cut(clause, stop)
        names, action = Reader(grammar, words, context).read(start)
    if not names:
        return Addressed(_speaker(reader, clause, context), 0)
    named = dict.fromkeys(Addressee(name.code, words.slice(name.start, name.end)) for name in names)
    return Addressed(tuple(named), _offset(words, action))


def _offset(words: Words, place: int) -> int:
    """Where in the text the word at `place` starts."""
    return words.starts[place] if place < len(words.starts) else words.ends[-1] if words.ends else 0


def _refers_back(reader: Reader, start: int, lead: str, context: Context) -> bool:
    """Whether the clause names its addressee by a pronoun, here or at the end of `lead`."""
    if context.force in _DECISIONS:
        return False
    grammar, words, stop = reader.grammar, reader.words, reader.stop
    that = grammar.that.match(words, start, stop)
    if grammar.pronoun.match(words, that.end if that else start, stop):
        return not that or bool(context.previous)
    if lead:
        word = _LAST_WORD.search(lead[-30:])
        return word is not None and word[1].lower() in grammar.attached
    return bool(context.previous) and grammar.action.at(words, start, stop, start)


def named_in(lead: str, context: Context) -> tuple[Addressee, ...]:
    """The first person, else the first name, in the text before the verb: whom `requests him` means."""
    if not lead:
        return ()
    grammar = grammar_of(context.lexicon)
    words = grammar.cut(lead[-_LEAD:], _LEAD)
    found = Reader(grammar, words, context).everyone()
    named = next((name for name in found if name.code in PERSONS), found[0] if found else None)
    return (Addressee(named.code, words.slice(named.start, named.end)),) if named else ()


def _speaker(reader: Reader, clause: str, context: Context) -> tuple[Addressee, ...]:
    """The adopting body, which a decision without another subject binds; the Council where only it decides so."""
    if context.force not in _DECISIONS or not context.body:
        return ()
    of_council = _OWN_RESOLUTION.search(clause, 0, _REACH) or reader.grammar.sanctions.search(fold(clause[:_NEAR]))
    if of_council and not any(name.code == "sc" for name in reader.everyone()):
        return (Addressee("sc", "SC"),)
    return (Addressee(BODY_CODES.get(context.body, "subsidiary"), context.body),)
