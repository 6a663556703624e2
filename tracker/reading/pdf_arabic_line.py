"""One line of Arabic: its letters from right to left, figures and Latin words the other way, brackets as they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
_RIGHT_TO_LEFT = re.compile("[\u060c\u061b\u061f\u0620-\u064a\u066e-\u06d3\ufb50-\ufdfb\ufe70-\ufefc]")
_LETTERS = re.compile(f"(?:{_LETTER.pattern})+")
_CLOSELY = frozenset("،؛؟.:;!,")
_SET_APART = _CLOSELY | frozenset("\"'«»“”()[]-–—/")
_AFTER_LAM = frozenset("اأإآٱىي")
_LATIN = "A-Za-z\u00c0-\u024f"
_LEFT_TO_RIGHT = re.compile(rf"[{_LATIN}0-9]+(?:[./,:’'&-][{_LATIN}0-9]+|(?<=[{_LATIN}]) (?=[{_LATIN}])[{_LATIN}]+)*+")
_NUMBER = re.compile(r"[0-9]+(?:[./,:][0-9]+)*+")
_STRETCHED = re.compile(
    rf"(?<=[\u0620-\u064a])(?:[0-9]{{1,9}}"
    rf"|(?<![\u0621-\u0625\u0627\u0629\u062f-\u0632\u0648\u0649])([{_LATIN}_~^|=])\1{{0,99}}+)(?=[\u0620-\u064a])"
)
"""What some fonts call the stroke that makes a word longer; there is none behind letters that do not join the next."""
_LABEL = re.compile(r"([-–.])(\d{1,3})")
_PAIRS = ("()", "[]", "«»")

_BLANK = 0.16
"""Sizes of a letter above which a gap is a blank."""
_TOGETHER = 0.05
"""Sizes of a letter within which two are drawn as one sign."""
_TWICE = 0.12
"""Sizes of a letter within which two that are the same are one."""


class Letter(NamedTuple):
    """One character of a page: `x` is where it was drawn from, the rest as of a `Run`; lengths in points."""

    char: str
    x: float
    left: float
    right: float
    baseline: float
    size: float

    @property
    def is_hint(self) -> bool:
        """Whether it is a blank without width: it stands where the program set two words apart, and elsewhere."""
        return self.char == " " and self.right - self.left < 0.1


def is_arabic(text: str) -> bool:
    """Whether a text has a letter of the Arabic script."""
    return _LETTER.search(text) is not None


def in_order(letters: list[Letter], *, signs_turned: bool = False) -> str:
    """The text of the letters of one line, given in the order of the PDF.

    `signs_turned`: the PDF names letters that are drawn as one sign from left to right.
    """
    size = max(letter.size for letter in letters)
    drawn = [letter for letter in letters if not letter.is_hint]
    hints = [letter.x for letter in letters if letter.is_hint]
    if not any(_RIGHT_TO_LEFT.match(letter.char) for letter in drawn):
        text = _spaced(sorted(drawn, key=lambda letter: letter.x), size, hints)
        return _LABEL.sub(r"\2\1", text) if _LABEL.fullmatch(text.strip()) else text
    hints += _places_of_stray_blanks(letters)
    text = _spaced(_from_the_right(drawn, size, signs_turned), size, hints)
    return _LEFT_TO_RIGHT.sub(_turned, _STRETCHED.sub("", text))


def _places_of_stray_blanks(letters: list[Letter]) -> Iterator[float]:
    """Where the blanks belong that the PDF has between two letters of a line, but draws elsewhere."""
    for before, blank, after in zip(letters, letters[1:], letters[2:], strict=False):
        if blank.char != " " or blank.is_hint or after.left - 0.5 * after.size < blank.x < before.right:
            continue
        # A little inside the gap, so that it is in no other one.
        if _LETTER.match(after.char) and after.x < before.x:
            yield after.right + 0.05 * after.size
        elif _LETTER.match(before.char) and after.x < before.x:
            yield before.x - 0.21 * before.size


def turns_signs(letters: list[Letter]) -> bool:
    """Whether a PDF names letters that are drawn as one sign from left to right: alef before lam."""
    right = wrong = 0
    for one, other in pairwise(letters):
        if abs(one.x - other.x) < _TOGETHER * one.size:
            right += one.char == "ل" and other.char in _AFTER_LAM
            wrong += other.char == "ل" and one.char in _AFTER_LAM
    return wrong > right


def _from_the_right(letters: list[Letter], size: float, signs_turned: bool) -> list[Letter]:
    """The letters from right to left; those drawn as one sign as they are read, blanks behind them."""
    ordered = sorted(letters, key=lambda letter: -letter.x)
    kept: list[Letter] = []
    at = 0
    while at < len(ordered):
        end = at + 1
        while end < len(ordered) and ordered[end - 1].x - ordered[end].x < _TOGETHER * size:
            end += 1
        sign = ordered[at:end]
        if len(sign) > 1:
            together = {id(letter) for letter in sign}
            sign = [letter for letter in letters if id(letter) in together]
            sign = sorted(sign[::-1] if signs_turned else sign, key=lambda letter: letter.char == " ")
            if len(sign) > 1 and sign[1].char == "ل" and sign[0].char in _AFTER_LAM:
                sign[:2] = sign[1], sign[0]
        for letter in sign:
            if not (kept and _same(kept[-1], letter, size)):
                kept.append(letter)
        at = end
    return kept


def _same(one: Letter, other: Letter, size: float) -> bool:
    """Whether a letter is named twice: with its sign of a vowel and without."""
    apart = one.x - other.x
    if one.char != other.char or apart > 0.4 * size:
        return False
    widths = sorted((one.right - one.left, other.right - other.left))
    inside = min(one.right, other.right) - max(one.left, other.left) > 0.2 * widths[0]
    return apart < _TWICE * size or (inside and widths[0] < 0.4 * widths[1])


def _spaced(letters: list[Letter], size: float, hints: list[float]) -> str:
    """The letters with blanks in their gaps.

    A sign of a vowel moves its letter a little. So where the PDF has blanks, a gap is one where a blank without width
    stands in it, or beside a sign of punctuation.
    """
    written = any(letter.char == " " for letter in letters)
    text: list[str] = []
    for before, letter in zip([None, *letters], letters, strict=False):
        if before and " " not in {before.char, letter.char}:
            left, right = sorted((before, letter), key=lambda one: one.x)
            blank = min(right.x, right.left) - left.right > _BLANK * size
            if blank and (written or hints):
                told = any(left.x - 0.2 * size <= hint <= right.right for hint in hints)
                blank = told or (bool(_SET_APART & {before.char, letter.char}) and letter.char not in _CLOSELY)
            if blank:
                text.append(" ")
        text.append(letter.char)
    return "".join(text)


def _turned(found: re.Match[str]) -> str:
    """Letters and figures that are read from left to right; of figures alone each number by itself."""
    if re.search(f"[{_LATIN}]", found[0]):
        return found[0][::-1]
    return _NUMBER.sub(lambda number: number[0][::-1], found[0])


def with_brackets(lines: list[str]) -> list[str]:
    """The Arabic lines with their brackets as they open and close.

    Some PDFs have them as they are drawn, some turn those beside figures or Latin words only. Blanks tell: one before
    a bracket that opens, one after a bracket that closes. Where they do not, that of a line as it is and as in a
    mirror is taken whose brackets match, and where neither does, they open and close in turn.
    """
    arabic = [at for at, line in enumerate(lines) if _RIGHT_TO_LEFT.search(line)]
    for pair in _PAIRS:
        mirror = {ord(one): other for one, other in zip(pair, reversed(pair), strict=True)}
        firsts = [char for at in arabic if (char := next((char for char in lines[at] if char in pair), ""))]
        usual: list[dict[int, str]] = [mirror, {}] if 2 * firsts.count(pair[1]) > len(firsts) else [{}, mirror]
        depth = 0
        for at in arabic:
            line = lines[at]
            if pair[0] in line or pair[1] in line:
                tried = [_by_blanks(line, pair), *(line.translate(table) for table in usual)]
                fitting = ((text, after) for text in tried if (after := _depth(text, pair, depth)) is not None)
                line, depth = next(fitting, None) or _in_turn(line, pair, depth)
                lines[at] = line.replace(f"{pair[0]} ", pair[0]).replace(f" {pair[1]}", pair[1])
    return lines


def _by_blanks(line: str, pair: str) -> str:
    """A line whose brackets open where a blank stands before and none behind, and close the other way round.

    Nothing where a bracket has blanks on both sides, or on none.
    """
    chars = list(line)
    for at, char in enumerate(line):
        if char in pair:
            opens = line[at - 1 : at] in {"", " "} and line[at + 1 : at + 2] not in {"", " "}
            closes = line[at - 1 : at] not in {"", " "} and (
                line[at + 1 : at + 2] in {"", " "} or line[at + 1] in _CLOSELY
            )
            if not opens and not closes:
                return ""
            chars[at] = pair[0] if opens else pair[1]
    return "".join(chars)


def _depth(text: str, pair: str, depth: int) -> int | None:
    """How many brackets are open after a text, where `depth` are before it; None where they do not match."""
    for char in text:
        depth += (char == pair[0]) - (char == pair[1])
        if not 0 <= depth <= 2:
            return None
    return depth if text and depth <= 1 else None


def _in_turn(line: str, pair: str, depth: int) -> tuple[str, int]:
    chars = list(line)
    for at, char in enumerate(chars):
        if char in pair:
            chars[at] = pair[depth]
            depth = 1 - depth
    return "".join(chars), depth
