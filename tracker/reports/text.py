"""Plain text, as a mail shows it: no line is longer than 78 characters where words allow it."""

from __future__ import annotations

import re
import textwrap

from tracker.core.report import Block, Report, Table, Words
from tracker.reports.plain import plain

SUFFIXES = (".txt",)
TEXT = True

_WIDTH = 78


def render(report: Report) -> bytes:
    """The report as plain text in UTF-8."""
    lines = [*_wrapped(report.title), "=" * _WIDTH]
    for name, value in report.facts:
        lines += _wrapped(report.paired(name, value), "  ")
    for section in report.sections:
        lines += ["", *_wrapped(section.title), ("-" if section.level == 1 else ".") * _WIDTH]
        for block in section.blocks:
            lines += _block(block, report)
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _block(block: Block, report: Report) -> list[str]:
    if isinstance(block, Words):
        return _wrapped(block.text)
    if not isinstance(block, Table):
        return _wrapped(report.paired(block.title, block.alternative))
    lines = []
    for row in block.rows:
        for place, (column, cell) in enumerate(zip(block.columns, row, strict=True)):
            words = "; ".join(line for line, _ in cell.lines)
            if words:
                lines += _wrapped(words if place == 0 else f"  {report.paired(column.title, words)}", "    ")
        lines.append("")
    return lines[:-1]


def _wrapped(text: str, indent: str = "") -> list[str]:
    first = text[: len(text) - len(text.lstrip(" "))]
    # A no-break space stays one: French has it before a colon.
    shown = " ".join(re.split(r"[^\S\u00a0]+", plain(text).strip()))
    found = textwrap.wrap(
        shown, _WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return found or [""]
