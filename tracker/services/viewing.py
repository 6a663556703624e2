"""What the reading commands show: items with what is derived for a day, resolutions, history."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.core import reference
from tracker.core.reference import Place, Reference, symbol_key
from tracker.core.selection import Selection, fits
from tracker.core.status import Status, Timeliness, ageing, is_overdue, timeliness
from tracker.errors import Ambiguous, NotFound
from tracker.services.day import Day
from tracker.services.occurrences import is_series, named, occurrences_of, summed_up, within
from tracker.storage import details, queries
from tracker.storage.reader import Reader, Row


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def as_item(row: Row, day: Day) -> dict[str, Any]:
    """An item as `--json` promises it: keys are only ever added."""
    due_on, status_on = _date(row["due_on"]), _date(row["status_on"])
    status = Status(row["status"])
    by_text = row["due_on"] == row["text_due_on"]
    overdue_days = (day.shown - due_on).days if due_on else 0
    state = timeliness(due_on, status, status_on, day.shown, day.due_soon_days)
    return {
        "ref": row["ref"],
        "id": row["id"],
        "symbol": row["symbol"],
        "paragraph": row["paragraph"],
        "sub": row["sub"],
        "force": row["force"],
        "addressees": [{"code": code, "text": words} for code, words in json.loads(row["addressee_words"])],
        "group": row["office_group"],
        "action": row["action"],
        "deliverable": row["deliverable"],
        "status": row["status"],
        "status_on": row["status_on"],
        "timeliness": state.value,
        "days_overdue": overdue_days if state == "overdue" else None,
        "ageing": ageing(overdue_days) if state == "overdue" else None,
        "due_on": row["due_on"],
        "due_text": row["due_text"],
        "due_verified": bool(row["due_verified"]) if by_text and row["due_verified"] is not None else None,
        "submit_by": row["submit_by"] if by_text else None,
        "issue_by": row["issue_by"] if by_text else None,
        "first_due_on": row["first_due_on"],
        "extended": row["extension"] is not None,
        "late_against_first": _late(_date(row["first_due_on"]), status, status_on, day),
        "recurrence": row["recurrence"],
        "series": row["ref"].partition("@")[0] if row["series_id"] else None,
        "occurrence_on": row["occurrence_on"],
        "assignee": row["assignee"],
        "office": row["office"],
        "priority": row["priority"],
        "tags": row["tags"].split() if row["tags"] else [],
        "to_check": bool(row["to_check"]),
        "added": bool(row["added"]),
    }


def _late(first: date | None, status: Status, status_on: date | None, day: Day) -> bool | None:
    """Whether the first promise was not kept, whatever was extended since; None where nothing was promised."""
    if first is None:
        return None
    return timeliness(first, status, status_on, day.shown) in {Timeliness.LATE, Timeliness.OVERDUE}


def list_items(
    reader: Reader,
    selection: Selection,
    day: Day,
    *,
    order: str = "resolution",
    limit: int | None = None,
    language: str | None = None,
) -> list[dict[str, Any]]:
    """The selected items as they are on `day`, in the words of `language` where that text was imported."""
    rows = queries.find_items(reader, selection, as_of=day.rebuilt, order=order, limit=limit)
    return [as_item(row, day) for row in in_language(reader, told(reader, rows, day), language)]


def told(reader: Reader, rows: list[Row], day: Day) -> list[Row]:
    """The items as they are told: a series in one row, due when its next open occurrence is."""
    found = occurrences_of(reader, rows, day)
    return [summed_up(row, found[row["id"]]) if row["id"] in found else row for row in rows]


def expanded(reader: Reader, rows: list[Row], day: Day) -> list[Row]:
    """The items with each series that has dates replaced by its occurrences up to the horizon."""
    found = occurrences_of(reader, rows, day)
    shown: list[Row] = []
    for row in rows:
        shown.extend(within(found[row["id"]], day) if found.get(row["id"]) else [row])
    return shown


def list_overdue(
    reader: Reader, selection: Selection, day: Day, *, language: str | None = None
) -> list[dict[str, Any]]:
    """What is overdue of the selected items at the end of the day, by due date; of a series each open occurrence."""
    rows = queries.find_items(reader, replace(selection, overdue_on=day.shown), as_of=day.rebuilt)
    with_dates = {number for number, found in occurrences_of(reader, rows, day).items() if found}
    rows = [row for row in rows if row["id"] not in with_dates]
    # What is asked about the work is asked about the occurrences; the series only tells where to look.
    whole = replace(
        selection, statuses=(), assignees=(), offices=(), tags=(), due_before=None, due_after=None, recurring=True,
        overdue_on=None if day.rebuilt else day.shown,
    )  # fmt: skip
    series = queries.find_items(reader, whole, as_of=day.rebuilt)
    for occurrences in occurrences_of(reader, series, day).values():
        rows += [row for row in occurrences if _is_overdue(row, selection, day)]
    rows.sort(key=lambda row: (row["due_on"], row["symbol_key"], row["position"]))
    return [as_item(row, day) for row in in_language(reader, rows, language)]


def _is_overdue(row: Row, selection: Selection, day: Day) -> bool:
    """Whether an occurrence is overdue and fits the conditions that are about it, not about its series."""
    due = _date(row["due_on"])
    return (
        is_overdue(due, Status(row["status"]), day.shown)
        and due is not None
        and (selection.due_before is None or due < selection.due_before)
        and (selection.due_after is None or due > selection.due_after)
        and fits([row["status"]], selection.statuses)
        and fits([row["assignee"]], selection.assignees)
        and fits([row["office"]], selection.offices)
        and fits(row["tags"].split(), selection.tags)
    )


def in_language(reader: Reader, rows: list[Row], language: str | None) -> list[Row]:
    """The items with their words in `language`; those whose text was not imported in it keep the original's."""
    if language is None:
        return rows
    words = details.wordings_of(reader, [row["series_id"] or row["id"] for row in rows], language)
    found = []
    for row in rows:
        wording = words.get(row["series_id"] or row["id"], [{}])[0]
        found.append({**row, **{key: value for key, value in wording.items() if key != "item_id"}})
    return found


def require_resolutions(reader: Reader, selection: Selection) -> None:
    """A mistyped symbol must not look like "nothing overdue". Raises NotFound with near matches."""
    for symbol in selection.symbols:
        if not queries.find_resolutions(reader, symbol):
            find_resolution(reader, symbol)


def find(reader: Reader, text: str) -> Row:
    """The item that a reference names. Raises NotFound with near matches, Ambiguous, UsageError."""
    wanted = reference.parse(text)
    if wanted.number is not None:
        row = reader.row("SELECT * FROM item_rows WHERE id = :id", {"id": wanted.number})
        if row is None:
            raise NotFound(f"there is no item number {wanted.number}; `tracker list` shows the numbers")
        return row
    resolution = _resolution_of(reader, wanted)
    row = reader.row(
        "SELECT * FROM item_rows WHERE resolution_id = :resolution AND place = :place",
        {"resolution": resolution["id"], "place": str(wanted.place)},
    )
    if row is None and wanted.place is not None and wanted.place.on is not None:
        row = _occurrence(reader, resolution, wanted.place)
    if row is None:
        raise NotFound(_no_item(reader, resolution, str(wanted.place)))
    return row


def _occurrence(reader: Reader, resolution: Row, place: Place) -> Row:
    """The occurrence of a series on the day of `place`. Raises NotFound with the nearest ones."""
    series = reader.row(
        "SELECT * FROM item_rows WHERE resolution_id = :resolution AND place = :place",
        {"resolution": resolution["id"], "place": str(place.of_series)},
    )
    if series is None:
        raise NotFound(_no_item(reader, resolution, str(place.of_series)))
    if not is_series(series) or place.on is None:
        raise NotFound(f"{series['ref']} does not come back: it has no occurrences; `tracker show {series['ref']}`")
    found = occurrences_of(reader, [series], Day(place.on))[series["id"]]
    for row in found:
        if place.on.isoformat() in {row["occurrence_on"], row["due_on"]}:
            return row
    if not found:
        return named(series, place.on)
    wanted = place.on
    near = sorted(found, key=lambda row: abs(date.fromisoformat(row["due_on"] or row["occurrence_on"]) - wanted))
    raise NotFound(f"{series['ref']} is not due on {place.on}; near: {_listed([row['ref'] for row in near[:3]])}")


def find_number(reader: Reader, text: str) -> int:
    """The number of the item that a reference names, also of one that is withdrawn. Raises the errors of `find`."""
    wanted = reference.parse(text)
    if wanted.number is not None:
        row = reader.row("SELECT id FROM items WHERE id = :id", {"id": wanted.number})
    else:
        row = reader.row(
            "SELECT id FROM items WHERE resolution_id = :id AND place = :place",
            {"id": _resolution_of(reader, wanted)["id"], "place": str(wanted.place)},
        )
    if row is None:
        row = find(reader, text)
    if row["id"] is None:
        raise NotFound(f"{row['ref']} has no history yet: nothing was reported on this occurrence")
    return int(row["id"])


def _resolution_of(reader: Reader, wanted: Reference) -> Row:
    if wanted.symbol is None:
        found = queries.find_resolutions(reader)
        if len(found) > 1:
            raise Ambiguous(f"{wanted.text}: which resolution? {_listed([row['symbol'] for row in found])}")
        if not found:
            raise NotFound("the database holds no resolution yet; `tracker import FILE` adds one")
        return found[0]
    return find_resolution(reader, wanted.symbol)


def find_resolution(reader: Reader, symbol: str) -> Row:
    """The one resolution that `symbol` fits. Raises NotFound with near matches, Ambiguous."""
    found = queries.find_resolutions(reader, symbol)
    exact = [row for row in found if row["symbol_key"] == symbol_key(symbol)]
    if len(found) > 1 and not exact:
        raise Ambiguous(f"{symbol} fits several resolutions: {_listed([row['symbol'] for row in found])}")
    if not found:
        import difflib

        known = {row["symbol"]: row for row in queries.find_resolutions(reader)}
        shorts = {name.split("/", 2)[-1]: name for name in known} | {name: name for name in known}
        near = [shorts[name] for name in difflib.get_close_matches(symbol, list(shorts), 5, 0.5)]
        hint = f"; near: {_listed(list(dict.fromkeys(near)))}" if near else ""
        raise NotFound(f"no resolution {symbol} is in the database{hint}; `tracker import FILE` adds one")
    return (exact or found)[0]


def _no_item(reader: Reader, resolution: Row, place: str) -> str:
    import difflib

    rows = reader.rows(
        "SELECT place, withdrawn FROM items WHERE resolution_id = :id ORDER BY position", {"id": resolution["id"]}
    )
    for row in rows:
        if row["place"] == place and row["withdrawn"]:
            ref = f"{resolution['symbol']}:{place}"
            return f"{ref} is withdrawn ({row['withdrawn']}); `tracker history {ref}` tells when and by whom"
    places = [row["place"] for row in rows if not row["withdrawn"]]
    number = place.partition("(")[0].partition(".")[0]
    near = [other for other in places if other.partition("(")[0].partition(".")[0] == number]
    near = near or difflib.get_close_matches(place, places, 4, 0.4) or places[:8]
    symbol = resolution["symbol"]
    if not places:
        return f"{symbol} has no items; `tracker show {symbol}` shows its paragraphs"
    return f"{symbol} has no item {place}; near: {_listed([f':{other}' for other in near])}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


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
    around = [p for p in paragraphs if p["kind"] == "operative" and _is_in(row, p)]
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
    """A resolution with the ledger of its operative paragraphs: each has items, or its verb."""

    row: Row
    texts: list[Row]
    ledger: list[tuple[Row, list[dict[str, Any]]]]
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
    ledger = []
    for paragraph in paragraphs:
        if paragraph["kind"] == "operative":
            inside = [item for item, found in zip(items, rows, strict=True) if _is_in(found, paragraph)]
            ledger.append((paragraph, inside))
    return ResolutionView(
        row=row,
        texts=texts,
        ledger=ledger,
        preambular=sum(paragraph["kind"] == "preambular" for paragraph in paragraphs),
        problems=queries.problems_of(reader, row["text_id"]),
    )
