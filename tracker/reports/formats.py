"""Which formats there are, and which one a file name asks for."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

from tracker.core.report import Report
from tracker.errors import UsageError

SUFFIXES = {".md": "markdown", ".markdown": "markdown"}


class Format(Protocol):
    """What a module of this folder offers."""

    def render(self, report: Report) -> bytes:
        """The report as the bytes of a file."""


def load(name: str) -> Format:
    """The format `name`. Raises UsageError for an unknown one."""
    if name not in SUFFIXES.values():
        raise UsageError(f"--format {name!r} is not one of {', '.join(sorted(set(SUFFIXES.values())))}")
    return cast("Format", importlib.import_module(f"tracker.reports.{name}"))


def format_of(path: Path) -> str:
    """The format that the ending of `path` asks for. Raises UsageError."""
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UsageError(f"{path}: no report format has this ending; known: {', '.join(sorted(SUFFIXES))}") from None
