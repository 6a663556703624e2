"""The verbs of one language: which phrase is which force, and where phrases stand in a text.

A phrase of the lexicon is a row of words; adverbs of the lexicon may stand between them (`demande également
instamment`), before them (`further requests`) and after them (`requests also`). Chinese has no spaces: there each
character is a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.core.codes import Force
from tracker.extraction.catalogue import Catalogue, Node, Tokens, plain_walk

_ELISION = re.compile(r"(?:jusqu|lorsqu|qu|l|d|s|n|j)’(?=\w)")
_STEPS = 5  # adverbs that may stand together
_ASIDE = 16  # words of an aside between a verb and the noun that it repeats
_COMMAS = frozenset(",،，")
_SAID = 90  # characters behind a verb in which a noun may say what it does
_END = re.compile("[,;，；。]")
_REACH = 120  # characters that a verb with its adverbs may span
_RAISED = frozenset({Force.REQUEST, Force.CALL, Force.INVITE})  # forces that `instamment` turns into urge
_FORCES = frozenset(force.value for force in Force)
_REPEATABLE = frozenset({"reaffirm", "recall", "welcome", "stress"})


class Verb(NamedTuple):
    """A verb phrase found in a folded text: `text[start:end]`, adverbs after it included.

    `force` is None for verbs that ask for nothing; `kind` is the key of the lexicon (`request`,
    `welcome` ...), `word` its first word, `phrase` the words without the adverbs after it.
    """

    start: int
    end: int
    kind: str
    force: Force | None
    repeats: bool = False
    word: str = ""
    phrase: str = ""


def match_verb(catalogue: Catalogue, text: str, start: int) -> Verb | None:
    """The longest verb phrase that starts at `start` of a folded text, with the adverbs after it."""
    return verb_at(catalogue, Tokens(text, start, catalogue.spaced, _REACH), 0)


def verb_at(catalogue: Catalogue, tokens: Tokens, at: int) -> Verb | None:
    """The longest verb phrase that starts at word number `at` of a folded text, with the adverbs after it."""
    word = tokens.words[at]
    if word not in catalogue.verb_starts:
        return None
    best = _walk(catalogue, catalogue.phrases, tokens, at)
    repeat = _repeated(catalogue, tokens, at) if word in catalogue.composed.next else None
    if repeat and (best is None or best[0] in _REPEATABLE or repeat[1] > best[1]):
        kind, last = repeat
        repeats = True
    elif best:
        (kind, last), repeats = best, False
    else:
        return None
    return _verb(catalogue, tokens, at, last, kind, repeats)


def passive_at(catalogue: Catalogue, text: str, start: int) -> Verb | None:
    """The passive verb at `start` of a folded text: `is hereby requested`."""
    tokens = Tokens(text, start, catalogue.spaced, _REACH)
    found = _walk(catalogue, catalogue.passives, tokens, 0)
    return _verb(catalogue, tokens, 0, found[1], found[0], False) if found else None


def _verb(catalogue: Catalogue, tokens: Tokens, at: int, last: int, kind: str, repeats: bool) -> Verb:
    """The verb phrase from token `at` to `last`, with the adverbs behind it."""
    text, word = tokens.text, tokens.words[at]
    after = _skip(catalogue, tokens, last + 1)
    start, end = tokens.start(at), tokens.end(after - 1)
    force = Force(kind) if kind in _FORCES else None
    if force is None and (said := catalogue.by_words.get(text[start : tokens.end(last)])):
        said_of = text[end : end + _SAID]
        following = _END.split(said_of, maxsplit=1)[0]  # `将特派团任期延长18个月` is a decision
        found = (named for noun, named in said if noun in (said_of if noun[0] in _COMMAS else following))
        force = next(map(Force, found), None)
    if force in _RAISED and any(strong in text[start:end] for strong in catalogue.strong):
        force = raised(force)
    return Verb(start, end, kind, force, repeats, word, text[start : tokens.end(last)])


def raised(force: Force | None) -> Force | None:
    """The force of a verb that an adverb such as `instamment` strengthens."""
    return Force.URGE if force in _RAISED else force


def _walk(catalogue: Catalogue, tree: Node, tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The kind of the longest phrase of `tree` from token `at` on, and its last token."""
    node, best, places = tree, None, []
    while word := tokens.words[at]:
        following = node.next.get(word)
        if following is None:
            skipped = _skip(catalogue, tokens, at) if node is not tree else at
            if skipped == at:
                break
            at = skipped
            continue
        node = following
        places.append(at)
        if node.kind:
            best = node.kind, places[-1 - node.behind]
        at += 1
    return best


def _skip(catalogue: Catalogue, tokens: Tokens, at: int) -> int:
    """The first token from `at` on that is no adverb and no set phrase between commas."""
    for _ in range(_STEPS):
        last = plain_walk(catalogue.adverbs, tokens, at)
        if last is None and tokens.words[at] in _COMMAS:
            last = plain_walk(catalogue.leads, tokens, at + 1)
            if last is None or tokens.words[last + 1] not in _COMMAS:
                return at
            last += 1
        if last is None:
            return at
        at = last + 1
    return at


def _repeated(catalogue: Catalogue, tokens: Tokens, start: int) -> tuple[str, int] | None:
    """`Reiterates its urgent request`: the kind of the noun, and its token."""
    verb = _walk(catalogue, catalogue.composed, tokens, start)
    if verb is None:
        return None
    at = _after_aside(catalogue, tokens, _skip(catalogue, tokens, verb[1] + 1))
    for place in range(at, at + catalogue.gap):
        word = tokens.words[place]
        if not word:
            return None
        noun = _noun(catalogue, tokens, place)
        if noun:
            return None if tokens.words[noun[1] + 1][:1].isdecimal() else noun  # "its decision 45/1"
        if word in catalogue.stops or not (word[0].isalnum() or word[0] == "’"):
            return None
    return None


def _after_aside(catalogue: Catalogue, tokens: Tokens, at: int) -> int:
    """The place of the noun's determiner behind an aside: `Expresses, on the basis of the report, its intention`."""
    if tokens.words[at] not in _COMMAS:
        return at
    for place in range(at + 2, at + _ASIDE):
        if not tokens.words[place]:
            break
        if tokens.words[place] in _COMMAS:
            return place + 1 if tokens.words[place + 1] in catalogue.determiners else at
    return at


def _noun(catalogue: Catalogue, tokens: Tokens, place: int) -> tuple[str, int] | None:
    if catalogue.spaced:
        node = catalogue.nouns.next.get(_ELISION.sub("", tokens.words[place]))
        return (node.kind, place) if node and node.kind else None
    node, last = catalogue.nouns, place
    while following := node.next.get(tokens.words[last]):
        node = following
        if node.kind:
            return node.kind, last
        last += 1
    return None
