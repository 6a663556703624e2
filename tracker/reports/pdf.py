"""PDF, set by Typst: repeated headers, page numbers, bookmarks, tags."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, cast

from tracker.core.report import Report
from tracker.reports import fonts
from tracker.reports.context import context
from tracker.reports.formats import missing

SUFFIXES = (".pdf",)
TEXT = False

_TEMPLATE = Path(__file__).resolve().parent.parent / "data" / "templates" / "report.typ"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The same for every file, so that the same report gives the same bytes."""
_LONG = re.compile(r"[^\s\u2e80-\u9fff]{25,}")


def render(report: Report) -> bytes:
    """The report as PDF. Raises Unavailable without Typst, or without a font for the script of the report."""
    values = context(report)
    values["runs"] = [
        {"wide": wide, "sections": list(sections)}
        for wide, sections in groupby(values["sections"], lambda section: section["wide"])
    ]
    del values["items"]
    return cast("bytes", compile_with(_TEMPLATE.read_bytes(), _breakable(values), "pdf"))


def compile_with(
    template: bytes, values: dict[str, Any], form: Literal["pdf", "png"], ppi: float = 144
) -> bytes | list[bytes]:
    """A Typst document in which `sys.inputs.report` is `values` as JSON, with fonts for all of its text."""
    try:
        import typst
    except ImportError:
        raise missing("Typst, which makes PDF and pictures,", "reports") from None
    known = typst.Fonts()
    content = json.dumps(values, ensure_ascii=False)
    chosen = fonts.choose(known.families(), content)
    inputs = {"report": json.dumps({**values, "fonts": chosen}, ensure_ascii=False)}
    compiler = typst.Compiler(template, font_paths=known, sys_inputs=inputs)
    return cast("bytes | list[bytes]", compiler.compile(format=form, timestamp=_MADE, ppi=ppi))


def _breakable(value: Any) -> Any:
    """All texts, with places where a word may break that is longer than a column: links and drawings stay whole."""
    if isinstance(value, str):
        return _LONG.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word[0], re.DOTALL)), value)
    if isinstance(value, list):
        return [_breakable(one) for one in value]
    if isinstance(value, dict):
        return {key: one if key in {"link", "drawing"} else _breakable(one) for key, one in value.items()}
    return value
