"""Text as the grammar compares it: lower case, one kind of apostrophe, Arabic without vowel signs."""

from __future__ import annotations

import re
import unicodedata

_ONE_TO_ONE = tuple(zip("'ʼ‘`‑‐\u00a0أإآ", "’’’’--\u0020ااا", strict=True))
_DROPPED = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u200e\u200f]")


def fold(text: str) -> tuple[str, list[int] | None]:
    """`text` folded, and the place in `text` of each folded character (None: the same places).

    Arabic vowel signs and the stretching line are dropped (`تقـرر` is `تقرر`); everything else keeps its place.
    """
    folded = _plain(text.lower())
    if len(folded) != len(text):  # rare: lower case of `İ` is two characters
        folded = _plain("".join(_lower(letter) for letter in text))
    if folded.isascii() or not _DROPPED.search(folded):
        return folded, None
    places = [place for place, letter in enumerate(folded) if not _DROPPED.match(letter)]
    return "".join(folded[place] for place in places), [*places, len(text)]


def fold_word(phrase: str) -> str:
    """A phrase of a lexicon, folded as `fold` folds the text."""
    return fold(unicodedata.normalize("NFC", phrase))[0]


def _lower(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def _plain(text: str) -> str:
    for letter, plain in _ONE_TO_ONE:
        text = text.replace(letter, plain)  # quicker than str.translate where few letters change
    return text
