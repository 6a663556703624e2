"""Corrections of what was read of a request. They hold from the adoption: the text never said anything else."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from tracker.core.correction import AS_READ, NONE, Correction, mistake, plain
from tracker.core.status import Changed
from tracker.errors import Conflict, UsageError
from tracker.extraction import addressee_codes
from tracker.services.act import Act
from tracker.services.as_read import read_value, with_reading
from tracker.services.databases import make_ready
from tracker.services.deadlines import deadline_from, move_due_date
from tracker.services.recording import recording
from tracker.services.references import find
from tracker.services.series import refresh_all, stored_occurrences
from tracker.services.tracking import summary_of
from tracker.storage.changes import Recorder, as_text, value_on
from tracker.storage.models import ItemRow
from tracker.storage.reader import Reader, reading
from tracker.storage.target import Target

COLUMNS = {
    "force": "force",
    "deliverable": "deliverable",
    "recurrence": "recurrence",
    "deadline": "deadline",
    "words": "own_words",
    "action": "own_action",
}
"""The column of each field of a correction; addressees have three."""

_ADDRESSEES = ("addressees", "addressee_words", "office_group")
_EVERYTHING = Correction(AS_READ, (), AS_READ, AS_READ, AS_READ, AS_READ, AS_READ)


def edit_item(
    target: Target, reference: str, correction: Correction, act: Act, *, as_read: bool = False, note: str | None = None
) -> list[Changed]:
    """Corrects one item in one operation and returns what changed; `as_read` takes all its corrections back.

    Raises UsageError for a value that cannot be, NotFound for an unknown reference, Conflict.
    """
    check(correction)
    make_ready(target, act.now)
    with reading(target) as reader:
        number = whole_item(reader, reference)
    with recording(target, act, reference) as recorder:
        item = recorder.db.get_one(ItemRow, number)
        done = correct(recorder, item, correction, act.today, as_read=as_read)
        if note and (done or correction.is_empty()):
            recorder.add_event(item, "note", None, plain(note), act.today)
            done.append(Changed(item.ref, "note", None, plain(note)))
        if done:
            recorder.operation.summary = summary_of(done)
    return done


def whole_item(reader: Reader, reference: str) -> int:
    """The number of the item that a reference names. Raises UsageError for one occurrence of a series."""
    row = find(reader, reference)
    if row["series_id"] is not None:
        raise UsageError(
            f"{row['ref']} is one time of a series, of which the whole is corrected: "
            f"{row['ref'].partition('@')[0]}; nothing was changed"
        )
    return int(row["id"])


def check(correction: Correction) -> None:
    """Raises UsageError for the first value that cannot be, naming its field."""
    wrong = mistake(correction)
    if wrong is None:
        known = addressee_codes.codes()
        for code, _ in correction.addressees or ():
            if code not in known:
                near = difflib.get_close_matches(code, list(known), 5, 0.4)
                wrong = "addressee", f"{code!r} is no addressee code; near: {', '.join(near) or 'none'}"
                break
    if wrong is not None:
        raise UsageError(f"{wrong[0]}: {wrong[1]}; nothing was changed")
    if correction.deadline not in {None, AS_READ}:
        deadline_from(correction.deadline)


def held_from(item: ItemRow, today: date) -> date:
    """The day from which a correction holds: the adoption, or today where that is not known."""
    return item.resolution.adopted_on or today


def correct(
    recorder: Recorder, item: ItemRow, correction: Correction, today: date, *, as_read: bool = False
) -> list[Changed]:
    """Writes a correction that `check` passed. Raises UsageError where the item has nothing to go back to."""
    if as_read:
        correction = _EVERYTHING
    require_held(item)
    since, db = held_from(item, today), recorder.db
    if item.added and (as_read or AS_READ in {getattr(correction, name) for name in COLUMNS}):
        raise UsageError(f"{item.ref} was made by hand: no reading to go back to; nothing was changed")
    _require_free_series(db, item, correction)
    before = {name: getattr(item, name) for name in (*COLUMNS.values(), *_ADDRESSEES, "due_on")}
    _write(recorder, item, correction, since, as_read=as_read)
    if {correction.deadline, correction.deliverable, correction.recurrence} != {None}:
        move_due_date(recorder, item, since)
        if as_read:
            recorder.set_field(item, "first_due_on", read_value(db, item, "first_due_on"), since)
    refresh_all(db, [item], today)
    return [
        with_reading(db, item, Changed(item.ref, column, as_text(old), as_text(getattr(item, column))))
        for column, old in before.items()
        if old != getattr(item, column)
    ]


def _write(recorder: Recorder, item: ItemRow, correction: Correction, since: date, *, as_read: bool) -> None:
    """The fields themselves; those that stored occurrences have from their series follow it."""
    for name, column in COLUMNS.items():
        wanted = getattr(correction, name)
        if wanted is not None:
            recorder.set_field(item, column, _value(recorder.db, item, column, wanted), since)
    if as_read:
        for column in _ADDRESSEES:
            recorder.set_field(item, column, read_value(recorder.db, item, column), since)
    elif correction.addressees is not None:
        set_addressees(recorder, item, correction.addressees, since)
    for occurrence in stored_occurrences(recorder.db, item):
        for column in (*_ADDRESSEES, "force", "deliverable", "own_words", "own_action"):
            recorder.set_field(occurrence, column, getattr(item, column), since)


def require_held(item: ItemRow) -> None:
    """Raises Conflict for an item that was withdrawn between finding and changing it."""
    if item.withdrawn is not None:
        raise Conflict(f"{item.ref} was withdrawn meanwhile ({item.withdrawn}); nothing was changed")


def _value(db: Session, item: ItemRow, column: str, wanted: str) -> str | None:
    if wanted == AS_READ:
        return read_value(db, item, column)
    if wanted == NONE and column in {"deliverable", "recurrence"}:
        return None
    return plain(wanted) or None


def set_addressees(
    recorder: Recorder, item: ItemRow, addressees: Sequence[tuple[str, str | None]], since: date
) -> None:
    """Who is asked; the group in which the item is listed follows."""
    held = dict(json.loads(value_on(recorder.db, item, "addressee_words", since) or "[]"))
    for column, value in asked(addressees, held, item.resolution.language).items():
        recorder.set_field(item, column, value, since)


def asked(addressees: Iterable[tuple[str, str | None]], held: Mapping[str, str], language: str) -> dict[str, str]:
    """The columns that say who is asked; `held` gives words for codes that come without, else their name does."""
    pairs = [[code, words or held.get(code) or addressee_codes.name_of(code, language)] for code, words in addressees]
    codes = list(dict.fromkeys(code for code, _ in pairs))
    return {
        "addressees": " ".join(codes),
        "addressee_words": json.dumps(pairs, ensure_ascii=False),
        "office_group": addressee_codes.group_of(codes) or "others",
    }


def _require_free_series(db: Session, item: ItemRow, correction: Correction) -> None:
    """A series whose occurrences are tracked on their own stays one."""
    if correction.recurrence is None or correction.recurrence == item.recurrence:
        return
    if stored_occurrences(db, item):
        raise UsageError(
            f"{item.ref} is a series of which occurrences were worked on: its recurrence stays {item.recurrence}; "
            "nothing was changed"
        )
