"""From the lines after an opener to preambular and operative paragraphs: a walk with very little memory."""

from __future__ import annotations

import re
from bisect import bisect_right

from tracker.core.request import Problem
from tracker.core.resolution import Kind
from tracker.extraction.alphabets import number_value
from tracker.extraction.body import LONGEST_HEADING, Block, Body
from tracker.extraction.closing import is_closing
from tracker.extraction.grammar import Grammar
from tracker.extraction.labels import (
    ADDED,
    BARE_NUMBER,
    FIRST_MISREAD,
    HAN_NUMBER,
    NUMBER,
    SECTION,
    SUB,
)
from tracker.extraction.lines import PAUSES, TERMINAL, Lines, ends

FURTHEST = 4
"""How many numbers in a row may be lost at a page break and still be believed."""

_STOPS = PAUSES - frozenset(":：")
"""What ends a preambular paragraph where the layout does not show it: titles hold colons."""

CITATION = re.compile(r"\b[A-Z]{1,5}(?:/[\w.-]+){2,}")
"""A document symbol in a footnote."""


class Walk:
    """Reads the lines of one resolution, one by one; `run` gives the result."""

    def __init__(
        self,
        lines: Lines,
        grammar: Grammar,
        openers: frozenset[int],
        skipped: frozenset[int],
        headings: frozenset[int],
    ) -> None:
        self.lines, self.grammar, self.openers, self.skipped, self.headings = lines, grammar, openers, skipped, headings
        self.body = Body()
        self.block: Block | None = None
        self.operative = False
        self.number = 0
        self.highest = 0
        self.nested = 0
        self.restart = False
        self.begun = False
        self.marks: list[tuple[int, int]] = []

    def run(self, start: int, stop: int) -> Body:
        """Walk from line `start` up to `stop`, or to the closing block, an annex or the next resolution before it."""
        at = start
        self.marks = self._numbers(start, stop)
        while at < stop:
            text = self.lines.texts[at]
            if at in self.openers:
                if not self._opens_draft(text):
                    break
                self._open_draft(at, stop)
            elif self._ends_here(at, text):
                break
            elif at not in self.skipped:
                self._line(at, text)
            at += 1
        self._close(at)
        self.body.end = at
        return self.body

    def _numbers(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Line and number of every line that begins like a numbered paragraph, up to an annex or opener."""
        found: list[tuple[int, int]] = []
        for at in range(start, stop):
            text = self.lines.texts[at]
            match = NUMBER.match(text)
            if match:
                found.append((at, int(match["number"])))
            elif at in self.openers or self.grammar.annex.match(text):
                break
        return found

    def _next_number(self, at: int) -> int | None:
        """The next number after line `at` that is higher than the last one."""
        for mark in range(bisect_right(self.marks, (at, 1000)), len(self.marks)):
            if self.marks[mark][1] > self.number:
                return self.marks[mark][1]
        return None

    def _opens_draft(self, text: str) -> bool:
        """Whether an opener is that of a draft inside this resolution, not of the next resolution."""
        if not self.operative:
            return True
        last = self.block.last if self.block else self.body.blocks[-1].last
        return (
            text[0] in '«“”"„'
            or last.rstrip(' »”"')[-1:] in {":", "："}
            or bool(self.grammar.draft_follows.search(last))
        )

    def _open_draft(self, at: int, stop: int) -> None:
        self._close(at)
        operative = [block for block in self.body.blocks if block.kind is Kind.OPERATIVE]
        if operative:
            self.body.drafts.append((at, len(self.body.blocks)))
        if len(operative) == 1 and not operative[0].label:
            operative[0].number = "0"
            self.body.problems.clear()
        self.operative, self.restart, self.begun = False, False, False
        self.number = self.highest = self.nested = 0
        self.marks = self._numbers(at + 1, stop)

    def _ends_here(self, at: int, text: str) -> bool:
        """Whether line `at` belongs to the closing block or opens an annex."""
        if not (self.block is None or ends(self.block.last, PAUSES) or self.lines.gaps[at]):
            return False
        if at in self.headings and self._in_operative():
            return True
        if len(text) > LONGEST_HEADING:
            return False
        grammar = self.grammar
        if grammar.annex.match(text):
            return self.operative or bool(self.body.blocks) or self.block is not None
        return self._in_operative() and is_closing(text, grammar)

    def _in_operative(self) -> bool:
        return self.operative or (self.block is not None and self.block.verb)

    def _line(self, at: int, text: str) -> None:
        block = self.block
        apart = self.lines.gaps[at]
        done = block is None or ends(block.last, TERMINAL if self.operative else PAUSES if apart else _STOPS)
        if not done and apart and block is not None:
            done = self._must_be_new(block, at, text)
        found = NUMBER.match(text) or (self._bare_number(text) if done else None)
        if found is None and not self.number and FIRST_MISREAD.match(text):
            text = "1" + text[1:]
            found = NUMBER.match(text)
        if found and self._accepts(number_value(found["number"]), text[found.end() :], done, apart, at):
            rest = text[found.end() :]
            before = self._first_line_before(at) if not rest else []
            self._start(Block(Kind.OPERATIVE, str(self.number), found[0].strip(), [*before, rest]), at)
            self.operative = self.begun = True
        elif (done or apart) and (added := self._added(text)):
            number = f"{self.number}{added['added'].lower()}"
            self._start(Block(Kind.OPERATIVE, number, added[0].strip(), [text[added.end() :]]), at)
        elif block is not None and block.lines[-1] == "":
            block.lines[-1] = "" if text.isdigit() else text  # a page number may stand between
        elif not done:
            self._append(text)
        elif SUB.match(text):
            if block is not None and block.kind is None and not block.verb:
                self._close(at)
            self._append(text)
        else:
            self._unlabelled(text, apart, at)

    def _first_line_before(self, at: int) -> list[str]:
        """The first line of a paragraph whose number, alone on line `at`, a PDF reader has put after it."""
        block = self.block
        if block is None or block.kind is not None or not block.verb or len(block.lines) > 1:
            return []
        following = self.lines.texts[at + 1] if at + 1 < len(self.lines.texts) else ""
        if ends(block.last, TERMINAL) or not following or self.grammar.operative.match(following):
            return []
        self.block = None
        return block.lines

    def _must_be_new(self, block: Block, at: int, text: str) -> bool:
        """Whether a line that the layout sets apart opens a paragraph although the one before has no end.

        That one is a heading then, or has lost its comma to a footnote mark.
        """
        if block.kind is None and block.is_short:
            return bool(self.grammar.preamble.match(text) or self.grammar.operative.match(text))
        whole = not self.operative and self.grammar.cased and not self.lines.pages[at]
        return whole and text[:1].isupper() and self.grammar.preamble.match(text) is not None

    def _added(self, text: str) -> re.Match[str] | None:
        """`2 bis. Requests ...` behind paragraph 2."""
        found = ADDED.match(text) if self.operative and text[:1].isdigit() else None
        if found is None or int(found["number"]) != self.number:
            return None
        return found if self.grammar.operative.match(text, found.end()) else None

    def _bare_number(self, text: str) -> re.Match[str] | None:
        """`18 Welcomes ...`: the full stop after the number is lost, but it is the next one and a verb follows.

        So it is with `十八、`, where nothing is numbered in figures.
        """
        found = BARE_NUMBER.match(text) or (None if self.marks else HAN_NUMBER.match(text))
        if found is None or number_value(found["number"]) != self.number + 1:
            return None
        return found if self.grammar.operative.match(text, found.end()) else None

    def _accepts(self, number: int, rest: str, done: bool, apart: bool, at: int) -> bool:
        """Whether `number` may label an operative paragraph here; if so it becomes the current number."""
        verb = bool(self.grammar.operative.match(rest))
        if number <= self.number and done and verb and self._repeats(number):
            return True
        if number == 1 and self.number:
            if self.restart and (done or apart):
                self.highest = 0
                self._count(1)
                return True
            self.nested = 1
            return False
        if self.nested and number == self.nested + 1 and not verb:
            self.nested += 1
            return False
        if self.block is not None and self.block.kind is None and number == self.number + 2:
            self._close(at)
        expected = self.number + 1
        if number == expected or number == self.highest + 1:
            accepted = done or apart or not rest or verb
        else:
            accepted = expected < number <= expected + FURTHEST and done and verb
            if accepted:
                self._lost(expected, number)
        if accepted:
            self._count(number)
        return accepted

    def _count(self, number: int) -> None:
        self.number, self.highest, self.nested, self.restart = number, max(number, self.highest), 0, False

    def _repeats(self, number: int) -> bool:
        """Whether a number that was there already, or a lower one, is that of a paragraph all the same.

        Lists of a word processor begin again at 1, drafts have two paragraphs 5. What stands behind `:` is a list
        within the paragraph.
        """
        if not self.operative or self.nested or self.restart:
            return False
        before = self.block or self.body.blocks[-1]
        if ends(before.last, frozenset(":：")):
            return False
        message = f"paragraph {number} follows paragraph {self.number}: the numbers are not in order"
        self.body.problems.append(Problem("number-repeated", message))
        self._count(number)
        return True

    def _lost(self, expected: int, number: int) -> None:
        missing = ", ".join(str(lost) for lost in range(expected, number))
        self.body.problems.append(Problem("number-lost", f"no paragraph {missing} was found before paragraph {number}"))

    def _start(self, block: Block, at: int) -> None:
        self._close(at)
        self.block = block

    def _append(self, text: str) -> None:
        if self.block is None:
            self.block = self.body.blocks.pop() if self.body.blocks else Block(None)
        self.block.lines.append(text)

    def _unlabelled(self, text: str, apart: bool, at: int) -> None:
        """A line without label after the end of a sentence: a paragraph, a heading, or the sentence goes on."""
        grammar, block = self.grammar, self.block
        if self.operative and SECTION.match(text):
            self._close(at)
            self.restart = True
            return
        if self.operative and block is not None and block.kind is None and block.is_heading:
            self._close(at)  # so that the preamble of a section is seen as one
        capital = text.lstrip('«“„" ')[:1].isupper()
        may_open = apart
        if grammar.cased:  # a page ends after a comma now and then: what goes on with a small letter opens nothing
            may_open = capital or (apart and not self.lines.pages[at])
        participle = may_open and bool(grammar.preamble.match(text))
        verb = may_open and not participle and bool(grammar.operative.match(text))
        if self.operative and not self.restart:
            if may_open:
                self._start(Block(None, lines=[text], verb=verb), at)
            else:
                self._append(text)
        elif participle and (not self.operative or self.restart):
            self._start(Block(Kind.PREAMBULAR, lines=[text]), at)
            self.operative = False
        elif verb or self.block is None or (apart and (capital or not grammar.cased)):
            self._start(Block(None, lines=[text], verb=verb), at)
        else:
            self._append(text)

    def _close(self, at: int) -> None:
        """File the block that ends before line `at`; where its kind is open, it is decided now."""
        block, self.block = self.block, None
        if block is None or not any(block.lines):
            return
        heading = block.is_heading
        if block.kind is Kind.PREAMBULAR and heading and self.begun:
            self.restart = True
        elif block.kind is not None:
            self.body.blocks.append(block)
        elif block.verb and ends(block.last, TERMINAL) and self._may_be_next(at):
            self.number += 1
            self.highest = max(self.number, self.highest)
            block.kind, block.number = Kind.OPERATIVE, str(self.number)
            if self.marks:
                self.body.problems.append(Problem("number-lost", f"paragraph {self.number} has lost its number"))
            self.operative = self.begun = True
            self.body.blocks.append(block)
        elif heading:
            self.restart = True
        elif not self.operative:
            if ends(block.last, TERMINAL) and block.is_short and CITATION.search(block.lines[0]):
                return  # a footnote that has lost its number and its rule
            block.kind = Kind.PREAMBULAR
            self.body.blocks.append(block)
        elif self.body.blocks:
            self.body.blocks[-1].lines.extend(block.lines)

    def _may_be_next(self, at: int) -> bool:
        """Whether a paragraph without number may take the next one: the numbers that follow leave it free."""
        following = self._next_number(at - 1)
        return following is None or following > self.number + 1
