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
    """The front matter as it is being put together; `number` is that of the resolution (`28/2`, `2723 (2024)`)."""

    body: str | None = None
    symbol: str | None = None
    session: int | None = None
    number: str | None = None
    title: str | None = None
    adopted_on: date | None = None
    meeting: str | None = None
    vote: str | None = None
    closing: list[str] = field(default_factory=list)

    @property
    def title_key(self) -> str:
        """The title for comparisons."""
        return (self.title or "").casefold()


_NUMBER = re.compile(
    r"(?P<number>(?:S-|ES-|SS\.)?\d{1,4}/\d{1,4}(?: [A-Z](?![\w.’']))?|\d{1,4} ?\((?:S-)?[IVXLC]+\)(?: [A-Z](?![\w.’']))?)"
    r"(?![\w/-])\s*[.:*]{0,3}\s*(?P<title>.*)$"
)
_LETTER = re.compile(r"(?P<letter>[A-Z])(?: ?\d{1,2})?\*?$")
_MARK = re.compile(r" ?\*{1,3}$")


def has_heading(lines: Sequence[str], grammar: Grammar) -> bool:
    """Whether the lines before an opener begin a resolution of their own: they have its number or letter."""
    return any(_NUMBER.match(line) or grammar.numbered.match(line) or _LETTER.match(line) for line in lines)


def read_front(lines: Sequence[str], body: str, grammar: Grammar, before: Front | None) -> Front:
    """The front matter in `lines`, those before the opener of `body`.

    `before` is that of the resolution before in the same file, which the parts of a lettered resolution share.
    """
    front = Front(body=body or None)
    for line in lines:
        _stated(front, line)
    _adopted_on(front, lines, grammar)
    at, rest = _find_number(front, lines, grammar)
    letter = next((found for line in lines[max(at, 0) :] if (found := _LETTER.match(line))), None)
    if at < 0 and before and letter:
        front.number = before.number and before.number.split(" ")[0]
        front.symbol = None
    if letter and front.number and " " not in front.number:
        front.number = f"{front.number} {letter['letter']}"
    front.title = _title(rest if rest is not None else _unnumbered(lines, grammar), grammar)
    if front.number and front.body and not front.symbol:
        _build(front, front.body, front.number)
    return front


def _find_number(front: Front, lines: Sequence[str], grammar: Grammar) -> tuple[int, list[str] | None]:
    """The last line with the number of the resolution, and the lines of its title."""
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        found = _NUMBER.match(line)
        if found and len(line) < 600:
            front.number = found["number"]
            rest = [found["title"], *lines[at + 1 :]]
            torn = found["title"][:1].islower() and at and not lines[at - 1].endswith("]") and not grammar.adopted.match(lines[at - 1])
            return at, [lines[at - 1], *rest] if torn else rest
        named = grammar.numbered.match(line)
        if named and len(line) < 80:
            year = re.search(r"\((\d{4}|[IVXLC]+)\)", line)
            front.number = named["number"] + (f" ({year[1]})" if year else "")
            return at, [line] if front.body == "SC" else list(lines[at + 1 :])
    return -1, None


def _unnumbered(lines: Sequence[str], grammar: Grammar) -> list[str]:
    """The title of a draft stands after the line that says `draft resolution`."""
    for at in range(len(lines) - 1, -1, -1):
        if grammar.draft.search(lines[at]):
            return list(lines[at + 1 :])
    return []


def _stated(front: Front, line: str) -> None:
    if front.symbol or len(line) > 40 or "/" not in line:
        return
    try:
        symbol = symbols.parse(line)
    except ValueError:
        return
    front.symbol, front.session = str(symbol), symbol.session_number
    front.body = front.body or symbol.body


def _build(front: Front, body: str, number: str) -> None:
    symbol = symbols.resolution(body, number)
    if symbol:
        front.symbol, front.session = str(symbol), symbol.session_number


def _title(lines: Sequence[str], grammar: Grammar) -> str | None:
    kept: list[str] = []
    for line in lines:
        if not line or line[0] == "[" or _LETTER.match(line):
            continue
        if grammar.vote.match(line) or grammar.date.fullmatch(line):
            break
        kept.append(line)
    title = _MARK.sub("", " ".join(join(kept).split()))
    return title or None


def _adopted_on(front: Front, lines: Sequence[str], grammar: Grammar) -> None:
    """The date in `Resolution adopted by the Human Rights Council on 7 October 2022`, also over two lines."""
    for at, line in enumerate(lines):
        if grammar.adopted.match(line) or grammar.vote.match(line):
            found = grammar.date.search(" ".join(lines[at : at + 3]))
            if found and front.adopted_on is None:
                front.adopted_on = _date(found, grammar)


def read_closing(front: Front, lines: Sequence[str], grammar: Grammar) -> int:
    """Put meeting, date and vote of the closing block into `front`; the number of lines that it takes."""
    taken = 0
    for line in lines:
        if len(line) > 400:
            break
        known = False
        meeting = grammar.meeting.search(line)
        if meeting and front.meeting is None:
            front.meeting = next((value for name, value in meeting.groupdict().items() if name.startswith("meeting") and value), None)
            known = True
        when = grammar.date.search(line)
        if when and len(line) < 90:
            front.adopted_on = front.adopted_on or _date(when, grammar)
            known = True
        if front.vote is None and grammar.vote.match(line):
            front.vote = line.strip("[] ").split(". ")[0].rstrip(". ]")
            known = True
        if not known:
            break
        front.closing.append(line)
        taken += 1
    return taken


def _date(found: re.Match[str], grammar: Grammar) -> date | None:
    try:
        return date(int(found["year"]), grammar.months[found["month"].casefold()], int(found["day"]))
    except (ValueError, KeyError):
        return None
