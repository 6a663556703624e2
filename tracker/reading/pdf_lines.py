"""The lines of a PDF page, put together from the boxes of its characters.

A PDF has no lines and no footnotes: only characters at places. What stands a little higher and smaller than its
line is a footnote mark; what stands in the margins and comes back page by page is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MARK = re.compile(r"\s{0,20}+(?:\d{1,3}|[*†‡]{1,3}|[a-z])\s{0,20}")
_UNIT = re.compile(r"\b[kcm]?m$")
_RAISED = str.maketrans("23", "²³")


@dataclass(slots=True)
class Run:
    """Characters in a row on one baseline and of one size; lengths in points, upwards from the foot of the page."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    breaks: bool = False
    """Whether the PDF library saw a line break before it."""

    def reaches(self, left: float, right: float) -> None:
        """Widens the run to a character in it."""
        self.left, self.right = min(self.left, left), max(self.right, right)

    def goes_on(self, left: float, right: float, baseline: float, size: float) -> bool:
        """Whether a character at this place belongs to the run; in Arabic it stands on its left."""
        same = abs(self.baseline - baseline) < 0.5 and abs(self.size - size) < 0.6
        return same and left - self.right < 4 * size and self.left - right < 4 * size


@dataclass(slots=True)
class Line:
    """One line of print; `marks` are the footnote marks that were in it, `noted` tells that it began with one."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    marks: tuple[str, ...] = ()
    noted: bool = False


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The lines that `runs` make, in their order, without the raised figures that refer to footnotes."""
    lines: list[Line] = []
    for run in runs:
        if not (lines and _joined(lines[-1], run)):
            lines.append(Line(run.text, run.left, run.right, run.baseline, run.size))
    return lines


def _joined(line: Line, run: Run) -> bool:
    """Whether `run` belongs to `line`; it is then part of it."""
    rise = run.baseline - line.baseline
    gap = max(run.left - line.right, line.left - run.right)
    size = max(line.size, run.size)
    if abs(rise) > 0.7 * size or gap > (1.5 if run.breaks else 4) * size:
        return False
    if run.size < 0.85 * line.size and rise > 0.12 * line.size:
        _raise(line, run)
    elif line.size < 0.85 * run.size and rise < -0.12 * run.size and _MARK.fullmatch(line.text):
        line.text, line.noted = run.text, True
        line.baseline, line.size = run.baseline, run.size
    elif abs(rise) <= 0.12 * size or run.size < 0.85 * line.size:
        parted = gap > 0.2 * size and not line.text.endswith(" ") and not run.text.startswith(" ")
        line.text += f" {run.text}" if parted else run.text
        line.size = size
    else:
        return False
    line.left, line.right = min(line.left, run.left), max(line.right, run.right)
    return True


def _raise(line: Line, run: Run) -> None:
    """What stands higher than its line: a footnote mark, the power of a unit, or the end of an ordinal (`1er`)."""
    before = line.text.rstrip()
    if not _MARK.fullmatch(run.text):
        line.text += run.text
    elif _UNIT.search(before) and run.text.strip() in {"2", "3"}:
        line.text += run.text.translate(_RAISED)
    else:
        line.marks += (run.text.strip(),)
        if run.text.endswith(" "):
            line.text += " "
