"""A changed text: each item is the request with its words, wherever it stands now, and its place follows it.

A corrigendum may number paragraphs anew: then the place of an item changes and the item does not. Within a paragraph
an item keeps its place whatever is put in before it. What is gone from the text leaves its place to the request that
has it now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tracker.core.alignment import Piece, aligned
from tracker.core.reference import Place, parse_place
from tracker.core.request import Request
from tracker.services.pairing import Home, Pair, by_hand_of, home_of, label_of
from tracker.services.rewording import add_wording
from tracker.services.storing import Destination
from tracker.storage.models import ItemRow, ParagraphRow, TextRow, WordingRow

_Where = tuple[str, str | None]


@dataclass(slots=True)
class Followed:
    """Which item each request is (None: none yet), the place of each, and the items that no request is left for.

    `still` are the numbers of those of them whose words stand in the text all the same, `moved` says which items
    have another place now, `homes` where the paragraphs are of items that a person made, by the number of the item.
    """

    pairs: list[Pair]
    left: list[ItemRow]
    homes: dict[int, Home]
    places: list[Place] = field(default_factory=list)
    still: dict[int, _Where] = field(default_factory=dict)
    moved: list[str] = field(default_factory=list)


def follow(to: Destination, requests: Sequence[Request]) -> Followed:
    """Finds the items of a resolution again in a changed text and gives them their places in it."""
    items = [item for item in to.resolution.items if item.series_id is None]
    taken = _by_words(to, items, requests)
    paragraphs = _labels(to)
    by_hand = [item for item in items if item.added and not item.wordings and item.withdrawn is None]
    taken |= by_hand_of(to, by_hand, {at: r for at, r in enumerate(requests) if at not in taken}, paragraphs)
    used = {item.id for item in taken.values()}
    found = Followed(
        [(request, taken.get(at)) for at, request in enumerate(requests)],
        [item for item in items if item.id not in used],
        _homes(to, items, paragraphs, {label_of(item): label_of(requests[at]) for at, item in taken.items()}),
    )
    for item in found.left:
        _keep_words(to, item, found)
    _settle(to, found)
    return found


def _homes(
    to: Destination, items: Sequence[ItemRow], paragraphs: Mapping[str, str], back: Mapping[str, str]
) -> dict[int, Home]:
    return {item.id: home_of(to, item, paragraphs, back) for item in items if item.added and not item.wordings}


def current_words(item: ItemRow, language: str) -> WordingRow | None:
    """The words of an item in a language, if a text in it had them."""
    return next((wording for wording in item.wordings if wording.language == language and wording.current), None)


def _by_words(to: Destination, items: Sequence[ItemRow], requests: Sequence[Request]) -> dict[int, ItemRow]:
    """The item of each request, by words; one that has no words in this language yet goes by place."""
    worded = [(item, words) for item in items if (words := current_words(item, to.text.language)) is not None]
    worded.sort(key=lambda pair: (pair[1].start_at, pair[0].id))
    seen: dict[_Where, int] = {}
    new = []
    for request in requests:
        where = (request.paragraph, request.sub)
        seen[where] = seen.get(where, 0) + 1
        new.append(Piece(request.text, str(Place(*where, seen[where]))))
    old = [Piece(words.words, item.place) for item, words in worded]
    taken = {other: worded[one][0] for one, other in aligned(old, new).items()}
    free = {new[at].place: at for at in range(len(requests)) if at not in taken}
    have = {item.id for item, _ in worded}
    for item in items:
        if item.id not in have and item.wordings and item.place in free:
            taken[free.pop(item.place)] = item
    return taken


def _labels(to: Destination) -> dict[str, str]:
    """The label that each operative paragraph of the older text has in this one."""
    if to.before is None:
        return {}
    before, after = _operative(to.before), _operative(to.text)
    pairs = aligned(*([Piece(row.words, row.label) for row in side] for side in (before, after)))
    return {before[one].label: after[other].label for one, other in pairs.items()}


def _operative(text: TextRow) -> list[ParagraphRow]:
    return [row for row in text.paragraphs if row.kind == "operative"]


def _keep_words(to: Destination, item: ItemRow, found: Followed) -> None:
    """No request is left for the item, but its words may stand in the text all the same: then it keeps them."""
    words = current_words(item, to.text.language)
    start = to.text.cleaned.find(words.words) if words is not None else -1
    if words is None or start < 0:
        return
    for row in _operative(to.text):
        if row.start_at <= start < row.end_at:
            found.still[item.id] = _where(row.label)
            add_wording(to, item, words, start)


def _where(label: str) -> _Where:
    """Paragraph and letter of a label: `12`, `b` of `12 (b) (ii)`."""
    number, _, rest = label.partition(" ")
    return number, rest.partition(" ")[0].strip("()") or None


def _settle(to: Destination, found: Followed) -> None:
    """The places: first who stays in his paragraph, then who comes to it, what is new, and last what is gone."""
    wanted = _wanted(found)
    crowd = Counter(wanted.values())
    crowd.update((request.paragraph, request.sub) for request, item in found.pairs if item is None)
    everyone = [*(item for _, item in found.pairs if item is not None), *found.left]
    staying = [item for item in everyone if item.id in wanted and _stays(_held(item), wanted[item.id], crowd)]
    taken = _Taken(item.place for item in staying)
    stays = {item.id for item in staying}
    moves: dict[ItemRow, Place] = {}
    for item in everyone:
        if item.id in wanted and item.id not in stays:
            moves[item] = taken.first_free(Place(*wanted[item.id]))
    for request, held_by in found.pairs:
        of = Place(request.paragraph, request.sub)
        found.places.append(taken.first_free(of) if held_by is None else of)
    for item in found.left:
        if item.id not in wanted and item.place in taken:
            moves[item] = taken.first_free(_held(item))
        taken.add(item.place)
    _move(to, found, {item: place for item, place in moves.items() if str(place) != item.place})


def _wanted(found: Followed) -> dict[int, _Where]:
    """The paragraph in the new text of each item that the text still has, or that a person made, by its number."""
    wanted = {item.id: (request.paragraph, request.sub) for request, item in found.pairs if item is not None}
    wanted |= found.still
    for item in found.left:
        if item.id in found.homes and (label := found.homes[item.id].label) is not None:
            wanted[item.id] = _where(label)
    return wanted


def _stays(held: Place, where: _Where, crowd: Mapping[_Where, int]) -> bool:
    """Whether an item keeps its place: the same paragraph, and no number beyond those that are needed there."""
    return (held.paragraph, held.sub) == where and held.nth <= crowd[where]


def _held(item: ItemRow) -> Place:
    return parse_place(item.place) or Place(item.paragraph, item.sub)


class _Taken(set[str]):
    """Places that somebody has."""

    def __init__(self, places: Iterable[str]) -> None:
        super().__init__(places)
        self._next: dict[_Where, int] = {}

    def first_free(self, near: Place) -> Place:
        """The first place of the paragraph of `near` that nobody has; it is taken then.

        Nobody gives a place back, so that it is looked for from the last one on: a paragraph may hold thousands.
        """
        where = (near.paragraph, near.sub)
        place = replace(near, nth=self._next.get(where, 1))
        while str(place) in self:
            place = replace(place, nth=place.nth + 1)
        self._next[where] = place.nth
        self.add(str(place))
        return place


def _move(to: Destination, found: Followed, moves: dict[ItemRow, Place]) -> None:
    before = {item.id: item.ref for item in moves}
    to.recorder.move(moves, to.resolution.items, to.today)
    found.moved += [f"{before[item.id]} is now :{item.place}" for item in _shown(moves)]


def _shown(items: Iterable[ItemRow]) -> list[ItemRow]:
    return [item for item in items if item.withdrawn is None]
