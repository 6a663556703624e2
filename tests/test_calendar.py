from __future__ import annotations

from datetime import date

import pytest

from tracker.core.calendar import Calendar, SessionDates, compute, ga_opening, read_rows
from tracker.errors import BadConfiguration
from tracker.services.calendar import built_in, load


def row(session: str, opens: date | None, closes: date | None = None) -> SessionDates:
    return SessionDates("HRC", session, "regular", opens, closes)


def test_a_session_of_the_table() -> None:
    found = built_in().find("HRC", 30)
    assert found is not None
    assert (found.opens, found.closes, found.verified) == (date(2015, 9, 14), date(2015, 10, 2), True)


def test_a_session_in_two_parts_lasts_until_the_second_closes() -> None:
    whole = built_in().find("HRC", 43)
    assert whole is not None
    assert (whole.opens, whole.closes) == (date(2020, 2, 24), date(2020, 6, 23))
    assert [part.part for part in built_in().parts("HRC", 43)] == [1, 2]


def test_special_sessions_come_last_and_by_number() -> None:
    labels = [row.session for row in built_in().of_body("HRC")]
    special = [int(label.removeprefix("S-")) for label in labels if label.startswith("S-")]
    assert labels[-len(special) :] == [f"S-{number}" for number in sorted(special)]
    assert labels[:2] == sorted(labels[:2], key=int)


def test_special_sessions_are_found_by_their_label() -> None:
    found = built_in().find("HRC", "S-36")
    assert found is not None
    assert found.number is None


@pytest.mark.parametrize("session", range(58, 83))
def test_the_rule_gives_the_openings_of_the_table(session: int) -> None:
    found = built_in().find("GA", session)
    assert found is not None
    assert ga_opening(session) == found.opens


@pytest.mark.parametrize("session", [8, 9, 10, 12, 18, 20, 22, 24, 36, 52])
def test_the_third_tuesday_of_september_before_1998(session: int) -> None:
    if session == 52:
        assert ga_opening(52) == date(1997, 9, 16)
    found = built_in().find("GA", session)
    assert found is not None
    assert ga_opening(session) == found.opens


def test_the_rule_of_2000_gave_the_opening_of_2002() -> None:
    assert ga_opening(57) == date(2002, 9, 10)


@pytest.mark.parametrize("session", [-1, 0, 1, 7, 11, 54, 55, 10**6])
def test_no_rule_for_these_sessions(session: int) -> None:
    assert ga_opening(session) is None


def test_a_later_assembly_is_computed_and_marked() -> None:
    found = built_in().find("GA", 85)
    assert found is not None
    assert (found.opens, found.closes) == (date(2030, 9, 10), date(2031, 9, 8))
    assert found.computed
    assert not found.verified


def test_a_later_economic_and_social_council_is_computed_and_marked() -> None:
    found = built_in().find("ECOSOC", 2030)
    assert found is not None
    assert (found.opens, found.closes, found.mark) == (date(2029, 7, 31), date(2030, 7, 31), "rule")


def test_no_guess_for_the_human_rights_council() -> None:
    assert built_in().find("HRC", 80) is None
    assert compute("HRC", 80) is None
    later = built_in().find("HRC", 64)
    assert later is not None
    assert later.opens is None


@pytest.mark.parametrize(
    ("body", "day", "session"),
    [
        ("HRC", date(2015, 3, 26), "29"),
        ("HRC", date(2015, 3, 1), "28"),
        ("HRC", date(2020, 6, 19), "44"),
        ("GA", date(2024, 12, 19), "80"),
        ("GA", date(2032, 1, 1), "87"),
        ("ECOSOC", date(2020, 6, 18), "2021"),
    ],
)
def test_next_session(body: str, day: date, session: str) -> None:
    found = built_in().next_after(body, day)
    assert found is not None
    assert found.session == session


def test_the_next_session_is_not_skipped_when_nobody_knows_its_dates() -> None:
    assert built_in().next_after("HRC", date(2026, 10, 1)) is None
    calendar = Calendar((row("1", date(2026, 3, 1)), row("2", None), row("3", date(2026, 9, 1))))
    assert calendar.next_after("HRC", date(2026, 4, 1)) is None
    assert calendar.next_after("CSW", date(2026, 4, 1)) is None


def test_sessions_of_a_year() -> None:
    assert [found.session for found in built_in().in_year("HRC", 2016)] == ["31", "32", "33"]
    assert [found.session for found in built_in().in_year("GA", 2016)] == ["71"]
    assert [found.session for found in built_in().in_year("GA", 2040)] == ["95"]
    assert built_in().in_year("HRC", 2040) == ()


def test_changed_sessions_replace_all_parts() -> None:
    moved = row("43", date(2020, 3, 2), date(2020, 3, 20))
    calendar = load([moved])
    assert calendar.parts("HRC", 43) == (moved,)
    assert calendar.find("HRC", 44) == built_in().find("HRC", 44)


def test_the_table_says_how_sure_it_is_of_each_row() -> None:
    assert {found.mark for found in built_in().rows} == {"yes", "partial", "rule", "no"}
    assert built_in().bodies()[:3] == ("HRC", "GA", "ECOSOC")
    assert built_in().of_body("HRC")[0].session == "1"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"body": "", "session": "3"}, "row 2: body and session"),
        ({"body": "HRC", "session": "3", "opens": "3 March"}, "opens is '3 March'; write YYYY-MM-DD"),
        ({"body": "HRC", "session": "3", "verified": "maybe"}, "possible: yes, partial, rule, no"),
        ({"body": "HRC", "session": "3", "opens": "2020-02-02", "closes": "2020-01-01"}, "closes before it opens"),
    ],
)
def test_a_wrong_row_is_named(cells: dict[str, str], words: str) -> None:
    with pytest.raises(BadConfiguration, match=words):
        read_rows([cells])
