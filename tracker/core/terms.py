"""Words as search sees them: without accents, case, vowel signs; and what people type to look for them.

One function folds both what is stored and what is typed. A word of Chinese is not marked by spaces: each of its
characters is a word here, and words that are typed together are looked for side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.errors import UsageError

MOST_TERMS = 50
"""Words, and phrases, that are looked for at once."""

LONGEST_WORD = 60
"""Characters of a word that count; longer ones are no words of any language."""

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INSIDE = "\u00ad\u0300-\u036f\u0483-\u0487\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200d\u2060"
"""What stands inside a word without being one of its letters: accents, vowel signs, tatweel, soft hyphens."""

_WORD = re.compile(f"[{_HAN}][{_INSIDE}]*|(?:[^\\W_{_HAN}]+|[{_INSIDE}]+)+")
_ASCII_WORD = re.compile(f"([0-9a-z]{{1,{LONGEST_WORD}}})[0-9a-z]*")
_LETTERS = str.maketrans({
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    # Arabic is written with or without the dots of the last two (Unicode, and the analysers of search engines).
    "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "\u0640": "",
})  # fmt: skip
_SHORT_I = "и\u0306"


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, and the characters of the text that it stands for."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    """One word without what search does not look at; empty when nothing is left."""
    # Taken apart first: capitals of mathematical and other alphabets have no small letters of their own.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(_LETTERS)
    # й is a letter of its own, not an и with an accent; ё is written е by most.
    whole = apart.replace(_SHORT_I, "й")
    plain = "".join(_digit(char) for char in whole if char.isalnum())
    return plain[:LONGEST_WORD]


def _digit(char: str) -> str:
    """Arabic-Indic and other digits as those of ASCII."""
    return char if char.isascii() or not char.isdecimal() else str(unicodedata.decimal(char))


def words_of(text: str) -> Iterator[Word]:
    """The words of `text`, folded, in their order."""
    for match in _WORD.finditer(text):
        if folded := _folded(match[0]):
            yield Word(folded, match.start(), match.end())


def fold(text: str) -> str:
    """The words of `text` between single spaces: what the index of the database holds."""
    if text.isascii():  # most of English, three times as fast
        return " ".join(_ASCII_WORD.findall(text.lower()))
    return " ".join(filter(None, map(_folded, _WORD.findall(text))))


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: all of `wanted`, none of `unwanted`."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...] = ()


_TYPED = re.compile(
    r"""(?P<minus>[-−]?)(?:
        ["“”«»„](?P<quoted>[^"“”«»„]*)(?:["“”«»„](?P<star>\*?)|$)
        |(?P<plain>[^\s"“”«»„]+))""",
    re.VERBOSE,
)


def parse_query(typed: str) -> Query:
    """Reads `rapport "droits de l'homme" -fonds coop*`. Raises UsageError when there is no word to look for.

    Nothing typed is an error of grammar: signs that mean nothing here only part words.
    """
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for match in _TYPED.finditer(typed):
        text = match["quoted"] if match["plain"] is None else match["plain"]
        words = tuple(word.text for word in words_of(text))
        if words:
            star = text.rstrip().endswith("*") or match["star"] == "*"
            (unwanted if match["minus"] else wanted).append(Term(words, star))
    if len(wanted) + len(unwanted) > MOST_TERMS or any(len(one.words) > MOST_TERMS for one in wanted + unwanted):
        raise UsageError(f"more than {MOST_TERMS} words to look for; a few are enough")
    if not wanted:
        excluded = "; a word to leave out (-word) needs one to look for" if unwanted else ""
        raise UsageError(f"{typed.strip()!r} holds no word to look for{excluded}")
    return Query(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def places_of(query: Query, words: Sequence[Word]) -> list[list[tuple[int, int]]]:
    """For each wanted term its places in a text: spans of characters."""
    texts = [word.text for word in words]
    return [
        [(words[at].start, words[at + len(term.words) - 1].end) for at in _positions(term, texts)]
        for term in query.wanted
    ]


def _positions(term: Term, texts: Sequence[str]) -> Iterator[int]:
    first, length = term.words[0], len(term.words)
    for at, text in enumerate(texts):
        if length == 1:
            if text == first or (term.prefix and text.startswith(first)):
                yield at
        elif text == first and at + length <= len(texts) and tuple(texts[at + 1 : at + length - 1]) == term.words[1:-1]:
            last, wanted = texts[at + length - 1], term.words[-1]
            if last == wanted or (term.prefix and last.startswith(wanted)):
                yield at


_SATURATION, _LENGTH_WEIGHT, _USUAL_LENGTH = 1.2, 0.5, 60


def score(query: Query, folded: str) -> float:
    """How well a text that holds the query answers it: often and in few words is better (BM25 without rarity).

    All wanted words are there, so that their rarity would tell nothing; and both engines give the same figure.
    """
    # Two blanks between words, so that each word has its own on both sides.
    padded = f" {folded.replace(' ', '  ')} "
    length = folded.count(" ") + 1
    weight = _SATURATION * (1 - _LENGTH_WEIGHT + _LENGTH_WEIGHT * length / _USUAL_LENGTH)
    counts = [padded.count(f" {'  '.join(term.words)}{'' if term.prefix else ' '}") for term in query.wanted]
    return sum(count / (count + weight) for count in counts)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text with the places where it answers: spans within the piece."""

    text: str
    spans: tuple[tuple[int, int], ...]


_MOST_PLACES = 200


def snippet(query: Query, text: str, length: int = 160) -> Snippet:
    """About `length` characters of `text` around the place that answers best, in one line."""
    found = sorted({span for spans in places_of(query, list(words_of(text))) for span in spans})[:_MOST_PLACES]
    start, end = _window(found, text, length)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    # White space becomes one blank each, so that the places stay where they are.
    piece = re.sub(r"\s", " ", text[start:end])
    shift = len(before) - start
    inside = [(first + shift, last + shift) for first, last in _joined(found) if start <= first and last <= end]
    return Snippet(before + piece + after, tuple(inside))


def _window(found: Sequence[tuple[int, int]], text: str, length: int) -> tuple[int, int]:
    """The piece that holds the most places, widened to whole words."""
    best = max(found, key=lambda span: sum(span[0] <= first and last <= span[0] + length for first, last in found),
               default=(0, 0))  # fmt: skip
    start = max(0, best[0] - length // 4)
    end = min(len(text), max(start + length, best[1]))
    start = max(0, min(start, end - length))
    if start:
        cut = re.search(r"\s", text[start : best[0]])
        start = start + cut.end() if cut else start
    if end < len(text):
        cut = re.search(r"\s\S*\Z", text[best[1] : end])
        end = best[1] + cut.start() if cut else end
    return start, end


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that touch each other as one."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found
