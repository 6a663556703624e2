"""CSV: the items of the report, a row each, as spreadsheets read it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from tracker.core.report import Cell, Report, Table
from tracker.reports.plain import plain

SUFFIXES = (".csv",)
TEXT = True

MARK = b"\xef\xbb\xbf"
"""The mark by which spreadsheets know UTF-8."""


def render(report: Report) -> bytes:
    """The items in UTF-8."""
    return MARK + table(report.items)


def table(content: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8: days as ISO dates, nothing that a spreadsheet takes for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_safe(column.title) for column in content.columns])
    writer.writerows([_cell(cell) for cell in row] for row in content.rows)
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def line(values: Iterable[str | int | None]) -> bytes:
    """One line of CSV like those of `table`, with all white space kept; truth is yes or no, nothing is empty."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([_value(value) for value in values])
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _value(value: str | int | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _safe(value) if isinstance(value, str) else "" if value is None else str(value)


def _cell(cell: Cell) -> str:
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    return str(cell.value) if cell.value is not None else _safe(cell.text)


def _safe(text: str) -> str:
    shown = plain(text)
    return f"'{shown}" if shown.lstrip(" \n")[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"} else shown
