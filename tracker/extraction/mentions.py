"""What a clause says about time, before it is decided what of it is a deadline."""

from __future__ import annotations

from typing import NamedTuple

from tracker.core.deadline import Deadline
from tracker.extraction.context import Context
from tracker.extraction.folding import Folded
from tracker.extraction.time_words import TimeWords

_QUOTES = (("“", "”"), ("«", "»"))


class Clause(NamedTuple):
    """What the rules read: the folded clause, the words of its language, the resolution around it, its verb."""

    folded: Folded
    words: TimeWords
    context: Context
    verb: str = ""

    @property
    def text(self) -> str:
        """The folded text, to which all offsets refer."""
        return self.folded.text

    def spoken(self, start: int, end: int) -> str:
        """The words of the resolution at `start:end`."""
        return self.folded.words(start, end)

    def is_quoted(self, place: int) -> bool:
        """Whether `place` stands between quotation marks: in the title of something."""
        text = self.text
        return any(
            text.rfind(left, 0, place) > text.rfind(right, 0, place) and text.find(right, place) >= 0
            for left, right in _QUOTES
        )


class Mention(NamedTuple):
    """A deadline found at `start:end` of the folded clause by the rule `rule`.

    `order` compares the deadlines of one clause by when they fall: (year, month) or (year, month, day); None when that
    is not known.
    """

    deadline: Deadline
    start: int
    end: int
    rule: str
    order: tuple[int, ...] | None = None


class Doubt(NamedTuple):
    """Words that may be a deadline but do not say which: `code` of the problem, `words` of the text.

    `span` is where they stand in the folded clause, of those that count only where nothing else is read.
    """

    code: str
    words: str
    span: tuple[int, int] | None = None
