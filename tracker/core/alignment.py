"""Which piece of an older text is which piece of a newer one, whatever its number: by words first, place second.

Pieces that come once and word for word in both texts are certain; between them, those that are alike. What is alike
counts words by how rare they are among the pieces: "requests the Secretary-General to" says little, "desertification"
much.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

AT_HOME, BETWEEN, ELSEWHERE = 0.5, 0.65, 0.8
"""How alike pieces must be: at the same place, between the same neighbours, anywhere else in the text."""

_MOST_PAIRS, _NEAR = 40_000, 20
_MOST_WORDS = 12_000_000
"""Words that are compared in two texts: some seconds, and more than a resolution of that many pages needs."""

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph or request: its words, and its place in its text (`12 (b)`)."""

    words: str
    place: str = ""


def aligned(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """The number of the new piece that each old one has become; pieces that are gone or new are not in it."""
    found = _certain(old, new)
    likeness = _Likeness(old, new)
    for olds, news in _gaps(found, len(old), len(new)):
        found |= _alike(likeness, olds, news, at_home=AT_HOME, else_where=BETWEEN)
    olds = [at for at in range(len(old)) if at not in found]
    taken = set(found.values())
    news = [at for at in range(len(new)) if at not in taken]
    return found | _alike(likeness, olds, news, at_home=ELSEWHERE, else_where=ELSEWHERE)


def _folded(words: str) -> str:
    return " ".join(words.split())


def _certain(old: Sequence[Piece], new: Sequence[Piece]) -> dict[int, int]:
    """Pieces that each text has once, word for word."""
    counts = [Counter(_folded(piece.words) for piece in pieces) for pieces in (old, new)]
    at = {_folded(piece.words): number for number, piece in enumerate(new)}
    return {
        number: at[words]
        for number, words in enumerate(_folded(piece.words) for piece in old)
        if counts[0][words] == 1 == counts[1][words]
    }


def _gaps(found: dict[int, int], olds: int, news: int) -> Iterator[tuple[list[int], list[int]]]:
    """What lies between certain pieces that come in the same order in both texts: numbers of old and new ones."""
    taken = set(found.values())
    before = (-1, -1)
    for pair in [*_in_order(sorted(found.items())), (olds, news)]:
        inside = (
            [at for at in range(before[0] + 1, pair[0]) if at not in found],
            [at for at in range(before[1] + 1, pair[1]) if at not in taken],
        )
        if all(inside):
            yield inside
        before = pair


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs in which both numbers rise; `pairs` are sorted by the first."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        before.append(last[length - 1] if length else None)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [at]
    row: list[tuple[int, int]] = []
    step = last[-1] if last else None
    while step is not None:
        row.append(pairs[step])
        step = before[step]
    return row[::-1]


class _Likeness:
    """How alike two pieces are, from 0 to 1 (Dice's coefficient on weighted words)."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self.old, self.new = old, new
        self._words = [[Counter(_WORD.findall(piece.words.casefold())) for piece in pieces] for pieces in (old, new)]
        among: Counter[str] = Counter()
        for words in self._words:
            among |= Counter(word for piece in words for word in piece)
        most = max(len(old), len(new))
        self._weight = {word: log(1 + most / count) for word, count in among.items()}
        self._sum = [[self._total(piece) for piece in words] for words in self._words]
        self._left = _MOST_WORDS

    def _total(self, words: Counter[str]) -> float:
        return sum(self._weight[word] * count for word, count in words.items())

    def near(self, olds: Sequence[int], news: Sequence[int]) -> int:
        """How far from its own way down the text a piece is looked for, so that a hostile text takes no hours.

        Anywhere, about there, or, once too much was compared, just there.
        """
        words = sum(len(self._words[0][at]) + 1 for at in olds) // max(1, len(olds))
        for near, pairs in ((len(news), len(olds) * len(news)), (_NEAR, len(olds) * (2 * _NEAR + 1))):
            if (near == _NEAR or pairs <= _MOST_PAIRS) and pairs * words <= self._left:
                self._left -= pairs * words
                return near
        return 0

    def at_most(self, old: int, new: int) -> float:
        """What the likeness cannot be above, whatever the words are: from how much there is to share."""
        sums = self._sum[0][old], self._sum[1][new]
        return 2 * min(sums) / sum(sums) if any(sums) else 1.0

    def of(self, old: int, new: int) -> float:
        """The likeness of the old piece and the new one with these numbers."""
        one, other = self._words[0][old], self._words[1][new]
        if len(one) > len(other):
            one, other = other, one
        shared = sum(self._weight[word] * min(count, other[word]) for word, count in one.items() if word in other)
        both = self._sum[0][old] + self._sum[1][new]
        return 2 * shared / both if both else 1.0


def _alike(
    likeness: _Likeness, olds: Sequence[int], news: Sequence[int], *, at_home: float, else_where: float
) -> dict[int, int]:
    """Pairs of pieces that are alike enough: the most alike first, then those at the same place, then in order."""
    scored = []
    for i, j in _pairs(len(olds), len(news), likeness.near(olds, news)):
        one, other = olds[i], news[j]
        home = likeness.old[one].place == likeness.new[other].place
        least = at_home if home else else_where
        # A hair below, since sums of fractions may differ in the last digit.
        if likeness.at_most(one, other) < least - 1e-9:
            continue
        score = likeness.of(one, other)
        if score >= least:
            # A lead of less than a hundredth is none: then the place tells.
            scored.append((-round(score, 2), not home, one, other))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, one, other in sorted(scored):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found


def _pairs(olds: int, news: int, near: int) -> Iterable[tuple[int, int]]:
    """The pairs of numbers that lie no further than `near` from the same way down."""
    return (
        (i, j)
        for i in range(olds)
        for j in range(max(0, i * news // olds - near), min(news, i * news // olds + near + 1))
    )
