"""What differs between a text and what was known before it: paragraph by paragraph, and of the resolution itself."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.core.alignment import Piece, aligned
from tracker.core.resolution import Extraction
from tracker.core.wording import Patience, changed_words
from tracker.services.series import is_series
from tracker.services.storing import Destination
from tracker.storage.models import ParagraphRow, TextRow


def paragraph_changes(older: Sequence[TextRow], newer: TextRow) -> list[str]:
    """Paragraphs that are new, gone, numbered anew or worded otherwise than in the text before; nothing without one."""
    if not older:
        return []
    return [
        sentence
        for kind in ("preambular", "operative")
        for sentence in _changes(_named(older[-1], kind), _named(newer, kind))
    ]


def _named(text: TextRow, kind: str) -> list[tuple[str, ParagraphRow]]:
    """The paragraphs of one kind, each with what people call it; those of the preamble have no numbers."""
    rows = [row for row in text.paragraphs if row.kind == kind]
    return [
        (f"paragraph {row.label}" if row.label else f"{kind} paragraph {number}", row)
        for number, row in enumerate(rows, 1)
    ]


def _changes(before: list[tuple[str, ParagraphRow]], after: list[tuple[str, ParagraphRow]]) -> list[str]:
    same = aligned(*([Piece(row.words, name) for name, row in side] for side in (before, after)))
    was = {other: before[one] for one, other in same.items()}
    found, patience = [], Patience()
    for at, (name, row) in enumerate(after):
        old_name, old = was.get(at, ("", None))
        if old is None:
            found.append(f"{name} is new")
            continue
        if old_name != name and old.label:
            found.append(f"{old_name} is now {name}")
        if old.words != row.words:
            found.append(f"{name}: {changed_words(old.words, row.words, patience)}")
    return found + [f"{name} is gone" for at, (name, _) in enumerate(before) if at not in same]


def front_matter_changes(to: Destination, extraction: Extraction, *, known: bool) -> list[str]:
    """What a new text says of the resolution itself; returns what differs from what was known, in sentences.

    What nobody knew yet is taken from any text, what is told otherwise from a changed text in the original language
    only. With the day of adoption the deadlines that are counted from it get their dates.
    """
    row, found = to.resolution, extraction.resolution
    counts = known and found.language == row.language
    told = []
    for name, shown in (("adopted_on", "the date of adoption"), ("meeting", "the meeting"), ("vote", "the vote")):
        old, new = getattr(row, name), getattr(found, name)
        if new is None or old == new or (old is not None and name == "vote" and found.language != row.language):
            continue
        before = "which was not known" if old is None else f"{old} in the one before"
        told.append(f"{shown} is {new} in this text ({found.language}), {before}")
        if old is None or counts:
            setattr(row, name, new)
            if name == "adopted_on":
                _redate(to)
    return told


def _redate(to: Destination) -> None:
    """The dates of all deadlines again, after the day of adoption became known or changed; hand-made ones stay."""
    for item in to.resolution.items:
        if item.known_on is None:
            item.known_on = to.resolution.adopted_on
        for row in item.deadlines:
            to.redate(item, row)
        first = next(iter(item.held_deadlines), None)
        if first is not None and item.due_by_hand is None and not is_series(item) and item.series_id is None:
            to.recorder.set_field(item, "due_on", first.due_on, to.today)
