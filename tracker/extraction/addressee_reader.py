"""Reads the addressee part of one clause, from left to right, word by word."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.core.codes import Force
from tracker.extraction.addressee_grammar import Grammar
from tracker.extraction.addressee_lists import ListReader, Mode
from tracker.extraction.addressee_names import ASIDE, COMMAS, SHORT
from tracker.extraction.context import Context
from tracker.extraction.phrases import Match
from tracker.extraction.words import Words

PERSONS = frozenset({"secretary-general", "high-commissioner", "executive-head", "president", "special-procedures"})
"""Whom a pronoun means rather than a body named before."""

_FAR = 50  # words: how far from the verb the parties to a conflict may stand that are to act
_ASIDES = 3  # words between commas before a subject
_LAST = 7  # words from the start of an action to the last one of a modifier that closes itself
_NEAR = 14  # words: how far from the verb an implied addressee may stand


_AGENTS = frozenset({"subsidiary", "state", "states", "parties"})
"""Who may be the subject of a decision even behind adjectives that the lexicon does not hold."""

_ACTING = _AGENTS | PERSONS | {"secretariat", "mission", "ohchr"}
"""Who may be its subject behind words of time and place."""


class Reader(ListReader):
    """One clause, cut into words; places are those of words. `open_ended`: it was read and shows no action."""

    def __init__(self, grammar: Grammar, words: Words, context: Context) -> None:
        super().__init__(grammar, words, context)
        self.open_ended = False

    def read(self, start: int, *, chapeau: bool = False) -> tuple[list[Match], int]:
        """The names found and the place where the action starts.

        `chapeau`: the action stands in letters below, so that nothing but addressees follows the verb.
        """
        grammar, words, stop = self.grammar, self.words, self.stop
        that = grammar.that.match(words, start, stop)
        if that:
            return self._subject(that.end) or list(self._doer(that.end)), start
        if self.context.force in (Force.DECIDE, Force.INTEND):
            bare = grammar.bare_subject and self.context.force is Force.DECIDE
            return (self._subject(start) if bare else []), start
        first = self._name(start, stop)
        action = self._action(first.end if first else start)
        if action is None:
            self.open_ended = True
            names = list(self._list(start, stop) if chapeau else self._adjacent(start, stop))
            return names or list(self._implied(start, stop)), names[-1].end if names else start
        if action == start:
            return [], start
        names = list(self._list(start, action)) or list(self._implied(start, action))
        return names or list(self._unknown(start, action)), action

    def whole(self, name: Match) -> Match:
        """A name with the words that belong to it: `Board of Auditors`, `Government of Mali`.

        Of several Governments each State is one: `the Governments of Mali, Niger and Chad`.
        """
        words, stop, complement = self.words, self.stop, self.grammar.complement
        if complement.match(words, name.end - 1, stop):
            return Match(name.code, name.start, max(name.end, self._after_complement(name.end - 1, stop)))
        link = complement.match(words, name.end, stop)
        state = self._known(link.end, stop) if link and name.code in {"state", "states"} else None
        if link is None or state is None or state.code != "state":
            return name
        return Match("state", name.start if name.code == "state" else link.end, state.end)

    def adjacent(self, start: int) -> Iterator[Match]:
        """The names that stand right at `start`, one after the other."""
        return self._adjacent(start, self.stop)

    def opens_action(self, place: int) -> bool:
        """Whether an action starts right behind a name that ends at `place`."""
        return self.grammar.action.at(self.words, self._after_complement(place, self.stop), self.stop)

    def _action(self, start: int) -> int | None:
        """The place where the action starts, which is not inside `States in a position to do so`."""
        find, closed, texts = self.grammar.action.find, self.grammar.closed, self.words.words
        action = find(self.words, start, self.stop)
        while action is not None and not self.grammar.closing.isdisjoint(texts[action + 1 : action + _LAST]):
            spans = (closed.match(self.words, at, self.stop) for at in range(max(start, action - SHORT), action + 1))
            end = next((span.end for span in spans if span and span.end > action), None)
            if end is None:
                break
            action = find(self.words, end, self.stop)
        return action

    def after_fillers(self, place: int) -> int:
        """The place after commas, adverbs and an aside between commas."""
        words, begin = self.words.words, place
        while place < self.stop:
            if words[place] in COMMAS:
                place += 1
                continue
            filler = self.grammar.filler.match(self.words, place, self.stop)
            if not filler or self._known(place, self.stop):
                break
            place = filler.end
        return self._after_aside(place) if any(mark in COMMAS for mark in words[begin:place]) else place

    def after_author(self, place: int) -> int:
        """The place after whoever made the request that is repeated: `of the Assembly upon` States.

        Where it was made by another and to nobody, that is the end.
        """
        grammar, words, stop = self.grammar, self.words, self.stop
        author = grammar.author.match(words, place, stop)
        if author is None:
            to = grammar.recipient.match(words, place, stop)  # `the call addressed to States`
            return to.end if to and not grammar.that.match(words, place, stop) and self._name(to.end, stop) else place
        for at in range(author.end, stop):
            recipient = grammar.recipient.match(words, at, stop)
            if recipient and self._name(recipient.end, stop):
                return at if grammar.that.match(words, at, stop) else recipient.end
            goes_on = grammar.recipient.match(words, at + 1, stop) or grammar.author.match(words, at + 1, stop)
            if words.words[at] in COMMAS and not goes_on:
                break
        return stop

    def _after_aside(self, place: int) -> int:
        """The place after `, like the Secretary-General before it,` unless a name or a clause starts at `place`."""
        words, grammar, stop = self.words, self.grammar, self.stop
        if (
            grammar.that.match(words, place, stop)
            or self._name(place, stop)
            or grammar.action.at(words, place, stop, place)
        ):
            return place
        for comma in range(place, min(stop, place + ASIDE)):
            if words.words[comma] in COMMAS:
                return comma + 1
        return place

    def _subject(self, start: int) -> list[Match]:
        """The names that are the subject of `that ...`: who is to act, when it is a body or a party."""
        grammar, words, stop = self.grammar, self.words, self.stop
        own = self.context.force is Force.DECIDE and grammar.performed.match(words, self.after_fillers(start), stop)
        if own:
            return []  # "that it extend the mandate of the Committee"
        start = self._at_subject(start)
        # "that, for Member States that have paid, their share shall be ..." has them as no subject
        governed = grammar.governing.match(words, start, stop)
        names = [] if governed else list(self._adjacent(start, stop, modified=False))
        if not names and not governed and grammar.adjectives:
            name = self._name(start, stop, grammar.adjectives)
            names = [name] if name and name.code in _AGENTS else []
        names = names or self._behind_asides(start) or list(self._bound(start, stop))
        if names and self._is_made(names[-1].end):
            return []
        if self.context.force is Force.DECIDE:
            names = [name for name in names if words.slice(name.start, name.end).lower() not in grammar.own]
        return names

    def _behind_asides(self, place: int) -> list[Match]:
        """The names right behind words of time or place: `that, in 2026, at its session, the Committee meets`."""
        grammar, words, stop = self.grammar, self.words, self.stop
        for _ in range(_ASIDES):
            if not grammar.stop.match(words, place, stop):
                break
            commas = (at for at in range(place, min(stop, place + ASIDE)) if words.words[at] in COMMAS)
            place = next(commas, stop) + 1
            names = [name for name in self._adjacent(place, stop, modified=False) if name.code in _ACTING]
            if names:
                return names
        return []

    def _is_made(self, place: int) -> bool:
        """Whether the subject that ends at `place` is to be made: `that a Special Rapporteur be appointed`."""
        grammar, words, stop = self.grammar, self.words, self.stop
        for at in range(place, min(stop, place + SHORT)) if grammar.passive else ():
            if grammar.passive.match(words, at, stop):
                return True
            if grammar.that.match(words, at, stop) or words.words[at] in COMMAS:
                break
        return False

    def _at_subject(self, start: int) -> int:
        """The place of the subject in the clause at `start`: behind its verb and pronoun where the verb comes first."""
        start = self.after_fillers(start)
        if not self.grammar.verb_first:
            return start
        pronoun = self.grammar.pronoun.match(self.words, start + 1, self.stop)
        return self.after_fillers(pronoun.end if pronoun else start + 1)

    def _bound(self, start: int, stop: int) -> Iterator[Match]:
        """`within a year all Member States shall`: the names right before the first word that binds them."""
        modal = next(
            (place for place in range(start, stop) if self.grammar.modal.match(self.words, place, stop)), start
        )
        for place in range(max(start, modal - _NEAR), modal):
            links = (self.grammar.complement.match(self.words, max(0, place - back), modal) for back in (0, 1, 2))
            if any(link and link.end >= place for link in links):
                continue  # `the terms of the members shall begin`
            names = list(self._adjacent(place, modal, modified=False))
            if names and self._after_complement(names[-1].end, modal) == modal:
                yield from names
                return

    def _implied(self, start: int, stop: int) -> Iterator[Match]:
        """`flexibility and engagement by the sides`: names after a word that makes them act.

        Far from the verb only the parties to a conflict (`full respect for the law by all parties`).
        """
        words = self.words
        for place in range(start, min(stop, start + _FAR)):
            if words.words[place] in COMMAS:
                return
            found = self.grammar.implied.match(words, place, stop)
            if found and not (place > start and self._is_participle(place - 1, found)):
                names = list(self._adjacent(found.end, stop))
                if place < start + _NEAR:
                    yield from names
                    return
                if names and names[0].code == "parties":
                    yield from names
                    return

    def _doer(self, start: int) -> Iterator[Match]:
        """`that a report be prepared by the Office`: who does what is asked to be done."""
        for place in range(start, min(self.stop, start + _NEAR)):
            if self.words.words[place] in COMMAS:
                return
            if found := self.grammar.done_by.match(self.words, place, self.stop):
                yield from self._adjacent(found.end, self.stop)
                return

    def _is_participle(self, place: int, preposition: Match) -> bool:
        """`the proposal presented by the Force` asks nothing of the Force."""
        alone = preposition.end == preposition.start + 1
        return alone and self.words.words[place].endswith(self.grammar.participles)

    def _unknown(self, start: int, stop: int) -> Iterator[Match]:
        """A capitalised name that no lexicon holds: `other`."""
        place = self._capital(start, stop)
        if place:
            joiner, _ = self._next(Mode.LIST, place, stop)
            yield Match("other", place, joiner.start if joiner else stop)
