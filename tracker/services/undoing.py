"""Undo and redo: whole operations, taken back by compensating ones; history keeps both.

An operation, the one that undoes it, the one that undoes that (a redo) and so on form a chain. With an odd number
of links the first operation is in effect, with an even one it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from shlex import quote

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.core.status import Changed
from tracker.errors import Conflict, NotFound, UsageError
from tracker.services.act import Act
from tracker.services.as_read import with_reading
from tracker.services.databases import make_ready
from tracker.services.deadlines import renew_deadlines
from tracker.services.effects import Turning, forget_calendar
from tracker.services.series import is_series, refresh_all
from tracker.storage.changes import ADDED, VALUES, Recorder, as_text
from tracker.storage.engine import writing
from tracker.storage.models import EventRow, ItemRow, OperationRow
from tracker.storage.target import Target

_WHOLE = "created", "withdrawn"
"""Fields that are about the item as a whole: they conflict with every later change of it."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing (or redoing) does: the operation that the user named, and each change taken back."""

    number: int
    actor: str
    recorded_at: str
    command: str
    summary: str
    changes: tuple[Changed, ...]


def undo(target: Target, number: int | None, act: Act, *, again: bool = False, keep: bool = True) -> Undone:
    """Takes operation `number` back as one new operation; `again` brings back what was undone.

    Without a number: the last operation of this person that is in effect (`again`: that is undone). `keep=False`
    only says what would happen. Raises NotFound when there is none, UsageError with the reason when it cannot be
    undone, Conflict when somebody changed an item meanwhile.
    """
    make_ready(target, act.now)
    try:
        with writing(target, keep=keep) as db:
            chains = _chains(db)
            chain = _named(db, chains, number) if number is not None else _last(db, chains, act.actor, again=again)
            _require_state(chain, again=again)
            return _revert(db, chains, chain, act)
    except StaleDataError:
        raise Conflict("somebody else changed an item meanwhile; nothing was changed; try again") from None


_Chain = list[int]


def _chains(db: Session) -> dict[int, _Chain]:
    """All chains that are longer than one operation, by their first one."""
    chains: dict[int, _Chain] = {}
    first: dict[int, int] = {}
    pairs = db.execute(
        select(OperationRow.id, OperationRow.undoes).where(OperationRow.undoes.is_not(None)).order_by(OperationRow.id)
    )
    for number, undoes in pairs:
        if undoes is None:
            continue
        root = first.get(undoes, undoes)
        first[number] = root
        chains.setdefault(root, [root]).append(number)
    return chains


def _named(db: Session, chains: dict[int, _Chain], number: int) -> _Chain:
    """The chain of an operation; an undo or a redo names the operation that it is about."""
    if not 0 < number < 2**31 or db.get(OperationRow, number) is None:
        raise NotFound(f"there is no operation {number}; `tracker history` shows their numbers; nothing was changed")
    return next((chain for chain in chains.values() if number in chain), [number])


def _last(db: Session, chains: dict[int, _Chain], actor: str, *, again: bool) -> _Chain:
    undone = {number for chain in chains.values() for number in chain[:-1]}
    even = {chain[-1] for chain in chains.values() if len(chain) % 2 == 0}
    mine = db.scalars(select(OperationRow.id).where(OperationRow.actor == actor).order_by(OperationRow.id.desc()))
    for number in mine:
        if number not in undone and (number in even) is again:
            return _named(db, chains, number)
    what = "to redo" if again else "to undo"
    raise NotFound(f"{actor} has nothing {what}; `tracker history` shows the operations of all")


def _require_state(chain: _Chain, *, again: bool) -> None:
    is_undone = len(chain) % 2 == 0
    if is_undone and not again:
        raise UsageError(
            f"operation {chain[0]} is undone already, by {chain[-1]}; `tracker redo {chain[0]}` brings it back"
        )
    if again and not is_undone:
        raise UsageError(f"operation {chain[0]} is in effect; there is nothing to redo; nothing was changed")


def _revert(db: Session, chains: dict[int, _Chain], chain: _Chain, act: Act) -> Undone:
    operations = [db.get_one(OperationRow, number) for number in chain]
    first, last = operations[0], operations[-1]
    _require_possible(db, chains, last, first)
    recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command, undoes=last.id)
    turning = Turning(recorder, operations)
    done: list[tuple[ItemRow, Changed]] = []
    touched: dict[int, ItemRow] = {}
    dated: dict[int, ItemRow] = {}
    changed: dict[int, ItemRow] = {}
    for event in reversed(last.events):
        item = db.get(ItemRow, event.item_id) if event.item_id is not None else None
        if item is None:
            continue
        told = turning.tell(event) if event.field in VALUES else recorder.revert(event, item)
        changed[item.id] = item
        if event.field in {"deadline", "deliverable", "recurrence"}:
            touched[item.id] = item
        if event.field in {"due_on", "due_by_hand"}:
            dated[item.id] = item
        if told is not None:
            done.append((item, Changed(item.ref, told.field, told.old, told.new)))
    for item in touched.values():
        renew_deadlines(db, item)
    moved = [(item, _redate(recorder, item, act.today)) for item in dated.values()]
    done += [(item, one) for item, one in moved if one is not None]
    refresh_all(db, changed.values(), act.today)
    verb = "redo" if len(chain) % 2 == 0 else "undo"
    recorder.operation.summary = f"{verb} of operation {first.id} ({first.summary})"
    changes = tuple(with_reading(db, item, one) for item, one in reversed(done))
    return Undone(first.id, first.actor, str(first.recorded_at)[:16], first.command, first.summary, changes)


def _redate(recorder: Recorder, item: ItemRow, today: date) -> Changed | None:
    """A date that no person sets any more is that of the calendar and the text of today, which may have changed."""
    held = item.held_deadlines
    if item.due_by_hand is not None or is_series(item) or (item.added and not held):
        return None
    due, before, day = held[0].due_on if held else None, item.due_on, forget_calendar(recorder.db, item)
    if not recorder.set_field(item, "due_on", due, day or today):
        return None
    return Changed(item.ref, "due_on", as_text(before), as_text(due))


def _require_possible(db: Session, chains: dict[int, _Chain], last: OperationRow, first: OperationRow) -> None:
    for event in last.events:
        if event.item_id is None and event.field == "text" and event.old != "new":
            raise UsageError(
                f"operation {first.id} brought {event.new}: texts are not taken back; import the text that is right; "
                "nothing was changed"
            )
        if event.item_id is None and event.field != "text":
            raise UsageError(
                f"operation {first.id} set dates of a session, which hold for everybody; {_set_again(event)}; "
                "nothing was changed"
            )
    mine = {_key(event) for event in last.events if event.item_id is not None}
    whole = [item_id for item_id, field, _ in mine if field in _WHOLE]
    # A series goes or comes back with its occurrences.
    mine |= {(number, "created", None) for number in _occurrences(db, whole)}
    for later in _later(db, chains, last, {item_id for item_id, _, _ in mine}):
        for event in later.events:
            if event.item_id is not None and any(_clash(_key(event), key) for key in mine):
                item = db.get_one(ItemRow, event.item_id)
                raise UsageError(
                    f"operation {first.id} cannot be {'redone' if last is not first else 'undone'}: operation "
                    f"{later.id} ({later.actor}: {later.summary}) changed {_of(event.field)} of {item.ref} after it; "
                    f"{_before_that(later)}; nothing was changed"
                )


def _occurrences(db: Session, items: Sequence[int]) -> list[int]:
    """The occurrences of those items that are series, as far as they are stored."""
    return [
        number
        for start in range(0, len(items), 500)
        for number in db.scalars(select(ItemRow.id).where(ItemRow.series_id.in_(items[start : start + 500])))
    ]


def _before_that(later: OperationRow) -> str:
    """What has to be done about a later operation first: dates of sessions are never undone."""
    calendar = next((event for event in later.events if event.item_id is None and event.field != "text"), None)
    return _set_again(calendar) if calendar else f"`tracker undo {later.id}` takes that back first"


def _set_again(event: EventRow) -> str:
    """How dates of a session get back to what they were before `event` (`session HRC 30`)."""
    old, _, new = (event.old or "").partition(" to ")
    body, _, number = event.field.removeprefix("session ").rpartition(" ")
    dates = f"--opens {old}" + (f" --closes {new}" if new != "?" else "")
    return (
        f"`tracker sessions set {quote(body)} {number} {dates}` sets them again"
        if new and old != "?"
        else ("set the dates of the session again")
    )


def _of(field: str) -> str:
    return "the existence" if field in _WHOLE else field


def _later(db: Session, chains: dict[int, _Chain], last: OperationRow, items: set[int]) -> Sequence[OperationRow]:
    """Operations after `last` on the same items, without those that take each other back."""
    silent: set[int] = set()
    for chain in chains.values():
        after = [number for number in chain if number > last.id]
        if len(after) % 2 == 0:
            silent.update(after)
        else:
            silent.update(after[:-1])
    found: dict[int, OperationRow] = {}
    numbers = sorted(items)
    for start in range(0, len(numbers), 500):
        touching = select(EventRow.operation_id).where(
            EventRow.item_id.in_(numbers[start : start + 500]), EventRow.operation_id > last.id
        )
        for operation in db.scalars(select(OperationRow).where(OperationRow.id.in_(touching))):
            if operation.id not in silent:
                found[operation.id] = operation
    return [found[number] for number in sorted(found, reverse=True)]


_Key = tuple[int, str, str | None]


def _key(event: EventRow) -> _Key:
    """What an event is about; of things of which there can be many, the very thing."""
    value = (event.new or event.old) if event.field in ADDED else None
    return event.item_id or 0, event.field, value


def _clash(one: _Key, other: _Key) -> bool:
    if one[0] != other[0]:
        return False
    if one[1] in _WHOLE or other[1] in _WHOLE:
        return True
    return one == other and one[1] != "note"  # the same note can be made twice
