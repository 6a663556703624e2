"""What changed between two wordings of one paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_MOST, _CONTEXT = 4, 1
_LONGEST = 1500
"""Words that are compared one by one: time grows with their square, and nobody reads a longer list of changes."""

_MOST_EQUAL = 60_000
"""Pairs of equal words in two wordings: time grows with them, and many times over where one word comes all the time."""


@dataclass(slots=True)
class Patience:
    """How many pairs of equal words may still be looked at in one text, whatever was made of its paragraphs."""

    left: int = 1_000_000


def changed_words(old: str, new: str, patience: Patience | None = None) -> str:
    """The words that differ, each with a word of context: `“publish a guide” → “publish an annotated guide”`.

    At most four places are told; "…" stands for more. Of what is too long to compare, or when `patience` is at its
    end, only how many words differ.
    """
    patience = patience if patience is not None else Patience()
    before, after = old.split(), new.split()
    first = _shared(before, after)
    last = _shared(before[first:][::-1], after[first:][::-1])
    ends = len(before) - last, len(after) - last
    equal = _equal(before[first : ends[0]], after[first : ends[1]])
    if max(ends) - first > _LONGEST or equal > min(_MOST_EQUAL, patience.left):
        return f"{ends[0] - first} words → {ends[1] - first} words"
    patience.left -= equal
    matcher = SequenceMatcher(None, before[first : ends[0]], after[first : ends[1]], autojunk=False)
    found = [
        (
            before[max(0, first + i - _CONTEXT) : first + k + _CONTEXT],
            after[max(0, first + j - _CONTEXT) : first + m + _CONTEXT],
        )
        for tag, i, k, j, m in matcher.get_opcodes()
        if tag != "equal"
    ]
    told = [f"“{' '.join(left)}” → “{' '.join(right)}”" for left, right in found[:_MOST]]
    return ", ".join([*told, *(["…"] if len(found) > _MOST else [])])


def _equal(one: Sequence[str], other: Sequence[str]) -> int:
    """How many pairs of a word of each are the same word."""
    counts = Counter(other)
    return sum(count * counts[word] for word, count in Counter(one).items())


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
