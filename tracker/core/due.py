"""The calendar dates that deadlines resolve to.

A due date is the last day on which the text is still obeyed. What the rules rest on: the wording of the
resolutions, the calendar of sessions, and the lead times of conference services for documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.core.calendar import Calendar, SessionDates
from tracker.core.dates import add, in_words, span, subtract
from tracker.core.deadline import (
    NEXT_SESSION,
    DateDeadline,
    Deadline,
    OffsetDeadline,
    Relation,
    RelativeDeadline,
    SessionDeadline,
)
from tracker.core.lead_times import ISSUE_WEEKS, SUBMIT_WEEKS

_SOON = timedelta(days=28)
"""A session that opens so soon after the adoption, or before it, gets its documents while it lasts."""

_CYCLE = timedelta(days=150)
"""Longer than the sessions of one or two months, shorter than the yearly cycle."""

_BY_END = (Relation.BY_END, Relation.UNTIL)


@dataclass(frozen=True, slots=True)
class Due:
    """The date that a deadline resolves to.

    `basis` is the id of the rule, `why` the rule in words with its dates. `verified` is False when the date hangs
    on a session whose dates are computed or not confirmed. `submit_by` and `issue_by` are for documents that a
    session considers: when conference services want the text, and when it must be out.
    """

    due_on: date
    basis: str
    verified: bool
    why: str
    submit_by: date | None = None
    issue_by: date | None = None


def resolve(
    deadline: Deadline | None,
    *,
    adopted_on: date | None,
    calendar: Calendar,
    document: bool,
    submit_weeks: int = SUBMIT_WEEKS,
    issue_weeks: int = ISSUE_WEEKS,
) -> Due | None:
    """The date by which `deadline` is met, or None when it has none (`why_no_date` says why).

    `adopted_on` is the day of adoption, from which offsets and next sessions count; `document` tells whether a
    document is asked for: it is due when the session opens, where anything else may come while the session lasts.
    """
    found = _resolve(deadline, adopted_on, calendar, document, (submit_weeks, issue_weeks)) if deadline else ""
    return found if isinstance(found, Due) else None


def in_turn(dated: Iterable[tuple[Deadline, Due | None]]) -> list[tuple[Deadline, Due | None]]:
    """Deadlines with their dates, the earliest first, by which the work is due; those without a date last."""
    return sorted(dated, key=lambda one: (one[1] is None, one[1].due_on if one[1] else date.max))


def why_no_date(deadline: Deadline, *, adopted_on: date | None, calendar: Calendar, document: bool) -> str | None:
    """Why `resolve` gives no date for `deadline`, in plain English; None when it gives one."""
    found = _resolve(deadline, adopted_on, calendar, document, (SUBMIT_WEEKS, ISSUE_WEEKS))
    return None if isinstance(found, Due) else found


_Weeks = tuple[int, int]


def _resolve(
    deadline: Deadline, adopted_on: date | None, calendar: Calendar, document: bool, weeks: _Weeks
) -> Due | str:
    """The due date, or the reason why there is none; a date before the adoption is none that the text can mean."""
    found = _by_kind(deadline, adopted_on, calendar, document, weeks)
    if isinstance(found, Due) and adopted_on and found.due_on < adopted_on:
        return f"{found.due_on.isoformat()} lies before the adoption on {adopted_on.isoformat()}: {found.why}"
    return found


def _by_kind(
    deadline: Deadline, adopted_on: date | None, calendar: Calendar, document: bool, weeks: _Weeks
) -> Due | str:
    if isinstance(deadline, SessionDeadline):
        return _session(deadline, adopted_on, calendar, document, weeks)
    if isinstance(deadline, DateDeadline):
        return _date(deadline)
    if isinstance(deadline, OffsetDeadline):
        return _offset(deadline, adopted_on)
    return _relative(deadline, adopted_on, calendar, document, weeks)


def _session(
    deadline: SessionDeadline, adopted_on: date | None, calendar: Calendar, document: bool, weeks: _Weeks
) -> Due | str:
    name = f"{deadline.body} {deadline.session}"
    parts = calendar.parts(deadline.body, deadline.session)
    row = calendar.find(deadline.body, deadline.session)
    if row is None:
        return f"the calendar has no session {name}"
    if deadline.part == "resumed":
        if len(parts) < 2:
            return f"the calendar has no dates of the resumed part of session {name}"
        row = parts[-1]
    elif deadline.part == "main":
        # the main part of the General Assembly's session lasts until December; elsewhere it is the first part
        row = parts[0] if len(parts) > 1 or deadline.body != "GA" else _main_part(parts[0])
    if document and adopted_on and row.opens and row.opens < adopted_on + _SOON:
        document = False
    return _at(row, deadline, document, weeks)


def _in_the_course(row: SessionDates) -> bool:
    """Whether a session considers its documents all the year: the cycle of ECOSOC, which the high-level segment ends.

    Since 2014 it runs from July to July (A/RES/68/1, annex); its sessions before were those of one month.
    """
    return row.body == "ECOSOC" and row.opens is not None and row.closes is not None and row.closes - row.opens > _CYCLE


def _main_part(row: SessionDates) -> SessionDates:
    closes = date(row.opens.year, 12, 31) if row.opens else None
    return SessionDates(row.body, row.session, row.kind, row.opens, closes, "rule", row.source)


def _at(row: SessionDates, deadline: SessionDeadline, document: bool, weeks: _Weeks) -> Due | str:
    """The due date of something that is due at the session `row`, or before or after it."""
    name, relation = f"{row.body} {row.session}", deadline.relation
    document = document and not _in_the_course(row)
    if relation in {Relation.AFTER, Relation.FROM}:
        return f"the text sets no latest day, only that it comes after session {name}"
    if row.opens is None:
        return f"the opening day of session {name} is not known"
    opens = f"session {name} opens on {row.opens.isoformat()}"
    if deadline.ahead:
        due, basis = subtract(row.opens, deadline.ahead), "ahead-of-session"
        why = f"{in_words(deadline.ahead)} before {opens}"
    elif relation is Relation.BEFORE:
        due, basis, why = row.opens - timedelta(days=1), "before-session", f"the day before {opens}"
    elif deadline.part == "opening":
        due, basis, why = row.opens, "session-opens", opens
    elif document and relation not in _BY_END:
        due, basis, why = row.opens, "at-session-document", f"a document for the session is due when {opens}"
    elif row.closes is None:
        return f"the closing day of session {name} is not known"
    else:
        due, basis = row.closes, "by-end-session" if relation in _BY_END else "at-session"
        why = f"session {name} closes on {row.closes.isoformat()}"
    submit, issue = (row.opens - timedelta(weeks=count) if document else None for count in weeks)
    if not row.verified:
        why += " (computed by rule)" if row.computed else " (dates not confirmed)"
    return Due(due, basis, row.verified, why, submit, issue)


def _date(deadline: DateDeadline) -> Due | str:
    first, last = span(deadline.value)
    if deadline.relation in {Relation.FROM, Relation.AFTER}:
        return f"the text sets no latest day, only that it starts on {deadline.value}"
    if deadline.ahead:
        why = f"{in_words(deadline.ahead)} before {first.isoformat()}"
        return Due(subtract(first, deadline.ahead), "ahead-of-date", True, why)
    if deadline.relation is Relation.BEFORE:
        due = first - timedelta(days=1)
        return Due(due, "before-date", True, f"the day before {first.isoformat()} begins")
    basis = {4: "year", 7: "month"}.get(len(deadline.value), "date")
    why = f"the text names {deadline.value}" + ("" if first == last else f", whose last day is {last.isoformat()}")
    return Due(last, f"{deadline.relation.value}-{basis}", True, why)


def _offset(deadline: OffsetDeadline, adopted_on: date | None) -> Due | str:
    """A year from 1 May runs until 30 April; thirty days from 1 May, until 31 May."""
    from_day = deadline.anchor[:1].isdecimal()
    if not from_day and deadline.anchor != "adoption":
        return "the time runs from an event whose date the text does not give"
    first = date.fromisoformat(deadline.anchor) if from_day else adopted_on
    if first is None:
        return "the time runs from the adoption, whose date is not known"
    try:
        due = add(first, deadline.value)
    except OverflowError:
        return "the time ends after the year 9999"
    length = in_words(deadline.value)
    if not from_day:
        return Due(due, "within-adoption", True, f"{length} from the adoption on {first.isoformat()}")
    due -= timedelta(days=1) if deadline.value[-1] in "YM" else timedelta()
    return Due(due, "from-date", True, f"{length} from {first.isoformat()}")


def _relative(
    deadline: RelativeDeadline, adopted_on: date | None, calendar: Calendar, document: bool, weeks: _Weeks
) -> Due | str:
    if deadline.value not in NEXT_SESSION or deadline.body is None:
        return f"the text names no date: {deadline.value}"
    if adopted_on is None:
        return "the next session counts from the adoption, whose date is not known"
    row = calendar.next_after(deadline.body, adopted_on)
    if row is None:
        return f"the calendar does not have the next session of {deadline.body} after {adopted_on.isoformat()}"
    found = _at(row, SessionDeadline(Relation.AT, row.body, row.number or 0, deadline.text), document, weeks)
    if isinstance(found, str):
        return found
    why = f"the first session after the adoption on {adopted_on.isoformat()}: {found.why}"
    return Due(found.due_on, "next-session", found.verified, why, found.submit_by, found.issue_by)
