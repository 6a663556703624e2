"""Markdown (CommonMark with the tables of GitHub)."""

from __future__ import annotations

import re
import unicodedata

from tracker.core.report import Block, Cell, Report, Section, Table

# Everything that Markdown may read as markup; a line that starts like a list or a heading is covered by the first.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$])|^(\s*)([-+=:]|\d+[.)])(?=\s|$|-|=)", re.MULTILINE)
_URL_BREAKERS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "|": "%7C", "\\": "%5C"})


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly it: no markup, no HTML, no controls, one line."""
    visible = "".join(char if _printable(char) else " " if char.isspace() else f"\\u{ord(char):04x}" for char in text)
    return _SPECIAL.sub(lambda match: f"{match[2] or ''}\\{match[1] or match[3]}", re.sub(r"\s+", " ", visible).strip())


def _printable(char: str) -> bool:
    return char == " " or (char.isprintable() and unicodedata.category(char) != "Cf")


def render(report: Report) -> bytes:
    """The report as a Markdown file in UTF-8."""
    lines = [f"# {escape(report.title)}", ""]
    lines += [f"- {escape(name)}: {escape(value)}" for name, value in report.facts]
    for section in report.sections:
        lines += ["", *_section(section)]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _section(section: Section) -> list[str]:
    lines = [f"{'#' * (section.level + 1)} {escape(section.title)}"]
    for block in section.blocks:
        lines += ["", *_block(block)]
    return lines


def _block(block: Block) -> list[str]:
    if not isinstance(block, Table):
        return [escape(block.text)]
    head = "| " + " | ".join(escape(column.title) for column in block.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.number else " --- " for column in block.columns) + "|"
    return [head, rule, *("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in block.rows)]


def _cell(cell: Cell) -> str:
    parts = [escape(part) for part in cell.text.split("\n") if part.strip()]
    words = "<br>".join(parts)
    if cell.link and re.match(r"https?://", cell.link) and words:
        return f"[{words}]({cell.link.translate(_URL_BREAKERS)})"
    return words
