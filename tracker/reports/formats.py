"""Which formats there are, and which one a file name asks for.

A module of this folder that has `SUFFIXES` is a format: a new one is a new file, and nothing else changes.
"""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from tracker.core.report import Report
from tracker.errors import Unavailable, UsageError


class Format(Protocol):
    """What such a module offers. `TEXT` says that it can be printed; heavy libraries are imported in `render`."""

    SUFFIXES: tuple[str, ...]
    TEXT: bool

    def render(self, report: Report) -> bytes:
        """The report as the bytes of a file: the same for the same report. Raises Unavailable."""


@cache
def formats() -> dict[str, Format]:
    """All formats by name."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        module = importlib.import_module(f"tracker.reports.{path.stem}")
        if hasattr(module, "SUFFIXES"):
            found[path.stem.rstrip("_")] = cast("Format", module)
    return found


def load(name: str) -> Format:
    """The format `name`, which may be an ending: `markdown`, `md`. Raises UsageError for an unknown one."""
    for known, module in formats().items():
        if name.lower() == known or f".{name.lower().removeprefix('.')}" in module.SUFFIXES:
            return module
    raise UsageError(f"--format {name!r} is not one of {', '.join(formats())}")


def format_of(path: Path) -> str:
    """The format that the ending of `path` asks for. Raises UsageError."""
    for name, module in formats().items():
        if path.suffix.lower() in module.SUFFIXES:
            return name
    known = ", ".join(suffix for module in formats().values() for suffix in module.SUFFIXES)
    raise UsageError(f"{path}: no report format has this ending; known: {known}")


def missing(what: str, extra: str) -> Unavailable:
    """The error for a library that is not installed."""
    return Unavailable(
        f"{what} is not installed; nothing was written; `pip install 'mandate-tracker[{extra}]'` adds what it needs"
    )
