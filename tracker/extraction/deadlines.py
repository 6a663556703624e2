"""When the work that one request asks for is due: the deadlines and the recurrence in the words of its clause.

Reads a clause (from the verb of the request to its end) and its context; writes a Timing. The words are those of
the lexicon: tables [numbers], [deadlines] and [recurrence], names of bodies from [bodies]. One grammar serves all
languages. What is not clear gives a doubt and no deadline: a wrong date is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tracker.core.deadline import DateDeadline, Deadline, RelativeDeadline
from tracker.core.request import Reason
from tracker.extraction.context import Context
from tracker.extraction.dates import dates
from tracker.extraction.durations import ahead, durations, since
from tracker.extraction.folding import folded
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.recurrences import recurrence
from tracker.extraction.sessions import every_session, sessions
from tracker.extraction.sieve import holds
from tracker.extraction.times import time_words
from tracker.extraction.yearless import yearless

UNCLEAR = "deadline-unclear"
"""Problem code: the clause speaks of a time, but not clearly enough for a date."""


class Timing(NamedTuple):
    """What a clause says about time: the earliest deadline, further ones, and whether the work comes back."""

    deadline: Deadline | None = None
    deadlines: tuple[Deadline, ...] = ()
    recurrence: str | None = None
    reasons: tuple[Reason, ...] = ()
    doubts: tuple[str, ...] = ()


NOTHING = Timing()
_FAR = 4  # years
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"[0-9]")  # the only figures of a folded text


def find_deadlines(clause: str, context: Context, verb: str = "") -> Timing:
    """The deadlines and the recurrence of the request whose words are `clause`.

    `clause` runs from the verb (or what follows it: `verb` holds the rest) to the end of the request. The earliest
    deadline comes first; further ones of the same request (an oral update, then a report) follow in order.
    """
    words = time_words(context.lexicon)
    read = Clause(folded(clause), words, context, verb)
    if not _speaks_of_time(read) or words.refused.match(read.text):
        return NOTHING
    spoken = list(sessions(read))
    found = [one for one in spoken if isinstance(one, Mention)]
    again, unclear = recurrence(read)
    spoken_of = [(mention.start, mention.end) for mention in found]
    if again and again.value == "every session":
        found += every_session(read, again.start, again.end)
    place = (again.start, again.end) if again else None
    dated = list(dates(read, spoken_of, place))
    begins = next((one for one in dated if isinstance(one, Mention) and one.rule == "since-year"), None)
    days = list(yearless(read, place, begins))
    if begins and any(isinstance(one, Mention) for one in days):
        dated.remove(begins)  # "by 1 July of each year, starting in 2026": the year is that of the first day
    dated += days
    found += (one for one in dated if isinstance(one, Mention))
    again_for = again.value if again else None
    spans = list(durations(read, again_for))
    lengths = [one for one in spans if isinstance(one, Mention)]
    found, lengths = since([ahead(read, mention) for mention in found], lengths, read)
    taken = [(one.start, one.end) for one in found if not isinstance(one.deadline, DateDeadline) or one.deadline.ahead]
    taken += [(again.start, again.end)] if again else []
    found += (one for one in lengths if _is_free(one.start, one.end, taken))
    kept = _kept(found, read, recurring=again is not None)
    unsure = (one for one in (*spoken, *dated, *spans, *unclear) if isinstance(one, Doubt))
    doubts = dict.fromkeys(one for one in unsure if one.span is None or _is_free(*one.span, taken))
    reasons = [Reason("deadline", mention.rule, mention.deadline.text) for mention in kept]
    if again:
        reasons.append(Reason("recurrence", again.value, read.spoken(again.start, again.end)))
    listed = [mention.deadline for mention in kept]
    return Timing(
        listed[0] if listed else None,
        tuple(listed[1:]),
        again.value if again else None,
        (*reasons, *(Reason("doubt", doubt.code, doubt.words) for doubt in doubts)),
        tuple(dict.fromkeys(doubt.code for doubt in doubts)),
    )


def _is_free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    """Whether none of the spans `taken` has words of `start:end`."""
    return all(start >= last or end <= first for first, last in taken)


def _speaks_of_time(clause: Clause) -> bool:
    """Whether a clause has a digit or one of the words without which nothing is said about time: most have not."""
    text = clause.text
    return holds(text, clause.words.hints) or _DIGIT.search(text) is not None


def _kept(found: Iterable[Mention], clause: Clause, *, recurring: bool) -> list[Mention]:
    """The mentions without repetitions, earliest first.

    The term of a mandate gives way to the date on which it ends, a deadline without a date to one with, and the
    year of an event to a deadline that is stated as one: not to the end of what is `recurring`
    ("in 2025 and every two years thereafter until 2031").
    """
    unique: dict[object, Mention] = {}
    for mention in sorted(found, key=lambda one: one.start):
        unique.setdefault(_key(mention.deadline), mention)
    kept = list(unique.values())
    if any(mention.rule.startswith(("until", "to-", "by_end", "by-end")) for mention in kept):
        kept = [mention for mention in kept if mention.rule != "term"]
    if any(_starts(mention) for mention in kept):
        kept = [mention for mention in kept if not _is_each(mention)]
    if others := [mention for mention in kept if not _is_relative(mention)]:
        kept = [one for one in kept if _is_each(one) or not _is_relative(one) or _is_listed(clause, one, others)]
    weaker = ("in-", "until-") if recurring else ("in-",)
    if stated := [mention for mention in kept if not mention.rule.startswith((*weaker, "every-session"))]:
        kept = [mention for mention in kept if mention.rule != "in-year" or _is_joined(mention, stated)]
    kept = [mention for mention in kept if not _is_far_goal(mention, kept)]
    if all(mention.order for mention in kept):
        kept.sort(key=lambda mention: mention.order or (0, 0))
    return kept


def _starts(mention: Mention) -> bool:
    """Whether work that comes back may begin at a deadline: it says neither until when nor in which year it does."""
    rule, _, kind = mention.rule.partition("-")
    bounds = rule in {"until", "to", "term"} or (kind == "year" and rule in {"in", "by", "since"})
    return not _is_each(mention) and not bounds


def _is_each(mention: Mention) -> bool:
    return mention.rule == "every-session"


def _is_relative(mention: Mention) -> bool:
    return isinstance(mention.deadline, RelativeDeadline)


def _is_listed(clause: Clause, mention: Mention, others: list[Mention]) -> bool:
    """`at its next session and at its thirty-third`, but not `at its next session, the thirty-third`."""
    gaps = (clause.text[mention.end : other.start] for other in others if _is_joined(mention, [other]))
    return any(not clause.words.sessions.lists.isdisjoint(_WORD.findall(gap)) for gap in gaps)


def _is_joined(mention: Mention, others: list[Mention]) -> bool:
    """`in 2026, and no later than ...`: more than a comma, and no more than a conjunction, parts it from the next."""
    return any(len(", ") < other.start - mention.end <= len(", and, ") for other in others)


def _is_far_goal(mention: Mention, kept: list[Mention]) -> bool:
    """`by 2030` beside a deadline years before it is the year of a goal that the work serves."""
    if mention.rule != "by-year" or not mention.order:
        return False
    return any(other.order and other.order[0] + _FAR <= mention.order[0] for other in kept)


def _key(deadline: Deadline) -> object:
    """What makes two deadlines the same: all but their words."""
    return tuple(getattr(deadline, name, None) for name in ("body", "session", "value", "anchor", "ahead"))
