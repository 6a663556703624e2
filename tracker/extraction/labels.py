"""Labels of paragraphs: `12.`, `(a)`, `b)`, `(iv)`, and which of them part a paragraph into sub-paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.extraction.alphabets import (
    ABJAD,
    CYRILLIC,
    HIJAI,
    LOOKALIKES,
    ROMAN,
    is_han,
    number_value,
)

NUMBER = re.compile(
    r"""[«“”„"]?[ ]?
    (?P<number> [0-9]{1,3} | [٠-٩]{1,3} | [０-９]{1,3} )
    (?: [ ]?[.．、。](?! [ ]?[0-9] )(?: [-–—](?=[ ]) )? | (?: [ ][-–—][ ]? | [-–—][ ] )(?=\D) | \)(?=\s) )
    [ ]*
    """,
    re.VERBOSE,
)
"""The number of an operative paragraph at the start of a line: `12. `, in Arabic `12 - `, in a quoted draft `”12`."""

BARE_NUMBER = re.compile(r"(?P<number>[0-9]{1,3}) ")

ADDED = re.compile(r"(?P<number>[0-9]{1,3})\.? ?(?P<added>bis|ter|quater|quinquies)(?:[.)] ?| )", re.IGNORECASE)
"""`2 bis.`: the number of a paragraph that was put in behind paragraph 2."""

HAN_NUMBER = re.compile(r"(?P<number>[一二三四五六七八九十]{1,3})、 ?")
"""`十二、`: a number in words, as older Chinese texts have it; headings of sections are numbered so, too."""

FIRST_MISREAD = re.compile(r"[lI]\. ?[A-Z]")
"""`l.` or `I.` that a scanner made of `1.`"""

SECTION = re.compile(r"(?:[IVX]{1,6}|[A-H])\.?$")
"""A line with the number of a section alone."""

SECTION_TITLE = re.compile(r"(?:[IVX]{1,6}|[A-H])\.? +(?=[^\W\d_])(?=\w[^.;]*$)")
"""The first line of the title of a section: `II Report of the Unit`."""

SUB = re.compile(
    r"""(?: [(（]?[ ]?
    (?P<letter> [a-zA-Z]{1,2} | [ivxIVX]{1,5} | [0-9]{1,2} | [а-я] | [أ-ي]{1,2} | ا | [一二三四五六七八九十]{1,3} )
    [ ]?[)）](?:[ \n]|(?=[\u4e00-\u9fff]))
    | (?P<dotted> [a-z] | [ivx]{1,5} )\.[ ](?=[^\W\d_]{2})
    | ['‘’](?P<inner>[0-9٠-٩]{1,2})['‘’][ ] )
    """,
    re.VERBOSE,
)
"""The label of a sub-paragraph at the start of a line: `(a) `, `b) `, `iv. `."""

_PLACE = re.compile(rf'(?P<before>[\n:;：；؛]) ?(?:\w{{1,4}} )?(?P<label>[«“”„"]?(?x:{SUB.pattern}))')


class Part(NamedTuple):
    """A piece of an operative paragraph: its path of letters (`("a", "ii")`, empty for the chapeau) and its text."""

    path: tuple[str, ...]
    label: str
    text: str


_ONE_LIST = ({"latin", "cyrillic"}, {"abjad", "hijai"})
"""Alphabets that share letters, so that the first ones do not tell which it is."""

_DOTTED = re.compile(r"[\n:;] ?(?:a|i)\. ")
_CONJUNCTION = re.compile(r"[;,:؛،；]\s?\w{1,4}$")
"""`...; and` before `(b)` at the start of a line."""


def split(text: str) -> tuple[Part, ...]:
    """The chapeau and the lettered sub-paragraphs of an operative paragraph, two levels deep.

    Line feeds in `text` stand where its lines began. Letters must follow each other, so that a mention of
    `paragraph (c)` parts nothing; the result is the same however the text was broken into lines.
    """
    dotted = "a. " in text or "i. " in text  # before the pattern, which reads all of the text
    if ")" not in text and "）" not in text and not (dotted and _DOTTED.search(text)):
        return _split_lines(text)
    cuts: list[tuple[int, int, tuple[str, ...], str]] = []
    first, second = 0, 0
    style: str | None = None
    for found in _PLACE.finditer(text):
        place = _accepted(text, found, first, second, style)
        if place is None:
            continue
        level, index, kind = place
        if level == 1:
            if style is not None and kind != style and {kind, style} not in _ONE_LIST:
                continue
            style, first, second = kind, index, 0
            cuts.append((found.start("label"), found.end(), (_name(kind, index),), found["label"].strip()))
        elif first:
            second = index
            cuts.append(
                (
                    found.start("label"),
                    found.end(),
                    (_name(style or "latin", first), ROMAN[index - 1]),
                    found["label"].strip(),
                )
            )
    if sum(1 for cut in cuts if len(cut[2]) == 1) < 2:
        return _split_lines(text)
    parts = [Part((), "", text[: cuts[0][0]])]
    for cut, following in zip(cuts, [*(cut[0] for cut in cuts[1:]), len(text)], strict=True):
        parts.append(Part(cut[2], cut[3], text[cut[1] : following]))
    return tuple(parts)


_ENDS = frozenset(";.؛；。")
_FURTHEST = 3
"""So many letters further one may be that stands where a letter is expected; the others are lost then."""


def missing(names: Sequence[str]) -> list[str]:
    """The letters that are lost between `names`, those of one paragraph as they stand in its labels."""
    if all(name.isdecimal() for name in names):
        kind, places = "digits", [int(name) for name in names]
    elif names[:1] == ["i"] and all(name in ROMAN for name in names):
        kind, places = "roman", [ROMAN.index(name) + 1 for name in names]
    else:
        kind, places = "latin", [_latin(name) for name in names]
    return [_name(kind, lost) for place, after in pairwise(places) for lost in range(place + 1, after)]


_BULLET = re.compile(r"(?:[-–—•·▪*]|[A-H]\.)\s+")
_ITEM_END = re.compile(r"[;.؛；。](?: \w{1,4})?\n")


def _split_lines(text: str) -> tuple[Part, ...]:
    """Actions set as lines of their own under a chapeau with a colon are lettered by order (labelling guide)."""
    chapeau, colon, rest = text.partition(":\n")
    starts = [0, *(found.end() for found in _ITEM_END.finditer(rest))] if colon else []
    starts = [start for start in starts if start < len(rest)]
    if len(starts) < 2 or not all(rest[start].isupper() or _BULLET.match(rest, start) for start in starts):
        return (Part((), "", text),)
    ends = [*starts[1:], len(rest)]
    items = [rest[_behind_bullet(rest, start) : end] for start, end in zip(starts, ends, strict=True)]
    return (
        Part((), "", chapeau + ":"),
        *(Part((_name("latin", index),), "", item) for index, item in enumerate(items, 1)),
    )


def _behind_bullet(text: str, start: int) -> int:
    bullet = _BULLET.match(text, start)
    return bullet.end() if bullet else start


def _accepted(
    text: str, found: re.Match[str], first: int, second: int, style: str | None
) -> tuple[int, int, str] | None:
    """What a label that was found stands for, if it may part the text there."""
    line = found["before"] == "\n"
    tail = text[max(0, found.start() - 12) : found.start()].rstrip() if line else found["before"]
    before, linked = tail[-1:], _CONJUNCTION.search(tail) is not None
    if before not in ":;,.：；؛،，。" and not linked:
        return None
    letter = found["letter"] or found["dotted"]
    letter = letter.casefold() if letter else f"'{found['inner']}"
    place = _place(letter, first, second, before in ":：") or _below(letter, second, style)
    if place is None and line and (before in _ENDS or linked):
        return _behind_gap(letter, first, style)
    return place


def _place(letter: str, first: int, second: int, after_colon: bool) -> tuple[int, int, str] | None:
    """Level, index and alphabet of a letter that may come now; None when it may not."""
    if first and letter in ROMAN:
        index = ROMAN.index(letter) + 1
        follows = _latin(letter) == first + 1
        if index == second + 1 and (not follows or after_colon or second):
            return 2, index, "roman"
    for kind, index in _readings(letter):
        if index == first + 1:
            return 1, index, kind
    return None


def _behind_gap(letter: str, first: int, style: str | None) -> tuple[int, int, str] | None:
    for kind, index in _readings(letter):
        if first and kind == style and first < index <= first + _FURTHEST:
            return 1, index, kind
    return None


def _below(letter: str, second: int, style: str | None) -> tuple[int, int, str] | None:
    """A Chinese figure or a number below a letter: `(a)`, `(一)`; `(أ)`, `'1'`."""
    letter = letter.removeprefix("'")
    if style is None or style in {"digits", "han"} or not (is_han(letter) or letter.isdecimal()):
        return None
    index = number_value(letter)
    return (2, index, "roman") if index == second + 1 and index <= len(ROMAN) else None


def _readings(letter: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    if letter.isdigit():
        found.append(("digits", int(letter)))
    if letter.isascii() and letter.isalpha():
        found.append(("latin", _latin(letter)))
        if letter in ROMAN:
            found.append(("roman", ROMAN.index(letter) + 1))
    if letter in LOOKALIKES:
        found.append(("latin", _latin(LOOKALIKES[letter])))
    if is_han(letter):
        found.append(("han", number_value(letter)))
    for kind, alphabet in (("cyrillic", CYRILLIC), ("abjad", ABJAD), ("hijai", HIJAI)):
        if len(letter) == 1 and letter in alphabet:
            found.append((kind, alphabet.index(letter) + 1))
    if letter == "ا":
        found.append(("abjad", 1))
    if letter == "هـ":
        found.append(("abjad", 5))
    return found


def _latin(letter: str) -> int:
    """The place of a letter: 1 for a, 26 for z, 27 for aa."""
    if len(letter) == 2 and letter[0] == letter[1]:
        return 26 + ord(letter[0]) - 96
    return ord(letter) - 96 if len(letter) == 1 and letter.isascii() else 0


def _name(kind: str, index: int) -> str:
    """The letter in the label: Latin for all scripts, so that the six language versions agree."""
    if kind == "digits":
        return str(index)
    if kind == "roman":
        return ROMAN[index - 1]
    return chr(96 + index) if index <= 26 else chr(70 + index) * 2
