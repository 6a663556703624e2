"""JSON: the whole report for programs; keys are only ever added."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tracker.core.report import Bars, Block, Cell, Report, Series, Table, Words
from tracker.core.unseen import in_json

SUFFIXES = (".json",)
TEXT = True


def render(report: Report) -> bytes:
    """The report as JSON in UTF-8."""
    content = in_json(json.dumps(as_dict(report), ensure_ascii=False, indent=1))
    return (content + "\n").encode("utf-8")


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain values: what `render` writes and what templates are given."""
    return {
        "title": report.title,
        "language": report.language,
        "direction": report.direction,
        "facts": [{"name": name, "value": value} for name, value in report.facts],
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "level": section.level,
                "wide": section.wide,
                "blocks": [_block(block) for block in section.blocks],
            }
            for section in report.sections
        ],
        "items": _table(report.items),
        "contents_title": report.contents_title,
        "sources_title": report.sources_title,
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    if isinstance(block, Words):
        return {"kind": "words", "text": block.text}
    if isinstance(block, Bars):
        bars = [{"label": bar.label, "value": bar.value, "tone": bar.tone.value} for bar in block.bars]
        return {"kind": "bars", "title": block.title, "alternative": block.alternative, "bars": bars}
    return {
        "kind": "timeline",
        "title": block.title,
        "alternative": block.alternative,
        "rows": list(block.rows),
        "due": _series(block.due),
        "done": _series(block.done),
        "today": block.today.isoformat(),
    }


def _series(series: Series) -> dict[str, Any]:
    return {"label": series.label, "points": [[day.isoformat(), value] for day, value in series.points]}


def _table(table: Table) -> dict[str, Any]:
    return {
        "columns": [
            {"title": column.title, "weight": column.weight, "number": column.number} for column in table.columns
        ],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "total": table.total,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"text": cell.text}
    if cell.value is not None:
        found["value"] = cell.value.isoformat() if isinstance(cell.value, date) else cell.value
    if any(cell.links):
        found["links"] = list(cell.links)
    if cell.language:
        found["language"] = cell.language
    return found
