"""Whom pronouns and short names mean: `requests him`, `the latter`, `his Office`, `the Council` of another text."""

from __future__ import annotations

import re

from tracker.core.codes import Force
from tracker.core.request import Addressee
from tracker.extraction.addressee_grammar import grammar_of
from tracker.extraction.addressee_reader import PERSONS, Reader
from tracker.extraction.context import Context
from tracker.extraction.phrases import Match

BODY_CODES = {"HRC": "hrc", "GA": "ga", "SC": "sc", "ECOSOC": "ecosoc"}
"""Codes of the principal organs (and the Council); every other body counts as a subsidiary one."""

DECISIONS = (Force.DECIDE, Force.INTEND)
"""Forces that bind the adopting body itself."""

_LEAD = 1500  # characters before the verb in which a pronoun finds its name
_LAST_WORD = re.compile(r"(?<!\w)(\w{1,40}+’?)\s{0,3}+$")
_COUNCILS = frozenset({"hrc", "sc", "ecosoc"})
_ONE = PERSONS | {"secretariat", "ohchr", "mission", "ga", *_COUNCILS}
"""Whom `them` cannot mean, named alone."""

_MANY = frozenset({"states", "parties", "igos", "ngos", "nhris", "donors", "private-sector", "un-system"})
"""Whom the plural of `the latter` may mean."""


def reference(reader: Reader, start: int, lead: str, context: Context) -> str | None:
    """The pronoun by which a clause names its addressee, here or at the end of `lead`; None where it has none.

    Empty for an action that follows its verb at once: the addressee is that of the request before.
    """
    if context.force in DECISIONS:
        return None
    grammar, words, stop = reader.grammar, reader.words, reader.stop
    that = grammar.that.match(words, start, stop)
    pronoun = grammar.pronoun.match(words, that.end if that else start, stop)
    if pronoun:
        word = words.slice(pronoun.start, pronoun.end)
        known = not that or context.previous or _is_plural(word, context) or word in grammar.persons
        return word if known else None
    if lead:
        last = _LAST_WORD.search(lead[-30:])
        return last[1] if last and last[1].lower() in grammar.attached else None
    return "" if context.previous and grammar.action.at(words, start, stop, start) else None


def meant(pronoun: str, lead: str, context: Context) -> tuple[Addressee, ...]:
    """Whom a pronoun means.

    The last name before it (`the latter`), the addressees of the request before, else a name in the text before
    the verb, a list of them for `them`.
    """
    if lead and _is(pronoun, "latter", context):
        last = _last(lead, context, plural=_is_plural(pronoun, context))
        if last:
            return last
    return context.previous or named_in(lead, context, plural=_is_plural(pronoun, context))


def named_in(lead: str, context: Context, *, plural: bool = False) -> tuple[Addressee, ...]:
    """The first person, else the first name, in the text before the verb: whom `requests him` means.

    `plural` (`requests them`): the first list of names, or name of more than one.
    """
    if not lead:
        return ()
    if plural:
        several = _several(lead, context)
        if several:
            return several
    return _named(lead, context)


def _named(lead: str, context: Context) -> tuple[Addressee, ...]:
    reader = _reader_of(lead, context)
    found = reader.everyone()
    named = next((name for name in found if name.code in PERSONS), found[0] if found else None)
    return _addressees(reader, [named] if named else [])


def _last(lead: str, context: Context, *, plural: bool) -> tuple[Addressee, ...]:
    """The last name before the verb, of one or of several as the pronoun has it."""
    reader = _reader_of(lead, context)
    fitting = _MANY | {"state"} if plural else _ONE | {"subsidiary", "state"}
    found = [name for name in reader.everyone() if name.code in fitting]
    outer = [name for name in found if not any(_within(name, other) for other in found)]
    return _addressees(reader, outer[-1:])


def _several(lead: str, context: Context) -> tuple[Addressee, ...]:
    reader = _reader_of(lead, context)
    for name in reader.everyone():
        listed = reader.listed(name.start)
        if len(listed) > 1 or (listed and name.code not in _ONE):
            return _addressees(reader, listed)
    return ()


def _reader_of(lead: str, context: Context) -> Reader:
    grammar = grammar_of(context.lexicon)
    return Reader(grammar, grammar.cut(lead[-_LEAD:], _LEAD), context)


def _addressees(reader: Reader, names: list[Match]) -> tuple[Addressee, ...]:
    found = (Addressee(name.code, reader.words.slice(name.start, name.end)) for name in names)
    return tuple(dict.fromkeys(found))


def _within(name: Match, other: Match) -> bool:
    return other.start <= name.start and name.end <= other.end and other is not name


def _is_plural(pronoun: str, context: Context) -> bool:
    return _is(pronoun, "plural", context)


def _is(pronoun: str, group: str, context: Context) -> bool:
    grammar = grammar_of(context.lexicon)
    words = grammar.cut(pronoun, len(pronoun))
    phrases = grammar.latter if group == "latter" else grammar.plural
    return bool(pronoun) and phrases.match(words, 0, len(words.words)) is not None


def resolved(addressee: Addressee, lead: str, context: Context) -> Addressee:
    """`addressee` with the code that the context gives to a short name.

    `His Office` after the High Commissioner is OHCHR. No council calls upon itself: `the Council` in a text of
    another one is the council that the paragraph has named before.
    """
    if addressee.text in grammar_of(context.lexicon).office:
        before = {row.code for row in context.previous}
        if "high-commissioner" in before or "ohchr" in before:
            return addressee._replace(code="ohchr")
    own = BODY_CODES.get(context.body or "")
    short = " " not in addressee.text and addressee.code == own and own in _COUNCILS
    if short and lead and context.force not in DECISIONS:
        others = [name.code for name in _reader_of(lead, context).everyone() if name.code in _COUNCILS - {own}]
        if others:
            return addressee._replace(code=others[-1])
    return addressee
