"""Building the progress report: what is asked, what became of it, and how the text was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tracker import __version__
from tracker.core.report import Cell, Column, Report, Section, Table, Words
from tracker.core.selection import Selection
from tracker.core.status import Status, Timeliness
from tracker.services.viewing import Day, as_item, require_resolutions
from tracker.storage import details, queries
from tracker.storage.reader import Reader, Row

GROUP_TITLES = {
    "secretariat": "Requests to the Secretariat",
    "body": "Decisions of the body and requests to other organs",
    "states": "Calls on States",
    "others": "Calls on others",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One item with all that a report says of it."""

    row: Row
    item: dict[str, Any]
    notes: list[Row]
    evidence: list[Row]

    @property
    def place(self) -> str:
        return str(self.row["place"])


def build_report(reader: Reader, selection: Selection, day: Day, zone: str) -> Report:
    """The report on the selected items as they were at the end of the day. Raises NotFound for an unknown symbol."""
    require_resolutions(reader, selection)
    rows = queries.find_items(reader, selection, as_of=day.rebuilt)
    ids = [row["id"] for row in rows]
    notes, evidence = details.notes_of(reader, ids, day.rebuilt), details.evidence_of(reader, ids, day.rebuilt)
    entries = [_Entry(row, as_item(row, day), notes.get(row["id"], []), evidence.get(row["id"], [])) for row in rows]
    resolutions = _resolutions(reader, selection, entries)
    looked_at = queries.count_items(reader, Selection(symbols=selection.symbols), as_of=day.rebuilt)
    sections = [_summary(entries, day), *_counts(entries), *_matrix(entries), _without_deadline(entries)]
    sections += [_reading(reader, resolution) for resolution in resolutions]
    return Report(
        title="Progress report on the implementation of " + _named(resolutions),
        language="en",
        facts=_facts(resolutions, entries, looked_at, selection.in_words(), f"{day.shown} (end of day, {zone})"),
        sections=tuple(sections),
    )


def _resolutions(reader: Reader, selection: Selection, entries: list[_Entry]) -> list[Row]:
    shown = {entry.row["resolution_id"] for entry in entries}
    if selection.symbols:
        named = [row for symbol in selection.symbols for row in queries.find_resolutions(reader, symbol)]
        return list({row["id"]: row for row in named}.values())
    return [row for row in queries.find_resolutions(reader) if row["id"] in shown]


def _named(resolutions: list[Row]) -> str:
    if len(resolutions) == 1:
        return f"resolution {resolutions[0]['symbol']}"
    return f"{len(resolutions)} resolutions"


def _facts(
    resolutions: list[Row], entries: list[_Entry], looked_at: int, filtered: str, as_of: str
) -> tuple[tuple[str, str], ...]:
    covered = [f"{row['symbol']}, {row['title'] or 'no title'}" for row in resolutions]
    return (
        *(("Resolution", line) for line in covered),
        ("As of", as_of),
        ("Filter", filtered),
        ("Items looked at", str(looked_at)),
        ("Items shown", str(len(entries))),
        ("Without deadline", str(sum(entry.item["timeliness"] == "no_deadline" for entry in entries))),
        ("To check", str(sum(entry.item["to_check"] for entry in entries))),
        ("Made by", f"tracker {__version__}"),
    )


def _summary(entries: list[_Entry], day: Day) -> Section:
    status = Counter(entry.item["status"] for entry in entries)
    overdue = [entry for entry in entries if entry.item["timeliness"] == Timeliness.OVERDUE]
    late = sum(entry.item["timeliness"] == Timeliness.LATE for entry in entries)
    done, silent = status[Status.IMPLEMENTED], status[Status.PENDING]
    state = f"{done} {_is(done)} implemented, {silent} {_is(silent)} without any report"
    words = [f"Of {_items(len(entries))}, {state}, and {len(overdue)} {_is(len(overdue))} overdue on {day.shown}."]
    if late:
        words.append(f"{late} {_is(late)} closed after the due date.")
    if overdue:
        words.append("Overdue: " + "; ".join(f"{e.item['ref']} (due {e.item['due_on']})" for e in overdue) + ".")
    return Section("Summary", (Words(" ".join(words)),))


def _items(count: int) -> str:
    return f"{count} {'item' if count == 1 else 'items'}"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _counts(entries: list[_Entry]) -> list[Section]:
    """Status by timeliness; every row and column adds up, zeros shown only where the row is not empty."""
    if not entries:
        return []
    pairs = Counter((entry.item["status"], entry.item["timeliness"]) for entry in entries)
    rows = [status for status in Status if any(pairs[status, t] for t in Timeliness)]
    columns = (
        Column("Status", 2),
        *(Column(t.replace("_", " "), 1, number=True) for t in Timeliness),
        Column("total", 1, number=True),
    )
    body = [
        (Cell(status.replace("_", " ")), *(Cell(str(pairs[status, t])) for t in Timeliness),
         Cell(str(sum(pairs[status, t] for t in Timeliness))))
        for status in rows
    ]  # fmt: skip
    total = (
        Cell("total"), *(Cell(str(sum(pairs[s, t] for s in rows))) for t in Timeliness), Cell(str(len(entries)))
    )  # fmt: skip
    return [Section("Status by timeliness", (Table(columns, (*body, total)),))]


_MATRIX = (
    Column("Paragraph", 1),
    Column("Request", 6),
    Column("Addressee", 2),
    Column("Deadline", 3),
    Column("Status", 2),
    Column("Action taken", 3),
    Column("Evidence", 2),
)


def _matrix(entries: list[_Entry]) -> list[Section]:
    """The Secretariat's own tasks first, then the body's decisions, then calls on States and others."""
    several = len({entry.row["symbol"] for entry in entries}) > 1
    sections = []
    for group, title in GROUP_TITLES.items():
        rows = [_matrix_row(entry, several=several) for entry in entries if entry.item["group"] == group]
        if rows:
            sections.append(Section(f"{title} ({len(rows)})", (Table(_MATRIX, tuple(rows)),)))
    return sections


def _matrix_row(entry: _Entry, *, several: bool) -> tuple[Cell, ...]:
    item = entry.item
    marked = f"{entry.row['words']}{chr(10) + '(to check)' if item['to_check'] else ''}"
    return (
        Cell(item["ref"] if several else entry.place),
        Cell(marked),
        Cell("; ".join(addressee["text"] for addressee in item["addressees"]) or "not named"),
        Cell(deadline_words(entry.row, item)),
        Cell(_status_words(item)),
        Cell("\n".join(f"{note['holds_on']}: {note['note']}" for note in entry.notes)),
        _evidence_cell(entry.evidence),
    )


def deadline_words(row: Row, item: dict[str, Any]) -> str:
    """The deadline in the words of the text, its session, its date, and the dates of the document."""
    if not row["due_text"] and not item["due_on"]:
        return "none"
    session = f"{row['due_body']} {row['due_session']}" if row["due_kind"] == "session" else ""
    unsure = " (session dates not confirmed)" if item["due_verified"] is False else ""
    lines = [
        f"“{row['due_text']}”" if row["due_text"] else "",
        ", ".join(filter(None, (session, f"due {item['due_on']}{unsure}" if item["due_on"] else "no date"))),
        f"submit by {item['submit_by']}, issue by {item['issue_by']}" if item["submit_by"] else "",
        f"first due {item['first_due_on']}" if item["first_due_on"] not in {None, item["due_on"]} else "",
    ]
    return "\n".join(filter(None, lines))


def _status_words(item: dict[str, Any]) -> str:
    lines = [item["status"].replace("_", " ") + (f" since {item['status_on']}" if item["status_on"] else "")]
    if item["timeliness"] == Timeliness.OVERDUE:
        lines.append(f"overdue by {item['days_overdue']} days")
    elif item["timeliness"] not in {Timeliness.NO_DEADLINE, Timeliness.UPCOMING}:
        lines.append(item["timeliness"].replace("_", " "))
    return "\n".join(lines)


def _evidence_cell(evidence: list[Row]) -> Cell:
    links = [document_link(one["kind"], one["value"]) for one in evidence]
    words = "\n".join(f"{one['value']} ({one['dated']})" for one in evidence)
    return Cell(words, links[0] if len(links) == 1 else None)


def document_link(kind: str, value: str) -> str | None:
    """Where evidence can be read: the UN document site for a symbol, the URL itself, nothing for a file."""
    if kind == "symbol":
        return "https://undocs.org/" + value.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return value if kind == "url" else None


def _without_deadline(entries: list[_Entry]) -> Section:
    names = [entry for entry in entries if entry.item["timeliness"] == Timeliness.NO_DEADLINE]
    if not names:
        return Section("Items without deadline", (Words("None."),))
    columns = (Column("Item", 2), Column("Addressee", 2), Column("Status", 1), Column("Request", 5))
    rows = tuple(
        (
            Cell(entry.item["ref"]),
            Cell(", ".join(dict.fromkeys(a["code"] for a in entry.item["addressees"])) or "not named"),
            Cell(entry.item["status"].replace("_", " ")),
            Cell(entry.item["action"]),
        )
        for entry in names
    )
    return Section(f"Items without deadline ({len(rows)})", (Table(columns, rows),))


def _reading(reader: Reader, resolution: Row) -> Section:
    """How the text was read: each operative paragraph gave items, or stands here with its verb."""
    paragraphs = [p for p in queries.paragraphs_of(reader, resolution["text_id"]) if p["kind"] == "operative"]
    numbers = list(dict.fromkeys(p["label"].partition(" ")[0] for p in paragraphs))
    items = queries.find_items(reader, Selection(symbols=(resolution["symbol"],)))
    asked = Counter(item["paragraph"] for item in items)
    without = [p for p in paragraphs if p["verb"] and p["label"].partition(" ")[0] not in asked]
    problems = queries.problems_of(reader, resolution["text_id"])
    words = (
        f"{len(numbers)} operative paragraphs: {len(set(numbers) & set(asked))} with {_items(len(items))}, "
        f"{len([n for n in numbers if n not in asked])} without request. "
        f"Read from {resolution['file']} (sha256 {resolution['sha256'][:16]}…, language {resolution['language']})."
    )
    blocks: list[Words | Table] = [Words(words)]
    if without:
        rows = tuple((Cell(p["label"]), Cell(p["verb"]), Cell(_recalled(p))) for p in without)
        blocks.append(Table((Column("Paragraph", 1), Column("Verb", 3), Column("Remark", 4)), rows))
    if problems:
        blocks.append(Words("Doubts: " + "; ".join(problem["message"] for problem in problems) + "."))
    return Section(f"How {resolution['symbol']} was read", tuple(blocks))


def _recalled(paragraph: Row) -> str:
    return f"recalls a request made in {paragraph['recalled']}" if paragraph["recalled"] else ""
