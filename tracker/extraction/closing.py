"""The closing block of a resolution: the meeting, the date and the vote behind its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tracker.extraction.front_matter import Front, date_in, meeting_in
from tracker.extraction.grammar import Grammar
from tracker.extraction.labels import NUMBER
from tracker.extraction.lines import join


def is_closing(text: str, grammar: Grammar) -> bool:
    """Whether a short line is one of the closing block: the meeting, the date or the vote."""
    meeting = grammar.meeting.search(text)
    return bool(
        (meeting and len(text) < 90 and not NUMBER.match(text))
        or grammar.date.fullmatch(text)
        or (grammar.vote.match(text) and (text[0] == "[" or meeting))
    )


def read_closing(front: Front, lines: Sequence[str], grammar: Grammar) -> int:
    """Put meeting, date and vote of the closing block into `front`; the number of lines that it takes."""
    taken = 0
    for line, size in _whole_votes(lines, grammar):
        if len(line) > 400:
            break
        known = False
        meeting = grammar.meeting.search(line)
        if meeting and front.meeting is None:
            front.meeting = meeting_in(meeting)
            known = True
        when = grammar.date.search(line)
        if when and len(line) < 90:
            front.adopted_on = front.adopted_on or date_in(when, grammar)
            known = True
        bracket = line.find("[")
        vote = line[bracket:] if bracket > 0 else line
        if front.vote is None and grammar.vote.match(vote):
            front.vote = re.split(r"\. |。", vote.strip("[] "))[0].rstrip(". ]")
            known = True
        if not known:
            break
        front.closing.append(line)
        taken += size
    return taken


def _whole_votes(lines: Sequence[str], grammar: Grammar) -> Iterator[tuple[str, int]]:
    """The lines, those of a vote that is broken over lines put together up to the end of its sentence."""
    at = 0
    while at < len(lines):
        line, size = lines[at], 1
        opens = line.find("[")
        if opens >= 0 and grammar.vote.match(line[opens:]):
            while not re.search(r"[.:\]。：]$", line) and size < _VOTE_LINES and at + size < len(lines):
                line = join([line, lines[at + size]], grammar.after_hyphen)
                size += 1
            if sentence := re.search(r"\.(?= )|。", line):
                line = line[: sentence.end()]
        yield line, size
        at += size


_VOTE_LINES = 6
