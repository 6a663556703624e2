"""Whether a request of a later resolution asks again what an earlier one asked: topic first, then words.

Renewals repeat the title of the earlier resolution or name it in their preamble; only then are requests compared,
since formulas such as "to report on the implementation of the present resolution" are the same in all of them.
The thresholds are measured on labelled pairs: `benchmarks/renewals.py`, figures in docs/tracking.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from tracker.core.reference import places
from tracker.core.resolution import Extraction

SAME_TITLE = 85
"""Per cent of likeness from which two titles name one topic."""

SAME_REQUEST = 65
"""Per cent of likeness from which two requests to the same addressees ask the same, in resolutions on one topic."""

_NUMBER = re.compile(r"(?<![\w/])(?:(?:S-)?\d{1,4}/\d{1,4}|\d{1,4}\s?\((?:\d{4}|[IVXLC]+)\))(?![\w/])")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is compared: its item, the codes of who is asked, and what."""

    item: int
    codes: frozenset[str]
    action: str


def tail(symbol: str) -> str:
    """The number of a resolution without the letters of its body: `28/2`, `2723(2024)`."""
    return symbol.rpartition("RES/")[2].replace(" ", "")


def named_in(text: str) -> frozenset[str]:
    """The numbers of resolutions that a text names, as `tail` writes them."""
    if "/" not in text and "(" not in text:  # as in thousands of titles
        return frozenset()
    return frozenset(re.sub(r"\s", "", found) for found in _NUMBER.findall(text))


def topic(title: str | None, symbol: str) -> str:
    """The title; empty where it says no more than the number, as those of the Security Council do."""
    return "" if tail(symbol).partition("(")[0] in (title or "") else title or ""


def alike_titles(title: str, others: Sequence[str]) -> list[int]:
    """Which of many titles are much like `title`, as numbers: a sieve for `on_one_topic`."""
    titles = [other.casefold() for other in others]
    found = process.extract(title.casefold(), titles, scorer=fuzz.token_sort_ratio, score_cutoff=SAME_TITLE, limit=None)
    return [number for _, _, number in found]


def on_one_topic(new: str, old: str, *, named: bool) -> bool:
    """Whether a later resolution is on the topic of an earlier one; `named`: its preamble names the earlier one.

    Titles must be much the same and not speak of two names (Belarus, Eritrea), unless the earlier one is named;
    where a title tells no topic, only that counts.
    """
    if not new or not old:
        return named
    if fuzz.token_sort_ratio(new.casefold(), old.casefold(), score_cutoff=SAME_TITLE) == 0:
        return False
    return named or not (_names(new) - _names(old) and _names(old) - _names(new))


def _names(title: str) -> set[str]:
    """The words of a title that begin with a capital, but for the first one."""
    return {word.strip(".,;:()") for word in title.split()[1:] if word[:1].isupper()}


def asked(extraction: Extraction) -> list[tuple[str, Asked]]:
    """The requests of a text by their places, numbered in their order."""
    where = places((request.paragraph, request.sub) for request in extraction.requests)
    return [
        (str(place), Asked(number, frozenset(one.code for one in request.addressees), request.action))
        for number, (place, request) in enumerate(zip(where, extraction.requests, strict=True))
    ]


def repeated(new: Sequence[Asked], old: Sequence[Asked]) -> list[tuple[int, int, int]]:
    """The requests of `new` that repeat one of `old`: (new item, old item, likeness), each item once, best first."""
    scored = []
    for one in new:
        words = one.action.casefold()
        for other in old:
            if one.codes == other.codes:
                score = fuzz.token_sort_ratio(words, other.action.casefold(), score_cutoff=SAME_REQUEST)
                if score:
                    scored.append((score, one.item, other.item))
    found: dict[int, tuple[int, int]] = {}
    taken: set[int] = set()
    for score, item, earlier in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if item not in found and earlier not in taken:
            found[item] = (earlier, int(score))
            taken.add(earlier)
    return [(item, earlier, score) for item, (earlier, score) in found.items()]
