"""A known resolution comes again: in another language, or with a changed text. Nothing vanishes."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.reference import Place
from tracker.core.request import Request
from tracker.core.resolution import Extraction
from tracker.core.wording import changed_words
from tracker.services.pairing import adopt, pair_requests, unread
from tracker.services.placing import next_place, sort_items
from tracker.services.storing import Destination, wording_of
from tracker.storage.changes import MERGED
from tracker.storage.models import ItemRow, TextRow, WordingRow


def match_items(to: Destination, extraction: Extraction, *, known: bool) -> list[str]:
    """Gives the items of a resolution their words in a new text; returns what differs, in sentences.

    `pairing` says which item a request is. `known` says that the resolution had a text in this
    language already: then new requests become items, and items whose words or deadline changed, or that the text
    no longer has, are marked to check. In another language a difference is only told: it is a doubt, not a change.
    """
    pairs, left = pair_requests(to, extraction.requests)
    differences: list[str | None] = []
    for request, item in pairs:
        if item is None:
            differences.append(_new_item(to, request, known=known))
        elif item.added and not item.wordings:
            differences.append(adopt(to, item, request))
        else:
            differences.append(_reword(to, item, request, known=known))
    for item in left:
        if item.added and not item.wordings:
            differences.append(unread(to, item))
            continue
        differences.append(f"{item.ref} is not in this text ({to.text.language}); the item is kept")
        if known:
            to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    sort_items(to.resolution)
    return [difference for difference in differences if difference]


def paragraph_changes(older: Sequence[TextRow], newer: TextRow) -> list[str]:
    """What differs, paragraph by paragraph, between a text and the one of the same language before it."""
    if not older:
        return []
    before = {row.label: row.words for row in older[-1].paragraphs if row.kind == "operative"}
    after = {row.label: row.words for row in newer.paragraphs if row.kind == "operative"}
    found = [f"paragraph {label} is new" for label in after if label not in before]
    found += [f"paragraph {label} is gone" for label in before if label not in after]
    return found + [
        f"paragraph {label}: {changed_words(before[label], words)}"
        for label, words in after.items()
        if label in before and before[label] != words
    ]


def _new_item(to: Destination, request: Request, *, known: bool) -> str:
    symbol, place = to.resolution.symbol, next_place(to.resolution.items, Place(request.paragraph, request.sub))
    by_hand = [
        item.ref
        for item in to.resolution.items
        if item.added and (item.paragraph, item.sub) == (place.paragraph, place.sub) and item.withdrawn is None
    ]
    perhaps = f" (unless it is {' or '.join(by_hand)}, made by hand)" if by_hand else ""
    if not known:
        return f"{symbol}:{place} is a request in this text ({to.text.language}) only{perhaps}; no item was made"
    item = to.store_item(place, len(to.resolution.items), request)
    to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    to.recorder.db.refresh(to.resolution, ["items"])
    return f"{symbol}:{place} is new in this text{perhaps}; to check"


def _add_words(item: ItemRow, new: WordingRow) -> None:
    """The words of a text that was there before take the place of those that the item had in it."""
    for known in item.wordings:
        if known.text_id == new.text_id:
            known.current, known.verb, known.action, known.words = True, new.verb, new.action, new.words
            known.addressee_words, known.start_at, known.end_at = new.addressee_words, new.start_at, new.end_at
            known.reasons, known.doubts = new.reasons, new.doubts
            return
    item.wordings.append(new)


def _reword(to: Destination, item: ItemRow, request: Request, *, known: bool) -> str | None:
    """Adds the words of `request` to `item`; returns what changed against the text of the same language."""
    older = [wording for wording in item.wordings if wording.language == to.text.language and wording.current]
    for wording in older:
        wording.current = False
    _add_words(item, wording_of(request, to.text))
    if not known or not older or older[0].words == request.text:
        return None
    to.recorder.set_field(item, "to_check", value=True, holds_on=to.today)
    before = item.due_on
    if to.text.language == to.resolution.language:
        for row in [row for row in item.deadlines if not row.by_hand]:
            item.deadlines.remove(row)
        to.recorder.db.flush()
        item.deadlines.extend(to.deadline_rows(request))
        due = to.due_of(request)
        if item.due_by_hand is None and item.deadline is None:
            to.recorder.set_field(item, "due_on", due.due_on if due else None, to.today)
    to.recorder.db.flush()
    moved = f"; due {before} → {item.due_on}" if before != item.due_on else ""
    into = next((other for other in to.resolution.items if item.withdrawn == f"{MERGED} {other.ref}"), None)
    if into is not None:
        to.recorder.set_field(into, "to_check", value=True, holds_on=to.today)
        return f"{into.ref} has other words in this text, in what was {item.ref}; to check"
    return f"{item.ref} has other words in this text{moved}; to check"
