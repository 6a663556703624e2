"""Places of items in their resolution: `24`, `24.2`, `12(b)`."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.core.reference import Place, paragraph_order, parse_place
from tracker.storage.models import ItemRow, ResolutionRow


def next_place(items: Iterable[ItemRow], near: Place) -> Place:
    """The next free place of the paragraph of `near`; one that an item ever had, withdrawn or not, is not free."""
    taken = [0]
    for item in items:
        place = parse_place(item.place)
        if place is not None and (place.paragraph, place.sub) == (near.paragraph, near.sub):
            taken.append(place.nth)
    return Place(near.paragraph, near.sub, max(taken) + 1)


def sort_items(row: ResolutionRow) -> None:
    """Puts the items in the order of their paragraphs."""
    for position, item in enumerate(sorted(row.items, key=_order)):
        if item.position != position:
            item.position = position


def _order(item: ItemRow) -> tuple[tuple[int, int], str, int, str]:
    place = parse_place(item.place)
    return paragraph_order(item.paragraph), item.sub or "", place.nth if place else 0, item.place
