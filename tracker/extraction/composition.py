"""Puts the text of a resolution together from what was read, and its paragraphs with their offsets in that text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from tracker.core.request import Problem
from tracker.core.resolution import Kind, Paragraph, Resolution
from tracker.extraction.body import Block
from tracker.extraction.front_matter import Front
from tracker.extraction.grammar import Grammar
from tracker.extraction.labels import missing, split
from tracker.extraction.lines import join

_OPENING, _CLOSING = "“«「", "”»」"


def compose(
    front: Front, opener: str, blocks: Sequence[Block], drafts: Mapping[int, str], grammar: Grammar, footnotes: int
) -> Resolution:
    """The resolution: one line for the title, the opener, each paragraph and sub-paragraph, and the closing block.

    `drafts` says before how many `blocks` the draft of another body begins, and of which one. It ends with its
    quotation mark, else with the resolution.
    """
    lines = [line for line in (front.title, opener) if line]
    length = sum(len(line) + 1 for line in lines)
    paragraphs: list[Paragraph] = []
    places: list[tuple[int, str]] = []
    for at, block in enumerate(blocks):
        if at in drafts:
            places.append((length, drafts[at]))
        elif places and places[-1][1] and _closes(blocks[at - 1]):
            places.append((length, ""))
        kind = block.kind or Kind.PREAMBULAR
        for label, written, text in _parts(block, grammar):
            line = f"{written} {text}" if written else text
            end = length + len(line)
            paragraphs.append(Paragraph(kind, label, text, end - len(text), end))
            lines.append(line)
            length = end + 1
    return Resolution(
        language=grammar.language,
        text="\n".join([*lines, *front.closing]),
        symbol=front.symbol,
        body=front.body,
        session=front.session,
        title=front.title,
        adopted_on=front.adopted_on,
        meeting=front.meeting,
        vote=front.vote,
        paragraphs=tuple(paragraphs),
        footnotes=footnotes,
        drafts=tuple(places),
    )


def lost_letters(resolution: Resolution) -> Iterator[Problem]:
    """A problem for each operative paragraph in whose letters there is a gap."""
    for number, rows in groupby(resolution.paragraphs, lambda row: row.label.partition(" ")[0]):
        names = [row.label.partition("(")[2].rstrip(")") for row in rows if row.label.count("(") == 1]
        if number and (lost := missing(names)):
            written = ", ".join(f"({name})" for name in lost)
            yield Problem("letter-lost", f"no letter {written} was found in paragraph {number}")


def _closes(block: Block) -> bool:
    """Whether a paragraph is the last one of a draft between quotation marks: it ends with one that it did not open."""
    text = "\n".join(block.lines).strip(" \n.;:؛；。")
    if text[-1:] not in _CLOSING:
        return False
    text = text.lstrip(_OPENING)
    return sum(text.count(sign) for sign in _CLOSING) > sum(text.count(sign) for sign in _OPENING)


def _parts(block: Block, grammar: Grammar) -> Iterator[tuple[str, str, str]]:
    """Label, label as written, and text of a paragraph and its sub-paragraphs."""
    if block.kind is not Kind.OPERATIVE:
        yield "", "", _fold(block.lines, grammar)
        return
    for part in split("\n".join(block.lines)):
        label = block.number + "".join(f" ({letter})" for letter in part.path)
        yield label, part.label if part.path else block.label, _fold(part.text.split("\n"), grammar)


def _fold(lines: Sequence[str], grammar: Grammar) -> str:
    if len(lines) == 1 and "  " not in lines[0]:
        return lines[0].strip()
    return " ".join(join([line for line in lines if line], grammar.after_hyphen).split())
