"""Word: numbers that are only rules, notes, changes, boxes, tables and fields."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.documents import FOOTNOTE, numbered, numbering, plain, run, word, word_of
from tracker.extraction.pipeline import extract
from tracker.reading.content import Content
from tracker.reading.docx import content_of
from tracker.reading.docx_numbers import written_as
from tracker.reading.files import read, read_bytes

THREE = numbering(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))


def lines(body: str, lists: str = "", styles: str = "") -> list[str]:
    return content_of(word(body, lists, styles)).text.split("\n\n")


def test_example_gives_the_same_as_its_text(example: Path) -> None:
    (wanted,) = extract(read(example))
    document = read_bytes(word_of(example), "28-2.docx")
    (found,) = extract(document)
    assert document.encoding == "docx"
    assert [(p.label, p.text) for p in found.resolution.paragraphs] == [
        (p.label, p.text) for p in wanted.resolution.paragraphs
    ]
    assert [r.text for r in found.requests] == [r.text for r in wanted.requests]
    assert len(found.requests) == 13
    assert found.resolution.footnotes == 3
    assert found.resolution.vote == wanted.resolution.vote


def test_levels_restart_below_a_higher_one() -> None:
    body = "".join(
        numbered(text, level) for text, level in (("A", 0), ("b", 1), ("c", 1), ("d", 2), ("E", 0), ("f", 1), ("g", 2))
    )
    assert lines(body, THREE) == ["1. A", "(a) b", "(b) c", "(i) d", "2. E", "(a) f", "(i) g"]


def test_text_between_does_not_stop_the_count() -> None:
    assert lines(numbered("A") + plain("between") + numbered("B"), THREE) == ["1. A", "between", "2. B"]


def test_another_list_of_the_same_kind_goes_on_unless_told_to_start_again() -> None:
    more = (
        '<w:num w:numId="8"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="9"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    lists = numbering(("decimal", "%1."), overrides=more)
    body = numbered("A") + numbered("B", number=8) + numbered("C", number=9) + numbered("D", number=9)
    assert lines(body, lists) == ["1. A", "2. B", "1. C", "2. D"]


def test_numbers_that_a_style_gives() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Op"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="OpNext"><w:basedOn w:val="Op"/></w:style>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{run(text)}</w:p>'
        for style, extra, text in (
            ("Op", "", "A"),
            ("OpNext", "", "B"),
            ("Op", '<w:numPr><w:numId w:val="0"/></w:numPr>', "none"),
        )
    )
    assert lines(body, THREE, styles) == ["1. A", "2. B", "none"]


def test_written_number_is_not_written_twice() -> None:
    assert lines(numbered("1. Requests"), THREE) == ["1. Requests"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (4, "decimal", "4"), (3, "lowerLetter", "c"), (28, "lowerLetter", "bb"), (9, "lowerRoman", "ix"),
        (1994, "upperRoman", "MCMXCIV"), (2, "upperLetter", "B"), (7, "decimalZero", "07"), (3, "russianLower", "в"),
        (5, "somethingElse", "5"), (99999, "lowerRoman", "99999"), (3, "arabicAlpha", "ت"), (3, "arabicAbjad", "ج"),
        (28, "arabicAbjad", "غ"), (29, "arabicAlpha", "29"), (1, "chineseCounting", "一"),
        (10, "japaneseCounting", "十"),
        (12, "chineseCountingThousand", "十二"), (20, "ideographDigital", "二十"), (100, "chineseCounting", "100"),
    ],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert written_as(number, form) == written


def test_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('Requests ')}<w:del>{run('States')}</w:del><w:ins>{run('the Office')}</w:ins>"
        f"<w:moveFrom>{run(' gone')}</w:moveFrom><w:moveTo>{run(' moved')}</w:moveTo></w:p>"
    )
    assert lines(body) == ["Requests the Office moved"]


def test_deleted_paragraph_mark_joins_and_does_not_count() -> None:
    deleted = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        f"<w:del>{run('old')}</w:del></w:p>"
    )
    assert lines(numbered("A") + deleted + numbered("B"), THREE) == ["1. A", "2. B"]


def test_paragraph_that_lost_all_its_words_does_not_count() -> None:
    """LibreOffice keeps its mark when it converts RTF and older Word files; one that never had words does count."""
    emptied = numbered("B").replace("<w:r>", "<w:del><w:r>").replace("</w:r>", "</w:r></w:del>")
    never = emptied.replace(run("B"), "")
    assert lines(numbered("A") + emptied + numbered("C"), THREE) == ["1. A", "2. C"]
    assert lines(numbered("A") + never + numbered("C"), THREE) == ["1. A", "3. C"]


def test_footnotes_are_counted_and_their_marks_gone() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    typed = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>'
    found = content_of(word(f"<w:p>{run('Recalling')}{FOOTNOTE}{own}{typed}{run(' the report,')}</w:p>"))
    assert found == Content("Recalling the report,", footnotes=2, marks=1)


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{plain('A/C.3/80/L.13')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run('The Assembly,')}</w:p>"
    )
    assert lines(body) == ["The Assembly,", "A/C.3/80/L.13"]


BOX = f"<w:r><w:pict><v:textbox><w:txbxContent>{plain('Draft')}</w:txbxContent></v:textbox></w:pict></w:r>"


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"<w:p>{run('1. Requests ')}{BOX}{run('States;')}</w:p>", ["1. Requests States;", "Draft"]),
        (f"<w:p>{run('1.')}{BOX}</w:p>{plain('Requests States;')}", ["1. Requests States;", "Draft"]),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('1. Requests ')}{BOX}</w:p>{plain('States;')}",
            ["1. Requests States;", "Draft"],
        ),
        (f"<w:p>{run('1. Requests')}{BOX}{BOX}</w:p>{plain('2.')}", ["1. Requests", "Draft", "Draft", "2."]),
        (f"{plain('1. Requests')}<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{BOX}</w:p>", ["1. Requests", "Draft"]),
    ],
)
def test_text_box_is_a_paragraph_of_its_own(body: str, wanted: list[str]) -> None:
    """It never comes between a number, or the start of a paragraph whose mark was deleted, and the words behind it."""
    assert lines(body) == wanted


def test_fields_links_and_hidden_text() -> None:
    body = (
        f"<w:p><w:hyperlink>{run('resolution 60/251')}</w:hyperlink>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(" of 2006")}'
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE">{run(",")}</w:fldSimple>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )
    assert lines(body) == ["resolution 60/251 of 2006,"]


def test_tables_and_content_controls() -> None:
    cells = "".join(f"<w:tc>{plain(text)}</w:tc>" for text in ("1.", "Requests the Office to report;"))
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:sdt><w:sdtContent>{plain('inside')}</w:sdtContent></w:sdt>"
    assert lines(body) == ["1. Requests the Office to report;", "inside"]


def test_symbol_in_the_head_of_the_first_page() -> None:
    import docx

    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "A/HRC/RES/50/1"
    section.header.paragraphs[0].text = "running head"
    document.add_paragraph("The Human Rights Council,")
    made = io.BytesIO()
    document.save(made)
    assert content_of(made.getvalue()).text == "A/HRC/RES/50/1\n\nThe Human Rights Council,"


def test_nested_tables_deleted_rows_and_old_numbers() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{plain('(a)')}</w:tc><w:tc>{plain('To help;')}</w:tc></w:tr></w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{plain('2. Demands nothing;')}</w:tc></w:tr>"
    body = f"<w:tbl><w:tr><w:tc>{plain('1. Requests States:')}{inner}</w:tc></w:tr>{gone}</w:tbl>"
    assert lines(body) == ["1. Requests States:", "(a) To help;"]
    before = (
        '<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
        f"</w:pPrChange></w:pPr>{run('no number any more')}</w:p>"
    )
    assert lines(before + numbered("A"), THREE) == ["no number any more", "1. A"]


def test_endnotes_are_counted_like_footnotes() -> None:
    mark = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    assert content_of(word(f"<w:p>{run('Recalling')}{mark}{run(' it,')}</w:p>")) == Content(
        "Recalling it,", footnotes=1
    )


def test_struck_words_are_left_out_and_told() -> None:
    body = (
        f"<w:p>{run('to report ')}<w:r><w:rPr><w:strike/></w:rPr><w:t>by 1 March</w:t></w:r>"
        "<w:r><w:rPr><w:dstrike/></w:rPr><w:t> 2019</w:t></w:r>"
        "<w:r><w:rPr><w:strike w:val='0'/></w:rPr><w:t>by 1 May</w:t></w:r></w:p>"
    )
    found = content_of(word(body))
    assert found.text == "to report by 1 May"
    assert found.problems == (("struck-out", "words that are struck out were left out, the first: “by 1 March”"),)


def test_a_struck_paragraph_keeps_its_number_for_itself() -> None:
    """Later ones have the numbers that the paper shows."""
    gone = numbered("B").replace("<w:t", "<w:rPr><w:strike/></w:rPr><w:t", 1)
    assert lines(numbered("A") + gone + numbered("C"), THREE) == ["1. A", "3. C"]
