"""Repairs of characters: what PDF readers and converters do to the typography of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

Step = tuple[str, Callable[[str], tuple[str, int]]]


def _replace(pattern: str, by: str) -> Callable[[str], tuple[str, int]]:
    compiled = re.compile(pattern)

    def step(text: str) -> tuple[str, int]:
        return compiled.subn(by, text)

    return step


def _compose(text: str) -> tuple[str, int]:
    if unicodedata.is_normalized("NFC", text):
        return text, 0
    return unicodedata.normalize("NFC", text), 1


def _unescape(text: str) -> tuple[str, int]:
    """Escapes that Markdown converters leave in plain text: `\\_`, `&amp;`."""
    count = 0
    if "\\" in text:
        text, count = _ESCAPED.subn(r"\1", text)
    if "&" in text:
        for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
            count += text.count(entity)
            text = text.replace(entity, char)
    return text, count


_ESCAPED = re.compile(r"\\([_*#\[\]()<>~`|-])")
_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]+")


def _spell_out(text: str) -> tuple[str, int]:
    """Ligatures and the positional forms of Arabic letters that PDF text may hold."""
    return _PRESENTATION.subn(lambda found: unicodedata.normalize("NFKC", found[0]), text)


CHARACTERS: tuple[Step, ...] = (
    ("newlines", _replace("\r\n?|[\v\x85\u2028\u2029]", "\n")),
    ("escapes", _replace("\x1b\\[[0-9;?]{0,20}[ -/]{0,3}[@-~]", "")),
    ("controls", _replace("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", "")),
    ("surrogates", _replace("[\ud800-\udfff]", "\ufffd")),
    ("bidi", _replace("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", "")),
    ("soft hyphens", _replace("\u00ad(?:[ \\t]*\n[ \\t]*)?|[\u200b\u2060\ufeff]", "")),
    ("composition", _compose),
    ("ligatures", _spell_out),
    ("vowel marks", _replace("[\u0640\u064b-\u0652]", "")),
    ("spaces", _replace("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]", " ")),
    ("markup", _unescape),
)
"""Steps on single characters, in order; none of them needs to know about lines or words."""

WORDS: tuple[Step, ...] = (
    ("folded spaces", _replace(" {2,}", " ")),
    ("apostrophes", _replace(r"(?<=[^\W\d_]) (?=’[^\W\d_])|(?<=\b[cdjlmnstCDJLMNST]) (?='[^\W\d_])", "")),
    ("elisions", _replace(r"(?<=\b[cdjlmnstCDJLMNST]’) (?=[^\W\d_])|(?<=\b[Qq]u[’']) (?=[^\W\d_])", "")),
    ("hyphens", _replace(r"(?<=[^\W\d_]{2}) ([-‑])(?=[^\W\d_]{2})", r"\1")),
    ("hyphens", _replace(r"(?<=[^\W\d_]{2})- (?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[^\W\d_]{4})[-‑] (?=[a-zà-ÿ]{4})", "-")),
    ("brackets", _replace(r"\( ?([^\W_]{1,4}) ?\)", r"(\1)")),
    ("ordinals", _replace(r"(?<=\d)\s{1,4}(er|ère|re|e|ème|th|st|nd|rd)(?![\w’'/)])\s{0,4}\n?", r"\1 ")),
)
"""Repairs of words that were torn apart, in order."""
