"""The pages of a PDF as text: lines, blank ones between paragraphs, form feeds between pages and columns."""

from __future__ import annotations

import re
from itertools import pairwise

from tracker.reading.pdf_arabic_line import is_arabic
from tracker.reading.pdf_lines import Line
from tracker.reading.pdf_pages import Page, Setting

_ENDED = re.compile(r"[,;:.،؛。；，：]\Z")
_ABOUT = 3
"""Points within which lines begin at one place."""
_FEW = 0.1
"""The share of lines with a larger space above them below which spaces do not part paragraphs."""
_AROUND = 6
"""Lines before and after one that tell how far it could go."""
_AFTER_HAN = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef]) (?=[0-9])")
_BEFORE_HAN = re.compile(
    r"([\u2e80-\u9fff\uff00-\uffef(-] ?[0-9]{1,5}(?:\([0-9]{4}\))?) (?=[\u2e80-\u9fff\uff00-\uffef])"
)
"""Programs set figures a little apart from Chinese signs, which is no blank."""


def printed(pages: list[Page], setting: Setting) -> str:
    """The lines of all pages: a blank one where a paragraph ends, a form feed for a new page or column.

    It ends where the space below is larger; in a text without such spaces, where the line has room for more.
    """
    parts = [_blocks([line for line in page.lines if line.text.strip()], setting) for page in pages]
    spaced = sum(len(blocks) - 1 for columns in parts for blocks in columns)
    close = spaced < _FEW * sum(len(page.lines) for page in pages)
    rows: list[str] = []
    for columns in parts:
        for blocks in columns:
            texts = [_print(block, close=close) for block in blocks]
            rows += ["\n\n".join(texts), "\f"]
    return "\n".join(rows)


def _blocks(lines: list[Line], setting: Setting) -> list[list[list[Line]]]:
    """The columns of a page, each the parts that larger spaces make of it."""
    columns: list[list[list[Line]]] = [[lines[:1]]]
    for above, line in pairwise(lines):
        step = above.baseline - line.baseline
        if step < -2 * setting.leading:
            columns.append([[]])
        elif step > 1.25 * setting.leading:
            columns[-1].append([])
        columns[-1][-1].append(line)
    return columns


def _print(lines: list[Line], *, close: bool) -> str:
    rows: list[str] = []
    for at, line in enumerate(lines):
        if close and at and lines[at - 1].baseline > line.baseline and _has_room(lines, at):
            rows.append("")
        rows.append(_AFTER_HAN.sub("", _BEFORE_HAN.sub(r"\1", line.text.strip())))
    return "\n".join(rows)


def _has_room(lines: list[Line], at: int) -> bool:
    """Whether a line ends as paragraphs do, and the first word of the next one would have had room on it.

    How far lines go is told by the second longest of those around it that begin at the same place.
    """
    line, after = lines[at - 1], lines[at]
    if not _ENDED.search(line.text.strip()):
        return False
    near = lines[max(0, at - _AROUND) : at + _AROUND]
    if is_arabic(line.text):
        room = sorted(line.left - one.left for one in near if abs(one.right - line.right) < _ABOUT)
    else:
        room = sorted(one.right - line.right for one in near if abs(one.left - line.left) < _ABOUT)
    text = after.text.strip()
    word = (after.right - after.left) * (len(text.split()[0]) + 1) / len(text)
    return len(room) > 2 and room[-2] > word + line.size
