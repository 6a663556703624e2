"""Arabic in PDFs: lines by the places of their letters, whatever the order in which a program has drawn them."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from tests.browser import find_chromium, printed
from tracker.extraction.pipeline import extract
from tracker.reading.files import read_bytes
from tracker.reading.pdf_arabic import makes_sense, runs_in_order
from tracker.reading.pdf_arabic_line import Letter, in_order, turns_signs, with_brackets

TEXT = """\
قرار اتخذته الجمعية العامة في 20 كانون الأول/ديسمبر 2019

74/100 - عن الأشياء

إن الجمعية العامة،

إذ تشير إلى قرارها 73/1 المؤرخ 17 أيلول/سبتمبر 2018،

1 - تطلب إلى الأمين العام أن يقدم إليها في دورتها السادسة والسبعين تقريرا عن تنفيذ هذا القرار (انظر الوثيقة A/74/15) وعن أعمال منظمة الصحة العالمية (WHO) في الفترة 2015-2018؛

2 - تحث الدول الأعضاء على الإبلاغ عما اتخذته من تدابير بحلول 31 كانون الأول/ديسمبر 2021؛

3 - تقرر أن تبقي المسألة قيد نظرها.
"""  # noqa: E501


def letters(text: str, *, right: float = 500, baseline: float = 700) -> list[Letter]:
    """`text` as letters that stand from right to left, each 5 points wide; a `_` leaves a gap."""
    made = []
    for char in text:
        right -= 5
        if char != "_":
            made.append(Letter(char, right, right, right + 5, baseline, 10))
    return made


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("size", [13, 17])
def test_printed_page_gives_the_same_as_its_text(size: int, tmp_path: Path) -> None:
    rows = "".join(f"<p>{html.escape(text)}</p>" for text in TEXT.split("\n\n"))
    made = printed(
        f'<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8">'
        f'<style>p{{font:{size}px "DejaVu Sans"}}</style>{rows}', tmp_path,
    )  # fmt: skip
    (wanted,) = extract(read_bytes(TEXT.encode(), "74-100.txt"))
    (found,) = extract(read_bytes(made, "74-100.pdf"))
    assert [(p.label, p.text) for p in found.resolution.paragraphs] == [
        (p.label, p.text) for p in wanted.resolution.paragraphs
    ]
    assert [r.deadline for r in found.requests] == [r.deadline for r in wanted.requests]
    assert len(found.requests) == 2


def test_order_of_the_file_does_not_matter() -> None:
    drawn = letters("الأمم المتحدة")
    assert in_order(drawn[::-1]) == in_order(drawn) == "الأمم المتحدة"


def test_figures_and_latin_words_are_read_from_left_to_right() -> None:
    """As drawn, from the right: `A/74/15` ends with its A; of a range the first year stands on the right."""
    assert in_order(letters("الوثيقة 51/47/A في 5102-8102")) == "الوثيقة A/74/15 في 2015-2018"
    assert in_order(letters("مبلغ 5.1 مليون nemoW NU")) == "مبلغ 1.5 مليون UN Women"


def test_line_without_arabic_is_read_from_left_to_right() -> None:
    assert in_order(letters("001/47/SER/A")) == "A/RES/74/100"


def test_strokes_that_make_a_word_longer_are_dropped_whatever_the_font_calls_them() -> None:
    """A letter that does not join the next one has none behind it: there a Latin letter is one."""
    assert in_order(letters("يسOلم أيضOOا في دورتOه")) == "يسلم أيضا في دورته"
    assert in_order(letters("المادةBفي وPDNUمن")) == "المادةBفي وUNDPمن"


def test_blank_that_is_drawn_elsewhere_stands_where_the_pdf_has_it() -> None:
    drawn = letters("يحث_مؤسسات_العمل")
    hint, stray = Letter(" ", 450, 450, 450, 700, 1), Letter(" ", 446, 446, 449, 700, 10)
    assert in_order([*drawn[:3], stray, *drawn[3:9], hint, *drawn[9:]]) == "يحث مؤسسات العمل"


def test_label_in_a_cell_of_its_own_has_its_sign_behind_it() -> None:
    """Figures alone are read from left to right; those of another font stand a little higher."""
    label, text = letters("1-", right=530, baseline=700.8), letters("تطلب")
    assert [run.text for run in runs_in_order([*label, *text])] == ["1-", "تطلب"]


def test_lines_that_the_pdf_has_from_the_foot_up_are_turned_round() -> None:
    places = (("إن المجلس،", 720), ("عام", 684), ("إلى", 696), ("إذ يشير", 708), ("1- يقرر", 672))
    drawn = [letter for text, place in places for letter in letters(text, baseline=place)]
    assert [run.text for run in runs_in_order(drawn)] == ["إن المجلس،", "إذ يشير", "إلى", "عام", "1- يقرر"]


def test_lam_comes_before_alef_where_both_are_one_sign() -> None:
    alef, lam = Letter("أ", 100.1, 100, 105, 700, 10), Letter("ل", 100, 100, 105, 700, 10)
    for sign in ([alef, lam], [lam, alef]):
        assert in_order([*letters("ا", right=110.2), *sign]) == "الأ"


def test_other_signs_of_two_letters_follow_the_file() -> None:
    """A file that names alef before lam names all its signs from left to right."""
    first, second = Letter("ي", 100, 100, 105, 700, 10), Letter("ف", 100, 100, 105, 700, 10)
    alef, lam = Letter("ا", 200, 200, 205, 700, 10), Letter("ل", 200, 200, 205, 700, 10)
    assert turns_signs([alef, lam, first, second])
    assert in_order([first, second], signs_turned=True) == "في"
    assert not turns_signs([lam, alef, second, first])
    assert in_order([second, first]) == "في"


def test_gaps_are_blanks_where_the_file_has_none() -> None:
    assert in_order(letters("الأمم__المتحدة")) == "الأمم المتحدة"


def test_gap_beside_a_letter_with_a_vowel_is_no_blank() -> None:
    """The file has blanks of its own; only one without width makes the gap a blank."""
    drawn = letters("هو ميس_ر")
    assert in_order(drawn) == "هو ميسر"
    hint = Letter(" ", drawn[-1].right + 2, drawn[-1].right + 2, drawn[-1].right + 2, 700, 1)
    assert in_order([*drawn, hint]) == "هو ميس ر"


def test_letter_named_twice_stands_once() -> None:
    first, second = Letter("س", 100, 103, 107, 700, 10), Letter("س", 101, 104, 105, 700, 10)
    assert in_order([*letters("ا", right=111), first, second]) == "اس"
    assert in_order(letters("اللجنة")) == "اللجنة"


def test_figures_for_stretched_letters_go() -> None:
    assert in_order(letters("الأط22راف 11 من")) == "الأطراف 11 من"


def test_columns_are_lines_of_their_own() -> None:
    first, second = letters("الأمين العام أن", right=500), letters("الدول الأعضاء", right=390)
    assert [run.text for run in runs_in_order([*first, *second])] == ["الأمين العام أن", "الدول الأعضاء"]


def test_number_set_off_from_its_paragraph_stays_in_its_line() -> None:
    assert [run.text for run in runs_in_order([*letters("1"), *letters("تطلب", right=465)])] == ["1 تطلب"]


def test_letter_above_its_line_belongs_to_it() -> None:
    line = letters("يس_م بأن")
    stray = Letter("ل", 485, 485, 490, 703, 10)
    twice = Letter("س", 491, 491, 493, 703, 10)
    assert [run.text for run in runs_in_order([*line, stray, twice])] == ["يسلم بأن"]


def test_order_of_the_library_is_kept_where_places_make_no_sense() -> None:
    assert makes_sense(["إلى الأمين العام"], ["ىلإ الأمين العام"])
    assert not makes_sense(["ىلإ نيمألا"], ["إلى الأمين العام"])


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        (["القرار 1807 (2008)، وفي"], ["القرار 1807 (2008)، وفي"]),
        (["القرار 1807 )2008(، وفي"], ["القرار 1807 (2008)، وفي"]),
        (["القرار 1807 )2008)، وفي"], ["القرار 1807 (2008)، وفي"]),
        (["انظر )الوثيقة", "A/70/1( للبيئة )UNEP) في"], ["انظر (الوثيقة", "A/70/1) للبيئة (UNEP) في"]),
        (["برنامج»خطة«عام", "(أ) كذا؛"], ["برنامج«خطة»عام", "(أ) كذا؛"]),
        (["A/RES/1) and"], ["A/RES/1) and"]),
    ],
)
def test_brackets_open_and_close(drawn: list[str], wanted: list[str]) -> None:
    assert with_brackets(drawn) == wanted
