"""How a change of an item reads, one line each."""

from __future__ import annotations

import json

from tracker.core.status import Changed, Link

_NAMES = {
    "addressee_words": "asked",
    "own_words": "words",
    "own_action": "action",
    "office_group": "group",
    "first_due_on": "first promise",
    "further_due_on": "further deadline",
}
"""Columns whose names say little to people."""

SAID_TWICE = {"addressees", "office_group"}
"""Columns that follow from others: people need not read them."""

_TEXTS = {"own_words", "own_action"}
_ROOM = 60

_ADDED = {"note", "evidence", "refusal", *Link}


def sentence(one: Changed) -> str:
    """`A/HRC/RES/28/2:26  status: pending → implemented`."""
    name = _NAMES.get(one.field, one.field.replace("_", " "))
    if one.field == "addressee_words":
        return f"{one.ref}  {name}: {_who(one.old)} → {_who(one.new)}"
    if one.field == "created":
        return f"{one.ref}  made"
    if one.field == "text":
        return f"{one.ref}  {one.new}"
    if one.field in _ADDED:
        return f"{one.ref}  {name} added: {one.new}" if one.new else f"{one.ref}  {name} taken back: {one.old}"
    if one.read is not None:
        read = _short(one.read) if one.read else "none"
        return f"{one.ref}  {name}: {_short(one.old) if one.field in _TEXTS else one.old or '-'} → as read ({read})"
    if one.field in _TEXTS:
        return f"{one.ref}  {name}: {_short(one.old)} → {_short(one.new)}"
    but = f", but {one.after[1] or 'nothing'} from {one.after[0]} on" if one.after else ""
    return f"{one.ref}  {name}: {one.old or '-'} → {one.new or '-'}{but}"


def _short(text: str | None) -> str:
    """Where a text begins and ends: `tracker history --json` has it whole."""
    if text is None or len(text) <= _ROOM:
        return f"“{text}”" if text else "-"
    return f"“{text[: _ROOM - 20].rstrip()} … {text[-18:].lstrip()}”"


def _who(pairs: str | None) -> str:
    """`le Secrétaire général [secretary-general]; les États [states]`."""
    return "; ".join(f"{words} [{code}]" for code, words in json.loads(pairs or "[]")) or "-"
