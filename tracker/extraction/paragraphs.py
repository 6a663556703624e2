"""From the lines after an opener to preambular and operative paragraphs: a walk with very little memory."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.core.request import Problem
from tracker.core.resolution import Kind
from tracker.extraction.grammar import Grammar
from tracker.extraction.labels import NUMBER, SECTION, SUB
from tracker.extraction.lines import PAUSES, TERMINAL, Lines, ends

FURTHEST = 4
"""How many numbers in a row may be lost at a page break and still be believed."""

HEADING = 160
"""Characters: a longer line is no heading."""


@dataclass(slots=True)
class Block:
    """A paragraph being read: `lines` as they stand in the document, `kind` None while it is not known."""

    kind: Kind | None
    number: str = ""
    label: str = ""
    lines: list[str] = field(default_factory=list)
    apart: bool = True

    @property
    def last(self) -> str:
        return self.lines[-1] if self.lines else ""


@dataclass(slots=True)
class Body:
    """What the walk found in the lines of one resolution."""

    blocks: list[Block] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    end: int = 0


class Walk:
    """Reads the lines of one resolution from the line after its opener; `body` is the result."""

    def __init__(self, lines: Lines, grammar: Grammar, openers: frozenset[int], title: str) -> None:
        self.lines, self.grammar, self.openers = lines, grammar, openers
        self.title = title
        self.body = Body()
        self.block: Block | None = None
        self.operative = False
        self.number = 0
        self.nested = 0
        self.restart = True
        self.numbered = True

    def run(self, start: int, stop: int) -> Body:
        """Walk from line `start` up to `stop`, or to the closing block or an annex before it."""
        at = start
        self.numbered = self._is_numbered(start, stop)
        while at < stop:
            if at in self.openers:
                at = self._embedded(at, stop)
                continue
            text = self.lines.texts[at]
            if self._ends_here(at, text):
                break
            if not (self.lines.pages[at] and self._is_running_title(text)):
                self._line(at, text)
            at += 1
        self._close()
        self.body.end = at
        return self.body

    def _is_numbered(self, start: int, stop: int) -> bool:
        for at in range(start, stop):
            if at in self.openers or self.grammar.annex.match(self.lines.texts[at]):
                return False
            found = NUMBER.match(self.lines.texts[at])
            if found and int(found["number"]) == 1:
                return True
        return False

    def _embedded(self, at: int, stop: int) -> int:
        """A draft for another body inside the resolution: its paragraphs follow as they are."""
        self._close()
        if not self.numbered:
            for block in self.body.blocks:
                if block.kind is Kind.OPERATIVE and block.number:
                    block.number = "0"
        self.operative, self.number, self.restart = False, 0, True
        self.numbered = self._is_numbered(at + 1, stop)
        return at + 1

    def _is_running_title(self, text: str) -> bool:
        return bool(self.title) and len(text) < HEADING and text.casefold() in self.title

    def _ends_here(self, at: int, text: str) -> bool:
        """Whether line `at` belongs to the closing block or opens an annex."""
        if len(text) > HEADING or not (self.block is None or ends(self.block.last, PAUSES) or self.lines.gaps[at]):
            return False
        grammar = self.grammar
        if self.operative and (
            grammar.meeting.search(text) and len(text) < 90 or grammar.date.fullmatch(text) or text[0] == "[" and grammar.vote.match(text)
            or grammar.vote.match(text) and grammar.meeting.search(text)
        ):
            return True
        return bool(grammar.annex.match(text)) and (self.operative or self.body.blocks != [])

    def _line(self, at: int, text: str) -> None:
        done = self.block is None or ends(self.block.last, TERMINAL if self.operative else PAUSES)
        apart = self.lines.gaps[at]
        found = NUMBER.match(text)
        if found and self._accepts(int(found["number"]), text[found.end() :], done, apart):
            self._start(Block(Kind.OPERATIVE, str(self.number), found[0].strip(), [text[found.end() :]]))
            self.operative = True
        elif self.block is not None and not self.block.lines[0] and len(self.block.lines) == 1:
            self.block.lines[0] = text
        elif not done:
            self._go_on(text, apart)
        elif SUB.match(text):
            self._sub(text)
        elif self.operative:
            self._after_operative(text, apart)
        else:
            self._in_preamble(text, apart)

    def _accepts(self, number: int, rest: str, done: bool, apart: bool) -> bool:
        """Whether `number` may label an operative paragraph here."""
        if not self.numbered:
            return False
        verb = bool(self.grammar.operative.match(rest))
        expected = self.number + 1
        if number == 1 and self.number and self.restart and (done or apart):
            self.number = 1
            self.nested = 0
            return True
        if number == 1 and self.number:
            self.nested = 1
            return False
        if self.nested and number == self.nested + 1 and not verb:
            self.nested += 1
            return False
        if number == expected and (done or apart or not rest or rest[0].isupper() or (verb and not self.operative)):
            if not done and not verb and not apart:
                return False
            self.number, self.nested, self.restart = number, 0, False
            return True
        if self.number and expected < number <= expected + FURTHEST and done and verb:
            missing = ", ".join(str(lost) for lost in range(expected, number))
            if not self._promote(expected, number):
                self.body.problems.append(Problem("numbers-lost", f"no paragraph {missing} was found before paragraph {number}"))
            self.number, self.nested, self.restart = number, 0, False
            return True
        return False

    def _promote(self, expected: int, number: int) -> bool:
        """Give an unnumbered paragraph right before `number` the number that is missing."""
        block = self.block
        if number == expected + 1 and block and block.kind is None and block.lines and self.grammar.operative.match(block.lines[0]):
            block.kind, block.number = Kind.OPERATIVE, str(expected)
            self.body.problems.append(Problem("number-lost", f"paragraph {expected} has lost its number"))
            return True
        return False

    def _start(self, block: Block) -> None:
        self._close()
        self.block = block

    def _go_on(self, text: str, apart: bool) -> None:
        """The line goes on with the sentence before it."""
        if self.block is None:
            self.block = Block(None)
        self.block.lines.append(text)

    def _sub(self, text: str) -> None:
        if self.block is not None and self.block.kind is None:
            self._close()
        self._append(text)

    def _append(self, text: str) -> None:
        if self.block is None and self.body.blocks:
            self.block = self.body.blocks.pop()
        if self.block is None:
            self.block = Block(None)
        self.block.lines.append(text)

    def _in_preamble(self, text: str, apart: bool) -> None:
        opens = bool(self.grammar.preamble.match(text)) and (apart or not self.grammar.cased or text.lstrip("«“\" ")[:1].isupper())
        if not self.grammar.cased:
            opens = opens and apart
        if not self.numbered and self.grammar.operative.match(text) and (apart or text[:1].isupper()) and not opens:
            self.operative = True
            self.number += 1
            self._start(Block(Kind.OPERATIVE, str(self.number), "", [text]))
        elif opens or self.block is None or (apart and not text[:1].islower()):
            self._start(Block(Kind.PREAMBULAR if opens else None, lines=[text]))
        else:
            self._append(text)

    def _after_operative(self, text: str, apart: bool) -> None:
        if SECTION.match(text):
            self._close()
            self.restart = True
            return
        if not self.numbered:
            if self.grammar.operative.match(text) and (apart or text[:1].isupper()):
                self.number += 1
                self._start(Block(Kind.OPERATIVE, str(self.number), "", [text]))
            else:
                self._append(text)
            return
        if self.restart and self.grammar.preamble.match(text):
            self.operative = False
            self._in_preamble(text, apart)
            return
        self._start(Block(None, lines=[text], apart=apart))

    def _close(self) -> None:
        """File the block that ends here; what has no label becomes a paragraph, a heading or a continuation."""
        block, self.block = self.block, None
        if block is None or not any(block.lines):
            return
        if block.kind is None and not self.operative:
            heading = not ends(block.last, PAUSES) and sum(map(len, block.lines)) < HEADING
            if heading:
                self.restart = True
                return
            block.kind = Kind.PREAMBULAR
        if block.kind is None:
            self._file_loose(block)
            return
        self.body.blocks.append(block)

    def _file_loose(self, block: Block) -> None:
        lost = self.grammar.operative.match(block.lines[0]) and block.lines[0][:1].isupper()
        if lost and ends(block.last, TERMINAL):
            self.number += 1
            block.kind, block.number = Kind.OPERATIVE, str(self.number)
            self.body.problems.append(Problem("number-lost", f"paragraph {self.number} has lost its number"))
            self.body.blocks.append(block)
        elif not ends(block.last, PAUSES) and sum(map(len, block.lines)) < HEADING:
            self.restart = self.restart or bool(re.match(r"[IVX]{1,5}[. ]", block.lines[0]))
        elif self.body.blocks:
            self.body.blocks[-1].lines.extend(block.lines)
