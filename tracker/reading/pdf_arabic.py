"""Lines of Arabic in a PDF, put in order by the places of their letters.

A PDF stores what is drawn, often from left to right, and marks of vowels apart. PDFium turns most of it round, some
words and lines not; where each letter stands tells its order: from right to left, but figures and Latin words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple, TypeAlias

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

_COLUMNS = 4
"""Sizes of a letter above which a gap parts columns; half as much in the middle of a line, far from its number."""
_BLANK = 0.16
"""Sizes of a letter above which a gap is a blank."""
_STRAY = 0.6
"""Sizes of a letter that one may stand above its line: programs draw some where their sign of a vowel stands."""


class Letter(NamedTuple):
    """One character of a page: `x` is where it was drawn from, the rest as of a `Run`; lengths in points."""

    char: str
    x: float
    left: float
    right: float
    baseline: float
    size: float


_Row: TypeAlias = list[tuple[int, Letter]]


def is_arabic(text: str) -> bool:
    """Whether a text has a letter of the Arabic script."""
    return _LETTER.search(text) is not None


def runs_in_order(letters: Iterable[Letter]) -> list[Run]:
    """The lines that `letters`, in the order of the PDF, make by their places."""
    rows = [part for row in _rows(letters) for part in _parts(row)]
    rows = _with_strays(rows)
    # A line comes where the PDF has its first letter.
    return [
        Run(
            in_order([letter for _, letter in row]),
            min(letter.left for _, letter in row),
            max(letter.right for _, letter in row),
            row[0][1].baseline,
            max(letter.size for _, letter in row),
            breaks=True,
        )
        for row in sorted(rows, key=lambda row: min(at for at, _ in row))
    ]


def _rows(letters: Iterable[Letter]) -> Iterable[_Row]:
    """The letters with their numbers by baseline; blanks without width are none."""
    rows: dict[int, _Row] = {}
    for at, letter in enumerate(letters):
        if letter.char == " " and letter.right - letter.left < 0.1:
            continue
        place = round(letter.baseline)
        for near in (place, place - 1, place + 1):
            if near in rows and abs(rows[near][0][1].baseline - letter.baseline) <= 0.5:
                rows[near].append((at, letter))
                break
        else:
            while place in rows:
                place += 1
            rows[place] = [(at, letter)]
    return rows.values()


def _parts(row: _Row) -> list[_Row]:
    """A row by its columns, from right to left."""
    row = sorted(row, key=lambda one: -one[1].right)
    size = max(letter.size for _, letter in row)
    right, left = row[0][1].right, min(letter.left for _, letter in row)
    parts, reached = [[row[0]]], row[0][1].left
    for one in row[1:]:
        gap = reached - one[1].right
        middle = left + 0.3 * (right - left) < reached < left + 0.7 * (right - left)
        if gap > (_COLUMNS / 2 if middle else _COLUMNS) * size:
            parts.append([])
        parts[-1].append(one)
        reached = min(reached, one[1].left)
    return parts


def _with_strays(rows: list[_Row]) -> list[_Row]:
    """The rows, with letters that stand alone a little above or below one taken into it."""
    kept: list[_Row] = []
    strays: list[_Row] = []
    for row in rows:
        alone = len(row) <= 2 and all(_LETTER.match(letter.char) for _, letter in row)
        (strays if alone else kept).append(row)
    by_height: dict[int, list[_Row]] = {}
    for row in kept:
        by_height.setdefault(round(row[0][1].baseline), []).append(row)
    for stray in strays:
        letter = stray[0][1]
        reach = _STRAY * letter.size
        heights = range(round(letter.baseline - reach), round(letter.baseline + reach) + 1)
        near = [row for height in heights for row in by_height.get(height, ()) if _spans(row, letter)]
        if near:
            min(near, key=lambda row: abs(row[0][1].baseline - letter.baseline)).extend(stray)
        else:
            kept.append(stray)
    return kept


def _spans(row: _Row, letter: Letter) -> bool:
    left, right = min(one.left for _, one in row), max(one.right for _, one in row)
    return left - letter.size < letter.x < right + letter.size


def in_order(letters: list[Letter]) -> str:
    """The text of the letters of one line, from right to left where any is Arabic, else as they come."""
    if not any(_LETTER.match(letter.char) for letter in letters):
        return "".join(letter.char for letter in letters)
    size = max(letter.size for letter in letters)
    ordered = sorted(letters, key=lambda letter: -letter.x)
    for at, (one, other) in enumerate(pairwise(ordered)):
        # Both are drawn as one sign, whichever the PDF names first.
        if one.char in _ALEFS and other.char == "ل" and one.x - other.x < 0.05 * size:
            ordered[at], ordered[at + 1] = other, one
    text: list[str] = []
    for before, letter in zip([None, *ordered], ordered, strict=False):
        gap = min(before.x, before.left) - letter.right if before else 0.0
        if before and gap > _BLANK * size and " " not in {before.char, letter.char}:
            text.append(" ")
        text.append(letter.char)
    return _LEFT_TO_RIGHT.sub(lambda found: found[0][::-1], "".join(text))


def makes_sense(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the lines `one` have about as many of the usual words as `other`, or more."""
    return _usual(one) >= 0.97 * _usual(other)


def _usual(lines: Iterable[str]) -> int:
    return sum(word.strip("،؛.()") in _USUAL for line in lines for word in line.split())


def unmirrored(lines: list[str]) -> list[str]:
    """The lines with their brackets as they open and close, where the PDF has them as they are drawn."""
    first = [found[0] for line in lines if is_arabic(line) and (found := _BRACKET.search(line))]
    if first.count(")") <= first.count("("):
        return lines
    return [line.translate(_MIRRORED) if is_arabic(line) else line for line in lines]
