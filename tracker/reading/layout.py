"""Named cleaning steps for the lines of a document, the same for every format.

What is left are the lines of the text itself, blank lines where the file had some (they may part paragraphs),
and a form feed on a line of its own where a page ended.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tracker.reading.footnotes import cut_footnotes
from tracker.reading.furniture import cut_furniture
from tracker.reading.marks import cut_marks
from tracker.reading.typography import CHARACTERS, WORDS


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and how often each step changed something."""

    text: str
    changes: tuple[tuple[str, int], ...]


def clean(text: str) -> Cleaned:
    """Take everything that is not the text of the resolution out of `text`, step by step; linear in its length."""
    counts: Counter[str] = Counter()
    alphabet = "".join(set(text))
    for name, needs, repair in CHARACTERS:
        if needs.search(alphabet):
            text, count = repair(text)
            counts[name] += count
    for name, sign, repair in WORDS:
        if sign in text:
            text, count = repair(text)
            counts[name] += count
    lines = [line.strip(" ") for line in text.replace("\f", "\n\f\n").split("\n")]
    lines, found = cut_furniture(lines)
    counts.update(found)
    lines, notes = cut_footnotes(lines)
    counts["footnotes"] += notes
    text, marks = cut_marks("\n".join(lines))
    counts["footnote marks"] += marks
    return Cleaned(text, tuple((name, count) for name, count in counts.items() if count))
