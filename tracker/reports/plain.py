"""Text that no format obeys: what cannot be seen comes out as a visible escape."""

from __future__ import annotations

import re

from tracker.core.unseen import visible

_LONGEST_LINK = 2_000
"""Longer addresses are refused by the formats, one at 2,079 characters, one at 8,000."""


def plain(text: str) -> str:
    """`text` with white space as blanks, line feeds kept, and everything invisible as an escape in letters.

    Joiners (U+200C, U+200D) stay: Persian and emoji need them, and they reorder nothing. The sign for what could not
    be read (U+FFFD) is an escape too: not every font has it.
    """
    return visible(text.replace("\r\n", "\n")).replace("\ufffd", "\\ufffd")


_INSIDE = "\\([A-Za-z0-9]{1,6}\\)"
_WORD = f"[A-Za-z\u00c0-\u024f](?:(?:[^\\s()\u0590-\u08ff]|{_INSIDE})*(?:[A-Za-z0-9\u00c0-\u024f]|{_INSIDE}))?"
_LATIN = re.compile(f"{_WORD}(?:[ ,;]{{1,2}}(?:{_WORD}|[0-9][0-9.]*(?=[\\s,\u060c\u061b]|$)))*")
_PLACE = r"(?P<place>\b[0-9]+(?:\([A-Za-z0-9]{1,6}\))+(?:\.[0-9]+)?)"
"""A paragraph such as `12(b)`, which begins with no letter."""
_LEFT_TO_RIGHT = re.compile(f"{_LATIN.pattern}|{_PLACE}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
MARK = "\u200f"
"""What stands for a letter of Arabic, so that a number or bracket behind Latin words is not taken for one of them."""


def marked(text: str, direction: str) -> str:
    """`text` as `plain` has it, for a text from right to left: its words in Latin letters keep to themselves.

    Without the mark `A/HRC/31/81 (15 ...` shows the 15 and the bracket on the wrong side.
    """
    shown = plain(text)
    if direction != "rtl":
        return shown
    mixed = _RIGHT_TO_LEFT.search(shown) is not None
    if not mixed and "(" not in shown:
        return shown

    def kept(match: re.Match[str]) -> str:
        # Without the mark before it, 3(a) shows as (a)3.
        return f"\u200e{match[0]}{MARK}" if match["place"] else match[0] + MARK * mixed

    return _LEFT_TO_RIGHT.sub(kept, shown)


def scripts(text: str) -> list[tuple[str, bool]]:
    """`text` (of `marked`) in pieces, and whether each is in Latin letters."""
    pieces, last = [], 0
    for match in _LATIN.finditer(text):
        pieces += [(text[last : match.start()], False), (match[0], True)]
        last = match.end()
    return [(piece, latin) for piece, latin in (*pieces, (text[last:], False)) if piece]


def web_link(link: str | None) -> str | None:
    """`link` where a reader may be sent to, percent-encoded; None for everything that is no web address."""
    from urllib.parse import quote

    if not link or len(link) > _LONGEST_LINK or not re.match(r"https?://[^\s/]", link):
        return None
    return quote(plain(link), safe="/:?#[]@!$&'*+,;=%~-._")
