"""What dates of sessions have to be like before they are set: a wrong one moves due dates."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.core.calendar import REGULAR, Calendar, SessionDates
from tracker.errors import UsageError
from tracker.extraction.lexicon import load
from tracker.storage.models import DeadlineRow, ResolutionRow

_LABEL = re.compile(r"[1-9]\d{0,3}|E?S-[1-9]\d{0,2}")
"""`64`, `2026` of bodies whose sessions are named by their year, `S-38` and `ES-11` for special ones."""


def require_sound(sessions: Iterable[SessionDates]) -> None:
    """Raises UsageError for a session that no body can have, and for one that closes before it opens."""
    for one in sessions:
        if not _LABEL.fullmatch(one.session):
            raise UsageError(f"{one.body} {one.session}: a session is 64, 2026 or S-38; nothing was changed")
        if one.opens and one.closes and one.closes < one.opens:
            raise UsageError(
                f"{one.body} {one.session}: it would close on {one.closes}, before it opens; nothing was changed"
            )


def require_known(db: Session, calendar: Calendar, sessions: Iterable[SessionDates]) -> None:
    """Raises UsageError for a body that neither the calendar, nor the reader, nor any text in the database knows.

    A body without a code has its name in full, in several words, which need not have been met yet.
    """
    wanted = {one.body for one in sessions if " " not in one.body} - set(calendar.bodies())
    if not wanted:
        return
    known = {*calendar.bodies(), *_codes(), *db.scalars(select(ResolutionRow.body).distinct())}
    known.update(db.scalars(select(DeadlineRow.body).distinct()))
    for body in sorted(wanted - known):
        like = difflib.get_close_matches(body, sorted(filter(None, known)), 3, 0.5)
        meant = f"did you mean {' or '.join(like)}?" if like else "a body without a code is written with its full name;"
        raise UsageError(f"no body {body} is known; {meant} nothing was changed")


def _codes() -> set[str]:
    """The codes of bodies that the reader gives."""
    words = load("en")
    named = words.table("deadlines").get("bodies", {}).get("names", {})
    return {code for code, names in {**words.table("bodies"), **named}.items() if isinstance(names, list)}


def require_order(calendar: Calendar, sessions: Iterable[SessionDates]) -> None:
    """Raises UsageError where a session of `calendar` among `sessions` would open before the one before it."""
    for one in sessions:
        here = calendar.find(one.body, one.session)
        if here is None or here.kind != REGULAR or here.number is None or here.opens is None:
            continue
        for number in (here.number - 1, here.number + 1):
            other = calendar.find(one.body, number)
            if other is None or other.opens is None or (other.opens < here.opens) == (number < here.number):
                continue
            side = "after" if number > here.number else "before"
            raise UsageError(
                f"{one.body} {one.session} would open on {here.opens}, but {one.body} {number}, the session {side} it, "
                f"opens on {other.opens}; nothing was changed"
            )
