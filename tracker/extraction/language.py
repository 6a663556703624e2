"""Which language a text is in, from the first table of each language file."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

from tracker.extraction.lexicon import FOLDER, languages

_SCRIPTS = {
    "latin": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]"),
    "cyrillic": re.compile("[Ѐ-ӿ]"),
    "arabic": re.compile("[ؠ-ي]"),
    "han": re.compile("[一-鿿]"),
}
SAMPLE = 3000
"""Characters that are looked at, from three places of the text."""
_OPENER = 0.1
"""What the name of a body is worth beside the share of function words, which short texts may lack."""


def recognise(text: str) -> str | None:
    """The code of the language of `text`, None when it is none of those that have a lexicon.

    The script narrows the choice, then the share of function words and the names of bodies decide.
    """
    sample = _sample(text)
    # A long sample is read at every seventh character, a short one whole.
    signs = sample[:: 7 if len(sample) > SAMPLE // 4 else 1]
    counts = {name: len(letters.findall(signs)) for name, letters in _SCRIPTS.items()}
    counts["han"] *= 2
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < 8:
        return None
    candidates = {language: head for language, head in _heads().items() if head.get("script") == script}
    # A language without spaces counts characters for words.
    words = Counter("".join(sample.split()) if script == "han" else re.findall(r"\w+", sample.casefold()))
    total = sum(words.values())
    start = text[: 2 * SAMPLE].replace("'", "’")
    scores = {
        language: sum(words[word] for word in head["words"]) / total
        + (_OPENER if any(opener in start for opener in head["openers"]) else 0)
        for language, head in candidates.items()
    }
    best = max(scores, key=lambda language: scores[language], default=None)
    return best if best is not None and scores[best] >= candidates[best]["share"] else None


@cache
def openers_of() -> Mapping[str, tuple[str, ...]]:
    """How resolutions open in each language, with both signs that stand for an apostrophe."""
    return {
        language: tuple({name for opener in head["openers"] for name in (opener, opener.replace("’", "'"))})
        for language, head in _heads().items()
    }


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    third = SAMPLE // 3
    middle = len(text) // 2
    return text[:third] + " " + text[middle : middle + third] + " " + text[-third:]


@cache
def _heads() -> Mapping[str, Mapping[str, Any]]:
    """The [recognise] table of each language file, without reading the rest of the file."""
    heads: dict[str, Mapping[str, Any]] = {}
    for language in languages():
        lines: list[str] = []
        with (FOLDER / f"{language}.toml").open(encoding="utf-8") as file:
            for line in file:
                if line.startswith("[") and not line.startswith("[recognise]"):
                    break
                lines.append(line)
        head = tomllib.loads("".join(lines)).get("recognise", {})
        if head:
            heads[language] = head
    return heads
