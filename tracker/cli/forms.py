"""The small form in which `tracker edit` shows an item: TOML, one line a field."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from tracker.core.codes import Deliverable, Force
from tracker.core.correction import AS_READ, NONE, Correction, mistake, parse_addressee
from tracker.errors import UsageError
from tracker.services.showing import ItemView

_FIELDS = ("force", "addressees", "deadline", "deliverable", "recurrence", "action", "words")


def form_of(view: ItemView) -> str:
    """The item as a form, with what each line may hold."""
    row, held = view.row, held_values(view)
    read = f"“{row['due_text']}”" if row["due_text"] else "no deadline"
    return "\n".join([
        f"# {row['ref']}: change what was read wrongly, save, and leave the editor.",
        "# Unchanged lines change nothing; nor does an empty file. “as-read” takes a correction back.",
        "",
        f"# {', '.join(Force)}",
        f"force = {_quoted(held['force'])}",
        "# codes, or code=words of the text",
        "addressees = [" + ", ".join(_quoted(one) for one in held["addressees"]) + "]",
        f"# now: {read}, due {row['due_on'] or 'never'}. Write: before HRC30, at HRC30, 2016-09-30, by 2016, none",
        f"deadline = {_quoted(held['deadline'])}",
        f"# {', '.join(Deliverable)}, none",
        f"deliverable = {_quoted(held['deliverable'])}",
        "# annual, biennial, every 6 months, every session, regular, none",
        f"recurrence = {_quoted(held['recurrence'])}",
        "# what is asked, and the words of the text that ask it",
        f"action = {_quoted(held['action'])}",
        f"words = {_quoted(held['words'])}",
        "",
    ])  # fmt: skip


def held_values(view: ItemView) -> dict[str, Any]:
    """The values that the form starts with."""
    row = view.row
    return {
        "force": row["force"],
        "addressees": [f"{code}={words}" for code, words in json.loads(row["addressee_words"])],
        "deadline": row["deadline"] or AS_READ,
        "deliverable": row["deliverable"] or NONE,
        "recurrence": row["recurrence"] or NONE,
        "action": row["action"] or "",
        "words": row["words"] or "",
    }


def read_form(text: str, view: ItemView) -> Correction:
    """What a form that came back changes. Raises UsageError, which names the line."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"the form cannot be read: {error}; nothing was changed") from None
    held = held_values(view)
    changed: dict[str, Any] = {}
    for name, value in found.items():
        if name not in _FIELDS:
            raise UsageError(f"line {_line(text, name)}: there is no field {name!r}; nothing was changed")
        if name == "addressees":
            if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                raise UsageError(f"line {_line(text, name)}: {name} is a list of texts; nothing was changed")
        elif not isinstance(value, str):
            raise UsageError(f"line {_line(text, name)}: {name} is one text in quotes; nothing was changed")
        if value != held[name]:
            changed[name] = tuple(map(parse_addressee, value)) if isinstance(value, list) else value
    correction = Correction(**changed)
    if wrong := mistake(correction):
        raise UsageError(f"line {_line(text, wrong[0])}: {wrong[1]}; nothing was changed")
    return correction


def line_of(text: str, message: str) -> str:
    """`message` about a field (`addressee: ...`), with the line of that field before it."""
    name = message.partition(" ")[0].rstrip(":s")
    found = next((field for field in _FIELDS if field.rstrip("s") == name), None)
    return f"line {_line(text, found)}: {message}" if found else message


def _line(text: str, name: str) -> int:
    """The number of the line that gives a field."""
    before = re.split(rf"(?m)^\s*[\"']?{re.escape(name)}[\"']?\s*=", text, maxsplit=1)[0]
    return before.count("\n") + 1


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
