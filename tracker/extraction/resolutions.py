"""From a document to the resolutions in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.core.request import Problem
from tracker.core.resolution import Document, Kind, Resolution
from tracker.errors import NotAResolution
from tracker.extraction.composition import compose
from tracker.extraction.front_matter import STRAY, Front, build_symbol, has_heading, read_closing, read_front
from tracker.extraction.grammar import grammar_of
from tracker.extraction.language import recognise
from tracker.extraction.lexicon import load
from tracker.extraction.lines import Lines, lines_of
from tracker.extraction.openers import with_whole_openers
from tracker.extraction.paragraphs import Walk

FRONT = 60
"""Lines before an opener that may be its front matter."""

CLOSING = 12
"""Lines after the last paragraph that may say meeting, date and vote."""


@dataclass(frozen=True, slots=True)
class Found:
    """A resolution found in a document, and the doubts met while reading its structure."""

    resolution: Resolution
    problems: tuple[Problem, ...]


def find_resolutions(document: Document, language: str | None = None, symbol: str | None = None) -> tuple[Found, ...]:
    """All the resolutions in `document`, in order; at least one.

    `language` and `symbol`, where given, are believed rather than what the text says.
    Raises NotAResolution when the language has no lexicon or the text has no operative paragraphs.
    """
    language = language or recognise(document.text)
    if language is None:
        raise NotAResolution(f"{document.name}: the language of the text was not recognised; name it with --language")
    grammar = grammar_of(load(language))
    lines, openers = with_whole_openers(lines_of(document.text), grammar)
    footnotes = dict(document.changes).get("footnotes", 0)
    found: list[Found] = []
    start, before = 0, None
    for opener, body_code in openers.items():
        if opener < start:
            continue
        head = lines.texts[max(start, opener - FRONT) : opener]
        after_annex = start < len(lines.texts) and bool(grammar.annex.match(lines.texts[start]))
        if before is not None and not has_heading(head, grammar, after_annex=after_annex):
            continue
        front = read_front(head, body_code, grammar, before)
        later = frozenset(at for at in openers if at > opener)
        skipped = _running_titles(lines, front, opener) | _stray_number(lines, front, opener)
        body = Walk(lines, grammar, later, skipped).run(opener + 1, len(lines.texts))
        closing = read_closing(front, lines.texts[body.end : body.end + CLOSING], grammar)
        start = body.end + closing
        if any(block.kind is Kind.OPERATIVE for block in body.blocks):
            resolution = compose(front, lines.texts[opener], body.blocks, grammar, footnotes)
            if symbol:
                resolution = replace(resolution, symbol=symbol)
            found.append(Found(resolution, tuple(body.problems)))
            before = front
    if not found:
        raise NotAResolution(f"{document.name}: no operative paragraphs were found in it")
    return tuple(found)


def _stray_number(lines: Lines, front: Front, start: int) -> frozenset[int]:
    """The line with the number of the resolution where a converter has put it into the text."""
    if front.number or front.symbol:
        return frozenset()
    for at in range(start + 1, len(lines.texts)):
        found = STRAY.match(lines.texts[at]) if len(lines.texts[at]) < 12 else None
        if found:
            front.number = found["number"]
            build_symbol(front)
            return frozenset({at})
    return frozenset()


def _running_titles(lines: Lines, front: Front, start: int) -> frozenset[int]:
    """Lines at page breaks that repeat the title: whole runs that begin with its first words."""
    title = front.title_key
    found: set[int] = set()
    if not title or not any(lines.pages):
        return frozenset()
    for at in range(start + 1, len(lines.texts)):
        if not lines.pages[at] or at in found:
            continue
        for first in range(max(start + 1, at - 5), at + 1):
            run, last = lines.texts[first].casefold(), first
            if not title.startswith(run) or len(run) > 200:
                continue
            while last + 1 < len(lines.texts) and title.startswith(f"{run} {lines.texts[last + 1].casefold()}"):
                last += 1
                run = f"{run} {lines.texts[last].casefold()}"
            if last >= at - 1 and len(run) > len(title) // 2:
                found.update(range(first, last + 1))
                break
    return frozenset(found)
