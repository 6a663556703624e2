"""How a change of an item reads, one line each."""

from __future__ import annotations

from tracker.core.status import Changed, Link

_ADDED = {"note", "evidence", *Link}


def sentence(one: Changed) -> str:
    """`A/HRC/RES/28/2:26  status: pending → implemented`."""
    name = one.field.replace("_", " ")
    if one.field == "created":
        return f"{one.ref}  made"
    if one.field == "text":
        return f"{one.ref}  {one.new}"
    if one.field in _ADDED:
        return f"{one.ref}  {name} added: {one.new}" if one.new else f"{one.ref}  {name} taken back: {one.old}"
    return f"{one.ref}  {name}: {one.old or '-'} → {one.new or '-'}"
