"""A request that the reader missed becomes an item by hand, at the next free place of its paragraph."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from tracker.core.codes import Force
from tracker.core.correction import AS_READ, NONE, Correction, plain
from tracker.core.reference import Place, parse_place
from tracker.errors import NotFound, UsageError
from tracker.services.act import Act
from tracker.services.databases import make_ready
from tracker.services.deadlines import renew_deadlines
from tracker.services.editing import asked, check, held_from
from tracker.services.placing import next_place, sort_items
from tracker.services.resolutions import find_resolution
from tracker.services.series import refresh_all
from tracker.storage.changes import Recorder
from tracker.storage.engine import writing
from tracker.storage.models import ItemRow, ParagraphRow, ResolutionRow
from tracker.storage.reader import reading
from tracker.storage.target import Target


@dataclass(frozen=True, slots=True)
class Added:
    """The new item: its reference, and its due date if one follows."""

    ref: str
    due_on: date | None


def add_item(
    target: Target, symbol: str, paragraph: str, said: Correction, act: Act, *, note: str | None = None
) -> Added:
    """Makes an item of an operative paragraph from what a person says; `said.action` is required.

    Raises UsageError for a value that cannot be, or when the paragraph has this very item already, NotFound with
    near matches for an unknown resolution or paragraph.
    """
    check(said)
    if AS_READ in {getattr(said, field.name) for field in fields(said)}:
        raise UsageError(f"{AS_READ}: nothing was read of what is added by hand; nothing was changed")
    place = parse_place(paragraph)
    if place is None or place.nth > 1 or place.on is not None:
        raise UsageError(f"{paragraph!r} is no paragraph: write 24 or 12(b); nothing was changed")
    make_ready(target, act.now)
    with reading(target) as reader:
        number = int(find_resolution(reader, symbol)["id"])
    with writing(target) as db:
        row = db.get_one(ResolutionRow, number)
        _require_paragraph(row, place)
        _require_new(row, place, said.action or "")
        recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
        item = make_item(recorder, row, place, _columns(said, row.language), act.today)
        _date(db, item)
        refresh_all(db, [item], act.today)
        if note:
            recorder.add_event(item, "note", None, plain(note), act.today)
        sort_items(row)
        recorder.operation.summary = f"{item.ref}: added by hand"
        return Added(item.ref, item.due_on)


def make_item(recorder: Recorder, row: ResolutionRow, near: Place, columns: Mapping[str, Any], today: date) -> ItemRow:
    """An item made by hand at the next free place beside `near`, and the event of its making."""
    place = next_place(row.items, near)
    item = ItemRow(
        resolution_id=row.id,
        position=len(row.items),
        place=str(place),
        paragraph=place.paragraph,
        sub=place.sub,
        known_on=row.adopted_on,
        added=True,
        **columns,
    )
    row.items.append(item)
    recorder.db.flush()
    recorder.add_event(item, "created", None, str(place), held_from(item, today))
    return item


def _columns(said: Correction, language: str) -> dict[str, Any]:
    """What the person said, as it holds from the making on."""
    return {
        "force": said.force or Force.REQUEST.value,
        "own_action": plain(said.action or ""),
        "own_words": plain(said.words or "") or None,
        "deliverable": None if said.deliverable == NONE else said.deliverable,
        "recurrence": None if said.recurrence == NONE else said.recurrence,
        "deadline": None if said.deadline in {None, NONE} else plain(said.deadline or ""),
        **asked(said.addressees or (), {}, language),
    }


def _date(db: Session, item: ItemRow) -> None:
    """The due date that follows from the deadline that the person gave."""
    db.flush()
    renew_deadlines(db, item)
    held = item.held_deadlines
    item.due_on = item.first_due_on = held[0].due_on if held else None
    db.flush()


def _require_paragraph(row: ResolutionRow, place: Place) -> None:
    """The paragraph must be an operative one of a text that is current. Raises NotFound with near matches."""
    labels = list(dict.fromkeys(label for text in row.texts if text.current for label in labels_of(text.paragraphs)))
    wanted = str(place)
    if wanted in labels:
        return
    near = [label for label in labels if label.partition("(")[0] == place.paragraph]
    near = near or difflib.get_close_matches(wanted, labels, 5, 0.4) or labels[-3:]
    raise NotFound(
        f"{row.symbol} has no operative paragraph {wanted}; near: {', '.join(near[:8]) or 'none'}; nothing was changed"
    )


def labels_of(paragraphs: Iterable[ParagraphRow]) -> Sequence[str]:
    """The operative paragraphs as references write them: `12`, `12(b)`; deeper letters belong to the first one."""
    found: dict[str, None] = {}
    for row in paragraphs:
        if row.kind == "operative":
            number, _, rest = row.label.partition(" ")
            first = rest.partition(" ")[0].strip("()").lower()
            found[f"{number}({first})" if first else number] = None
    return list(found)


def _require_new(row: ResolutionRow, place: Place, action: str) -> None:
    """Adding the same twice is a slip."""
    for item in row.items:
        same = (item.paragraph, item.sub) == (place.paragraph, place.sub) and item.withdrawn is None
        if same and item.own_action == plain(action):
            raise UsageError(f"{item.ref} says that already; nothing was changed")
