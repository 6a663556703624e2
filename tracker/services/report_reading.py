"""How a text was read: each operative paragraph gave items, or stands here with its verb."""

from __future__ import annotations

import re
from collections import Counter

from tracker.core.report import Cell, Column, Section, Table, Words
from tracker.core.selection import Selection
from tracker.services.labels import Labels
from tracker.storage import queries
from tracker.storage.reader import Reader, Row


def reading_of(reader: Reader, resolution: Row, words: Labels) -> Section:
    """The account of one resolution: paragraphs, items, what was left out and why, doubts."""
    paragraphs = [p for p in queries.paragraphs_of(reader, resolution["text_id"]) if p["kind"] == "operative"]
    numbers = list(dict.fromkeys(p["label"].partition(" ")[0] for p in paragraphs))
    items = queries.find_items(reader, Selection(symbols=(resolution["symbol"],)))
    asked = Counter(item["paragraph"] for item in items)
    without = [p for p in paragraphs if p["verb"] and p["label"].partition(" ")[0] not in asked]
    problems = queries.problems_of(reader, resolution["text_id"])
    account = words(
        "reading.account",
        paragraphs=words.count("reading.paragraphs", len(numbers)),
        asking=len(set(numbers) & set(asked)),
        items=words.count("reading.items", len(items)),
        silent=len([n for n in numbers if n not in asked]),
    )
    source = words(
        "reading.source",
        file=re.split(r"[/\\]", resolution["file"] or "")[-1],
        sum=(resolution["sha256"] or "")[:16],
        language=words.known("names", resolution["language"]),
    )
    blocks: list[Words | Table] = [Words(words.joined(account, source))]
    if without:
        foreign = None if resolution["language"] == words.language else resolution["language"]
        rows = tuple((Cell(p["label"]), Cell(p["verb"], language=foreign), Cell(_recalled(p, words))) for p in without)
        columns = tuple(
            Column(words(f"columns.{name}"), weight) for name, weight in (("paragraph", 1), ("verb", 3), ("remark", 4))
        )
        blocks.append(Table(columns, rows))
    if problems:
        said = words("summary.separator").join(problem["message"].rstrip(".") for problem in problems)
        blocks.append(Words(words("reading.doubts", words=said)))
    return Section(words("sections.reading", symbol=resolution["symbol"]), tuple(blocks), key="reading")


def _recalled(paragraph: Row, words: Labels) -> str:
    return words("reading.recalled", symbol=paragraph["recalled"]) if paragraph["recalled"] else ""
