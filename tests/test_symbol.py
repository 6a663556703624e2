from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import symbol as symbols
from tracker.core.symbol import Symbol

CASES = [
    ("A/HRC/RES/28/2", "HRC", 28, "28/2"),
    ("A/HRC/RES/S-34/1", "HRC", 34, "S-34/1"),
    ("A/HRC/DEC/32/115", "HRC", 32, None),
    ("A/HRC/PRST/OS/12/1", "HRC", 12, None),
    ("A/RES/69/179", "GA", 69, "69/179"),
    ("A/RES/75/253 B", "GA", 75, "75/253 B"),
    ("A/RES/71/101 A-B", "GA", 71, "71/101 A-B"),
    ("A/RES/ES-10/17", "GA", 10, "ES-10/17"),
    ("A/RES/1514(XV)", "GA", 15, "1514 (XV)"),
    ("A/RES/3201(S-VI)", "GA", 6, "3201 (S-VI)"),
    ("E/RES/2020/5", "ECOSOC", 2020, "2020/5"),
    ("E/RES/36(IV)", "ECOSOC", 4, "36 (IV)"),
    ("S/RES/2723(2024)", "SC", None, "2723 (2024)"),
    ("UNEP/EA.4/RES.7", "UNEA", 4, "4/7"),
    ("HSP/HA.1/RES.3", "UNHABITAT", 1, "1/3"),
    ("E/ESCAP/RES/69/3", "ESCAP", 69, "69/3"),
    ("A/C.3/80/L.13", "GA", 80, None),
    ("A/HRC/28/L.2/Rev.1", "HRC", 28, None),
    ("S/2024/302", "SC", None, None),
    ("A/HRC/31/81", "HRC", 31, None),
]


@pytest.mark.parametrize(("text", "body", "session", "short"), CASES)
def test_symbols_come_back_as_they_were(text: str, body: str, session: int | None, short: str | None) -> None:
    symbol = symbols.parse(text)
    assert str(symbol) == text
    assert (symbol.body, symbol.session_number) == (body, session)
    assert symbol.short == (short or text)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("S/RES/2723 (2024)", "S/RES/2723(2024)"),
        (" A/HRC/31/81* ", "A/HRC/31/81"),
        ("A/HRC/ 30/23", "A/HRC/30/23"),
        ("A/RES/ES–10/17", "A/RES/ES-10/17"),
    ],
)
def test_what_documents_make_of_a_symbol_is_read(written: str, canonical: str) -> None:
    assert str(symbols.parse(written)) == canonical


@pytest.mark.parametrize("text", ["", "28/2", "A/", "GE.15-06884", "A/HRC/RES/", "and/or", "A/RES/x/1"])
def test_other_text_is_no_symbol(text: str) -> None:
    with pytest.raises(ValueError, match="not a document symbol"):
        symbols.parse(text)


def test_drafts_are_drafts() -> None:
    assert symbols.parse("S/2024/302").is_draft
    assert symbols.parse("A/C.3/80/L.13").is_draft
    assert not symbols.parse("A/HRC/RES/28/2").is_draft


def test_symbols_in_running_text() -> None:
    found = symbols.find("See A/HRC/24/56, S/RES/2178 (2014); not GE.15-06884 or 28/2.")
    assert [str(symbol) for symbol in found] == ["A/HRC/24/56", "S/RES/2178(2014)"]


@pytest.mark.parametrize(
    ("body", "number", "symbol"),
    [
        ("HRC", "28/2", "A/HRC/RES/28/2"),
        ("SC", "2723 (2024)", "S/RES/2723(2024)"),
        ("GA", "75/253 B", "A/RES/75/253 B"),
        ("GA", "1514 (XV)", "A/RES/1514(XV)"),
        ("UNEA", "6/2", "UNEP/EA.6/RES.2"),
        ("ESCAP", "69/3", "E/ESCAP/RES/69/3"),
    ],
)
def test_symbols_are_built_from_body_and_number(body: str, number: str, symbol: str) -> None:
    assert str(symbols.resolution(body, number)) == symbol


@pytest.mark.parametrize(("body", "number"), [("HRC", "2"), ("COP", "1/2"), ("HRC", "two")])
def test_no_symbol_is_invented(body: str, number: str) -> None:
    assert symbols.resolution(body, number) is None


sessions = (
    st.integers(1, 2100).map(str) | st.integers(1, 40).map("S-{}".format) | st.integers(1, 12).map("ES-{}".format)
)
modifiers = st.lists(st.sampled_from(["Add.1", "Corr.2", "Rev.1"]), max_size=2).map(tuple)
adopted = st.builds(
    Symbol,
    organ=st.just("A"),
    path=st.sampled_from([(), ("HRC",), ("C.3",)]),
    kind=st.sampled_from(["RES", "DEC", "PRST"]),
    session=sessions,
    number=st.integers(1, 999).map(str),
    letter=st.none() | st.sampled_from("ABC"),
    modifiers=modifiers,
)
by_year = st.builds(
    Symbol,
    organ=st.sampled_from(["S", "E", "A"]),
    path=st.just(()),
    kind=st.just("RES"),
    session=st.none(),
    number=st.integers(1, 9999).map(str),
    year=st.integers(1946, 2099).map(str) | st.sampled_from(["XV", "IV", "S-VI"]),
    modifiers=modifiers,
)
drafts = st.builds(
    Symbol,
    organ=st.sampled_from(["A", "E"]),
    path=st.sampled_from([(), ("HRC",), ("C.5",)]),
    kind=st.sampled_from(["L", "CRP", "WP"]),
    session=st.integers(1, 2100).map(str),
    number=st.integers(1, 99).map(str),
    modifiers=modifiers,
    session_first=st.just(True),
)


@given(adopted | by_year | drafts)
def test_values_survive_the_round_trip(symbol: Symbol) -> None:
    assert symbols.parse(str(symbol)) == symbol


@given(st.text(alphabet="AESHRC/0123456789. ()IVX-LRev", max_size=40))
def test_what_parses_is_stable(text: str) -> None:
    try:
        symbol = symbols.parse(text)
    except ValueError:
        return
    assert str(symbols.parse(str(symbol))) == str(symbol)
    assert re.sub(r"\s", "", str(symbol)) == str(symbol).replace(" ", "")
