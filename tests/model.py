"""What the command line should do, said plainly: a dictionary of items with what was said of them, and when.

Written from docs/tracking.md, not from the program. One resolution, its texts written down here with the requests
that they make, so that nothing is read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

ADOPTED = date(2025, 4, 4)
REF = "A/HRC/RES/58/90:"
OPEN = ("pending", "not_started", "in_progress", "partially_implemented")
CLOSED = ("implemented", "not_implemented", "overtaken", "not_applicable")
STATUSES = (*OPEN, *CLOSED)
MERGED = "merged into "
MANY = ("note", "evidence", "related")
"""Of these an item has any number."""
WORK = ("assignee", "office", "priority", "tags")
DATES = ("due_on", "due_by_hand", "extension", "first_due_on")
GROUPS = {"ohchr": "secretariat", "secretary-general": "secretariat", "states": "states", "ngos": "others"}

DONE, REFUSED, MISSING = 0, 2, 66


def iso(day: date | None) -> str | None:
    """A day as text."""
    return day.isoformat() if day else None


class Request(NamedTuple):
    """What one paragraph asks: its words, and a session before which, or a day by which, it is due.

    `asks` are the words before them; `whom` is the code of the addressee with its words.
    """

    asks: str
    words: str
    force: str
    whom: tuple[str, str]
    session: int | None = None
    day: date | None = None

    @property
    def text(self) -> str:
        """All words of the request."""
        return f"{self.asks} {self.words}"


@dataclass
class Text:
    """A text in one language: the requests by paragraph."""

    language: str
    requests: dict[str, Request]


class Event(NamedTuple):
    """One line of history; `ref` is None for dates of a session, and the symbol's for a text."""

    ref: str | None
    field: str
    old: str | None
    new: str | None
    day: date


@dataclass
class Operation:
    """One command that changed something. `undoes` is the number of another one; `undone`: it is not in effect."""

    number: int
    actor: str
    undoes: int | None = None
    undone: bool = False
    events: list[Event] = field(default_factory=list)


@dataclass
class Item:
    """One item: what it was at first, and what was said since, in the order in which it was said.

    `request` is what its date follows from (None: nothing), `words` are those of the texts, by language; an item that
    a person made has none.
    """

    place: str
    first: dict[str, str | None]
    request: Request | None
    words: dict[str, Request] = field(default_factory=dict)
    said: list[tuple[Operation | None, Event]] = field(default_factory=list)
    withdrawn: str | None = None

    @property
    def paragraph(self) -> str:
        """The paragraph that asks it."""
        return self.place.partition(".")[0]

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands in lists."""
        return int(self.paragraph), int(self.place.partition(".")[2] or 1)

    def events(self, name: str) -> list[Event]:
        """What the operations in effect say of a field, and the calendar, in the order in which they said it."""
        return [event for by, event in self.said if event.field == name and (by is None or not by.undone)]

    def held(self, name: str, day: date | None = None) -> str | None:
        """What counts on `day` (today: None): the last word about the latest day that is not after it."""
        about = [event for event in self.events(name) if day is None or event.day <= day]
        if about:
            latest = max(event.day for event in about)
            return [event for event in about if event.day == latest][-1].new
        return self.first.get(name)

    def since(self, day: date | None) -> str | None:
        """The day from which the present status holds without a break."""
        found = None
        for at in sorted({event.day for event in self.events("status")}):
            if day is not None and at > day:
                break
            same = self.held("status", at) == self.held("status", day)
            found = (found or at.isoformat()) if same else None
        return found if self.held("status", day) != "pending" else None


@dataclass
class Model:
    """The whole database, and each command as a method that returns the exit code."""

    today: date
    sessions: dict[int, tuple[date, date, bool]]
    items: dict[str, Item] = field(default_factory=dict)
    operations: list[Operation] = field(default_factory=list)
    texts: dict[str, Text] = field(default_factory=dict)
    language: str | None = None

    def begin(self, actor: str, undoes: int | None = None) -> Operation:
        """A new operation; it is kept by `finish` only."""
        return Operation(len(self.operations) + 1, actor, undoes)

    def finish(self, operation: Operation) -> int:
        """Keeps an operation that said something, or that undoes another."""
        if operation.events or operation.undoes:
            self.operations.append(operation)
        return DONE

    def say(self, operation: Operation, item: Item, name: str, value: str | None, day: date) -> None:
        """Sets a field from a day on, unless it holds on that day already."""
        old = item.held(name, day)
        if old != value:
            self._add(operation, item, Event(REF + item.place, name, old, value, day))

    def _add(self, operation: Operation, item: Item, event: Event) -> None:
        item.said.append((operation, event))
        operation.events.append(event)

    def due(self, request: Request | None) -> date | None:
        """The day before the session opens, or the day that the text names."""
        if request is None:
            return None
        if request.session is not None:
            return self.sessions[request.session][0] - timedelta(days=1)
        return request.day

    # import -----------------------------------------------------------------------------------------------------------

    def read(self, text: Text, actor: str) -> int:
        """Import: a new text, one that is there, another language, or a changed text."""
        operation, language = self.begin(actor), text.language
        known = self.texts.get(language)
        for item in self.items.values():
            if (item.words or "@" in item.place) and (item.withdrawn or "").startswith("undone"):
                operation.events.append(Event(REF + item.place, "withdrawn", item.withdrawn, None, ADOPTED))
                item.withdrawn = None
        if known is text:
            return self.finish(operation)
        outcome = "new" if not self.texts else "changed" if known else "language"
        self.language = self.language or language
        self.texts[language] = text
        operation.events.append(Event(REF[:-1], "text", outcome, f"text of {REF[:-1]} in {language}", self.today))
        for place, request in text.requests.items():
            if place not in self.items and outcome != "language":
                self._make(operation, Item(place, self._as_read(request), request, {language: request}))
                if outcome == "changed":
                    self.say(operation, self.items[place], "to_check", "yes", self.today)
            elif place in self.items:
                self._reword(operation, self.items[place], language, request, changed=outcome == "changed")
        if known is not None:
            self._doubt(operation, known, text)
        return self.finish(operation)

    def _make(self, operation: Operation, item: Item) -> None:
        item.first["status"] = "pending"
        self.items[item.place] = item
        self._add(operation, item, Event(REF + item.place, "created", None, item.place, ADOPTED))

    def _as_read(self, request: Request) -> dict[str, str | None]:
        """What an item is at first that has this request."""
        due = iso(self.due(request))
        return {"force": request.force, "due_on": due, "first_due_on": due, **asked([request.whom])}

    def _doubt(self, operation: Operation, before: Text, after: Text) -> None:
        """What is gone from a changed text is to check, and what a person made of a paragraph that is another now."""
        for place, item in self.items.items():
            old, new = (text.requests.get(item.paragraph) for text in (before, after))
            gone = place not in after.requests if item.words else old != new
            if gone and item.withdrawn is None:
                self.say(operation, item, "to_check", "yes", self.today)

    def _reword(self, operation: Operation, item: Item, language: str, request: Request, *, changed: bool) -> None:
        before = item.words.get(language)
        item.words[language] = request
        if not changed and self.due(request) != self.due(item.request) and not item.withdrawn:
            self.say(operation, item, "to_check", "yes", self.today)
        if not changed or before is None or before == request:
            return
        self.say(operation, item, "to_check", "yes", self.today)
        if language == self.language:
            item.request = request
            self._redate(operation, item, self.today)
        while (item.withdrawn or "").startswith(MERGED):
            item = self.items[(item.withdrawn or "").removeprefix(MERGED + REF)]
            self.say(operation, item, "to_check", "yes", self.today)

    def _redate(self, operation: Operation, item: Item, day: date) -> None:
        """A date that no person set follows the text and the calendar."""
        if item.held("due_by_hand") is None:
            self.say(operation, item, "due_on", iso(self.due(item.request)), day)

    def set_session(self, number: int, opens: date, closes: date, actor: str) -> int:
        """The dates of a session, which move all that hangs on them."""
        operation, (first, last, confirmed) = self.begin(actor), self.sessions[number]
        if closes < opens:
            return REFUSED
        if (first, last, confirmed) != (opens, closes, True):
            # Session 61 opens on 23 February; each opens after the one before it.
            opening = {61: date(2026, 2, 23), **{other: dates[0] for other, dates in self.sessions.items()}}
            near = [other for other in (number - 1, number + 1) if other in opening]
            if any((opening[other] < opens) != (other < number) for other in near):
                return REFUSED
            event = Event(None, f"session HRC {number}", f"{first} to {last}", f"{opens} to {closes}", self.today)
            operation.events.append(event)
            self.sessions[number] = (opens, closes, True)
            for item in self.items.values():
                if item.request is not None and item.request.session is not None:
                    self._redate(operation, item, self.today)
        return self.finish(operation)

    # update -----------------------------------------------------------------------------------------------------------

    def visible(self, place: str) -> bool:
        """Whether an item is there and was not withdrawn."""
        return place in self.items and self.items[place].withdrawn is None

    def update(self, places: list[str], change: dict[str, str], on: date | None, actor: str) -> int:
        """Changes items, all of them or none."""
        day = on or self.today
        if day > self.today:
            return REFUSED
        if not all(map(self.visible, places)):
            return MISSING
        if any(self._refuses(self.items[place], change, day) for place in places):
            return REFUSED
        operation = self.begin(actor)
        for place in dict.fromkeys(places):
            self._update(operation, self.items[place], change, day)
        return self.finish(operation)

    def _refuses(self, item: Item, change: dict[str, str], day: date) -> bool:
        old, new = item.held("status", day), change.get("status")
        due = item.held("due_on", day)
        if "extend" in change and (due is None or change["extend"] <= due):
            return True
        if new is None or new == old:
            return False
        if new == "pending" or (new == "not_started" and old != "pending"):
            return True
        if new in CLOSED:
            return not ("note" in change or "evidence" in change or self.kept(item, "evidence"))
        return old in CLOSED and "note" not in change

    def _update(self, operation: Operation, item: Item, change: dict[str, str], day: date) -> None:
        for name in ("status", "assignee", "office", "priority"):
            if name in change:
                self.say(operation, item, name, change[name] or None, day)
        if "evidence" in change and change["evidence"] not in self.kept(item, "evidence"):
            self._add(operation, item, Event(REF + item.place, "evidence", None, change["evidence"], day))
        if "note" in change:
            self._add(operation, item, Event(REF + item.place, "note", None, change["note"], day))
        tags = (item.held("tags", day) or "").split()
        if "tag" in change and change["tag"] not in tags:
            self.say(operation, item, "tags", " ".join([*tags, change["tag"]]), day)
        if "untag" in change:
            self.say(operation, item, "tags", " ".join(tag for tag in tags if tag != change["untag"]) or None, day)
        if "confirm" in change:
            self.say(operation, item, "to_check", None, day)
        self._set_date(operation, item, change, day)

    def _set_date(self, operation: Operation, item: Item, change: dict[str, str], day: date) -> None:
        if "due" in change:
            self.say(operation, item, "due_on", change["due"], day)
            self.say(operation, item, "due_by_hand", "agreed", day)
        if "extend" in change:
            if item.held("first_due_on", day) is None:
                self.say(operation, item, "first_due_on", item.held("due_on", day), day)
            self.say(operation, item, "due_on", change["extend"], day)
            self.say(operation, item, "extension", "A/HRC/DEC/31/115", day)
            self.say(operation, item, "due_by_hand", "extended by A/HRC/DEC/31/115", day)

    def edit(self, place: str, correction: dict[str, str], actor: str) -> int:
        """Corrects what was read, from the adoption on; `as-read` takes corrections back."""
        if not self.visible(place):
            return MISSING
        operation, item = self.begin(actor), self.items[place]
        if "as-read" in correction.values() and not item.words:
            return REFUSED
        for option, name in (("force", "force"), ("action", "own_action")):
            if option in correction:
                value: str | None = correction[option]
                self.say(operation, item, name, item.first.get(name) if value == "as-read" else value, ADOPTED)
        return self.finish(operation)

    # items made, split and merged by hand -----------------------------------------------------------------------------

    def _next_place(self, paragraph: str) -> str:
        """The next place of a paragraph; one that an item ever had is not given again."""
        taken = [item.order[1] for item in self.items.values() if item.paragraph == paragraph]
        return f"{paragraph}.{max(taken) + 1}" if taken else paragraph

    def add(self, paragraph: str, action: str, day: date | None, actor: str) -> int:
        """An item for a request that was missed; the same twice is a slip."""
        if not any(paragraph in text.requests for text in self.texts.values()):
            return MISSING
        there = [item for item in self.items.values() if item.paragraph == paragraph and not item.withdrawn]
        if any(item.held("own_action") == action for item in there):
            return REFUSED
        operation, whom = self.begin(actor), ("", "")
        request = Request("", action, "request", whom, day=day) if day else None
        first = {"force": "request", "own_action": action, "due_on": iso(day), "first_due_on": iso(day), **asked([])}
        self._make(operation, Item(self._next_place(paragraph), first, request))
        return self.finish(operation)

    def read_of(self, item: Item) -> Request | None:
        """The words of an item in the original language, else in one that has it; None where no text has it."""
        return item.words.get(self.language or "", next(iter(item.words.values()), None))

    def action(self, item: Item) -> str:
        """What an item asks, as corrected or as read."""
        read = self.read_of(item)
        return item.held("own_action") or (read.words if read else "")

    def text_of(self, item: Item) -> str:
        """The words of the text that ask it, as corrected or as read."""
        read = self.read_of(item)
        return item.held("own_words") or (read.text if read else "")

    def split(self, place: str, parts: list[str], actor: str) -> int:
        """The first part stays where it is; the others are like it, with nothing reported yet."""
        if len(set(parts)) < max(2, len(parts)):
            return REFUSED
        if not self.visible(place):
            return MISSING
        operation, item = self.begin(actor), self.items[place]
        words = self.text_of(item)
        for part in parts[1:]:
            self._part(operation, item, part, words)
        self.say(operation, item, "own_action", parts[0], ADOPTED)
        if parts[0] in words:
            self.say(operation, item, "own_words", parts[0], ADOPTED)
        return self.finish(operation)

    def _part(self, operation: Operation, item: Item, action: str, words: str) -> None:
        same = {name: item.held(name) for name in ("force", *ASKED, "to_check")}
        dates = {name: item.first.get(name) for name in ("due_on", "first_due_on")}
        own = {"own_action": action, "own_words": (action if action in words else words) or None}
        part = Item(self._next_place(item.paragraph), {**same, **dates, **own}, item.request)
        self._make(operation, part)
        for name in DATES:
            for day in sorted({event.day for _, event in item.said if event.field == name}):
                self.say(operation, part, name, item.held(name, day), day)
        for name in WORK:
            self.say(operation, part, name, item.held(name), self.today)
        self._add(operation, part, Event(REF + part.place, "related", None, REF + item.place, self.today))

    def merge(self, places: list[str], keep: bool, actor: str) -> int:
        """The first takes the others in; where they differ the user must have said that what the first has holds."""
        if not all(map(self.visible, places)):
            return MISSING
        items = [self.items[place] for place in dict.fromkeys(places)]
        first, others = items[0], items[1:]
        differ = any(
            other.held(name) not in {None, first.held(name)}
            for other in others
            for name in ("status", "due_on", "assignee", "office", "priority")
        )
        if not others or (differ and not keep):
            return REFUSED
        operation = self.begin(actor)
        actions = list(dict.fromkeys(map(self.action, items)))
        words = [self.text_of(item) or self.action(item) for item in sorted(items, key=lambda item: item.order)]
        whole = [text for text in dict.fromkeys(words) if not any(text != other and text in other for other in words)]
        self.say(operation, first, "own_action", "; ".join(actions), ADOPTED)
        self.say(operation, first, "own_words", " … ".join(whole), ADOPTED)
        whom = [tuple(pair) for item in items for pair in json.loads(item.held("addressee_words") or "[]")]
        for name, value in asked(whom).items():
            self.say(operation, first, name, value, ADOPTED)
        tags = dict.fromkeys(tag for item in items for tag in (item.held("tags") or "").split())
        self.say(operation, first, "tags", " ".join(tags) or None, self.today)
        for other in others:
            self._take_in(operation, first, other)
        return self.finish(operation)

    def _take_in(self, operation: Operation, first: Item, other: Item) -> None:
        here, there = REF + first.place, REF + other.place
        if there not in self.kept(first, "related") and here not in self.kept(other, "related"):
            self._add(operation, first, Event(here, "related", None, there, self.today))
        other.withdrawn = MERGED + here
        operation.events.append(Event(there, "withdrawn", None, other.withdrawn, ADOPTED))

    # undo and redo ----------------------------------------------------------------------------------------------------

    def root(self, operation: Operation) -> Operation:
        """The operation that an undo or a redo is about in the end."""
        return operation if operation.undoes is None else self.root(self.operations[operation.undoes - 1])

    def chain(self, root: Operation) -> list[Operation]:
        """An operation, its undo, the redo of that, and so on."""
        return [operation for operation in self.operations if self.root(operation) is root]

    def kept(self, item: Item, name: str) -> list[str]:
        """The notes or the evidence of an item that were not taken back."""
        return [
            event.new or ""
            for operation in self.operations
            if operation.undoes is None and not operation.undone
            for event in operation.events
            if event.ref == REF + item.place and event.field == name
        ]

    def undo(self, number: int | None, actor: str, *, again: bool, dry_run: bool) -> int:
        """Takes a whole operation back, or brings it back (`again`)."""
        if number is None:
            tips = [op for op in self.operations if op.actor == actor and self.chain(self.root(op))[-1] is op]
            mine = [self.root(op) for op in tips if self.root(op).undone is again]
            if not mine:
                return MISSING
            root = mine[-1]
        elif number > len(self.operations):
            return MISSING
        else:
            root = self.root(self.operations[number - 1])
        last = self.chain(root)[-1]
        if root.undone is not again or self._stands_in_the_way(last):
            return REFUSED
        return DONE if dry_run else self._revert(last, actor)

    def _stands_in_the_way(self, last: Operation) -> bool:
        if any(event.ref is None or (event.field == "text" and event.old != "new") for event in last.events):
            return True
        later = [op for op in self.operations if op.number > last.number]
        counted = []
        for op in later:
            after = [other for other in self.chain(self.root(op)) if other.number > last.number]
            if len(after) % 2 and op is after[-1]:
                counted.append(op)
        return any(
            clash(one, other)
            for op in counted
            for other in op.events
            for one in last.events
            if (one.ref == other.ref or is_whole(one, other)) and one.field != "text" and other.field != "text"
        )

    def _revert(self, last: Operation, actor: str) -> int:
        """The first operation of the chain is out of effect, or in effect again, and with it all that it says."""
        operation, root = self.begin(actor, last.number), self.root(last)
        root.undone = not root.undone
        dated = []
        for event in reversed(last.events):
            if event.field == "text":
                continue
            item = self.items[(event.ref or "").removeprefix(REF)]
            old, new = event.new, event.old
            if event.field in {"created", "withdrawn"}:
                new = f"undone: operation {last.number}" if event.field == "created" else event.old
                old, item.withdrawn = item.withdrawn, new
                for place, time in self.items.items() if event.field == "created" else ():
                    if place.startswith(f"{item.place}@"):
                        operation.events.append(Event(REF + place, "withdrawn", time.withdrawn, new, event.day))
                        time.withdrawn = new
                event = event._replace(field="withdrawn")  # noqa: PLW2901 - what undoes it has another name
            elif event.field in {"due_on", "due_by_hand"} and (item.words or item.request):
                dated.append(item)
            operation.events.append(event._replace(old=old, new=new))
        for item in dated:
            self._date_again(item)
        return self.finish(operation)

    def _date_again(self, item: Item) -> None:
        """A date that no person sets any more is that of text and calendar, from the latest day on that has a date."""
        item.said = [(by, event) for by, event in item.said if by is not None]
        due = iso(self.due(item.request))
        if item.held("due_by_hand") is None and item.held("due_on") != due:
            day = max((event.day for _, event in item.said if event.field == "due_on"), default=self.today)
            item.said.append((None, Event(REF + item.place, "due_on", None, due, day)))


def is_whole(one: Event, other: Event) -> bool:
    """Whether one is about the existence of a series, and the other about one of its times."""
    return one.field in {"created", "withdrawn"} and (other.ref or "").startswith(f"{one.ref}@")


def clash(one: Event, other: Event) -> bool:
    """Whether two changes of one item are about the same thing; notes never are."""
    if {one.field, other.field} & {"created", "withdrawn"}:
        return True
    if one.field != other.field or one.field == "note":
        return False
    return one.field not in MANY or (one.new or one.old) == (other.new or other.old)


ASKED = ("addressees", "addressee_words", "office_group")


def asked(whom: Sequence[tuple[str, ...]]) -> dict[str, str | None]:
    """Who is asked, as the fields of an item: the group is that of the addressee who is nearest to the Secretariat."""
    codes = [pair[0] for pair in dict.fromkeys(whom)]
    groups = {GROUPS[code] for code in codes}
    return {
        "addressees": " ".join(dict.fromkeys(codes)) or None,
        "addressee_words": json.dumps([list(pair) for pair in dict.fromkeys(whom)], ensure_ascii=False),
        "office_group": next((group for group in ("secretariat", "states") if group in groups), "others"),
    }
