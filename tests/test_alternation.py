"""Many alternatives as one pattern, and the letters that tell where a pattern is worth looking for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.extraction.alternation import any_of, opened
from tracker.extraction.lexicon import languages, load
from tracker.extraction.sieve import Sieve, needles
from tracker.extraction.times import time_words

_PIECES = st.sampled_from(["a", "b", "ab", r"\-", "a?", "b*", "(?:a|b)", "(?:ba)?", "[ab]", r"\w+", "a|b", "c"])
_PATTERNS = st.lists(st.lists(_PIECES, min_size=1, max_size=4).map("".join), min_size=1, max_size=8)
_TEXTS = st.text("abc-", max_size=12)


@given(_PATTERNS, _TEXTS)
def test_grouped_alternatives_match_as_a_row_of_them_does(patterns: list[str], text: str) -> None:
    plain, grouped = re.compile(f"(?:{'|'.join(patterns)})"), re.compile(any_of(patterns))
    assert [found.span() for found in grouped.finditer(text)] == [found.span() for found in plain.finditer(text)]


def test_the_first_alternative_comes_first() -> None:
    assert re.match(any_of(["ab", "a", "abc"]), "abc")[0] == "ab"  # type: ignore[index]


def test_nothing_matches_where_there_are_no_alternatives() -> None:
    assert re.search(any_of([]), "anything") is None


@given(_PATTERNS, _TEXTS)
def test_a_look_at_the_next_sign_changes_no_match(patterns: list[str], text: str) -> None:
    row = f"(?:{'|'.join(patterns)})"
    plain, looking = re.compile(row), re.compile(opened(patterns) + row)
    assert [found.span() for found in looking.finditer(text)] == [found.span() for found in plain.finditer(text)]


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["ab", "(?:c|de)f", "(?:gh)?i"], "(?=[acdgi])"),
        ([r"\-a", "[ab]"], ""),
        (["a?b"], ""),
        (["(?:a|b)*c"], ""),
        (["a|b"], ""),
        ([], ""),
    ],
)
def test_how_alternatives_begin(patterns: list[str], expected: str) -> None:
    assert opened(patterns) == expected


@given(_PATTERNS, _TEXTS)
def test_a_text_that_a_pattern_matches_holds_a_needle(patterns: list[str], text: str) -> None:
    row = re.compile("|".join(patterns))
    found = Sieve(row, needles(patterns)).finditer(text)
    assert [match.span() for match in found] == [match.span() for match in row.finditer(text)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("sessions?", "session"),
        (r"every\s+(?:two|three)\s+years?", "every"),
        (r"(?:regularly|periodically)\s+in", "regularly periodically"),
        (r"(?!never)\s*reports?", "report"),
        ("a|b", ""),
        (r"\w+", ""),
        ("每年", "每年"),
    ],
)
def test_needles(phrase: str, expected: str) -> None:
    assert needles([phrase]) == tuple(expected.split())


def test_no_needle_is_known_where_one_pattern_has_none() -> None:
    assert needles(["session", r"\d+"]) == ()


@pytest.mark.parametrize("language", languages())
def test_every_language_tells_by_letters_where_no_recurrence_stands(language: str) -> None:
    recurrences = [sieve for _, sieve in time_words(load(language)).recurrence if "(?!)" not in sieve.pattern.pattern]
    assert recurrences
    assert all(sieve.needles for sieve in recurrences)
