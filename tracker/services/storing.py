"""The rows of a resolution, its text and its items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tracker.core.calendar import Calendar, SessionDates
from tracker.core.codes import DOCUMENTS, Deliverable
from tracker.core.deadline import PARTS, Deadline, rebuild
from tracker.core.due import Due, in_turn, resolve
from tracker.core.reference import Place
from tracker.core.request import Problem, Request
from tracker.core.resolution import Document, Extraction
from tracker.core.selection import symbol_key
from tracker.services import calendar as calendars
from tracker.services.columns import (
    Columns,
    columns_of_deadline,
    columns_of_due,
    columns_of_item,
    columns_of_paragraphs,
    columns_of_wording,
)
from tracker.storage.changes import Recorder
from tracker.storage.indexing import index_text
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
    if rows := [{"text_id": text.id, **columns} for columns in columns_of_paragraphs(extraction)]:
        db.connection().execute(insert(ParagraphRow), rows)
    index_text(db, text.id)
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


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the items of one text go, and what their dates hang on; `before` is the text that it replaces."""

    recorder: Recorder
    resolution: ResolutionRow
    text: TextRow
    calendar: Calendar
    today: date
    before: TextRow | None = None

    def due_of(self, request: Request) -> Due | None:
        """The date by which a request is due: that of its earliest deadline."""
        return next((due for _, due in self._deadlines(request)), None)

    def _resolve(self, request: Request, deadline: Deadline | None) -> Due | None:
        return resolve(
            deadline,
            adopted_on=self.resolution.adopted_on,
            calendar=self.calendar,
            document=request.deliverable in DOCUMENTS,
        )

    def _deadlines(self, request: Request) -> list[tuple[Deadline, Due | None]]:
        found = [deadline for deadline in (request.deadline, *request.deadlines) if deadline is not None]
        return in_turn((deadline, self._resolve(request, deadline)) for deadline in found)

    def deadline_rows(self, request: Request) -> list[DeadlineRow]:
        """The deadlines of a request with their dates, the earliest one at position 0."""
        return [deadline_row(position, *dated) for position, dated in enumerate(self._deadlines(request))]

    def redate(self, item: ItemRow, row: DeadlineRow) -> None:
        """Resolves a stored deadline of `item` again."""
        document = item.deliverable is not None and Deliverable(item.deliverable) in DOCUMENTS
        adopted_on = self.resolution.adopted_on
        set_due(row, resolve(deadline_of(row), adopted_on=adopted_on, calendar=self.calendar, document=document))

    def store_items(self, requests: Iterable[tuple[Place, int, Request]]) -> None:
        """New items, each at its place and position, with words, deadlines and the event of its creation.

        They hold from the day of adoption, so that `--as-of` knows them from then on. They go past the session, in
        one statement a table: as objects they took most of the time of an import. `resolution.items` is read again
        when it is next looked at.
        """
        asked = {str(place): (place, position, request) for place, position, request in requests}
        if not asked:
            return
        db = self.recorder.db
        dated = {place: self._deadlines(request) for place, (_, _, request) in asked.items()}
        connection = db.connection()
        connection.execute(insert(ItemRow), [self._item(*what, dated[place]) for place, what in asked.items()])
        stored = select(ItemRow.place, ItemRow.id).where(ItemRow.resolution_id == self.resolution.id)
        numbers = {place: number for place, number in connection.execute(stored) if place in asked}
        text = {"text_id": self.text.id, "language": self.text.language, "current": True}
        wordings = [
            {"item_id": numbers[place], **text, **columns_of_wording(request)}
            for place, (_, _, request) in asked.items()
        ]
        connection.execute(insert(WordingRow), wordings)
        deadlines = [
            {"item_id": numbers[place], "position": position, **columns_of_deadline(deadline), **columns_of_due(due)}
            for place, of_it in dated.items()
            for position, (deadline, due) in enumerate(of_it)
        ]
        if deadlines:
            connection.execute(insert(DeadlineRow), deadlines)
        self.recorder.add_created({place: numbers[place] for place in asked}, self.resolution.adopted_on or self.today)
        db.expire(self.resolution, ["items"])

    def _item(
        self, place: Place, position: int, request: Request, dated: Sequence[tuple[Deadline, Due | None]]
    ) -> Columns:
        due = dated[0][1] if dated else None
        return {
            "resolution_id": self.resolution.id,
            "position": position,
            "place": str(place),
            "paragraph": place.paragraph,
            "sub": place.sub,
            **columns_of_item(request),
            "known_on": self.resolution.adopted_on,
            "due_on": due.due_on if due else None,
            "first_due_on": due.due_on if due else None,
            "to_check": bool(request.doubts),
            "version": 1,
        }


def wording_of(request: Request, text: TextRow) -> WordingRow:
    """The words of a request in one text."""
    return WordingRow(text_id=text.id, language=text.language, current=True, **columns_of_wording(request))


def deadline_row(position: int, deadline: Deadline, due: Due | None) -> DeadlineRow:
    """The row of a deadline with the date that it resolved to."""
    return DeadlineRow(position=position, **columns_of_deadline(deadline), **columns_of_due(due))


def set_due(row: DeadlineRow, due: Due | None) -> None:
    """The date that a deadline resolved to, and how it came about."""
    for name, value in columns_of_due(due).items():
        setattr(row, name, value)


def deadline_of(row: DeadlineRow) -> Deadline:
    """The deadline that a row keeps, as the text states it."""
    return rebuild({name: getattr(row, name) for name in PARTS})
