"""What the reader of one format hands on, and the limits that all of them keep."""

from __future__ import annotations

from typing import NamedTuple

MOST_TEXT = 20 * 1024 * 1024
"""Characters of text that a file may hold once unpacked: forty times the longest resolution known."""


class Content(NamedTuple):
    """The text of a file as lines, a blank line where the layout parts paragraphs, a form feed where a page ended.

    `footnotes` and `marks` were told by the format and are no longer in the text. `problems` are pairs of a code
    and a message.
    """

    text: str
    footnotes: int = 0
    marks: int = 0
    problems: tuple[tuple[str, str], ...] = ()
