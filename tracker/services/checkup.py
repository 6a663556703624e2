"""The check-up of the data: what is wrong or doubtful, and what to do about it. Nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from shlex import quote

from tracker.core import symbol as symbols
from tracker.core.codes import DOCUMENTS
from tracker.core.status import OPEN, Status
from tracker.services.calendar import calendar_for
from tracker.services.day import Day
from tracker.storage import checkup
from tracker.storage.reader import Reader, Row


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful: what kind, where, in a sentence, and the command that helps."""

    code: str
    ref: str
    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and for which day; `patience` are the days after which a document that was due is missed."""

    reader: Reader
    day: Day
    patience: int


def check_up(reader: Reader, day: Day, patience: int) -> list[Finding]:
    """All findings, the gravest kinds first."""
    question = Question(reader, day, patience)
    return [finding for check in _CHECKS for finding in check(question)]


def _broken(question: Question) -> Iterator[Finding]:
    for sentence in checkup.broken_rows(question.reader):
        yield Finding("damaged", "", sentence, "restore a copy from before the damage")


def _columns(question: Question) -> Iterator[Finding]:
    for item, events in checkup.cached_values(question.reader):
        for field, held, told in checkup.wrong_columns(item, events):
            sentence = f"{field.replace('_', ' ')} is {held or 'empty'}, but by its history it is {told or 'empty'}"
            yield Finding("history", item["ref"], sentence, f"tracker history {item['ref']}")


def _index(question: Question) -> Iterator[Finding]:
    for symbol in checkup.unindexed(question.reader):
        yield Finding("search", symbol, "its text is not found by search", "tracker db index")


def _sessions(question: Question) -> Iterator[Finding]:
    """Sessions on which open items hang: without dates, or with dates that nobody confirmed."""
    calendar = calendar_for(question.reader)
    rows = checkup.session_deadlines(question.reader)
    for (body, session), group in groupby(rows, key=lambda row: (row["body"], row["session"])):
        hanging = list(group)
        many = f" and {len(hanging) - 1} more" if len(hanging) > 1 else ""
        where, advice = (
            f"{hanging[0]['ref']}{many}",
            f"tracker sessions set {quote(body or '')} {session} --opens DATE --closes DATE",
        )
        found = calendar.find(body, session) if body and session else None
        if found is None or found.opens is None:
            yield Finding("no-session", where, f"the calendar has no dates of session {body} {session}", advice)
        elif not found.verified and found.opens >= question.day.shown:
            how = "computed by rule" if found.computed else "not confirmed"
            yield Finding("session", where, f"the dates of session {body} {session} are {how}", advice)


def _evidence(question: Question) -> Iterator[Finding]:
    for row in checkup.evidence_files(question.reader):
        if not Path(row["value"]).exists():
            advice = f"tracker update {row['ref']} --evidence FILE"
            yield Finding("file-missing", row["ref"], f"the evidence {row['value']} is not there (any more)", advice)
    missed = (question.day.shown - timedelta(days=question.patience)).isoformat()
    for row in checkup.without_evidence(question.reader):
        advice = f"tracker update {row['ref']} --evidence SYMBOL"
        if row["status"] == Status.IMPLEMENTED:
            yield Finding("no-evidence", row["ref"], "implemented, but nothing proves it", advice)
        elif row["status"] in OPEN and row["deliverable"] in DOCUMENTS and row["due_on"] < missed:
            sentence = f"the {row['deliverable']} was due on {row['due_on']} and never came"
            yield Finding("never-came", row["ref"], sentence, advice)


def _addressees(question: Question) -> Iterator[Finding]:
    for row in checkup.without_addressee(question.reader):
        yield Finding("no-addressee", row["ref"], "nobody is asked", f"tracker show {row['ref']}")


def _languages(question: Question) -> Iterator[Finding]:
    for row in checkup.in_one_language(question.reader):
        sentence = f"there is a text in {row['language']} only"
        yield Finding("one-language", row["symbol"], sentence, "tracker import FILE, of another language")


def _symbols(question: Question) -> Iterator[Finding]:
    for row in checkup.symbols(question.reader):
        try:
            symbols.parse(row["symbol"])
        except ValueError:
            sentence = f"the {row['what']} {row['symbol']} has no form of a document symbol that is known"
            yield Finding("symbol", row["ref"], sentence, f"tracker show {row['ref']}")


def _readings(question: Question) -> Iterator[Finding]:
    for ref, group in groupby(checkup.to_check(question.reader), key=lambda row: row["ref"]):
        rows = list(group)
        said = list(dict.fromkeys(row["message"] for row in rows if row["message"]))
        doubts = said or (rows[0]["doubts"] or "").split() or ["the text changed"]
        yield Finding(
            "to-check", ref, f"nobody confirmed the reading: {'; '.join(doubts)}", f"tracker update {ref} --confirm"
        )


def _dates(question: Question) -> Iterator[Finding]:
    for row in checkup.doubtful_dates(question.reader):
        yield from _dates_of(row)


def _dates_of(row: Row) -> Iterator[Finding]:
    ref, due = row["ref"], row["due_on"]
    if row["adopted_on"] and due < row["adopted_on"]:
        advice = f"tracker update {ref} --due DATE --reason TEXT"
        yield Finding("due-before", ref, f"due on {due}, before the adoption on {row['adopted_on']}", advice)
    if row["due_by_hand"] and not row["extension"] and row["text_due_on"] and due > row["text_due_on"]:
        sentence = f"set by hand for {due}, later than the {row['text_due_on']} of the text, without an authority"
        yield Finding("due-by-hand", ref, sentence, f"tracker update {ref} --extend-to DATE --authority SYMBOL")


_CHECKS: tuple[Callable[[Question], Iterable[Finding]], ...] = (
    _broken, _columns, _index, _sessions, _dates, _evidence, _symbols, _addressees, _readings, _languages,
)  # fmt: skip
