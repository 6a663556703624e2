"""XLSX: a sheet with summary and native charts, the items with filters and real dates, and a sheet a list."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from tracker.core.report import Bars, Cell, Column, Report, Section, Table, Timeline, Words
from tracker.reports import xlsx_charts
from tracker.reports.formats import missing
from tracker.reports.plain import marked, plain, web_link

SUFFIXES = (".xlsx",)
TEXT = False

_LONGEST = 32_000
"""A cell takes 32,767 characters; what is longer goes on in the row below."""
_LINKS = 60_000
"""A sheet takes 65,530 links; the text of further ones stays."""
_A3, _A4 = 8, 9
"""Sizes of paper as the format numbers them: the matrix has too many columns for the smaller one."""
_FIRST_SHEETS = frozenset({"summary", "counts", "charts"})
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the file format knows no zone; fixed, so that bytes repeat


def render(report: Report) -> bytes:
    """The report as a workbook. Raises Unavailable without XlsxWriter."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise missing("XlsxWriter, which makes XLSX,", "xlsx") from None
    buffer = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "max_url_length": 2079,
    }  # fmt: skip
    book = Workbook(buffer, options)
    book.set_properties({"title": plain(report.title)[:255], "created": _CREATED})
    _Book(book, report).write()
    book.close()
    return buffer.getvalue()


class _Book:
    """One workbook in the making."""

    def __init__(self, book: Any, report: Report) -> None:
        self._book, self._report = book, report
        self._names: set[str] = set()
        self._links = 0
        self._formats: dict[tuple[Any, ...], Any] = {}

    def write(self) -> None:
        report = self._report
        first = [section for section in report.sections if section.key in _FIRST_SHEETS]
        title = first[0].title if first else report.title
        self._summary(self._sheet(title), first)
        matrix = next((section.title for section in report.sections if section.key == "matrix"), "")
        self._items(self._sheet(matrix or "Items"), report.items)
        lists: dict[str, list[Section]] = {}
        for section in report.sections:
            if section.key not in _FIRST_SHEETS and section.key != "matrix" and section.blocks:
                lists.setdefault(section.key, []).append(section)
        for sections in lists.values():
            sheet, row = self._sheet(re.sub(r" ?[(（]\d+[)）]$", "", sections[0].title)), 0
            widest = max((b for s in sections for b in s.blocks if isinstance(b, Table)), key=lambda t: len(t.columns),
                         default=None)  # fmt: skip
            for place, column in enumerate(widest.columns if widest else ()):
                sheet.set_column(place, place, _width(column))
            sheet.set_landscape()
            for section in sections:
                row = self._section(sheet, row, section)
            if len(sections) == 1 and widest:
                sheet.repeat_rows(1)

    def _parts(self, text: str) -> Iterator[str]:
        """`text` in portions that a cell takes, marked where it goes on."""
        shown = marked(text, self._report.direction)
        while len(shown) > _LONGEST:
            yield shown[:_LONGEST] + "…"
            shown = "…" + shown[_LONGEST:]
        yield shown

    def _format(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            order = 2 if self._report.direction == "rtl" else 0
            self._formats[key] = self._book.add_format({"valign": "top", "reading_order": order, **wanted})
        return self._formats[key]

    def _sheet(self, title: str) -> Any:
        """A sheet named `title`, within what a name of a sheet may be."""
        plain_title = re.sub(r"[\[\]:*?/\\]|^'|'$", "-", plain(title).replace("\n", " ")).strip() or "-"
        name, number = plain_title[:31].strip(), 2
        while name.casefold() in self._names or name.casefold() == "history":
            name, number = f"{plain_title[:26].strip()} {number}", number + 1
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.set_footer("&C&P / &N")
        if self._report.direction == "rtl":
            sheet.right_to_left()
        return sheet

    def _summary(self, sheet: Any, sections: list[Section]) -> None:
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 12, 14)
        sheet.write_string(0, 0, plain(self._report.title)[:_LONGEST], self._format(bold=True, font_size=16))
        row = 2
        sheet.fit_to_pages(1, 1 if len(self._report.items.rows) < 100 else 0)
        for name, value in self._report.facts:
            for part in self._parts(value):
                sheet.write_string(row, 0, plain(name), self._format(bold=True))
                sheet.write_string(row, 1, part, self._format())
                row += 1
        row += 1
        for section in sections:
            row = self._section(sheet, row, section)

    def _section(self, sheet: Any, row: int, section: Section) -> int:
        """Writes a section from `row` on and returns the next free row."""
        size = 14 if section.level == 1 else 12
        sheet.write_string(row, 0, plain(section.title)[:_LONGEST], self._format(bold=True, font_size=size))
        sheet.set_row(row, 22)
        row += 1
        for block in section.blocks:
            if isinstance(block, Words):
                for part in self._parts(block.text):
                    style = self._format(text_wrap=True)
                    sheet.merge_range(row, 0, row, 7, "", style)
                    sheet.write_string(row, 0, part, style)
                    sheet.set_row(row, 15 * (1 + len(part) // 110))
                    row += 1
            elif isinstance(block, Table):
                row = self._table(sheet, row, block)
            else:
                row = self._chart(sheet, row, block)
            row += 1
        return row

    def _table(self, sheet: Any, row: int, table: Table) -> int:
        self._header(sheet, row, table.columns)
        for cells in table.rows:
            total = table.total and cells is table.rows[-1]
            row = self._row(sheet, row + 1, cells, table.columns, bold=total)
        return row + 1

    def _header(self, sheet: Any, row: int, columns: Sequence[Column]) -> None:
        style = self._format(bold=True, font_color="#FFFFFF", bg_color="#00558C", text_wrap=True, border=1)
        for place, column in enumerate(columns):
            sheet.write_string(row, place, plain(column.title), style)
        sheet.set_row(row, 15 * max((_lines(column.title, column) for column in columns), default=1) + 1)

    def _items(self, sheet: Any, table: Table) -> None:
        """The matrix: frozen header, filters, one value a cell."""
        self._header(sheet, 0, table.columns)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, _width(column))
        row = 0
        for cells in table.rows:
            row = self._row(sheet, row + 1, cells, table.columns)
        sheet.set_landscape()
        sheet.set_paper(_A3)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(row, 1), len(table.columns) - 1)
        sheet.repeat_rows(0)

    def _row(
        self, sheet: Any, row: int, cells: Sequence[Cell], columns: Sequence[Column], *, bold: bool = False
    ) -> int:
        """Writes a row, and the rows that long cells go on in; returns the last one."""
        last, most = row, 1
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            look: dict[str, Any] = {"border": 1, "border_color": "#C5CCD3"} | ({"bold": True} if bold else {})
            if isinstance(cell.value, date):
                day = datetime(cell.value.year, cell.value.month, cell.value.day)  # noqa: DTZ001 - a day has no zone
                if day.year >= 1900:
                    sheet.write_datetime(row, place, day, self._format(num_format="yyyy-mm-dd", align="left", **look))
                    continue
            elif cell.value is not None:
                sheet.write_number(row, place, cell.value, self._format(**look))
                continue
            link = web_link(cell.links[0]) if len(cell.links) == 1 else None
            colour = xlsx_charts.FONT_COLOURS.get(cell.tone)
            style = self._format(text_wrap=not column.number, **look, **({"font_color": colour} if colour else {}))
            parts = list(self._parts(cell.text))
            if link and len(parts) == 1 and len(link) <= 2000 and self._links < _LINKS:
                self._links += 1
                style = self._format(text_wrap=True, font_color="#00558C", underline=1, **look)
                sheet.write_url(row, place, link, style, parts[0])
                continue
            most = max(most, sum(_lines(line, column) for line in cell.text[:4000].split("\n")))
            for further, part in enumerate(parts):
                sheet.write_string(row + further, place, part, style)
                last = max(last, row + further)
        sheet.set_row(row, min(15 * most + 1, 405))
        return last

    def _chart(self, sheet: Any, row: int, chart: Bars | Timeline) -> int:
        return xlsx_charts.insert(self._book, sheet, row, chart, self._format(), self._format(num_format="yyyy-mm-dd"))


def _width(column: Column) -> int:
    """The width of a column in characters of the usual size."""
    return 6 + 6 * column.weight


def _lines(line: str, column: Column) -> int:
    """How many lines of a cell a line of text takes; Chinese takes the room of two letters, and words are not split."""
    room = sum(1.9 if char >= "\u2e80" else 1 for char in line)
    return 1 + int(room / (1.05 * _width(column)))
