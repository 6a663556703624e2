"""The pages of a PDF: their lines, how these are set, and what both margins and footnotes are told by."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tracker.reading.pdf_lines import Line

LABEL = re.compile(r"\s{0,20}+(?:\d{1,3}\s?[.)-]|\([a-z]{1,3}\))\s")
_NOTE = re.compile(r"\s{0,20}+(?:\d{1,3}[.)]?|[*†‡]{1,3})\s*[^\W\d]|[*†‡]{1,3}\s")
FOOT, _LOWEST = 0.09, 0.08
_SMALLER = 0.93
_MANY = 0.4
"""The share of the characters of the most frequent size above which another size is no small print."""


@dataclass(slots=True)
class Page:
    """The lines of one page, its height in points, and the size of the footnotes that were cut from it (0: none).

    `unfinished`: its last footnote has no end, and is as large as the text.
    """

    lines: list[Line]
    height: float
    notes: float = 0.0
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """How the document is set: the size of its running text, and the distance between two lines of it."""

    size: float
    leading: float

    def is_small(self, line: Line) -> bool:
        """Whether a line is set smaller than the text."""
        return line.size < _SMALLER * self.size


def with_feet_last(lines: list[Line], height: float) -> list[Line]:
    """The lines with those at the foot of the page last: job numbers come first in some files.

    A line that ends a column stays where it is, before the next column.
    """
    body: list[Line] = []
    feet: list[Line] = []
    before: Line | None = None
    for line in lines:
        goes_on = before is not None and stands_under(line, before)
        before = line if line.baseline >= _LOWEST * height or goes_on else None
        (body if before else feet).append(line)
    return body + feet


def stands_under(line: Line, above: Line) -> bool:
    """Whether a line is the next one of the column in which `above` stands."""
    return 0 < above.baseline - line.baseline < 4 * line.size and line.left < above.right and above.left < line.right


def setting_of(pages: list[Page]) -> Setting:
    """The size with the most characters, and the usual step between lines of that size.

    Sponsors or an annex may be set larger than the paragraphs: of two sizes with many characters the smaller is taken.
    """
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    most = max(sizes.values(), default=0)
    size = min((size for size, count in sizes.items() if count >= _MANY * most), default=10.0)
    return Setting(size, _leading(pages, size))


def _leading(pages: list[Page], size: float) -> float:
    """The usual step from a line of this size to the next; above all from long ones, within a paragraph mostly."""
    steps = sorted(
        (above.baseline - below.baseline, above.right - above.left)
        for page in pages
        for above, below in pairwise(page.lines)
        if abs(above.size - size) < 1 and abs(below.size - size) < 1 and 0 < above.baseline - below.baseline < 4 * size
    )
    widths = sorted(width for _, width in steps)
    long = [step for step, width in steps if width > 0.85 * widths[len(widths) * 9 // 10]]
    # The lower third: a text of short paragraphs has more steps between paragraphs than within them.
    found = long if len(long) > 2 else [step for step, _ in steps]
    return median(found[: max(1, len(found) * 2 // 3)]) if found else 1.2 * size


STRIPS, _STRIP = 40, 30
"""A page is looked at in upright strips of so many points, so that a note has its column above it."""


def strips_of(line: Line) -> range:
    """The numbers of the strips over which a line goes."""
    first, last = (min(max(int(place / _STRIP), 0), STRIPS - 1) for place in (line.left, line.right))
    return range(first, last + 1)


def begins_note(line: Line) -> bool:
    """Whether a line begins as a footnote does: with its mark."""
    return line.noted or bool(_NOTE.match(line.text))
