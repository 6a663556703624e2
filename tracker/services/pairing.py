"""Which item a request of a new text is: by paragraph and order, and by words where a person made items too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.core.reference import parse_place
from tracker.core.request import Request
from tracker.services.storing import Destination, wording_of
from tracker.storage.models import ItemRow, TextRow

_ALIKE = 60
"""Per cent from which an item made by hand and a request of its paragraph are the same: people shorten and reword."""

_FEWEST = 3

Pair = tuple[Request, ItemRow | None]


def pair_requests(to: Destination, requests: Sequence[Request]) -> tuple[list[Pair], list[ItemRow]]:
    """Each request with its item, or None for one that has none yet; and the items that no request is left for."""
    groups: dict[tuple[str, str | None], list[ItemRow]] = {}
    for item in sorted((item for item in to.resolution.items if item.series_id is None), key=_nth):
        groups.setdefault((item.paragraph, item.sub), []).append(item)
    taken: dict[int, ItemRow] = {}
    for where, items in groups.items():
        here = [number for number, request in enumerate(requests) if (request.paragraph, request.sub) == where]
        if any(item.added for item in items):
            taken |= _by_words(to, items, {number: requests[number] for number in here})
        used = {item.id for item in taken.values()}
        rest = [item for item in items if item.id not in used and not item.added]
        taken |= _in_order(rest, {number: requests[number] for number in here if number not in taken})
        by_hand = [item for item in items if item.added and item not in taken.values() and item.withdrawn is None]
        taken |= _inside(to, by_hand, {number: requests[number] for number in here if number not in taken})
    used = {item.id for item in taken.values()}
    pairs = [(request, taken.get(number)) for number, request in enumerate(requests)]
    return pairs, [item for items in groups.values() for item in items if item.id not in used]


def _nth(item: ItemRow) -> tuple[int, int]:
    """The order of the text that an item was read from; its place does not tell after paragraphs were changed."""
    place = parse_place(item.place)
    language = item.resolution.language
    starts = [row.start_at for row in item.wordings if row.current and row.language == language]
    return (starts[0] if starts else 0, place.nth if place else 0)


def _in_order(items: Sequence[ItemRow], requests: dict[int, Request]) -> dict[int, ItemRow]:
    """The pairs of one paragraph in their order; where one text has more of them, what they ask decides."""
    if len(items) == len(requests):
        return dict(zip(requests, items, strict=True))
    scored = sorted(
        (-_agreement(item, request), abs(at - to), number, at)
        for at, item in enumerate(items)
        for to, (number, request) in enumerate(requests.items())
    )
    found: dict[int, ItemRow] = {}
    for _, _, number, at in scored:
        if number not in found and items[at] not in found.values():
            found[number] = items[at]
    return found


def _agreement(item: ItemRow, request: Request) -> int:
    """On how many points that no language changes an item and a request agree."""
    asked = {addressee.code for addressee in request.addressees}
    return (
        2 * (bool(asked & set(item.addressees.split())) or not (asked or item.addressees))
        + (item.force == request.force.value)
        + (item.deliverable == (request.deliverable.value if request.deliverable else None))
        + (bool(item.deadlines) == (request.deadline is not None))
    )


def by_hand_of(
    to: Destination, items: Sequence[ItemRow], requests: dict[int, Request], paragraphs: Mapping[str, str]
) -> dict[int, ItemRow]:
    """Requests of a changed text that a person had made items of; `paragraphs` are the labels that changed."""
    found: dict[int, ItemRow] = {}
    for item in items:
        label = paragraphs.get(label_of(item), label_of(item))
        here = {
            number: request
            for number, request in requests.items()
            if number not in found
            and (f"{request.paragraph} ({request.sub})" if request.sub else request.paragraph) == label
        }
        found |= _by_words(to, [item], here) or _inside(to, [item], here)
    return found


def _by_words(to: Destination, items: Sequence[ItemRow], requests: dict[int, Request]) -> dict[int, ItemRow]:
    """The pairs of one paragraph whose words are much the same, the most alike first."""
    from rapidfuzz import fuzz

    scored = [
        (max(fuzz.token_sort_ratio(mine, theirs) for mine, theirs in _texts(to, item, request)), number, item)
        for number, request in requests.items()
        for item in items
        if item.withdrawn is None or not item.added
    ]
    found: dict[int, ItemRow] = {}
    for score, number, item in sorted(scored, key=lambda one: (-one[0], one[1], one[2].id)):
        if score >= _ALIKE and number not in found and item not in found.values():
            found[number] = item
    return found


def _inside(to: Destination, items: Sequence[ItemRow], requests: dict[int, Request]) -> dict[int, ItemRow]:
    """Items made by hand all of whose words, at least three, stand in a request that no item has: its short form."""
    found: dict[int, ItemRow] = {}
    for number, request in requests.items() if _is_original(to) else ():
        words = set(request.text.casefold().split())
        for item in items:
            mine = set((item.own_action or "").casefold().split())
            if len(mine) >= _FEWEST and mine <= words and item not in found.values():
                found[number] = item
                break
    return found


def _texts(to: Destination, item: ItemRow, request: Request) -> list[tuple[str, str]]:
    """What can be compared of an item and a request: words with words, action with action, of one language."""
    found = [(row.words, request.text) for row in item.wordings if row.current and row.language == to.text.language]
    if item.own_words and _is_original(to):
        found.append((item.own_words, request.text))
    if item.own_action and _is_original(to):
        found.append((item.own_action, request.action))
    return found or [("", request.text)]


def _is_original(to: Destination) -> bool:
    """Whether a text is in the language of its resolution, in which people say by hand what is asked.

    `Invite les États à ...` and `Invites States to ...` are as alike as two versions of one request.
    """
    return to.text.language == to.resolution.language


def adopt(to: Destination, item: ItemRow, request: Request) -> str:
    """An item that a person made is found in the text now: it gets the words of the text, what was said stays."""
    item.wordings.append(wording_of(request, to.text))
    before = item.due_on
    if item.deadline is None and to.text.language == to.resolution.language:
        for row in list(item.deadlines):
            item.deadlines.remove(row)
        to.recorder.db.flush()
        item.deadlines.extend(to.deadline_rows(request))
        due = to.due_of(request)
        if item.due_by_hand is None and due is not None:
            to.recorder.set_field(item, "due_on", due.due_on, to.today)
    to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    moved = f"; due {before or 'never'} → {item.due_on}" if before != item.due_on else ""
    return f"{item.ref}, made by hand, is found in this text too; no second item was made{moved}; to check"


@dataclass(frozen=True, slots=True)
class Home:
    """The paragraph of an item that a person made: its words in the text before and in this one, its label in this."""

    before: str | None
    after: str | None
    label: str | None


def home_of(to: Destination, item: ItemRow, paragraphs: Mapping[str, str], back: Mapping[str, str]) -> Home:
    """Where the paragraph of an item is now; `paragraphs` has the label of today of each of the text before.

    One that an earlier text lost may be back, and its number was that of another paragraph meanwhile: `back` has the
    labels of the requests of today by the paragraph of their item.
    """
    label = label_of(item)
    lost = _is_lost(to, item)
    before = None if lost or to.before is None else _paragraph(to.before, label)
    now = back.get(label) if lost else paragraphs.get(label)
    return Home(before, _paragraph(to.text, now) if now is not None else None, now)


def _is_lost(to: Destination, item: ItemRow) -> bool:
    """Whether the text before did not have the paragraph of an item: none of the items that were read there is in it.

    Where nothing was read, the paragraph is the one with its number.
    """
    read = [
        words
        for other in to.resolution.items
        if (other.paragraph, other.sub) == (item.paragraph, item.sub)
        for words in other.wordings
    ]
    before = to.before.id if to.before is not None else None
    return bool(read) and not any(words.current and words.text_id == before for words in read)


def unread(to: Destination, item: ItemRow, home: Home) -> str | None:
    """What a text says of an item made by hand that it has no request for; None when its paragraph is as before."""
    if item.withdrawn is not None or home.before == home.after:
        return None
    to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    what = "is gone from" if home.after is None else "has other words in"
    return f"{item.ref} was made by hand, and its paragraph {what} this text; the item is kept; to check"


def label_of(item: ItemRow | Request) -> str:
    """The paragraph as the text labels it: `12 (b)`."""
    return f"{item.paragraph} ({item.sub})" if item.sub else item.paragraph


def _paragraph(text: TextRow, label: str) -> str | None:
    """The words of a paragraph, with all that stands under its letter."""
    found = [
        row.words
        for row in text.paragraphs
        if row.kind == "operative" and f"{row.label} ".lower().startswith(f"{label} ")
    ]
    return "\n".join(found) if found else None
