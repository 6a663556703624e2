"""Repairs of characters and words: what PDF readers and converters do to the typography of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

Repair = Callable[[str], tuple[str, int]]


class OfCharacters(NamedTuple):
    """A repair of single characters; `repair` gives the text and how often something changed.

    `needs` finds nothing in the alphabet of a text (each of its characters once) that has nothing to repair:
    most texts have none of the characters in question, and are then not searched at all.
    """

    name: str
    needs: re.Pattern[str]
    repair: Repair


class OfWords(NamedTuple):
    """A repair of torn words, needed where `sign` is in the text."""

    name: str
    sign: str
    repair: Repair


def _each(name: str, pattern: str, by: str) -> OfCharacters:
    """A repair of single characters, wherever they stand."""
    compiled = re.compile(pattern)
    return OfCharacters(name, compiled, lambda text: compiled.subn(by, text))


def _after(name: str, sign: str, pattern: str, by: str) -> OfWords:
    """A repair where `sign` is; a pattern that begins with it is found fast."""
    compiled = re.compile(pattern)
    return OfWords(name, sign, lambda text: compiled.subn(by, text))


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


_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0f\u2474-\u2487\u3220-\u3229]+")
_SIGN = "[\u3001-\u9fff\uff00-\uffef]"
_APART = re.compile(f"(?<={_SIGN}) +(?={_SIGN}|[0-9])|(?<=[0-9]) +(?=[年月日届次号段天周项票个])")


def _narrow(text: str) -> tuple[str, int]:
    """Figures and Latin letters as wide as Chinese signs, and labels such as `㈠` that are one sign."""
    return _FULL_WIDTH.subn(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def _close_up(text: str) -> tuple[str, int]:
    """Chinese sets no blanks; converters and some typists do, also at figures."""
    return _APART.subn("", text)


def _fold_spaces(text: str) -> tuple[str, int]:
    folded = text
    while "  " in folded:  # each time half of a row of them goes, some times as fast as a pattern finds rows
        folded = folded.replace("  ", " ")
    return folded, len(text) - len(folded)


_LETTER = r"[^\W\d_]"

_LOOKALIKES = str.maketrans("АВЕКМНОРСТХаеосрух", "ABEKMHOPCTXaeocpyx")
_CYRILLIC = re.compile("[АВЕКМНОРСТХаеосрух](?=[A-Za-z]{2})")


def _latinize(text: str) -> tuple[str, int]:
    """Cyrillic letters at the head of Latin words, typed on the wrong keyboard: `Сalls`."""
    return _CYRILLIC.subn(lambda found: found[0].translate(_LOOKALIKES), text)


_STRETCHED = re.compile("(?<=[0-9\u0660-\u0669]) ?\u0640+(?= )")


def _dash(text: str) -> tuple[str, int]:
    """The stroke that stretches Arabic letters, typed as the dash behind a number: `١ ـ`."""
    return _STRETCHED.subn(" -", text)


CHARACTERS: tuple[OfCharacters, ...] = (
    _each("newlines", "\r\n?|[\v\x85\u2028\u2029]", "\n"),
    _each("escapes", "\x1b(?:\\[[0-9;?]{0,20}[ -/]{0,3}[@-~])?", ""),
    _each("controls", "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", ""),
    _each("surrogates", "[\ud800-\udfff]", "\ufffd"),
    _each("bidi", "[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", ""),
    _each("soft hyphens", "\u00ad(?:[ \\t]*\n[ \\t]*)?|[\u200b\u2060\ufeff]", ""),
    OfCharacters("composition", re.compile("[^\x00-\u02ff\u2000-\u206f]"), _compose),
    OfCharacters("ligatures", _PRESENTATION, _spell_out),
    OfCharacters("stretched dashes", re.compile("\u0640"), _dash),
    _each("vowel marks", "[\u0640\u064b-\u0652]", ""),
    _each("spaces", "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]", " "),
    _each("hyphens", "[\u2010\u2011]", "-"),
    OfCharacters("full-width signs", _FULL_WIDTH, _narrow),
    OfCharacters("blanks between signs", re.compile("[\u4e00-\u9fff]"), _close_up),
    OfCharacters("lookalikes", re.compile("[\u0400-\u045f]"), _latinize),
    OfCharacters("markup", re.compile(r"[\\&]"), _unescape),
)
"""Steps on single characters, in order; none of them needs to know about lines or words."""

WORDS: tuple[OfWords, ...] = (
    OfWords("folded spaces", "  ", _fold_spaces),
    _after("apostrophes", " ’", rf" ’(?<={_LETTER} ’)(?={_LETTER})", "’"),
    _after("apostrophes", "’ ", rf"’ (?:(?<=\b[cdjlmnstCDJLMNST]’ )|(?<=\b[Qq]u’ ))(?={_LETTER})", "’"),
    _after("apostrophes", " '", rf" '(?<=\b[cdjlmnstCDJLMNST] ')(?={_LETTER})", "'"),
    _after("apostrophes", "' ", rf"' (?:(?<=\b[cdjlmnstCDJLMNST]' )|(?<=\b[Qq]u' ))(?={_LETTER})", "'"),
    _after("hyphens", " -", rf" -(?<={_LETTER}{{2}} -)(?={_LETTER}{{2}})", "-"),
    _after("hyphens", "- ", rf"- (?<={_LETTER}{{2}}- )(?=[A-ZÀ-Þ][a-zà-ÿ])", "-"),
    _after("hyphens", "- ", r"- (?<=[a-zà-ÿ]{4}- )(?=[a-zà-ÿ]{4})", "-"),
    _after("brackets", "( ", r"\( ([^\W_]{1,4}) ?\)", r"(\1)"),
    _after("brackets", " )", r" \)(?:(?<=\([^\W_] \))|(?<=\([^\W_]{2} \))|(?<=\([^\W_]{3} \)))", ")"),
    _after("markup", "# ", r"(?m)^#{1,6} +", ""),
    _after("markup", "- (", r"- (?<=\n- )(?=\([a-z]{1,4}\) )", ""),
    _after("markup", "• (", r"• (?<=\n• )(?=\([a-z]{1,4}\) )", ""),
    _after("torn words", ". ", r"\. ([B-Z]) (?<=\d\. [B-Z] )(?=[a-zà-ÿ]{3})", r". \1"),
    _after("torn words", " e ", r" e (?<=[a-zà-ÿ]{4} e )(?=(?:les?|la|l[’']|aux?|des?) ?)", "e "),
    _after("torn words", " e ", r" e (?<=[a-zà-ÿ] [ldLD] e )(?=[a-zà-ÿA-Z])", "e "),
    _after("ordinals", "", r"([0-9])[ \n]{1,4}+(er|ère|re|e|ème|th|st|nd|rd)(?![\w’'/)])[ \n]{0,4}", r"\1\2 "),
)
"""Repairs of words that were torn apart, in order."""
