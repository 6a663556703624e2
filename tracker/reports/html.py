"""HTML: one file that needs nothing beside it, on screen and in print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tracker.core.report import Report
from tracker.reports.context import context
from tracker.reports.formats import missing

SUFFIXES = (".html", ".htm")
TEXT = True

TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "templates"


def render(report: Report) -> bytes:
    """The report by the template that comes with the program."""
    return render_with((TEMPLATES / "report.html.j2").read_text(encoding="utf-8"), report)


def render_with(template: str, report: Report) -> bytes:
    """The report by a Jinja template in a sandbox: every value is escaped.

    Raises Unavailable without Jinja, and what Jinja raises for a template that is wrong.
    """
    try:
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError:
        raise missing("Jinja2, which makes HTML,", "reports") from None
    environment = ImmutableSandboxedEnvironment(autoescape=True, trim_blocks=True)
    return environment.from_string(template).render(_values(report)).encode("utf-8", "backslashreplace")


def _values(report: Report) -> dict[str, Any]:
    """The values of the report; what is HTML already (drawings, our style) says so."""
    from markupsafe import Markup

    values = context(report)
    for section in values["sections"]:
        for block in section["blocks"]:
            if block["kind"] == "chart":
                block["drawing"] = Markup(block["drawing"])  # noqa: S704 - escaped where it was drawn
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    return {**values, "style": Markup(style)}  # noqa: S704 - our own file
