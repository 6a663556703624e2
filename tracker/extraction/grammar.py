"""The words of a lexicon that show the structure of a resolution, compiled once for each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tracker.extraction.alternation import any_of
from tracker.extraction.lexicon import Lexicon

QUOTES = "«»“”„\"'‘’‹›「『"


@dataclass(frozen=True, eq=False)
class Grammar:
    """Patterns of one language. All are matched at the start of a line, cheap ones first."""

    language: str
    opener: re.Pattern[str]
    opener_start: re.Pattern[str]
    article: re.Pattern[str]
    bodies: dict[str, str]
    preamble: re.Pattern[str]
    operative: re.Pattern[str]
    annex: re.Pattern[str]
    meeting: re.Pattern[str]
    vote: re.Pattern[str]
    date: re.Pattern[str]
    months: dict[str, int]
    adopted: re.Pattern[str]
    adopted_after: re.Pattern[str]
    named: re.Pattern[str]
    numbered: re.Pattern[str]
    draft: re.Pattern[str]
    draft_follows: re.Pattern[str]
    cased: bool
    has_articles: bool
    after_hyphen: frozenset[str]

    def body_of(self, name: str) -> str | None:
        """The code of a body by one of its long names."""
        return self.bodies.get(_fold(name))


def _fold(text: str) -> str:
    return text.casefold().replace("'", "’")


def _either(words: list[str]) -> str:
    """An alternation in any case, longest first, that takes both apostrophes; empty without words."""
    ordered = sorted(map(str.lower, words), key=len, reverse=True)
    patterns = [re.escape(word).replace("’", "[’']").replace(r"\ ", " ?" if _wide(word) else " +") for word in ordered]
    return any_of(patterns) if patterns else ""


def _wide(word: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in word)


@cache
def grammar_of(lexicon: Lexicon) -> Grammar:
    """The compiled structure words of `lexicon`."""
    words, bodies, head = lexicon.table("structure"), lexicon.table("bodies"), lexicon.table("recognise")
    names = {_fold(name): code for code, listed in bodies.items() if code != "short" for name in listed}
    edge = r"(?!\w)" if head["word_spacing"] else ""
    gap = " +" if head["word_spacing"] else " ?"
    adverbs = f"(?:(?:{_either(words['adverbs'])}){edge},?{gap}){{0,3}}" if words["adverbs"] else ""
    start = rf"[{QUOTES}(]{{0,3}}+ ?+{adverbs}"
    particles = f"(?:(?:{_either(words['preamble_particles'])}) ?)?" if words["preamble_particles"] else ""
    participle = _either(words["preamble_words"])
    if words["preamble_suffixes"]:
        participle += rf"|(?<![^\W\d_])[^\W\d_]{{1,24}}(?:{_either(words['preamble_suffixes'])})"
    articles = rf"(?P<article>(?:{_either(words['articles']) or '(?!)'})(?: +|(?<=[’'])))?"
    adopted = _either(words["adopted"])
    numbered = _either([*words["adopted"], *words.get("numbered", [])])
    flags = re.IGNORECASE
    return Grammar(
        language=lexicon.language,
        opener=re.compile(
            rf"[{QUOTES}(\[]{{0,3}} ?{articles}(?P<body>{_either(list(names))}) ?\*?(?P<stop>[,،，:])?[ ,]*$", flags
        ),
        opener_start=re.compile(rf"[{QUOTES}(\[]{{0,3}} ?{articles}(?:{_first_words(names)})", flags),
        article=re.compile(rf"(?:{_either(words['articles']) or '(?!)'})(?: +|(?<=[’']))", flags),
        bodies=names,
        preamble=re.compile(rf"{start}{particles}(?:{participle}){edge}", flags),
        operative=re.compile(rf"{start}(?:{_either(words['operative_words'])}){edge}(?!['’])", flags),
        annex=re.compile(rf"(?:{_either(words['annex'])})(?: +(?:[IVX]{{1,6}}|[A-Z]|\d{{1,2}}))?[ .:*]*$", flags),
        meeting=re.compile(_meetings(words["meeting"]) + edge, flags),
        vote=re.compile(rf"\[? ?(?:{_either(words['vote'])}){edge}", flags),
        date=_date(words["date"], words["months"]),
        months={month.casefold(): index % 12 + 1 for index, month in enumerate(words["months"])},
        adopted=re.compile(rf"(?:{adopted}){edge}", flags),
        adopted_after=re.compile(f"(?:{_either(words.get('adopted_after', [])) or '(?!)'}){edge}", flags),
        named=re.compile(_either(list(names)), flags),
        numbered=re.compile(rf"(?:{numbered}) *(?:S/RES/)?(?P<number>\d{{1,4}}(?:/\d{{1,4}})?)", flags),
        draft=re.compile(rf"(?:{_either(words['draft'])}){edge}", flags),
        draft_follows=re.compile(_either(words["draft_follows"]), flags),
        cased=head["script"] == "latin",
        has_articles=bool(words["articles"]),
        after_hyphen=frozenset(words["after_hyphen"]),
    )


def _first_words(names: dict[str, str]) -> str:
    return _either(list({name if _wide(name) else name.split(" ")[0] for name in names}))


def _date(form: str, months: list[str]) -> re.Pattern[str]:
    pattern = form.replace(" ", " ?").format(
        day=r"(?P<day>\d{1,2})(?:er|º|°|-го)?",
        month=rf"(?P<month>{_either(months) if not months[0].isdecimal() else '[0-9０-９]{1,2}'})",
        year=r"(?P<year>\d{4})",
    )
    return re.compile(pattern, re.IGNORECASE)


def _meetings(forms: list[str]) -> str:
    """`# séance` with a figure and what makes it an ordinal, `* séance plénière` with one word for the number."""
    patterns = []
    for index, form in enumerate(forms):
        number = rf"(?<!\d)(?P<meeting{index}>\d{{1,5}}+)(?:[^\w\s]{{0,2}}+ ?[^\W\d_]{{0,3}})? ?"
        pattern = re.escape(form).replace(r"\# ", "#").replace(r"\#", "#").replace(r"\ ", " ?").replace("#", number)
        patterns.append(pattern.replace(r"\*", r"^\w+"))
    return f"(?:{'|'.join(patterns)})"
