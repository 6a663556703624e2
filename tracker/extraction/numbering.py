"""Which session of a body may be meant in a given year: the check that finds whose session `its` is.

A resolution of 2024 that asks for something "at its thirty-third session" cannot mean the General Assembly's.
"""

from __future__ import annotations

from datetime import date

_FIRST = {
    "GA": 1945,
    "CCPCJ": 1991,
    "CSW": 1956,
    "CND": 1957,
    "CPD": 1967,
    "CSOCD": 1962,
    "CSTD": 1997,
    "ESCAP": 1944,
    "WHA": 1947,
}
"""Year of a session minus its number, for bodies that meet once a year.

Each is the difference that holds for the sessions of 2013 to 2025 (GA 79 in 2024, CCPCJ 33, CSW 68, CND 67, CPD 57,
CSocD 62, CSTD 27, ESCAP 80, WHA 77); before, some differ by one, which the margins of `standing` allow for.
"""

AHEAD = 12
"""Years that a resolution may look ahead."""


def year_of(body: str, session: int) -> tuple[int, int] | None:
    """About when a session opens: (year, month); None for bodies without a known rhythm.

    HRC: March, June and September since its fourth session (March 2007). Months of the others do not matter.
    """
    if body == "HRC":
        year, season = divmod(session - 1, 3)
        return 2006 + year, (3, 6, 9)[season]
    if session > 1900:
        return session, 7
    if body in _FIRST:
        return _FIRST[body] + session, 9 if body == "GA" else 4
    return None


def standing(body: str, session: int, adopted_on: date | None) -> str:
    """How a session stands to a text adopted on `adopted_on`: "past", "future", "now", "far", or "" (unknown).

    "now" allows for a year of doubt around the adoption, "far" is further ahead than resolutions look.
    """
    when = year_of(body, session)
    if when is None or adopted_on is None:
        return ""
    months = (when[0] - adopted_on.year) * 12 + when[1] - adopted_on.month
    lasts = 12 if body == "GA" else 1
    if months < -lasts:
        return "past" if months < -lasts - (12 if body not in {"GA", "HRC"} else 2) else "now"
    if months > AHEAD * 12:
        return "far"
    return "future" if months > (1 if body in {"HRC", "GA"} else 12) else "now"
