"""The stages of extraction in a row: document -> resolutions -> requests, ledger and problems."""

from __future__ import annotations

from tracker.core.resolution import Document, Extraction
from tracker.extraction.lexicon import load
from tracker.extraction.requests import find_requests
from tracker.extraction.resolutions import find_resolutions


def extract(document: Document, language: str | None = None, symbol: str | None = None) -> tuple[Extraction, ...]:
    """Everything found in `document`: one Extraction for each of its resolutions, in their order; at least one.

    Reads: the lexicon of the language of the text. Writes: nothing. `language` (a code such as `fr`) and `symbol`,
    where given, are believed rather than what the text says. Doubts are returned as problems, never raised.
    Raises NotAResolution when the text has no operative paragraphs or its language has no lexicon.
    """
    extractions: list[Extraction] = []
    for found in find_resolutions(document, language, symbol):
        resolution = found.resolution
        requests, ledger, problems = find_requests(resolution, load(resolution.language))
        doubts = (*document.problems, *found.problems, *problems) if not extractions else (*found.problems, *problems)
        extractions.append(Extraction(resolution, requests, ledger, doubts))
    return tuple(extractions)
