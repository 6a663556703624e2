"""Requests that an import brings back: proposals that a person accepts by a link, or refuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.core.correction import plain
from tracker.core.status import OPEN, Changed
from tracker.errors import NotFound, UsageError
from tracker.services.act import Act
from tracker.services.databases import make_ready
from tracker.services.likeness import Asked, alike_titles, named_in, on_one_topic, repeated, tail, topic
from tracker.services.references import find
from tracker.storage.changes import Recorder
from tracker.storage.engine import writing
from tracker.storage.models import ItemRow, ParagraphRow, RenewalRow, ResolutionRow, TextRow, WordingRow
from tracker.storage.reader import reading
from tracker.storage.target import Target


@dataclass(frozen=True, slots=True)
class _Other:
    """A resolution of the same body in the same language, with what tells its topic."""

    resolution_id: int
    text_id: int
    symbol: str
    title: str | None
    adopted_on: date


def propose(db: Session, row: ResolutionRow, text: TextRow) -> int:
    """Stores which requests of a text renew earlier ones, or are renewed by later ones; returns how many are new.

    Of several earlier resolutions on the topic the nearest one counts for each request, so that a chain of renewals
    is proposed link by link. Refused proposals are not made again.
    """
    if row.adopted_on is None:
        return 0
    others = _on_topic(db, row, text)
    if not others:
        return 0
    here = {is_new: _asked(db, row.id, text, is_new=is_new) for is_new in (True, False)}
    found: list[tuple[int, int, int]] = []
    for is_new, near in (
        (True, sorted((o for o in others if o.adopted_on < row.adopted_on), key=lambda o: o.adopted_on, reverse=True)),
        (False, sorted((o for o in others if o.adopted_on > row.adopted_on), key=lambda o: o.adopted_on)),
    ):
        left = here[is_new]
        for other in near:
            if not left:
                break
            there = _asked(db, other.resolution_id, other, is_new=not is_new)
            pairs = repeated(left, there) if is_new else repeated(there, left)
            found += pairs
            done = {pair[0 if is_new else 1] for pair in pairs}
            left = [one for one in left if one.item not in done]
    return _store(db, found)


def _on_topic(db: Session, row: ResolutionRow, text: TextRow) -> list[_Other]:
    """The resolutions of the same body on the topic of `row`, of another day, that have a text in this language."""
    mine = topic(text.title, row.symbol)
    others = _others(db, _near(db, row, text, mine))
    if not others:
        return []
    named = named_by(db, row, text, others)
    return [one for one in others if on_one_topic(mine, topic(one.title, one.symbol), named=one.resolution_id in named)]


def _near(db: Session, row: ResolutionRow, text: TextRow, mine: str) -> list[int]:
    """The texts of another day whose title is like `mine`, or tells no topic.

    One query and one comparison for thousands of them.
    """
    wanted = select(TextRow.id, TextRow.title).join(ResolutionRow, TextRow.resolution_id == ResolutionRow.id)
    listed = db.execute(
        wanted.where(
            ResolutionRow.body == row.body,
            ResolutionRow.id != row.id,
            ResolutionRow.adopted_on != row.adopted_on,
            TextRow.language == text.language,
            TextRow.current,
        )
    ).all()
    titles = [title or "" for _, title in listed]
    like = set(alike_titles(mine, titles)) if mine else set()
    return [
        number for at, (number, title) in enumerate(listed) if at in like or not mine or not title or named_in(title)
    ]


def _others(db: Session, text_ids: Sequence[int]) -> list[_Other]:
    columns = (ResolutionRow.id, TextRow.id, ResolutionRow.symbol, TextRow.title, ResolutionRow.adopted_on)
    found = []
    for start in range(0, len(text_ids), 500):
        wanted = select(*columns).join(TextRow, TextRow.resolution_id == ResolutionRow.id)
        for number, text_id, symbol, title, adopted_on in db.execute(
            wanted.where(TextRow.id.in_(text_ids[start : start + 500]))
        ):
            if adopted_on is not None:
                found.append(_Other(number, text_id, symbol, title, adopted_on))
    return found


def named_by(db: Session, row: ResolutionRow, text: TextRow, others: Iterable[_Other]) -> set[int]:
    """The resolutions that the preamble of `text` names, and the later ones whose preamble names `row`."""
    preamble = select(ParagraphRow.words).where(ParagraphRow.text_id == text.id, ParagraphRow.kind == "preambular")
    mine = named_in(" ".join(db.scalars(preamble)))
    earlier = {one.resolution_id for one in others if row.adopted_on and one.adopted_on < row.adopted_on}
    found = {one.resolution_id for one in others if one.resolution_id in earlier and tail(one.symbol) in mine}
    later = {one.text_id: one.resolution_id for one in others if one.resolution_id not in earlier}
    numbers = sorted(later)
    for start in range(0, len(numbers), 500):
        theirs = select(ParagraphRow.text_id, ParagraphRow.words).where(
            ParagraphRow.text_id.in_(numbers[start : start + 500]),
            ParagraphRow.kind == "preambular",
            ParagraphRow.words.contains(tail(row.symbol).partition("(")[0], autoescape=True),
        )
        found |= {later[text_id] for text_id, words in db.execute(theirs) if tail(row.symbol) in named_in(words)}
    return found


def _asked(db: Session, resolution_id: int, text: TextRow | _Other, *, is_new: bool) -> list[Asked]:
    """The requests of a resolution in the words of a text; of an earlier one only those that are open."""
    text_id = text.text_id if isinstance(text, _Other) else text.id
    action = func.coalesce(ItemRow.own_action, WordingRow.action)
    wanted = (
        select(ItemRow.id, ItemRow.addressees, action)
        .join(WordingRow, WordingRow.item_id == ItemRow.id)
        .where(ItemRow.resolution_id == resolution_id, WordingRow.text_id == text_id, ItemRow.withdrawn.is_(None))
        .where(ItemRow.series_id.is_(None))
        .order_by(ItemRow.position)
    )
    if not is_new:
        wanted = wanted.where(ItemRow.status.in_([status.value for status in OPEN]))
    return [Asked(number, frozenset(codes.split()), words) for number, codes, words in db.execute(wanted)]


def _store(db: Session, found: Sequence[tuple[int, int, int]]) -> int:
    if not found:
        return 0
    known = set(_known(db, [item for item, _, _ in found]))
    fresh = [pair for pair in dict.fromkeys(found) if pair[:2] not in known]
    db.add_all(RenewalRow(item_id=item, other_id=earlier, likeness=score) for item, earlier, score in fresh)
    db.flush()
    return len(fresh)


def _known(db: Session, items: Iterable[int]) -> list[tuple[int, int]]:
    rows = select(RenewalRow.item_id, RenewalRow.other_id).where(RenewalRow.item_id.in_(set(items)))
    return [(item, other) for item, other in db.execute(rows)]


def refuse(target: Target, new: str, old: str, note: str, act: Act) -> list[Changed]:
    """Says that a proposal is no renewal, and why, as one operation that undo takes back.

    Raises NotFound where nothing of the kind is proposed, UsageError without a reason.
    """
    if not plain(note):
        raise UsageError("a refusal needs a reason (--note); nothing was changed")
    make_ready(target, act.now)
    with reading(target) as reader:
        item_id, other_id = find(reader, new)["id"], find(reader, old)["id"]
    with writing(target) as db:
        proposed = db.scalars(
            select(RenewalRow.id).where(
                RenewalRow.refused.is_(None), RenewalRow.item_id == item_id, RenewalRow.other_id == other_id
            )
        ).first()
        if proposed is None:
            raise NotFound(f"{new} is not proposed as a renewal of {old}; `tracker renewals` lists the proposals")
        item, other = db.get_one(ItemRow, item_id), db.get_one(ItemRow, other_id)
        recorder = Recorder(db, now=act.now, actor=act.actor, command=act.command)
        event = recorder.refuse_renewal(item, other, plain(note), act.today)
        recorder.operation.summary = f"{item.ref}: no renewal of {other.ref}"
        return [Changed(item.ref, event.field, None, event.new)]
