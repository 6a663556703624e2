"""What is between the opener of a resolution and its closing block, as it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from tracker.core.request import Problem
from tracker.core.resolution import Kind
from tracker.extraction.labels import SECTION_TITLE
from tracker.extraction.lines import PAUSES, ends

LONGEST_HEADING = 160
"""Characters: a longer line is no heading."""


@dataclass(slots=True)
class Block:
    """A paragraph being read: `lines` as they stand in the document, `kind` None while it is not known."""

    kind: Kind | None
    number: str = ""
    label: str = ""
    lines: list[str] = field(default_factory=list)
    verb: bool = False

    @property
    def last(self) -> str:
        """The last line so far."""
        return self.lines[-1] if self.lines else ""

    @property
    def is_short(self) -> bool:
        """Short enough for a heading; that of a section may run over several lines."""
        longest = 2 * LONGEST_HEADING if SECTION_TITLE.match(self.lines[0]) else LONGEST_HEADING
        return sum(map(len, self.lines)) < longest

    @property
    def is_heading(self) -> bool:
        """Short and without the mark that ends a paragraph."""
        return self.is_short and not ends(self.last, PAUSES)


@dataclass(slots=True)
class Body:
    """What the walk found in the lines of one resolution; `end` is the line after its last paragraph.

    `drafts` are the drafts inside it: the line of the opener, and how many of `blocks` stand before.
    """

    blocks: list[Block] = field(default_factory=list)
    drafts: list[tuple[int, int]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    end: int = 0

    @property
    def has_operative(self) -> bool:
        """Whether there are operative paragraphs in it."""
        return any(block.kind is Kind.OPERATIVE for block in self.blocks)
