from __future__ import annotations

import pytest

from tracker.extraction.folding import fold, folded
from tracker.extraction.lexicon import languages, load
from tracker.extraction.numbers import HIGHEST, numbers


@pytest.mark.parametrize("language", languages())
def test_every_ordinal_has_words_that_read_as_itself(language: str) -> None:
    known = numbers(load(language))
    assert set(known.ordinals.values()) == set(range(1, HIGHEST + 1))
    assert all(known.ordinal(words) == value for words, value in known.ordinals.items())


@pytest.mark.parametrize("language", languages())
def test_cardinals_of_deadlines(language: str) -> None:
    assert set(range(1, 100)) <= set(numbers(load(language)).cardinals.values())


@pytest.mark.parametrize(
    ("language", "words", "value"),
    [
        ("en", "seventy-eighth", 78),
        ("en", "one hundred and twenty-first", 121),
        ("en", "108th", 108),
        ("fr", "trente et unième", 31),
        ("fr", "soixante et onzième", 71),
        ("fr", "quatre-vingt-unième", 81),
        ("fr", "quatre-vingt-dix-neuvième", 99),
        ("fr", "cent unième", 101),
        ("fr", "30ᵉ", 30),
        ("es", "sexagésimo noveno", 69),
        ("es", "vigesimoctavo", 28),
        ("es", "decimotercer", 13),
        ("es", "30º", 30),
        ("ru", "шестьдесят девятой", 69),
        ("ru", "тридцатую", 30),
        ("ru", "81-й", 81),
        ("ar", "التاسعة والستين", 69),
        ("ar", "الرابعة عشرة", 14),
        ("ar", "الخامسة والعشرين بعد المائة", 125),
        ("zh", "七十", 70),
        ("zh", "一百零一", 101),
        ("zh", "第30", 30),
    ],
)
def test_ordinals(language: str, words: str, value: int) -> None:
    assert numbers(load(language)).ordinal(fold(words)) == value


@pytest.mark.parametrize("words", ["", "first and", "151st", "2016", "sessions"])
def test_what_is_no_ordinal(words: str) -> None:
    assert numbers(load("en")).ordinal(words) is None


def test_arabic_vowel_signs_are_left_out_and_found_again() -> None:
    text = folded("دورتيْها الرابعة")
    assert text.text == "دورتيها الرابعة"
    assert text.words(0, 7) == "دورتيْها"
    assert text.words(8, 15) == "الرابعة"
    assert text.words(3, 3) == ""


def test_accents_stay_since_they_tell_past_from_present() -> None:
    assert fold("Décidé") == "décidé"
    assert fold("QUATRE‑VINGT’S") == "quatre vingt's"
