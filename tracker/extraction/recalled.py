"""Requests that another text made and this one only recalls: not items, but kept with their source.

`Rappelle que, dans sa résolution 69/179, l’Assemblée générale a prié le Secrétaire général ...`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from tracker.extraction.catalogue import Catalogue
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.spelling import fold, fold_word

_SYMBOL = re.compile(r"\b(?:A|S|E)/(?:[A-Z]{1,20}/){0,6}(?:RES/)[\w./-]{0,60}\d(?:[ ]?\([\w]+\))?")
_NUMBER = re.compile(
    r"""
    (?<![A-Za-z0-9/.])
    (?: (?P<year>\d{4})/(?P<act>\d{1,3})                                    # 2015/6 (ECOSOC)
      | (?P<session>\d{1,3})/(?P<number>\d{1,3}) (?:\s?(?P<letter>[A-Z])(?![A-Za-z]))?  # 69/179, 48/162 B
    )
    (?![A-Za-z0-9/])
    """,
    re.VERBOSE,
)
_COUNCIL = re.compile(r"(?<![A-Za-z0-9/.])(?P<number>\d{1,4})\s?\((?P<year>\d{4}|[A-Z-]*[IVXLC]+)\)")
_FORMATS: Mapping[str, str] = {
    "GA": "A/RES/{}",
    "HRC": "A/HRC/RES/{}",
    "SC": "S/RES/{}",
    "ECOSOC": "E/RES/{}",
    "UNEA": "UNEP/EA.{0[0]}/RES.{0[1]}",
}


def source_of(catalogue: Catalogue, lexicon: Lexicon, text: str, body: str | None) -> str | None:
    """The symbol of the text whose request `text` recalls; None when it recalls none or names no source."""
    folded = fold(text)[0]
    if not catalogue.recalled.search(folded):
        return None
    if stated := _SYMBOL.search(text):
        return stated.group()
    if council := _COUNCIL.search(text):
        number = f"{council['number']} ({council['year']})"
        return f"S/RES/{number}" if council["year"].isdigit() else f"A/RES/{number}"
    numbered = _NUMBER.search(text)
    if numbered is None:
        return None
    if numbered["year"]:
        return f"E/RES/{numbered['year']}/{numbered['act']}"
    whose = _body(lexicon, folded, numbered.start()) or body
    number = f"{numbered['session']}/{numbered['number']}{numbered['letter'] or ''}"
    if whose == "UNEA":
        return f"UNEP/EA.{numbered['session']}/RES.{numbered['number']}"
    return _FORMATS.get(whose or "", "{}").format(number)


def _body(lexicon: Lexicon, folded: str, near: int) -> str | None:
    """The body that the text names nearest to its resolution."""
    found = [
        (min(abs(place - near), abs(place + len(name) - near)), code)
        for name, code in _names(lexicon)
        if (place := folded.find(name)) >= 0
    ]
    return min(found)[1] if found else None


@cache
def _names(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    table: Mapping[str, Any] = lexicon.tables.get("bodies", {})
    return tuple(
        (fold_word(name), code)
        for code in _FORMATS
        for name in table.get(code, ())
        if isinstance(table.get(code), list)
    )
