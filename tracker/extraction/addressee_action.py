"""Where the addressees of a clause end and the asked action starts."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.extraction.phrases import REMEMBERED, USUAL, Phrases
from tracker.extraction.words import Words


@dataclass(frozen=True, eq=False, slots=True)
class Action:
    """Where the asked action starts: a word such as `to`, `de`, `que` before a verb, or a bare infinitive.

    A marker counts unless its surroundings say that it belongs to a name (`parties to the conflict`,
    `pursuant to`): `after` are words that it may not follow, `before` words that it may not stand before,
    `between` may stand between it and an infinitive, `nouns` look like infinitives and are none, words that end
    like `other` are no verbs (`to promoting`), `verbs` apart. `idle` remembers words at which no action can start.
    """

    markers: Phrases
    clauses: Phrases
    between: Phrases
    endings: tuple[str, ...]
    nouns: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    other: tuple[str, ...]
    verbs: frozenset[str]
    idle: set[str] = field(default_factory=set)

    def find(self, words: Words, start: int, stop: int) -> int | None:
        """The place of the first marker in `words[start:stop]`."""
        texts, idle = words.words, self.idle
        for place in range(start, stop):
            word = texts[place]
            if word in idle:
                continue
            if self.at(words, place, stop, start):
                return place
            if len(idle) < REMEMBERED and len(word) < USUAL and not self._may_start(word):
                idle.add(word)
        return None

    def at(self, words: Words, place: int, stop: int, start: int = 0) -> bool:
        """Whether the action starts at `place`; what stands before `start` does not matter."""
        if place >= stop or not self._starts(words, place, stop):
            return False
        return place == start or words.words[place - 1] not in self.after

    def _may_start(self, word: str) -> bool:
        """Whether an action can start at `word`, whatever stands round it."""
        marked = self.markers.starts_with(word) if self.markers else word.endswith(self.endings)
        return marked or self.clauses.starts_with(word)

    def _starts(self, words: Words, place: int, stop: int) -> bool:
        if self.clauses.match(words, place, stop):
            return True
        if not self.markers:
            return self._is_infinitive(words, place)
        marker = self.markers.match(words, place, stop)
        if marker is None:
            return False
        if not self.endings:
            return not self.before or self._is_verb(words, marker.end, stop)
        verb = marker.end
        for _ in range(5):
            if verb < stop and self._is_infinitive(words, verb):
                return True
            between = self.between.match(words, verb, stop)
            if between is None:
                return False
            verb = between.end
        return False

    def _is_infinitive(self, words: Words, place: int) -> bool:
        word = words.words[place]
        return word.endswith(self.endings) and len(word) > 2 and word not in self.nouns and not words.capital(place)

    def _is_verb(self, words: Words, place: int, stop: int) -> bool:
        """`to` is before a verb when neither a determiner nor a name nor a gerund follows."""
        if place >= stop:
            return True
        word = words.words[place]
        if word in self.before or (word.endswith(self.other) and word not in self.verbs):
            return False
        return word[0].isalpha() and not words.capital(place)
