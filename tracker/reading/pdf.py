"""PDF, by pypdfium2: the text layer only. A scan has none and needs OCR first.

Of the libraries tried, PDFium alone kept Arabic in its order, and it is thirty times as fast as the next.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from copy import copy
from typing import Any

import pypdfium2.raw as pdfium

from tracker.errors import UnreadableDocument
from tracker.reading.content import MOST_TEXT, Content
from tracker.reading.pdf_arabic import MARKS, WORD_ENDS, makes_sense, runs_in_order
from tracker.reading.pdf_arabic_line import Letter, is_arabic, with_brackets
from tracker.reading.pdf_columns import in_columns
from tracker.reading.pdf_lines import Run, lines_of
from tracker.reading.pdf_margins import cut_margins
from tracker.reading.pdf_notes import cut_notes
from tracker.reading.pdf_pages import Page, setting_of, with_feet_last
from tracker.reading.pdf_print import printed

MOST_PAGES = 2000
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "the PDF is encrypted; save a copy without password and read that",
    pdfium.FPDF_ERR_SECURITY: "the PDF is protected in a way that cannot be read; save a copy without protection",
}
_HYPHENS = "\x02\u2010\u00ad"
_UNKNOWN = frozenset({0, 0xFFFE, 0xFFFF, 0xFFFD})


def content_of(data: bytes) -> Content:
    """The text of the PDF in `data`, with footnotes, their marks, running heads and page feet left out.

    Raises UnreadableDocument: damaged, encrypted, without text layer, or too large.
    """
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnreadableDocument(_ERRORS.get(pdfium.FPDF_GetLastError(), "the PDF is damaged"))
    try:
        pages, empty = _pages(document)
    finally:
        pdfium.FPDF_CloseDocument(document)
    setting = setting_of(pages)
    cut_margins(pages, setting)
    footnotes = 0
    for before, page in zip([None, *pages], pages, strict=False):
        footnotes += cut_notes(
            page, setting, before.notes if before else 0.0, goes_on=bool(before and before.unfinished)
        )
    lines = [line for page in pages for line in page.lines]
    for line, text in zip(lines, with_brackets([line.text for line in lines]), strict=True):
        line.text = text
    marks = sum(len(line.marks) for page in pages for line in page.lines)
    problems = []
    if empty:
        numbers = ", ".join(map(str, empty[:20]))
        problems.append(("no text layer", f"page {numbers}: no text layer (a scan?); OCR is needed to read it"))
    return Content(_joined_words(printed(pages, setting)), footnotes, marks, tuple(problems))


def _pages(document: Any) -> tuple[list[Page], list[int]]:
    """The pages with text, and the numbers of those that hold a picture but no text."""
    count = pdfium.FPDF_GetPageCount(document)
    if count > MOST_PAGES:
        raise UnreadableDocument(f"the PDF has {count} pages, more than the {MOST_PAGES} that are read")
    pages, empty, total, unknown = [], [], 0, 0
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            empty.append(number + 1)
            continue
        runs = _in_order(page, list(_runs(page)))
        if not any(run.text.strip() for run in runs) and pdfium.FPDFPage_CountObjects(page):
            empty.append(number + 1)
        height = pdfium.FPDF_GetPageHeightF(page)
        pdfium.FPDF_ClosePage(page)
        total += sum(len(run.text) for run in runs)
        unknown += sum(run.text.count("\ufffd") for run in runs)
        if total > MOST_TEXT:
            raise UnreadableDocument(f"more than {MOST_TEXT // 1024 // 1024} MB of text, which no resolution has")
        lines = lines_of(runs)
        if not any(is_arabic(line.text) for line in lines):
            lines = in_columns(lines)
        pages.append(Page(with_feet_last(lines, height), height))
    if total < 20 * max(1, len(empty)) or total == 0:
        raise UnreadableDocument("the PDF has no text layer (a scan?); run OCR on it first, for example ocrmypdf")
    if unknown > 0.3 * total:
        raise UnreadableDocument("the fonts of the PDF do not say which letters they hold; run OCR on it first")
    return pages, empty


def _in_order(page: Any, runs: list[Run]) -> list[Run]:
    """`runs`, or those that the places of the letters make of an Arabic page unless that makes less sense."""
    if not any(is_arabic(run.text) for run in runs):
        return runs
    by_place = runs_in_order(_letters(page))
    if makes_sense([run.text for run in by_place], [line.text for line in lines_of(map(copy, runs))]):
        return by_place
    return runs


def _letters(page: Any) -> Iterator[Letter]:
    """Each character of a page with its place; signs of vowels are blanks without width where a word ends, or none."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    place = _Place(text)
    for at, char in _characters(text):
        if char in "\r\n" or (char in MARKS and char not in WORD_ENDS) or pdfium.FPDFText_IsGenerated(text, at) == 1:
            continue
        left, right, baseline, size = place.of(at, figure=char.isdecimal())
        if char in WORD_ENDS:
            left = right = place.x
        yield Letter(" " if char == "\xa0" or char in WORD_ENDS else char, place.x, left, right, baseline, size)
    pdfium.FPDFText_ClosePage(text)


def _runs(page: Any) -> Iterator[Run]:  # noqa: C901 - one walk; a call for each character would cost half the time
    """Characters of one page in the order of the PDF, gathered while baseline and size stay the same."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    place = _Place(text)
    run: Run | None = None
    breaks = inside = False
    for at, char in _characters(text):
        letter = char.isalpha()
        if inside and letter and run:
            # Within a word only its first and last letter are measured: measuring is what takes the time.
            run.text += char
            continue
        if inside and run:
            run.reaches(*place.of(at - 1)[:2])
        inside = letter
        if char in "\r\n":
            breaks = True
        elif char in " \xa0":
            if run:
                run.text += " "
        else:
            left, right, baseline, size = place.of(at, figure=char.isdecimal())
            if run and not breaks and run.goes_on(left, right, baseline, size):
                run.text += char
                run.reaches(left, right)
                continue
            if run:
                yield run
            run, breaks = Run(char, left, right, baseline, size, breaks), False
    if run:
        yield run
    pdfium.FPDFText_ClosePage(text)


def _characters(text: Any) -> Iterator[tuple[int, str]]:
    """The characters of a page with their numbers, and a line break after the last one."""
    count = pdfium.FPDFText_CountChars(text)
    code_of = pdfium.FPDFText_GetUnicode
    for at in range(count):
        code = code_of(text, at)
        yield at, "\ufffd" if code in _UNKNOWN or code > 0x10FFFF else chr(code)
    yield count, "\n"


class _Place:
    """Where the characters of one page stand, in points."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._loose, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._tight = (ctypes.c_double(), ctypes.c_double(), ctypes.c_double(), ctypes.c_double())

    @property
    def x(self) -> float:
        """Where the last character that was asked for was drawn from."""
        return self._x.value

    def of(self, at: int, *, figure: bool = False) -> tuple[float, float, float, float]:
        """Left, right, baseline and size of one character."""
        pdfium.FPDFText_GetCharOrigin(self._text, at, self._x, self._y)
        box = self._loose
        pdfium.FPDFText_GetLooseCharBox(self._text, at, box)
        baseline, size = self._y.value, self._size(at) or float(box.top - box.bottom)
        if figure:
            # Fonts have raised figures of their own: same size, same baseline, but drawn higher.
            pdfium.FPDFText_GetCharBox(self._text, at, *self._tight)
            _, _, bottom, top = self._tight
            if bottom.value - baseline > 0.15 * size and top.value - bottom.value < 0.6 * size:
                return box.left, box.right, bottom.value, top.value - bottom.value
        return box.left, box.right, baseline, size

    def _size(self, at: int) -> float:
        """The size of the font of one character, as it is drawn."""
        matrix = self._matrix
        pdfium.FPDFText_GetMatrix(self._text, at, matrix)
        return float(pdfium.FPDFText_GetFontSize(self._text, at) * (abs(matrix.d) or abs(matrix.b) or 1.0))


_BROKEN = re.compile(rf"(?<![^\W\d_])([^\W\d_]{{1,60}}+)[{_HYPHENS}]\s*([^\W\d_]{{1,60}})")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def _joined_words(text: str) -> str:
    """Words that a line end has broken are whole again; the rest of the text says which of them have a hyphen."""
    if not any(hyphen in text for hyphen in _HYPHENS):
        return text
    known = Counter(word.casefold() for word in _WORD.findall(text))

    def mend(found: re.Match[str]) -> str:
        whole = f"{found[1]}{found[2]}".casefold()
        parted = f"{found[1]}-{found[2]}".casefold()
        return f"{found[1]}{found[2]}" if known[whole] > known[parted] else f"{found[1]}-{found[2]}"

    text = _BROKEN.sub(mend, text)
    return text.translate(dict.fromkeys(map(ord, _HYPHENS), "-"))
