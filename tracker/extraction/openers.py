"""Openers: the line that names the body and opens a resolution (`The Human Rights Council,`)."""

from __future__ import annotations

import re

from tracker.extraction.grammar import QUOTES, Grammar
from tracker.extraction.lines import Lines, join

LONGEST = 150
"""Characters of the longest opener that is looked for."""


def with_whole_openers(lines: Lines, grammar: Grammar) -> tuple[Lines, dict[int, str]]:
    """The lines with each opener on one line, and line -> code of the body that the opener names.

    `The Human Rights Council,` may be broken over lines in a narrow text. An opener has an article or a comma,
    so that the name of the body in the masthead is none.
    """
    found: dict[int, str] = {}
    texts, gaps, pages = list(lines.texts), list(lines.gaps), list(lines.pages)
    at = 0
    while at < len(texts):
        text = texts[at]
        if len(text) < LONGEST and grammar.opener_start.match(text):
            for size in (1, 2, 3):
                whole = join(texts[at : at + size], grammar.after_hyphen)
                match = grammar.opener.match(whole) if len(whole) < LONGEST else None
                if match and _is_opener(match, whole, grammar):
                    found[at] = grammar.body_of(match["body"]) or ""
                    texts[at : at + size] = [whole]
                    del gaps[at + 1 : at + size], pages[at + 1 : at + size]
                    break
        at += 1
    return Lines(tuple(texts), tuple(gaps), tuple(pages)), found


def _is_opener(match: re.Match[str], text: str, grammar: Grammar) -> bool:
    """`The Council,` and not `Council,` at the end of a list that runs over lines."""
    if grammar.has_articles:
        return bool(match["article"]) and (not grammar.cased or text.lstrip(QUOTES + " ([")[:1].isupper())
    return bool(match["stop"])
