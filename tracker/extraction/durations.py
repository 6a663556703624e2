"""Lengths of time that a clause sets: `within six months of the adoption`, `for a period of three years`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tracker.core.codes import Force
from tracker.core.deadline import DateDeadline, OffsetDeadline, Relation, SessionDeadline
from tracker.core.recurrence import outlasts
from tracker.extraction.folding import fold
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.sessions import MOST
from tracker.extraction.time_words import DurationWords, TimeWords
from tracker.extraction.written_dates import written, written_behind

_WINDOW = 60
_TERMED = frozenset({Force.DECIDE, Force.AUTHORIZE})
_AT_ONCE = 12  # letters of `, for another`
_COMMA = 2  # letters of a comma with its blank
_FOLLOWING = 40  # characters behind a length of time in which the verb of the asked work stands
_NAMED = {"adoption": "adoption", "event": "event", "late": "event"}
"""From what a length of time counts behind the words that name it: `本决议通过后90天`, `至迟于任命后30天`."""

_EVENT = re.compile(r"[^,;:.،؛，；。]{1,100}+(?=[,;:.،؛，；。]|$)")
"""The words up to the next mark: those of an event."""

_NEAR = 60  # characters before a length of time in which the verb of the asked work stands
_LONGEST = 20  # letters of the longest word of a number
_LISTED = re.compile(r"(?<!\w)(\w{1,20}+) (\w{1,4}+) $")
_FIGURES = re.compile(r"\d[,. ]$")
_WORD = re.compile(r"(?<!\w)(\w{1,40}+)\s$")


def durations(clause: Clause, recurrence: str | None = None) -> Iterator[Mention | Doubt]:
    """The deadlines that count from the adoption or from an event, and the terms of mandates.

    And how long work goes on that comes back: `every 120 days, for a period of one year`. A doubt where a length of
    time counts from something that is not named: `to establish the mechanism within 30 days`.
    """
    text, vocabulary = clause.text, clause.words.durations
    for amount in islice(vocabulary.amounts.finditer(text), 2 * MOST):
        if _is_tail(clause, amount.start()):
            continue
        value = length(amount, clause.words)
        shorter, start = _with_its_unit(clause, amount, value)
        before = vocabulary.before.search(text, max(0, start - _WINDOW), start)
        after = vocabulary.after.match(text, amount.end())
        kinds = (before.lastgroup if before else None, after.lastgroup if after else None)
        if kinds[0] == "within" and amount.groupdict().get("coming"):
            kinds = ("adoption", kinds[1])  # `dans les trois prochains mois`
        if value is None:
            continue
        anchor = _counted_anchor(clause, kinds, value, amount, recurrence)
        if anchor is None:
            if kinds == (None, "event") and _is_asked(clause, amount.start()):
                end = _of_event(text, after.end()) if after else amount.end()
                yield Doubt("deadline-unclear", clause.spoken(amount.start(), end), (amount.start(), end))
            continue
        first = before.start() if before else start
        last = after.end() if after else amount.end()
        rule = "term" if kinds[0] in {"term", "bare"} else f"within-{anchor}"
        if rule == "within-event" and not after and clause.words.spaced:
            yield Doubt("deadline-unclear", clause.spoken(first, last))
        if after and rule == "within-event":
            last = _of_event(text, last)
        deadline = OffsetDeadline(value, anchor, clause.spoken(first, last))
        if shorter:
            yield Mention(replace(deadline, value=shorter), first, last, rule)
        yield Mention(deadline, first, last, rule)


def _counted_anchor(
    clause: Clause,
    kinds: tuple[str | None, str | None],
    value: str,
    amount: re.Match[str],
    recurrence: str | None,
) -> str | None:
    """From what a length of time counts, or how long work that comes back goes on; None when it is no deadline."""
    anchor = _anchor(clause, kinds, value, amount.start())
    if kinds[0] == "term" and recurrence and outlasts(value, recurrence):
        anchor = anchor or "adoption"
    counted = anchor == "adoption" and kinds[1] != "adoption"
    if counted and _is_counted(clause.words.durations, clause.text, amount.end()):
        return "event"  # `for a period of one year from the expiry of its mandate`
    return anchor


def _with_its_unit(clause: Clause, amount: re.Match[str], value: str | None) -> tuple[str | None, int]:
    """The length before `amount` that has its unit, and where the two of them start: `in three and six months`."""
    found = _LISTED.search(clause.text, max(0, amount.start() - _NEAR), amount.start())
    count = clause.words.numbers.cardinal(found[1]) if found and found[2] in clause.words.sessions.lists else None
    if not count or value is None or value[1] == "T" or not found:
        return None, amount.start()
    return f"P{count}{value[-1]}", found.start()


def _is_asked(clause: Clause, start: int) -> bool:
    """Whether work is asked for right before a length of time: "to report 45 days prior to the expiry"."""
    return clause.words.spaced and clause.words.reporting.search(clause.text, max(0, start - _NEAR), start) is not None


def _of_event(text: str, end: int) -> int:
    """Where the words end that name the event from which a length of time counts: `of the notification`."""
    named = _EVENT.match(text, end)
    return end + len(named[0].rstrip()) if named else end


def since(found: list[Mention], lengths: list[Mention], clause: Clause) -> tuple[list[Mention], list[Mention]]:
    """`found` without the sessions at which a term of `lengths` begins, and `lengths`, which count from them or a day.

    `for three years from its tenth session`, `for one year from 1 May 2026`.
    """
    begins = {one.start: one for one in found if clause.words.durations.counted.match(clause.text, one.start)}
    counted = []
    for one in lengths:
        first = next((at for at in begins if one.rule == "term" and one.start < at <= one.end + _COMMA), None)
        begun = begins[first] if first is not None else _begun_before(clause, one, found)
        found = [mention for mention in found if mention is not begun]
        counted.append(_counted_from(clause, one, is_begun=begun is not None))
    return found, counted


def _begun_before(clause: Clause, length: Mention, found: list[Mention]) -> Mention | None:
    """The session right before a term that begins there, in Chinese: `从第三十届会议起延长三年`."""
    if clause.words.spaced or length.rule != "term":
        return None
    return next((one for one in found if _is_since(clause, one.end, length.start)), None)


def _is_since(clause: Clause, end: int, start: int) -> bool:
    """Whether no more than a word for `from ... on` stands between what ends at `end` and what starts at `start`."""
    since = clause.words.dates.after.match(clause.text, end)
    return since is not None and since.lastgroup == "since" and 0 <= start - since.end() <= _COMMA


def _counted_from(clause: Clause, length: Mention, *, is_begun: bool) -> Mention:
    """A length of time that counts from a session, of which the day is not known here, or from the day beside it."""
    deadline = length.deadline
    if not isinstance(deadline, OffsetDeadline):
        return length
    if is_begun:
        return length._replace(deadline=replace(deadline, anchor="event"))
    if not clause.words.spaced and length.rule == "term":
        days = (written(clause.text, year, clause.words) for year in clause.words.dates.years.finditer(clause.text))
        day = next((one for one in days if one.is_day and _is_since(clause, one.end, length.start)), None)
    else:
        counted = clause.words.durations.counted.match(clause.text, length.end)
        end = counted.end() if counted else length.end
        day = written_behind(clause.text, end, clause.words) if deadline.anchor == "event" else None
    if day is None or day.value is None:
        return length
    start, end = min(length.start, day.start), max(length.end, day.end)
    anchored = replace(deadline, anchor=day.value, text=clause.spoken(start, end))
    return length._replace(deadline=anchored, start=start, end=end)


def ahead(clause: Clause, mention: Mention) -> Mention:
    """`mention` with the length of time ahead of its session or date: `six weeks before its thirtieth session`.

    The length stands before the word for `before`; in Arabic and Chinese it may stand behind the session.
    """
    deadline = mention.deadline
    if not isinstance(deadline, SessionDeadline | DateDeadline):
        return mention
    if deadline.relation is not Relation.BEFORE and not clause.words.durations.behind.match(clause.text, mention.end):
        return mention
    for amount in islice(clause.words.durations.amounts.finditer(clause.text), 2 * MOST):
        around = _ahead(clause, mention, deadline.relation, amount)
        value = length(amount, clause.words) if around and not _is_tail(clause, amount.start()) else None
        if around and value:
            first, last = around
            due = replace(deadline, relation=Relation.BEFORE, text=clause.spoken(first, last), ahead=value)
            return Mention(due, first, last, f"ahead-{mention.rule.rpartition('-')[2]}", mention.order)
    return mention


def _ahead(clause: Clause, mention: Mention, relation: Relation, amount: re.Match[str]) -> tuple[int, int] | None:
    """Where a mention and the length of time ahead of it stand together; None when the length is of something else."""
    text, vocabulary = clause.text, clause.words.durations
    if relation is Relation.BEFORE and amount.end() <= mention.start and not text[amount.end() : mention.start].strip():
        start = max(0, amount.start() - _WINDOW)
        within = vocabulary.before.search(text, start, amount.start())
        kind = within.lastgroup if within else None
        if kind == "term" or vocabulary.lasting.search(text, start, amount.start()):
            return None  # "to meet for five days before its tenth session"
        return (within if within and kind == "within" else amount).start(), mention.end
    behind = vocabulary.behind.match(text, mention.end)
    if behind is None or behind.end() != amount.start():
        return None
    if relation is Relation.BEFORE:
        return mention.start, amount.end()
    after = clause.words.sessions.after.match(text, amount.end())
    return (mention.start, after.end()) if after and after.lastgroup == "before" else None


def _is_counted(vocabulary: DurationWords, text: str, at: int) -> bool:
    """Whether the length of time that ends at `at` counts from something: at once, or from what lapses."""
    return bool(vocabulary.counted.match(text, at) or vocabulary.lapsing.search(text))


def _is_tail(clause: Clause, start: int) -> bool:
    """Whether a number is the end of a larger one: `vingt-dix` of `quatre-vingt-dix`, `200` of `1,200`."""
    before = clause.text[max(0, start - _LONGEST) : start]
    if _FIGURES.search(before):
        return True
    word = _WORD.search(before)
    return word is not None and word[1] in clause.words.numbers.counts


def _anchor(clause: Clause, kinds: tuple[str | None, str | None], value: str, start: int) -> str | None:
    """From what a length of time counts: "adoption", "event", or None when it is no deadline."""
    before, after = kinds
    text, words, force = clause.text, clause.words, clause.context.force
    long = value[-1] in "YM" and not value.startswith("PT")
    if before in _NAMED:
        return _NAMED[before] if before != "event" or after == "within" else None
    if before == "term":
        if not long:
            return None
        return "adoption" if force in _TERMED or words.renewing.search(text, 0, start) else None
    if before == "bare":
        renewed = long and after != "within" and force in _TERMED
        # Behind the verb at once: "Renews for 12 months the measures".
        renewed = renewed and (start < _AT_ONCE or _renews(clause, start))
        return "adoption" if renewed or after == "adoption" else None
    if before == "loose" and after != "within":
        return "adoption" if after == "adoption" or _counted(clause, value, after, start) else None
    if before == "within":
        if after in {"adoption", "event"}:
            return after
        # the work that is asked for may follow: "within six months to submit a report"
        end = start if words.spaced and force in _TERMED else start + _FOLLOWING
        return "adoption" if words.reporting.search(text, max(0, start - 250), end) else "event"
    if before is None and after == "adoption":
        return "adoption"
    if after == "within":
        return "adoption" if words.reporting.search(text) else "event"
    return "event" if after == "late" else None


def _renews(clause: Clause, start: int) -> bool:
    """Whether something is renewed before `start`, or by the verb itself: "Renews the mandate of the Panel"."""
    renewing = clause.words.renewing
    return bool(renewing.search(clause.text, 0, start) or renewing.search(fold(clause.verb)))


def _counted(clause: Clause, value: str, after: str | None, start: int) -> bool:
    """Whether `in three months` is when the work is due; `in` is `在...后` in Chinese, and the verb behind it."""
    text, words = clause.text, clause.words
    if value[-1] not in "YMWD" or after != (None if words.spaced else "loose"):
        return False
    end = start if words.spaced else start + _FOLLOWING
    return words.reporting.search(text, max(0, start - 250), end) is not None


def length(amount: re.Match[str], words: TimeWords) -> str | None:
    """The ISO duration of a matched amount: `six months` -> P6M."""
    groups = {name: found for name, found in amount.groupdict().items() if found}
    fixed = next((name for name in groups if name.startswith("fixed_")), None)
    if fixed:
        return fixed.removeprefix("fixed_")
    count = words.numbers.cardinal(re.sub(r"\s+", " ", groups["count"]))
    unit = next((name for name in groups if name.startswith("unit_")), "").removeprefix("unit_")
    if not count or not unit:
        return None
    return f"PT{count}H" if unit == "H" else f"P{count}{unit}"
