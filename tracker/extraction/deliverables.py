"""What is asked for: not yet read."""

from __future__ import annotations

from tracker.core.request import Deliverable
from tracker.extraction.context import Context


def find_deliverable(action: str, context: Context) -> Deliverable | None:  # noqa: ARG001 - read later
    """The product that `action` names, or None."""
    return None
