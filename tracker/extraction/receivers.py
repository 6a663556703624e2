"""Whose session a clause means: the body named with it, the one that receives the work, else the adopting one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tracker.extraction.context import Context
from tracker.extraction.folding import folded
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.mentions import Clause
from tracker.extraction.numbering import standing, year_of
from tracker.extraction.time_words import BodyWords
from tracker.extraction.times import time_words

GENERIC = ("COUNCIL", "ASSEMBLY", "COMMISSION", "COMMITTEE", "GROUP", "CONFERENCE")
"""Names in [deadlines.bodies.names] for "the Council" and the like: which one, the context says."""

_WHOLE = {
    "COUNCIL": ("HRC", "SC", "ECOSOC", "TC"),
    "ASSEMBLY": ("GA", "UNEA", "UNHABITAT", "WHA"),
    "COMMISSION": (
        "ESCAP",
        "ECA",
        "ECE",
        "ECLAC",
        "ESCWA",
        "CHR",
        "CND",
        "CCPCJ",
        "CSW",
        "CPD",
        "CSOCD",
        "CSTD",
        "PBC",
    ),
    "COMMITTEE": (
        "COPUOS",
        "CPC",
        "SCC",
        "Committee of Experts on Public Administration",
        "Committee for Development Policy",
    ),
}
_OTHERS = frozenset({"COMMISSION", "COMMITTEE"})
_AS_NAMED = {"COMMISSION": "Commission", "COMMITTEE": "Committee", "GROUP": "Working Group", "CONFERENCE": "Conference"}


_CLAUSE = 60  # letters between a session and the body that acts at it
_BETWEEN = re.compile(r"[\s,،，]{0,3}(?:\w{1,4}+[\s,،，']{1,3}+){0,4}")
"""`, in 2027, the `: short words alone."""

_YEARS = 1900  # above this the number of a session is its year
_SOON = 4  # years
_BOARD, _REGULAR = "Executive Board", 10
"""A board whose sessions are named by their year, several a year: "its first regular session of 2026" has no number."""


@dataclass(frozen=True, slots=True)
class Named:
    """A body named at `start:end`; `code` may be one of GENERIC."""

    code: str
    start: int
    end: int


def named(text: str, words: BodyWords, start: int = 0, end: int | None = None) -> Iterator[Named]:
    """The bodies named in a folded text, in order."""
    end = len(text) if end is None else end
    for place in words.places.finditer(text, start, end):
        match = words.names.match(text, place.start(), end)
        if match and match.lastgroup:
            yield Named(words.codes[match.lastgroup], match.start(), match.end())


def whole(code: str, context: Context, session: int | None = None) -> str:
    """The code of a body, "the Council" and the like being resolved by the context.

    A council whose session is named by a year is ECOSOC, since no other one names its sessions so; but in resolutions
    of the Human Rights Council "the Council" is that one, which has no such session. Of several commissions
    that the resolution names, the one named at least three times as often as the others is "the Commission".
    """
    if code not in GENERIC:
        return code
    if code == "COUNCIL" and session and session > 1900:
        return "HRC" if context.body == "HRC" else "ECOSOC"
    fitting = _WHOLE.get(code, ())
    if context.body in fitting:
        return context.body or code
    known = [(count, body) for body, count in bodies_named(context.text, context.lexicon) if body in fitting]
    if known and (len(known) == 1 or known[0][0] >= 3 * known[1][0]):
        return known[0][1]
    if code == "ASSEMBLY":
        return "GA"
    return _AS_NAMED.get(code, "Council")


def proper(one: Named, clause: Clause) -> str:
    """The code of a name in a clause: `the Committee on the Rights` is not the one that the text calls so in short."""
    if one.code in _OTHERS:
        on = clause.words.bodies.goes_on.match(clause.text, one.end)
        if on and clause.spoken(on.end(), on.end() + 1).isupper():
            return _AS_NAMED[one.code]
    return one.code


@lru_cache(maxsize=4)
def bodies_named(text: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """The bodies that a text names in full and how often, the one named most often first."""
    found = Counter(one.code for one in named(folded(text).text, time_words(lexicon).bodies))
    return tuple((code, count) for code, count in found.most_common() if code not in GENERIC)


def owner(text: str, at: int, words: BodyWords) -> Named | None:
    """The body named right after a session: "of the General Assembly", starting at `at`."""
    gap = words.owner.match(text, at)
    found = words.names.match(text, gap.end() if gap else at)
    if found and found.lastgroup and (gap or found.start() == at or text[at : found.start()].isspace()):
        return Named(words.codes[found.lastgroup], found.start(), found.end())
    return None


def acting(clause: Clause, start: int, end: int, numbers: list[int]) -> Named | None:
    """The body that acts at the session at `start:end`, which opens a decision.

    "Decides that at its 71st session the Commission shall review its work". Not where the adopting body has such a
    session soon, and nobody knows of the other.
    """
    text, context = clause.text, clause.context
    if len(text[:start].split()) > 1:
        return None
    found = next(named(text, clause.words.bodies, end, min(len(text), end + _CLAUSE)), None)
    if found is None or not _BETWEEN.fullmatch(text, end, found.start):
        return None
    code, session = whole(proper(found, clause), context), numbers[0] if numbers else 0
    sure = year_of(code, session) or not (context.body and _is_soon(context.body, session, context))
    return found if sure else None


def possessor(text: str, before: int, words: BodyWords) -> Named | None:
    """The body named right before a session, as in "the Council's thirtieth session"."""
    found = None
    for one in named(text, words, max(0, before - 90), before):
        found = one
    if found and words.possessive.fullmatch(text, found.end, before):
        return found
    return None


def presided(text: str, before: int, words: BodyWords) -> bool:
    """Whether a session only says which president is meant: "the President of the Assembly at its 69th session"."""
    found = None
    for one in named(text, words, max(0, before - 90), before):
        found = one
    if found is None or text[found.end : before].strip():
        return False
    return bool(words.president.search(text, max(0, found.start - 40), found.start))


def receiver(clause: Clause, before: int, session: int, among: Collection[str] | None = None) -> str | None:
    """The body that "its session" refers to before the offset `before`, or None when every candidate is impossible.

    A body right before it, else the nearest receiver of the work ("to the General Assembly", or the adopting body as a
    pronoun), then the body that the clause starts with (after the adopting body where that has a session of this number
    soon, and nobody knows of the other), then the adopting body, then any other body named before, and last the body
    through which the work goes ("to the Assembly, through the Commission at its thirty-third session"). `among` leaves
    only these bodies to choose from.
    """
    text, words, context = clause.text, clause.words.bodies, clause.context
    receivers: list[tuple[int, str]] = []
    first: list[str] = []
    others: list[str] = []
    between: list[str] = []
    beside: list[str] = []
    for one in named(text, words, 0, before):
        left = max(0, one.start - 50)
        code = whole(proper(one, clause), context, session)
        if session > _YEARS and not text[one.end : before].strip() and not impossible(code, session, context):
            beside.append(code)  # "through the Council at its 2026 session"
            continue
        if words.through.search(text, left, one.start):
            between.append(code)
            continue
        if words.created.search(text, max(0, one.start - 90), one.start):
            continue
        gap = text[one.end : before]
        if not gap.strip(" ,،，") and impossible(code, session, context):
            return (
                None  # "submitted to the Assembly at its ...": the session is long past, whoever else has that number
            )
        if session and not gap.strip():
            beside.append(code)  # "cooperate with the Commission at its sixty-seventh session"
        elif words.receiver.search(text, left, one.start) or words.dative.search(text, one.start, one.end):
            receivers.append((one.start, code))
        elif _begins(text[: one.start]):
            first.append(code)
        else:
            others.append(code)
    if context.body:
        receivers += [(match.start(), context.body) for match in words.pronoun.finditer(text, 0, before)]
    own = [context.body] if context.body else []
    soon = own if own and _is_soon(own[0], session, context) else []
    sure = [code for code in first if not soon or year_of(code, session)]
    ranked = [*beside, *(code for _, code in sorted(receivers, reverse=True))]
    ranked += [*sure, *soon, *first, *own, *reversed(others), *reversed(between)]
    fitting = (code for code in ranked if among is None or code in among)
    return next((code for code in fitting if not impossible(code, session, context)), None)


def _is_soon(body: str, session: int, context: Context) -> bool:
    """Whether a session of that number of the adopting body comes within the next few years."""
    when, adopted = year_of(body, session), context.adopted_on
    if when is None or adopted is None:
        return False
    return standing(body, session, adopted) == "future" and when[0] <= adopted.year + _SOON


def _begins(before: str) -> bool:
    """Whether nothing but the verb and an article stands before: the body is the one that is asked."""
    return len(before) < 45 and len(re.findall(r"\w{4,}", before)) < 3


def impossible(code: str, session: int, context: Context) -> bool:
    """Whether a session of that number cannot be a future one of this body: long past, or years ahead."""
    if not session:  # "its next session": any body may have one
        return False
    if code == context.body and context.session is not None and session < 1900 and context.session < 1900:
        return session < context.session - 1 or session > context.session + 40
    if code in {"HRC", "GA", "SC"} and session > 1900:
        return True
    if code == _BOARD and session < _REGULAR:
        return True
    return standing(code, session, context.adopted_on) in {"past", "far"}
