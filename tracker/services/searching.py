"""Looking for words in texts, titles and notes: what answers best comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.core.selection import Selection
from tracker.core.terms import Query, score, snippet
from tracker.services.day import Day
from tracker.services.viewing import as_item
from tracker.storage import queries, searching
from tracker.storage.reader import Reader, Row

RANKED = 250
"""So many answers, the newest first, are ranked against each other: a word may stand everywhere."""

_WEIGHTS = {"title": 2.0, "operative": 1.5, "own": 1.5, "note": 1.2, "preambular": 1.0}
"""A title tells what a resolution is about; what is asked for counts more than its reasons."""

_KINDS = {"own": "request", "operative": "paragraph", "preambular": "preamble"}


@dataclass(frozen=True, slots=True)
class Found:
    """The answers of one page; `more` says that there are further ones."""

    answers: list[dict[str, Any]]
    count: int
    more: bool


def search(
    reader: Reader,
    query: Query,
    selection: Selection,
    day: Day,
    *,
    language: str | None = None,
    limit: int | None = None,
    offset: int = 0,
    length: int = 160,
) -> Found:
    """The places that answer `query`, best first, in snippets of about `length` characters.

    `language` takes only texts in it. `count` is how many there are, or how many were looked at where there are more.
    """
    ranked: list[tuple[float, Row]] = []
    more = False
    for block, full in _blocks(reader, query, selection, language):
        ranked += block
        if limit is not None and full and len(ranked) >= offset + limit:
            more = True
            break
    page = ranked[offset : None if limit is None else offset + limit]
    answers: list[dict[str, Any]] = []
    for start in range(0, len(page), RANKED):
        answers += _answers(reader, query, page[start : start + RANKED], selection, day, length)
    return Found(answers, len(ranked), more)


def _blocks(
    reader: Reader, query: Query, selection: Selection, language: str | None
) -> Iterator[tuple[list[tuple[float, Row]], bool]]:
    """Answers in portions, each ranked; with each whether it was full, so that more may follow."""
    before: int | None = None
    while True:
        entries = searching.find_entries(reader, query, selection, language=language, before=before, limit=RANKED)
        scored = [(round(score(query, entry["folded"]) * _WEIGHTS[entry["kind"]], 4), entry) for entry in entries]
        scored.sort(key=lambda one: (-one[0], -one[1]["id"]))
        yield scored, len(entries) == RANKED
        if len(entries) < RANKED:
            return
        before = entries[-1]["id"]


def _answers(
    reader: Reader, query: Query, page: list[tuple[float, Row]], selection: Selection, day: Day, length: int
) -> Iterator[dict[str, Any]]:
    entries = [entry for _, entry in page]
    texts = searching.words_of_entries(reader, entries)
    inside = searching.items_of_entries(reader, entries, selection)
    numbers = [number for many in inside.values() for number in many]
    rows = {row["id"]: row for row in queries.items_by_number(reader, numbers)}
    for points, entry in page:
        text, items = texts[entry["id"]], [as_item(rows[number], day) for number in inside.get(entry["id"], [])]
        piece = snippet(query, text["words"], length)
        first = items[0] if items else None
        kind = "request" if first and entry["kind"] == "operative" else _KINDS.get(entry["kind"], entry["kind"])
        yield {
            "ref": first["ref"] if first else None,
            "symbol": text["symbol"],
            "kind": kind,
            "paragraph": text["label"] or (first["paragraph"] if first else None),
            "language": entry["language"],
            "items": [item["ref"] for item in items],
            "status": first["status"] if first else None,
            "timeliness": first["timeliness"] if first else None,
            "due_on": first["due_on"] if first else None,
            "due_verified": first["due_verified"] if first else None,
            "holds_on": text["holds_on"],
            "score": points,
            "snippet": piece.text,
            "spans": [list(span) for span in piece.spans],
        }
