"""The occurrences of one series: those that follow from its rule, and those that somebody touched in their place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tracker.core.calendar import Calendar
from tracker.core.codes import DOCUMENTS
from tracker.core.deadline import rebuild
from tracker.core.due import Due
from tracker.core.series import Occurrence, Series
from tracker.core.status import Status
from tracker.storage.reader import Row


def merged(row: Row, deadlines: Sequence[Row], stored: Sequence[Row], calendar: Calendar, last: date) -> list[Row]:
    """The occurrences of the series `row` up to the day `last`: by the rule, or as somebody left them; by due date."""
    rule = Series(
        recurrence=row["recurrence"],
        deadlines=tuple(rebuild(one) for one in deadlines),
        adopted_on=_date(row["adopted_on"]),
        document=row["deliverable"] in DOCUMENTS,
        until=_date(row["until"]),
    )  # fmt: skip
    left = list(stored)
    found = []
    for occurrence in rule.occurrences(calendar, last):
        touched = next((one for one in left if _is_same(one, occurrence)), None)
        if touched is None:
            found.append(_computed(row, occurrence))
        else:
            left.remove(touched)
            found.append(touched)
    return sorted([*found, *left], key=lambda one: (one["due_on"] or one["occurrence_on"], one["place"]))


def _is_same(row: Row, occurrence: Occurrence) -> bool:
    """A session may have moved since somebody touched its occurrence: the session tells, else the day."""
    if occurrence.session is not None and row["due_kind"] == "session":
        return (row["due_body"], row["due_session"]) == (occurrence.session.body, occurrence.session.session)
    return bool(row["occurrence_on"] == occurrence.on.isoformat())


def _computed(row: Row, occurrence: Occurrence) -> Row:
    """The row of an occurrence that nobody touched yet."""
    due, session, on = occurrence.due, occurrence.session, occurrence.on.isoformat()
    place = f"{row['place']}@{on}"
    return {
        **row,
        "id": None, "series_id": row["id"], "occurrence_on": on, "place": place, "ref": f"{row['symbol']}:{place}",
        "status": Status.PENDING.value, "status_on": None, "due_on": on, "first_due_on": on, "text_due_on": on,
        "due_by_hand": None, "extension": None, "to_check": False, "until": None,
        "due_kind": "session" if session else "date",
        "due_relation": session.relation.value if session else "by",
        "due_body": session.body if session else None,
        "due_session": session.session if session else None,
        "due_value": session.part if session else on,
        "due_text": session.text if session else row["due_text"] or row["recurrence"],
        "submit_by": due.submit_by.isoformat() if due.submit_by else None,
        "issue_by": due.issue_by.isoformat() if due.issue_by else None,
        "due_basis": due.basis, "due_why": due.why, "due_verified": due.verified,
    }  # fmt: skip


def named(row: Row, on: date) -> Row:
    """An occurrence of a series without dates, on the day that a person names."""
    return _computed(row, Occurrence(Due(on, "by-hand", True, "the day that was named")))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
