"""What the lines before the opener and after the last paragraph say about a resolution."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.core import symbol as symbols
from tracker.extraction.grammar import Grammar
from tracker.extraction.lines import join


@dataclass(slots=True)
class Front:
    """The front matter as it is being put together."""

    body: str | None = None
    symbol: str | None = None
    session: int | None = None
    title: str | None = None
    adopted_on: date | None = None
    meeting: str | None = None
    vote: str | None = None
    closing: list[str] = field(default_factory=list)

    @property
    def title_key(self) -> str:
        return (self.title or "").casefold()


_NUMBER_LINE = re.compile(
    r"(?P<number>(?:S-|ES-)?\d{1,4}/\d{1,4}(?: [A-Z](?![\w.]))?|\d{1,4} \((?:S-)?[IVXLC]+\))\s*[.:*]?\s*(?P<title>.*)$"
)


def read_front(lines: Sequence[str], body: str, grammar: Grammar) -> Front:
    """The front matter in `lines`, those before the opener of `body`."""
    front = Front(body=body or None)
    for at, line in enumerate(lines):
        _stated(front, line)
        found = _NUMBER_LINE.match(line)
        if found and len(line) < 400:
            _numbered(front, found["number"])
            rest = [found["title"], *lines[at + 1 :]]
            front.title = _title(rest, grammar)
            break
        named = grammar.numbered.match(line)
        if named and len(line) < 60:
            year = re.search(r"\((\d{4})\)", line)
            _numbered(front, named["number"] + (f" ({year[1]})" if year else ""))
            front.title = line if front.body == "SC" else _title(lines[at + 1 :], grammar)
            break
    for line in lines:
        when = grammar.date.search(line)
        if when and (grammar.adopted.match(line) or grammar.vote.match(line)):
            front.adopted_on = _date(when, grammar)
    return front


def _stated(front: Front, line: str) -> None:
    if front.symbol or len(line) > 40:
        return
    try:
        symbol = symbols.parse(line)
    except ValueError:
        return
    front.symbol, front.session = str(symbol), symbol.session_number
    front.body = front.body or symbol.body


def _numbered(front: Front, number: str) -> None:
    if front.body is None or front.symbol:
        return
    symbol = symbols.resolution(front.body, number)
    if symbol:
        front.symbol, front.session = str(symbol), symbol.session_number


def _title(lines: Sequence[str], grammar: Grammar) -> str | None:
    kept = [line for line in lines if line and line[0] != "["]
    title = " ".join(join(kept).split())
    return title or None


def read_closing(front: Front, lines: Sequence[str], grammar: Grammar) -> None:
    """Meeting, date and vote from the closing block."""
    for line in lines:
        if len(line) > 400:
            break
        known = False
        meeting = grammar.meeting.search(line)
        if meeting and front.meeting is None:
            front.meeting = next(value for name, value in meeting.groupdict().items() if name.startswith("meeting") and value)
            known = True
        when = grammar.date.search(line)
        if when and len(line) < 90:
            front.adopted_on = front.adopted_on or _date(when, grammar)
            known = True
        if front.vote is None and grammar.vote.match(line):
            front.vote = line.strip("[] ").split(". ")[0].rstrip(". ")
            known = True
        if not known:
            break
        front.closing.append(line)


def _date(found: re.Match[str], grammar: Grammar) -> date | None:
    try:
        return date(int(found["year"]), grammar.months[found["month"].casefold()], int(found["day"]))
    except (ValueError, KeyError):
        return None
