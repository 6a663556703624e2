"""From a document to the resolutions in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from tracker.core.request import Problem
from tracker.core.resolution import Document, Resolution
from tracker.errors import NotAResolution
from tracker.extraction.body import LONGEST_HEADING, Body
from tracker.extraction.closing import is_closing, read_closing
from tracker.extraction.composition import compose, lost_letters
from tracker.extraction.front_matter import FRONT, STRAY, Front, build_symbol, has_heading, read_front
from tracker.extraction.grammar import Grammar, grammar_of
from tracker.extraction.labels import NUMBER, SUB
from tracker.extraction.language import recognise
from tracker.extraction.lexicon import load
from tracker.extraction.lines import PARAGRAPH_ENDS, Lines, ends, lines_of
from tracker.extraction.openers import with_whole_openers, without_opener
from tracker.extraction.paragraphs import Walk
from tracker.extraction.runs import Run, runs_of

HEADING = 8
"""Lines between the number of a resolution and its opener, when it follows another in the same file."""

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
    lines, given = lines_of(document.text), language
    language = language or recognise(document.text)
    if language is None:
        raise NotAResolution(f"{document.name}: the language of the text was not recognised; name it with --language")
    footnotes = dict(document.changes).get("footnotes", 0)
    found: list[Found] = []
    unread: list[Problem] = []
    for run in (Run(language, lines),) if given else runs_of(lines, language):
        grammar = grammar_of(load(run.language))
        read = _resolutions(run.lines, grammar)
        if not read:
            message = f"a part of the text in {run.language!r} was not read: no operative paragraphs were found in it"
            unread.append(Problem("part-unread", message))
        for one in read:
            resolution = compose(one.front, one.opener, one.body.blocks, one.drafts, grammar, footnotes)
            if symbol and not found:
                resolution = replace(resolution, symbol=symbol)
            found.append(Found(resolution, (*one.body.problems, *lost_letters(resolution))))
    if not found:
        raise NotAResolution(f"{document.name}: no operative paragraphs were found in it")
    found[0] = replace(found[0], problems=(*unread, *found[0].problems))
    return tuple(found)


def _resolutions(lines: Lines, grammar: Grammar) -> list[_Read]:
    """All the resolutions in lines of one language."""
    lines, openers = with_whole_openers(lines, grammar)
    if openers:
        found = list(_each(lines, openers, grammar))
    else:
        start = without_opener(lines, grammar)
        found = [] if start is None else [_read(lines, lines.texts[:start], start, {}, grammar)]
    return [one for one in found if one.body.has_operative]


class _Read(NamedTuple):
    """One resolution as it stands in the lines; `end` is the line after its closing block.

    `drafts` are the bodies that the drafts inside it are for, by the number of paragraphs before them.
    """

    front: Front
    opener: str
    body: Body
    end: int
    drafts: Mapping[int, str]


def _each(lines: Lines, openers: Mapping[int, str], grammar: Grammar) -> Iterator[_Read]:
    """The resolutions that begin at `openers`, without those that are part of another one or of an annex."""
    before: _Read | None = None
    for opener in openers:
        start = before.end if before else 0
        if opener < start:
            continue
        head = lines.texts[max(start, opener - FRONT) : opener]
        after_annex = start < len(lines.texts) and bool(grammar.annex.match(lines.texts[start]))
        if before is None or has_heading(head, grammar, after_annex=after_annex):
            read = _read(lines, head, opener, openers, grammar, before.front if before else None)
            if read.body.has_operative:
                before = read
                yield read
        elif not after_annex:
            message = f"what follows {lines.texts[opener]!r} was not read: no number of a resolution stands before it"
            before.body.problems.append(Problem("resolution-unread", message))


def _read(
    lines: Lines,
    head: Sequence[str],
    opener: int,
    openers: Mapping[int, str],
    grammar: Grammar,
    before: Front | None = None,
) -> _Read:
    """The resolution with its opener on line `opener` and the lines of `head` before it."""
    front = read_front(head, openers.get(opener, ""), grammar, before)
    first = opener + 1 if opener in openers else opener
    skipped = _running_titles(lines, front, first) | _stray_number(lines, front, first)
    later = frozenset(at for at in openers if at > opener)
    headings = _headings(lines, later, grammar)
    body = Walk(lines, grammar, later, skipped, headings).run(first, len(lines.texts))
    stop = min((at for at in headings if at >= body.end), default=len(lines.texts))
    end = body.end + read_closing(front, lines.texts[body.end : min(body.end + CLOSING, stop)], grammar)
    drafts = {count: openers[at] for at, count in body.drafts}
    return _Read(front, lines.texts[opener] if opener in openers else "", body, end, drafts)


def _headings(lines: Lines, openers: Iterable[int], grammar: Grammar) -> frozenset[int]:
    """The lines with the number of a resolution a few lines before its opener, and where its front matter begins."""
    numbered = [
        at
        for opener in openers
        for at in range(max(0, opener - HEADING), opener)
        if has_heading(lines.texts[at : at + 1], grammar, after_annex=False)
    ]
    fronts = (_front_start(lines, at, grammar) for at in numbered)
    return frozenset({at for at in numbered if lines.gaps[at]}.union(at for at in fronts if at is not None))


def _front_start(lines: Lines, heading: int, grammar: Grammar) -> int | None:
    """The first line of the front matter that ends with `heading`: the one behind the end of a paragraph."""
    for at in range(heading, max(0, heading - FRONT), -1):
        text = lines.texts[at]
        if NUMBER.match(text) or SUB.match(text) or grammar.operative.match(text) or grammar.annex.match(text):
            return None
        if is_closing(text, grammar) or (at < heading and len(text) > LONGEST_HEADING):
            return None
        if ends(lines.texts[at - 1], PARAGRAPH_ENDS):
            return at
    return None


def _stray_number(lines: Lines, front: Front, start: int) -> frozenset[int]:
    """The line with the number of the resolution where a converter has put it into the text."""
    if front.number or front.symbol:
        return frozenset()
    for at in range(start, len(lines.texts)):
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
    for at in range(start, len(lines.texts)):
        if not lines.pages[at] or at in found:
            continue
        for first in range(max(start, at - 5), at + 1):
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
