"""Reads the list of addressees in one clause: its names, what joins them, and the asides between them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from tracker.extraction.addressee_grammar import ADVERBIAL, CONSULTED, LIST
from tracker.extraction.addressee_names import COMMAS, SHORT, NameReader
from tracker.extraction.phrases import Match

_NEAR = 14  # words of an aside behind a name


class Mode(IntEnum):
    """Whether a name at the start of the next member counts."""

    LIST = 0  # yes
    ADVERBIAL = 1  # again after the next comma
    EXAMPLES = 2  # again after a comma and a joining word
    CONSULTED = 3  # no more


_MODES = {ADVERBIAL: Mode.ADVERBIAL, LIST: Mode.EXAMPLES, CONSULTED: Mode.CONSULTED}


class ListReader(NameReader):
    """One clause, cut into words; places are those of words."""

    def listed(self, start: int) -> list[Match]:
        """The names of the list that opens at `start`, whatever follows it."""
        return list(self._adjacent(start, self.stop))

    def _list(self, start: int, stop: int) -> Iterator[Match]:
        """The names that open a member of `words[start:stop]`, asides left out."""
        mode, place = Mode.LIST, start
        ends, first, comma = stop > start and self.words.words[stop - 1] not in COMMAS, True, False
        members, closing = 0, False  # names of a list that no conjunction has ended; one has ended the examples in it
        while place < stop:
            if mode is Mode.LIST:
                name = self._name(place, stop, self.grammar.adjectives)
                if name:
                    yield name
                    place, members = name.end, members + 1
                elif place == start and not self._capital(start, stop):
                    return
            first = mode is Mode.LIST or (first and not comma)
            joiner, mode = self._next(mode, place, stop, whole=members > 1)
            if joiner is None:
                return
            comma = self.words.words[joiner.start] in COMMAS
            if mode is Mode.LIST and not (comma and joiner.end == joiner.start + 1):
                members = -stop  # a conjunction: no more names of this list
            resumes = mode is Mode.EXAMPLES and comma and closing and members > 1
            closing = mode is Mode.EXAMPLES and not comma
            mode = Mode.LIST if resumes else self._resumed(mode, joiner, first=first and ends)
            place = self._behind_joiner(joiner.end, stop)

    def _behind_joiner(self, place: int, stop: int) -> int:
        """The place after an aside right behind a joiner: `and, as relevant, the private sector`."""
        words = self.words.words
        if place < stop and words[place] in COMMAS:
            commas = (at for at in range(place + 1, min(stop, place + SHORT)) if words[at] in COMMAS)
            return next((at + 1 for at in commas), place)
        return place

    def _next(self, mode: Mode, place: int, stop: int, *, whole: bool = False) -> tuple[Match | None, Mode]:
        """The next joiner, and the mode after the words before it; `whole` names of examples hold none."""
        while place < stop:
            if whole and mode is Mode.EXAMPLES and (name := self.grammar.names.match(self.words, place, stop)):
                place = name.end
                continue
            mark = self.grammar.marks.match(self.words, place, stop)
            if mark is None:
                place += 1
            elif mark.code == "joiners":
                return mark, mode
            elif closed := self.grammar.closed.match(self.words, place, stop):
                place = closed.end
            else:
                mode, place = max(mode, _MODES[mark.code]), mark.end
        return None, mode

    def _resumed(self, mode: Mode, joiner: Match, *, first: bool) -> Mode:
        """The mode behind `joiner`; `first` in an aside that has to end, as no comma stands before the action.

        `the Secretary-General, with the support of the Office, and the Administrator to report`.
        """
        words = self.words.words[joiner.start : joiner.end]
        comma = words[0] in COMMAS
        if mode is Mode.ADVERBIAL and comma:
            return Mode.LIST
        if len(words) > 1 and (mode is Mode.EXAMPLES or (mode is Mode.CONSULTED and comma and first)):
            return Mode.LIST
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
            place = self._after_postposed(self._after_complement(place, stop), stop)
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
        if not place or words.words[place - 1] not in COMMAS or not mark or mark.code != ADVERBIAL:
            return 0
        comma = next((at for at in range(place, min(stop, place + _NEAR)) if words.words[at] in COMMAS), stop)
        joiner = marks.match(words, comma, stop)
        if joiner is None or joiner.end == comma + 1:
            return 0
        return joiner.end if self._name(joiner.end, stop) else 0

    def _resuming(self, place: int, stop: int) -> Match | None:
        """The joiner that takes the list up again after examples."""
        found = (self.grammar.resumer.match(self.words, at, stop) for at in range(place, stop))
        return next((match for match in found if match), None)
