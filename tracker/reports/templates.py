"""Templates of the user: Jinja for HTML and Markdown, Word files for DOCX; in a sandbox, all text escaped."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tracker.core.report import Report
from tracker.errors import BadInputFile, NotFound
from tracker.reports import html, markdown
from tracker.reports.context import context
from tracker.reports.formats import missing
from tracker.reports.packing import repack

KINDS = {".html.j2": ".html", ".md.j2": ".md", ".docx": ".docx"}
"""How the files of templates end, and the ending of what they make."""


def available(folder: Path) -> list[tuple[str, str, Path]]:
    """(name, ending of what it makes, file) of each template: the program's own, then those of the folder."""
    found = [("report", ".html", html.TEMPLATES / "report.html.j2")]
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        for ending, makes in KINDS.items():
            if path.name.endswith(ending) and path.is_file():
                found.append((path.name.removesuffix(ending), makes, path))
    return found


def find(folder: Path, name: str, suffix: str) -> Path:
    """The template `name` (of the folder, or a path) that makes files with `suffix`. Raises NotFound."""
    if any(name.endswith(ending) and KINDS[ending] == suffix for ending in KINDS) and Path(name).is_file():
        return Path(name)
    for known, makes, path in reversed(available(folder)):
        if known == name and makes == suffix:
            return path
    raise NotFound(
        f"no template {name!r} for {suffix} in {folder}; `tracker report --list-templates` shows what there is"
    )


def render_with(path: Path, report: Report) -> bytes:
    """The report by the template. Raises BadInputFile for a template that is wrong, Unavailable without its library."""
    try:
        if path.name.endswith(".docx"):
            return _docx(path, report)
        source = path.read_text(encoding="utf-8")
        return html.render_with(source, report) if path.name.endswith(".html.j2") else _markdown(source, report)
    except (OSError, UnicodeDecodeError) as mistake:
        raise BadInputFile(f"template {path}: {mistake}; nothing was written") from None
    except Exception as mistake:
        if type(mistake).__module__.partition(".")[0] in {"jinja2", "docx", "docxtpl", "lxml", "zipfile"}:
            raise BadInputFile(f"template {path}: {mistake}; nothing was written") from None
        raise


def _markdown(source: str, report: Report) -> bytes:
    """Every value is escaped before the template sees it: Jinja knows no escapes of Markdown."""
    try:
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise missing("Jinja2, which fills templates,", "reports") from None
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, keep_trailing_newline=True)
    values = _mapped(context(report), markdown.escape)
    return environment.from_string(source).render(values).encode("utf-8", "backslashreplace")


_KEPT = frozenset({"key", "kind", "language", "direction", "tone", "drawing", "link"})
"""Values that are no text of the report."""


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_mapped(one, change) for one in value]
    if isinstance(value, dict):
        return {name: one if name in _KEPT else _mapped(one, change) for name, one in value.items()}
    return value


def _docx(path: Path, report: Report) -> bytes:
    try:
        from docxtpl import DocxTemplate
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise missing("docxtpl, which fills Word templates,", "reports") from None
    template = DocxTemplate(str(path))
    template.render(context(report), jinja_env=ImmutableSandboxedEnvironment(autoescape=True), autoescape=True)
    buffer = io.BytesIO()
    template.save(buffer)
    return repack(buffer.getvalue())
