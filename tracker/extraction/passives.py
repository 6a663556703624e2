"""Passive verbs, whose subject is who is asked: `The Secretary-General is requested to report`.

Few resolutions ask so, and where they do the verb does not open the paragraph: only the paragraphs that open with no
operative verb are read for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.extraction.catalogue import Catalogue
from tracker.extraction.ties import Tied
from tracker.extraction.verbs import passive_at

_STRONG = re.compile("[;؛；。:：]|[.](?= )")
_RELATIVE = 24  # characters before a verb in which its relative pronoun stands
_LONGEST = 600  # characters of the longest subject


def find_passives(catalogue: Catalogue, folded: str) -> Iterator[Tied]:
    """The passive verbs of a folded paragraph; `subject` is where the subject of each starts."""
    end = 0
    for start in catalogue.passive_starts.finditer(folded):
        if start.start() < end or _is_relative(catalogue, folded, start.start()):
            continue
        verb = passive_at(catalogue, folded, start.start())
        if verb is None or verb.start - end > _LONGEST:
            continue
        left, subject = _subject(catalogue, folded, end, verb.start)
        mark = folded[left:subject].strip()
        yield Tied(verb, left, verb.start, mark, "", "", lead=False, opens=False, subject=subject)
        end = verb.end


def _is_relative(catalogue: Catalogue, folded: str, verb: int) -> bool:
    """Whether the subject is a relative pronoun: `States that are requested to report`."""
    if catalogue.relatives is None:
        return False
    pronouns = catalogue.relatives.finditer(folded, max(0, verb - _RELATIVE), verb + 1)
    return any(not folded[pronoun.end() : verb].strip() or pronoun.start("next") == verb for pronoun in pronouns)


def _subject(catalogue: Catalogue, folded: str, end: int, verb: int) -> tuple[int, int]:
    """Where the clause before ends, and where the subject of the verb at `verb` starts.

    Behind another clause, which ends at `end`, at the last full stop or semicolon, else at the last comma with a
    conjunction, else at the last of either.
    """
    if not end:
        return 0, 0
    strong = [mark.end() for mark in _STRONG.finditer(folded, end, verb)]
    start = strong[-1] if strong else end
    ties = [tie for tie in catalogue.boundary.finditer(folded, start, verb + 1) if tie.end() <= verb]
    if strong:
        opening = ties[0] if ties and not folded[strong[-1] : ties[0].start()].strip() else None
        return strong[-1] - 1, opening.end() if opening else strong[-1]
    marked = [tie for tie in ties if folded[: tie.start()].rstrip()[-1:] in catalogue.marks]
    tie = (marked or ties)[-1] if ties else None
    return (tie.start(), tie.end()) if tie else (verb, verb)
