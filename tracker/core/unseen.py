"""Signs that nobody sees, and that turn, hide or fake the text around them: the one list of them.

Tables, JSON and reports make each visible. Listed are controls but the line feed, what Unicode lets every program
leave out (Default_Ignorable_Code_Point: bidi marks, zero-width signs, blank letters, tags), separators of lines,
surrogates and noncharacters. The list does not hang on the Unicode version of Python, so that the same content gives
the same output everywhere.
"""

from __future__ import annotations

import re
from functools import cache

HIDDEN = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\ud800-\udfff\ufdd0-\ufdef\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What no text needs: the inside of a class of a pattern."""

SHAPING = "\u200c\u200d\ufe00-\ufe0f"
"""Joiners and variation selectors: not seen either, but they shape the letters beside them (Persian, emoji)."""

BLANKS = "\t\r\x0b\x0c\u2028\u2029"
"""Those of them that stand for white space."""

_SEEN = bytes([*b"\n", *range(0x20, 0x7F)])
"""Printable ASCII and the line feed, none of which is hidden."""


# Made when first needed: it takes a millisecond, which a command that prints ASCII alone need not pay.
@cache
def _hidden() -> re.Pattern[str]:
    return re.compile(f"[{HIDDEN}]")


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile(f"[{HIDDEN}{SHAPING}]")


def visible(text: str) -> str:
    """`text` with what nobody sees as an escape in letters, and white space as blanks; line feeds stay.

    What shapes letters stays too: it reorders and hides nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    return _hidden().sub(lambda match: " " if match[0] in BLANKS else escape(match[0]), text)


def escape(char: str) -> str:
    r"""The number of a sign as people read it: `\u202e`."""
    return f"\\u{ord(char):04x}"


def in_json(text: str) -> str:
    """JSON `text` with what nobody sees escaped: a reader of JSON gets the same, a reader of the file sees it."""
    # Letters of English go first: to look at each sign of a long text would take a twentieth of reading it.
    others = text.encode("utf-8", "surrogatepass").translate(None, _SEEN).decode("utf-8", "surrogatepass")
    return _unseen().sub(_json_escape, text) if _unseen().search(others) else text


def _json_escape(match: re.Match[str]) -> str:
    """JSON numbers beyond FFFF are written as two surrogates.

    A surrogate alone, of the name of a file that is not UTF-8, is no letter: strict readers refuse its number. It
    becomes what messages and the database have for it: a backslash and what follows, in letters.
    """
    if "\ud800" <= match[0] <= "\udfff":
        return f"\\{escape(match[0])}"
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
