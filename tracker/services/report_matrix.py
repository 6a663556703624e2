"""The matrix of a progress report: a row an item, with all that is known of its follow-up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tracker.core.report import Cell, Column, Section, Table, Tone
from tracker.core.status import Status, Timeliness
from tracker.services.labels import Labels
from tracker.services.report_entries import GROUPS, Entry, addressee_cell, foreign, one_line
from tracker.storage.reader import Row

_COLUMNS = (
    ("paragraph", 5), ("request", 15), ("addressee", 9), ("office", 6), ("deadline", 8), ("status", 7),
    ("action_taken", 8), ("evidence", 7), ("next_step", 7),
)  # fmt: skip

_REFERENCE = 7
"""Weight of the column of paragraphs where they have a symbol before them."""

TONES = {
    Timeliness.OVERDUE: Tone.BAD,
    Timeliness.LATE: Tone.WARNING,
    Timeliness.DUE_SOON: Tone.WARNING,
    Timeliness.ON_TIME: Tone.GOOD,
    Timeliness.NO_DEADLINE: Tone.MUTED,
    Timeliness.UPCOMING: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Grouping:
    """How `--by` splits the matrix: the key that orders the parts, and the title of the part of an entry."""

    key: Callable[[Entry], tuple[Any, ...]]
    title: Callable[[Entry, Labels], str]


def _first_addressee(entry: Entry) -> str:
    return entry.addressees[0][0] if entry.addressees else ""


def _session_key(entry: Entry) -> tuple[Any, ...]:
    row = entry.row
    return (not row["due_session"], row["due_body"] or "", row["due_session"] or 0)


def _session_title(entry: Entry, words: Labels) -> str:
    return session_of(entry.row) or words("values.no_session")


def _addressee_title(entry: Entry, words: Labels) -> str:
    code = _first_addressee(entry)
    name = words.addressee(code) if code else words("values.not_named")
    return name[:1].upper() + name[1:]


GROUPINGS = {
    "group": Grouping(lambda e: (GROUPS.index(e.item["group"]),), lambda e, words: words(f"group.{e.item['group']}")),
    "resolution": Grouping(lambda e: (e.row["symbol_key"],), lambda e, _: str(e.row["symbol"])),
    "addressee": Grouping(
        lambda e: (GROUPS.index(e.item["group"]), not e.addressees, _first_addressee(e)), _addressee_title
    ),
    "office": Grouping(
        lambda e: (not e.item["office"], (e.item["office"] or "").casefold()),
        lambda e, words: str(e.item["office"] or words("values.no_office")),
    ),
    "session": Grouping(_session_key, _session_title),
}
"""What `--by` offers; `group` is what a report does by itself."""


def matrix(entries: list[Entry], words: Labels, by: str = "group") -> list[Section]:
    """The matrix, a section a part; in each part what the Secretariat has to do itself comes first."""
    grouping = GROUPINGS[by]
    several = len({entry.row["symbol"] for entry in entries}) > 1
    # Beside several resolutions a paragraph has its symbol before it.
    weights = {**dict(_COLUMNS), **({"paragraph": _REFERENCE} if several else {})}
    columns = tuple(Column(words(f"columns.{name}"), weight) for name, weight in weights.items())
    parts: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        parts.setdefault(grouping.key(entry), []).append(entry)
    sections = []
    for key in sorted(parts):
        inside = sorted(parts[key], key=lambda entry: GROUPS.index(entry.item["group"]))
        title = words("sections.numbered", title=grouping.title(inside[0], words), n=len(inside))
        rows = tuple(_row(entry, words, several=several) for entry in inside)
        sections.append(Section(title, (Table(columns, rows),), level=2, key="matrix", wide=True))
    return sections


def _row(entry: Entry, words: Labels, *, several: bool) -> tuple[Cell, ...]:
    item = entry.item
    request = entry.words + (f"\n{words('values.to_check')}" if item["to_check"] else "")
    office = [item["office"] or "", words("values.assignee", name=item["assignee"]) if item["assignee"] else ""]
    return (
        Cell(entry.ref if several else str(entry.row["place"])),
        foreign(request, entry, words),
        addressee_cell(entry, words),
        Cell("\n".join(filter(None, office))),
        Cell(deadline_words(entry, words)),
        status_cell(entry, words),
        Cell(action_taken(entry, words)),
        evidence_cell(entry.evidence, words),
        Cell(next_step(entry, words)),
    )


def session_of(row: Row) -> str:
    """`HRC 30`, the session that a deadline names; empty if it names none."""
    return f"{row['due_body']} {row['due_session']}" if row["due_kind"] == "session" else ""


def deadline_words(entry: Entry, words: Labels) -> str:
    """The deadline in the words of the text, its session, its date, and the dates of the document."""
    row, item = entry.row, entry.item
    if not row["due_text"] and not item["due_on"]:
        return words("values.no_deadline")
    due = "values.unsure" if item["due_verified"] is False else "values.due"
    dated = words(due, day=words.day(item["due_on"])) if item["due_on"] else words("values.no_date")
    documents = words("values.documents", submit=words.day(item["submit_by"]), issue=words.day(item["issue_by"]))
    lines = [
        # The date was read in the original: a translation has its own words for it, in the request.
        words("values.quoted", words=row["due_text"]) if row["due_text"] and entry.language == row["language"] else "",
        words("filter.comma").join(filter(None, (session_of(row), dated))),
        documents if item["submit_by"] and item["issue_by"] and entry.is_open else "",
        words("values.first_due", day=words.day(item["first_due_on"]))
        if item["first_due_on"] not in {None, item["due_on"]} else "",
    ]  # fmt: skip
    return "\n".join(filter(None, lines))


def status_cell(entry: Entry, words: Labels) -> Cell:
    """The status, since when, and how it stands to the due date."""
    item = entry.item
    status = words(f"status.{item['status']}")
    if item["status_on"]:
        status = words("values.since", status=status, day=words.day(item["status_on"]))
    lines = [status]
    if entry.is_overdue:
        lines.append(words.count("values.overdue_by", item["days_overdue"]))
    elif item["timeliness"] not in {Timeliness.NO_DEADLINE, Timeliness.UPCOMING}:
        lines.append(words(f"timeliness.{item['timeliness']}"))
    tone = TONES[Timeliness(item["timeliness"])]
    return Cell("\n".join(lines), tone=tone if tone is not Tone.MUTED else Tone.PLAIN)


def action_taken(entry: Entry, words: Labels) -> str:
    """The notes of an item, a line each, oldest first."""
    return "\n".join(
        words("values.note", day=words.day(note["holds_on"]), note=one_line(note["note"])) for note in entry.notes
    )


def evidence_cell(evidence: list[Row], words: Labels) -> Cell:
    """The evidence of an item, a line each, with where it can be read."""
    named = [one_line(", ".join(filter(None, (one["value"], one["title"])))) for one in evidence]
    lines = [
        words("values.dated", value=name, day=words.day(one["dated"]))
        for name, one in zip(named, evidence, strict=True)
    ]
    return Cell("\n".join(lines), tuple(document_link(one["kind"], one["value"]) for one in evidence))


def document_link(kind: str, value: str) -> str | None:
    """Where evidence can be read: the UN document site for a symbol, the URL itself, nothing for a file."""
    if kind == "symbol":
        return "https://undocs.org/" + value.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return value if kind == "url" else None


def next_step(entry: Entry, words: Labels) -> str:
    """What remains to be done about an item, as its status and its dates say."""
    item = entry.item
    steps = [words("next.check")] if item["to_check"] else []
    if not entry.is_open:
        return "\n".join(steps) or words("next.none")
    if entry.is_overdue:
        steps.append(words("next.extend"))
    elif item["status"] == Status.PARTIALLY_IMPLEMENTED:
        steps.append(words("next.rest"))
    elif item["submit_by"]:
        steps.append(words("next.submit", day=words.day(item["submit_by"])))
    elif item["due_on"]:
        steps.append(words("next.finish", day=words.day(item["due_on"])))
    else:
        steps.append(words("next.ask" if item["status"] == Status.PENDING else "next.follow"))
    return "\n".join(steps)
