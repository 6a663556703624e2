"""Two columns of a PDF page whose lines the file has in another order: OCR gives them block by block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.reading.pdf_lines import Line

_ENDED = re.compile(r"[.,;:!?)\]”»]\s*\Z")
_NEXT = 1.7
"""Sizes of a letter within which the next line of a sentence stands."""


def in_columns(lines: list[Line]) -> list[Line]:
    """The lines of a page; where a column has been left in the middle of a sentence, one after the other.

    That of the left comes first, down to its last line: this is not for Arabic.
    """
    kept, rest = [], lines
    while break_ := _first_break(rest):
        start, end = break_.at, break_.at + 1
        while start and break_.spans(rest[start - 1]):
            start -= 1
        while end < len(rest) and break_.spans(rest[end]):
            end += 1
        kept += rest[:start] + _one_after_the_other(rest[start:end], break_)
        rest = rest[end:]
    return kept + rest


@dataclass(frozen=True, slots=True)
class _Break:
    """Where a column is left: the number of its line, and where this column and the one beside it stand."""

    at: int
    own: tuple[float, float]
    other: tuple[float, float]

    def spans(self, line: Line) -> bool:
        """Whether a line is part of one of the columns, and of one only."""
        return _overlaps(line, *self.own) != _overlaps(line, *self.other)


def _one_after_the_other(lines: list[Line], break_: _Break) -> list[Line]:
    columns = sorted((break_.own, break_.other))
    return sorted(lines, key=lambda line: (_overlaps(line, *columns[1]), -line.baseline))


def _first_break(lines: list[Line]) -> _Break | None:
    """The first place where the file goes to the column beside, below where this one goes on, within a sentence.

    The rows of a table are another thing: the next one stands below all cells of this one.
    """
    at = 0
    while at + 1 < len(lines):
        line, end = lines[at], at + 1
        while end < len(lines) and _beside(lines[end], line):
            end += 1
        other = lines[at + 1 : end]
        if other and end < len(lines) and not _ENDED.search(line.text) and _goes_on(line, lines[end], other):
            return _Break(at, _range([line, lines[end]]), _range(other))
        at = max(at + 1, end - 1)
    return None


def _goes_on(line: Line, after: Line, other: list[Line]) -> bool:
    step = line.baseline - after.baseline
    close = 0 < step < _NEXT * line.size and abs(after.left - line.left) < line.size
    lower = min(one.baseline for one in other) < after.baseline - 0.5 * line.size
    return close and lower and all(_beside(one, after) for one in other)


def _range(lines: list[Line]) -> tuple[float, float]:
    return min(line.left for line in lines), max(line.right for line in lines)


def _overlaps(line: Line, left: float, right: float) -> bool:
    return line.left < right and left < line.right


def _beside(line: Line, other: Line) -> bool:
    return not _overlaps(line, other.left, other.right)
