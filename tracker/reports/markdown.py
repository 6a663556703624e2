"""Markdown (CommonMark with the tables of GitHub)."""

from __future__ import annotations

import re

from tracker.core.report import Bars, Block, Cell, Report, Section, Table, Timeline
from tracker.reports.plain import plain, web_link

SUFFIXES = (".md", ".markdown")
TEXT = True

# Everything that Markdown may read as markup; a line that starts like a list or a heading is covered by the first.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$])|^([^\S\n]{0,40})([-+=:]|\d+[.)])(?=\s|$|-|=)", re.MULTILINE)
_URL_BREAKERS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "|": "%7C", "\\": "%5C"})


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly it: no markup, no HTML, no controls, one line."""
    one_line = re.sub(r"\s+", " ", plain(text)).strip()
    return _SPECIAL.sub(lambda match: f"{match[2] or ''}\\{match[1] or match[3]}", one_line)


def render(report: Report) -> bytes:
    """The report as a Markdown file in UTF-8."""
    lines = [f"# {escape(report.title)}", ""]
    lines += [f"- {escape(report.paired(name, value))}" for name, value in report.facts]
    for section in report.sections:
        lines += ["", *_section(section)]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _section(section: Section) -> list[str]:
    lines = ["#" * (section.level + 1) + " " + escape(section.title)]
    for block in section.blocks:
        lines += ["", *_block(block)]
    return lines


def _block(block: Block) -> list[str]:
    if isinstance(block, (Bars, Timeline)):
        return [f"**{escape(block.title)}**: {escape(block.alternative)}"]
    if not isinstance(block, Table):
        return [escape(block.text)]
    head = "| " + " | ".join(escape(column.title) for column in block.columns) + " |"
    rule = "|" + "|".join(" ---: " if column.number else " --- " for column in block.columns) + "|"
    return [head, rule, *("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in block.rows)]


def _cell(cell: Cell) -> str:
    return "<br>".join(_line(line, link) for line, link in cell.lines)


def _line(line: str, link: str | None) -> str:
    words, target = escape(line), web_link(link)
    return f"[{words}]({target.translate(_URL_BREAKERS)})" if target else words
