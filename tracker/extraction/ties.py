"""Where verbs may stand: at the start of a paragraph, and behind the marks and conjunctions that tie clauses together.

Behind a tie come set phrases (`in this regard,`), adverbs and an object pronoun, then the verb. The text is read from
tie to tie, so that words inside a clause are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.extraction.catalogue import Catalogue, Tokens, next_word, plain_walk
from tracker.extraction.verbs import Verb, match_verb, raised, verb_at

_REACH = 120  # characters from a tie to the end of its verb
_NEAR = 40  # so many are nearly always enough to know
_STEPS = 7  # set phrases and adverbs that may stand behind one tie
_COMMAS = frozenset(",،，")
_ELIDING = "’"  # the last sign of an elided pronoun


class Tied(NamedTuple):
    """A verb and what ties it to the clause before: `left` is where the tie stands, `start` the first adverb or verb.

    `opens`: it is the first word of the text. `lead`: a set phrase stands between tie and verb. `subject`: where the
    subject of a passive verb starts.
    """

    verb: Verb
    left: int
    start: int
    mark: str
    link: str
    pronoun: str
    lead: bool
    opens: bool
    subject: int | None = None


def find_tied(catalogue: Catalogue, folded: str) -> Iterator[Tied]:
    """The verbs of a folded text that open it or stand behind a tie, in the order of the text."""
    end = 0
    opening = _behind(catalogue, folded, 0, 0, ("", ""))
    if opening:
        end = opening.verb.end
        yield opening._replace(opens=True)
    openings, attached, marks = catalogue.openings, catalogue.attached, catalogue.marks
    for tie in catalogue.boundary.finditer(folded):
        word = tie[1]
        # Most ties end here; the rest is looked at more closely.
        if (word not in openings and not attached and _ELIDING not in word) or tie.start() < end:
            continue
        sign = tie[0].strip()
        mark = sign if sign in marks else ""
        if word == sign or not _may_start(catalogue, folded, tie, bool(mark)):
            continue
        found = _behind(catalogue, folded, tie.end(), tie.start(), (mark, "" if mark else sign))
        if found and found.verb.start >= end:
            end = found.verb.end
            yield found


def _may_start(catalogue: Catalogue, folded: str, tie: re.Match[str], marked: bool) -> bool:
    """Whether a verb may begin with, or follow, the two words behind a tie."""
    word = tie[1]
    if word in catalogue.verb_starts or _elided(catalogue, word):
        return True
    if catalogue.attached and word.startswith(catalogue.attached) and word != catalogue.attached:
        return word[len(catalogue.attached) :] in catalogue.starts
    second = next_word(folded, tie.end(1), catalogue.spaced)
    if word in catalogue.pronouns and second in catalogue.verb_starts:
        return True
    for tree in (catalogue.adverbs, catalogue.leads):
        node = tree.next.get(word)
        if node is not None and (node.kind or second in node.next):
            return True
    node = catalogue.connectors.next.get(word)
    if node is None or not second or not marked:
        return False
    return second in node.next or second in catalogue.starts or bool(_elided(catalogue, second))


def _elided(catalogue: Catalogue, word: str) -> str:
    """The object pronoun that is written as one word with the verb: `l’encourage`."""
    if _ELIDING not in word:
        return ""
    for form in catalogue.elided:
        if word.startswith(form) and word[len(form) :] in catalogue.verb_starts:
            return form
    return ""


def _behind(catalogue: Catalogue, folded: str, place: int, left: int, tie: tuple[str, str]) -> Tied | None:
    """The verb behind the tie that ends at `place`."""
    try:
        return _within(catalogue, folded, place, left, tie, _NEAR)
    except IndexError:  # a word farther away was asked for
        return _within(catalogue, folded, place, left, tie, _REACH)


def _within(catalogue: Catalogue, folded: str, place: int, left: int, tie: tuple[str, str], reach: int) -> Tied | None:
    """As `_behind`. Raises IndexError when the words within `reach` do not tell, if that is less than the longest."""
    mark, link = tie
    near = reach < _REACH
    tokens = Tokens(folded, place, catalogue.spaced, reach, open_end=near)
    first, attached = tokens.words[0], catalogue.attached
    if attached and first not in catalogue.starts and first.startswith(attached) and len(first) > len(attached):
        place, link = tokens.start(0) + len(attached), link or attached
        tokens = Tokens(folded, place, catalogue.spaced, reach, open_end=near)
        first = tokens.words[0]
    at = 0
    if not link and (last := plain_walk(catalogue.connectors, tokens, 0)) is not None and (mark or place):
        link = folded[tokens.start(0) : tokens.end(last)]
        at = _after_comma(tokens, last + 1)
    return _verb_from(catalogue, tokens, at, Tied(_NONE, left, 0, mark, link, "", lead=False, opens=False))


_NONE = Verb(0, 0, "", None)


def _verb_from(catalogue: Catalogue, tokens: Tokens, at: int, tied: Tied) -> Tied | None:
    """The verb behind set phrases and adverbs; one that asks for something before one that does not."""
    plain: Tied | None = None
    start: int | None = None
    for _ in range(_STEPS):
        found = _at(catalogue, tokens, at, start, tied)
        if found and found.verb.force is not None:
            return found
        plain = plain or found
        lead = plain_walk(catalogue.leads, tokens, at)
        adverb = plain_walk(catalogue.adverbs, tokens, at)
        if lead is None and adverb is None:
            return plain
        if lead is not None and (adverb is None or lead >= adverb):
            at, start, tied = _after_comma(tokens, lead + 1), None, tied._replace(lead=True)
        elif adverb is not None:
            start = tokens.start(at) if start is None else start
            at = _after_comma(tokens, adverb + 1)
    return plain


def _at(catalogue: Catalogue, tokens: Tokens, at: int, start: int | None, tied: Tied) -> Tied | None:
    """The verb at token `at`, behind an object pronoun or not."""
    word, pronoun = tokens.words[at], ""
    if word in catalogue.pronouns and tokens.words[at + 1] in catalogue.verb_starts:
        pronoun, verb = word, verb_at(catalogue, tokens, at + 1)
    elif elided := _elided(catalogue, word):
        pronoun, verb = elided, match_verb(catalogue, tokens.text, tokens.start(at) + len(elided))
    else:
        verb = verb_at(catalogue, tokens, at)
    if verb is None:
        return None
    place = tokens.start(at)
    start = place if start is None else start
    if catalogue.suffixed and not pronoun and verb.word in catalogue.suffixed:
        pronoun = verb.word
    if verb.force and any(word in tokens.text[start:place] for word in catalogue.strong):
        verb = verb._replace(force=raised(verb.force))
    return tied._replace(verb=verb, start=start, pronoun=pronoun)


def _after_comma(tokens: Tokens, at: int) -> int:
    return at + 1 if tokens.words[at] in _COMMAS else at
