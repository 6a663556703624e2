"""Marks in the text that refer to footnotes: cut out, and counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

_ALONE = re.compile(r"\n\d{1,3}\n+(?P<stop>[,;.:،；，。؛])?")
_STOPS = frozenset(",;.:،；，。؛")
_FIGURE = re.compile(r"[0-9](?<=[a-zà-ÿ,;.”»)][0-9])(?=[0-9]?[\s,;.:)])[0-9]?")
_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_RAISED_FIGURE = re.compile(f"[{_RAISED}]{{1,3}}")
_GLUED = re.compile(r"[a-zà-ÿ]{3}[,;.]?$|(?<=\S)[”»][,;]?$|(?<!\d)(?:19|20)[0-9]{2},$|\),$|[a-zà-ÿ]{4}\)$")
_BRACKETED = re.compile(r"\[(?<=[\w,;.:”»)]\[)[0-9]{1,2}\](?=[\s,;.:)])")
_APART = tuple(re.compile(rf" {re.escape(stop)}(?=\s|$)") for stop in ",.")
_LONELY = tuple((re.compile(rf" {re.escape(stop)}(?=[\s»”]|$)"), stop) for stop in ",.")
"""Each begins with two signs: they are found some times as fast as a blank and then one of two."""
_MAYBE_APART = re.compile(r" (\d{1,2})(?=(?: ([,.;:])|\n|$))")


def cut_marks(text: str) -> tuple[str, int]:
    """The text without the marks that refer to footnotes, and how many there were.

    A mark stands alone on a line within a sentence (`session`, `1`, `;`), is glued to a word (`Action5`) or to
    punctuation (`Assembly,8`), stands in brackets there (`Assembly,[8]`), is a raised figure, or is set apart by
    spaces (`in 2010 12 , in which`).
    """
    text, alone = _cut(_ALONE, text, _without_alone)
    text, glued = _cut(_FIGURE, text, _without_glued)
    raised = apart = bracketed = 0
    if "[" in text:
        text, bracketed = _BRACKETED.subn("", text)
    if any(figure in text for figure in _RAISED):
        text, raised = _cut(_RAISED_FIGURE, text, _without_raised)
    if " ," in text or " ." in text:
        text, apart = _cut_apart(text)
        for pattern, stop in _LONELY:
            text = pattern.sub(stop, text)
    return text, alone + glued + bracketed + raised + apart


def _cut(pattern: re.Pattern[str], text: str, without: Callable[[re.Match[str]], str | None]) -> tuple[str, int]:
    """Replace what `pattern` finds by what `without` says; None leaves it as it is."""
    pieces: list[str] = []
    count = at = 0
    for found in pattern.finditer(text):
        replacement = without(found)
        if replacement is not None:
            before = text[at : found.start()]
            pieces += (before.rstrip("\n") if replacement[:1] in _STOPS else before, replacement)
            at = found.end()
            count += 1
    if not count:
        return text, 0
    return "".join([*pieces, text[at:]]), count


def _without_alone(found: re.Match[str]) -> str | None:
    before = found.string[max(0, found.start() - 4) : found.start()].rstrip("\n")[-1:]
    if found["stop"]:
        return found["stop"] if before else None
    return "\n" if before.islower() or before in {",", ";"} else None


def _without_glued(found: re.Match[str]) -> str | None:
    start = found.start()
    before = found.string[max(0, start - 6) : start]
    if not _GLUED.search(before):
        return None
    return None if before[-1] in ",;." and not found.string[found.end()].isspace() else ""


def _without_raised(found: re.Match[str]) -> str | None:
    return None if found.string[found.start() - 1 : found.start()] == "m" else ""


def _cut_apart(text: str) -> tuple[str, int]:
    """A space before a comma or full stop gives such a mark away.

    Where there are some, those next to them in number are also found at the end of a line and before a semicolon.
    """
    sure: set[int] = set()
    for stop in chain.from_iterable(pattern.finditer(text) for pattern in _APART):
        word = text[max(0, stop.start() - 4) : stop.start()].rpartition(" ")
        if word[1] and word[2].isdecimal() and len(word[2]) < 3:
            sure.add(int(word[2]))
    if not sure:
        return text, 0

    def without(found: re.Match[str]) -> str | None:
        number = int(found[1])
        return "" if found[2] in {",", "."} or {number - 1, number + 1} & sure else None

    return _cut(_MAYBE_APART, text, without)
