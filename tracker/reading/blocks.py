"""Text put together block by block, for formats that know their paragraphs, marks and notes."""

from __future__ import annotations

import re

from tracker.errors import UnreadableDocument
from tracker.reading.content import MOST_TEXT, Content

_MARK = re.compile(r"\s{0,20}+[\[(]?(?:\d{1,3}|[*†‡]{1,3}|[a-z])[\])]?\s{0,20}")
_UNIT = re.compile(r"\b[kcm]?m$")
_RAISED = str.maketrans("23", "²³")
LABEL = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,4}|[A-Z]|[IVX]{1,6})(?:\.|\))")


_TOLD = 60
"""Characters of struck words that a message repeats."""


class Blocks:
    """Gathers paragraphs. Line breaks within one stay line breaks; blank lines part them."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._open: list[str] = []
        self._size = 0
        self.footnotes = 0
        self.marks = 0
        self.struck = ""

    def say(self, text: str) -> None:
        """Adds to the paragraph that is open. Raises UnreadableDocument when the file holds too much text."""
        self._open.append(text)
        self._size += len(text)
        if self._size > MOST_TEXT:
            raise UnreadableDocument(f"more than {MOST_TEXT // 1024 // 1024} MB of text, which no resolution has")

    def raised(self, text: str) -> None:
        """Adds raised characters: a footnote mark is counted and left out, the power of a unit and `er` stay."""
        before = "".join(self._open[-2:]).rstrip()
        if text.strip() and not _MARK.fullmatch(text):
            self.say(text)
        elif _UNIT.search(before) and text.strip() in {"2", "3"}:
            self.say(text.translate(_RAISED))
        elif text.strip():
            self.marks += 1

    def strike(self, text: str) -> None:
        """Leaves out words that are struck through; the first ones are told."""
        self.struck = self.struck or " ".join(text.split())

    def count_in(self, other: Blocks) -> None:
        """Takes over what is told of `other`, whose text is said here."""
        self.footnotes += other.footnotes
        self.marks += other.marks
        self.strike(other.struck)

    @property
    def empty(self) -> bool:
        """Whether the open paragraph has no text yet."""
        return not any(piece.strip() for piece in self._open)

    @property
    def unfinished(self) -> str:
        """The text of the open paragraph as it was said."""
        return "".join(self._open)

    @property
    def waits(self) -> bool:
        """Whether the last paragraph so far is only a label."""
        return bool(self._done) and LABEL.fullmatch(self._done[-1]) is not None

    def end(self) -> None:
        """Ends the paragraph. One that is only a label (a table cell with `1.`) waits for its text."""
        text = "".join(self._open).strip(" \t\r\n")
        self._open.clear()
        if not text:
            return
        if self.waits:
            self._done[-1] += f" {text}"
        else:
            self._done.append(text)

    def content(self) -> Content:
        """All that was gathered."""
        self.end()
        problems = [("struck-out", f"words that are struck out were left out, the first: “{_short(self.struck)}”")]
        return Content("\n\n".join(self._done), self.footnotes, self.marks, tuple(problems if self.struck else ()))


def _short(text: str) -> str:
    return text if len(text) <= _TOLD else f"{text[: _TOLD - 1].rstrip()}…"
