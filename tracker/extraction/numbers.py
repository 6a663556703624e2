"""Ordinals and cardinals in words and figures, from the parts that a lexicon lists.

Table [numbers] of a lexicon, for `ordinal` and `cardinal` each:

- `atoms`: number -> forms that stand alone or end a number; a form with `*` takes each of `endings`;
- `bases`: number -> forms that begin a larger number (`vingt`, `twenty`, `сто`);
- `joins`: how base and rest are put together (`{base} {rest}`, `{base} et {rest}`); `joins_by_base` overrides
  them for one base. The largest base that fits is taken first, so 71 is 60 + 11 where 70 is no base.

`figures` is the pattern of an ordinal in figures, its number in the group `n`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.extraction.folding import fold
from tracker.extraction.lexicon import Lexicon

HIGHEST = 150
"""Sessions are numbered up to here, with room: the World Health Assembly and the ILO Conference are past 110."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """The numbers of one language: folded words -> value, and the pattern of ordinals in figures.

    `parts` are the single words that occur in ordinals, `counts` those in cardinals of two words and more.
    """

    ordinals: Mapping[str, int]
    cardinals: Mapping[str, int]
    figures: re.Pattern[str]
    parts: frozenset[str]
    counts: frozenset[str]

    def ordinal(self, words: str) -> int | None:
        """The value of an ordinal in folded words or figures; None when it is none."""
        found = self.ordinals.get(words)
        if found is None and (match := self.figures.fullmatch(words)):
            found = int(match["n"])
        return found if found and found <= HIGHEST else None

    def cardinal(self, words: str) -> int | None:
        """The value of a whole number in folded words or figures; None when it is none."""
        if words.isdecimal() and len(words) <= 4:
            return int(words)
        return self.cardinals.get(words)


@cache
def numbers(lexicon: Lexicon) -> Numbers:
    """The numbers of the language of `lexicon`."""
    table = lexicon.table("numbers")
    ordinals, cardinals = _words(table.get("ordinal", {})), _words(table.get("cardinal", {}))
    return Numbers(
        ordinals,
        cardinals,
        re.compile(fold(str(table.get("figures", r"(?P<n>\d{1,3})"))).replace("?p<", "?P<")),
        frozenset(word for form in ordinals for word in form.split()),
        frozenset(
            word
            for form in cardinals
            if " " in form
            for word in form.split()
            if cardinals.get(word, 0 if len(word) > 3 else 1) != 1  # not `one` nor `and`
        ),
    )


def _words(table: Mapping[str, Any]) -> dict[str, int]:
    """Each folded form of the numbers 1..HIGHEST that the parts in `table` give."""
    endings = [str(ending) for ending in table.get("endings", ())]
    atoms = {int(n): _forms(forms, endings) for n, forms in table.get("atoms", {}).items()}
    bases = {int(n): [fold(str(form)) for form in forms] for n, forms in table.get("bases", {}).items()}
    joins = [fold(str(join)) for join in table.get("joins", ["{base} {rest}"])]
    special = {int(n): [fold(str(join)) for join in found] for n, found in table.get("joins_by_base", {}).items()}
    found: dict[int, list[str]] = {}
    for number in range(1, HIGHEST + 1):
        forms = list(atoms.get(number, ()))
        base = max((base for base in bases if base < number), default=0)
        # 70 has its own words in some languages and is 60 + 10 in others: both are tried
        for rest in found.get(number - base, ()) if base else ():
            forms += [join.format(base=first, rest=rest) for join in special.get(base, joins) for first in bases[base]]
        found[number] = forms
    words: dict[str, int] = {}
    for number, forms in found.items():
        for form in forms:
            words.setdefault(form, number)
    return words


def _forms(forms: Any, endings: list[str]) -> list[str]:
    found: list[str] = []
    for form in forms:
        stem = fold(str(form))
        found += [stem[:-1] + fold(ending) for ending in endings] if stem.endswith("*") else [stem]
    return found
