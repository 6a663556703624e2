"""When the work that one request asks for is due: the deadlines and the recurrence in the words of its clause.

Reads a clause (from the verb of the request to its end) and its context; writes a Timing. The words are those of
the lexicon: tables [numbers], [deadlines] and [recurrence], names of bodies from [bodies]. One grammar serves all
languages. What is not clear gives a doubt and no deadline: a wrong date is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tracker.core.deadline import Deadline, RelativeDeadline
from tracker.core.request import Reason
from tracker.extraction.context import Context
from tracker.extraction.dates import dates
from tracker.extraction.durations import durations
from tracker.extraction.folding import folded
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.recurrences import recurrence
from tracker.extraction.sessions import sessions
from tracker.extraction.sieve import holds
from tracker.extraction.times import time_words

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
    doubts = [one.code for one in spoken if isinstance(one, Doubt)]
    found += dates(read, [(mention.start, mention.end) for mention in found])
    again = recurrence(read)
    taken = [(one.start, one.end) for one in spoken if isinstance(one, Mention)]  # "six weeks before its 46th session"
    taken += [(again.start, again.end)] if again else []
    found += (one for one in durations(read) if all(one.start >= last or one.end <= first for first, last in taken))
    kept = _kept(found, recurring=again is not None)
    reasons = [Reason("deadline", mention.rule, mention.deadline.text) for mention in kept]
    if again:
        reasons.append(Reason("recurrence", again.value, read.spoken(again.start, again.end)))
    listed = [mention.deadline for mention in kept]
    return Timing(
        listed[0] if listed else None,
        tuple(listed[1:]),
        again.value if again else None,
        tuple(reasons),
        tuple(dict.fromkeys(doubts)),
    )


def _speaks_of_time(clause: Clause) -> bool:
    """Whether a clause has a digit or one of the words without which nothing is said about time: most have not."""
    text = clause.text
    return holds(text, clause.words.hints) or _DIGIT.search(text) is not None


def _kept(found: Iterable[Mention], *, recurring: bool) -> list[Mention]:
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
    if any(not isinstance(mention.deadline, RelativeDeadline) for mention in kept):
        kept = [mention for mention in kept if not isinstance(mention.deadline, RelativeDeadline)]
    weaker = ("in-", "until-") if recurring else ("in-",)
    if any(not mention.rule.startswith(weaker) for mention in kept):
        kept = [mention for mention in kept if mention.rule != "in-year" or _is_joined(mention, kept)]
    kept = [mention for mention in kept if not _is_far_goal(mention, kept)]
    if all(mention.order for mention in kept):
        kept.sort(key=lambda mention: mention.order or (0, 0))
    return kept


def _is_joined(mention: Mention, kept: list[Mention]) -> bool:
    """`in 2026, and no later than ...`: more than a comma, and no more than a conjunction, parts it from the next."""
    later = (other for other in kept if not other.rule.startswith("in-"))
    return any(len(", ") < other.start - mention.end <= len(", and ") for other in later)


def _is_far_goal(mention: Mention, kept: list[Mention]) -> bool:
    """`by 2030` beside a deadline years before it is the year of a goal that the work serves."""
    if mention.rule != "by-year" or not mention.order:
        return False
    return any(other.order and other.order[0] + _FAR <= mention.order[0] for other in kept)


def _key(deadline: Deadline) -> object:
    """What makes two deadlines the same: all but their words."""
    return tuple(getattr(deadline, name, None) for name in ("body", "session", "value", "anchor"))
