"""Page furniture: the lines that belong to the paper and not to the text."""

from __future__ import annotations

import re
from collections import Counter

_SYMBOL = r"[AESTH][A-Z]{0,4}(?:/[A-Z0-9][\w.-]*){1,6}(?:\ ?\([0-9IVXLCS-]+\))?(?:\ [A-Z](?:-[A-Z])?)?\*{0,3}"

_FURNITURE = re.compile(
    rf"""
      (?P<fences> `{{3,}}\w* )
    | (?P<images> <!--[^>]*--> | !?\[(?:image|img)[^\]]*\](?:\([^)]*\))? )
    | (?P<links> (?:https?://|www\.|undocs\.org/|docs\.un\.org/)\S* )
    | (?P<jobs> GE\.\ ?\d{{2}}-\d{{4,6}} .{{0,40}}             # job number of Geneva: GE.15-06884 (E)
              | \d{{2}}-\d{{5}} (?:\ ?\([A-Z]\))? (?:\ [\d\ ]{{1,12}})? (?:\ \d{{1,3}}/\d{{1,3}})?   # and of New York
              | \d{{1,3}}/\d{{1,3}} \ \d{{2}}-\d{{5}}
              | \*\ ?\d{{6,9}}\ ?\* | [KV]\d{{7}}(?:\ .{{0,20}})? )
    | (?P<pages> \d{{1,3}}/\d{{1,3}} | [-–—]\ ?\d{{1,3}}\ ?[-–—]
              | [Pp]ages?\ \d{{1,3}}(?:\ (?:of|de|sur|/)\ \d{{1,3}})? )
    | (?P<distribution> Distr\b.{{0,90}} | (?:Original|Оригинал|原文|الأصل)\ ?[:：].{{0,30}}
              | Please\ recycle.{{0,20}} | Merci\ de\ recycler.{{0,20}} )
    | (?P<heads> {_SYMBOL} )
    """,
    re.VERBOSE,
)
_LONGEST = 110
_DATE = re.compile(r"\d{1,2}(?:er)? \w{3,12} \d{4}")
_LANGUAGE = re.compile("(?:English|Français|French|Español|Spanish|Русский|Russian|Arabic|العربية|Chinese|中文)")


_FIRST_PAGE = 20
_FRONT = 60
_FEW_PAGES = 9
"""Documents of so many pages may say once only that a page is one of them."""

_PAGE_OF = re.compile(r"(\d{1,3})/(\d{1,3})")


def _page_totals(lines: list[str]) -> Counter[str]:
    """How many lines say that they are a page of so many."""
    return Counter(found[2] for line in lines if len(line) < 8 and (found := _PAGE_OF.fullmatch(line)))


def _is_page(line: str, totals: Counter[str]) -> bool:
    """`3/8` is page 3 of 8; `28/2` is the number of a resolution, and so is `19/26` where no other page is of 26."""
    page, _, pages = line.partition("/")
    return int(page) <= int(pages) and (int(pages) <= _FEW_PAGES or totals[pages] > 1)


def _is_new(line: str, symbols: set[str], *, in_front: bool) -> bool:
    """Whether a symbol is that of a masthead: the first one of the text, or another than those before, now known."""
    symbol = line.replace(" ", "").rstrip("*")
    new = symbol not in symbols and (bool(symbols) or in_front)
    symbols.add(symbol)
    return new


def cut_furniture(lines: list[str]) -> tuple[list[str], Counter[str]]:
    """The lines without page furniture, and how many of each kind went.

    The first line with a symbol stays where it is in the masthead: it says which document this is; so do the first
    ones with other symbols, where documents follow each other. Page numbers and running heads leave one form feed
    where they stood: the page ended there.
    """
    kept: list[str] = []
    counts: Counter[str] = Counter()
    symbols: set[str] = set()
    totals = _page_totals(lines)
    after_distribution = 0
    beside = False
    for line in lines:
        if not line or len(line) > _LONGEST:
            kept.append(line)
            beside = beside and not line
            continue
        found = _FURNITURE.fullmatch(line)
        kind = found.lastgroup if found else None
        if kind == "pages" and "/" in line and not (_is_page(line, totals) and (beside or len(kept) >= _FIRST_PAGE)):
            kind = None
        beside = kind is not None
        if kind is None:
            if after_distribution and (_DATE.fullmatch(line) or _LANGUAGE.fullmatch(line)):
                after_distribution -= 1
                counts["distribution"] += 1
                continue
            after_distribution = 0
            kept.append(line)
            continue
        after_distribution = 3 if kind == "distribution" else after_distribution
        if kind == "heads" and _is_new(line, symbols, in_front=len(kept) < _FRONT):
            kept.append(line)
            continue
        counts[kind] += 1
        if kind in {"heads", "pages", "jobs", "images"} and kept and kept[-1] != "\f":
            kept.append("\f")
    return kept, counts
