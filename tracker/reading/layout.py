"""Named cleaning steps for the lines of a document, the same for every format.

What is left are the lines of the text itself, blank lines where the file had some (they may part paragraphs),
and a form feed on a line of its own where a page ended.
"""

from __future__ import annotations

import string
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
    alphabet = _alphabet(text)
    for name, needs, repair in CHARACTERS:
        if needs.search(alphabet):
            text, count = repair(text)
            counts[name] += count
    for name, sign, repair in WORDS:
        if sign.strip(" ")[:1] in text and sign in text:  # one character is found many times as fast as two
            text, count = repair(text)
            counts[name] += count
    text = text.replace("\f", "\n\f\n")
    lines = text.split("\n")
    if " \n" in text or "\n " in text or text[:1] == " " or text[-1:] == " ":
        lines = [line.strip(" ") for line in lines]
    lines, found = cut_furniture(lines)
    counts.update(found)
    lines, notes = cut_footnotes(lines)
    counts["footnotes"] += notes
    text, marks = cut_marks("\n".join(lines))
    counts["footnote marks"] += marks
    return Cleaned(text, tuple((name, count) for name, count in counts.items() if count))


_USUAL = (string.ascii_letters + string.digits + " ,.;:()/'\n").encode()


def _alphabet(text: str) -> str:
    """Each character of `text` once, but for letters, figures and marks that no repair of characters is about."""
    # Bytes are deleted some ten times as fast as characters are put into a set.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    return "".join(set(rest.decode("utf-8", "surrogatepass")))
