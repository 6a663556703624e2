"""The lists of a progress report: overdue, delivered, extended, to come, without deadline, without information."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from tracker.core.dates import add
from tracker.core.report import Cell, Column, Section, Table, Tone, Words
from tracker.core.status import AGEING, Status, Timeliness
from tracker.services.labels import Labels
from tracker.services.report_entries import (
    Entry,
    addressee_cell,
    as_date,
    by_due,
    day_cell,
    due_cell,
    foreign,
    number,
    one_line,
)
from tracker.services.report_matrix import evidence_cell
from tracker.storage.reader import Row


def _columns(words: Labels, *named: tuple[str, int] | tuple[str, int, bool]) -> tuple[Column, ...]:
    return tuple(Column(words(f"columns.{name}"), weight, *rest) for name, weight, *rest in named)


def _listed(
    key: str, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], words: Labels
) -> Section:
    found = tuple(rows)
    if not found:
        return Section(title, (Words(words("sections.none")),), key=key)
    return Section(words("sections.numbered", title=title, n=len(found)), (Table(columns, found),), key=key)


def overdue(entries: list[Entry], words: Labels) -> list[Section]:
    """What is overdue, the oldest first, and how old it is."""
    late = sorted((entry for entry in entries if entry.is_overdue), key=by_due)
    columns = _columns(
        words, ("item", 7), ("request", 12), ("addressee", 6), ("due", 4), ("days_overdue", 3, True), ("age", 4)
    )
    rows = (
        (
            Cell(entry.ref),
            foreign(entry.action, entry, words),
            addressee_cell(entry, words),
            due_cell(entry, words),
            number(entry.item["days_overdue"]),
            Cell(words(f"ages.{entry.item['ageing']}"), tone=Tone.BAD),
        )
        for entry in late
    )
    sections = [_listed("overdue", words("sections.overdue"), columns, rows, words)]
    if late:
        ages = [entry.item["ageing"] for entry in late]
        counted = [(Cell(words(f"ages.{name}")), number(ages.count(name))) for name in AGEING]
        table = Table(
            _columns(words, ("age", 3), ("number", 1, True)),
            (*counted, (Cell(words("counts.total")), number(len(late)))),
            total=True,
        )
        sections.append(Section(words("sections.ages"), (table,), level=2, key="overdue"))
    return sections


def delivered(entries: list[Entry], words: Labels) -> Section:
    """What is implemented, in the order in which it was."""
    done = [(entry.closed_on, entry) for entry in entries if entry.closed_on]
    columns = _columns(words, ("item", 3), ("request", 6), ("delivered_on", 2), ("against_due", 2), ("evidence", 3))
    rows = (
        (
            Cell(entry.ref),
            foreign(entry.action, entry, words),
            day_cell(day, words),
            _against(day, entry, words),
            evidence_cell(entry.evidence, words),
        )
        for day, entry in sorted(done, key=lambda pair: (pair[0], pair[1].row["symbol_key"], pair[1].row["position"]))
    )
    return _listed("delivered", words("sections.delivered"), columns, rows, words)


def _against(day: date, entry: Entry, words: Labels) -> Cell:
    if entry.due_on is None:
        return Cell(words("timeliness.no_deadline"))
    days = (day - entry.due_on).days
    if days > 0:
        return Cell(words.count("values.days_late", days), tone=Tone.WARNING)
    return Cell(words.count("values.days_early", -days), tone=Tone.GOOD)


def extended(entries: list[Entry], words: Labels) -> Section:
    """Items whose due date is no longer the first one: from when to when, how often, why."""
    moved = sorted((entry for entry in entries if entry.was_moved), key=by_due)
    columns = _columns(words, ("item", 4), ("request", 6), ("first_due", 3), ("due", 3), ("moved", 3), ("reason", 4))
    rows = (
        (
            Cell(entry.ref),
            foreign(entry.action, entry, words),
            day_cell(entry.item["first_due_on"], words),
            due_cell(entry, words),
            Cell(words.count("values.times", max(1, len({move["operation_id"] for move in entry.moves})))),
            Cell("\n".join(filter(None, (_reason(move) for move in entry.moves)))),
        )
        for entry in moved
    )
    return _listed("extended", words("sections.extended"), columns, rows, words)


def _reason(move: Row) -> str:
    """The words of an extension: an event may hold them as text, or as JSON with the key `reason`."""
    if move["field"] != "extension":
        return ""
    text = str(move["new"] or "")
    try:
        found = json.loads(text)
    except ValueError:
        return one_line(text)
    return one_line(str(found.get("reason") or "")) if isinstance(found, dict) else one_line(text)


def coming(entries: list[Entry], day: date, months: int, words: Labels) -> Section:
    """What is due in the next `months` months, the day of the report included."""
    title = words.count("sections.coming", months)
    return _ahead("coming", title, entries, day, add(day, f"P{months}M"), words)


def due_soon(entries: list[Entry], day: date, days: int, words: Labels) -> Section:
    """What is due in the next `days` days, the day itself included."""
    title = words.count("sections.due_soon", days)
    return _ahead("due_soon", title, entries, day, day + timedelta(days=days), words)


def _ahead(key: str, title: str, entries: list[Entry], first: date, last: date, words: Labels) -> Section:
    due = sorted((e for e in entries if e.is_open and e.due_on and first <= e.due_on <= last), key=by_due)
    columns = _columns(
        words,
        ("item", 4),
        ("request", 7),
        ("addressee", 4),
        ("due", 3),
        ("submit_by", 3),
        ("issue_by", 3),
        ("status", 3),
    )
    rows = (
        (
            Cell(entry.ref),
            foreign(entry.action, entry, words),
            addressee_cell(entry, words),
            due_cell(entry, words),
            day_cell(entry.item["submit_by"], words),
            day_cell(entry.item["issue_by"], words),
            Cell(words(f"status.{entry.item['status']}")),
        )
        for entry in due
    )
    return _listed(key, title, columns, rows, words)


def to_submit(entries: list[Entry], day: date, days: int, words: Labels) -> Section:
    """Documents that conference services want in the next `days` days."""
    last = day + timedelta(days=days)
    wanted = [
        (submit, entry)
        for entry in entries
        if entry.is_open and (submit := as_date(entry.item["submit_by"])) and day <= submit <= last
    ]
    columns = _columns(words, ("item", 6), ("request", 12), ("submit_by", 4), ("days_left", 3, True), ("due", 4))
    rows = (
        (
            Cell(entry.ref),
            foreign(entry.action, entry, words),
            day_cell(submit, words),
            number((submit - day).days),
            due_cell(entry, words),
        )
        for submit, entry in sorted(wanted, key=lambda pair: (pair[0], by_due(pair[1])))
    )
    return _listed("to_submit", words.count("sections.to_submit", days), columns, rows, words)


def no_deadline(entries: list[Entry], words: Labels) -> Section:
    """Items that no date was found for."""
    wanted = [entry for entry in entries if entry.item["timeliness"] == Timeliness.NO_DEADLINE]
    return _plain("no_deadline", wanted, words)


def no_information(entries: list[Entry], words: Labels) -> Section:
    """Items on which nothing was reported yet."""
    return _plain("no_information", [entry for entry in entries if entry.item["status"] == Status.PENDING], words)


def _plain(key: str, entries: list[Entry], words: Labels) -> Section:
    columns = _columns(words, ("item", 3), ("addressee", 3), ("status", 2), ("request", 6))
    rows = (
        (
            Cell(entry.ref),
            addressee_cell(entry, words),
            Cell(words(f"status.{entry.item['status']}")),
            foreign(entry.action, entry, words),
        )
        for entry in entries
    )
    return _listed(key, words(f"sections.{key}"), columns, rows, words)
