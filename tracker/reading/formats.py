"""Which reader a file needs, decided by its first bytes and never by its name.

A new format is one module with `lines_of(data, name) -> str`, the text that `layout.clean` then gets, and one
row in FORMATS. A page break is a form feed on a line of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple, cast

from tracker.errors import UnreadableDocument
from tracker.reading.decoding import decode


class Format(NamedTuple):
    """One input format: how its files begin, its module in `tracker.reading`, the extra that it needs."""

    name: str
    is_it: Callable[[bytes], bool]
    module: str
    extra: str | None


def _is_html(start: bytes) -> bool:
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith(b"<?xml") and b"<html" in start
    )


def _is_docx(start: bytes) -> bool:
    return start.startswith(b"PK\x03\x04")


def _is_pdf(start: bytes) -> bool:
    return b"%PDF-" in start[:1024]


FORMATS = (
    Format("PDF", _is_pdf, "pdf", "pdf"),
    Format("Word (DOCX)", _is_docx, "docx", "docx"),
    Format("HTML", _is_html, "html", None),
)


def text_of(data: bytes, name: str) -> tuple[str, str]:
    """The text in `data` and its encoding (`utf-8`, `cp1252` ..., or the format: `pdf`).

    Raises UnreadableDocument when it is binary, or of a format that cannot be read here.
    """
    start = data[:4096]
    for known in FORMATS:
        if known.is_it(start):
            return _reader(known, name)(data, name), known.module
    return decode(data, name)


def _reader(wanted: Format, name: str) -> Callable[[bytes, str], str]:
    try:
        module = import_module(f"tracker.reading.{wanted.module}")
    except ImportError:
        help_ = f"; install mandate-tracker[{wanted.extra}]" if wanted.extra else ""
        raise UnreadableDocument(f"{name}: {wanted.name} files cannot be read here{help_}") from None
    return cast("Callable[[bytes, str], str]", module.lines_of)
