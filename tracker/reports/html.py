"""HTML: one file that needs nothing beside it, on screen and in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tracker.core.report import Block, Report, Table, Words
from tracker.reports import svg
from tracker.reports.formats import missing
from tracker.reports.plain import plain, web_link

SUFFIXES = (".html", ".htm")
TEXT = True

TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "templates"


def render(report: Report) -> bytes:
    """The report by the template that comes with the program."""
    return render_with((TEMPLATES / "report.html.j2").read_text(encoding="utf-8"), report)


def render_with(template: str, report: Report) -> bytes:
    """The report by a Jinja template in a sandbox: every value is escaped. Raises Unavailable without Jinja."""
    try:
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise missing("Jinja2, which makes HTML,", "reports") from None
    environment = ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True)
    return environment.from_string(template).render(context(report)).encode("utf-8", "backslashreplace")


def context(report: Report) -> dict[str, Any]:
    """What a template is given: the report as plain values, charts drawn, links checked."""
    from markupsafe import Markup

    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return {
        "title": plain(report.title),
        "language": report.language,
        "direction": report.direction,
        "facts": [{"name": plain(name), "value": plain(value)} for name, value in report.facts],
        "sections": [
            {
                "key": section.key,
                "title": plain(section.title),
                "level": section.level,
                "wide": section.wide,
                "blocks": [_block(block, report.direction) for block in section.blocks],
            }
            for section in report.sections
        ],
        "items": _table(report.items),
        "contents_title": report.contents_title,
        "sources_title": report.sources_title,
        "style": Markup(style),  # noqa: S704 - our own file
    }


def _block(block: Block, direction: str) -> dict[str, Any]:
    from markupsafe import Markup

    if isinstance(block, Table):
        return {"kind": "table", **_table(block)}
    if isinstance(block, Words):
        return {"kind": "words", "text": plain(block.text)}
    return {
        "kind": "chart",
        "title": plain(block.title),
        "alternative": plain(block.alternative),
        "drawing": Markup(svg.draw(block, direction)),  # noqa: S704 - escaped by the one who draws
    }


def _table(table: Table) -> dict[str, Any]:
    weight = sum(column.weight for column in table.columns)
    return {
        "columns": [
            {"title": plain(column.title), "number": column.number, "share": round(100 * column.weight / weight, 1)}
            for column in table.columns
        ],
        "rows": [
            [
                {
                    "text": plain(cell.text),
                    "lines": [{"text": plain(line), "link": web_link(link)} for line, link in cell.lines],
                    "language": cell.language,
                    "tone": cell.tone.value,
                }
                for cell in row
            ]
            for row in table.rows
        ],
        "total": table.total,
    }
