"""Chapeau and lettered sub-paragraphs, and whether each letter asks for something of its own.

One request for each first-level letter when the letters are actions; one for the whole when they only list topics
(`a report on: (a) ...; (b) ...`): labelling guide, rule 4. Deeper levels belong to the text of their letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.core.resolution import Kind, Paragraph, Resolution
from tracker.extraction.catalogue import Catalogue
from tracker.extraction.spelling import fold

_NEAR = 160  # characters before the colon in which a chapeau announces what follows
_TAIL = " \t\n:：—–-"


class Letter(NamedTuple):
    """A first-level sub-paragraph with everything below it: `text` is `resolution.text[start:end]`."""

    label: str
    sub: str
    text: str
    start: int
    end: int


class Unit(NamedTuple):
    """A top-level operative paragraph, its own text (the chapeau) and its letters."""

    number: str
    text: str
    start: int
    end: int
    letters: tuple[Letter, ...] = ()

    @property
    def last(self) -> int:
        """Where the last of its letters ends."""
        return self.letters[-1].end if self.letters else self.end


def units(resolution: Resolution) -> Iterator[Unit]:
    """The operative paragraphs of a resolution with their letters, in order."""
    rows: list[Paragraph] = []
    for paragraph in resolution.paragraphs:
        if paragraph.kind is not Kind.OPERATIVE:
            continue
        if " " not in paragraph.label and rows:
            yield _unit(resolution, rows)
            rows = []
        rows.append(paragraph)
    if rows:
        yield _unit(resolution, rows)


def _unit(resolution: Resolution, rows: Sequence[Paragraph]) -> Unit:
    top, below = (rows[0], rows[1:]) if " " not in rows[0].label else (None, rows)
    letters: list[Letter] = []
    for row in below:
        sub = row.sub or ""
        if letters and letters[-1].sub == sub:
            start = letters[-1].start
            letters[-1] = Letter(letters[-1].label, sub, resolution.text[start : row.end], start, row.end)
        else:
            label = " ".join(row.label.split(" ")[:2])
            letters.append(Letter(label, sub, resolution.text[row.start : row.end], row.start, row.end))
    if top is None:
        start = rows[0].start
        return Unit(rows[0].number, "", start, start, tuple(letters))
    return Unit(top.number, resolution.text[top.start : top.end], top.start, top.end, tuple(letters))


def letters_are_actions(catalogue: Catalogue, chapeau: str, letters: Sequence[Letter]) -> str | None:
    """The rule by which each letter is an action of its own, or None when the letters only list topics."""
    if not letters:
        return None
    rules = catalogue.letters
    ending = fold(chapeau)[0].rstrip(_TAIL)
    near = max(0, len(ending) - _NEAR)
    if rules.exempt and rules.exempt.search(ending, near):
        return None
    if rules.chapeau and rules.chapeau.search(ending):
        return "chapeau ends with the particle of the action"
    openings = [fold(letter.text[:160])[0].lstrip(' ,;«“"') for letter in letters]
    opened = sum(bool(rules.action and rules.action.match(text)) for text in openings)
    if rules.asked and sum(bool(rules.asked.search(text)) for text in openings) * 2 >= len(letters):
        return "letters say who is asked"
    if (rules.nouns and rules.nouns.search(ending)) or (rules.lists and rules.lists.search(ending, near)):
        return None
    if rules.aside and rules.aside.search(ending):
        return "chapeau ends with the particle of the action and an aside"
    tasks = rules.tasks and rules.tasks.search(ending)
    if rules.topics and rules.topics.search(ending) and not (tasks and tasks.end() == len(ending)):
        return "letters open with an action" if opened * 2 > len(letters) and not rules.bare else None
    if opened * 2 >= len(letters):
        return "letters open with an action"
    if tasks:
        return "chapeau announces tasks"
    return None
