"""The lines of a cleaned document with what the layout says about them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TERMINAL = frozenset(";.:!?؛؟。；：！？")
"""Characters that end an operative paragraph or one of its parts."""

PARAGRAPH_ENDS = TERMINAL - frozenset(":：")
"""Those behind which nothing of the paragraph is left."""

CLOSERS = "»”\"')]’ *"

PAUSES = TERMINAL | frozenset(",،，、")
"""Characters that end a preambular paragraph."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Non-empty lines; `gaps[i]` is true where the layout parts line i from the one before it.

    In a text where every line is followed by a blank one, blank lines say nothing, so that there are no gaps;
    in a text without blank lines and with whole paragraphs on each line, every line has one.
    `pages[i]` is true where a page began right before or ended right after line i.
    """

    texts: tuple[str, ...]
    gaps: tuple[bool, ...]
    pages: tuple[bool, ...]


def lines_of(text: str) -> Lines:
    """The lines of `text`, a cleaned document."""
    texts: list[str] = []
    blanks: list[int] = []
    pages: list[bool] = []
    blank, page = 0, False
    for line in text.split("\n"):
        if not line:
            blank += 1
        elif line == "\f":
            page = True
            if pages:
                pages[-1] = True
        else:
            texts.append(line)
            blanks.append(blank)
            pages.append(page)
            blank, page = 0, False
    return Lines(tuple(texts), tuple(_gaps(texts, blanks)), tuple(pages))


def ends(text: str, marks: frozenset[str]) -> bool:
    """Whether `text` ends with one of `marks`, closing quotes and brackets left aside."""
    if not text:
        return False
    if text[-1] in marks:
        return True
    bare = text[-12:].rstrip(CLOSERS)
    return bool(bare) and bare[-1] in marks


def _gaps(texts: list[str], blanks: list[int]) -> list[bool]:
    if len(texts) < 2:
        return [True] * len(texts)
    parted = sum(1 for blank in blanks[1:] if blank) / (len(texts) - 1)
    ended = sum(1 for text in texts if ends(text, PAUSES)) / len(texts)
    if parted < 0.03:
        return [ended > 0.6] * len(texts)
    widths = [_width(text) for text in texts]
    full = min(_LONG, 0.7 * sorted(widths)[len(widths) * 9 // 10])
    long = [at for at, width in enumerate(widths[:-1]) if width > full]
    broken = [at for at in long if not ends(texts[at], PAUSES)]
    often = len(broken) > 0.4 * len(long)  # a title alone may run over lines in a text of few paragraphs
    if parted > 0.7 and ended < 0.5 and often and sum(1 for at in broken if blanks[at + 1]) >= 0.5 * len(broken):
        return [False] * len(texts)
    # Where each long line ends as a sentence does, a line is a paragraph, or a part of one with its label.
    whole = len(long) > 2 and len(broken) < 0.2 * len(long)
    return [blank > 0 or (whole and at > 0 and ends(texts[at - 1], PAUSES)) for at, blank in enumerate(blanks)]


_LONG = 60
"""Characters of a line that is no label, name or date; Chinese ones are twice as wide."""


def _width(text: str) -> int:
    return len(text) * (2 if _is_wide(text[-2:][:1]) else 1)


def _is_wide(letter: str) -> bool:
    return "\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"


_HYPHEN = re.compile(r"[^\W_]-$")
_WITHIN = re.compile(r"\d–\d|\w/\w|[(\[]\w")
"""2018–2028, and/or, (2008): a line may end within them."""
_FIRST_WORD = re.compile(r"\w+(?![\w-])")


def join(pieces: Sequence[str], after_hyphen: frozenset[str]) -> str:
    """Lines of one paragraph as running text; a hyphen at the end of a line keeps its word together.

    The words of `after_hyphen` stay apart: `short-` and `and long-term`.
    """
    joined: list[str] = []
    for piece in pieces:
        if joined and (_is_wide(joined[-1][-1:]) or _is_wide(piece[:1])):
            pass  # Chinese sets no blanks between words, nor where it breaks a line at a figure
        elif joined and _WITHIN.search(joined[-1][-2:] + piece[:1]):
            pass
        elif joined and joined[-1][-1:] != "-":
            joined.append(" ")
        elif joined:
            word = _FIRST_WORD.match(piece)
            suspended = word is not None and word[0].casefold() in after_hyphen
            if suspended or not _HYPHEN.search(joined[-1]):
                joined.append(" ")
        joined.append(piece)
    return "".join(joined)
