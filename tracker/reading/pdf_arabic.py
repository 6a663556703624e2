"""Lines of Arabic in a PDF, put in order by the places of their letters.

A PDF stores what is drawn, often from left to right, and marks of vowels apart. PDFium turns most of it round, some
words and lines not; where each letter stands tells its order: from right to left, but figures and Latin words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.reading.pdf_lines import Run

MARKS = frozenset(chr(code) for code in (*range(0x64B, 0x653), 0x670))
"""Signs of vowels: drawn above and below the letters, at places of their own."""

_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
_ALEFS = frozenset("اأإآٱ")
_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z0-9]+(?:[ ./,:’'&()-]{1,2}[A-Za-z0-9]+)*[A-Za-z](?:[A-Za-z0-9]|[ ./,:’'&()-]{1,2}(?=[A-Za-z0-9]))*"
    r"|[A-Za-z](?:[A-Za-z0-9]|[ ./,:’'&()-]{1,2}(?=[A-Za-z0-9]))*"
    r"|[0-9]+(?:[./,:][0-9]+)*"
)
_MIRRORED = str.maketrans("()[]«»", ")(][»«")
_BRACKET = re.compile(r"[()]")
_USUAL = frozenset(
    ("في", "من", "إلى", "على", "أن", "التي", "عن", "الأمم", "المتحدة", "العام", "الأمين", "الدول", "الإنسان", "الأعضاء")
)
"""Words that a text has several times: read the wrong way round it has none of them."""

_NEAR, _APART = 4, 1.5
"""Sizes of a letter up to which a gap parts no columns, and where PDFium saw a line break."""
_BACK = 4
"""So many rows back a letter may belong to one."""


class Letter(NamedTuple):
    """One character of a page: `x` is where it was drawn from, the rest as of a `Run`; lengths in points."""

    char: str
    x: float
    left: float
    right: float
    baseline: float
    size: float


@dataclass(slots=True)
class _Row:
    """Letters on one baseline that stand near each other."""

    letters: list[Letter] = field(default_factory=list)
    breaks: bool = False

    @property
    def size(self) -> float:
        return max(letter.size for letter in self.letters)

    def holds(self, letter: Letter, sizes: float) -> bool:
        """Whether a letter belongs to the row, with a gap of so many sizes at the most."""
        if abs(letter.baseline - self.letters[0].baseline) > 0.5:
            return False
        near = sizes * max(self.size, letter.size)
        left, right = min(one.left for one in self.letters), max(one.right for one in self.letters)
        return letter.left - right < near and left - letter.right < near


def is_arabic(text: str) -> bool:
    """Whether a text has a letter of the Arabic script."""
    return _LETTER.search(text) is not None


def runs_in_order(letters: Iterable[Letter | None]) -> list[Run]:
    """The lines that `letters`, in the order of the PDF, make by their places; None is a line break."""
    rows: list[_Row] = []
    breaks = False
    for letter in letters:
        if letter is None:
            breaks = True
            continue
        sizes = _APART if breaks else _NEAR
        row = next((row for row in reversed(rows[-_BACK:]) if row.holds(letter, sizes)), None)
        if row is None:
            row = _Row([letter], breaks)
            rows.append(row)
        else:
            row.letters.append(letter)
        breaks = False
    return [
        Run(
            in_order(row.letters),
            min(letter.left for letter in row.letters),
            max(letter.right for letter in row.letters),
            row.letters[0].baseline,
            row.size,
            row.breaks,
        )
        for row in rows
    ]


def in_order(letters: list[Letter]) -> str:
    """The text of the letters of one line, from right to left where any is Arabic, else as they come."""
    if not any(_LETTER.match(letter.char) for letter in letters):
        return "".join(letter.char for letter in letters)
    # Letters drawn as one stand at one place: lam before alef, whichever the PDF names first.
    ordered = sorted(letters, key=lambda letter: (-round(letter.x, 1), letter.char in _ALEFS))
    gap = 0.2 * max(letter.size for letter in letters)
    text: list[str] = []
    for before, letter in zip([None, *ordered], ordered, strict=False):
        if before and min(before.x, before.left) - letter.right > gap and " " not in {before.char, letter.char}:
            text.append(" ")
        text.append(letter.char)
    return _LEFT_TO_RIGHT.sub(lambda found: found[0][::-1], "".join(text))


def makes_sense(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the lines `one` have no fewer of the usual words than `other`."""
    return _usual(one) >= _usual(other)


def _usual(lines: Iterable[str]) -> int:
    return sum(word.strip("،؛.()") in _USUAL for line in lines for word in line.split())


def unmirrored(lines: list[str]) -> list[str]:
    """The lines with their brackets as they open and close, where the PDF has them as they are drawn."""
    first = [found[0] for line in lines if is_arabic(line) and (found := _BRACKET.search(line))]
    if first.count(")") <= first.count("("):
        return lines
    return [line.translate(_MIRRORED) if is_arabic(line) else line for line in lines]
