"""Text that no format obeys: what cannot be seen comes out as a visible escape."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    # controls but the line feed; marks that turn or hide text; surrogates, private use of no meaning, noncharacters
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\ud800-\udfff\ufdd0-\ufdef\U000e0000-\U000e0fff]"
)


_LONGEST_LINK = 2_000
"""Longer addresses are refused by the formats, one at 2,079 characters, one at 8,000."""


def plain(text: str) -> str:
    """`text` with white space as blanks, line feeds kept, and everything invisible as an escape in letters.

    Joiners (U+200C, U+200D) stay: Persian and emoji need them, and they reorder nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_visible, text.replace("\r\n", "\n"))


def _visible(match: re.Match[str]) -> str:
    char = match[0]
    return " " if char in "\t\r\x0b\x0c\u2028\u2029" else f"\\u{ord(char):04x}"


def web_link(link: str | None) -> str | None:
    """`link` where a reader may be sent to, percent-encoded; None for everything that is no web address."""
    from urllib.parse import quote

    if not link or len(link) > _LONGEST_LINK or not re.match(r"https?://[^\s/]", link):
        return None
    return quote(plain(link), safe="/:?#[]@!$&'*+,;=%~-._")
