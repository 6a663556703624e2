"""The words for time of one language, compiled once: tables [deadlines] and [recurrence] of a lexicon.

Entries are words or patterns (regular expressions without capturing groups) in ordinary spelling; they are
folded here, as the text is. `docs/languages.md` says what each key means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from tracker.extraction.alternation import any_of, opened
from tracker.extraction.folding import fold
from tracker.extraction.lexicon import Lexicon, compiling
from tracker.extraction.numbers import Numbers, numbers
from tracker.extraction.sieve import Sieve, either, needles
from tracker.extraction.time_patterns import NEVER, Edges, any_named, any_phrase, folded_words, pattern
from tracker.extraction.time_words import BodyWords, DateWords, DurationWords, SessionWords, TimeWords

_GAP = r"\s{0,3}+"
"""Blanks before words: texts have one, and with any number of them a search would take the square of their number."""


@cache
def time_words(lexicon: Lexicon) -> TimeWords:
    """The words for time of the language of `lexicon`. Raises BadConfiguration when a pattern is none."""
    with compiling(lexicon):
        return _time_words(lexicon)


def _time_words(lexicon: Lexicon) -> TimeWords:
    table = lexicon.table("deadlines")
    spaced = table.get("word_spacing") is not False
    edges = Edges(r"(?<!\w)", str(table.get("prefix", "")), r"(?!\w)") if spaced else Edges("", "", "")
    number = numbers(lexicon)
    recurrence = lexicon.table("recurrence")
    recurring = _recurrence(recurrence, table, number, edges)
    return TimeWords(
        hints=tuple(fold(str(word)) for word in table.get("hints", ())),
        refused=re.compile(rf"{_GAP}{edges.start}{any_phrase(table.get('refused', ()))}"),
        past=edges.whole(table.get("past", ())),
        future=edges.ending(table.get("future", ())),
        attending=edges.whole(table.get("attending", ())),
        preparing=edges.whole(table.get("preparing", ())),
        later=edges.whole(table.get("later", ())),
        events=edges.ending(table.get("events", ()), ",?"),
        vague=edges.ending(table.get("vague", ())),
        soon=edges.ending(table.get("soon", ())),
        convening=edges.whole(table.get("convening", ())),
        holding=edges.whole(table.get("holding", ())),
        told=edges.whole(table.get("told", ())),
        reporting=edges.whole(table.get("reporting", ())),
        dealing=edges.whole(table.get("dealing", ())),
        goals=edges.whole(table.get("goals", ())),
        renewing=edges.whole(table.get("renewing", ())),
        respectively=edges.whole(table.get("respectively", ())),
        sessions=_sessions(table.get("session", {}), table, edges),
        bodies=_bodies(lexicon, table.get("bodies", {}), edges),
        dates=_dates(table.get("date", {}), edges),
        durations=_durations(table.get("duration", {}), number, edges),
        numbers=number,
        spaced=spaced,
        recurrence=recurring,
        recurring=either(sieve for _, sieve in recurring),
        unless=edges.ending(recurrence.get("unless", ())),
        recurring_unclear=edges.sieve(recurrence.get("unclear", ())),
    )


def _sessions(table: Mapping[str, Any], all_words: Mapping[str, Any], edges: Edges) -> SessionWords:
    own, the = any_phrase(table.get("own", ())), any_phrase(table.get("article", ()))
    parts = any_named(
        {"main": table.get("main", ()), "resumed": table.get("resumed", ()), "piece": table.get("piece", ())}
    )
    determiner = rf"\s*(?:{parts}\s*)?(?:(?P<own>{own})|{the})?"
    return SessionWords(
        nouns=edges.sieve(table.get("nouns", ())),
        meetings=edges.sieve(table.get("meetings", ())),
        token=re.compile(str(all_words.get("token", r"[^\s,;:()«»“”\"،؛]+|[,،]"))),
        glue="" if not edges.left else " ",
        adjectives=folded_words(table.get("adjectives", ())),
        special=folded_words(table.get("special", ())),
        substantive=folded_words(table.get("substantive", ())),
        resuming=folded_words(table.get("resuming", ())),
        following={fold(str(word)): str(value) for word, value in table.get("following", {}).items()},
        lists=folded_words(table.get("lists", ())),
        repeated=folded_words(
            [*table.get("own", ()), *table.get("article", ()), *table.get("before", {}).get("at", ())]
        ),
        ranges=folded_words(table.get("ranges", ())),
        joined=fold(str(table.get("joined", ""))),
        year_after=re.compile(pattern(str(table["year_after"]))) if "year_after" in table else NEVER,
        special_after=re.compile(rf"{_GAP}{any_phrase(table.get('special', ()))}"),
        substantive_near=edges.whole(table.get("substantive", ())),
        before=edges.ending_by(table.get("before", {}), determiner),
        rough=edges.ending(table.get("rough", ()), determiner),
        between=re.compile(rf"(?:{_GAP}{any_phrase(table.get('lists', ()))}){{1,2}}{_GAP}(?:{own}|{the})?{_GAP}"),
        after=re.compile(rf"{_GAP}{any_named(table.get('after', {}))}{edges.right}"),
    )


def _bodies(lexicon: Lexicon, table: Mapping[str, Any], edges: Edges) -> BodyWords:
    """Names from [bodies] and [deadlines.bodies.names]; a group for each code, since one may hold any letter."""
    names: dict[str, list[str]] = {}
    for code, found in lexicon.table("bodies").items():
        if isinstance(found, list):
            names.setdefault(code, []).extend(re.escape(fold(str(name))).replace(r"\ ", " ") for name in found)
    for code, found in table.get("names", {}).items():
        names.setdefault(code, []).extend(str(name) for name in found)
    ordered = sorted(
        ((pattern(name), code) for code, found in names.items() for name in found), key=lambda n: -len(n[0])
    )
    codes = {f"b{place}": code for place, (_, code) in enumerate(ordered)}
    prefix = pattern(str(table.get("prefix", "")))
    found = "|".join(f"(?P<b{place}>{name})" for place, (name, _) in enumerate(ordered)) or "(?!)"
    opening = opened([name for name, _ in ordered])
    return BodyWords(
        places=re.compile(f"{edges.left}{prefix}{any_of(name for name, _ in ordered)}{edges.right}"),
        names=re.compile(f"{edges.left}{prefix}{opening}(?:{found}){edges.right}"),
        codes=codes,
        receiver=edges.ending(table.get("to", ())),
        through=edges.ending(table.get("through", ())),
        pronoun=edges.whole(table.get("pronoun", ())),
        owner=re.compile(rf"{_GAP}{any_phrase(table.get('of', ()))}\s*"),
        goes_on=re.compile(rf"{_GAP}{any_phrase(table.get('goes_on', ()))}\s{{1,3}}+"),
        president=edges.ending(table.get("president", ())),
        dative=re.compile(any_phrase(table.get("dative", ()))),
        created=edges.ending(table.get("created", ())),
        possessive=re.compile(rf"{_GAP}{any_phrase([*table.get('possessive', ()), ''])}\s*"),
    )


def _dates(table: Mapping[str, Any], edges: Edges) -> DateWords:
    months = {f"month_{n}": forms for n, forms in enumerate(table.get("months", ()), 1)}
    shapes = "|".join(_shape(str(shape), months, place) for place, shape in enumerate(table.get("shapes", ())))
    written = enumerate(map(str, table.get("shapes", ())))
    days = [_shape(shape, months, place) for place, shape in written if "{day}" in shape]
    period = any_named({f"ends_{n}": forms for n, forms in table.get("periods", {}).items()})
    return DateWords(
        years=Sieve(re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d/])"), ("19", "20")),
        before_year=re.compile(rf"{edges.left}(?:{shapes or '(?!)'})\s*$"),
        yearless=Sieve(
            re.compile(str(table.get("yearless", rf"(?:{'|'.join(days) or '(?!)'})(?!\w)"))),
            needles(pattern(str(form)) for forms in table.get("months", ()) for form in forms),
        ),
        first_day=re.compile(_shape(str(table["days"]), months, 0) + r"\s*$") if "days" in table else NEVER,
        first_month=re.compile(edges.left + _shape(str(table["month"]), months, 0) + r"\s*$")
        if "month" in table
        else NEVER,
        after_year=re.compile(pattern(str(table.get("after_year", "")))),
        before=edges.ending_by(table.get("before", {})),
        after=re.compile(rf"{_GAP}{any_named(table.get('after', {}))}{edges.right}"),
        also=edges.ending(table.get("also", ())),
        this_year=edges.sieve(table.get("this_year", ())),
        other_year=edges.sieve(table.get("other_year", ())),
        early=re.compile(any_phrase(_with_months(table, "early"))) if "early" in table else NEVER,
        rough=edges.ending(_with_months(table, "rough")),
        year_end=edges.whole(table.get("year_end", ())),
        title_after=re.compile(any_phrase(table.get("title_after", ()))),
        periods=re.compile(rf"{edges.left}{period}{pattern(str(table.get('period_end', '')))}\s*$"),
    )


def _with_months(table: Mapping[str, Any], key: str) -> list[str]:
    """The phrases of a list, `{month}` in them being any month."""
    month = f"(?:{'|'.join(str(form) for forms in table.get('months', ()) for form in forms)})"
    return [str(phrase).replace("{month}", month) for phrase in table.get(key, ())]


def _shape(shape: str, months: Mapping[str, Iterable[Any]], place: int) -> str:
    """A way to write the day and month before the year; groups are numbered since shapes are alternatives."""
    day = rf"(?P<day_{place}>(?<!\d)\d{{1,2}})"
    month = any_named({f"{name}_{place}": forms for name, forms in months.items()})
    return pattern(shape).replace("{day}", day).replace("{month}", month)


def _durations(table: Mapping[str, Any], number: Numbers, edges: Edges) -> DurationWords:
    return DurationWords(
        amounts=Sieve(re.compile(_amount(table, number, edges)), needles(_units(table))),
        before=edges.ending_by(table.get("before", {})),
        after=re.compile(rf"{_GAP}{any_named(table.get('after', {}))}{edges.right}"),
        lapsing=edges.whole(table.get("lapsing", ())),
        lasting=edges.ending(table.get("lasting", ())),
        behind=re.compile(pattern(str(table["behind"]))) if "behind" in table else NEVER,
        counted=re.compile(rf"[,،]?{_GAP}{any_phrase(table.get('counted', ()))}"),
    )


_ROUND = frozenset({40, 45, 50, 60, 75, 90, 100, 120, 150})
"""Numbers above 36 that lengths of time have in words."""


def _units(table: Mapping[str, Any]) -> list[str]:
    """The words of which each length of time has one."""
    return [pattern(str(form)) for key in ("units", "fixed") for forms in table.get(key, {}).values() for form in forms]


def _amount(table: Mapping[str, Any], number: Numbers, edges: Edges) -> str:
    """`six months`, `30 days`: groups count and unit_M, or fixed_P2M for one word that says both."""
    unit = any_named({f"unit_{unit}": forms for unit, forms in table.get("units", {}).items()})
    whole = any_named({f"fixed_{value}": forms for value, forms in table.get("fixed", {}).items()})
    counts = (pattern(word) for word, value in number.cardinals.items() if value <= 36 or value in _ROUND)
    small = sorted(counts, key=len, reverse=True)
    count = any_of([r"(?<!\d)\d{1,3}(?!\d)", *small, *(pattern(str(word)) for word in table.get("tens", ()))])
    between = pattern(str(table.get("between", " (?:\\(\\d+\\) )?")))
    left = edges.start + (pattern(str(table["prefix"])) if "prefix" in table else edges.prefix)
    return rf"{left}(?:(?P<count>{count}){between}{unit}|{whole}){edges.right}"


def _recurrence(
    table: Mapping[str, Any], times: Mapping[str, Any], number: Numbers, edges: Edges
) -> tuple[tuple[str, Sieve], ...]:
    """(value, pattern) for each list of [recurrence]; `{amount}` in a pattern is a number with a unit."""
    amount = _amount(times.get("duration", {}), number, Edges("", "", ""))
    sessions = needles(pattern(str(noun)) for noun in times.get("session", {}).get("nouns", ()))
    found = []
    for value, phrases in table.items():
        counted = [phrase for phrase in phrases if "{amount}" in phrase]
        for end in dict.fromkeys(phrase.partition("{amount}")[2] for phrase in counted):
            heads = [phrase.partition("{amount}")[0] for phrase in counted if phrase.endswith("{amount}" + end)]
            sifted = needles((pattern(f"{head}[0]{end}") for head in heads), sessions)
            whole = f"{edges.left}{any_phrase(heads)}{amount}{pattern(end)}{edges.right}"
            found.append((value, Sieve(re.compile(whole), sifted)))
        if value not in {"unless", "unclear"}:
            plain = [phrase for phrase in phrases if phrase not in counted]
            found += [(value, edges.sieve(plain, sessions))] if plain else []
    return tuple(found)
