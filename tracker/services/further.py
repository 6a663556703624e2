"""Further deadlines of a request ("two reports, by 4 July and by 3 January"): one item has one status for them all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from tracker.core.status import Changed, Status
from tracker.services.references import find
from tracker.storage import details
from tracker.storage.reader import Reader, Row, reading
from tracker.storage.target import Target


class Further(NamedTuple):
    """A deadline of the text that is still to come when its item was closed as implemented.

    `options` are those of `tracker add` with which an item of its own follows it.
    """

    ref: str
    due_on: str
    words: str
    symbol: str
    paragraph: str
    options: tuple[str, ...]


def untracked(target: Target, done: Sequence[Changed], on: date) -> list[Further]:
    """What a closing on day `on` leaves behind: later deadlines of the text that no item follows any more."""
    closed = [one.ref for one in done if one.field == "status" and one.new == Status.IMPLEMENTED and one.after is None]
    if not closed:
        return []
    with reading(target) as reader:
        rows = [row for ref in closed if (row := find(reader, ref))["recurrence"] is None]
        stages = details.deadlines_of(reader, [row["id"] for row in rows])
        return [
            _further(row, stage)
            for row in rows
            for stage in later_stages(row, stages.get(row["id"], []))
            if stage["due_on"] >= on.isoformat() and not _is_followed(reader, row, stage["due_on"])
        ]


def later_stages(row: Row, deadlines: Sequence[Row]) -> list[Row]:
    """The dated deadlines of an item after the one that it is due by; none of a series, which has times."""
    held = row["due_on"] or ""
    return [] if row["recurrence"] else [one for one in deadlines[1:] if one["due_on"] and one["due_on"] > held]


def _is_followed(reader: Reader, row: Row, due_on: str) -> bool:
    """Whether a person made an item of the paragraph that is due on that day."""
    found = reader.row(
        "SELECT id FROM item_rows WHERE resolution_id = :resolution AND paragraph = :paragraph AND added "
        "AND COALESCE(sub, '') = :sub AND due_on = :due_on LIMIT 1",
        {"resolution": row["resolution_id"], "paragraph": row["paragraph"], "sub": row["sub"] or "", "due_on": due_on},
    )
    return found is not None


def _further(row: Row, stage: dict[str, Any]) -> Further:
    options = [f"--addressee {code}" for code in row["addressees"].split()]
    if row["deliverable"]:
        options.append(f"--deliverable {row['deliverable']}")
    options.append(f"--deadline {_as_option(stage)}")
    sub = f"({row['sub']})" if row["sub"] else ""
    return Further(row["ref"], stage["due_on"], stage["words"], row["symbol"], f"{row['paragraph']}{sub}", (*options,))


def _as_option(stage: dict[str, Any]) -> str:
    """A session stays one, so that the date moves with it."""
    relation = "by_end" if stage["relation"] == "until" else stage["relation"]
    if stage["kind"] == "session" and not stage["value"] and relation in {"before", "at", "by_end"}:
        return f"'{relation} {stage['body']}{stage['session']}'"
    return str(stage["due_on"])
