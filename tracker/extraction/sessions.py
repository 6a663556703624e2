"""Sessions that a clause names: numbers, relation, body. `at its fifty-first and fifty-fourth sessions`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from tracker.core.codes import Force
from tracker.core.deadline import Relation, RelativeDeadline, SessionDeadline
from tracker.extraction.mentions import Clause, Doubt, Mention
from tracker.extraction.numbering import standing, year_of
from tracker.extraction.numerals import Numbered, alone, numbered, numbered_behind
from tracker.extraction.receivers import acting, impossible, named, owner, possessor, presided, proper, receiver, whole

_WINDOW = 110
"""Letters before a session that are read: the longest preposition with a part of the session."""

_NEAR = 40
"""Letters behind a session in which its year stands."""

_MONTH_BEFORE = re.compile(r"(?<!\w)[^\W\d_]{3,12} (20\d\d) $")
_YEAR = re.compile(r"(?<![\d/.])20\d\d(?![\d/])")

MOST = 40
"""Times that are read in one clause: no resolution has as many, and a text that is no resolution takes no longer."""

MEETING_BODIES = frozenset({"COP", "MOP", "CMP", "CMA", "MEETING OF THE PARTIES", "Conference"})
"""Bodies whose sessions are called meetings; the meetings of all others are those of one morning."""

_CURRENT = "current session"
"""What a language calls the session that adopts the resolution."""

_RELATIONS = {
    "opening": Relation.AT,
    "at": Relation.AT,
    "for": Relation.AT,
    "before": Relation.BEFORE,
    "by_end": Relation.BY_END,
    "after": Relation.AFTER,
    "until": Relation.UNTIL,
    "since": Relation.FROM,
}


def sessions(clause: Clause) -> Iterator[Mention | Doubt]:
    """The deadlines at sessions in `clause`; doubts where a session is asked for but not which."""
    vocabulary = clause.words.sessions
    for nouns in (vocabulary.nouns, vocabulary.meetings):
        places: list[_Place] = []
        for noun in islice(nouns.finditer(clause.text), MOST):
            found = numbered(clause.text, noun, vocabulary, clause.words.numbers)
            place = _place(clause, noun, found, places[-1] if places else None)
            places += [place] if place else []
            if place is None and nouns is vocabulary.nouns:
                yield from _unnumbered(clause, noun)
                yield from _rough(clause, found)
        known = [place for place in places if not clause.is_quoted(place.first)]
        shared = _shared_out(clause, known)
        if shared is None:
            yield Doubt("deadline-unclear", clause.spoken(known[0].first, known[-1].last))
            continue
        for place in known:
            yield from _deadlines(clause, place, shared, meeting=nouns is vocabulary.meetings)
        for first, last in alone(clause.text, vocabulary, clause.words.numbers) if known else ():
            if all(last <= place.first or first >= place.last for place in known):
                yield Doubt("deadline-unclear", clause.spoken(first, last))


_EDGE = re.compile(r"\b")


def every_session(clause: Clause, start: int, end: int) -> Iterator[Mention]:
    """The first session of work that comes back `at every session` (the words at `start:end`): the next one.

    Or the one that is named behind: `at each session, starting with the eighty-first`. None where it is to be done
    before or after each session, and where nobody reports to the body whose sessions they are.
    """
    text, before = clause.text, clause.words.sessions.before
    edges = [edge.start() for edge in _EDGE.finditer(text, start, end)] if clause.words.spaced else [start]
    relations = (before.search(text, max(0, start - (0 if clause.words.spaced else _WINDOW)), edge) for edge in edges)
    kind = next((_kind(relation, None) for relation in relations if relation), "at")
    reports = clause.words.reporting.search(text, 0, start if clause.words.spaced else len(text))
    if kind != "at" or clause.is_quoted(start) or not reports:
        return
    of = owner(text, end, clause.words.bodies)
    unknown = clause.words.bodies.owner.match(text, end)
    if of is None and (clause.context.force is Force.DECIDE or (unknown and unknown[0].strip())):
        return  # of a body that is not known, or of one that the decision does not name
    body = whole(proper(of, clause), clause.context) if of else receiver(clause, start, 0)
    last = of.end if of else end
    yield Mention(RelativeDeadline("next session", clause.spoken(start, last), body), start, last, "every-session")
    number = numbered_behind(text, last, clause.words.sessions, clause.words.numbers)
    relation = before.search(text, last, number.start) if number else None
    if number and relation and body and (named_kind := _kind(relation, None)) in _RELATIONS:
        spoken = clause.spoken(relation.start(), number.end)
        deadline = SessionDeadline(_RELATIONS[named_kind], body, number.numbers[0], spoken)
        yield Mention(deadline, relation.start(), number.end, f"{named_kind.replace('_', '-')}-session")


def _unnumbered(clause: Clause, noun: re.Match[str]) -> Iterator[Doubt]:
    """A doubt where a session by which something is due has only a year: "at its session in March 2026"."""
    text, words, adopted = clause.text, clause.words, clause.context.adopted_on
    dated = _MONTH_BEFORE.search(text, max(0, noun.start() - _NEAR), noun.start())  # "its June 2026 session"
    year, start = (dated[1], dated.start()) if dated else ("", noun.start())
    after = _YEAR.search(text, noun.end(), noun.end() + _NEAR)
    relation = words.sessions.before.search(text, max(0, start - _WINDOW), start)
    if relation is None or adopted is None or int(year or (after[0] if after else 0)) < adopted.year:
        return
    asked = relation.groupdict().get("own") and words.reporting.search(text, 0, noun.start())
    if asked and not done(clause, relation.start()):
        yield Doubt(
            "deadline-unclear", clause.spoken(relation.start(), noun.end() if year or not after else after.end())
        )


def _rough(clause: Clause, found: Numbered | None) -> Iterator[Doubt]:
    """A doubt where something is asked for at no day of a session: "between its 60th and 61st sessions".

    Or at a special session, of which the calendar is asked by hand: "at its thirtieth special session".
    """
    if found is None or not found.numbers:
        return
    text, vocabulary = clause.text, clause.words.sessions
    rough = (vocabulary.before if found.special else vocabulary.rough).search(
        text, max(0, found.start - _WINDOW), found.start
    )
    if (
        rough is None
        or (found.special and not clause.words.reporting.search(text, 0, rough.start()))
        or done(clause, rough.start())
        or clause.is_quoted(rough.start())
    ):
        return
    body = None if found.special else clause.context.body
    if body is None or standing(body, max(found.numbers), clause.context.adopted_on) != "past":
        yield Doubt("deadline-unclear", clause.spoken(rough.start(), found.end))


@dataclass(frozen=True, slots=True)
class _Place:
    """A session with its relation: from `first` to `last`; `holder` is the body named with it."""

    found: Numbered
    kind: str
    holder: str | None
    own: bool
    part: str | None
    first: int
    last: int


def _place(clause: Clause, noun: re.Match[str], found: Numbered | None, last: _Place | None) -> _Place | None:
    """What is said of the session that `noun` names; None when no relation makes it a deadline.

    Right behind the `last` one it has the same relation: "from the 59th session and the 80th session, respectively".
    """
    text, vocabulary, bodies = clause.text, clause.words.sessions, clause.words.bodies
    if found is None or found.special:
        return None
    of = owner(text, found.end, bodies)
    before = None if of else possessor(text, found.start, bodies)
    inside = next(named(text, bodies, noun.start(), noun.end()), None)
    start = before.start if before else found.start
    relation = vocabulary.before.search(text, max(0, start - _WINDOW), start)
    after = vocabulary.after.match(text, of.end if of else found.end)
    kind = _kind(relation, after)
    if kind is None and last and vocabulary.between.fullmatch(text, last.last, start):
        kind = last.kind
    if kind == "past":  # what a session did, unless it is yet to do it
        begins = relation.start() if relation else start
        ahead = clause.words.future.search(text, max(0, begins - 30), begins)
        kind = _kind(relation, None) if ahead else None
    if kind == "for" and (found.year or not clause.words.reporting.search(text, 0, start)):
        kind = None  # "the theme for its 2026 session", but not "a study for its thirtieth session"
    if kind is None and found.ranged:
        kind = "at"  # "de sa trente et unième à sa trente-sixième session"
    if kind is None or (relation and presided(text, relation.start(), bodies)):
        return None
    groups = relation.groupdict() if relation else {}
    own = bool(groups.get("own"))
    behind = acting(clause, relation.start(), found.end, found.numbers) if relation and own else None
    holder = of or before or inside or behind
    part = next((name for name in ("main", "resumed") if groups.get(name)), None)
    part = "resumed" if found.resumed else part
    part = "opening" if kind == "opening" else part
    end = max(of.end if of else found.end, after.end() if after else 0)
    first = relation.start() if relation else start
    return _Place(found, kind, proper(holder, clause) if holder else None, own, part, first, end)


def _kind(relation: re.Match[str] | None, after: re.Match[str] | None) -> str | None:
    """The name of the relation: what stands after the session is more exact than what stands before it.

    But for a mere `at`, which Chinese says with the verb behind: `至迟于第六十届会议提交`.
    """
    groups = relation.groupdict() if relation else {}
    before = next((name for name in _RELATIONS if groups.get(name)), None)
    if after and after.lastgroup and not (after.lastgroup == "at" and before):
        return after.lastgroup
    return before


def _shared_out(clause: Clause, places: list[_Place]) -> Mapping[int, str] | None:
    """Whose each session is: "to the Council and the Assembly, at their 62nd and 81st sessions, respectively".

    Empty where nothing is shared out; None where it is, and the words do not say which session is whose.
    """
    if not places or not clause.words.respectively.search(clause.text):
        return {}
    context, first = clause.context, places[0].first
    numbers = [number for place in places if place.holder is None for number in place.found.numbers]
    bodies = list(dict.fromkeys(whole(one.code, context) for one in named(clause.text, clause.words.bodies, 0, first)))
    if len(bodies) < 2 or not numbers:
        return {}
    nearest = bodies[-len(numbers) :]
    if len(numbers) == len(set(numbers)) == len(nearest) > 1:
        return dict(zip(numbers, nearest, strict=True))
    return None


def _deadlines(clause: Clause, place: _Place, shared: Mapping[int, str], *, meeting: bool) -> Iterator[Mention | Doubt]:
    """One deadline a number, unless the session lies behind; `shared` says whose session a number is."""
    found, spoken = place.found, clause.spoken(place.first, place.last)
    if found.following is not None and not found.numbers:
        yield from _unnamed(clause, place, found.following, meeting=meeting)
        return
    if _attended(clause, place) or told(clause, place.first):
        return
    numbers = found.numbers or ([found.year] if found.year and not found.several else [])
    for number in numbers:
        body = shared.get(number) or _body(clause, place, number, meeting=meeting)
        if body is None or (number > 1900 and body in {"HRC", "GA", "SC"}):
            if not meeting and not done(clause, place.first):
                yield Doubt("deadline-unclear", spoken)
            return
        if meeting and body not in MEETING_BODIES:
            return
        if _past(clause, place, body, number):
            if standing(body, number, clause.context.adopted_on) == "far" and not done(clause, place.first):
                yield Doubt("deadline-unclear", spoken)
            return
        deadline = SessionDeadline(_RELATIONS[place.kind], body, number, spoken, place.part)
        rule = f"{place.kind.replace('_', '-')}-session"
        yield Mention(deadline, place.first, place.last, rule, _order(clause, body, number))


def _unnamed(clause: Clause, place: _Place, following: str, *, meeting: bool) -> Iterator[Mention]:
    """The deadline at a session that is told by the one that adopts: the next one, or the end of the current one.

    Work that comes back at each session is read by its recurrence.
    """
    if following != _CURRENT:
        if not following.startswith("each"):
            yield Mention(_relative(clause, place, meeting=meeting), place.first, place.last, "next-session")
        return
    body, session = clause.context.body, clause.context.session
    holder = whole(place.holder, clause.context) if place.holder else body
    if body is None or session is None or holder != body or place.kind not in {"by_end", "until"}:
        return
    deadline = SessionDeadline(_RELATIONS[place.kind], body, session, clause.spoken(place.first, place.last))
    rule = f"{place.kind.replace('_', '-')}-session"
    yield Mention(deadline, place.first, place.last, rule, _order(clause, body, session))


def _order(clause: Clause, body: str, number: int) -> tuple[int, int] | None:
    """About when a session is, to compare deadlines: one of the Assembly that is under way lasts until August."""
    when, adopted = year_of(body, number), clause.context.adopted_on
    if body == "GA" and when and adopted and when <= (adopted.year, adopted.month):
        return when[0] + 1, 8
    return when


def _body(clause: Clause, place: _Place, number: int, *, meeting: bool) -> str | None:
    """Whose session it is; None when nobody named can have a session of that number."""
    if number > 1900 and place.found.substantive:
        return "ECOSOC"
    if place.holder:
        return whole(place.holder, clause.context, number)
    return receiver(clause, place.first, number, MEETING_BODIES if meeting else None)


def _attended(clause: Clause, place: _Place) -> bool:
    """Whether the session is only what somebody takes part in: "facilitate participation in the 14th session"."""
    if place.kind != "at" or place.own:
        return False
    start = max(0, place.first - 90, *(clause.text.rfind(mark, 0, place.first) for mark in ",;，；،؛"))
    found = list(clause.words.attending.finditer(clause.text, start, place.first))
    return bool(found) and len(clause.text[found[-1].end() : place.first].split()) <= 8


def _relative(clause: Clause, place: _Place, *, meeting: bool) -> RelativeDeadline:
    spoken, value = clause.spoken(place.first, place.last), place.found.following or ""
    if meeting:
        return RelativeDeadline(value.replace("session", "meeting"), spoken)
    body = whole(place.holder, clause.context) if place.holder else receiver(clause, place.first, 0)
    return RelativeDeadline(value, spoken, body)


def _past(clause: Clause, place: _Place, body: str, number: int) -> bool:
    """Whether the session lies behind, or is one at which something else was done."""
    context = clause.context
    how = standing(body, number, context.adopted_on)
    if body == context.body and context.session is not None:
        if number < context.session or impossible(body, number, context):
            return True
        if number > context.session:
            return how in {"past", "far"}
        if body != "GA":
            return place.kind not in {"by_end", "until"}
    if how in {"past", "far"}:
        return True
    return how != "future" and done(clause, place.first)


def done(clause: Clause, before: int) -> bool:
    """Whether a past participle governs what stands at `before`: "submitted to it at its ...".

    "to be submitted at" and "will be held at" are not past.
    """
    text, words = clause.text, clause.words
    start = max(0, before - 120, *(text.rfind(mark, 0, before) for mark in ",;，；،؛"))
    governing = None
    for match in words.past.finditer(text, start, before):
        governing = match
    return governing is not None and not words.future.search(text, max(0, governing.start() - 30), governing.start())


def told(clause: Clause, before: int) -> bool:
    """Whether what stands at `before` is told of something in a relative clause: "whose mandate was extended until"."""
    text = clause.text
    start = max(0, before - 120, *(text.rfind(mark, 0, before) + 1 for mark in ",;,，；،؛"))
    return clause.words.told.search(text, start, before) is not None
