"""When the sessions of the bodies open and close: dates from a table, and dates that a rule gives.

The table (`data/sessions.csv`) is read by `services.calendar`; this module only knows its rows. Sessions outside
it are computed where a rule of procedure fixes them (General Assembly, Economic and Social Council) and marked
so; the Human Rights Council and all other bodies set their dates anew each year: there is no guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tracker.errors import BadConfiguration

REGULAR, RESUMED = "regular", "resumed"
"""Kinds of rows that make up numbered sessions; others are `special` (`S-36`) and `emergency special` (`ES-11`)."""

MARKS = ("yes", "partial", "rule", "no")
"""How sure the dates of a row are: confirmed, one of the two confirmed, computed by rule, not confirmed."""

_FOUNDED = 1945
"""The General Assembly's session N opens in the year 1945 + N (session 1 in January 1946, the 2nd in 1947)."""


@dataclass(frozen=True, slots=True)
class SessionDates:
    """The dates of one session, or of one `part` (from 1) of a session that was held in several.

    `session` is the number as a label: "30", "2016" for sessions that are named by their year, "S-36".
    `opens` and `closes` are None while nobody has announced them. `mark` is one of MARKS.
    """

    body: str
    session: str
    kind: str
    opens: date | None
    closes: date | None
    mark: str = "no"
    source: str = ""
    note: str = ""
    part: int = 1

    @property
    def verified(self) -> bool:
        """Whether both dates are confirmed by a source."""
        return self.mark == "yes"

    @property
    def computed(self) -> bool:
        """Whether the dates come from a rule, not from an announcement."""
        return self.mark == "rule"

    @property
    def number(self) -> int | None:
        """The number of a numbered session; None for special sessions."""
        return int(self.session) if self.session.isascii() and self.session.isdigit() else None


@dataclass(frozen=True, slots=True)
class Calendar:
    """All known sessions. `find` and its kin fall back on the rules for the two bodies that have one."""

    rows: tuple[SessionDates, ...] = ()
    _index: Mapping[tuple[str, str], tuple[SessionDates, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[tuple[str, str], list[SessionDates]] = {}
        for row in self.rows:
            index.setdefault((row.body, row.session), []).append(row)
        object.__setattr__(self, "_index", {key: tuple(_in_order(rows)) for key, rows in index.items()})

    def parts(self, body: str, session: int | str) -> tuple[SessionDates, ...]:
        """The rows of one session, first part first; a computed one where the table has none; or nothing."""
        found = self._index.get((body, str(session)))
        if found:
            return found
        computed = compute(body, session) if isinstance(session, int) or session.isdecimal() else None
        return (computed,) if computed else ()

    def find(self, body: str, session: int | str) -> SessionDates | None:
        """The session as a whole: from the opening of its first part to the closing of its last one."""
        parts = self.parts(body, session)
        if len(parts) < 2:
            return parts[0] if parts else None
        mark = max((part.mark for part in parts), key=MARKS.index)
        return replace(parts[0], closes=parts[-1].closes, mark=mark, note="; ".join(p.note for p in parts if p.note))

    def next_after(self, body: str, day: date) -> SessionDates | None:
        """The first regular session of `body` that opens after `day`, or None when its opening is not known.

        The session that follows the last one opened must be dated itself: one without dates is not skipped.
        """
        opened = [n for n, opens in self._openings(body) if opens <= day]
        later = [n for n, opens in self._openings(body) if opens > day]
        if not opened:
            return self.find(body, min(later)) if later and min(later) == 1 else None
        following = self.find(body, max(opened) + 1)
        return following if following and following.opens and following.opens > day else None

    def in_year(self, body: str, year: int) -> tuple[SessionDates, ...]:
        """The regular sessions of `body` that open in `year`, in order."""
        found = {n: self.find(body, n) for n, opens in self._openings(body) if opens.year == year}
        computed = compute(body, year - _FOUNDED if body == "GA" else year + 1)
        if not found and computed and computed.opens and computed.opens.year == year:
            return (computed,)
        return tuple(row for _, row in sorted(found.items()) if row)

    def of_body(self, body: str) -> tuple[SessionDates, ...]:
        """All rows of `body`, numbered sessions first, parts in order."""
        return tuple(sorted((row for row in self.rows if row.body == body), key=_by_session))

    def bodies(self) -> tuple[str, ...]:
        """Codes of the bodies that have rows, in the order of the table."""
        return tuple(dict.fromkeys(row.body for row in self.rows))

    def overridden(self, rows: Iterable[SessionDates]) -> Calendar:
        """This calendar with all parts of the sessions named in `rows` replaced by `rows`."""
        new = tuple(rows)
        keys = {(row.body, row.session) for row in new}
        return Calendar(tuple(row for row in self.rows if (row.body, row.session) not in keys) + new)

    def _openings(self, body: str) -> list[tuple[int, date]]:
        """(number, opening day) of the regular sessions in the table, and one computed year after the last."""
        known = {
            row.number: row.opens
            for (owner, _), parts in self._index.items()
            for row in parts[:1]
            if owner == body and row.kind == REGULAR and row.number is not None and row.opens
        }
        found = sorted(known.items())
        last = found[-1][0] if found else 0
        # the rules reach further than the table: as far as a resolution can reasonably refer to
        for number in range(last + 1, last + 51) if body in _RULES and found else ():
            row = compute(body, number)
            if row and row.opens:
                found.append((number, row.opens))
        return found


def _in_order(rows: list[SessionDates]) -> list[SessionDates]:
    """The rows of one session by opening day, with their part numbers."""
    ordered = sorted(rows, key=lambda row: (row.opens or date.max, row.kind == RESUMED))
    return [replace(row, part=part) for part, row in enumerate(ordered, 1)]


def _by_session(row: SessionDates) -> tuple[bool, str, int, date]:
    kind = row.session.rstrip("0123456789")  # `S-` of `S-19`: the special sessions come after the others
    number = row.session[len(kind) :]
    return (row.number is None, "" if row.number else kind, row.number or int(number or 0), row.opens or date.max)


def ga_opening(session: int) -> date | None:
    """The opening day of a regular session of the General Assembly by rule 1 of its rules of procedure.

    Source: A/520/Rev.20 and the resolutions that amended the rule. Third Tuesday of September (sessions 8-52,
    but for the 11th, 19th and 23rd, which opened on other days); the Tuesday after the second Monday of September
    (A/RES/55/14: 56-57); Tuesday of the third week of September (A/RES/57/301: 58-77); Tuesday of its second week
    (A/RES/75/325: from the 78th on), weeks counted from the first with at least one working day.
    None for sessions that no rule fixes.
    """
    first = date(_FOUNDED + session, 9, 1) if 8 <= session <= 1000 else None
    if first is None or session in {11, 19, 23} or 53 <= session <= 55:
        return None
    if session <= 52:
        return first + timedelta(days=(1 - first.weekday()) % 7 + 14)
    if session <= 57:
        return first + timedelta(days=(0 - first.weekday()) % 7 + 8)
    # Monday of the first week with a working day: the week of 1 September, unless that is a Saturday or Sunday
    monday = first - timedelta(days=first.weekday()) + timedelta(days=7 if first.weekday() >= 5 else 0)
    return monday + timedelta(days=15 if session <= 77 else 8)


def _ga(session: int) -> SessionDates | None:
    """A session of the General Assembly; it closes on the day before the next one opens."""
    opens, following = ga_opening(session), ga_opening(session + 1)
    if opens is None:
        return None
    closes = following - timedelta(days=1) if following else None
    return SessionDates(
        "GA", str(session), REGULAR, opens, closes, "rule", "computed: rule 1 of the rules of procedure, A/520/Rev.20"
    )


def _ecosoc(session: int) -> SessionDates | None:
    """A session of the Economic and Social Council, named by the year in which it ends.

    Since 2014 the cycle runs from July to July (A/RES/68/1 annex para 5, 72/305 para 7, 75/290 A para 6):
    the month is by rule, the day is not, so the last day of July stands for it.
    """
    if not 2015 <= session <= 3000:
        return None
    opens, closes = date(session - 1, 7, 31), date(session, 7, 31)
    return SessionDates(
        "ECOSOC", str(session), REGULAR, opens, closes, "rule", "computed: July-to-July cycle, A/RES/68/1 and 75/290 A"
    )


_RULES = {"GA": _ga, "ECOSOC": _ecosoc}


def compute(body: str, session: int | str) -> SessionDates | None:
    """The dates that a rule gives for a session that no table has, marked `rule`; None where there is no rule."""
    rule = _RULES.get(body)
    return rule(int(session)) if rule else None


def read_rows(rows: Iterable[Mapping[str, str]]) -> tuple[SessionDates, ...]:
    """Session rows from the rows of a CSV file.

    Columns: body, session, kind, opens, closes, verified, source, note; days as YYYY-MM-DD, empty when not known.
    Raises BadConfiguration that names the row and what is wrong with it.
    """
    # A spreadsheet leaves rows of separators alone at the end.
    return tuple(_read_row(row, place) for place, row in enumerate(rows, 2) if any(row.values()))


def _read_row(row: Mapping[str, str], place: int) -> SessionDates:
    cells = {name: (row.get(name) or "").strip() for name in ("body", "session", "kind", "verified", "source", "note")}
    if not cells["body"] or not cells["session"]:
        raise BadConfiguration(f"sessions, row {place}: body and session are needed")
    mark = cells["verified"] or "no"
    if mark not in MARKS:
        raise BadConfiguration(f"sessions, row {place}: verified is {mark!r}; possible: {', '.join(MARKS)}")
    opens, closes = (_read_day(row.get(name) or "", place, name) for name in ("opens", "closes"))
    if opens and closes and closes < opens:
        raise BadConfiguration(f"sessions, row {place}: {cells['body']} {cells['session']} closes before it opens")
    return SessionDates(
        cells["body"], cells["session"], cells["kind"] or REGULAR, opens, closes, mark, cells["source"], cells["note"]
    )


def _read_day(text: str, place: int, column: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise BadConfiguration(f"sessions, row {place}: {column} is {text!r}; write YYYY-MM-DD") from None
