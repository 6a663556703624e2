"""One extraction as the JSON object of `tracker extract --json`: a stable contract, to which keys are only added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tracker.core.calendar import Calendar
from tracker.core.codes import DOCUMENTS
from tracker.core.deadline import DateDeadline, Deadline, OffsetDeadline, Relation, SessionDeadline
from tracker.core.due import resolve
from tracker.core.request import Problem, Request
from tracker.core.resolution import Extraction, Paragraph, Resolution


def one_line(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The one object of a file: that of its first resolution, with those of any others under `others`."""
    first, *others = found
    return {**first, "others": others} if others else first


def as_contract(extraction: Extraction, file: str, calendar: Calendar | None = None) -> dict[str, Any]:
    """The JSON object for `extraction`, found in `file`; dates are resolved with `calendar` (else the built-in one)."""
    if calendar is None:
        from tracker.services.calendar import built_in

        calendar = built_in()
    resolution = extraction.resolution
    references = references_of(extraction)
    return {
        "file": file,
        "symbol": resolution.symbol,
        "body": resolution.body,
        "session": resolution.session,
        "language": resolution.language,
        "title": resolution.title,
        "adopted_on": resolution.adopted_on.isoformat() if resolution.adopted_on else None,
        "meeting": resolution.meeting,
        "vote": resolution.vote,
        "paragraphs": [_paragraph(row) for row in resolution.paragraphs],
        "requests": [
            _request(row, reference, resolution, calendar)
            for row, reference in zip(extraction.requests, references, strict=True)
        ],
        "ledger": [{"paragraph": row.label, "verb": row.verb, "recalled": row.recalled} for row in extraction.ledger],
        "problems": [_problem(row) for row in extraction.problems],
    }


def references_of(extraction: Extraction) -> tuple[str, ...]:
    """The reference of each request: `A/HRC/RES/28/2:16`, `:12(b)`, `:19.2` for the second request of its paragraph."""
    symbol = extraction.resolution.symbol or "?"
    seen: Counter[str] = Counter()
    references = []
    for row in extraction.requests:
        place = f"{row.paragraph}({row.sub})" if row.sub else row.paragraph
        seen[place] += 1
        suffix = f".{seen[place]}" if seen[place] > 1 else ""
        references.append(f"{symbol}:{place}{suffix}")
    return tuple(references)


def _paragraph(row: Paragraph) -> dict[str, Any]:
    return {"kind": row.kind.value, "label": row.label, "text": row.text, "start": row.start, "end": row.end}


def _problem(row: Problem) -> dict[str, Any]:
    return {"code": row.code, "message": row.message, "start": row.start, "end": row.end}


def _request(row: Request, reference: str, resolution: Resolution, calendar: Calendar) -> dict[str, Any]:
    document = row.deliverable in DOCUMENTS

    def dated(deadline: Deadline) -> dict[str, Any]:
        due = resolve(deadline, adopted_on=resolution.adopted_on, calendar=calendar, document=document)
        on, verified = (due.due_on.isoformat(), due.verified) if due else (None, None)
        return {**_deadline(deadline), "due_on": on, "due_verified": verified}

    return {
        "ref": reference,
        "paragraph": row.paragraph,
        "sub": row.sub,
        "verb": row.verb,
        "force": row.force.value,
        "addressees": [{"code": who.code, "text": who.text} for who in row.addressees],
        "action": row.action,
        "deliverable": row.deliverable.value if row.deliverable else None,
        "deadline": dated(row.deadline) if row.deadline else None,
        "deadlines": [dated(deadline) for deadline in row.deadlines],
        "recurrence": row.recurrence,
        "text": row.text,
        "start": row.start,
        "end": row.end,
        "reasons": [{"field": why.field, "rule": why.rule, "words": why.words} for why in row.reasons],
        "doubts": list(row.doubts),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    """A deadline without its date, in the shape of its kind; `ahead` only of those that have it."""
    ahead = {"ahead": deadline.ahead} if isinstance(deadline, SessionDeadline | DateDeadline) and deadline.ahead else {}
    if isinstance(deadline, SessionDeadline):
        return {
            "kind": "session",
            # The contract has one word for what lasts until a session and what is due by its end.
            "relation": (Relation.BY_END if deadline.relation is Relation.UNTIL else deadline.relation).value,
            "body": deadline.body,
            "session": deadline.session,
            "text": deadline.text,
            **ahead,
        }
    if isinstance(deadline, DateDeadline):
        shape = {"kind": "date", "relation": deadline.relation.value, "value": deadline.value, "text": deadline.text}
        return {**shape, **ahead}
    if isinstance(deadline, OffsetDeadline):
        since = deadline.anchor if deadline.anchor == "adoption" else "event"
        return {"kind": "offset", "value": deadline.value, "from": since, "text": deadline.text}
    return {"kind": "relative", "value": deadline.value, "text": deadline.text, "body": deadline.body}
