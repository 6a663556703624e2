"""What is read of a text, as the columns in which it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.core.deadline import DateDeadline, Deadline, OffsetDeadline, RelativeDeadline, SessionDeadline
from tracker.core.due import Due
from tracker.core.request import Request
from tracker.core.resolution import Extraction
from tracker.extraction.addressee_codes import group_of

Columns = dict[str, Any]


def columns_of_item(request: Request) -> Columns:
    """What a request asks, of whom, and how often."""
    return {
        "force": request.force.value,
        "addressees": " ".join(dict.fromkeys(addressee.code for addressee in request.addressees)),
        "addressee_words": _pairs((addressee.code, addressee.text) for addressee in request.addressees),
        "office_group": group_of(addressee.code for addressee in request.addressees) or "others",
        "deliverable": request.deliverable.value if request.deliverable else None,
        "recurrence": request.recurrence,
    }


def columns_of_wording(request: Request) -> Columns:
    """The words of a request in one text."""
    return {
        "verb": request.verb,
        "action": request.action,
        "words": request.text,
        "addressee_words": _pairs((addressee.code, addressee.text) for addressee in request.addressees),
        "start_at": request.start,
        "end_at": request.end,
        "reasons": _pairs((reason.field, reason.rule, reason.words) for reason in request.reasons),
        "doubts": " ".join(request.doubts),
    }


def columns_of_deadline(deadline: Deadline) -> Columns:
    """A deadline as the text states it: `core.deadline.PARTS`."""
    columns: Columns = dict.fromkeys(("relation", "body", "session", "value", "anchor"))
    match deadline:
        case SessionDeadline(relation, body, session, words, part, ahead):
            columns |= {"kind": "session", "relation": relation.value, "body": body, "session": session}
            columns |= {"value": part, "anchor": ahead}
        case DateDeadline(relation, value, words, ahead):
            columns |= {"kind": "date", "relation": relation.value, "value": value, "anchor": ahead}
        case OffsetDeadline(value, anchor, words):
            columns |= {"kind": "offset", "value": value, "anchor": anchor}
        case RelativeDeadline(value, words, body):
            columns |= {"kind": "relative", "value": value, "body": body}
    return {**columns, "words": words}


def columns_of_due(due: Due | None) -> Columns:
    """The date that a deadline resolved to, and how it came about."""
    return {
        "due_on": due.due_on if due else None,
        "submit_by": due.submit_by if due else None,
        "issue_by": due.issue_by if due else None,
        "basis": due.basis if due else None,
        "why": due.why if due else None,
        "verified": due.verified if due else True,
    }


def columns_of_paragraphs(extraction: Extraction) -> Iterator[Columns]:
    """The paragraphs of a text in their order; those without request with their line of the ledger."""
    accounts = {account.start: account for account in extraction.ledger}
    for position, paragraph in enumerate(extraction.resolution.paragraphs):
        account = accounts.get(paragraph.start) if paragraph.label else None
        yield {
            "position": position,
            "kind": paragraph.kind.value,
            "label": paragraph.label,
            "start_at": paragraph.start,
            "end_at": paragraph.end,
            "words": paragraph.text,
            "verb": account.verb if account else None,
            "recalled": account.recalled if account else None,
        }


def _pairs(rows: Any) -> str:
    return json.dumps([list(row) for row in rows], ensure_ascii=False)
