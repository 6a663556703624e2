"""The words of reports: the same keys and the same gaps in every language, a form for every number."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tracker.core.plurals import plural
from tracker.errors import UsageError
from tracker.extraction import lexicon
from tracker.services import labels

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
CATEGORIES = {
    "ar": {"one", "two", "few", "many", "other"}, "en": {"one", "other"}, "es": {"one", "other"},
    "fr": {"one", "other"}, "ru": {"one", "few", "many"}, "zh": {"other"},
}  # fmt: skip


def flat(language: str) -> dict[str, Any]:
    tables = labels.load(language).tables
    return {
        f"{table}.{key}": words
        for table, content in tables.items()
        if isinstance(content, dict)
        for key, words in content.items()
    }


def gaps(words: Any) -> set[str]:
    return set(re.findall(r"{(\w+)}", words["other"] if isinstance(words, dict) else "".join(words)))


def test_there_are_six() -> None:
    assert labels.languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_and_gaps_are_those_of_english(language: str) -> None:
    here, english = flat(language), flat("en")
    assert here.keys() == english.keys()
    assert {key: gaps(words) for key, words in here.items()} == {key: gaps(words) for key, words in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_form(language: str) -> None:
    assert {plural(language, count) for count in range(1, 200)} == CATEGORIES[language]
    for key, forms in flat(language).items():
        if isinstance(forms, dict):
            assert forms.keys() >= CATEGORIES[language] - {"other"} | {"other"}, key
            for form, words in forms.items():
                known = gaps(forms["other"])
                assert set(re.findall(r"{(\w+)}", words)) <= known, (key, form)


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("ru", 1, "Доклад охватывает 1 пункт."), ("ru", 3, "Доклад охватывает 3 пункта."),
        ("ru", 11, "Доклад охватывает 11 пунктов."), ("ru", 21, "Доклад охватывает 21 пункт."),
        ("ar", 2, "يشمل التقرير بندين."), ("ar", 5, "يشمل التقرير 5 بنود."), ("ar", 13, "يشمل التقرير 13 بندا."),
        ("ar", 100, "يشمل التقرير 100 بند."), ("fr", 0, "Aucun point ne correspond."),
        ("fr", 2, "Le rapport porte sur 2 points."), ("es", 1, "El informe abarca 1 punto."),
        ("zh", 4, "本报告涵盖4个事项。"),
    ],
)  # fmt: skip
def test_plurals(language: str, count: int, expected: str) -> None:
    assert labels.load(language).count("summary.covers", count) == expected


def test_french_has_no_break_before_a_colon() -> None:
    for key, words in flat("fr").items():
        for form in [words] if isinstance(words, str) else words if isinstance(words, list) else words.values():
            assert not re.search(r" [:;»]|« ", form), key


def test_a_language_that_is_read_but_has_no_labels_yet_is_reported_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "languages", lambda: ("en", "pt"))
    assert labels.load.__wrapped__("pt").language == "en"
    with pytest.raises(UsageError, match="is not one of"):
        labels.load.__wrapped__("de")
