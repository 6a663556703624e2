"""The words of a lexicon that show the structure of a resolution, compiled once for each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tracker.extraction.lexicon import Lexicon

QUOTES = "«»“”„\"'‘’‹›「『"


@dataclass(frozen=True, eq=False)
class Grammar:
    """Patterns of one language. All are matched at the start of a line, cheap ones first."""

    opener: re.Pattern[str]
    bodies: dict[str, str]
    preamble: re.Pattern[str]
    operative: re.Pattern[str]
    annex: re.Pattern[str]
    meeting: re.Pattern[str]
    vote: re.Pattern[str]
    date: re.Pattern[str]
    months: dict[str, int]
    adopted: re.Pattern[str]
    numbered: re.Pattern[str]
    draft: re.Pattern[str]
    draft_follows: re.Pattern[str]
    cased: bool

    def body_of(self, name: str) -> str | None:
        """The code of a body by one of its long names."""
        return self.bodies.get(_fold(name))


def _fold(text: str) -> str:
    return text.casefold().replace("'", "’")


def _either(words: list[str]) -> str:
    """An alternation, longest first, that takes both apostrophes."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("’", "[’']").replace(r"\ ", " ?" if _wide(word) else " +") for word in ordered)


def _wide(word: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in word)


@cache
def grammar_of(lexicon: Lexicon) -> Grammar:
    """The compiled structure words of `lexicon`."""
    words, bodies = lexicon.table("structure"), lexicon.table("bodies")
    names = {_fold(name): code for code, listed in bodies.items() if code != "short" for name in listed}
    known = _either(list(names))
    articles = _either(words["articles"]) or "(?!)"
    day, year = r"(?P<day>\d{1,2})(?:er|º|°|-го)?", r"(?P<year>\d{4})"
    months = {month.casefold(): index % 12 + 1 for index, month in enumerate(words["months"])}
    month = f"(?P<month>{_either(words['months'])})"
    date = words["date"].replace(" ", " ?").format(day=day, month=month, year=year)
    meetings = "|".join(
        re.escape(form).replace(r"\#", "#").replace("#", r"(?P<meeting%d>\d{1,5})" % index).replace(r"\ ", " ?")
        for index, form in enumerate(words["meeting"])
    )
    particles = _either(words["preamble_particles"])
    suffixes = _either(words["preamble_suffixes"])
    endings = _either(words.get("operative_suffixes", []))
    flags = re.IGNORECASE
    return Grammar(
        opener=re.compile(
            rf"[{QUOTES}(\[]* ?(?P<article>(?:{articles})(?: +|(?<=[’'])))?(?P<body>{known}) ?(?P<stop>[,،，:])?[ ,]*$", flags
        ),
        bodies=names,
        preamble=re.compile(
            rf"[{QUOTES}]* ?(?:(?:{particles or '(?!)'}) ?)?(?:(?:{_either(words['preamble_words'])})(?!\w)"
            + (rf"|\w{{2,24}}(?:{suffixes})(?!\w))" if suffixes else ")"),
            flags,
        ),
        operative=re.compile(
            rf"[{QUOTES}]* ?(?:(?:{_either(words['operative_words'])})(?![\w’'])"
            + (rf"|[a-z]{{3,20}}(?:{endings})(?!\w))" if endings else ")"),
            flags,
        ),
        annex=re.compile(rf"(?:{_either(words['annex'])})(?: +(?:[IVX]{{1,6}}|[A-Z]|\d{{1,2}}))?[ .:*]*$", flags),
        meeting=re.compile(rf"(?:{meetings})(?!\w)", flags),
        vote=re.compile(rf"\[? ?(?:{_either(words['vote'])})(?!\w)", flags),
        date=re.compile(date, flags),
        months=months,
        adopted=re.compile(rf"(?:{_either(words['adopted'])})(?!\w)", flags),
        numbered=re.compile(rf"(?:{_either(words['adopted'])}) +(?:S/RES/)?(?P<number>\d{{1,4}}(?:/\d{{1,4}})?)", flags),
        draft=re.compile(rf"(?:{_either(words['draft'])})(?!\w)", flags),
        draft_follows=re.compile(rf"(?:{_either(words['draft_follows'])})", flags),
        cased=lexicon.table("recognise")["script"] == "latin",
    )
