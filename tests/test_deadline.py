from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.calendar import Calendar
from tracker.core.dates import add, add_months, span, subtract
from tracker.core.deadline import DateDeadline, Deadline, OffsetDeadline, Relation, RelativeDeadline, SessionDeadline
from tracker.core.due import Due, resolve, why_no_date
from tracker.core.recurrence import occurrences, period, session_occurrences
from tracker.services.calendar import built_in

ADOPTED = date(2015, 3, 26)


def due(deadline: Deadline | None, *, document: bool = False, adopted_on: date | None = ADOPTED) -> Due | None:
    return resolve(deadline, adopted_on=adopted_on, calendar=built_in(), document=document)


def due_on(deadline: Deadline, *, document: bool = False, adopted_on: date | None = ADOPTED) -> str | None:
    found = due(deadline, document=document, adopted_on=adopted_on)
    return found.due_on.isoformat() if found else None


def session(relation: Relation, body: str, number: int, part: str | None = None) -> SessionDeadline:
    return SessionDeadline(relation, body, number, "", part)


def test_a_report_before_a_session() -> None:
    found = due(session(Relation.BEFORE, "HRC", 30), document=True)
    assert found is not None
    assert found.due_on == date(2015, 9, 13)
    assert (found.submit_by, found.issue_by) == (date(2015, 7, 6), date(2015, 8, 3))
    assert found.verified
    assert "2015-09-14" in found.why


@pytest.mark.parametrize(
    ("relation", "document", "expected"),
    [
        (Relation.AT, True, "2015-09-14"),
        (Relation.AT, False, "2015-10-02"),
        (Relation.BEFORE, False, "2015-09-13"),
        (Relation.BY_END, False, "2015-10-02"),
        (Relation.BY_END, True, "2015-10-02"),
        (Relation.AFTER, True, None),
    ],
)
def test_sessions(relation: Relation, document: bool, expected: str | None) -> None:
    assert due_on(session(relation, "HRC", 30), document=document) == expected


def test_the_weeks_are_settings() -> None:
    deadline = session(Relation.AT, "HRC", 30)
    found = resolve(deadline, adopted_on=None, calendar=built_in(), document=True, submit_weeks=14, issue_weeks=8)
    assert found is not None
    assert (found.submit_by, found.issue_by) == (date(2015, 6, 8), date(2015, 7, 20))


def test_dates_that_hang_on_a_computed_session_are_marked() -> None:
    found = due(session(Relation.AT, "GA", 85), document=True)
    assert found is not None
    assert not found.verified
    assert "computed" in found.why


@pytest.mark.parametrize(
    ("part", "document", "expected"),
    [("main", True, "2024-09-10"), ("main", False, "2024-12-31"), ("resumed", True, None), ("resumed", False, None)],
)
def test_parts_of_an_assembly(part: str, document: bool, expected: str | None) -> None:
    assert due_on(session(Relation.AT, "GA", 79, part), document=document) == expected


@pytest.mark.parametrize(("year", "expected"), [(2013, "2013-07-01"), (2016, "2016-07-27")])
def test_a_session_that_lasts_a_year_gets_its_documents_while_it_lasts(year: int, expected: str) -> None:
    deadline = session(Relation.AT, "ECOSOC", year)
    assert due_on(deadline, document=True, adopted_on=date(2012, 7, 27)) == expected


def test_what_an_agenda_is_to_have_is_due_when_the_session_opens() -> None:
    found = due(session(Relation.AT, "HRC", 30, "opening"))
    assert found is not None
    assert (found.due_on, found.basis) == (date(2015, 9, 14), "session-opens")
    assert found.why == "session HRC 30 opens on 2015-09-14"
    cycle = due(session(Relation.AT, "ECOSOC", 2016, "opening"))
    assert cycle is not None
    assert cycle.due_on == date(2015, 7, 24)


def test_the_resumed_part_of_a_session_in_the_table() -> None:
    assert due_on(session(Relation.AT, "HRC", 43, "resumed")) == "2020-06-23"
    assert due_on(session(Relation.BEFORE, "HRC", 43, "resumed")) == "2020-06-14"
    assert due_on(session(Relation.AT, "HRC", 43, "main")) == "2020-03-13"


@pytest.mark.parametrize(
    ("relation", "value", "expected"),
    [
        (Relation.IN, "2016", "2016-12-31"),
        (Relation.BY, "2016", "2016-12-31"),
        (Relation.BY, "2016-02", "2016-02-29"),
        (Relation.BY, "2015-09-30", "2015-09-30"),
        (Relation.UNTIL, "2025-01-31", "2025-01-31"),
        (Relation.BEFORE, "2016", "2015-12-31"),
        (Relation.BEFORE, "2016-01-01", "2015-12-31"),
        (Relation.FROM, "2016", None),
    ],
)
def test_dates(relation: Relation, value: str, expected: str | None) -> None:
    assert due_on(DateDeadline(relation, value, "")) == expected


@pytest.mark.parametrize(
    ("value", "anchor", "expected"),
    [
        ("P6M", "adoption", "2015-09-26"),
        ("P1Y", "adoption", "2016-03-26"),
        ("P30D", "adoption", "2015-04-25"),
        ("P2W", "adoption", "2015-04-09"),
        ("PT72H", "adoption", "2015-03-29"),
        ("P30D", "event", None),
        ("P9999Y", "adoption", None),
    ],
)
def test_offsets(value: str, anchor: str, expected: str | None) -> None:
    assert due_on(OffsetDeadline(value, anchor, "")) == expected


def test_six_months_from_31_august_end_with_february() -> None:
    assert due_on(OffsetDeadline("P6M", "adoption", ""), adopted_on=date(2015, 8, 31)) == "2016-02-29"


def test_next_session() -> None:
    assert due_on(RelativeDeadline("next session", "", "HRC"), document=True) == "2015-06-15"
    assert due_on(RelativeDeadline("next session", "", "HRC")) == "2015-07-03"
    assert due_on(RelativeDeadline("next session", "", None)) is None
    assert due_on(RelativeDeadline("intersessional", "", "HRC")) is None


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (session(Relation.AT, "HRC", 64), "opening day of session HRC 64 is not known"),
        (session(Relation.AT, "HRC", 90), "no session HRC 90"),
        (session(Relation.AT, "GA", 20), "closing day of session GA 20 is not known"),
        (session(Relation.AFTER, "HRC", 30), "no latest day"),
        (session(Relation.AT, "GA", 79, "resumed"), "resumed part"),
        (DateDeadline(Relation.FROM, "2016", ""), "no latest day"),
        (OffsetDeadline("P1M", "event", ""), "event"),
        (RelativeDeadline("in due course", "", None), "names no date"),
        (RelativeDeadline("next session", "", "CSW"), "next session of CSW"),
    ],
)
def test_why_there_is_no_date(deadline: Deadline, words: str) -> None:
    assert due(deadline) is None
    reason = why_no_date(deadline, adopted_on=ADOPTED, calendar=built_in(), document=False)
    assert reason is not None
    assert words in reason


def test_without_a_date_of_adoption() -> None:
    assert due_on(OffsetDeadline("P1M", "adoption", ""), adopted_on=None) is None
    assert due_on(RelativeDeadline("next session", "", "HRC"), adopted_on=None) is None
    assert due(None) is None


def test_a_date_before_the_adoption_is_none() -> None:
    assert due_on(session(Relation.BEFORE, "HRC", 28)) is None
    assert due_on(session(Relation.AT, "HRC", 27)) is None
    assert due_on(DateDeadline(Relation.BY, "2015-03-25", "")) is None
    assert due_on(DateDeadline(Relation.BY, "2015-03-26", "")) == "2015-03-26"
    reason = why_no_date(DateDeadline(Relation.BY, "2014", ""), adopted_on=ADOPTED, calendar=built_in(), document=False)
    assert reason is not None
    assert "2014-12-31 lies before the adoption on 2015-03-26" in reason


@pytest.mark.parametrize(
    ("adopted_on", "expected"),
    [
        (date(2014, 6, 1), "2014-09-16"),  # the Assembly's 69th session opens in time for a document
        (date(2014, 9, 1), "2015-09-14"),  # it opens too soon
        (date(2014, 12, 18), "2015-09-14"),  # it is under way
        (None, "2014-09-16"),
    ],
)
def test_a_document_for_a_session_under_way_comes_while_it_lasts(adopted_on: date | None, expected: str) -> None:
    assert due_on(session(Relation.AT, "GA", 69), document=True, adopted_on=adopted_on) == expected


SESSIONS = st.sampled_from([found for found in built_in().rows if found.number and found.opens and found.part == 1])


@given(SESSIONS, st.booleans())
def test_before_a_session_is_before_it_opens(found: object, document: bool) -> None:
    row = found
    assert hasattr(row, "body")
    assert hasattr(row, "number")
    result = due(session(Relation.BEFORE, row.body, row.number), document=document, adopted_on=None)
    opens = built_in().find(row.body, row.number)
    assert result is not None
    assert opens is not None
    assert opens.opens is not None
    assert result.due_on < opens.opens
    assert result.submit_by is None or result.submit_by < opens.opens


@given(st.dates(), st.integers(0, 9999), st.sampled_from("YMWD"))
def test_offsets_never_give_an_invalid_date(day: date, count: int, unit: str) -> None:
    try:
        later = add(day, f"P{count}{unit}")
    except OverflowError:
        return
    assert later >= day
    assert unit not in "YM" or later.day <= day.day


@given(st.dates())
def test_a_span_holds_its_days(day: date) -> None:
    for value in (f"{day.year:04}", f"{day.year:04}-{day.month:02}", day.isoformat()):
        first, last = span(value)
        assert first <= day <= last


def test_values_that_are_no_dates() -> None:
    with pytest.raises(ValueError, match="P6"):
        add(ADOPTED, "P6")
    with pytest.raises(ValueError, match="month"):
        span("2015-13")


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("annual", ["2015-03-31", "2016-03-31", "2017-03-31"]),
        ("every 6 months", ["2015-03-31", "2015-09-30", "2016-03-31", "2016-09-30", "2017-03-31"]),
        ("biennial", ["2015-03-31", "2017-03-31"]),
        ("triennial", ["2015-03-31"]),
        ("regular", ["2015-03-31"]),
        ("every session", ["2015-03-31"]),
    ],
)
def test_series_of_dates(recurrence: str, expected: list[str]) -> None:
    found = occurrences(date(2015, 3, 31), recurrence, horizon=date(2017, 3, 31))
    assert [day.isoformat() for day in found] == expected


def test_a_series_in_days_ends_with_its_mandate() -> None:
    found = occurrences(date(2015, 1, 1), "every 90 days", until=date(2015, 7, 1), horizon=date(2020, 1, 1))
    assert found == (date(2015, 1, 1), date(2015, 4, 1), date(2015, 6, 30))


@given(st.dates(), st.sampled_from(["annual", "every 3 months", "every 90 days", "monthly"]))
def test_series_rise_and_keep_to_the_horizon(first: date, recurrence: str) -> None:
    horizon = add_months(first, 48) if first.year < 9990 else first
    found = occurrences(first, recurrence, horizon=horizon)
    assert found[0] == first
    assert list(found) == sorted(set(found))
    assert found[-1] <= horizon


@pytest.mark.parametrize(
    ("body", "recurrence", "expected"),
    [
        ("HRC", "annual", [30, 33, 36]),
        ("HRC", "every session", [30, 31, 32, 33, 34, 35, 36]),
        ("HRC", "biennial", [30, 36]),
        ("HRC", "every 5 months", [30]),
        ("HRC", "regular", [30]),
    ],
)
def test_series_of_sessions(body: str, recurrence: str, expected: list[int]) -> None:
    first = session(Relation.AT, body, 30)
    found = session_occurrences(first, recurrence, calendar=built_in(), horizon=date(2017, 9, 30))
    assert [one.session for one in found] == expected


def test_a_series_of_sessions_ends_where_the_calendar_ends() -> None:
    found = session_occurrences(
        session(Relation.AT, "HRC", 57), "annual", calendar=built_in(), horizon=date(2099, 1, 1)
    )
    assert [one.session for one in found] == [57, 60, 63]
    assert (
        session_occurrences(session(Relation.AT, "GA", 79), "annual", calendar=Calendar(), horizon=date(2026, 12, 1))[
            -1
        ].session
        == 81
    )


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("annual", (12, "month")),
        ("every 2 weeks", (14, "day")),
        ("every 2 years", (24, "month")),
        ("every 2 sessions", (2, "session")),
        ("every 0 days", None),
        ("regular", None),
    ],
)
def test_periods(recurrence: str, expected: tuple[int, str] | None) -> None:
    assert period(recurrence) == expected


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [("P30D", "2015-08-15"), ("P6W", "2015-08-03"), ("P1M", "2015-08-14"), ("PT36H", "2015-09-12")],
)
def test_so_long_ahead_of_a_session(ahead: str, expected: str) -> None:
    deadline = SessionDeadline(Relation.BEFORE, "HRC", 30, "", ahead=ahead)
    assert due_on(deadline, document=True) == due_on(deadline) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("P1Y", "2016-04-30"), ("P6M", "2015-10-31"), ("P30D", "2015-05-31"), ("P9999Y", None)]
)
def test_a_term_from_a_day(value: str, expected: str | None) -> None:
    assert due_on(OffsetDeadline(value, "2015-05-01", "")) == expected


def test_so_long_ahead_of_a_date() -> None:
    found = due(DateDeadline(Relation.BEFORE, "2016-03-01", "", ahead="P2W"))
    assert found is not None
    assert (found.due_on.isoformat(), found.why) == ("2016-02-16", "2 weeks before 2016-03-01")


@given(st.dates(date(1946, 1, 1), date(2200, 12, 31)), st.integers(1, 999), st.sampled_from("DWMY"))
def test_subtracting_is_adding_backwards(day: date, count: int, unit: str) -> None:
    earlier = subtract(day, f"P{count}{unit}")
    assert earlier < day
    assert 0 <= (day - add(earlier, f"P{count}{unit}")).days <= 3  # the 31st, a month before, is the 30th
