"""CSV: the items of the report, a row each, as spreadsheets read it."""

from __future__ import annotations

import csv
import io
from datetime import date

from tracker.core.report import Cell, Report, Table
from tracker.reports.plain import plain

SUFFIXES = (".csv",)
TEXT = True


def render(report: Report) -> bytes:
    """The items in UTF-8 with the mark that spreadsheets know it by."""
    return b"\xef\xbb\xbf" + table(report.items)


def table(content: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8: days as ISO dates, nothing that a spreadsheet takes for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_safe(column.title) for column in content.columns])
    writer.writerows([_cell(cell) for cell in row] for row in content.rows)
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _cell(cell: Cell) -> str:
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    return str(cell.value) if cell.value is not None else _safe(cell.text)


def _safe(text: str) -> str:
    shown = plain(text)
    return f"'{shown}" if shown.lstrip(" \n")[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"} else shown
