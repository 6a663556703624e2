"""Footnotes of a PDF: what stands below the text of its page, smaller or with a mark."""

from __future__ import annotations

import re
from itertools import pairwise

from tracker.reading.pdf_lines import Line
from tracker.reading.pdf_pages import FOOT, LABEL, STRIPS, Page, Setting, begins_note, strips_of

_RULE = re.compile(r"\s{0,20}+[_‗]{5,}\s*")
_NUMBERED = re.compile(r"\s{0,20}+(?P<mark>\d{1,3}|[*†‡]{1,3})(?![\d.)-])\s?\S")
_ENDED = re.compile(r"[.。۔]\s*\Z")


def cut_notes(page: Page, setting: Setting, carried: float = 0.0, *, goes_on: bool = False) -> int:
    """Take the footnotes at the foot of the page away; the number of them that begin there.

    They are smaller than the text, stand below all of it in their column, and follow a rule or begin with a mark;
    the last one of the page before, which were so large (`carried`), may go on without either. Where they are as large
    as the text, it does so only when it has no end there (`goes_on`).
    """
    small = [line for line in page.lines if setting.is_small(line) or _RULE.fullmatch(line.text)]
    lowest = [page.height] * STRIPS
    for line in page.lines:
        if _is_text(line, page, setting):
            for strip in strips_of(line):
                lowest[strip] = min(lowest[strip], line.baseline)
    below = [line for line in small if all(line.baseline < lowest[strip] for strip in strips_of(line))]
    ruled = next((at for at, line in enumerate(below) if _RULE.fullmatch(line.text)), None)
    marks = {mark for line in page.lines for mark in line.marks}
    start = ruled if ruled is not None else next((at for at, line in enumerate(below) if _opens(line, marks)), None)
    if below and abs(below[0].size - carried) < 0.3:
        start = 0
    elif start is None:
        below = _notes_of_full_size(page, setting, marks, goes_on=goes_on)
        start = 0 if below else None
    if start is None or (ruled is not None and ruled + 1 == len(below)):
        return 0
    notes = below[start:]
    gone = {id(line) for line in notes}
    page.lines = [line for line in page.lines if id(line) not in gone]
    page.notes = notes[-1].size if notes else 0.0
    page.unfinished = bool(notes) and not setting.is_small(notes[-1]) and not _ENDED.search(notes[-1].text)
    return sum(1 for line in notes if begins_note(line))


def _opens(line: Line, marks: set[str]) -> bool:
    """Whether the first note of a page may begin so: `5. Decides` only where the page has a mark 5.

    In the text layer of a scan the size of letters goes up and down: a last line is smaller by chance.
    """
    label = LABEL.match(line.text)
    return begins_note(line) and (line.noted or label is None or label[0].strip(" .)-(") in marks)


def _notes_of_full_size(page: Page, setting: Setting, marks: set[str], *, goes_on: bool) -> list[Line]:
    """Footnotes that are no smaller than the text: set off from it, and the text of the page has their first mark.

    Each column has its own; where the last one of the page before goes on, it comes first in the first of them.
    """
    notes: list[Line] = []
    gone: set[int] = set()
    for line in page.lines:
        found = _NUMBERED.match(line.text)
        begins = line.noted or (found is not None and found["mark"] in marks)
        if id(line) in gone or not (begins or (goes_on and not gone)):
            continue
        column = [one for one in page.lines if one.left < line.right and line.left < one.right]
        above = min((one.baseline for one in column if one.baseline > line.baseline), default=0.0)
        if above - line.baseline <= 1.2 * setting.leading:
            continue
        below = [one for one in column if one.baseline <= line.baseline and id(one) not in gone]
        if begins or _ends_note(below, setting):
            notes += below
            gone.update(map(id, below))
    return notes


def _ends_note(lines: list[Line], setting: Setting) -> bool:
    """Whether what is set off at the foot of a page is the end of a note, and more notes: it has no label of its own.

    Paragraphs begin with a capital letter or a label, or end with no full stop.
    """
    steps = [above.baseline - below.baseline for above, below in pairwise(lines)]
    if any(not 0 < step <= 1.2 * setting.leading for step in steps):
        return False
    if LABEL.match(lines[0].text) or lines[0].text.lstrip()[:1].isupper():
        return False
    return (
        _ENDED.search(next((above.text for above, below in pairwise(lines) if below.noted), lines[-1].text)) is not None
    )


def _is_text(line: Line, page: Page, setting: Setting) -> bool:
    full = not setting.is_small(line) and bool(line.text.strip()) and not _RULE.fullmatch(line.text)
    return full and line.baseline >= FOOT * page.height
