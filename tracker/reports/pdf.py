"""PDF, set by Typst: repeated headers, page numbers, bookmarks, tags."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, cast

from tracker.core.report import Block, Cell, Report, Section, Table, Words, direction_of
from tracker.reports import fonts, svg
from tracker.reports.formats import missing
from tracker.reports.plain import marked, web_link

SUFFIXES = (".pdf",)
TEXT = False

_TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "templates" / "report.typ"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The same for every file, so that the same report gives the same bytes."""
_LONG = re.compile(r"[^\s\u2e80-\u9fff]{25,}")
_DIVIDED = re.compile(r"(?<=[/:?&=_])(?=[^/:?&=_])|(?<=.)(?=@)")
"""Where a long word breaks: behind a mark that divides it, and a time of a series before its day."""
_UNDIVIDED = re.compile("[^\u200b]{20,}")
_LARGE = 3_000
"""From so many cells on a document keeps no account of each: neither layout nor tags, which would take 30 kB a cell."""
_SPLIT = 1_200
"""A cell of more characters may go on on the next page."""
_WHOLE_ROWS = 12
"""A table of no more rows, and not much text, stays on one page."""
_TOGETHER = 12
"""No more rows than this are kept together because they begin with the same cell."""
_TOLD = 3
"""Cells of a row from which on it is worth while to keep rows together."""
_CONTENTS = 3
"""A report of more sections gets a table of contents."""


def render(report: Report) -> bytes:
    """The report as PDF. Raises Unavailable without Typst, or without a font for the script of the report."""
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    large = sum(len(table.rows) * len(table.columns) for table in tables) > _LARGE
    direction = report.direction
    values = {
        "title": _text(report.title, direction),
        "language": report.language,
        "direction": direction,
        "facts": [{"name": _text(name, direction), "value": _text(value, direction)} for name, value in report.facts],
        "contents": sum(section.level == 1 for section in report.sections) > _CONTENTS,
        "contents_title": report.contents_title,
        "runs": [
            {"wide": wide, "sections": [_section(section, direction, large=large) for section in sections]}
            for wide, sections in groupby(report.sections, lambda section: section.wide)
        ],
    }
    return cast("bytes", compile_with(_TEMPLATE.read_bytes(), values, "pdf", tags=not large))


def compile_with(
    template: bytes, values: dict[str, Any], form: Literal["pdf", "png"], *, ppi: float = 144, tags: bool = True
) -> bytes | list[bytes]:
    """A Typst document in which `sys.inputs.report` is `values` as JSON and `sys.inputs.fonts` has all its letters."""
    try:
        import typst
    except ImportError:
        raise missing("Typst, which makes PDF and pictures,", "reports") from None
    _return_memory()
    known = typst.Fonts()
    content = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    chosen = fonts.choose(known.families(), content)
    inputs = {"report": content, "fonts": json.dumps(chosen)}
    compiler = typst.Compiler(template, font_paths=known, sys_inputs=inputs)
    found = compiler.compile(format=form, timestamp=_MADE, ppi=ppi, pdf_tags=tags)
    return cast("bytes | list[bytes]", found)


def _return_memory() -> None:
    """Lets the C library of Linux give large pieces of memory back at once: it keeps up to a fifth of what Typst used.

    Other libraries have no such switch and need none.
    """
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(-3, 128 * 1024)  # M_MMAP_THRESHOLD, a constant of glibc's malloc.h


def _section(section: Section, direction: str, *, large: bool) -> dict[str, Any]:
    blocks = [_block(block, direction, large=large) for block in section.blocks]
    for place, block in enumerate(blocks, 1):
        block["leads"] = place < len(blocks)
    return {"title": _text(section.title, direction), "level": section.level, "wide": section.wide, "blocks": blocks}


def _block(block: Block, direction: str, *, large: bool) -> dict[str, Any]:
    if isinstance(block, Words):
        return {"kind": "words", "text": _text(block.text, direction)}
    if isinstance(block, Table):
        long = [place for place, row in enumerate(block.rows) if max(len(cell.text) for cell in row) > _SPLIT]
        return {
            "kind": "table",
            "whole": len(block.rows) <= _WHOLE_ROWS
            and sum(len(cell.text) for row in block.rows for cell in row) < _SPLIT,
            "long": long,
            "runs": list(_runs(block, long)) if large else None,
            "columns": [
                {"title": _text(column.title, direction), "weight": column.weight, "number": column.number}
                for column in block.columns
            ],
            "rows": [[_cell(cell, direction) for cell in row] for row in block.rows],
            "total": block.total,
        }
    return {
        "kind": "chart",
        "title": _text(block.title, direction),
        "alternative": _text(block.alternative, direction),
        "drawing": svg.draw(block, direction),
    }


def _runs(table: Table, long: list[int]) -> Iterator[int]:
    """How many rows stand together because they begin with the same cell: never so many that they fill a page."""
    count, size = 0, 0
    for place, row in enumerate(table.rows):
        here = sum(len(cell.text) for cell in row)
        alone = place in long or place - 1 in long or len(row) < _TOLD
        if count and (alone or row[0] != table.rows[place - 1][0] or size + here > _SPLIT or count == _TOGETHER):
            yield count
            count, size = 0, 0
        count, size = count + 1, size + here
    if count:
        yield count


def _cell(cell: Cell, direction: str) -> str | dict[str, Any]:
    """The text alone where nothing else is to be said of it."""
    lines = cell.lines
    direction = direction_of(cell.language) if cell.language else direction
    if len(lines) < 2 and not cell.links and not cell.language and cell.tone == "plain":
        return _text(cell.text.strip(), direction)
    return {
        "lines": [[_text(line, direction), web_link(link)] for line, link in lines],
        "language": cell.language,
        "tone": cell.tone.value,
    }


def _text(text: str, direction: str) -> str:
    """`text` with places where a word may break that is longer than a column."""
    return _LONG.sub(lambda word: _UNDIVIDED.sub(_chopped, _DIVIDED.sub("\u200b", word[0])), marked(text, direction))


def _chopped(word: re.Match[str]) -> str:
    return "\u200b".join(re.findall(".{1,12}", word[0], re.DOTALL))
