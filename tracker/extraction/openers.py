"""Openers: the line that names the body and opens a resolution (`The Human Rights Council,`)."""

from __future__ import annotations

import re

from tracker.extraction.grammar import QUOTES, Grammar
from tracker.extraction.labels import NUMBER
from tracker.extraction.lines import PAUSES, Lines, ends, join

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
    whole_lines = Lines(tuple(texts), tuple(gaps), tuple(pages))
    return whole_lines, found or _of_unknown_body(whole_lines, grammar)


def _of_unknown_body(lines: Lines, grammar: Grammar) -> dict[int, str]:
    """`The Joint Council of Bodies,` before a paragraph that opens like a preambular one."""
    if not grammar.has_articles:
        return _without_comma(lines, grammar)
    if not grammar.cased:
        return {}
    for at in range(len(lines.texts) - 1):
        text, following = lines.texts[at], lines.texts[at + 1]
        named = len(text) < LONGEST and text[-1] == "," and text[:1].isupper() and grammar.article.match(text)
        if named and following[:1].isupper() and grammar.preamble.match(following):
            return {at: ""}
    return {}


def _without_comma(lines: Lines, grammar: Grammar) -> dict[int, str]:
    """The name of a body alone on its line, which only a preambular paragraph behind it tells from the masthead."""
    for at, following in enumerate(lines.texts[1:]):
        named = grammar.opener.match(lines.texts[at]) if len(lines.texts[at]) < LONGEST else None
        if named and grammar.preamble.match(following):
            return {at: grammar.body_of(named["body"]) or ""}
    return {}


def without_opener(lines: Lines, grammar: Grammar) -> int | None:
    """Where the paragraphs begin in a text without opener: before its preamble, or before paragraph 1."""
    for at, text in enumerate(lines.texts):
        number = NUMBER.match(text)
        if number and int(number["number"]) == 1 and grammar.operative.match(text, number.end()):
            first = at
            while first and ends(lines.texts[first - 1], PAUSES):
                first -= 1
            return first
    return None


def _is_opener(match: re.Match[str], text: str, grammar: Grammar) -> bool:
    """`The Council,` and not `Council,` at the end of a list that runs over lines."""
    if grammar.has_articles:
        return bool(match["article"]) and (not grammar.cased or text.lstrip(QUOTES + " ([")[:1].isupper())
    return bool(match["stop"])
