"""The concrete product that a request names: a report, a study, a meeting ... (labelling guide of the corpus).

A product counts when a verb that makes, delivers or holds it stands shortly before it (`submit ... a report`) or
behind it (`that a report be submitted`), or when its word says both (`report thereon`, `keep the Council informed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from tracker.core.codes import Deliverable
from tracker.extraction.alternation import any_of
from tracker.extraction.context import Context
from tracker.extraction.lexicon import Lexicon, compiling
from tracker.extraction.phrases import expand, to_pattern
from tracker.extraction.sieve import Sieve, needles

_REACH = 3000  # characters of the action that are looked at
_GAP = 50  # characters: how far a product may stand from the verb that makes it
_FAR = 200  # characters: how far from it a document may stand that is first named there (`a report`)
_BEHIND = 90  # characters behind a product in which its passive verb stands
_PARTED = re.compile(r"[.,;:]")
_NEVER = re.compile(r"(?!)")
_MAIN = 140  # characters: only what the first words ask for counts, documents apart
_LONGEST = 80  # characters of the words of a product
_FIRST = (Deliverable.REPORT, Deliverable.STUDY, Deliverable.UPDATE)
"""Documents come before whatever else the request asks: they are what is to be submitted."""

_WHOLE = (*_FIRST, Deliverable.PANEL)
"""Products that are made as a whole; of others (`all support that is provided`) it may say how they are given."""


@dataclass(frozen=True, eq=False, slots=True)
class _Products:
    """The compiled table [deliverables]: `product` finds the words of any product, `listed` says of which.

    `document` finds those of documents alone. What is listed without a product only begins like one. `articles`, which
    stand before a document that is first named, end a searched span; `objects` are words that need none. `made`: what
    is said behind a product that is to be made; `about`: what leads to the subject of a document.
    """

    makers: re.Pattern[str]
    made: re.Pattern[str]
    product: re.Pattern[str]
    document: Sieve
    articles: re.Pattern[str]
    objects: frozenset[str]
    about: tuple[str, ...]
    listed: tuple[tuple[str, Deliverable | None, bool], ...]
    spaced: bool


def find_deliverable(action: str, context: Context) -> Deliverable | None:
    """The product that `action` asks for; None when it names none."""
    products = _products(context.lexicon)
    text = action[:_REACH].lower().replace("'", "’")
    first: Deliverable | None = None
    at = 0
    for found in products.product.finditer(text, 0, _MAIN + _LONGEST):
        if found.start() > _MAIN:
            break
        at = found.end()
        kind, alone = _kind(products, found[0])
        if kind is None or not (alone or _is_wanted(products, text, found)):
            continue
        if kind in _FIRST:
            return kind
        first = first or kind
    for found in products.document.finditer(text, max(at, _MAIN)):
        kind, alone = _kind(products, found[0])
        if kind and (alone or _is_wanted(products, text, found)):
            return kind
    return first


def _is_wanted(products: _Products, text: str, found: re.Match[str]) -> bool:
    """Whether a verb says of a product that it is to be made."""
    if _is_made(products, text, found.start()) or _is_far(products, text, found):
        return True
    if _kind(products, found[0])[0] not in _WHOLE:
        return False
    made = products.made.search(text, found.end(), found.end() + _BEHIND)
    return made is not None and _PARTED.search(text, found.end(), made.start()) is None


def _is_made(products: _Products, text: str, place: int, gap: int = _GAP) -> bool:
    before = text[max(0, place - gap) : place]
    return products.makers.search(re.split(r"[.;。；؛]", before)[-1]) is not None


def _is_far(products: _Products, text: str, found: re.Match[str]) -> bool:
    """Whether a document is one that is to be made, with no more than asides between it and its verb."""
    if _kind(products, found[0])[0] not in _FIRST:
        return False
    start = found.start()
    # "to submit to the Council, at its thirtieth session, reports on lamps": behind an aside the noun needs no article
    aside = text[max(0, start - 2) : start] == ", " and text.startswith(products.about, found.end())
    named = aside or found[0] in products.objects or products.articles.search(text, max(0, start - _GAP), start)
    return bool(named) and _is_made(products, text, found.start(), _FAR)


@cache
def _products(lexicon: Lexicon) -> _Products:
    with compiling(lexicon):
        return _compiled(lexicon.table("deliverables"))


def _compiled(table: Mapping[str, Any]) -> _Products:
    spaced = bool(table.get("spaced", True))
    entries = sorted(_entries(table), key=lambda entry: (-len(entry[0]), entry[0]))
    start = r"(?<!\w)" if spaced else ""
    makers = [_plain(text, spaced) for form in table.get("makers", []) for text in expand(form.lower())]
    articles = [_plain(text, spaced) for form in table.get("articles", ()) for text in expand(form.lower())]
    made = [_plain(text, spaced) for form in table.get("made_behind", ()) for text in expand(form.lower())]
    documents = [_plain(text, spaced) for text, kind, _ in entries if kind is None or kind in _FIRST]
    return _Products(
        re.compile(start + any_of(makers)),
        re.compile(start + any_of(made)) if made else _NEVER,
        re.compile(start + any_of(_plain(text, spaced) for text, _, _ in entries)),
        Sieve(re.compile(start + any_of(documents)), needles(documents)),
        re.compile(rf"{start}{any_of(articles)}(?:\s[\w’-]+){{0,3}}\s$") if articles else _NEVER,
        frozenset(text for form in table.get("objects", ()) for text in expand(form.lower())),
        tuple(f" {text} " for form in table.get("about", ()) for text in expand(form.lower())),
        tuple(entries),
        spaced,
    )


@lru_cache(maxsize=1000)
def _kind(products: _Products, words: str) -> tuple[Deliverable | None, bool]:
    """The product that `words` name, and whether they stand alone: of the first form that they have."""
    plain = " ".join(words.split())
    return next(
        (kind, alone)
        for form, kind, alone in products.listed
        if form == plain or (_varies(form, products.spaced) and re.fullmatch(_plain(form, products.spaced), words))
    )


def _varies(form: str, spaced: bool) -> bool:
    """Whether a form stands for other words than its own; where no blanks part words, one in it may be left out."""
    return "*" in form or "-" in form or (not spaced and " " in form)


def _plain(text: str, spaced: bool) -> str:
    return to_pattern(f"={text}", spaced=spaced)


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, Deliverable | None, bool]]:
    seen: set[str] = set()
    yield from ((text, None, True) for form in table.get("other_words", ()) for text in expand(form.lower()))
    for key in ("alone", "made"):
        for name, forms in table.get(key, {}).items():
            kind = Deliverable(name)
            for text in (text for form in forms for text in expand(form.lower())):
                if text not in seen:
                    seen.add(text)
                    yield text, kind, key == "alone"
