"""Opening a file and turning its bytes into a Document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tracker.core.request import Problem
from tracker.core.resolution import Document
from tracker.errors import NotFound, NotPermitted, UnreadableDocument
from tracker.reading.formats import text_of
from tracker.reading.layout import clean

LARGEST = 64 * 1024 * 1024
"""Bytes; the longest resolution known has 0.5 MB of text, so that anything larger is something else."""


def read(path: Path | str, name: str | None = None) -> Document:
    """The text of the file at `path`; `name` is what messages call it (default: the path as given).

    Raises NotFound (no such file), NotPermitted, and UnreadableDocument for a folder, an empty, binary,
    damaged or too large file, and for a format that needs an extra which is not installed.
    """
    shown = name or str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"{shown}: no such file") from None
    except IsADirectoryError:
        raise UnreadableDocument(f"{shown}: is a folder, not a file") from None
    except PermissionError:
        raise NotPermitted(f"{shown}: no permission to read this file") from None
    except (OSError, ValueError) as mistake:
        reason = getattr(mistake, "strerror", None) or str(mistake)
        raise UnreadableDocument(f"{shown}: cannot be read ({reason})") from None
    return read_bytes(data, shown)


def read_bytes(data: bytes, name: str) -> Document:
    """The Document that the bytes of a file hold. Raises UnreadableDocument, naming `name`."""
    if len(data) > LARGEST:
        raise UnreadableDocument(f"{name}: larger than {LARGEST // 1024 // 1024} MB, which no resolution is")
    if not data.strip():
        raise UnreadableDocument(f"{name}: the file is empty")
    original, encoding = text_of(data, name)
    cleaned = clean(original)
    if not cleaned.text.strip():
        raise UnreadableDocument(f"{name}: the file holds no text")
    problems: tuple[Problem, ...] = ()
    if encoding == "cp1252":
        problems = (Problem("encoding", f"{name} is not UTF-8; it was read as cp1252 (Western Windows)"),)
    return Document(
        name=name,
        original=original,
        text=cleaned.text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        changes=cleaned.changes,
        problems=problems,
    )
