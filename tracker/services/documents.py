"""One file and the resolutions in it: what a process that reads (`worker`) does with it, without the database."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tracker.core.resolution import Document, Extraction
from tracker.core.unseen import in_json
from tracker.errors import NotAResolution


def resolutions_in(path: Path, symbol: str | None, language: str | None) -> tuple[Document, tuple[Extraction, ...]]:
    """The text of a file and what is to be stored of it. Without a symbol nothing is: no database is made for it.

    Raises NotAResolution, and NotFound, BadInputFile and their kin when the file cannot be read.
    """
    from tracker.extraction.pipeline import extract
    from tracker.reading.files import read

    document = read(path)
    found = extract(document, language=language, symbol=symbol)
    require_symbols(document, found)
    return document, found


def require_symbols(document: Document, extractions: Iterable[Extraction]) -> None:
    """Raises NotAResolution when a resolution has no symbol."""
    if any(extraction.resolution.symbol is None for extraction in extractions):
        raise NotAResolution(
            f"{document.name}: the text does not say which resolution it is; nothing was stored; give --symbol"
        )


def contracts_in(path: Path, symbol: str | None = None, language: str | None = None) -> tuple[dict[str, Any], ...]:
    """The JSON object (`extracting`) of each resolution in a file; stored or not, with a symbol or without.

    Raises NotFound, BadInputFile and their kin when the file cannot be read or holds no resolution.
    """
    from tracker.extraction.pipeline import extract
    from tracker.reading.files import read
    from tracker.services.extracting import as_contract

    return tuple(as_contract(found, str(path)) for found in extract(read(path), language=language, symbol=symbol))


def line_in(path: Path, symbol: str | None = None, language: str | None = None) -> str:
    """The line of JSON that `tracker extract --json` prints for a file. Raises what `contracts_in` does."""
    from tracker.services.extracting import one_line

    return in_json(json.dumps(one_line(contracts_in(path, symbol, language)), ensure_ascii=False)) + "\n"
