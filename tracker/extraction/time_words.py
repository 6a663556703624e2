"""The words for time of one language, as the rules for sessions, bodies, dates and lengths of time ask for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.extraction.numbers import Numbers
from tracker.extraction.sieve import Sieve


@dataclass(frozen=True, eq=False)
class SessionWords:
    """How sessions are named and what is said of them."""

    nouns: Sieve
    meetings: Sieve
    token: re.Pattern[str]
    glue: str
    adjectives: frozenset[str]
    special: frozenset[str]
    substantive: frozenset[str]
    resuming: frozenset[str]
    following: Mapping[str, str]
    lists: frozenset[str]
    repeated: frozenset[str]
    ranges: frozenset[str]
    joined: str
    year_after: re.Pattern[str]
    special_after: re.Pattern[str]
    substantive_near: re.Pattern[str]
    before: re.Pattern[str]
    rough: re.Pattern[str]
    between: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class BodyWords:
    """How bodies are named, and what makes one the receiver of the work.

    `places` finds what `names` matches, without saying which body it is, and some ten times as fast.
    """

    places: re.Pattern[str]
    names: re.Pattern[str]
    codes: Mapping[str, str]
    receiver: re.Pattern[str]
    through: re.Pattern[str]
    pronoun: re.Pattern[str]
    owner: re.Pattern[str]
    goes_on: re.Pattern[str]
    possessive: re.Pattern[str]
    president: re.Pattern[str]
    dative: re.Pattern[str]
    created: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class DateWords:
    """How dates are written and what is said of them."""

    years: Sieve
    before_year: re.Pattern[str]
    yearless: Sieve
    first_day: re.Pattern[str]
    first_month: re.Pattern[str]
    after_year: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    also: re.Pattern[str]
    early: re.Pattern[str]
    rough: re.Pattern[str]
    this_year: Sieve
    other_year: Sieve
    year_end: re.Pattern[str]
    title_after: re.Pattern[str]
    periods: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class DurationWords:
    """How lengths of time are written and from what they count."""

    amounts: Sieve
    before: re.Pattern[str]
    after: re.Pattern[str]
    lasting: re.Pattern[str]
    behind: re.Pattern[str]
    counted: re.Pattern[str]
    lapsing: re.Pattern[str]


@dataclass(frozen=True, eq=False)
class TimeWords:
    """All words for time of one language."""

    hints: tuple[str, ...]
    refused: re.Pattern[str]
    past: re.Pattern[str]
    future: re.Pattern[str]
    attending: re.Pattern[str]
    preparing: re.Pattern[str]
    later: re.Pattern[str]
    events: re.Pattern[str]
    vague: re.Pattern[str]
    soon: re.Pattern[str]
    convening: re.Pattern[str]
    holding: re.Pattern[str]
    told: re.Pattern[str]
    reporting: re.Pattern[str]
    dealing: re.Pattern[str]
    goals: re.Pattern[str]
    renewing: re.Pattern[str]
    respectively: re.Pattern[str]
    sessions: SessionWords
    bodies: BodyWords
    dates: DateWords
    durations: DurationWords
    numbers: Numbers
    spaced: bool
    recurrence: tuple[tuple[str, Sieve], ...]
    recurring: tuple[str, ...]
    unless: re.Pattern[str]
    recurring_unclear: Sieve
