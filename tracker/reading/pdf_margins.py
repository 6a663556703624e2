"""Running heads and page feet of a PDF: what stands in the margins of its pages and is not the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from tracker.reading.pdf_lines import Line
from tracker.reading.pdf_pages import FOOT, LABEL, STRIPS, Page, Setting, begins_note, stands_under, strips_of

_FIGURES = re.compile(r"\d+")
_HEAD = 0.86


def cut_margins(pages: list[Page], setting: Setting) -> None:
    """Take running heads and page feet away: lines in the margins that come back beyond the text, or are small there.

    The text itself may reach into the margins and say the same there twice ("12. Requests the Secretary-General to",
    "concerned;"), and scans have letters of all sizes: what stands where text stands, or goes on with it, is furniture
    only when most pages have it.
    """
    seen: Counter[_Spot] = Counter()
    for page in pages:
        seen.update({_spot(line, page, setting) for line in page.lines if _in_margin(line, page)})
    margins = _Margins(setting, seen, len(pages))
    alone = [
        line.baseline / page.height
        for page in pages[1:]
        for line in page.lines
        if margins.times(line, page) < 2 and not setting.is_small(line) and line.text.strip()
    ]
    margins.top, margins.bottom = max(alone, default=_HEAD) + 0.001, min(alone, default=FOOT) - 0.001
    for page in pages[:1]:
        _set_apart(page, margins)
    for page in pages[1:]:
        apart, text = _end_of_head(page, setting), margins.text_of(page)
        page.lines = [line for line in page.lines if not margins.take(line, page, apart, goes_on=id(line) in text)]


_Spot: TypeAlias = tuple[str, int]
"""What a line says, but for its figures, and how far from the edge of the page it stands, in halves of a step."""


@dataclass(slots=True)
class _Margins:
    """What stands in the margins of all pages: `seen` tells of how many; between `bottom` and `top` is text too."""

    setting: Setting
    seen: Counter[_Spot]
    pages: int
    top: float = 1.0
    bottom: float = 0.0

    def times(self, line: Line, page: Page) -> int:
        """On how many pages the line stands at about this height."""
        text, height = _spot(line, page, self.setting)
        return sum(self.seen[text, near] for near in (height - 1, height, height + 1))

    def take(self, line: Line, page: Page, apart: float, *, goes_on: bool) -> bool:
        """Whether a line is furniture; `goes_on`: it stands as close to text as lines of one paragraph do."""
        if not _in_margin(line, page):
            return False
        times, small, height = self.times(line, page), self.setting.is_small(line), line.baseline / page.height
        beyond, often = not self.bottom <= height <= self.top, 2 * times > self.pages
        if times < 2:
            return small and beyond and not goes_on and (height < FOOT or line.baseline >= apart)
        if goes_on:
            return often and (small or times > 2) and not LABEL.match(line.text)
        return small or ((beyond or often) and not LABEL.match(line.text))

    def text_of(self, page: Page) -> set[int]:
        """The lines of a page that are text by their size, and those a step above or below, by their `id`.

        Not a small figure alone: some programs lose the words of a footnote.
        """
        lines = [line for line in page.lines if not (self.setting.is_small(line) and line.text.strip().isdecimal())]
        found = {
            id(line)
            for line in lines
            if not _in_margin(line, page) or (not self.setting.is_small(line) and self.times(line, page) < 2)
        }
        for way in (1, -1):
            # From the middle of the page outwards: how far the text goes in each strip.
            reached = [-2 * page.height] * STRIPS
            for line in sorted(lines, key=lambda line: way * line.baseline):
                place, strips = way * line.baseline, strips_of(line)
                if id(line) in found or any(place - reached[strip] <= 1.15 * self.setting.leading for strip in strips):
                    found.add(id(line))
                    for strip in strips:
                        reached[strip] = place
        return found


def _set_apart(page: Page, margins: _Margins) -> None:
    """Take the feet of the first page away, and put what stands over its text first, wherever the PDF has it.

    The head stays: on the first page it may be the only place that has the symbol. So does the top of a column where
    it is: the next line goes on below it.
    """
    text = margins.text_of(page)

    def is_foot(line: Line) -> bool:
        if line.baseline >= FOOT * page.height or begins_note(line):
            return False
        goes_on = id(line) in text
        small = margins.setting.is_small(line) and not goes_on
        return small or (margins.times(line, page) > 1 and margins.take(line, page, 0, goes_on=goes_on))

    page.lines = [line for line in page.lines if not is_foot(line)]
    apart = _end_of_head(page, margins.setting)
    first: set[int] = set()
    for line, after in reversed([*zip(page.lines, [*page.lines[1:], None], strict=True)]):
        if line.baseline >= apart and not (after and stands_under(after, line) and id(after) not in first):
            first.add(id(line))
    page.lines.sort(key=lambda line: id(line) not in first)


def _end_of_head(page: Page, setting: Setting) -> float:
    """The height of the last line above the last gap in the upper margin; beyond the page where there is no gap."""
    heights = sorted({line.baseline for line in page.lines}, reverse=True)
    gaps = [above for above, below in pairwise(heights) if above - below > 1.4 * setting.leading]
    return min((above for above in gaps if above > _HEAD * page.height), default=2 * page.height)


def _in_margin(line: Line, page: Page) -> bool:
    return not FOOT * page.height <= line.baseline <= _HEAD * page.height


def _spot(line: Line, page: Page, setting: Setting) -> _Spot:
    from_edge = min(line.baseline, page.height - line.baseline)
    return _FIGURES.sub("0", line.text.strip()), round(2 * from_edge / setting.leading)
