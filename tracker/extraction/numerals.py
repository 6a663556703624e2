"""The numbers beside the noun of a session: `fifty-first and fifty-fourth sessions`, `sesiones 14º y 15º`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.extraction.numbers import Numbers
from tracker.extraction.time_words import SessionWords

_WINDOW = 110
"""Letters around a session's noun that are read: three ordinals in words."""

_BEHIND, _NOUN = 60, 30
"""Letters behind a session in which a number without noun is read, and behind the number those of its noun."""

_REPEATED = 2
"""Words that are said again before the second of two numbers."""

_LONGEST = 6
"""Words of the longest ordinal: `one hundred and twenty first` is five."""


@dataclass(slots=True)
class Numbered:
    """The numbers found beside a noun: `start` is where the whole expression begins, `end` where it ends."""

    start: int
    end: int
    numbers: list[int] = field(default_factory=list)
    following: str | None = None
    year: int | None = None
    special: bool = False
    substantive: bool = False
    resumed: bool = False
    several: bool = False
    ranged: bool = False


def numbered(text: str, noun: re.Match[str], vocabulary: SessionWords, numbers: Numbers) -> Numbered | None:
    """The numbers before the noun, else those after it."""
    left = _walk_left(text, noun.start(), vocabulary, numbers)
    found = _parse(left, vocabulary, numbers, Numbered(noun.start(), noun.end()))
    special = bool(vocabulary.special_after.match(text, noun.end()))
    if found.numbers or found.following or found.year:
        found.special = found.special or special
        return found
    year = vocabulary.year_after.match(text, noun.end())
    if year:
        substantive = found.substantive or bool(vocabulary.substantive_near.search(text, noun.start(), year.end()))
        return Numbered(found.start, year.end(), year=int(year["year"]), special=found.special, substantive=substantive)
    right = _walk_right(text, noun.end(), vocabulary, numbers)
    after = _parse(right, vocabulary, numbers, Numbered(found.start, noun.end()))
    if after.numbers or after.following:
        after.start = found.start
        after.special = after.special or found.special
        after.resumed = any(word in vocabulary.resuming for word, _, _ in right)
        return after
    return None


def alone(text: str, vocabulary: SessionWords, numbers: Numbers) -> Iterator[tuple[int, int]]:
    """Where numbers stand without the noun of a session: "to the Council [at its thirtieth] and to the Assembly"."""
    tokens = [(found[0], found.start(), found.end()) for found in vocabulary.token.finditer(text)]
    for place in range(2, len(tokens)):
        if tokens[place - 1][0] in vocabulary.repeated and tokens[place - 2][0] in vocabulary.repeated:
            value, used = _ordinal(tokens, place, vocabulary, numbers)
            behind = place + used
            if value and (behind == len(tokens) or tokens[behind][0] in vocabulary.lists):
                yield tokens[place - 2][1], tokens[behind - 1][2]


def numbered_behind(text: str, at: int, vocabulary: SessionWords, numbers: Numbers) -> Numbered | None:
    """The number right behind `at` of a session whose noun was said before: `each session, starting with the 81st`."""
    found = vocabulary.token.finditer(text, at, at + _BEHIND)
    tokens = [(token[0], token.start(), token.end()) for token in found]
    for place, (_, start, _) in enumerate(tokens):
        value, used = _ordinal(tokens, place, vocabulary, numbers)
        if value is not None:
            end = tokens[place + used - 1][2]
            named = vocabulary.nouns.pattern.search(text, end, end + _NOUN)
            return None if named else Numbered(start, end, [value])
    return None


_Token = tuple[str, int, int]


def _known(token: str, vocabulary: SessionWords, numbers: Numbers) -> bool:
    """Whether a word can stand between the preposition and the noun of a session."""
    if token in vocabulary.adjectives or token in vocabulary.following or token in vocabulary.lists:
        return True
    if (
        token in vocabulary.resuming
        or token in vocabulary.ranges
        or token in vocabulary.special
        or token in vocabulary.substantive
    ):
        return True
    return token in numbers.parts or token[:1].isdecimal()


def _bare(token: str, vocabulary: SessionWords) -> str:
    joined = vocabulary.joined
    return token[len(joined) :] if joined and token.startswith(joined) and len(token) > len(joined) + 1 else token


def _walk_left(text: str, end: int, vocabulary: SessionWords, numbers: Numbers) -> list[_Token]:
    tokens = [(m[0], m.start(), m.end()) for m in vocabulary.token.finditer(text, max(0, end - _WINDOW), end)]
    first = len(tokens)
    while first:
        word = tokens[first - 1][0]
        if _known(word, vocabulary, numbers) or _known(_bare(word, vocabulary), vocabulary, numbers):
            first -= 1
            continue
        listed = _before_repeated([token for token, _, _ in tokens[:first]], vocabulary, numbers)
        if listed is None:
            break
        first = listed
    return tokens[first:]


def _before_repeated(words: Sequence[str], vocabulary: SessionWords, numbers: Numbers) -> int | None:
    """How many of `words` stand before words that are said again: "at its thirtieth [and at its] thirty-third session".

    Or in a range: "from its thirtieth [to its] thirty-third". None when they are no such words, or no number stands
    before them.
    """
    for joiners, repeated in (
        (vocabulary.lists, vocabulary.repeated),
        (vocabulary.ranges, vocabulary.repeated - vocabulary.ranges),
    ):
        left = len(words)
        while left and len(words) - left < _REPEATED and words[left - 1] in repeated:
            left -= 1
        if left < 2 or left == len(words) or words[left - 1] not in joiners:
            continue
        number = words[left - 2]
        if number in numbers.parts or number[:1].isdecimal():
            return left - 1
    return None


def _walk_right(text: str, start: int, vocabulary: SessionWords, numbers: Numbers) -> list[_Token]:
    found: list[_Token] = []
    for match in vocabulary.token.finditer(text, start, min(len(text), start + _WINDOW)):
        token = match[0]
        if not (_known(token, vocabulary, numbers) or _known(_bare(token, vocabulary), vocabulary, numbers)):
            break
        found.append((token, match.start(), match.end()))
    return found


def _parse(tokens: Sequence[_Token], vocabulary: SessionWords, numbers: Numbers, found: Numbered) -> Numbered:
    """Reads a run of words: ordinals, lists and ranges of them, adjectives."""
    place, ranged, start = 0, False, None
    while place < len(tokens):
        word, begin, _ = tokens[place]
        value, used = _ordinal(tokens, place, vocabulary, numbers)
        if value is not None:
            if ranged and found.numbers and 0 < value - found.numbers[-1] <= 12:
                found.numbers += range(found.numbers[-1] + 1, value)
                found.ranged = True
            found.numbers.append(value)
            ranged, place = False, place + used
            start = begin if start is None else start
            found.end = max(found.end, tokens[place - 1][2])
            continue
        again = place and tokens[place - 1][0] in vocabulary.lists  # "à sa trentième et à sa trente-troisième session"
        ranged = ranged or (word in vocabulary.ranges and not again)
        if word in vocabulary.special:
            found.special = True
        elif word in vocabulary.substantive:
            found.substantive = True
        elif word in vocabulary.following:
            found.following = vocabulary.following[word]
            found.end = max(found.end, tokens[place][2])
        elif len(word) == 4 and word.isdecimal() and 1980 <= int(word) <= 2100:
            # several years name a series of sessions, not one by which something is due
            found.several = found.year is not None
            found.year = int(word)
        if start is None and word not in vocabulary.lists and word not in vocabulary.ranges:
            start = begin
        place += 1
    if start is not None:
        found.start = min(found.start, start)
    return found


def _ordinal(
    tokens: Sequence[_Token], place: int, vocabulary: SessionWords, numbers: Numbers
) -> tuple[int | None, int]:
    """The value of the longest ordinal that begins at `place`, and how many words it has."""
    for used in range(min(_LONGEST, len(tokens) - place), 0, -1):
        words = [token[0] for token in tokens[place : place + used]]
        for first in dict.fromkeys((words[0], _bare(words[0], vocabulary))):
            value = numbers.ordinal(vocabulary.glue.join([first, *words[1:]]))
            if value is not None:
                return value, used
    return None, 0
