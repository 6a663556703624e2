"""Lines of Arabic in a PDF, put in order by the places of their letters.

A PDF stores what is drawn, often from left to right, and marks of vowels apart. PDFium turns most of it round, some
words and lines not; where each letter stands tells its order: from right to left, but figures and Latin words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from tracker.reading.pdf_arabic_line import Letter, in_order, is_arabic, turns_signs
from tracker.reading.pdf_lines import Run

MARKS = frozenset(chr(code) for code in (*range(0x64B, 0x653), 0x670))
"""Signs of vowels: drawn above and below the letters, at places of their own."""

WORD_ENDS = frozenset("\u064b\u064c\u064d")
"""Those of them that only the last letter of a word has."""
_USUAL = frozenset(
    ("في", "من", "إلى", "على", "أن", "التي", "عن", "الأمم", "المتحدة", "العام", "الأمين", "الدول", "الإنسان", "الأعضاء")
)
"""Words that a text has several times: read the wrong way round it has none of them."""

_COLUMNS = 4
"""Sizes of a letter above which a gap parts columns; half as much in the middle of a line, far from its number."""
_NEAR = 3
"""Sizes of a letter within which the next line stands."""
_STRAY = 0.6
"""Sizes of a letter that one may stand above its line: programs draw some where their sign of a vowel stands."""


_Row: TypeAlias = list[tuple[int, Letter]]


def runs_in_order(letters: Iterable[Letter]) -> list[Run]:
    """The lines that `letters`, in the order of the PDF, make by their places."""
    found = list(letters)
    middle, turned = _middle(found), turns_signs(found)
    rows = [part for row in _rows(found) for part in _parts(row, middle)]
    rows = _with_strays(rows)
    # A line comes where the PDF has its first letter.
    runs = [
        Run(
            in_order([letter for _, letter in sorted(row)], signs_turned=turned),
            min(letter.left for _, letter in row),
            max(letter.right for _, letter in row),
            row[0][1].baseline,
            max(letter.size for _, letter in row),
            breaks=True,
        )
        for row in sorted(rows, key=lambda row: min(at for at, _ in row))
    ]
    return _from_the_top(runs)


def _from_the_top(runs: list[Run]) -> list[Run]:
    """The lines with those that PDFium has from the foot up, in some paragraphs, from the top down."""
    ordered: list[Run] = []
    before = None
    for run in runs:
        at = len(ordered)
        if before and 0 < run.baseline - before.baseline < _NEAR * run.size:
            while at and _is_below(ordered[at - 1], run):
                at -= 1
        ordered.insert(at, run)
        before = run
    return ordered


def _is_below(low: Run, run: Run) -> bool:
    """Whether `low` is a lower line of the same column."""
    below = run.baseline - low.baseline > 0.7 * max(low.size, run.size)
    return below and low.left < run.right and run.left < low.right


def _rows(letters: Iterable[Letter]) -> Iterable[_Row]:
    """The letters with their numbers by baseline."""
    rows: dict[int, _Row] = {}
    for at, letter in enumerate(letters):
        place = round(2 * letter.baseline)
        for near in (place, place - 1, place + 1):
            if near in rows and abs(rows[near][0][1].baseline - letter.baseline) <= 0.5:
                rows[near].append((at, letter))
                break
        else:
            rows[place] = [(at, letter)]
    return rows.values()


def _middle(letters: list[Letter]) -> tuple[float, float]:
    """Where the gap between two columns may be, for letters of a page."""
    if not letters:
        return 0, 0
    left, right = min(letter.left for letter in letters), max(letter.right for letter in letters)
    return left + 0.3 * (right - left), left + 0.7 * (right - left)


def _parts(row: _Row, middle: tuple[float, float]) -> list[_Row]:
    """A row by its columns, from right to left."""
    row = sorted(row, key=lambda one: -one[1].right)
    size = max(letter.size for _, letter in row)
    parts, reached = [[row[0]]], row[0][1].left
    for one in row[1:]:
        gap = reached - one[1].right
        if gap > (_COLUMNS / 2 if middle[0] < reached < middle[1] else _COLUMNS) * size:
            parts.append([])
        parts[-1].append(one)
        reached = min(reached, one[1].left)
    return parts


def _with_strays(rows: list[_Row]) -> list[_Row]:
    """The rows, with letters that stand alone a little above or below one taken into it."""
    kept: list[_Row] = []
    strays: list[_Row] = []
    for row in rows:
        drawn = [letter.char for _, letter in row if not letter.is_hint]
        (strays if len(drawn) <= 2 and all(map(is_arabic, drawn)) else kept).append(row)
    by_height: dict[int, list[_Row]] = {}
    for row in kept:
        by_height.setdefault(round(row[0][1].baseline), []).append(row)
    for stray in strays:
        first = min((letter for _, letter in stray), key=lambda letter: letter.is_hint)
        reach = _STRAY * first.size
        heights = range(round(first.baseline - reach), round(first.baseline + reach) + 1)
        near = [row for height in heights for row in by_height.get(height, ()) if _spans(row, first)]
        if near:
            line = min(near, key=lambda row: abs(row[0][1].baseline - first.baseline))
            line += [one for one in stray if not _has(line, one[1])]
        elif not first.is_hint:
            kept.append(stray)
    return kept


def _has(row: _Row, letter: Letter) -> bool:
    """Whether a row has the letter already: some are named in their line and where their sign of a vowel stands."""
    return any(one.char == letter.char and abs(one.x - letter.x) < 0.4 * letter.size for _, one in row)


def _spans(row: _Row, letter: Letter) -> bool:
    left, right = min(one.left for _, one in row), max(one.right for _, one in row)
    return left - letter.size < letter.x < right + letter.size


def makes_sense(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the lines `one` have about as many of the usual words as `other`, or more."""
    return _usual(one) >= 0.97 * _usual(other)


def _usual(lines: Iterable[str]) -> int:
    return sum(word.strip("،؛.()") in _USUAL for line in lines for word in line.split())
