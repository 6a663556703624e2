"""From a document to the resolutions in it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.request import Problem
from tracker.core.resolution import Document, Kind, Paragraph, Resolution
from tracker.errors import NotAResolution
from tracker.extraction.front_matter import STRAY, Front, build_symbol, has_heading, read_closing, read_front
from tracker.extraction.grammar import Grammar, grammar_of
from tracker.extraction.labels import split
from tracker.extraction.language import recognise
from tracker.extraction.lexicon import load
from tracker.extraction.lines import Lines, join, lines_of
from tracker.extraction.paragraphs import Block, Body, Walk


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
    lines = lines_of(document.text)
    openers = _openers(lines, grammar)
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
            found.append(_found(document, language, symbol, lines.texts[opener], front, body))
            before = front
    if not found:
        raise NotAResolution(f"{document.name}: no operative paragraphs were found in it")
    return tuple(found)


def _openers(lines: Lines, grammar: Grammar) -> dict[int, str]:
    """Line -> code of the body that the opener on it names (`The Human Rights Council,`)."""
    found: dict[int, str] = {}
    for at, text in enumerate(lines.texts):
        if len(text) < 120:
            match = grammar.opener.match(text)
            if match and (match["article"] or match["stop"]):
                found[at] = grammar.body_of(match["body"]) or ""
    return found


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


def _found(
    document: Document, language: str, symbol: str | None, opener: str, front: Front, body: Body
) -> Found:
    text: list[str] = []
    paragraphs: list[Paragraph] = []
    length = 0

    def put(line: str) -> int:
        nonlocal length
        start = length
        text.append(line)
        length += len(line) + 1
        return start

    if front.title:
        put(front.title)
    put(opener)
    for block in body.blocks:
        for part, label, kind in _parts(block):
            prefix = f"{label} " if label else ""
            start = put(prefix + part.text) + len(prefix)
            paragraphs.append(Paragraph(kind, part.label, part.text, start, start + len(part.text)))
    for line in front.closing:
        put(line)
    resolution = Resolution(
        language=language,
        text="\n".join(text),
        symbol=symbol or front.symbol,
        body=front.body,
        session=front.session,
        title=front.title,
        adopted_on=front.adopted_on,
        meeting=front.meeting,
        vote=front.vote,
        paragraphs=tuple(paragraphs),
        footnotes=dict(document.changes).get("footnotes", 0),
    )
    return Found(resolution, tuple(body.problems))


@dataclass(frozen=True, slots=True)
class _Text:
    label: str
    text: str


def _parts(block: Block) -> list[tuple[_Text, str, Kind]]:
    if block.kind is not Kind.OPERATIVE:
        return [(_Text("", _fold("\n".join(block.lines))), "", Kind.PREAMBULAR)]
    found = []
    for part in split("\n".join(block.lines)):
        label = block.number + "".join(f" ({letter})" for letter in part.path)
        written = part.label if part.path else block.label
        found.append((_Text(label, _fold(part.text)), written, Kind.OPERATIVE))
    return found


def _fold(text: str) -> str:
    return " ".join(join([line for line in text.split("\n") if line]).split())
