"""The rows of a resolution, its text and its items."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar, SessionDates
from tracker.core.deadline import (
    PARTS,
    DateDeadline,
    Deadline,
    Due,
    OffsetDeadline,
    RelativeDeadline,
    SessionDeadline,
    rebuild,
    resolve,
)
from tracker.core.reference import Place, symbol_key
from tracker.core.request import DOCUMENTS, Deliverable, Problem, Request
from tracker.core.resolution import Document, Extraction
from tracker.extraction.addressee_codes import group_of
from tracker.services import calendar as calendars
from tracker.storage.changes import Recorder
from tracker.storage.indexing import index_paragraphs
from tracker.storage.models import (
    DeadlineRow,
    ItemRow,
    ParagraphRow,
    ProblemRow,
    ResolutionRow,
    SessionRow,
    TextRow,
    WordingRow,
)


def calendar_of(db: Session) -> Calendar:
    """The built-in calendar with the sessions that were set in this database."""
    return calendars.load(
        SessionDates(row.body, row.session, row.kind, row.opens, row.closes, row.mark, row.source, row.note, row.part)
        for row in db.scalars(select(SessionRow))
    )


def store_resolution(db: Session, extraction: Extraction) -> ResolutionRow:
    """A new resolution, without texts and items."""
    found = extraction.resolution
    symbol = found.symbol or ""
    row = ResolutionRow(
        symbol=symbol,
        symbol_key=symbol_key(symbol),
        body=found.body,
        session=found.session,
        adopted_on=found.adopted_on,
        meeting=found.meeting,
        vote=found.vote,
        language=found.language,
    )
    # Given, so that nothing is asked of the database about what is new.
    row.texts, row.items = [], []
    db.add(row)
    db.flush()
    return row


def store_text(
    db: Session, row: ResolutionRow, document: Document, extraction: Extraction, imported_at: datetime
) -> TextRow:
    """The text of `row` in one language, with its paragraphs and problems; it becomes the current one."""
    found = extraction.resolution
    for older in row.texts:
        if older.language == found.language:
            older.current = False
    text = TextRow(
        resolution_id=row.id,
        language=found.language,
        title=found.title,
        file=document.name,
        sha256=document.sha256,
        encoding=document.encoding,
        original=document.original,
        cleaned=found.text,
        footnotes=found.footnotes,
        current=True,
        imported_at=imported_at,
    )
    row.texts.append(text)
    text.problems = []
    add_problems(text, extraction.problems)
    db.flush()
    # Past the session: as objects, paragraphs took a third of the time of an import.
    if rows := list(_paragraphs(extraction, text.id)):
        db.connection().execute(insert(ParagraphRow), rows)
        index_paragraphs(db, text.id)
    return text


def add_problems(text: TextRow, problems: Iterable[Problem]) -> None:
    """Problems of a text that are not told yet."""
    told = {(row.code, row.message, row.start_at) for row in text.problems}
    text.problems.extend(
        ProblemRow(code=problem.code, message=problem.message, start_at=problem.start, end_at=problem.end)
        for problem in problems
        if (problem.code, problem.message, problem.start) not in told
    )


def make_current(db: Session, row: ResolutionRow, text: TextRow) -> TextRow:
    """A text that a newer one had replaced is the current one of its language again."""
    for other in row.texts:
        if other.language == text.language:
            other.current = other is text
    db.flush()
    return text


def _paragraphs(extraction: Extraction, text_id: int) -> Iterator[dict[str, Any]]:
    accounts = {account.start: account for account in extraction.ledger}
    for position, paragraph in enumerate(extraction.resolution.paragraphs):
        account = accounts.get(paragraph.start) if paragraph.label else None
        yield {
            "text_id": text_id,
            "position": position,
            "kind": paragraph.kind.value,
            "label": paragraph.label,
            "start_at": paragraph.start,
            "end_at": paragraph.end,
            "words": paragraph.text,
            "verb": account.verb if account else None,
            "recalled": account.recalled if account else None,
        }


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the items of one text go, and what their dates hang on."""

    recorder: Recorder
    resolution: ResolutionRow
    text: TextRow
    calendar: Calendar
    today: date

    def due_of(self, request: Request) -> Due | None:
        """The date of the first deadline of a request."""
        return self._resolve(request, request.deadline)

    def _resolve(self, request: Request, deadline: Deadline | None) -> Due | None:
        return resolve(
            deadline,
            adopted_on=self.resolution.adopted_on,
            calendar=self.calendar,
            document=request.deliverable in DOCUMENTS,
        )

    def deadline_rows(self, request: Request) -> list[DeadlineRow]:
        """The deadlines of a request with their dates, the first one at position 0."""
        found = [deadline for deadline in (request.deadline, *request.deadlines) if deadline is not None]
        return [
            deadline_row(position, deadline, self._resolve(request, deadline))
            for position, deadline in enumerate(found)
        ]

    def redate(self, item: ItemRow, row: DeadlineRow) -> None:
        """Resolves a stored deadline of `item` again."""
        document = item.deliverable is not None and Deliverable(item.deliverable) in DOCUMENTS
        adopted_on = self.resolution.adopted_on
        set_due(row, resolve(deadline_of(row), adopted_on=adopted_on, calendar=self.calendar, document=document))

    def store_item(self, place: Place, position: int, request: Request) -> ItemRow:
        """One new item; see `store_items`."""
        return self.store_items([(place, position, request)])[0]

    def store_items(self, requests: Iterable[tuple[Place, int, Request]]) -> list[ItemRow]:
        """New items, each at its place and position, with words, deadlines and the event of its creation.

        They hold from the day of adoption, so that `--as-of` knows them from then on. All of them go to the
        database together: one by one took three times as long.
        """
        items = [self._item(place, position, request) for place, position, request in requests]
        self.recorder.db.add_all(items)
        self.recorder.db.flush()
        self.recorder.add_created(items, self.resolution.adopted_on or self.today)
        return items

    def _item(self, place: Place, position: int, request: Request) -> ItemRow:
        due, adopted_on = self.due_of(request), self.resolution.adopted_on
        return ItemRow(
            resolution_id=self.resolution.id,
            position=position,
            place=str(place),
            paragraph=place.paragraph,
            sub=place.sub,
            force=request.force.value,
            addressees=" ".join(dict.fromkeys(addressee.code for addressee in request.addressees)),
            addressee_words=addressee_words(request),
            office_group=group_of(addressee.code for addressee in request.addressees) or "others",
            deliverable=request.deliverable.value if request.deliverable else None,
            recurrence=request.recurrence,
            known_on=adopted_on,
            due_on=due.due_on if due else None,
            first_due_on=due.due_on if due else None,
            to_check=bool(request.doubts),
            wordings=[wording_of(request, self.text)],
            deadlines=self.deadline_rows(request),
        )


def addressee_words(request: Request) -> str:
    """The addressees as JSON: pairs of code and words of the text."""
    return json.dumps([[addressee.code, addressee.text] for addressee in request.addressees], ensure_ascii=False)


def wording_of(request: Request, text: TextRow) -> WordingRow:
    """The words of a request in one text."""
    return WordingRow(
        text_id=text.id,
        language=text.language,
        current=True,
        verb=request.verb,
        action=request.action,
        words=request.text,
        addressee_words=addressee_words(request),
        start_at=request.start,
        end_at=request.end,
        reasons=json.dumps([[r.field, r.rule, r.words] for r in request.reasons], ensure_ascii=False),
        doubts=" ".join(request.doubts),
    )


def deadline_row(position: int, deadline: Deadline, due: Due | None) -> DeadlineRow:
    """The row of a deadline with the date that it resolved to."""
    row = DeadlineRow(position=position, words=deadline.text)
    match deadline:
        case SessionDeadline(relation, body, session, _, part):
            row.kind, row.relation, row.body, row.session = "session", relation.value, body, session
            row.value = part
        case DateDeadline(relation, value, _):
            row.kind, row.relation, row.value = "date", relation.value, value
        case OffsetDeadline(value, anchor, _):
            row.kind, row.value, row.anchor = "offset", value, anchor
        case RelativeDeadline(value, _, body):
            row.kind, row.value, row.body = "relative", value, body
    set_due(row, due)
    return row


def set_due(row: DeadlineRow, due: Due | None) -> None:
    """The date that a deadline resolved to, and how it came about."""
    row.due_on = due.due_on if due else None
    row.submit_by = due.submit_by if due else None
    row.issue_by = due.issue_by if due else None
    row.basis, row.why = (due.basis, due.why) if due else (None, None)
    row.verified = due.verified if due else True


def deadline_of(row: DeadlineRow) -> Deadline:
    """The deadline that a row keeps, as the text states it."""
    return rebuild({name: getattr(row, name) for name in PARTS})
