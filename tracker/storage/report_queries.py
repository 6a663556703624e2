"""What only reports ask: changes in a span of time, moved deadlines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tracker.storage.details import by_item
from tracker.storage.reader import Reader, Row

_CHAINS = (
    "WITH RECURSIVE chain(id, length) AS (SELECT id, 1 FROM operations WHERE undoes IS NULL AND id IN "
    "(SELECT undoes FROM operations) UNION ALL "
    "SELECT o.id, c.length + 1 FROM operations o JOIN chain c ON o.undoes = c.id) "
)
"""Operations that were undone, with what undid them, what undid that (a redo) and so on, and their place in the row."""

_IN_EFFECT = (
    "NOT EXISTS (SELECT 1 FROM operations u WHERE u.undoes = o.id) "
    "AND (o.undoes IS NULL OR EXISTS (SELECT 1 FROM chain c WHERE c.id = o.id AND c.length % 2 = 1))"
)
"""Neither undone nor an undoing; what was redone is in effect by its redo."""


def changes_of(
    reader: Reader, item_ids: Iterable[int | None], since: date, until: date, recorded: tuple[datetime, datetime]
) -> dict[int, list[Row]]:
    """The events of items that a report as of `since` could not show, oldest first.

    Those are the later ones, and those that were `recorded` only after that day: from the first moment to before the
    second one, each with its zone; all hold at the end of `until`.
    What was undone is left out, with its undoing.
    """
    return by_item(
        reader,
        f"{_CHAINS}SELECT e.item_id, e.field, e.old, e.new, e.holds_on, o.recorded_at, o.actor "
        "FROM events e JOIN operations o ON o.id = e.operation_id "
        f"WHERE e.item_id IN ({{}}) AND {_IN_EFFECT} AND e.holds_on <= :until "
        "AND (e.holds_on > :since OR (o.recorded_at >= :after AND o.recorded_at < :end)) "
        "ORDER BY e.item_id, e.holds_on, e.id",
        item_ids,
        {"since": since, "until": until, "after": recorded[0], "end": recorded[1]},
    )


def moves_of(reader: Reader, item_ids: Iterable[int | None], as_of: date | None = None) -> dict[int, list[Row]]:
    """The events that moved due dates or tell of an extension, oldest first, as known at the end of `as_of`."""
    until = "AND e.holds_on <= :as_of" if as_of else ""
    return by_item(
        reader,
        "SELECT e.item_id, e.operation_id, e.field, e.old, e.new, e.holds_on FROM events e "
        "WHERE e.field IN ('due_on', 'extension') AND NOT EXISTS (SELECT 1 FROM silent_events s WHERE s.id = e.id) "
        f"AND e.item_id IN ({{}}) {until} "
        "ORDER BY e.item_id, e.holds_on, e.id",
        item_ids,
        {"as_of": as_of} if as_of else {},
    )
