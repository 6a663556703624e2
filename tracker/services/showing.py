"""Everything that is known of one item, and a resolution with its ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.core.selection import Selection
from tracker.services.day import Day
from tracker.services.occurrences import occurrences_of, summed_up, within
from tracker.services.references import find
from tracker.services.resolutions import find_resolution
from tracker.services.viewing import as_item, in_language, told
from tracker.storage import details, queries
from tracker.storage.reader import Reader, Row


@dataclass(frozen=True, slots=True)
class ItemView:
    """Everything that is known of one item at the end of `day`."""

    day: Day
    row: Row
    item: dict[str, Any]
    paragraph: Row | None
    deadlines: list[Row]
    evidence: list[Row]
    notes: list[Row]
    events: list[Row]
    links: list[Row]
    occurrences: list[Row]


def view_item(reader: Reader, text: str, day: Day, language: str | None = None) -> ItemView:
    """One item with its paragraph, deadlines, evidence and history, in the words of `language` where there are."""
    row = find(reader, text)
    held = queries.find_items(reader, Selection(symbols=(row["symbol"],)), as_of=day.rebuilt)
    whole = next((other for other in held if other["id"] == (row["series_id"] or row["id"])), row)
    occurrences = occurrences_of(reader, [whole], day).get(whole["id"], [])
    if row["series_id"] is None:
        row = summed_up(whole, occurrences)
    else:
        row = next((one for one in occurrences if one["occurrence_on"] == row["occurrence_on"]), row)
        occurrences = []
    row = in_language(reader, [row], language)[0]
    text_id = row["text_id"] or find_resolution(reader, row["symbol"])["text_id"]
    paragraphs = queries.paragraphs_of(reader, text_id)
    # What has no words of its own is known by its number, which may be that of another paragraph by now.
    lost = row.get("gone_since") is not None and row["start_at"] is None
    around = [p for p in paragraphs if p["kind"] == "operative" and _is_in(row, p) and not lost]
    number = row["id"]
    return ItemView(
        day=day,
        row=row,
        item=as_item(row, day),
        paragraph=around[-1] if around else None,
        deadlines=details.deadlines_of(reader, [number]).get(number, []),
        occurrences=within(occurrences, day),
        evidence=details.evidence_of(reader, [number], day.rebuilt).get(number, []),
        notes=details.notes_of(reader, [number], day.rebuilt).get(number, []),
        events=queries.history(reader, item_id=number) if number is not None else [],
        links=details.links_of(reader, [number]).get(number, []),
    )


def _is_in(row: Row, paragraph: Row) -> bool:
    """Whether the words of an item stand in a paragraph; one that was added by hand has only the label."""
    if row["start_at"] is not None:
        return bool(paragraph["start_at"] <= row["start_at"] < paragraph["end_at"])
    number, _, rest = paragraph["label"].partition(" ")
    return bool((number, rest.strip("()").lower() or None) == (row["paragraph"], row["sub"]))


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """A resolution with the ledger of its operative paragraphs: each has items, or its verb.

    `gone` are the items that the text does not have any more, each with the day since when; a translation may have
    lost what the resolution still asks (None).
    """

    row: Row
    texts: list[Row]
    ledger: list[tuple[Row, list[dict[str, Any]]]]
    gone: list[tuple[str | None, dict[str, Any]]]
    preambular: int
    problems: list[Row]


def view_resolution(reader: Reader, symbol: str, day: Day, language: str | None = None) -> ResolutionView:
    """One resolution, in `language` where that text was imported; every operative paragraph is accounted for."""
    row = find_resolution(reader, symbol)
    texts = queries.texts_of(reader, row["id"])
    for text in texts:
        if text["current"] and text["language"] == language:
            row = {**row, "text_id": text["id"], **{key: text[key] for key in ("language", "title", "footnotes")}}
    rows = told(reader, queries.find_items(reader, Selection(symbols=(row["symbol"],)), as_of=day.rebuilt), day)
    rows = in_language(reader, rows, language)
    items = [as_item(item, day) for item in rows]
    paragraphs = queries.paragraphs_of(reader, row["text_id"])
    # Places in another text say nothing about this one; an item made by hand has no text.
    here, gone = [], []
    older = {text["id"] for text in texts if text["language"] == row["language"]} - {row["text_id"]}
    for item, found in zip(items, rows, strict=True):
        by_hand = found["text_id"] is None and found.get("gone_since")
        if found["text_id"] in older or by_hand:
            gone.append((found.get("gone_since"), item))
        elif found["text_id"] in {None, row["text_id"]}:
            here.append((item, found))
    ledger = []
    for paragraph in paragraphs:
        if paragraph["kind"] == "operative":
            inside = [item for item, found in here if _is_in(found, paragraph)]
            ledger.append((paragraph, inside))
    return ResolutionView(
        row=row,
        texts=texts,
        ledger=ledger,
        gone=gone,
        preambular=sum(paragraph["kind"] == "preambular" for paragraph in paragraphs),
        problems=queries.problems_of(reader, row["text_id"]),
    )
