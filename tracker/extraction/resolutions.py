"""From a document to the resolutions in it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.core.request import Problem
from tracker.core.resolution import Document, Kind, Paragraph, Resolution
from tracker.errors import NotAResolution
from tracker.extraction.front_matter import Front, read_closing, read_front
from tracker.extraction.grammar import Grammar, grammar_of
from tracker.extraction.labels import split
from tracker.extraction.language import recognise
from tracker.extraction.lexicon import load
from tracker.extraction.lines import Lines, join, lines_of
from tracker.extraction.paragraphs import Block, Body, Walk


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
    start = 0
    while True:
        opener = next((at for at in openers if at >= start), None)
        if opener is None:
            break
        front = read_front(lines.texts[start:opener], openers[opener], grammar)
        walk = Walk(lines, grammar, frozenset(at for at in openers if at > opener), front.title_key)
        body = walk.run(opener + 1, len(lines.texts))
        closing = _closing(lines, body.end)
        read_closing(front, closing, grammar)
        if any(block.kind is Kind.OPERATIVE for block in body.blocks):
            found.append(_found(document, language, symbol, lines.texts[opener], front, body, closing))
        start = body.end + max(1, len(closing))
        break
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


def _closing(lines: Lines, start: int) -> list[str]:
    return list(lines.texts[start : start + 12])


def _found(
    document: Document, language: str, symbol: str | None, opener: str, front: Front, body: Body, closing: list[str]
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
