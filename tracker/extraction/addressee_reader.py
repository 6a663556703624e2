"""Reads the addressee part of one clause, from left to right, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from tracker.core.request import Force
from tracker.extraction.addressee_grammar import ADVERBIAL, CONSULTED, LIST, Grammar
from tracker.extraction.context import Context
from tracker.extraction.phrases import Match
from tracker.extraction.words import Words

PERSONS = frozenset({"secretary-general", "high-commissioner", "executive-head", "president", "special-procedures"})
"""Whom a pronoun means rather than a body named before."""

_COMMAS = (",", "،", "，")
_NEAR = 14  # words: how far from the verb an implied addressee may stand
_ASIDE = 40  # words of an aside between commas


class _Mode(IntEnum):
    """Whether a name at the start of the next member counts."""

    LIST = 0  # yes
    ADVERBIAL = 1  # again after the next comma
    EXAMPLES = 2  # again after a comma and a joining word
    CONSULTED = 3  # no more


_MODES = {ADVERBIAL: _Mode.ADVERBIAL, LIST: _Mode.EXAMPLES, CONSULTED: _Mode.CONSULTED}
_AGENTS = frozenset({"subsidiary", "state", "states", "parties"})
"""Who may be the subject of a decision even behind adjectives that the lexicon does not hold."""


class Reader:
    """One clause, cut into words; places are those of words. `open_ended`: it was read and shows no action."""

    def __init__(self, grammar: Grammar, words: Words, context: Context) -> None:
        self.grammar, self.words, self.context = grammar, words, context
        self.stop = len(words.words)
        self.open_ended = False
        self.within = grammar.within.get(context.body or "")

    def read(self, start: int) -> tuple[list[Match], int]:
        """The names found and the place where the action starts."""
        grammar, words, stop = self.grammar, self.words, self.stop
        that = grammar.that.match(words, start, stop)
        if that:
            return self._subject(that.end), start
        if self.context.force in (Force.DECIDE, Force.INTEND):
            bare = grammar.bare_subject and self.context.force is Force.DECIDE
            return (self._subject(start) if bare else []), start
        first = self._name(start, stop)
        action = grammar.action.find(words, first.end if first else start, stop)
        if action is None:
            self.open_ended = True
            names = list(self._adjacent(start, stop))
            return names or list(self._implied(start, stop)), names[-1].end if names else start
        if action == start:
            return [], start
        names = list(self._list(start, action)) or list(self._implied(start, action))
        return names or list(self._unknown(start, action)), action

    def everyone(self) -> list[Match]:
        """Every name in the text."""
        found = (self.grammar.names.match(self.words, place, self.stop) for place in range(self.stop))
        return [name for name in found if name]

    def after_fillers(self, place: int) -> int:
        """The place after commas, adverbs and an aside between commas."""
        words, begin = self.words.words, place
        while place < self.stop:
            if words[place] in _COMMAS:
                place += 1
                continue
            filler = self.grammar.filler.match(self.words, place, self.stop)
            if not filler or self._known(place, self.stop):
                break
            place = filler.end
        return self._after_aside(place) if any(mark in _COMMAS for mark in words[begin:place]) else place

    def _after_aside(self, place: int) -> int:
        """The place after `, like the Secretary-General before it,` unless a name or a clause starts at `place`."""
        words, grammar, stop = self.words, self.grammar, self.stop
        if (
            grammar.that.match(words, place, stop)
            or self._name(place, stop)
            or grammar.action.at(words, place, stop, place)
        ):
            return place
        for comma in range(place, min(stop, place + _ASIDE)):
            if words.words[comma] in _COMMAS:
                return comma + 1
        return place

    def _known(self, place: int, stop: int) -> Match | None:
        found = self.grammar.names.match(self.words, place, stop)
        own = self.within.match(self.words, place, stop) if self.within else None
        return own if own and (found is None or own.end >= found.end) else found

    def _opened(self, place: int, stop: int) -> int | None:
        """The place after one opener or one title in Chinese quotes at `place`."""
        opener = self.grammar.opener.match(self.words, place, stop)
        if opener:
            return opener.end
        return self._closed(place, stop, "《", "》")

    def _closed(self, place: int, stop: int, left: str, right: str) -> int | None:
        """The place after what stands between `left`, at `place`, and `right`."""
        words = self.words.words
        if place >= stop or words[place] != left:
            return None
        return next((end + 1 for end in range(place, min(stop, place + _ASIDE)) if words[end] == right), None)

    def _name(self, place: int, stop: int, adjectives: int = 0) -> Match | None:
        """The name at `place`, after its openers and at most `adjectives` further words."""
        grammar, words, start = self.grammar, self.words, adjectives
        while place < stop:
            found = self._known(place, stop)
            if found and grammar.head_last:
                return self._head(found, stop)
            opened = self._opened(place, stop) if adjectives == start else None
            if found:
                return (self._name(opened, stop) if opened and opened >= found.end else None) or found
            if opened:
                place = opened
                continue
            if not adjectives or not words.words[place][0].isalnum():
                return None
            if grammar.stop.match(words, place, stop) or grammar.marks.match(words, place, stop):
                return None
            hyphen = place + 2 < stop and words.words[place + 1] == "-"
            adjectives, place = adjectives - 1, place + (2 if hyphen else 1)
        return None

    def _head(self, found: Match, stop: int) -> Match:
        """The last of the names that follow each other without a joiner: `Assembly` `President`."""
        place = found.end
        while place < stop:
            following = self._known(place, stop)
            if following:
                found = Match(_head_code(found.code, following.code), found.start, following.end)
                place = following.end
            elif opened := self._opened(place, stop):
                place = opened
            elif found.code == "state" and (modifier := self.grammar.modifier.match(self.words, place, stop)):
                place = modifier.end
            else:
                break
        return found

    def _modified(self, place: int, stop: int) -> Match | None:
        """The name after a modifier that starts at `place`."""
        words = self.words
        for at in range(place, stop):
            if words.words[at] in _COMMAS:
                return None
            modifier = self.grammar.modifier.match(words, at, stop)
            if modifier and (name := self._name(modifier.end, stop)):
                return name
        return None

    def _list(self, start: int, stop: int) -> Iterator[Match]:
        """The names that open a member of `words[start:stop]`, asides left out."""
        mode, place = _Mode.LIST, start
        while place < stop:
            if mode is _Mode.LIST:
                name = self._name(place, stop, self.grammar.adjectives)
                if name:
                    yield name
                    place = name.end
                elif place == start and not self._capital(start, stop):
                    return
            joiner, mode = self._next(mode, place, stop)
            if joiner is None:
                return
            mode, place = self._resumed(mode, joiner), joiner.end

    def _next(self, mode: _Mode, place: int, stop: int) -> tuple[Match | None, _Mode]:
        """The next joiner, and the mode after the words before it."""
        while place < stop:
            mark = self.grammar.marks.match(self.words, place, stop)
            if mark is None:
                place += 1
            elif mark.code == "joiners":
                return mark, mode
            else:
                mode, place = max(mode, _MODES[mark.code]), mark.end
        return None, mode

    def _resumed(self, mode: _Mode, joiner: Match) -> _Mode:
        words = self.words.words[joiner.start : joiner.end]
        comma = words[0] in _COMMAS
        if mode is _Mode.ADVERBIAL and comma:
            return _Mode.LIST
        if mode is _Mode.EXAMPLES and len(words) > 1:
            return _Mode.LIST
        return mode

    def _adjacent(self, start: int, stop: int, *, modified: bool = True) -> Iterator[Match]:
        """The names of a list that nothing but joiners interrupts."""
        grammar, words, place = self.grammar, self.words, start
        while place < stop:
            name = self._name(place, stop)
            if not name and modified and grammar.head_last:
                name = self._modified(place, stop)
            if not name:
                place = self._after_title(place, stop)
                if not place:
                    return
                continue
            yield name
            place = name.end
            while closed := self._after_closer(place, stop):
                place = closed
            joiner = grammar.marks.match(words, place, stop)
            if joiner and joiner.code != "joiners":
                joiner = self._resuming(place, stop) if joiner.code == LIST else None
            if not joiner:
                return
            place = joiner.end

    def _after_title(self, place: int, stop: int) -> int:
        """The next name after `, in his capacity as Chair,` at `place`; 0 when this is no such aside between names."""
        words, marks = self.words, self.grammar.marks
        mark = marks.match(words, place, stop)
        if not place or words.words[place - 1] not in _COMMAS or not mark or mark.code != ADVERBIAL:
            return 0
        comma = next((at for at in range(place, min(stop, place + _NEAR)) if words.words[at] in _COMMAS), stop)
        joiner = marks.match(words, comma, stop)
        if joiner is None or joiner.end == comma + 1:
            return 0
        return joiner.end if self._name(joiner.end, stop) else 0

    def _after_closer(self, place: int, stop: int) -> int | None:
        closer = self.grammar.closer.match(self.words, place, stop)
        return closer.end if closer else self._closed(place, stop, "(", ")")

    def _resuming(self, place: int, stop: int) -> Match | None:
        """The joiner that takes the list up again after examples."""
        found = (self.grammar.resumer.match(self.words, at, stop) for at in range(place, stop))
        return next((match for match in found if match), None)

    def _subject(self, start: int) -> list[Match]:
        """The names that are the subject of `that ...`: who is to act, when it is a body or a party."""
        grammar, words, stop = self.grammar, self.words, self.stop
        start = self.after_fillers(start) + grammar.verb_first
        names = list(self._adjacent(start, stop, modified=False))
        if not names and grammar.adjectives:
            name = self._name(start, stop, grammar.adjectives)
            names = [name] if name and name.code in _AGENTS else []
        names = names or list(self._bound(start, stop))
        if self.context.force is Force.DECIDE:
            names = [name for name in names if words.slice(name.start, name.end).lower() not in grammar.own]
        return names

    def _bound(self, start: int, stop: int) -> Iterator[Match]:
        """`within a year all Member States shall`: the names right before the first word that binds them."""
        modal = next(
            (place for place in range(start, stop) if self.grammar.modal.match(self.words, place, stop)), start
        )
        for place in range(max(start, modal - _NEAR), modal):
            names = list(self._adjacent(place, modal, modified=False))
            if names and names[-1].end == modal:
                yield from names
                return

    def _implied(self, start: int, stop: int) -> Iterator[Match]:
        """`flexibility and engagement by the sides`: names after a word that makes them act."""
        words = self.words
        for place in range(start, min(stop, start + _NEAR)):
            if words.words[place] in _COMMAS:
                return
            found = self.grammar.implied.match(words, place, stop)
            if found:
                yield from self._adjacent(found.end, stop)
                return

    def _unknown(self, start: int, stop: int) -> Iterator[Match]:
        """A capitalised name that no lexicon holds: `other`."""
        place = self._capital(start, stop)
        if place:
            joiner, _ = self._next(_Mode.LIST, place, stop)
            yield Match("other", place, joiner.start if joiner else stop)

    def _capital(self, start: int, stop: int) -> int:
        """The place of the capitalised word after openers at `start`; 0 when there is none."""
        place = start
        while place < stop and (opened := self._opened(place, stop)):
            place = opened
        return place if start < place < stop and self.words.capital(place) else 0


def _head_code(first: str, last: str) -> str:
    """Whom two names in a row mean: the last one, but the Government of a State and the Chair of a committee."""
    if (first, last) == ("state", "states"):
        return "state"
    if (first, last) == ("subsidiary", "president"):
        return "subsidiary"
    return last
