"""Documents in which resolutions of several languages follow each other, cut into runs of one language."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from tracker.extraction.closing import is_closing
from tracker.extraction.front_matter import FRONT, STRAY
from tracker.extraction.grammar import grammar_of
from tracker.extraction.language import openers_of, recognise
from tracker.extraction.lexicon import load
from tracker.extraction.lines import PARAGRAPH_ENDS, Lines, ends

_TOLD_BY = 5
"""Lines from an opener on that tell the language of its resolution."""


class Run(NamedTuple):
    """Lines in one language that follow each other."""

    language: str
    lines: Lines


def runs_of(lines: Lines, language: str) -> tuple[Run, ...]:
    """The runs of a document, most of which is in `language`: one, but for the few that have openers in another.

    A run begins with the front matter of its first resolution.
    """
    foreign = _foreign(language)
    if not any(text.startswith(foreign) for text in lines.texts):
        return (Run(language, lines),)
    cuts = [(0, "")]
    for at, text in enumerate(lines.texts):
        spoken = _language_from(lines, at) if text.startswith((*foreign, *openers_of()[language])) else None
        if spoken and spoken != cuts[-1][1]:
            before = cuts[-1][1]
            cuts.append((_front_start(lines, at, before) if before else 0, spoken))
    if len(cuts) < 3:
        return (Run(cuts[-1][1] or language, lines),)
    stops = [start for start, _ in cuts[2:]] + [len(lines.texts)]
    return tuple(Run(spoken, _cut(lines, start, stop)) for (start, spoken), stop in zip(cuts[1:], stops, strict=True))


@cache
def _foreign(language: str) -> tuple[str, ...]:
    """How a resolution may open in any other language."""
    return tuple(opener for other, openers in openers_of().items() if other != language for opener in openers)


def _language_from(lines: Lines, opener: int) -> str | None:
    """The language of the lines from an opener on, if the opener is of it."""
    language = recognise("\n".join(lines.texts[opener : opener + _TOLD_BY]))
    return language if language and lines.texts[opener].startswith(openers_of()[language]) else None


def _front_start(lines: Lines, opener: int, before: str) -> int:
    """The first line of the front matter of a resolution behind one in the language `before`."""
    at, grammar = opener, grammar_of(load(before))
    while at > max(0, opener - FRONT):
        above = lines.texts[at - 1]
        if ends(above, PARAGRAPH_ENDS) and not STRAY.match(above):
            break
        at -= 1
    while at < opener and is_closing(lines.texts[at], grammar):
        at += 1
    return at


def _cut(lines: Lines, start: int, stop: int) -> Lines:
    return Lines(lines.texts[start:stop], lines.gaps[start:stop], lines.pages[start:stop])
