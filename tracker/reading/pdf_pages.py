"""What on the pages of a PDF is not the text: running heads, page feet and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tracker.reading.pdf_lines import Line

_RULE = re.compile(r"\s{0,20}+[_‗]{5,}\s*")
_NOTE = re.compile(r"\s{0,20}+(?:\d{1,3}[.)]?|[*†‡]{1,3})\s*[^\W\d]|[*†‡]{1,3}\s")
_NUMBERED = re.compile(r"\s{0,20}+(?P<mark>\d{1,3}|[*†‡]{1,3})(?![\d.)-])\s?\S")
_LABEL = re.compile(r"\s{0,20}+(?:\d{1,3}\s?[.)-]|\([a-z]{1,3}\))\s")
_FIGURES = re.compile(r"\d+")
_HEAD, _FOOT, _LOWEST = 0.86, 0.09, 0.08
_SMALLER = 0.93
_MANY = 0.4
"""The share of the characters of the most frequent size above which another size is no small print."""


@dataclass(slots=True)
class Page:
    """The lines of one page, its height in points, and the size of the footnotes that were cut from it (0: none)."""

    lines: list[Line]
    height: float
    notes: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How the document is set: the size of its running text, and the distance between two lines of it."""

    size: float
    leading: float


def with_feet_last(lines: list[Line], height: float) -> list[Line]:
    """The lines with those at the foot of the page last: job numbers come first in some files.

    A line that ends a column stays where it is, before the next column.
    """
    body: list[Line] = []
    feet: list[Line] = []
    before: Line | None = None
    for line in lines:
        goes_on = before is not None and _stands_under(line, before)
        before = line if line.baseline >= _LOWEST * height or goes_on else None
        (body if before else feet).append(line)
    return body + feet


def _stands_under(line: Line, above: Line) -> bool:
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
    steps = [
        above.baseline - below.baseline
        for page in pages
        for above, below in zip(page.lines, page.lines[1:], strict=False)
        if abs(above.size - size) < 1 and abs(below.size - size) < 1 and 0 < above.baseline - below.baseline < 4 * size
    ]
    # The lower third: a text of short paragraphs has more steps between paragraphs than within them.
    steps.sort()
    return Setting(size, median(steps[: max(1, len(steps) * 2 // 3)]) if steps else 1.2 * size)


def cut_margins(pages: list[Page], setting: Setting) -> None:
    """Take running heads and page feet away: lines in the margins that come back beyond the text, or are small there.

    The text itself may reach into the margins and say the same there twice ("12. Requests the Secretary-General to",
    "concerned;"): what stands where text stands on other pages is furniture only when most pages have it.
    """
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_masked(line) for line in page.lines if _in_margin(line, page)})
    alone = [
        line.baseline / page.height
        for page in pages[1:]
        for line in page.lines
        if seen[_masked(line)] < 2 and line.size >= _SMALLER * setting.size and line.text.strip()
    ]
    top, bottom = max(alone, default=_HEAD), min(alone, default=_FOOT)
    for page in pages[:1]:
        _set_apart(page, setting)
    for page in pages[1:]:
        apart = _end_of_head(page, setting)

        def goes(line: Line, page: Page = page, apart: float = apart) -> bool:
            if not _in_margin(line, page):
                return False
            times, height = seen[_masked(line)], line.baseline / page.height
            if line.size < _SMALLER * setting.size:
                return times > 1 or height < _FOOT or line.baseline >= apart
            beyond = not bottom - 0.001 <= height <= top + 0.001
            return times > 1 and (beyond or 2 * times > len(pages)) and not _LABEL.match(line.text)

        page.lines = [line for line in page.lines if not goes(line)]


def _set_apart(page: Page, setting: Setting) -> None:
    """Take the feet of the first page away, and put what stands over its text first, wherever the PDF has it.

    The head stays: on the first page it may be the only place that has the symbol.
    """
    small = [line for line in page.lines if line.size < _SMALLER * setting.size]
    feet = {id(line) for line in small if line.baseline < _FOOT * page.height and not _begins(line)}
    page.lines = [line for line in page.lines if id(line) not in feet]
    apart = _end_of_head(page, setting)
    page.lines.sort(key=lambda line: line.baseline < apart)


def _end_of_head(page: Page, setting: Setting) -> float:
    """The height of the last line above the last gap in the upper margin; beyond the page where there is no gap."""
    heights = sorted({line.baseline for line in page.lines}, reverse=True)
    gaps = [above for above, below in pairwise(heights) if above - below > 1.4 * setting.leading]
    return min((above for above in gaps if above > _HEAD * page.height), default=2 * page.height)


def _in_margin(line: Line, page: Page) -> bool:
    return not _FOOT * page.height <= line.baseline <= _HEAD * page.height


def _masked(line: Line) -> str:
    return _FIGURES.sub("0", line.text.strip())


def cut_notes(page: Page, setting: Setting, carried: float = 0.0) -> int:
    """Take the footnotes at the foot of the page away; the number of them that begin there.

    They are smaller than the text, stand below all of it in their column, and follow a rule or begin with a mark;
    the last one of the page before, which were so large (`carried`), may go on without either.
    """
    small = [line for line in page.lines if line.size < _SMALLER * setting.size or _RULE.fullmatch(line.text)]
    lowest = [page.height] * _STRIPS
    for line in page.lines:
        if _is_text(line, page, setting):
            for strip in _strips(line):
                lowest[strip] = min(lowest[strip], line.baseline)
    below = [line for line in small if all(line.baseline < lowest[strip] for strip in _strips(line))]
    ruled = next((at for at, line in enumerate(below) if _RULE.fullmatch(line.text)), None)
    marks = {mark for line in page.lines for mark in line.marks}
    start = ruled if ruled is not None else next((at for at, line in enumerate(below) if _opens(line, marks)), None)
    if below and abs(below[0].size - carried) < 0.3:
        start = 0
    elif start is None:
        below = _notes_of_full_size(page, setting, marks)
        start = 0 if below else None
    if start is None or (ruled is not None and ruled + 1 == len(below)):
        return 0
    notes = below[start:]
    gone = {id(line) for line in notes}
    page.lines = [line for line in page.lines if id(line) not in gone]
    page.notes = notes[-1].size if notes else 0.0
    return sum(1 for line in notes if _begins(line))


def _opens(line: Line, marks: set[str]) -> bool:
    """Whether the first note of a page may begin so: `5. Decides` only where the page has a mark 5.

    In the text layer of a scan the size of letters goes up and down: a last line is smaller by chance.
    """
    label = _LABEL.match(line.text)
    return _begins(line) and (line.noted or label is None or label[0].strip(" .)-(") in marks)


def _notes_of_full_size(page: Page, setting: Setting, marks: set[str]) -> list[Line]:
    """Footnotes that are no smaller than the text: set off from it, and the text of the page has their first mark."""
    for above, line in pairwise(page.lines):
        found = _NUMBERED.match(line.text)
        begins = line.noted or (found is not None and found["mark"] in marks)
        if begins and above.baseline - line.baseline > 1.2 * setting.leading:
            column = set(_strips(line))
            return [one for one in page.lines if one.baseline <= line.baseline and column.intersection(_strips(one))]
    return []


_STRIPS, _STRIP = 40, 30
"""A page is looked at in upright strips of so many points, so that a note has its column above it."""


def _strips(line: Line) -> range:
    first, last = (min(max(int(place / _STRIP), 0), _STRIPS - 1) for place in (line.left, line.right))
    return range(first, last + 1)


def _is_text(line: Line, page: Page, setting: Setting) -> bool:
    full = line.size >= _SMALLER * setting.size and bool(line.text.strip()) and not _RULE.fullmatch(line.text)
    return full and line.baseline >= _FOOT * page.height


def _begins(line: Line) -> bool:
    return line.noted or bool(_NOTE.match(line.text))
