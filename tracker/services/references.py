"""What people call items, and which ones they mean by it."""

from __future__ import annotations

from datetime import date
from itertools import takewhile

from tracker.core import reference
from tracker.core.reference import Place, Reference
from tracker.errors import Ambiguous, NotFound
from tracker.services.day import Day
from tracker.services.occurrences import is_series, occurrences_of
from tracker.services.recurring import named
from tracker.services.resolutions import find_resolution, listed
from tracker.storage import queries
from tracker.storage.reader import Reader, Row


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
    raise NotFound(f"{series['ref']} is not due on {place.on}; near: {listed([row['ref'] for row in near[:3]])}")


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
            raise Ambiguous(f"{wanted.text}: which resolution? {listed([row['symbol'] for row in found])}")
        if not found:
            raise NotFound("the database holds no resolution yet; `tracker import FILE` adds one")
        return found[0]
    return find_resolution(reader, wanted.symbol)


def _no_item(reader: Reader, resolution: Row, place: str) -> str:
    rows = reader.rows(
        "SELECT place, withdrawn FROM items WHERE resolution_id = :id ORDER BY position", {"id": resolution["id"]}
    )
    for row in rows:
        if row["place"] == place and row["withdrawn"]:
            ref = f"{resolution['symbol']}:{place}"
            return f"{ref} is withdrawn ({row['withdrawn']}); `tracker history {ref}` tells when and by whom"
    places = [row["place"] for row in rows if not row["withdrawn"]]
    symbol = resolution["symbol"]
    if not places:
        return f"{symbol} has no items; `tracker show {symbol}` shows its paragraphs"
    number = _number(place)
    closest = sorted(places, key=lambda other: abs(_number(other) - number))[:4]
    near = [other for other in places if _number(other) == number] or [one for one in places if one in closest]
    asked = reader.row(
        "SELECT verb FROM paragraphs WHERE text_id = :text AND kind = 'operative' AND label = :label",
        {"text": resolution["text_id"], "label": place},
    )
    why = f" (paragraph {place} asks for nothing: {asked['verb']})" if asked and asked["verb"] else ""
    return f"{symbol} has no item {place}{why}; near: {listed([f':{other}' for other in near])}"


def _number(place: str) -> int:
    """The number of the paragraph of `19.2`, `12(b)`."""
    return int("".join(takewhile(str.isdecimal, place)) or 0)
