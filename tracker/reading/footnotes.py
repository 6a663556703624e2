"""Footnotes: cut out of the text, and counted."""

from __future__ import annotations

import re

_RULE = re.compile(r"[_‗]{5,}|[-–—]{8,}")
_ENTRY = re.compile(r"(?:(?P<number>\d{1,3})(?P<dot>\.)?|(?P<star>\*{1,3}|[†‡]))(?:\s+(?=\S)|$)")
_RAISED_NOTE = re.compile(r"[¹²³⁰⁴-⁹]{1,3}\s*\S")
_CITES = re.compile(r"[A-Z]{1,5}/[\w.]|[Ii]bid|https?:")
_CITED = re.compile(r"\b[A-Z]{1,5}/[A-Z0-9][\w./-]{0,60}\d")
_NOTE = re.compile(
    r"""
    (?: \d{1,2} \s+ )?                                                      # 8 A/68/213/Add.1 et A/69/181.
    (?: [A-Z]{1,5} (?: / [\w-]+ (?: \.\d+ )? ){2,6} (?: ,[ ] | [ ]\w{1,3}[ ] )? ){1,3} \.
    """,
    re.VERBOSE,
)
"""A line that holds nothing but document symbols is a note, with or without its number."""

_UNNUMBERED = re.compile(r"\A[A-Z][^;]{3,150}\d/\d[^;]{0,60}\.")
"""A short sentence with the number of a resolution, right after a rule: a note that has lost its number."""

_MARK = re.compile(r"(?<=[^\W\d][;,.])([1-9]\d?)$")
"""The mark of a footnote that has sunk onto the line, behind the last word of a paragraph."""

_MARKED = 6  # characters at the end of a line in which its mark stands
_MARKED_NOTE = re.compile(r"([1-9]\d?)\s+[^\W\d_a-z]")

_LONGEST = 100
_ENDED = re.compile(r"[.)»”\"’]$")


def cut_footnotes(lines: list[str]) -> tuple[list[str], int]:
    """The lines without footnotes, and how many footnotes there were.

    Notes follow a rule of underscores, or begin with a raised figure, or with the figure that stands right behind a
    mark in the text before (`session;1`). `1. A/HRC/24/56.` is a note where a rule announces it and it cites a
    document; `1. Recalls ...` after a rule is a paragraph.
    """
    kept: list[str] = []
    marks: set[str] = set()
    notes = 0
    at, count = 0, len(lines)
    while at < count:
        line = lines[at]
        if len(line) < 60 and _RULE.fullmatch(line):
            at, found = _skip_notes(lines, at + 1)
            notes += found
        elif line and line[0] in "¹²³⁰⁴⁵⁶⁷⁸⁹" and _RAISED_NOTE.match(line):
            notes += 1
            at = _end_of_note(lines, at + 1)
        elif (
            line and len(line) < _LONGEST and (_NOTE.fullmatch(line) or (line.isdigit() and _announces_note(lines, at)))
        ):
            notes += 1
            at = _end_of_note(lines, _next_line(lines, at) + 1) if line.isdigit() else at + 1
        elif marks and (note := _MARKED_NOTE.match(line)) and note[1] in marks:
            marks.discard(note[1])
            notes += 1
            at = _end_of_note(lines, at + 1)
        else:
            if line[-1:].isdigit() and (mark := _MARK.search(line, max(0, len(line) - _MARKED))):
                marks.add(mark[1])
            kept.append(line)
            at += 1
    return kept, notes


def _next_line(lines: list[str], at: int) -> int:
    """The next line after `at` that is not blank; `at` when there is none near."""
    return next((after for after in range(at + 1, min(at + 4, len(lines))) if lines[after]), at)


def _announces_note(lines: list[str], at: int) -> bool:
    """Whether the figure alone on line `at` is that of a note: a short sentence with a document symbol follows."""
    note = lines[_next_line(lines, at)]
    return len(note) < 200 and note.endswith(".") and note[:1].isupper() and _CITED.search(note[:60]) is not None


def _skip_notes(lines: list[str], at: int) -> tuple[int, int]:
    """Where the notes after a rule end, and how many they are."""
    found = 0
    while at < len(lines):
        while at < len(lines) and not lines[at]:
            at += 1
        if at == len(lines):
            break
        entry = _ENTRY.match(lines[at])
        if entry is None and _UNNUMBERED.fullmatch(lines[at]):
            found += 1
            at += 1
            continue
        if entry is None or (entry["dot"] and not _CITES.match(lines[at], entry.end())):
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
