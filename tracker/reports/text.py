"""Plain text, as a mail shows it: no line is longer than 78 characters where words allow it."""

from __future__ import annotations

import re

from tracker.core.report import Block, Report, Table, Words
from tracker.reports.plain import plain

SUFFIXES = (".txt",)
TEXT = True

_WIDTH = 78
_WIDE = "\u2e80"
"""From here on letters take two columns, and a line may end between them, but not before a mark that closes."""
_CLOSES = "\u3001\u3002\u3009\u300b\u300d\u300f\u3011\u3015\uff01\uff09\uff0c\uff1a\uff1b\uff1f"
_PIECES = re.compile(f" *(?:[^ {_WIDE}-\uffef]+|[{_WIDE}-\uffef])[{_CLOSES}]* *|^$")


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
    lines, line, used = [], first, len(first)
    for piece in _PIECES.findall(shown):
        width = sum(2 if char >= _WIDE else 1 for char in piece.rstrip(" "))
        if line.strip() and used + width > _WIDTH:
            lines.append(line.rstrip(" "))
            line, used = indent, len(indent)
        line += piece
        used += width + len(piece) - len(piece.rstrip(" "))
    return [*lines, line.rstrip(" ")]
