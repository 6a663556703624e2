"""The proposals that a request renews an earlier one."""

from __future__ import annotations

from tracker.core.status import OPEN
from tracker.storage.reader import Reader, Row

_OPEN = ", ".join(f"'{status}'" for status in OPEN)

_LISTED = f"""
    SELECT n.ref AS new, o.ref AS old, p.likeness, p.refused, n.action AS new_action, o.action AS old_action,
           n.adopted_on AS new_adopted_on, o.adopted_on AS old_adopted_on, n.due_on AS new_due_on,
           o.due_on AS old_due_on, o.status AS old_status
    FROM renewals p JOIN item_rows n ON n.id = p.item_id JOIN item_rows o ON o.id = p.other_id
    WHERE o.status IN ({_OPEN}) AND NOT EXISTS (
        SELECT 1 FROM links l WHERE l.item_id = p.item_id AND l.other_id = p.other_id
        AND l.kind = 'supersedes' AND NOT l.withdrawn
    ) AND {{condition}}
    ORDER BY n.adopted_on, n.symbol_key, n.position, o.adopted_on
"""


def renewals(reader: Reader, resolution_id: int | None = None, *, refused: bool = False) -> list[Row]:
    """The proposals that nobody decided, or those that were refused; `resolution_id`: that it renews or that renew it.

    A proposal whose earlier request is closed by now is none any more.
    """
    condition = f"p.refused IS {'NOT ' if refused else ''}NULL"
    if resolution_id is None:
        return reader.rows(_LISTED.format(condition=condition))
    condition += " AND :resolution IN (n.resolution_id, o.resolution_id)"
    return reader.rows(_LISTED.format(condition=condition), {"resolution": resolution_id})
