"""Several resolutions in one file: each is read as it is alone, or there is a problem that says so."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_paragraphs import EXAMPLE
from tests.test_whole_resolutions import LANGUAGES, parts, whole
from tracker.core.resolution import Extraction
from tracker.errors import NotAResolution
from tracker.extraction.pipeline import extract
from tracker.reading.files import read_bytes

COUNCIL = """S/RES/2902 (2026)

Resolution 2902 (2026)

Adopted by the Security Council at its 9539th meeting, on 30 January 2026

The Security Council,

Recalling its previous resolutions,

1. Requests the Secretary-General to submit a report on the wells by 4 July 2026;

2. Decides to remain seized of the matter.
"""
FRONT = """United Nations

A/RES/81/28

General Assembly

Eighty-first session

Resolution adopted by the General Assembly on 2 December 2026
"""
TITLE = "81/28. Study on the teaching of water management"
ASSEMBLY = """The General Assembly,

Recalling its resolution 78/31,

1. Requests the Secretary-General to submit a study by 1 May 2028;

2. Invites Member States to contribute.

43rd plenary meeting

2 December 2026
"""
LONG = f"{TITLE} in schools, universities and the public service, in particular in {'rural and remote ' * 8}areas"
TEXTS = {
    "en": f"{FRONT}\n{TITLE}\n\n{ASSEMBLY}",
    "fr": EXAMPLE,
    **{language: whole(parts(language)) for language in LANGUAGES},
}


def read(text: str) -> tuple[Extraction, ...]:
    return extract(read_bytes(text.encode(), "several.txt"))


def asked(found: tuple[Extraction, ...]) -> list[tuple[str | None, str, list[tuple[str, str]]]]:
    return [
        (one.resolution.symbol, one.resolution.language, [(row.paragraph, row.action) for row in one.requests])
        for one in found
    ]


def told(found: tuple[Extraction, ...]) -> list[str]:
    return [problem.code for one in found for problem in one.problems]


@pytest.mark.parametrize("front", [FRONT, FRONT.replace("A/RES/81/28\n\n", ""), ""])
@pytest.mark.parametrize("title", [TITLE, LONG])
@pytest.mark.parametrize("blank", ["\n\n", "\n"])
def test_a_masthead_ends_the_resolution_before_it(front: str, title: str, blank: str) -> None:
    """Resolutions of the Security Council have no closing block that would."""
    second = f"{front}\n{title}\n\n{ASSEMBLY}"
    found = read(f"{COUNCIL}\n{second}".replace("\n\n", blank))
    assert asked(found) == asked(read(COUNCIL)) + asked(read(second))
    assert [one.resolution.symbol for one in found] == ["S/RES/2902(2026)", "A/RES/81/28"]
    assert found[1].resolution.meeting == "43"
    assert not told(found)


def test_a_draft_is_told_by_its_symbol() -> None:
    draft = "\n".join(["United Nations", "S/2026/970", "", *COUNCIL.split("\n")[6:]])
    found = read("\n".join([TEXTS["en"], draft]))
    assert [one.resolution.symbol for one in found] == ["A/RES/81/28", "S/2026/970"]


def test_what_has_no_number_is_not_passed_over_in_silence() -> None:
    found = read(f"{COUNCIL}\n{ASSEMBLY}")
    assert [one.resolution.symbol for one in found] == ["S/RES/2902(2026)"]
    (problem,) = found[0].problems
    assert problem.code == "resolution-unread"
    assert "'The General Assembly,'" in problem.message


@pytest.mark.parametrize(("first", "second"), tuple(permutations(TEXTS, 2)))
def test_each_resolution_has_its_language(first: str, second: str) -> None:
    found = read(f"{TEXTS[first]}\n\n{TEXTS[second]}")
    assert asked(found) == asked(read(TEXTS[first])) + asked(read(TEXTS[second]))
    assert not told(found)


@pytest.mark.parametrize("number", ["28/97.", "28/97"])
def test_a_number_alone_on_its_line_begins_the_front_matter(number: str) -> None:
    """It is no end of a paragraph, and no page 28 of 97."""
    french = f"{number}\n\n{EXAMPLE[EXAMPLE.index('Renforcement') :]}"
    assert [one.resolution.symbol for one in read(f"{TEXTS['en']}\n\n{french}")] == ["A/RES/81/28", "A/HRC/RES/28/97"]


def test_a_part_in_another_language_without_paragraphs_is_told() -> None:
    other = "Résolution 2903 (2026)\n\nLe Conseil de sécurité,\n\nRappelant ses résolutions sur la paix,"
    found = read(f"{COUNCIL}\n{other}\n")
    assert [one.resolution.language for one in found] == ["en"]
    assert told(found) == ["part-unread"]


def test_a_resolution_in_a_report_has_its_own_symbol() -> None:
    text = ASSEMBLY.replace("General Assembly", "Human Rights Council")
    report = "A/81/53/Add.1\n\nReport of the Human Rights Council\n\nFifty-seventh session\n\n57/18. Wells\n\n"
    found = read(f"{report}{text}\n57/101. Outcome of the review\n\n{text}")
    assert [one.resolution.symbol for one in found] == ["A/HRC/RES/57/18", "A/HRC/DEC/57/101"]
    assert [one.resolution.session for one in found] == [57, 57]


def test_a_report_that_says_no_number_gives_its_symbol() -> None:
    (found,) = read(f"A/81/53/Add.1\n\n{ASSEMBLY}")
    assert found.resolution.symbol == "A/81/53/Add.1"


LINES = (
    "0. Requests the Office to meet;", "1. Requests the Office to meet;", "2. Decides to go on:", "2. Requests it;",
    "1.", "3.", "2 bis. Requests the Office to act;", "(a) To act;", "(b) To act.", "A", "II", "Wells", "\f",
    "The Human Rights Council,", "Recalling its resolutions,", "Requests the Office to report;", "and so on",
    "57/18. Wells", "79/28.", "A/RES/79/28", "S/2023/970", "Annex", "47th meeting", "10 October 2024",
    "Le Conseil de sécurité,", "Rappelant ses résolutions,", "1. Prie le Secrétaire général de faire rapport;",
)  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=16), st.sampled_from(("\n", "\n\n")))
def test_lines_in_any_order_are_read_or_told(lines: list[str], between: str) -> None:
    try:
        found = read(between.join(["The Human Rights Council,", *lines]))
    except NotAResolution:
        return
    assert all(row.text for one in found for row in one.requests)


@pytest.mark.corpus
@pytest.mark.parametrize("seed", range(4))
def test_labelled_texts_one_behind_the_other(seed: int, corpus: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - a fixed choice, no secret
    files = sorted((corpus / "dev").glob("*.txt"))
    for _ in range(10):
        texts = [chance.choice(files).read_text(encoding="utf-8") for _ in range(2)]
        try:
            alone = [numbers(read(text)) for text in texts]
        except NotAResolution:
            continue
        found = read("\n\n".join(texts))
        assert numbers(found) == alone[0] + alone[1] or {"resolution-unread", "part-unread"} & set(told(found))


def numbers(found: tuple[Extraction, ...]) -> list[tuple[str | None, str, list[str]]]:
    """Without the words: marks of footnotes are told by the notes, and these by the layout of the whole file."""
    return [(symbol, language, [paragraph for paragraph, _ in rows]) for symbol, language, rows in asked(found)]


def test_the_masthead_names_all_parts_and_each_has_its_own_letter() -> None:
    part = "The General Assembly,\n\nRecalling its resolutions,\n\n1. Requests the Office to report;\n\n"
    text = (
        "United Nations\nA/RES/78/999 A-B\nGeneral Assembly\n\n"
        "Resolution adopted by the General Assembly on 22 December 2023\n\n"
        f"78/999. Lighthouses\n\nA\nLamps\n\n{part}B\nKeepers\n\n{part}"
    )
    found = extract(read_bytes(text.encode(), "text"))
    assert [one.resolution.symbol for one in found] == ["A/RES/78/999 A", "A/RES/78/999 B"]
