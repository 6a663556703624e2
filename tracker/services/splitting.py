"""One item that is several requests is split; several that are one request are merged."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.correction import plain
from tracker.core.reference import Place
from tracker.core.status import Changed, Link
from tracker.errors import UsageError
from tracker.services.act import Act
from tracker.services.adding import make_item
from tracker.services.as_read import read_value, read_wording
from tracker.services.databases import make_ready
from tracker.services.deadlines import renew_deadlines
from tracker.services.editing import held_from, require_held, set_addressees, whole_item
from tracker.services.placing import sort_items
from tracker.services.recording import recording
from tracker.services.series import refresh_all, stored_occurrences
from tracker.storage.changes import COLUMNS, MERGED, Recorder, as_text, value_on
from tracker.storage.models import DeadlineRow, EventRow, ItemRow, LinkRow
from tracker.storage.reader import reading
from tracker.storage.target import Target

_SHARED = "force", "addressees", "addressee_words", "office_group", "deliverable", "recurrence", "deadline"
_DATED = "due_on", "due_by_hand", "extension", "first_due_on"
_WORK = "assignee", "office", "priority", "tags"
_QUESTIONS = {
    "status": "status",
    "due_on": "due date",
    "recurrence": "recurrence",
    "assignee": "assignee",
    "office": "office",
    "priority": "priority",
}
"""What must not differ between items that are merged, unless the user says that the first one's holds."""


def split_item(target: Target, reference: str, parts: Sequence[str], act: Act) -> list[Changed]:
    """Splits an item into `parts`, the texts of what each asks: the first keeps the reference, status and history.

    The others become items of the same paragraph with the same addressees and deadlines, nothing reported yet.
    Raises UsageError when it cannot be split, NotFound, Conflict.
    """
    wanted = [plain(part) for part in parts if plain(part)]
    if len(wanted) < 2 or len(set(wanted)) < len(wanted):
        raise UsageError("give two or more different parts (--part TEXT --part TEXT); nothing was changed")
    make_ready(target, act.now)
    with reading(target) as reader:
        number = whole_item(reader, reference)
    with recording(target, act, reference) as recorder:
        item = recorder.db.get_one(ItemRow, number)
        _require_single(recorder.db, item, "split")
        done = _split(recorder, item, wanted, act.today)
        recorder.operation.summary = f"{item.ref}: split into {len(wanted)}"
    return done


def _split(recorder: Recorder, item: ItemRow, parts: Sequence[str], today: date) -> list[Changed]:
    words, since = text_words(item), held_from(item, today)
    done = [Changed(item.ref, "own_action", shown_action(item), parts[0])]
    made = [_part(recorder, item, part, words, today) for part in parts[1:]]
    recorder.set_field(item, "own_action", parts[0], since)
    if parts[0] in words:
        recorder.set_field(item, "own_words", parts[0], since)
    for part, text in zip(made, parts[1:], strict=True):
        recorder.add_link(part, Link.RELATED, item, today)
        done += [Changed(part.ref, "created", None, part.place), Changed(part.ref, "own_action", None, text)]
    sort_items(item.resolution)
    return done


def _part(recorder: Recorder, item: ItemRow, action: str, words: str, today: date) -> ItemRow:
    """A new item like `item`, with its deadlines and all that was done to them since."""
    columns = {name: getattr(item, name) for name in _SHARED}
    first = item.first_due_on
    if item.recurrence is None:
        # What was done to the dates since follows by day, see below.
        first = COLUMNS["first_due_on"](read_value(recorder.db, item, "first_due_on"))
    part = make_item(
        recorder,
        item.resolution,
        Place(item.paragraph, item.sub),
        {
            **columns,
            "own_action": action,
            "own_words": (action if action in words else words) or None,
            "first_due_on": first,
            "due_on": first,
            "to_check": item.to_check,
        },
        today,
    )
    part.deadlines.extend(_copy(row) for row in item.deadlines if not row.by_hand)
    renew_deadlines(recorder.db, part)
    for name in _DATED if item.recurrence is None else ():
        for day in _days(recorder.db, item, name):
            recorder.set_field(part, name, value_on(recorder.db, item, name, day), day)
    for name in _WORK:
        recorder.set_field(part, name, getattr(item, name), today)
    refresh_all(recorder.db, [part], today)
    return part


def _copy(row: DeadlineRow) -> DeadlineRow:
    names = (
        "by_hand", "position", "kind", "relation", "body", "session", "value", "anchor", "words", "due_on",
        "submit_by", "issue_by", "basis", "why", "verified",
    )  # fmt: skip
    return DeadlineRow(**{name: getattr(row, name) for name in names})


def _days(db: Session, item: ItemRow, field: str) -> list[date]:
    """The days from which a field held something else."""
    days = select(EventRow.holds_on).where(EventRow.item_id == item.id, EventRow.field == field)
    return sorted(set(db.scalars(days)))


def merge_items(
    target: Target, references: Sequence[str], act: Act, *, keep: bool = False, action: str | None = None
) -> list[Changed]:
    """Merges items of one resolution into the first; the others are withdrawn with the reason and a link.

    `keep`: where they differ in status, due date or the like, what the first one has holds. `action` says what the
    merged item asks, else their actions are joined. Raises UsageError when they differ or cannot be merged.
    """
    make_ready(target, act.now)
    with reading(target) as reader:
        numbers = list(dict.fromkeys(whole_item(reader, text) for text in references))
    if len(numbers) < 2:
        raise UsageError("name two or more different items, the one that stays first; nothing was changed")
    with recording(target, act) as recorder:
        items = [recorder.db.get_one(ItemRow, number) for number in numbers]
        _require_mergeable(recorder.db, items, keep=keep)
        done = _merge(recorder, items, action, act.today)
        recorder.operation.summary = f"{', '.join(item.ref for item in items[1:])}: merged into {items[0].ref}"
    return done


def _merge(recorder: Recorder, items: Sequence[ItemRow], action: str | None, today: date) -> list[Changed]:
    first, others = items[0], items[1:]
    since = held_from(first, today)
    joined = plain(action or "") or "; ".join(dict.fromkeys(shown_action(item) for item in items))
    in_order = sorted(items, key=lambda item: item.position)
    words = [text_words(item) or item.own_action or "" for item in in_order]
    whole = [text for text in dict.fromkeys(words) if not any(text != other and text in other for other in words)]
    asked = [tuple(pair) for item in items for pair in json.loads(item.addressee_words)]
    done = [Changed(first.ref, "own_action", shown_action(first), joined)]
    recorder.set_field(first, "own_action", joined, since)
    recorder.set_field(first, "own_words", " … ".join(whole), since)
    set_addressees(recorder, first, list(dict.fromkeys(asked)), since)
    tags = dict.fromkeys(tag for item in items for tag in item.tags.split())
    recorder.set_field(first, "tags", " ".join(tags), today)
    for other in others:
        if not _are_linked(recorder.db, first, other):
            recorder.add_link(first, Link.RELATED, other, today)
        reason = f"{MERGED} {first.ref}"
        recorder.set_field(other, "withdrawn", reason, since)
        done.append(Changed(other.ref, "withdrawn", None, reason))
    refresh_all(recorder.db, [first], today)
    return done


def _are_linked(db: Session, one: ItemRow, other: ItemRow) -> bool:
    """Whether a link leads from one to the other, in either direction."""
    both = (LinkRow.item_id == one.id) & (LinkRow.other_id == other.id)
    back = (LinkRow.item_id == other.id) & (LinkRow.other_id == one.id)
    return db.scalars(select(LinkRow.id).where(both | back, ~LinkRow.withdrawn).limit(1)).first() is not None


def _require_mergeable(db: Session, items: Sequence[ItemRow], *, keep: bool) -> None:
    for item in items:
        _require_single(db, item, "merged")
    first = items[0]
    for other in items[1:]:
        if other.resolution_id != first.resolution_id:
            raise UsageError(
                f"{other.ref} and {first.ref} stand in two resolutions; a later request that renews an earlier one "
                "is linked: `tracker update NEW --supersedes OLD`; nothing was changed"
            )
        differ = [
            f"{name} ({as_text(getattr(first, column)) or 'none'}, {as_text(getattr(other, column)) or 'none'})"
            for column, name in _QUESTIONS.items()
            if getattr(other, column) not in {None, getattr(first, column)}
        ]
        if differ and not keep:
            raise UsageError(
                f"{first.ref} and {other.ref} differ in {', '.join(differ)}; --keep says that what {first.ref} has "
                "holds; nothing was changed"
            )


def _require_single(db: Session, item: ItemRow, what: str) -> None:
    """A series of which occurrences are stored stays as it is."""
    require_held(item)
    if stored_occurrences(db, item):
        raise UsageError(
            f"{item.ref} is a series of which occurrences were worked on; it cannot be {what}; nothing was changed"
        )


def text_words(item: ItemRow) -> str:
    """The words of the text that ask it, as corrected or as read.

    Empty for an item that was made by hand without: its paragraph stands for them.
    """
    read = read_wording(item)
    return item.own_words or (read.words if read else "")


def shown_action(item: ItemRow) -> str:
    """What is asked, as corrected or as read."""
    read = read_wording(item)
    return item.own_action or (read.action if read else "")
