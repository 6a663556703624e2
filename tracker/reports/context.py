"""The report as plain values, cleaned and with its charts drawn: what templates are given."""

from __future__ import annotations

from typing import Any

from tracker.core.report import Block, Cell, Report, Table, Words, direction_of
from tracker.reports import svg
from tracker.reports.plain import marked, plain, web_link


def context(report: Report) -> dict[str, Any]:
    """All values of `report`; a template may use any of them, and adds none of its own.

    `sections` have `key`, `title`, `level`, `wide` and `blocks`; a block is of `kind` words (`text`), table
    (`columns`, `rows` of cells with `text` and `lines`, `total`) or chart (`title`, `alternative`, `drawing`, an SVG
    element). `items` is a table with a row an item.
    """
    return {
        "title": marked(report.title, report.direction),
        "language": report.language,
        "direction": report.direction,
        "facts": [{"name": plain(name), "value": marked(value, report.direction)} for name, value in report.facts],
        "sections": [
            {
                "key": section.key,
                "title": marked(section.title, report.direction),
                "level": section.level,
                "wide": section.wide,
                "blocks": [_block(block, report.direction) for block in section.blocks],
            }
            for section in report.sections
        ],
        "items": _table(report.items, report.direction),
        "contents_title": report.contents_title,
        "sources_title": report.sources_title,
    }


def _block(block: Block, direction: str) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"kind": "table", **_table(block, direction)}
    if isinstance(block, Words):
        return {"kind": "words", "text": marked(block.text, direction)}
    return {
        "kind": "chart",
        "title": plain(block.title),
        "alternative": marked(block.alternative, direction),
        "drawing": svg.draw(block, direction),
        "height": svg.height_of(block),
        "width": svg.WIDTH,
    }


def _table(table: Table, direction: str) -> dict[str, Any]:
    weight = sum(column.weight for column in table.columns)
    return {
        "columns": [
            {
                "title": plain(column.title),
                "number": column.number,
                "weight": column.weight,
                "share": round(100 * column.weight / weight, 1),
            }
            for column in table.columns
        ],
        "rows": [[_cell(cell, direction) for cell in row] for row in table.rows],
        "total": table.total,
    }


def _cell(cell: Cell, direction: str) -> dict[str, Any]:
    direction = direction_of(cell.language) if cell.language else direction
    return {
        "text": marked(cell.text, direction),
        "lines": [{"text": marked(line, direction), "link": web_link(link)} for line, link in cell.lines],
        "language": cell.language,
        "direction": direction,
        "tone": cell.tone.value,
    }
