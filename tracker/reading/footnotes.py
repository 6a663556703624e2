"""Footnotes and their marks: cut out of the text, and counted."""

from __future__ import annotations

import re

_RULE = re.compile(r"[_‗]{5,}|[-–—]{8,}")
_ENTRY = re.compile(r"(?:(?P<number>\d{1,3})(?P<dot>\.)?|(?P<star>\*{1,3}|[†‡]))(?:\s+(?=\S)|$)")
_RAISED = re.compile(r"[¹²³⁰⁴-⁹]{1,3}\s*\S")
_ENDED = re.compile(r"[.)»”\"’]$")


def cut_footnotes(lines: list[str]) -> tuple[list[str], int]:
    """The lines without footnotes, and how many footnotes there were.

    Notes follow a rule of underscores, or begin with a raised figure. `1. A/HRC/24/56.` is a note too where
    the rule announces it and the figure is the next one.
    """
    kept: list[str] = []
    notes = 0
    at, count = 0, len(lines)
    while at < count:
        line = lines[at]
        if len(line) < 60 and _RULE.fullmatch(line):
            at, found = _skip_notes(lines, at + 1, notes)
            notes += found
        elif line and line[0] in "¹²³⁰⁴⁵⁶⁷⁸⁹" and _RAISED.match(line):
            notes += 1
            at = _end_of_note(lines, at + 1)
        else:
            kept.append(line)
            at += 1
    return kept, notes


def _skip_notes(lines: list[str], at: int, notes: int) -> tuple[int, int]:
    """Where the notes after a rule end, and how many they are."""
    found = 0
    while at < len(lines):
        while at < len(lines) and not lines[at]:
            at += 1
        if at == len(lines):
            break
        entry = _ENTRY.match(lines[at])
        if entry is None or (entry["dot"] and int(entry["number"]) != notes + found + 1):
            break
        found += 1
        alone = entry.end() == len(lines[at])
        at += 1
        while alone and at < len(lines) and not lines[at]:
            at += 1
        at = _end_of_note(lines, at + 1 if alone else at)
    return at, found


def _end_of_note(lines: list[str], at: int) -> int:
    """The line after a note whose first line stands before `at`: up to a blank line after an ended sentence."""
    while at < len(lines):
        line = lines[at]
        if line == "\f":
            return at
        if not line:
            if _ENDED.search(lines[at - 1]) or at + 1 == len(lines) or not lines[at + 1][:1].islower():
                return at
        elif _ENTRY.match(line) or _RULE.fullmatch(line):
            return at
        at += 1
    return at


_MARK = re.compile(
    r"""
      \n{1,4} \d{1,3} \n{1,4} (?= [,;.:،；，。؛] )      # a mark alone on a line, before punctuation
    | (?<= [a-zà-ÿ,;] \n ) \d{1,3} \n                   # alone on a line, within a sentence
    | (?<= [a-zà-ÿ]{3} ) \d{1,2} (?= [\s,;.:)] )        # glued to a word: Action5
    | (?<= [a-zà-ÿ]{3} [,;.] ) \d{1,2} (?= \s )         # glued to punctuation: Assembly,8
    | (?<= [”»] ) \d{1,2} (?= [\s,;.:)] )
    | (?<= [”»] [,;] ) \d{1,2} (?= \s )
    | (?<! m ) [¹²³⁰⁴-⁹]{1,3}
    """,
    re.VERBOSE,
)


def cut_marks(text: str) -> tuple[str, int]:
    """The text without the marks that refer to footnotes, and how many there were."""
    return _MARK.subn("", text)
