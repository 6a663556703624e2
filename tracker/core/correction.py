"""What a person says instead of what was read of a request."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from tracker.core.codes import Deliverable, Force
from tracker.core.recurrence import period

AS_READ = "as-read"
"""Takes the correction of one field back; `none` says that the text has none."""

NONE = "none"

_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that is None stays as it is; `as-read` takes its correction back.

    `addressees` are pairs of a code and the words of the text (None: those that the item has for this code, else its
    name). `deadline` is written as people do (`before HRC30`, `2016-09-30`).
    """

    force: str | None = None
    addressees: tuple[tuple[str, str | None], ...] | None = None
    deadline: str | None = None
    deliverable: str | None = None
    recurrence: str | None = None
    action: str | None = None
    words: str | None = None

    def is_empty(self) -> bool:
        """Whether nothing is corrected."""
        return all(getattr(self, field.name) is None for field in fields(self))


def plain(text: str) -> str:
    """Text of a person on one line: white space folded, controls left out, at most 20,000 characters."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return re.sub(r"\s+", " ", printable).strip()[:_LONGEST]


def parse_addressee(text: str) -> tuple[str, str | None]:
    """`ohchr`, or `ohchr=le Haut-Commissariat` with the words of the text."""
    code, equals, words = text.partition("=")
    return plain(code).lower(), (plain(words) or None) if equals else None


def mistake(correction: Correction) -> tuple[str, str] | None:
    """The first field whose value cannot be, and what it may be; None when all is well.

    Codes of addressees and deadlines are checked where they are looked up.
    """
    force, deliverable, recurrence = correction.force, correction.deliverable, correction.recurrence
    if force is not None and force not in {*Force, AS_READ}:
        return "force", f"{force!r} is not one of {', '.join(Force)}"
    if deliverable is not None and deliverable not in {*Deliverable, NONE, AS_READ}:
        return "deliverable", f"{deliverable!r} is not one of {', '.join(Deliverable)}, none"
    known = recurrence in {None, NONE, AS_READ, "regular"}
    if recurrence is not None and not known and period(recurrence) is None:
        return "recurrence", f"{recurrence!r}: write annual, biennial, every 6 months, every session, regular or none"
    if correction.action is not None and not plain(correction.action):
        return "action", "it is empty: what is asked? (as-read takes a correction back)"
    return None
