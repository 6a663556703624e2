"""A known resolution comes again: in another language, or with a changed text. Nothing vanishes."""

from __future__ import annotations

from tracker.core.reference import Place
from tracker.core.request import Request
from tracker.core.resolution import Extraction
from tracker.services.following import Followed, follow
from tracker.services.pairing import adopt, pair_requests, unread
from tracker.services.placing import next_place, sort_items
from tracker.services.rewording import compare_dates, reword, use_words
from tracker.services.storing import Destination
from tracker.storage.models import ItemRow


def match_items(to: Destination, extraction: Extraction, *, known: bool) -> list[str]:
    """Gives the items of a resolution their words in a new text; returns what differs, in sentences.

    `known` says that the resolution had a text in this language already: then items follow their words, new requests
    become items, and items whose words or deadline changed, or that the text no longer has, are marked to check. In
    another language items are matched by place, and a difference is only told: it is a doubt, not a change.
    """
    if known:
        differences = _changed(to, follow(to, extraction.requests))
        to.recorder.db.refresh(to.resolution, ["items"])
    else:
        differences = _in_another_language(to, extraction)
    sort_items(to.resolution)
    return [difference for difference in differences if difference]


def _changed(to: Destination, found: Followed) -> list[str | None]:
    """A changed text in a language that the resolution has."""
    differences: list[str | None] = [*found.moved]
    for request, item in found.pairs:
        if item is not None:
            differences.append(adopt(to, item, request) if _by_hand(item) else reword(to, item, request))
    for item in found.left:
        if _by_hand(item):
            differences.append(unread(to, item, found.homes[item.id]))
        elif item.id not in found.still and item.withdrawn is None:
            differences.append(f"{item.ref} is not in this text ({to.text.language}); the item is kept; to check")
            to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    new = [(found.places[at], request) for at, (request, item) in enumerate(found.pairs) if item is None]
    count = len(to.resolution.items)
    to.store_items((place, count + number, request) for number, (place, request) in enumerate(new))
    made = {item.place: item for item in to.resolution.items}
    for place, _ in new:
        item = made[str(place)]
        to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
        differences.append(f"{item.ref} is new in this text{_perhaps(to, place)}; to check")
    return differences


def _in_another_language(to: Destination, extraction: Extraction) -> list[str | None]:
    differences: list[str | None] = []
    pairs, left = pair_requests(to, extraction.requests)
    for request, item in pairs:
        if item is None:
            differences.append(_only_here(to, request))
        elif _by_hand(item):
            differences.append(adopt(to, item, request))
        else:
            use_words(to, item, request)
            differences.append(compare_dates(to, item, request))
    missing = [item.ref for item in left if not _by_hand(item) and item.withdrawn is None]
    return differences + [f"{ref} is not in this text ({to.text.language}); the item is kept" for ref in missing]


def _by_hand(item: ItemRow) -> bool:
    """Whether a person made the item and no text has had it yet."""
    return item.added and not item.wordings


def _only_here(to: Destination, request: Request) -> str:
    place = next_place(to.resolution.items, Place(request.paragraph, request.sub))
    where = f"{to.resolution.symbol}:{place} is a request in this text ({to.text.language}) only"
    return f"{where}{_perhaps(to, place)}; no item was made"


def _perhaps(to: Destination, place: Place) -> str:
    """That an item which a person made may be the same request."""
    by_hand = [
        item.ref
        for item in to.resolution.items
        if item.added and (item.paragraph, item.sub) == (place.paragraph, place.sub) and item.withdrawn is None
    ]
    return f" (unless it is {' or '.join(by_hand)}, made by hand)" if by_hand else ""
