"""Repairs of characters and words: what PDF readers and converters do to the typography of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple


class Step(NamedTuple):
    """One named repair: `repair` gives the text and how often something changed.

    `needs` finds nothing in the alphabet of a text (each of its characters once) that has nothing to repair:
    most texts have none of the characters in question, and are then not searched at all.
    """

    name: str
    needs: re.Pattern[str]
    repair: Callable[[str], tuple[str, int]]


def _each(name: str, pattern: str, by: str) -> Step:
    """A repair of single characters, wherever they stand."""
    compiled = re.compile(pattern)
    return Step(name, compiled, lambda text: compiled.subn(by, text))


def _around(name: str, char: str, pattern: str, by: str) -> Step:
    """A repair around the character `char`, with which `pattern` should begin to be found fast."""
    compiled = re.compile(pattern)
    return Step(name, re.compile(char), lambda text: compiled.subn(by, text))


def _compose(text: str) -> tuple[str, int]:
    if unicodedata.is_normalized("NFC", text):
        return text, 0
    return unicodedata.normalize("NFC", text), 1


_ESCAPED = re.compile(r"\\([_*#\[\]()<>~`|-])")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&"))


def _unescape(text: str) -> tuple[str, int]:
    """Escapes that Markdown converters leave in plain text."""
    text, count = _ESCAPED.subn(r"\1", text)
    for entity, char in _ENTITIES:
        count += text.count(entity)
        text = text.replace(entity, char)
    return text, count


_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]+")


def _spell_out(text: str) -> tuple[str, int]:
    """Ligatures and the positional forms of Arabic letters that PDF text may hold."""
    return _PRESENTATION.subn(lambda found: unicodedata.normalize("NFKC", found[0]), text)


_LETTER = r"[^\W\d_]"

CHARACTERS: tuple[Step, ...] = (
    _each("newlines", "\r\n?|[\v\x85\u2028\u2029]", "\n"),
    _around("escapes", "\x1b", "\x1b\\[[0-9;?]{0,20}[ -/]{0,3}[@-~]", ""),
    _each("controls", "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", ""),
    _each("surrogates", "[\ud800-\udfff]", "\ufffd"),
    _each("bidi", "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", ""),
    _each("soft hyphens", "\u00ad(?:[ \\t]*\n[ \\t]*)?|[\u200b\u2060\ufeff]", ""),
    Step("composition", re.compile("[^\x00-\u02ff\u2000-\u206f]"), _compose),
    Step("ligatures", _PRESENTATION, _spell_out),
    _each("vowel marks", "[\u0640\u064b-\u0652]", ""),
    _each("spaces", "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]", " "),
    _each("hyphens", "[\u2010\u2011]", "-"),
    Step("markup", re.compile(r"[\\&]"), _unescape),
)
"""Steps on single characters, in order; none of them needs to know about lines or words."""

WORDS: tuple[Step, ...] = (
    _around("folded spaces", " ", "  +", " "),
    _around("apostrophes", "’", rf" ’(?<={_LETTER} ’)(?={_LETTER})", "’"),
    _around("apostrophes", "’", rf"’ (?:(?<=\b[cdjlmnstCDJLMNST]’ )|(?<=\b[Qq]u’ ))(?={_LETTER})", "’"),
    _around("apostrophes", "'", rf" '(?<=\b[cdjlmnstCDJLMNST] ')(?={_LETTER})", "'"),
    _around("apostrophes", "'", rf"' (?:(?<=\b[cdjlmnstCDJLMNST]' )|(?<=\b[Qq]u' ))(?={_LETTER})", "'"),
    _around("hyphens", "-", rf" -(?<={_LETTER}{{2}} -)(?={_LETTER}{{2}})", "-"),
    _around("hyphens", "-", rf"- (?<={_LETTER}{{2}}- )(?=[A-ZÀ-Þ][a-zà-ÿ])", "-"),
    _around("hyphens", "-", r"- (?<=[a-zà-ÿ]{4}- )(?=[a-zà-ÿ]{4})", "-"),
    _around("brackets", r"\(", r"\( ?([^\W_]{1,4}) ?\)", r"(\1)"),
    _around("ordinals", r"\d", r"(\d)\s{1,4}(er|ère|re|e|ème|th|st|nd|rd)(?![\w’'/)])\s{0,4}\n?", r"\1\2 "),
)
"""Repairs of words that were torn apart, in order."""
