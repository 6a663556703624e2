"""The stages of extraction in a row: document -> resolutions -> requests, ledger and problems."""

from __future__ import annotations

from tracker.core.resolution import Document, Extraction
from tracker.errors import NotAResolution
from tracker.extraction.lexicon import load
from tracker.extraction.requests import find_requests
from tracker.extraction.resolutions import find_resolutions

MOST_TEXT = 4 * 1024 * 1024
"""Characters of resolutions in one document: eight times the longest known; `reading.limits` ends what takes long."""


def extract(document: Document, language: str | None = None, symbol: str | None = None) -> tuple[Extraction, ...]:
    """Everything found in `document`: one Extraction for each of its resolutions, in their order; at least one.

    Reads: the lexicon of the language of the text. Writes: nothing. `language` (a code such as `fr`) and `symbol`,
    where given, are believed rather than what the text says. Doubts are returned as problems, never raised.
    Raises NotAResolution when the text has no operative paragraphs, its language has no lexicon, or it is far longer
    than any resolution.
    """
    extractions: list[Extraction] = []
    resolutions = find_resolutions(document, language, symbol)
    if sum(len(found.resolution.text) for found in resolutions) > MOST_TEXT:
        most = MOST_TEXT // 1024 // 1024
        raise NotAResolution(f"{document.name}: more than {most} MB of resolutions; split the file and read its parts")
    for found in resolutions:
        resolution = found.resolution
        requests, ledger, problems = find_requests(resolution, load(resolution.language))
        doubts = (*document.problems, *found.problems, *problems) if not extractions else (*found.problems, *problems)
        extractions.append(Extraction(resolution, requests, ledger, doubts))
    return tuple(extractions)
