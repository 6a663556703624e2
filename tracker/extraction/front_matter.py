"""What the lines before the opener say about a resolution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.core import symbol as symbols
from tracker.extraction.grammar import Grammar
from tracker.extraction.lines import join

FRONT = 60
"""Lines before an opener that may be its front matter."""


@dataclass(slots=True)
class Front:
    """The front matter as it is being put together; `number` is that of the resolution (`28/2`, `2723 (2024)`).

    `shared` are the lines of the title that all parts of a lettered resolution have. `in_report`: the symbol is that
    of a report in which the resolution stands, as long as nothing better is known.
    """

    body: str | None = None
    symbol: str | None = None
    session: int | None = None
    number: str | None = None
    title: str | None = None
    adopted_on: date | None = None
    meeting: str | None = None
    vote: str | None = None
    closing: list[str] = field(default_factory=list)
    shared: tuple[str, ...] = ()
    in_report: bool = False

    @property
    def title_key(self) -> str:
        """The title for comparisons."""
        return (self.title or "").casefold()


_NUMBER = re.compile(
    r"(?P<number>(?:(?:S-|ES-|SS\.)?\d{1,4}/\d{1,4}|\d{1,4} ?\((?:S-)?[IVXLC]+\))(?: [A-Z](?![\w.’']))?)"
    r"(?![\w/]|-\S)\s*[.:*-]{0,3}\s*(?P<title>.*)$"
)
_DATED = re.compile(r"(?P<number>\d{1,4} ?\((?:19|20)\d\d\))\.\s")
"""`186 (1964). Resolution of 4 March 1964`: how the Security Council wrote its numbers."""

_OPEN = re.compile(r"\d{1,3}/(?:…|\.{2,4}|_{1,9})\.?\s+(?P<title>\S.*)$")
"""`55/… Rights of peasants`: a draft, the number of which is still open."""

_MASTHEAD = re.compile(r"(?<!\w)[^\W\d_]{1,30}+(?: [^\W\d_]{1,30}+){0,3} (?=[A-Z]{1,30}/)")
"""Words before a symbol on the first line of a page: `United Nations A/C.3/80/L.13`."""

_LETTER = re.compile(r"(?P<letter>[A-Z])(?: ?\d{1,2})?\*?$")
_MARK = re.compile(r" ?\*{1,3}$")


STRAY = re.compile(r"(?P<number>(?:S-|ES-)?\d{1,4}/\d{1,3})\.$")
"""The number of a resolution that a converter has put somewhere in the text, alone on a line."""


def has_heading(lines: Sequence[str], grammar: Grammar, *, after_annex: bool) -> bool:
    """Whether the lines before an opener begin a resolution of their own: they have its number or letter.

    After an annex the line `Resolution adopted by ...` is asked for, since annexes may hold whole resolutions.
    """
    if after_annex:
        return any(grammar.adopted.match(line) and grammar.named.search(line) for line in lines)
    return any(
        _NUMBER.match(line) or grammar.numbered.match(line) or _LETTER.match(line) or _own_symbol(line)
        for line in lines
    )


def _own_symbol(line: str) -> symbols.Symbol | None:
    """The symbol that a line is, if it is one of a resolution or draft."""
    symbol = _symbol(line)
    return symbol if symbol and not _is_of_report(symbol) else None


def _is_of_report(symbol: symbols.Symbol) -> bool:
    """Whether a symbol is that of a document in which resolutions may stand: `A/81/53/Add.1`."""
    return not (symbol.kind or symbol.is_draft)


def read_front(lines: Sequence[str], body: str, grammar: Grammar, before: Front | None) -> Front:
    """The front matter in `lines`, those before the opener of `body`.

    `before` is that of the resolution before in the same file, which the parts of a lettered resolution share.
    """
    front = Front(body=body or None)
    for line in lines:
        _stated(front, line)
    at, first = _find_number(front, lines, grammar)
    start = _adoption(front, lines, at, grammar)
    letter = next((found for line in lines[max(at, 0) :] if (found := _LETTER.match(line))), None)
    if at < 0 and before and letter:
        front.number = before.number and before.number.split(" ")[0]
    if letter and front.number and " " not in front.number:
        front.number = f"{front.number} {letter['letter']}"
    if front.body == "SC" and first and grammar.numbered.match(first[0]):
        front.title = first[0].rstrip(" ,")
    else:
        own = bool(first and first[0])
        rest = lines[max(at + 1, 0 if own else start) :]
        if letter:
            parted = list(lines).index(letter.string) + 1
            front.shared = (*first, *lines[at + 1 : parted - 1]) if at >= 0 else before.shared if before else ()
            first, rest = list(front.shared), lines[parted:]
        front.title = _title([*first, *rest] if at >= 0 or start or letter else _unnumbered(lines, grammar), grammar)
    build_symbol(front)
    return front


def build_symbol(front: Front) -> None:
    """Put the symbol together from body and number where the text does not state it, or only that of all its parts."""
    symbol = symbols.resolution(front.body, front.number) if front.body and front.number else None
    if symbol and (not front.symbol or front.in_report or _is_of_all_parts(front.symbol, symbol)):
        front.symbol, front.session, front.in_report = str(symbol), symbol.session_number, False


def _is_of_all_parts(stated: str, symbol: symbols.Symbol) -> bool:
    """Whether the masthead states `A/RES/78/242 A-B` and `symbol` is that of part A."""
    whole = symbols.parse(stated)
    return "-" in (whole.letter or "") and bool(symbol.letter) and replace(whole, letter=symbol.letter) == symbol


def _find_number(front: Front, lines: Sequence[str], grammar: Grammar) -> tuple[int, list[str]]:
    """The last line with the number of the resolution, and what of the title stands in it or before it."""
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        found = _NUMBER.match(line)
        if found and len(line) < 600:
            front.number = found["number"]
            torn = at and found["title"][:1].islower() and _may_be_title(lines[at - 1], grammar)
            return at, [lines[at - 1], found["title"]] if torn else [found["title"]]
        dated = _DATED.match(line) if front.body == "SC" else None
        if dated:
            front.number, when = dated["number"], grammar.date.search(line)
            front.adopted_on = front.adopted_on or (date_in(when, grammar) if when else None)
            return at, []
        if opened := _OPEN.match(line):
            return at, [opened["title"]]
        named = grammar.numbered.match(line)
        if named and len(line) < 80:
            year = re.search(r"\((\d{4}|[IVXLC]+)\)", line)
            front.number = named["number"] + (f" ({year[1]})" if year else "")
            return at, [line] if front.body == "SC" else []
    return -1, []


def _may_be_title(line: str, grammar: Grammar) -> bool:
    return not line.endswith("]") and not grammar.adopted.match(line) and not grammar.date.search(line)


def _adoption(front: Front, lines: Sequence[str], number: int, grammar: Grammar) -> int:
    """Read `Resolution adopted by the Human Rights Council on 7 October 2022`, over one line or more.

    `number` is the line with the number of the resolution: `Adopted at the 1769th meeting` before it ends another
    resolution. The number of the line after it and after the note in brackets that may follow.
    """
    after = 0
    for at, line in enumerate(lines):
        if len(line) > 300 or not _tells_adoption(line, grammar, after_number=at > number):
            continue
        joined, last = line, at
        while last + 1 < min(at + 3, len(lines)) and not grammar.date.search(joined):
            last += 1
            joined = f"{joined} {lines[last]}"
        named = grammar.named.search(joined)
        front.body = front.body or (grammar.body_of(named[0]) if named else None)
        when, meeting = grammar.date.search(joined), grammar.meeting.search(joined)
        if when:
            front.adopted_on = front.adopted_on or date_in(when, grammar)
        if meeting and (when or grammar.vote.match(line)):
            front.meeting = meeting_in(meeting)
        after = (last if when else at) + 1
    for at in range(after, len(lines)):
        if lines[at][-1:] == "]" and any(line[:1] == "[" for line in lines[after : at + 1]):
            after = at + 1
    return after


def _tells_adoption(line: str, grammar: Grammar, *, after_number: bool) -> bool:
    if grammar.adopted.match(line) or (after_number and grammar.vote.match(line)):
        return True
    return bool(grammar.adopted_after.search(line) and grammar.date.search(line))


def meeting_in(found: re.Match[str]) -> str | None:
    """The number of the meeting, from a match of `grammar.meeting`."""
    return next((value for name, value in found.groupdict().items() if name.startswith("meeting") and value), None)


def _unnumbered(lines: Sequence[str], grammar: Grammar) -> list[str]:
    """The title of a draft stands after the line that says `draft resolution`."""
    for at in range(len(lines) - 1, -1, -1):
        if grammar.draft.search(lines[at]):
            return list(lines[at + 1 :])
    return []


def _stated(front: Front, line: str) -> None:
    if front.symbol and not front.in_report:
        return
    symbol = _symbol(line)
    if symbol is None:
        return
    in_report = _is_of_report(symbol)
    if in_report and front.symbol:
        return
    front.symbol, front.session, front.in_report = str(symbol), symbol.session_number, in_report
    front.body = front.body or symbol.body


def _symbol(line: str) -> symbols.Symbol | None:
    """The symbol that is a line of its own, or stands behind the words of the masthead."""
    if len(line) > 60 or "/" not in line:
        return None
    masthead = _MASTHEAD.match(line)
    try:
        symbol = symbols.parse(line[masthead.end() :] if masthead else line)
    except ValueError:
        return None
    return None if masthead and symbol.kind not in {"RES", "L"} else symbol


def _title(lines: Sequence[str], grammar: Grammar) -> str | None:
    kept: list[str] = []
    for line in lines:
        if not line or line[0] == "[" or _LETTER.match(line):
            continue
        if len(line) < 90 and grammar.adopted.match(line) and grammar.date.search(line):
            continue
        if grammar.vote.match(line) or grammar.date.fullmatch(line):
            break
        kept.append(line)
    title = _MARK.sub("", " ".join(join(kept, grammar.after_hyphen).split()))
    return title or None


def date_in(found: re.Match[str], grammar: Grammar) -> date | None:
    """The day, from a match of `grammar.date`; None when there is no such day."""
    name = found["month"].casefold()
    try:
        return date(int(found["year"]), grammar.months[str(int(name)) if name.isdecimal() else name], int(found["day"]))
    except (ValueError, KeyError):
        return None
