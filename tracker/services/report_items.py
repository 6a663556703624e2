"""The items of a report as one flat table, one value a cell: for spreadsheets and programs."""

from __future__ import annotations

from tracker.core.report import Cell, Column, Table, Tone
from tracker.core.status import Timeliness
from tracker.services.labels import Labels
from tracker.services.report_entries import GROUPS, Entry, addressee_cell, day_cell, foreign, number
from tracker.services.report_matrix import TONES, action_taken, evidence_cell, next_step, session_of

_COLUMNS = (
    ("group", 3), ("resolution", 3), ("paragraph", 1), ("request", 8), ("language", 1), ("addressee", 3),
    ("addressee_codes", 2), ("office", 2), ("assignee", 2), ("deadline_words", 3), ("session", 1), ("due", 2),
    ("due_confirmed", 1), ("first_due", 2), ("submit_by", 2), ("issue_by", 2), ("status", 2), ("status_on", 2),
    ("timeliness", 2), ("days_overdue", 1), ("action_taken", 4), ("evidence", 3), ("next_step", 3), ("to_check", 1),
    ("priority", 1), ("tags", 2),
)  # fmt: skip


def items_table(entries: list[Entry], words: Labels) -> Table:
    """All entries, what the Secretariat has to do itself first."""
    columns = tuple(Column(words(f"columns.{name}"), weight, name == "days_overdue") for name, weight in _COLUMNS)
    ordered = sorted(entries, key=lambda entry: GROUPS.index(entry.item["group"]))
    return Table(columns, tuple(_row(entry, words) for entry in ordered))


def _row(entry: Entry, words: Labels) -> tuple[Cell, ...]:
    item, row = entry.item, entry.row
    confirmed = item["due_verified"]
    overdue = item["days_overdue"]
    tone = TONES[Timeliness(item["timeliness"])]
    return (
        Cell(words(f"group.{item['group']}")),
        Cell(str(row["symbol"])),
        Cell(str(row["place"])),
        foreign(entry.words, entry, words),
        Cell(entry.language),
        addressee_cell(entry, words),
        Cell(", ".join(dict.fromkeys(code for code, _ in entry.addressees))),
        Cell(item["office"] or ""),
        Cell(item["assignee"] or ""),
        Cell(row["due_text"] or "", language=None if row["language"] == words.language else row["language"]),
        Cell(session_of(row)),
        day_cell(item["due_on"], words),
        Cell("" if confirmed is None else words("values.yes" if confirmed else "values.no")),
        day_cell(item["first_due_on"], words),
        day_cell(item["submit_by"], words),
        day_cell(item["issue_by"], words),
        Cell(words(f"status.{item['status']}")),
        day_cell(item["status_on"], words),
        Cell(words(f"timeliness.{item['timeliness']}"), tone=tone if tone is not Tone.MUTED else Tone.PLAIN),
        number(overdue) if overdue is not None else Cell(""),
        Cell(action_taken(entry, words)),
        evidence_cell(entry.evidence, words),
        Cell(next_step(entry, words)),
        Cell(words("values.yes") if item["to_check"] else ""),
        Cell(words.known("priority", item["priority"])),
        Cell(", ".join(item["tags"])),
    )
