"""The text that was read and the resolution found in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.core.request import Problem, Request


class Kind(StrEnum):
    """The two kinds of paragraph of a resolution."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its text as it was, and its lines cleaned at the door.

    `sha256` is that of the bytes of the file. `changes` counts each repair by name
    (`newlines`, `controls`, `hyphens` ...), so that the user can be told.
    """

    name: str
    original: str
    text: str
    sha256: str
    encoding: str = "utf-8"
    changes: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or sub-paragraph; `start` and `end` are offsets into the cleaned text.

    `label` is empty for preambular paragraphs, else `16`, `12 (b)`, `12 (b) (ii)`: the chapeau `12`
    ends where its first sub-paragraph starts. `text` leaves the label itself out, as do the offsets.
    """

    kind: Kind
    label: str
    text: str
    start: int
    end: int

    @property
    def number(self) -> str:
        """The top-level number: `12` of `12 (b) (ii)`."""
        return self.label.partition(" ")[0]

    @property
    def sub(self) -> str | None:
        """The first-level letter: `b` of `12 (b) (ii)`, None for a top-level paragraph."""
        first = self.label.partition(" ")[2].partition(" ")[0]
        return first.strip("()") or None


@dataclass(frozen=True, slots=True)
class Resolution:
    """One adopted (or draft) text: what its front matter and closing block say, and its paragraphs.

    `text` is the cleaned, reflowed text that all offsets of paragraphs, requests and problems refer to:
    one paragraph a line, white space folded, footnotes and page furniture left out.
    `symbol` is as the text states it or as built from body and number; None where the text gives neither.
    `drafts` are the drafts that it recommends to another body: where each begins, and the body that is to adopt it;
    no body where it ends and the resolution goes on.
    """

    language: str
    text: str
    symbol: str | None
    body: str | None
    session: int | None
    title: str | None
    adopted_on: date | None
    meeting: str | None
    vote: str | None
    paragraphs: tuple[Paragraph, ...]
    footnotes: int = 0
    drafts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one operative paragraph that gave no request: its verb, and what it recalls.

    `recalled` holds the source of a request that another text made and this one only recalls
    (`A/RES/69/179`); None for every other paragraph. `start` is where the paragraph starts in the cleaned text:
    labels come again where sections are numbered from 1 each.
    """

    label: str
    verb: str
    recalled: str | None = None
    start: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one resolution."""

    resolution: Resolution
    requests: tuple[Request, ...]
    ledger: tuple[Account, ...]
    problems: tuple[Problem, ...]
