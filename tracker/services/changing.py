"""What a command wants of an item, and what that does to it: rules first, then events."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import select

from tracker.core import symbol as symbols
from tracker.core.status import Changed, Link, Priority, Status, is_open, refusal
from tracker.errors import UsageError
from tracker.storage.changes import Recorder, said_after, value_on
from tracker.storage.models import ItemRow, LinkRow
from tracker.storage.schema import INHERITED, NOTHING

_URL = re.compile(r"https?://[^\s/]+\.?[^\s]*")
_TAG = re.compile(r"[^\s!,;]{1,50}")


@dataclass(frozen=True, slots=True)
class Promise:
    """A new due date: set by hand with a `reason`, or an extension on the `authority` of a document."""

    due_on: date
    reason: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a command wants of each item: a field that is None or empty stays as it is; `''` empties a text.

    `links` are pairs of the kind and the text of a reference or a symbol. `series`: of a series that a reference
    names, or whose occurrence it names, all later occurrences are meant.
    """

    status: Status | None = None
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    evidence_title: str | None = None
    evidence_date: date | None = None
    assignee: str | None = None
    office: str | None = None
    priority: Priority | None = None
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    promise: Promise | None = None
    links: tuple[tuple[Link, str], ...] = ()
    confirm: bool = False
    on: date | None = None
    series: bool = False

    @property
    def is_about_work(self) -> bool:
        """Whether it says something of the work itself, so that a series must know of which time it is said."""
        return replace(self, links=(), confirm=False, on=None, series=False) != Change()


def evidence_kind(value: str) -> str:
    """`symbol`, `url` or `file`. Raises UsageError for anything else."""
    if _URL.fullmatch(value):
        return "url"
    try:
        symbols.parse(value)
    except ValueError:
        if Path(value).is_file():
            return "file"
        raise UsageError(
            f"--evidence {value!r} is no document symbol (A/HRC/31/81), no URL and no file here; nothing was changed"
        ) from None
    return "symbol"


def canonical_symbol(text: str, option: str) -> str:
    """The symbol as it is written. Raises UsageError when `text` is none."""
    try:
        return str(symbols.parse(text))
    except ValueError:
        raise UsageError(
            f"{option} {text!r} is no document symbol like A/HRC/DEC/31/115; nothing was changed"
        ) from None


def check(change: Change, today: date) -> None:
    """What can be known to be wrong without looking at any item. Raises UsageError."""
    for option, day in (("--on", change.on), ("--evidence-date", change.evidence_date)):
        if day is not None and day > today:
            raise UsageError(f"{option} {day}: a day in the future; a change holds from a day that has come")
    for value in change.evidence:
        evidence_kind(value)
    if not change.evidence and (change.evidence_title is not None or change.evidence_date is not None):
        raise UsageError("--evidence-title and --evidence-date tell of --evidence: give it too; nothing was changed")
    for tag in (*change.tags, *change.untags):
        if not _TAG.fullmatch(tag):
            raise UsageError(f"--tag {tag!r}: a tag is one word without , ; or !; nothing was changed")
    if change.promise is not None and not (change.promise.reason or change.promise.authority):
        raise UsageError("a due date that is set needs --reason, an extension needs --authority; nothing was changed")


@dataclass(slots=True)
class Applying:
    """One change on its way into the items. `targets` are the items and symbols that links name, in their order."""

    recorder: Recorder
    change: Change
    on: date
    targets: tuple[ItemRow | str, ...] = ()
    done: list[Changed] = field(default_factory=list)

    def apply(self, item: ItemRow) -> None:
        """Applies the change to one item. Raises UsageError when a rule forbids it."""
        change = self.change
        self._refuse_before_adoption(item)
        self._status(item)
        for value in change.evidence:
            self._evidence(item, value)
        for note in change.notes:
            self.recorder.add_event(item, "note", None, note, self.on)
            self.done.append(Changed(item.ref, "note", None, note))
        for name in ("assignee", "office", "priority"):
            wanted = getattr(change, name)
            if wanted is not None:
                self.set_field(item, name, str(wanted))
        if change.tags or change.untags:
            self.tag(item)
        if change.promise is not None:
            self._promise(item, change.promise)
        for (kind, _), to in zip(change.links, self.targets, strict=True):
            self._link(item, kind, to)
        if change.confirm:
            self.set_field(item, "to_check", value=None)

    def _refuse_before_adoption(self, item: ItemRow) -> None:
        adopted_on = item.resolution.adopted_on
        if self.change.on is not None and adopted_on is not None and self.change.on < adopted_on:
            raise UsageError(
                f"--on {self.change.on}: {item.ref} was adopted on {adopted_on}; nothing holds of it from an earlier "
                "day; nothing was changed"
            )

    def set_field(self, item: ItemRow, name: str, value: str | None) -> None:
        """Sets one field and tells of it; an occurrence that shall have nothing says so, else it has its series'."""
        before = self._held(item, name)
        if item.series_id is not None and name in INHERITED and not value:
            if before is None:
                return
            value = NOTHING
        if self.recorder.set_field(item, name, value, self.on):
            later = said_after(self.recorder.db, item, name, self.on)
            after = (later.holds_on, later.new) if later is not None and later.new != (value or None) else None
            self.done.append(Changed(item.ref, name, before, value or None, after))

    def _held(self, item: ItemRow, name: str) -> str | None:
        """What holds on the day of the change; an occurrence has it from its series where it has nothing of its own."""
        db = self.recorder.db
        own = value_on(db, item, name, self.on)
        if own is None and item.series_id is not None and name in INHERITED:
            own = value_on(db, db.get_one(ItemRow, item.series_id), name, self.on)
        return None if own == NOTHING else own

    def _status(self, item: ItemRow) -> None:
        new = self.change.status
        if new is None:
            return
        old = Status(value_on(self.recorder.db, item, "status", self.on) or Status.PENDING)
        has_note = bool(self.change.notes)
        grounded = has_note or bool(self.change.evidence) or any(not one.withdrawn for one in item.evidence)
        if reason := refusal(old, new, has_ground=grounded, has_note=has_note):
            raise UsageError(f"{item.ref}: {reason}; nothing was changed")
        self.set_field(item, "status", new.value)

    def _evidence(self, item: ItemRow, value: str) -> None:
        kind = evidence_kind(value)
        if kind == "symbol":
            value = canonical_symbol(value, "--evidence")
        if not any(one.value == value and not one.withdrawn for one in item.evidence):
            dated = self.change.evidence_date or self.on
            self.recorder.add_evidence(item, kind, value, dated, self.change.evidence_title)
            self.done.append(Changed(item.ref, "evidence", None, value))

    def tag(self, item: ItemRow) -> None:
        """Adds and takes off the tags of the change."""
        held = (self._held(item, "tags") or "").split()
        wanted = [tag for tag in dict.fromkeys([*held, *self.change.tags]) if tag not in self.change.untags]
        if wanted != held:
            self.set_field(item, "tags", " ".join(wanted))

    def _promise(self, item: ItemRow, promise: Promise) -> None:
        if promise.authority is not None:
            held = value_on(self.recorder.db, item, "due_on", self.on)
            if held is None:
                raise UsageError(f"{item.ref} has no due date to extend; --due sets one; nothing was changed")
            if promise.due_on.isoformat() <= held:
                raise UsageError(
                    f"{item.ref} is due on {held}: {promise.due_on} extends nothing; --due sets an earlier date; "
                    "nothing was changed"
                )
            if value_on(self.recorder.db, item, "first_due_on", self.on) is None:
                # The text names no date: the one that a person set is the first promise.
                self.set_field(item, "first_due_on", held)
        self.set_field(item, "due_on", promise.due_on.isoformat())
        if promise.authority is not None:
            self.set_field(item, "extension", promise.authority)
        self.set_field(item, "due_by_hand", promise.reason or f"extended by {promise.authority}")

    def _link(self, item: ItemRow, kind: Link, to: ItemRow | str) -> None:
        if isinstance(to, ItemRow) and to.id == item.id:
            raise UsageError(f"{item.ref} cannot be linked to itself; nothing was changed")
        if self._is_linked(item, kind, to):
            return
        if kind is Link.SUPERSEDES and isinstance(to, ItemRow):
            if self._is_linked(to, kind, item):
                raise UsageError(f"{to.ref} supersedes {item.ref} already; nothing was changed")
            self._overtake(to, item)
        self.recorder.add_link(item, kind, to, self.on)
        self.done.append(Changed(item.ref, kind.value, None, to if isinstance(to, str) else to.ref))

    def _is_linked(self, item: ItemRow, kind: Link, to: ItemRow | str) -> bool:
        wanted = select(LinkRow).where(LinkRow.item_id == item.id, LinkRow.kind == kind.value)
        return any(
            not link.withdrawn and (link.symbol == to if isinstance(to, str) else link.other_id == to.id)
            for link in self.recorder.db.scalars(wanted)
        )

    def _overtake(self, old: ItemRow, new: ItemRow) -> None:
        """An open request that a later one renews is followed up there; one that is closed keeps its status."""
        if is_open(Status(value_on(self.recorder.db, old, "status", self.on) or Status.PENDING)):
            if old.recurrence is not None and old.series_id is None:
                # The series goes on as the new request; what was due before that stays due.
                ends = (new.resolution.adopted_on or self.on) - timedelta(days=1)
                self.set_field(old, "until", ends.isoformat())
            self.set_field(old, "status", Status.OVERTAKEN.value)
            note = f"superseded by {new.ref}"
            self.recorder.add_event(old, "note", None, note, self.on)
            self.done.append(Changed(old.ref, "note", None, note))
