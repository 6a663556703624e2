"""Surface forms as the lexicons write them, compiled into one matcher.

A form is written in plain words with four signs: `*` any further letters of the word, `( )` and `|`
alternatives, `?` after a group or a letter: optional. A leading `=` makes capitals count, a leading `~`
says that a regular expression follows. A hyphen stands for any dash,
with or without blanks round it; a blank for one blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.errors import BadConfiguration

_SIGN = re.compile(r"[()|?]|[^()|?]+")
_DASH = r"\s?(?:--|[-‐‑–—])\s?"


def expand(form: str) -> list[str]:
    """The forms that `form` stands for, without groups. Raises BadConfiguration when its groups do not close."""
    if form.startswith("~"):
        return [form]
    signs = _SIGN.findall(form)
    texts = _branches(signs, form)
    if signs:
        raise BadConfiguration(f"form {form!r}: a group is closed that was not opened")
    return list(dict.fromkeys(" ".join(text.split()) for text in texts))


def _branches(signs: list[str], form: str) -> list[str]:
    """The texts of one group; takes its signs off the front of `signs`, up to the sign that closes it."""
    done: list[str] = []
    branch = [""]
    while signs and signs[0] != ")":
        sign = signs.pop(0)
        if sign == "|":
            done, branch = done + branch, [""]
        elif sign == "?":
            if not branch[-1]:
                raise BadConfiguration(f"form {form!r}: nothing stands before a question mark")
            branch = [text for left in branch for text in (left[:-1], left)]
        elif sign == "(":
            branch = _joined(branch, _group(signs, form))
        else:
            branch = [left + sign for left in branch]
    return done + branch


def _joined(lefts: list[str], rights: list[str]) -> list[str]:
    return [left + right for left in lefts for right in rights]


def _group(signs: list[str], form: str) -> list[str]:
    inner = _branches(signs, form)
    if not signs:
        raise BadConfiguration(f"form {form!r}: a group is not closed")
    signs.pop(0)
    if signs and signs[0] == "?":
        signs.pop(0)
        return ["", *inner]
    return inner


def to_pattern(form: str, *, spaced: bool) -> str:
    """The regular expression of an expanded form; `spaced`: the language sets blanks between words."""
    if form.startswith("~"):
        return form.removeprefix("~")
    exact, words = form.startswith("="), form.removeprefix("=")
    text = re.escape(words).replace(r"\*", r"\w*").replace("’", "['’]").replace(r"\-", _DASH)
    text = text.replace(r"\ ", r"\s" if spaced else r"\s?")
    if spaced and not words.endswith(("’", "*")):
        text += r"(?!\w)"
    return text if exact else f"(?i:{text})"


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a text: its code and its place."""

    code: str
    start: int
    end: int


class Names:
    """Forms with a code each, matched at a place of a text, the longest form first.

    Forms are kept by their first letters, so that a place of a text is tried against a handful only.
    """

    def __init__(self, forms: Iterable[tuple[str, str]], *, spaced: bool) -> None:
        self._width = 2 if spaced else 1
        found: dict[str, dict[str, str]] = {}
        for code, form in forms:
            for text in expand(form):
                first = text.removeprefix("=")[: self._width].lower().replace("’", "'")
                if "*" in first or not first:
                    raise BadConfiguration(f"form {form!r}: the first letters must be given")
                found.setdefault(first, {})[text] = code
        self._patterns = {first: self._compile(texts, spaced) for first, texts in found.items()}

    @staticmethod
    def _compile(texts: dict[str, str], spaced: bool) -> tuple[re.Pattern[str], tuple[str, ...]]:
        longest_first = sorted(texts, key=lambda text: (-len(text), text))
        pattern = "|".join(f"({to_pattern(text, spaced=spaced)})" for text in longest_first)
        return re.compile(pattern), tuple(texts[text] for text in longest_first)

    def match(self, text: str, place: int, stop: int) -> Match | None:
        """The longest form that stands in `text[:stop]` at `place`, or None."""
        first = text[place : place + self._width].lower().replace("’", "'")
        entry = self._patterns.get(first)
        found = entry and entry[0].match(text, place, stop)
        if not entry or not found:
            return None
        return Match(entry[1][(found.lastindex or 1) - 1], found.start(), found.end())


def one_of(forms: Iterable[str], *, spaced: bool, whole: bool = False) -> re.Pattern[str]:
    """One pattern for any of `forms`, the longest first; matches nothing when there are none.

    `whole`: to search with, so that a form starts a word (in Arabic also after an attached `and`).
    """
    texts = sorted({text for form in forms for text in expand(form)}, key=lambda text: (-len(text), text))
    boundary = r"(?:(?<!\w)|(?<=\sو))" if spaced and whole else ""
    patterns = ((boundary if text[0].isalpha() else "") + to_pattern(text, spaced=spaced) for text in texts)
    return re.compile("|".join(patterns) or r"(?!)")
